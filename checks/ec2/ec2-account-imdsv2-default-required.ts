import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { anyOf } from '../../lib/core/logic.ts';

export default check({
  id: 'ec2-account-imdsv2-default-required',
  title: 'New instances of a region require IMDSv2 by default',
  severity: 'medium',
  why: 'Whatever is launched without naming the option answers IMDSv1, and nobody notices.',
  fix: 'aws ec2 modify-instance-metadata-defaults --region <region> --http-tokens required',
  resource: 'AWS::EC2::AccountSettings',
  needs: ['imdsDefaults'],
  uses: {
    instances: table('AWS::EC2::Instance'),
    launchTemplates: table('AWS::EC2::LaunchTemplate'),
    autoScalingGroups: table('AWS::AutoScaling::AutoScalingGroup'),
  },
  params: { onlyUsedRegions: true },
  evaluate({ imdsDefaults }, { params, instances, launchTemplates, autoScalingGroups }) {
    if (imdsDefaults.httpTokensEnforced === 'enabled')
      return pass('launches without tokens are refused', { imdsDefaults });
    if (imdsDefaults.httpTokens === 'required') return pass('tokens are required by default', { imdsDefaults });
    const isUsed = () =>
      anyOf(...[instances, launchTemplates, autoScalingGroups].map((rows) => () => rows.some(() => true)));
    if (params.onlyUsedRegions && !isUsed())
      return skip('no instance, launch template or auto scaling group in this region');
    return fail('tokens are not required by default', { imdsDefaults });
  },
});
