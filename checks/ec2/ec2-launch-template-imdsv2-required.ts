import { check, pass, rated, table } from '../../lib/core/check.ts';
import { required } from '../../lib/core/knowledge.ts';
import { failWeak, launchesOf, weakLaunches } from './_imds.ts';

export default check({
  id: 'ec2-launch-template-imdsv2-required',
  title: 'Launch templates make their instances require IMDSv2',
  severity: 'high',
  why: 'Every instance that is launched from the template hands the credentials of its role to a forged request.',
  fix: 'aws ec2 create-launch-template-version --launch-template-id <template-id> --source-version <version> --launch-template-data \'{"MetadataOptions":{"HttpTokens":"required"}}\'',
  resource: 'AWS::EC2::LaunchTemplate',
  needs: ['imdsSupport', 'inUse'],
  uses: { settings: table('AWS::EC2::AccountSettings', 'imdsDefaults') },
  evaluate(template, { settings }) {
    const account = () => required(settings.get(template.region), `what ${template.region} is set to`).imdsDefaults;
    const { ofDefault, ofLatest, inUse } = launchesOf(template);
    const weak = weakLaunches([ofDefault, inUse], account);
    if (weak.length > 0) return failWeak(weak);
    const spare = template.inUse.length === 0 ? weakLaunches([ofLatest], account) : [];
    if (spare.length > 0) return rated('low', 'launched only when asked for', failWeak(spare));
    return pass('tokens are required, or the metadata service is off, in every version in use');
  },
});
