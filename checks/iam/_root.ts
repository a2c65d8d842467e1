import type { View } from '../../lib/core/model.ts';

type Account = View<'AWS::::Account', 'accountSummary' | 'rootCredentials'>;

/**
 * Has the root user a password or an access key? Null where nothing tells for sure. The live summary decides; accounts whose
 * summary leaves the password out are known by the credential report alone, which may be hours old: its word that there is
 * none is not enough.
 */
export function hasRootCredentials(account: Account): boolean | null {
  const { accessKeysPresent, passwordPresent } = account.accountSummary;
  if (accessKeysPresent > 0) return true;
  if (passwordPresent !== null) return passwordPresent > 0;
  return account.rootCredentials.passwordEnabled ? true : null;
}

/** What `hasRootCredentials` rests on. */
export function rootEvidenceOf(account: Account) {
  const summary = account.accountSummary;
  if (summary.accessKeysPresent > 0 || summary.passwordPresent !== null) return { summary };
  const { passwordEnabled, reportTime } = account.rootCredentials;
  return { summary, passwordEnabled, reportTime };
}

/** What the credential report says of the root user's access keys. */
export function rootKeysIn({
  accessKey1Active,
  accessKey1LastRotated,
  accessKey2Active,
  accessKey2LastRotated,
}: Account['rootCredentials']) {
  return {
    keys: { accessKey1Active, accessKey1LastRotated, accessKey2Active, accessKey2LastRotated },
    isActive: accessKey1Active || accessKey2Active,
    // A deactivated key keeps its time of creation in the report, which may be the only trace of it.
    isAbsent: accessKey1LastRotated === null && accessKey2LastRotated === null,
  };
}
