import { check } from '../../lib/core/check.ts';
import { judgeUserData } from './_user-data.ts';

export default check({
  id: 'ec2-launch-template-user-data-no-secrets',
  title: 'User data of launch templates and launch configurations holds no secrets',
  severity: 'high',
  why: 'Everybody who may describe the template reads its user data, that of old versions too.',
  fix: 'aws ec2 delete-launch-template-versions --launch-template-id <template-id> --versions <version>',
  resource: ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  needs: ['userData', 'inUse'],
  params: { allVersions: true, ignoreHashes: [] as readonly string[] },
  evaluate(source, { params }) {
    const { userData } = source;
    if (source.type === 'AWS::AutoScaling::LaunchConfiguration' || params.allVersions)
      return judgeUserData(userData, params.ignoreHashes);
    const { defaultVersion, latestVersion, inUse } = source;
    const used = new Set([defaultVersion, latestVersion, ...inUse].map(({ number }) => number));
    return judgeUserData(
      userData.filter(({ version }) => version !== null && used.has(version)),
      params.ignoreHashes,
    );
  },
});
