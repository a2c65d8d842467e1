import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { isMoot } from './_password-policy.ts';

/** What IAM demands where an account has no policy of its own (IAM user guide: default password policy). */
const DEFAULT_LENGTH = 8;

export default check({
  id: 'iam-password-policy-min-length',
  title: 'Passwords of IAM users need at least 14 characters',
  severity: 'medium',
  why: 'Short passwords fall to guessing and to cracked lists of other sites.',
  fix: 'aws iam update-account-password-policy --minimum-password-length 14',
  resource: 'AWS::::Account',
  needs: ['passwordPolicy'],
  uses: { users: table('AWS::IAM::User', 'credentials') },
  params: { minLength: 14, skipWithoutConsoleUsers: true },
  evaluate({ passwordPolicy }, { params, users }) {
    const minimumLength = passwordPolicy?.minimumLength ?? DEFAULT_LENGTH;
    const story = `${passwordPolicy ? 'the password policy' : 'the default of IAM'} asks for ${minimumLength} characters`;
    if (minimumLength >= params.minLength) return pass(story, { minimumLength });
    return isMoot(params, users) ? skip('no IAM user has a console password') : fail(story, { minimumLength });
  },
});
