import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { isMoot } from './_password-policy.ts';

export default check({
  id: 'iam-password-policy-reuse-prevention',
  title: 'IAM users cannot go back to any of their last 24 passwords',
  severity: 'medium',
  why: 'A password that leaked once opens the account again as soon as its owner returns to it.',
  // What the command leaves out falls back to the default, so that it names the rest of the policy too.
  fix: 'aws iam update-account-password-policy --password-reuse-prevention 24 --minimum-password-length 14 --require-symbols --require-numbers --require-uppercase-characters --require-lowercase-characters --allow-users-to-change-password',
  resource: 'AWS::::Account',
  needs: ['passwordPolicy'],
  uses: { users: table('AWS::IAM::User', 'credentials') },
  params: { minRemembered: 24, skipWithoutConsoleUsers: true },
  evaluate({ passwordPolicy }, { params, users }) {
    const remembered = passwordPolicy?.reusePrevention ?? 0;
    const story = `${passwordPolicy ? 'the password policy' : 'the default of IAM'} remembers ${remembered} passwords`;
    if (remembered >= params.minRemembered) return pass(story, { remembered });
    return isMoot(params, users) ? skip('no IAM user has a console password') : fail(story, { remembered });
  },
});
