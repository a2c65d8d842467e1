import pMap from 'p-map';
import picomatch from 'picomatch';
import type { Session } from '../aws/caller.ts';
import { sessionFor } from '../aws/clients.ts';
import type { CallCounts } from '../aws/counts.ts';
import { CallFailed } from '../aws/gaps.ts';
import { enabledRegions } from '../aws/plan.ts';
import { UserError } from '../core/errors.ts';
import type { Gap } from '../core/model.ts';
import { closedTo, type Entrances, entranceTo } from './entrances.ts';
import type { PlannedAccount } from './items.ts';
import { type MemberChoice, membersFor } from './members.ts';

export interface Account {
  readonly account: string;
  readonly partition: string;
}

/** The regions of an account that a run looks at; with a gap where nobody could name them. */
export interface Regions {
  readonly regions: readonly string[];
  readonly gap?: Gap;
  /** Globs that match none of its regions, of those that are enabled. */
  readonly unmatched: readonly string[];
  readonly enabled: readonly string[];
}

/** `globs` choose among the enabled regions; none of them means all. Where AWS does not name them, those that globs name are taken. */
export async function regionsOf(
  session: Session,
  { account, partition }: Account,
  globs: readonly string[],
): Promise<Regions> {
  try {
    const enabled = await enabledRegions(session, account, partition);
    const matching = (glob: string) => enabled.filter((region) => picomatch.isMatch(region, glob));
    const unmatched = globs.filter((glob) => matching(glob).length === 0);
    const chosen = globs.length > 0 ? [...new Set(globs.flatMap(matching))].toSorted() : enabled;
    return { regions: chosen, unmatched, enabled };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const named = globs.filter((glob) => /^[a-z]{2}[a-z0-9-]+-\d+$/.test(glob));
    return { regions: named, unmatched: [], enabled: [], ...(named.length === 0 && { gap: error.gap }) };
  }
}

export interface Choice extends MemberChoice {
  /** Globs of regions; none for all that are enabled. */
  readonly regions: readonly string[];
}

/** Accounts that are entered at the same time. */
const AT_ONCE = 20;

/** The accounts of a run with their regions, asked of AWS: the one of the run, and those of its organization where they can be entered. */
export async function plannedAccounts(
  entrances: Entrances,
  {
    account: homeAccount,
    partition,
    session,
    counts,
  }: Account & { readonly session: Session; readonly counts: CallCounts },
  choice: Choice,
): Promise<readonly PlannedAccount[]> {
  const members = await membersFor(entrances, session, { account: homeAccount, partition }, choice);
  const found: Regions[] = [];
  const planned = await pMap(
    members,
    async (member): Promise<PlannedAccount> => {
      const { account } = member;
      const credentials = entranceTo(entrances, { account, partition, homeAccount });
      const closed = await closedTo(credentials);
      if (closed) return { ...member, regions: [], closed };
      const own = await regionsOf(sessionFor({ credentials, counts }), { account, partition }, choice.regions);
      found.push(own);
      return { ...member, regions: own.regions, ...(own.gap && { gap: own.gap }) };
    },
    { concurrency: AT_ONCE },
  );
  assertMatched(found);
  return planned;
}

/** A glob that matches nowhere is a mistake, and not a run that looks at nothing. */
export function assertMatched(planned: readonly Regions[]): void {
  const glob = planned[0]?.unmatched.find((one) => planned.every(({ unmatched }) => unmatched.includes(one)));
  if (glob === undefined) return;
  const enabled = [...new Set(planned.flatMap((one) => one.enabled))].toSorted();
  const where = planned.length > 1 ? 'these accounts' : 'this account';
  throw new UserError(
    `no enabled region of ${where} is called ${JSON.stringify(glob)}; enabled are ${enabled.join(', ')}`,
  );
}
