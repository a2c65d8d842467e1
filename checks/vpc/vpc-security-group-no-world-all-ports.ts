import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import { worldSourcesOf, worldSourcesOfAllPorts } from '../../lib/network/rules.ts';
import { entriesIn } from './_prefix-lists.ts';
import { FOREIGN, isForeign, isLeftOut, rateExposure, UNUSED, WORLD_PARAMS } from './_world-ingress.ts';

/** IPv4 and IPv6 in IP, and GRE: other traffic travels inside, past what the rules say of ports. */
const TUNNELS = ['4', '41', '47'];

export default check({
  id: 'vpc-security-group-no-world-all-ports',
  title: 'Security groups never open all ports to the internet',
  severity: 'critical',
  why: 'Whatever listens behind the group, forgotten and future services too, is open to attack from anywhere.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
    subnets: table('AWS::EC2::Subnet'),
    routeTables: table('AWS::EC2::RouteTable'),
  },
  params: { ...WORLD_PARAMS, allPortsMinWidth: 65_000 },
  evaluate(group, context) {
    if (isForeign(group)) return FOREIGN;
    const { params, prefixLists } = context;
    const entries = entriesIn(prefixLists);
    const sourcesOf = (transport: 'tcp' | 'udp') =>
      worldSourcesOfAllPorts(group.ingress, transport, params.allPortsMinWidth, entries, params);
    const open = witnesses(['tcp', 'udp'], (transport) => sourcesOf(transport).length > 0);
    const tunnels = () => worldSourcesOf(group.ingress.filter((rule) => TUNNELS.includes(rule.protocol)), entries, params);
    if (open.length === 0 && tunnels().length === 0) return pass('no rule opens all ports to the internet');
    if (isLeftOut(group, context)) return UNUSED;
    if (open.length === 0) {
      return rated('low', 'a tunnel is not a service', fail('the internet reaches every tunnel', { sources: tunnels() }));
    }
    const evidence = { protocols: open, sources: [...new Set(open.flatMap(sourcesOf))] };
    const verdict = fail(`the internet reaches every ${open.join(' and ')} port`, evidence);
    return rateExposure(group, context, { unattached: 'medium', unexposed: 'high' }, verdict);
  },
});
