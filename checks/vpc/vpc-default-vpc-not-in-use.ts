import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { isUse } from './_interfaces.ts';

const SHOWN = 10;

export default check({
  id: 'vpc-default-vpc-not-in-use',
  title: 'Nothing runs in the default VPC',
  severity: 'low',
  why: 'Every subnet of the default VPC is public, so what is launched there without much thought stands on the internet.',
  fix: 'aws ec2 delete-vpc --vpc-id <default-vpc-id>',
  resource: 'AWS::EC2::VPC',
  uses: { interfaces: table('AWS::EC2::NetworkInterface') },
  evaluate(vpc, { interfaces }) {
    if (!vpc.isDefault) return skip('not the default VPC');
    const inVpc = interfaces.having('vpc', vpc.id);
    if (!inVpc.some(isUse)) return pass('it holds no network interface, but for NAT gateways');
    const users = inVpc.where(isUse).all();
    // Lambda leaves interfaces behind for a while; their descriptions tell.
    const shown = users
      .slice(0, SHOWN)
      .map(({ id, interfaceType, description }) => ({ id, interfaceType, description }));
    return fail(`it holds network interfaces: ${users.length}`, { interfaces: shown });
  },
});
