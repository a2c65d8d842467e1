import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { exposureOf, FOREIGN, isForeign, rateUse, UNATTACHED } from './_group-use.ts';
import { ROUTING } from './_routing.ts';
import { allPortsOpenToWorld, isLeftOut, tunnelsOpenToWorld, WORLD_PARAMS } from './_world-ingress.ts';

export default check({
  id: 'vpc-security-group-no-world-all-ports',
  title: 'Security groups never open all ports to the internet',
  severity: 'critical',
  why: 'Whatever listens behind the group, forgotten and future services too, can be attacked from anywhere.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: { ...ROUTING, interfaces: table('AWS::EC2::NetworkInterface') },
  params: { ...WORLD_PARAMS, allPortsMinWidth: 65_000 },
  evaluate(group, context) {
    if (isForeign(group)) return FOREIGN;
    const ports = allPortsOpenToWorld(group.ingress, context);
    const tunnels = ports ? undefined : tunnelsOpenToWorld(group.ingress, context);
    if (!ports && !tunnels) return pass('no rule opens all ports to the internet');
    if (isLeftOut(group, context)) return UNATTACHED;
    if (tunnels) return rated('low', 'no ports, but a tunnel', fail('the internet reaches tunnels', { ...tunnels }));
    const verdict = fail('the internet reaches all ports', { ...ports });
    return rateUse(exposureOf(group, context), { private: 'high', unattached: 'medium' }, verdict);
  },
});
