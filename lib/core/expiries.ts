import { createHash } from 'node:crypto';
import { statusOf, type Waiver, type WaiverUse } from './waivers.ts';

type Ending = 'expiring' | 'expired';

/** A waiver that entered its warning time, or expired, since people were told last. */
export interface Expiry {
  readonly use: WaiverUse;
  readonly status: Ending;
}
/** What people were told of the waivers that there are, by the waiver's key. */
export interface Announced {
  readonly announced: Readonly<Record<string, Ending>>;
}

/** What is to be said of waivers that end, each word once, and what is to be remembered when it has been said. */
export function expiriesSince(
  before: Announced | undefined,
  uses: readonly WaiverUse[],
  now: Date,
  warnDays: number,
): { readonly expiries: readonly Expiry[]; readonly state: Announced } {
  const expiries: Expiry[] = [];
  const announced: Record<string, Ending> = {};
  for (const use of uses) {
    const key = keyOf(use.waiver);
    const known = announced[key] ?? before?.announced[key];
    const status = statusOf(use, now, warnDays);
    const isNews = (status === 'expiring' && !known) || (status === 'expired' && known !== 'expired');
    if (isNews) expiries.push({ use, status });
    // A waiver that has nothing to cover for a night keeps what was said of it.
    const said = isNews ? status : known;
    if (said) announced[key] = said;
  }
  return { expiries, state: { announced } };
}

/** One that is prolonged or handed to somebody else is another one; its reason and its ticket may be reworded. */
function keyOf({ check, resource, accounts, regions, tags, owner, expires }: Waiver): string {
  return createHash('sha256')
    .update(JSON.stringify([check, resource, accounts, regions, tags, owner, expires]))
    .digest('hex')
    .slice(0, 16);
}
