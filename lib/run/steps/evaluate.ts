import pMap from 'p-map';
import { type CallCount, mergedCounts } from '../../aws/counts.ts';
import { organizationTypes } from '../../aws/items.ts';
import type { AnyCheck } from '../../core/evaluate.ts';
import type { Gap } from '../../core/model.ts';
import type { OwnerRules } from '../../core/owners.ts';
import type { Waiver } from '../../core/waivers.ts';
import { keys, type RunKey, type Store } from '../../store/store.ts';
import { unlisted } from '../collect.ts';
import { evaluateAccount } from '../evaluate.ts';
import { storedInventory } from '../inventory.ts';
import { itemsOf, lostCells, plannedIn } from '../items.ts';
import type { AccountResult } from '../model.ts';
import { putJson, readJson, readPlan } from '../stored.ts';

/** One account as the state machine carries it. */
export interface AccountKey {
  readonly run: RunKey;
  readonly account: string;
}

/** Objects that are read at the same time. */
const AT_ONCE = 20;

export interface EvaluateStep {
  readonly store: Store;
  readonly checks: readonly AnyCheck[];
  readonly waivers?: readonly Waiver[] | undefined;
  readonly owners?: OwnerRules | undefined;
}

/** Step 3. Judges one account, and adds up what its items have called. */
export async function evaluateStep(step: EvaluateStep, { run, account }: AccountKey): Promise<AccountResult> {
  const { store } = step;
  const plan = await readPlan(store, run);
  const own = plannedIn(plan, account);
  const inventory = await storedInventory(store, run, account, {
    planned: itemsOf(plan.wanted, own, plan),
    shared: { store, account: plan.home, types: organizationTypes(plan.wanted) },
  });
  const called = await store.list(keys.report(run, `calls/account=${account}/`));
  const counts = await pMap(called, (key) => readJson<CallCount[]>(store, key), { concurrency: AT_ONCE });
  await putJson(store, keys.report(run, `calls/account=${account}.json`), mergedCounts(counts.flat()));
  return evaluateAccount(account, inventory, { ...step, run, now: new Date(), units: own.units });
}

/** Judges an account whose own step did not come to an end: nothing is known of it. */
export async function giveUp(step: EvaluateStep, { run, account }: AccountKey): Promise<AccountResult> {
  const plan = await readPlan(step.store, run);
  const own = plannedIn(plan, account);
  const items = itemsOf(plan.wanted, own, plan);
  const cells = [
    ...lostCells(plan.wanted, own, plan.partition),
    ...items.flatMap((item) => unlisted(item, NOT_JUDGED)),
  ];
  const inventory = { cells, rows: () => [] };
  return evaluateAccount(account, inventory, { ...step, run, now: new Date(), units: own.units });
}

const NOT_JUDGED: Gap = {
  reason: 'failed',
  operation: 'evaluate',
  detail: 'the step that judges this account did not finish',
};
