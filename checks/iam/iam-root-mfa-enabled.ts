import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { hasRootCredentials, rootEvidenceOf } from './_root.ts';

export default check({
  id: 'iam-root-mfa-enabled',
  title: 'The root user has MFA, or no credentials at all',
  severity: 'critical',
  why: 'Whoever learns a root password without MFA owns the account, and no policy inside of it can stop them.',
  // Only the root user itself can add an MFA device to the root user; the organization can take its credentials away.
  fix: 'aws sts assume-root --target-principal <account-id> --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials',
  resource: 'AWS::::Account',
  needs: ['accountSummary', 'rootCredentials'],
  evaluate(account) {
    if (account.arn.startsWith('arn:aws-us-gov:')) return skip('the root user of a GovCloud account cannot sign in');
    const summary = account.accountSummary;
    if (summary.mfaEnabled > 0) return pass('the root user has an MFA device', { summary });
    const hasCredentials = hasRootCredentials(account);
    if (hasCredentials === null)
      return unknown('the account summary does not tell whether the root user has a password');
    if (!hasCredentials) return pass('no root credentials, says the live account summary', { summary });
    return fail('the root user has credentials and no MFA device', rootEvidenceOf(account));
  },
});
