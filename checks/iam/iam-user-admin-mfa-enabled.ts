import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { INHERITED, isAdministrator } from './_admin.ts';

export default check({
  id: 'iam-user-admin-mfa-enabled',
  title: 'IAM users who may do everything have MFA, even those with nothing but access keys',
  severity: 'critical',
  why: 'A stolen password or key of this user is the whole account, at once.',
  fix: 'aws iam enable-mfa-device --user-name <user> --serial-number <mfa-device-arn> --authentication-code1 <code> --authentication-code2 <next-code>',
  resource: 'AWS::IAM::User',
  needs: ['credentials', 'keys'],
  uses: INHERITED,
  evaluate(user, tables) {
    if (!isAdministrator(user, tables)) return skip('not an administrator');
    const { passwordEnabled, mfaActive, reportTime } = user.credentials;
    const evidence = { passwordEnabled, mfaActive, reportTime };
    if (mfaActive) return pass('an administrator with MFA', evidence);
    if (passwordEnabled) return fail('an administrator with a password and no MFA device', evidence);
    const activeAccessKeys = user.keys.accessKeys.filter(({ active }) => active).length;
    if (activeAccessKeys === 0) return pass('an administrator without credentials', { ...evidence, activeAccessKeys });
    return fail('an administrator with an access key and no MFA device', { ...evidence, activeAccessKeys });
  },
});
