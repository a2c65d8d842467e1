import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { matchingTag } from '../../lib/core/tags.ts';
import { ROUTING } from '../vpc/_routing.ts';
import { isTerminated } from './_instances.ts';
import { publicAddresses } from './_public-addresses.ts';

export default check({
  id: 'ec2-instance-no-public-ip',
  title: 'Instances have no public address',
  severity: 'medium',
  why: 'With a public address, one careless rule of a security group puts the instance on the internet.',
  fix: 'aws ec2 modify-network-interface-attribute --network-interface-id <interface-id> --no-associate-public-ip-address',
  resource: 'AWS::EC2::Instance',
  uses: ROUTING,
  params: { exemptTags: { Role: ['bastion', 'nat'] } },
  evaluate(instance, { params, ...network }) {
    if (isTerminated(instance)) return skip(`the instance is ${instance.state}`);
    const exempt = matchingTag(instance.tags, params.exemptTags);
    if (exempt) return skip(`the tag ${exempt} exempts the instance`);
    const addresses = publicAddresses(instance, network);
    if (addresses.length === 0) return pass('no interface has a public address');
    return fail(`public addresses: ${addresses.length}`, { addresses });
  },
});
