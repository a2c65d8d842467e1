import { type GapGroup, keyOf, tally } from '../core/coverage.ts';
import { changesSince, type Remembered } from '../core/diff.ts';
import { type AnyCheck, evaluate, type Inventory } from '../core/evaluate.ts';
import type { Finding, Gap } from '../core/model.ts';
import { OWNER_RULES, ownerOf, type OwnerRules } from '../core/owners.ts';
import { type Waiver, waiversAt } from '../core/waivers.ts';
import { ndjsonWriter } from '../store/ndjson.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import { causesOf } from './causes.ts';
import type { AccountResult, StoredFinding } from './model.ts';
import { readState, stateWriter } from './state.ts';
import { putJson, resultOf } from './stored.ts';

export interface Judging {
  readonly store: Store;
  readonly run: RunKey;
  readonly checks: readonly AnyCheck[];
  readonly now: Date;
  readonly waivers?: readonly Waiver[] | undefined;
  readonly owners?: OwnerRules | undefined;
  /** The organizational units that the account is in, the nearest first. */
  readonly units?: readonly string[] | undefined;
  /** Leaves findings out of this run's scope (resources without a tag, for instance). */
  readonly isInScope?: ((finding: Finding) => boolean) | undefined;
}

/**
 * Judges one account's inventory. Stores its findings, its result, and the state to keep; the state takes effect when the run is published,
 * so that a repeated step compares with the same run before. A repeat after that finds its own state: then the result stands.
 */
export async function evaluateAccount(account: string, inventory: Inventory, judging: Judging): Promise<AccountResult> {
  const { store, run, checks, now } = judging;
  const before = await readState(store, keys.state(account));
  const published = before?.run === run.run && (await resultOf(store, { run, account }));
  if (published) return published;
  const changes = changesSince(before, { account, ...run, at: now.toISOString() });
  const waivers = waiversAt(judging.waivers ?? [], now);
  const counts = tally();
  const met: StoredFinding[] = [];
  const findings = ndjsonWriter<StoredFinding>(store, keys.findings(run, account));
  const state = stateWriter(store, keys.nextState(run, account));
  for await (const judged of evaluate(checks, inventory, now)) {
    const finding = { ...judged, ...waivers.on(judged), ...owned(judged, judging) };
    // Followed even when out of scope: what this run leaves out must not count as repaired.
    const { history, kept } = changes.follow(finding);
    if (kept) await state.keep(kept);
    if (judging.isInScope && !judging.isInScope(finding)) continue;
    counts.add(finding);
    const stored = { ...finding, ...history, ...(history.change === 'resolved' && repairedBy(judged, judging)) };
    if (history.change) met.push(stored);
    await findings.write(stored);
  }
  await findings.close();
  const summary = counts.summary();
  const ids = checks.map(({ id }) => id);
  const { gone, kept, remembered } = changes.close(
    inventory.cells,
    ids,
    Object.fromEntries(summary.gaps.map((gap) => [keyOf(gap), gap.checks])),
  );
  for (const one of kept) await state.keep(one);
  const result: AccountResult = {
    account,
    hasHistory: before !== undefined,
    summary,
    gone,
    causes: before ? await causesOf(store, { account, since: before, met, gone, checks }) : {},
    ...(before?.gaps ? coverageChanges(before.gaps, summary.gaps, ids) : { lost: [], regained: [] }),
    waivers: waivers.uses(),
  };
  await state.close(remembered);
  await putJson(store, keys.report(run, `account=${account}.json`), result);
  return result;
}

/** Somebody has to act on it. */
function owned(finding: Finding, rules: Owning): { readonly owner?: string } {
  const isOpen = finding.status === 'FAIL' || finding.status === 'UNKNOWN';
  return isOpen ? repairedBy(finding, rules) : {};
}

/** Who is told the good news. */
const repairedBy = ({ resource }: Finding, { owners, units }: Owning): { readonly owner: string } => ({
  owner: ownerOf(resource, owners ?? OWNER_RULES, units),
});
type Owning = Pick<Judging, 'owners' | 'units'>;

/** Causes of UNKNOWNs that are new, and those that are gone; only as far as this run was asked. */
function coverageChanges(
  before: NonNullable<Remembered['gaps']>,
  now: readonly GapGroup[],
  checks: readonly string[],
): { readonly lost: readonly GapGroup[]; readonly regained: readonly Gap[] } {
  const present = new Set(now.map(keyOf));
  const isGone = ([cause, concerned]: readonly [string, readonly string[]]) =>
    !present.has(cause) && concerned.some((check) => checks.includes(check));
  return {
    lost: now.filter((gap) => !Object.hasOwn(before, keyOf(gap))),
    regained: Object.entries(before)
      .filter(isGone)
      .map(([cause]) => gapOf(cause)),
  };
}

function gapOf(key: string): Gap {
  const [reason, operation, detail] = JSON.parse(key) as [Gap['reason'], string, string];
  return { reason, operation, detail };
}
