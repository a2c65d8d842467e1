import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { required, witnesses } from '../../lib/core/knowledge.ts';
import { answersV1, type Launch } from './_imds.ts';

export default check({
  id: 'ec2-launch-template-imdsv2-required',
  title: 'Launch templates make their instances require IMDSv2',
  severity: 'high',
  why: 'Every instance that is launched from the template hands the credentials of its role to a forged request.',
  fix: 'aws ec2 create-launch-template-version --launch-template-id <template-id> --source-version <version> --launch-template-data MetadataOptions={HttpTokens=required}',
  resource: 'AWS::EC2::LaunchTemplate',
  needs: ['imdsSupport', 'inUse'],
  uses: { settings: table('AWS::EC2::AccountSettings', 'imdsDefaults') },
  evaluate(template, { settings }) {
    const defaults = () => required(settings.get(template.region), `the settings of ${template.region}`).imdsDefaults;
    const isWeak = (launch: Launch) => answersV1(launch, defaults);
    const standard = { ...template.defaultVersion, imdsSupport: () => template.imdsSupport.ofDefault };
    const latest = { ...template.latestVersion, imdsSupport: () => template.imdsSupport.ofLatest };
    return pass('');
  },
});
