import { check, fail, pass, unknown } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

export default check({
  id: 'iam-user-console-password-unused',
  title: 'Console passwords that nobody uses are removed',
  severity: 'medium',
  why: 'Nobody notices when a forgotten password is guessed, and nobody would miss it.',
  fix: 'aws iam delete-login-profile --user-name <user>',
  resource: 'AWS::IAM::User',
  needs: ['credentials'],
  params: { maxUnusedDays: 45 },
  evaluate({ credentials }, { now, params }) {
    const { passwordEnabled, passwordLastUsed, passwordLastChanged, reportTime } = credentials;
    const evidence = { passwordEnabled, passwordLastUsed, passwordLastChanged, reportTime };
    if (!passwordEnabled) return pass('no console password', evidence);
    const since = passwordLastUsed ?? passwordLastChanged;
    if (since === null) return unknown('the credential report gives the password neither a use nor a change');
    const story = `the password was ${passwordLastUsed ? 'last used' : 'never used since it was set'} at ${since}`;
    return ageInDays(since, now) >= params.maxUnusedDays ? fail(story, evidence) : pass(story, evidence);
  },
});
