import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { givesReachable } from './_auto-assign.ts';
import { isVpcInUse } from './_interfaces.ts';

export default check({
  id: 'vpc-subnet-auto-assign-public-ip-disabled',
  title: 'Subnets give no public address to what is launched in them',
  severity: 'medium',
  why: 'Where public addresses come by themselves, a machine is on the internet before anyone has decided that it should be.',
  fix: 'aws ec2 modify-subnet-attribute --subnet-id <subnet-id> --no-map-public-ip-on-launch',
  resource: 'AWS::EC2::Subnet',
  uses: {
    routeTables: table('AWS::EC2::RouteTable'),
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  evaluate(subnet, context) {
    if (subnet.owner !== subnet.account) return skip('the subnet belongs to another account');
    const { mapPublicIp, assignIpv6, defaultForAz, vpc } = subnet;
    const isPublicIn6 = () => givesReachable(subnet, 'IPv6', context);
    if (!mapPublicIp && !isPublicIn6()) return pass('it gives no public address', { mapPublicIp, assignIpv6 });
    const verdict = fail('it gives public addresses', { mapPublicIp, assignIpv6 });
    const isReachable = ifKnown(() => givesReachable(subnet, 'IPv4', context) || isPublicIn6(), true);
    if (!isReachable) return rated('low', 'no internet gateway serves the subnet', verdict);
    const isIdle = defaultForAz && ifKnown(() => !isVpcInUse(vpc, context.interfaces), false);
    return isIdle ? rated('low', 'nothing runs in the default VPC', verdict) : verdict;
  },
});
