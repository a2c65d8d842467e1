import { check, fail, pass, unknown } from '../../lib/core/check.ts';
import { rootKeysIn } from './_root.ts';

export default check({
  id: 'iam-root-access-keys-absent',
  title: 'The root user has no access keys',
  severity: 'critical',
  why: 'A leaked root key gives full control of the account from anywhere, and no IAM policy can narrow it.',
  fix: 'aws iam delete-access-key --access-key-id <access-key-id>',
  resource: 'AWS::::Account',
  needs: ['accountSummary', 'rootCredentials'],
  params: { failOnInactive: true },
  evaluate(account, { params }) {
    const { accessKeysPresent } = account.accountSummary;
    if (accessKeysPresent > 0) return fail('the root user has an access key', { accessKeysPresent });
    const { keys, isActive, isAbsent } = rootKeysIn(account.rootCredentials);
    const evidence = { accessKeysPresent, ...keys, reportTime: account.rootCredentials.reportTime };
    if (isActive) {
      if (account.rootCredentials.isReportNew) return fail('the credential report shows an active root key', evidence);
      return unknown('the root key of the credential report was deactivated or deleted since the report was made');
    }
    if (isAbsent) return pass('the root user has no access key', evidence);
    return (params.failOnInactive ? fail : pass)('the credential report shows an inactive root key', evidence);
  },
});
