import type { View } from '../../lib/core/model.ts';

type User = View<'AWS::IAM::User', 'credentials' | 'keys'>;

/**
 * When the user last used what still works, or was given it where it was never used: ISO 8601. Null where nothing works;
 * undefined where something works of which neither use nor origin is on record.
 */
export function lastSignOf({ credentials, keys }: User): string | null | undefined {
  const { passwordEnabled, passwordLastUsed, passwordLastChanged } = credentials;
  const signs = [
    ...(passwordEnabled ? [passwordLastUsed ?? passwordLastChanged] : []),
    ...keys.accessKeys.filter(({ active }) => active).map(({ lastUsed, created }) => lastUsed ?? created),
  ];
  const known = signs.filter((sign) => sign !== null).toSorted();
  return known.at(-1) ?? (signs.length > 0 ? undefined : null);
}
