import { globalItem, type Item, regionalItem, type Wanted } from '../aws/items.ts';
import type { Cell, Gap } from '../core/model.ts';
import { unlisted } from './collect.ts';
import type { Member } from './members.ts';

/** An account as it is planned. */
export interface PlannedAccount extends Member {
  readonly regions: readonly string[];
  /** Why it cannot be entered. */
  readonly closed?: Gap;
  /** Why its regions are not known. */
  readonly gap?: Gap;
}

/** What there is to collect of an account: nothing where it cannot be entered. */
export function itemsOf(
  wanted: readonly Wanted[],
  { account, regions, closed }: Pick<PlannedAccount, 'account' | 'regions' | 'closed'>,
  { partition, home }: { readonly partition: string; readonly home: string },
): readonly Item[] {
  if (closed) return [];
  const regional = regions.map((region) => regionalItem(wanted, { account, partition, region }));
  return [globalItem(wanted, { account, partition }, account === home), ...regional].filter(isWorth);
}

/** Cells that cannot even be tried, so that their checks are UNKNOWN, once. */
export function lostCells(
  wanted: readonly Wanted[],
  { account, closed, gap }: Pick<PlannedAccount, 'account' | 'closed' | 'gap'>,
  partition: string,
): readonly Cell[] {
  const regional = regionalItem(wanted, { account, partition, region: 'unknown' });
  if (closed)
    return [globalItem(wanted, { account, partition }, false), regional].flatMap((item) => unlisted(item, closed));
  return gap ? unlisted(regional, gap) : [];
}

const isWorth = ({ types }: Item): boolean => types.length > 0;

/** Throws where the plan does not know the account. */
export function plannedIn(
  { accounts }: { readonly accounts: readonly PlannedAccount[] },
  account: string,
): PlannedAccount {
  const planned = accounts.find((one) => one.account === account);
  if (!planned) throw new Error(`the plan has no account ${account}`);
  return planned;
}
