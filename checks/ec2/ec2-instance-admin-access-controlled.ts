import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { hasTag } from '../../lib/core/tags.ts';
import { adminPaths, PATHS } from './_admin-paths.ts';
import { exposedPorts, NETWORK } from './_exposed-ports.ts';
import { ADMIN_PORTS } from './_sensitive-ports.ts';

export default check({
  id: 'ec2-instance-admin-access-controlled',
  title: 'Instances are administered by Session Manager, a bastion or a VPN, not from the internet',
  severity: 'medium',
  why: 'Whoever has no controlled way into an instance opens its ports to the internet when it has to be quick.',
  fix: 'aws ssm start-session --target <instance-id>',
  resource: 'AWS::EC2::Instance',
  uses: { ...NETWORK, ...PATHS, groups: table('AWS::AutoScaling::AutoScalingGroup') },
  params: { immutableTags: { Access: ['none'] } },
  evaluate(instance, { params, groups, ...places }) {
    if (instance.state !== 'running') return skip(`the instance is ${instance.state}`);
    const openings = exposedPorts(instance.interfaces, places, ADMIN_PORTS);
    if (openings.length > 0)
      return rated('critical', 'nothing but a login protects it', fail('the internet may log in', { openings }));
    if (hasTag(instance.tags, params.immutableTags)) return pass('nobody logs in, as its tags say');
    const paths = adminPaths(instance, places);
    if (paths.length > 0) return pass(`there is a controlled way in: ${paths.join(', ')}`, { paths });
    const group = groups.get(instance.tags?.['aws:autoscaling:groupName']);
    if (hasTag(group?.tags, params.immutableTags)) return pass('nobody logs in, as the tags of its group say');
    return rated('low', 'it may need none', fail('there is no controlled way in', { paths }));
  },
});
