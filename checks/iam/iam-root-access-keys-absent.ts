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
    const { passwordEnabled: _, passwordLastUsed: __, ...keys } = account.rootCredentials;
    const evidence = { accessKeysPresent, ...keys };
    const isActive = keys.accessKey1Active || keys.accessKey2Active;
    if (isActive) return fail('the credential report shows an active root key, the live summary none', evidence);
    // A deactivated key keeps its time of creation in the report, which may be the only trace of it.
    const isAbsent = keys.accessKey1LastRotated === null && keys.accessKey2LastRotated === null;
    if (isAbsent) return pass('the root user has no access key', evidence);
    return (params.failOnInactive ? fail : pass)('the root user has an inactive access key', evidence);
  },
});
