import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { hasRootCredentials, rootEvidenceOf } from './_root.ts';

export default check({
  id: 'iam-root-hardware-mfa-enabled',
  title: 'The root user signs in with a security key or token, not with an app',
  severity: 'high',
  why: 'The seed of an authenticator app can be copied from a phone or its backup, and its codes can be phished.',
  fix: 'aws iam list-virtual-mfa-devices --assignment-status Assigned --query "VirtualMFADevices[?ends_with(User.Arn, \':root\')].SerialNumber"',
  resource: 'AWS::::Account',
  needs: ['accountSummary', 'rootCredentials', 'rootVirtualMfaDevices'],
  evaluate(account) {
    if (!account.arn.startsWith('arn:aws:')) return skip('AWS offers no hardware MFA for root users of this partition');
    const hasCredentials = hasRootCredentials(account);
    if (hasCredentials === false) return pass('the root user has no credentials', rootEvidenceOf(account));
    const hasDevice = account.accountSummary.mfaEnabled > 0;
    const virtualDevices = hasDevice ? account.rootVirtualMfaDevices : [];
    const evidence = { ...rootEvidenceOf(account), virtualDevices };
    if (hasDevice && virtualDevices.length === 0) return pass('no MFA device of the root user is virtual', evidence);
    if (hasCredentials === null)
      return unknown('the account summary does not tell whether the root user has a password');
    return fail(hasDevice ? 'a virtual device lets the root user in' : 'the root user has no MFA device', evidence);
  },
});
