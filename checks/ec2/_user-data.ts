import { fail, pass, unknown } from '../../lib/core/check.ts';
import type { Verdict } from '../../lib/core/model.ts';
import type { UserData } from '../../lib/secrets/user-data.ts';

/** User data of an instance, or of a version that launches some. */
interface Script extends UserData {
  readonly version?: number | null;
}

/** What more there is shows once these are gone. */
const MOST_IN_EVIDENCE = 20;

/** Judges user data by the secrets in it, but for those with these hashes. */
export function judgeUserData(scripts: readonly Script[], ignoreHashes: readonly string[]): Verdict {
  const matches = scripts.flatMap((script) => script.matches.map((match) => ({ ...versionOf(script), ...match })));
  const open = matches.filter(({ hash }) => !ignoreHashes.includes(hash));
  if (open.length > 0)
    return fail(`secrets in user data: ${open.length}`, { matches: open.slice(0, MOST_IN_EVIDENCE) });
  if (scripts.some(({ kind }) => kind === 'binary'))
    return unknown('the user data is not text only: look at it by hand');
  const isEmpty = scripts.every(({ kind }) => kind === 'empty');
  return pass(isEmpty ? 'no user data' : 'no secret in user data', { accepted: matches.length });
}

function versionOf({ version }: Script): { version?: number } {
  return typeof version === 'number' ? { version } : {};
}
