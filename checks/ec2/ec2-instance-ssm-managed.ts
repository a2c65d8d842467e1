import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { matchingTag } from '../../lib/core/tags.ts';
import { ageInMinutes } from '../../lib/core/time.ts';

export default check({
  id: 'ec2-instance-ssm-managed',
  title: 'Running instances are managed by Systems Manager',
  severity: 'medium',
  why: 'What no agent reports on is patched by hand or not at all, and can be administered by open ports only.',
  fix: 'aws ssm update-service-setting --setting-id /ssm/managed-instance/default-ec2-instance-management-role --setting-value AWSSystemsManagerDefaultEC2InstanceManagementRole',
  resource: 'AWS::EC2::Instance',
  uses: { managedInstances: table('AWS::SSM::ManagedInstance') },
  params: { graceMinutes: 30, exemptTags: {} },
  evaluate(instance, { params, managedInstances, now }) {
    if (instance.state !== 'running') return skip(`the instance is ${instance.state}`);
    const exempt = matchingTag(instance.tags, params.exemptTags);
    if (exempt) return skip(`the tag ${exempt} exempts the instance`);
    if (ageInMinutes(instance.launchTime, now) <= params.graceMinutes)
      return skip(`started less than ${params.graceMinutes} minutes ago: its agent may still register`);
    const agent = managedInstances.get(instance.id);
    if (!agent) return fail('no agent is registered');
    const { pingStatus, lastPing } = agent;
    if (pingStatus !== 'Online') return fail(`its agent is ${pingStatus}`, { pingStatus, lastPing });
    return pass('its agent is online', { pingStatus });
  },
});
