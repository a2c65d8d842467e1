import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

/** The IAM API does not tell how people of other directories sign in. */
const SCOPE = 'IAM users only: federation and IAM Identity Center are not seen here';

export default check({
  id: 'iam-user-console-mfa-enabled',
  title: 'IAM users who can sign in to the console have MFA',
  severity: 'high',
  why: 'One phished or reused password is enough to act as this user.',
  fix: 'aws iam enable-mfa-device --user-name <user> --serial-number <mfa-device-arn> --authentication-code1 <code> --authentication-code2 <next-code>',
  resource: 'AWS::IAM::User',
  needs: ['credentials'],
  params: { graceHoursForNewUsers: 0 },
  evaluate(user, { now, params }) {
    const { passwordEnabled, mfaActive, reportTime } = user.credentials;
    const evidence = { passwordEnabled, mfaActive, reportTime };
    if (!passwordEnabled) return pass(`no console password (${SCOPE})`, evidence);
    if (mfaActive) return pass(`MFA is active (${SCOPE})`, evidence);
    const isNew = ageInDays(user.created, now) * 24 < params.graceHoursForNewUsers;
    if (isNew) return skip(`created at ${user.created}, within ${params.graceHoursForNewUsers} hours of grace`);
    return fail('a console password and no MFA device', evidence);
  },
});
