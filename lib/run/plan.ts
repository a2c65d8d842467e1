import picomatch from 'picomatch';
import type { Session } from '../aws/caller.ts';
import { CallFailed } from '../aws/gaps.ts';
import type { Selection } from '../aws/permissions.ts';
import { enabledRegions, type Item, planAccount, type Planned } from '../aws/plan.ts';
import { UserError } from '../core/errors.ts';
import type { Cell } from '../core/model.ts';
import { unlisted } from './collect.ts';

export interface Account {
  readonly account: string;
  readonly partition: string;
}
export interface Plan {
  readonly regions: readonly string[];
  readonly items: readonly Item[];
  /** Cells that cannot even be tried: the regions could not be named, so their checks are UNKNOWN, once. */
  readonly lost: readonly Cell[];
}

/** The account-wide item, which needs no list of regions. */
export function globalItems(
  selection: Selection,
  types: readonly Planned[],
  { account, partition }: Account,
): readonly Item[] {
  return planAccount(selection, types, account, partition, []);
}

/** The items of an account's regions. `globs` choose among the enabled regions; none of them means all. */
export async function regionalPlan(
  session: Session,
  selection: Selection,
  types: readonly Planned[],
  { account, partition }: Account,
  globs: readonly string[],
): Promise<Plan> {
  const itemsIn = (regions: readonly string[]) =>
    planAccount(selection, types, account, partition, regions).filter(({ place }) => place.region !== 'global');
  try {
    const regions = chosen(await enabledRegions(session, account, partition), globs);
    return { regions, items: itemsIn(regions), lost: [] };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const named = globs.filter((glob) => /^[a-z]{2}[a-z0-9-]+-\d+$/.test(glob));
    if (named.length > 0) return { regions: named, items: itemsIn(named), lost: [] };
    return { regions: [], items: [], lost: itemsIn(['unknown']).flatMap((item) => unlisted(item, error.gap)) };
  }
}

function chosen(enabled: readonly string[], globs: readonly string[]): readonly string[] {
  const matching = (glob: string) => enabled.filter((region) => picomatch.isMatch(region, glob));
  for (const glob of globs) {
    if (matching(glob).length > 0) continue;
    throw new UserError(
      `no enabled region of this account is called ${JSON.stringify(glob)}; enabled are ${enabled.join(', ')}`,
    );
  }
  return globs.length > 0 ? [...new Set(globs.flatMap(matching))].toSorted() : enabled;
}
