import { tally } from '../core/coverage.ts';
import { changesSince, type State } from '../core/diff.ts';
import { type AnyCheck, evaluate, type Inventory } from '../core/evaluate.ts';
import type { Finding } from '../core/model.ts';
import { ndjsonWriter } from '../store/ndjson.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import type { AccountResult, StoredFinding } from './model.ts';
import { putJson, readJsonIfAny } from './stored.ts';

export interface Judging {
  readonly store: Store;
  readonly run: RunKey;
  readonly checks: readonly AnyCheck[];
  readonly now: Date;
  /** Leaves findings out of this run's scope (resources without a tag, for instance). */
  readonly isInScope?: ((finding: Finding) => boolean) | undefined;
}

/**
 * Judges one account's inventory. Stores its findings, its result, and the state to keep; the state takes effect when the run is published,
 * so that a repeated step compares with the same run before.
 */
export async function evaluateAccount(account: string, inventory: Inventory, judging: Judging): Promise<AccountResult> {
  const { store, run, checks, now } = judging;
  const before = await readJsonIfAny<State>(store, keys.state(account));
  const changes = changesSince(before, { account, run: run.run, at: now.toISOString() });
  const counts = tally();
  const findings = ndjsonWriter<StoredFinding>(store, keys.findings(run, account));
  for await (const finding of evaluate(checks, inventory, now)) {
    // Followed even when out of scope: what this run leaves out must not count as repaired.
    const history = changes.follow(finding);
    if (judging.isInScope && !judging.isInScope(finding)) continue;
    counts.add(finding);
    await findings.write({ ...finding, ...history });
  }
  await findings.close();
  const { gone, state } = changes.close(
    inventory.cells,
    checks.map((check) => check.id),
  );
  const result: AccountResult = { account, hasHistory: before !== undefined, summary: counts.summary(), gone };
  await putJson(store, keys.report(run, `account=${account}.json`), result);
  await putJson(store, keys.report(run, `state/account=${account}.json`), state);
  return result;
}
