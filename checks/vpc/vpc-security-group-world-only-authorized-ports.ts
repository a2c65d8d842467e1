import { check, pass, skip, table } from '../../lib/core/check.ts';
import { judgeBehind } from './_authorized-ports.ts';
import { FOREIGN, isForeign, UNATTACHED } from './_group-use.ts';
import { behindGroup } from './_interfaces.ts';
import { portsOpenBeyond, WORLD_PARAMS } from './_world-ingress.ts';

export default check({
  id: 'vpc-security-group-world-only-authorized-ports',
  title: 'Security groups open only authorised ports to the internet',
  severity: 'medium',
  why: 'Every further port that answers the internet is one more service to patch, to watch and to forget.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
    balancers: table('AWS::ElasticLoadBalancingV2::LoadBalancer', 'listeners'),
    classicBalancers: table('AWS::ElasticLoadBalancing::LoadBalancer'),
  },
  params: { ...WORLD_PARAMS, authorizedTcpPorts: [80, 443], authorizedUdpPorts: [] as number[] },
  evaluate(group, context) {
    if (isForeign(group)) return FOREIGN;
    const authorized = { tcp: context.params.authorizedTcpPorts, udp: context.params.authorizedUdpPorts };
    const opening = portsOpenBeyond(authorized, group.ingress, context);
    if (!opening) return pass('the internet reaches authorised ports at most', authorized);
    const behind = behindGroup(group.id, context.interfaces);
    if (behind === 'nothing' && !context.params.includeUnattached) return UNATTACHED;
    if (behind === 'entrances') return skip('only VPC endpoints and private API gateways use the group');
    return judgeBehind(behind, group, authorized, context);
  },
});
