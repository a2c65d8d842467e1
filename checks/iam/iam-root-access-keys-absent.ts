import { check, fail, pass } from '../../lib/core/check.ts';

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
    const { accessKey1Active, accessKey1LastRotated, accessKey2Active, accessKey2LastRotated, reportTime } =
      account.rootCredentials;
    const isActive = accessKey1Active || accessKey2Active;
    const evidence = { isActive, accessKey1LastRotated, accessKey2LastRotated, reportTime };
    if (isActive)
      return fail('the credential report shows an active root key, the live account summary none', evidence);
    // The summary and the flags know active keys only; a deactivated one keeps its time of creation in the report.
    if (accessKey1LastRotated === null && accessKey2LastRotated === null) return pass('no root access keys', evidence);
    return (params.failOnInactive ? fail : pass)('the root user has an inactive access key', evidence);
  },
});
