import { sessionFor } from '../../aws/clients.ts';
import { callCounts } from '../../aws/counts.ts';
import { type Planned, wantedOf } from '../../aws/items.ts';
import { selectionOf } from '../../aws/permissions.ts';
import { whoAmI } from '../../aws/plan.ts';
import type { AnyCheck } from '../../core/evaluate.ts';
import { keys, type RunKey, type Store } from '../../store/store.ts';
import { putLost } from '../collect.ts';
import type { Entrances } from '../entrances.ts';
import { itemsOf, lostCells } from '../items.ts';
import { type Choice, plannedAccounts } from '../plan.ts';
import { putJson, type StoredPlan } from '../stored.ts';
import type { ItemKey } from './collect.ts';
import type { AccountKey } from './evaluate.ts';

export interface Planning extends Choice {
  readonly store: Store;
  readonly entrances: Entrances;
  readonly types: readonly Planned[];
  readonly run: RunKey;
  readonly startedAt: string;
  /** Where the account of the run is asked who it is. */
  readonly region: string;
  readonly checks: readonly AnyCheck[];
}

/** What the state machine maps over: objects of the store, because there may be more items than a state can carry. */
export interface PlanKeys {
  readonly run: RunKey;
  readonly items: string;
  readonly accounts: string;
}

/** Step 1. Plans the account of the run and those of its organization, if any, and stores the plan and its items. */
export async function planStep(planning: Planning): Promise<PlanKeys & { readonly count: number }> {
  const { store, entrances, run, startedAt, region, checks, types } = planning;
  const counts = callCounts();
  const session = sessionFor({ credentials: entrances.home, counts });
  const { account: home, partition } = await whoAmI(session, region);
  const accounts = await plannedAccounts(entrances, { account: home, partition, session, counts }, planning);
  const wanted = wantedOf(selectionOf(checks), types);
  for (const one of accounts) await putLost(store, run, one.account, lostCells(wanted, one, partition));
  const plan: StoredPlan = { startedAt, partition, home, accounts, wanted };
  await putJson(store, keys.report(run, 'plan.json'), plan);
  await putJson(store, keys.report(run, 'calls/plan.json'), counts.list());
  return putItems(store, run, plan);
}

async function putItems(store: Store, run: RunKey, plan: StoredPlan): Promise<PlanKeys & { readonly count: number }> {
  const items = plan.accounts.flatMap((one) =>
    itemsOf(plan.wanted, one, plan).map(({ place }): ItemKey => ({
      run,
      account: one.account,
      region: place.region,
      part: 1,
    })),
  );
  const accounts = plan.accounts.map(({ account }): AccountKey => ({ run, account }));
  const named = { items: keys.report(run, 'items.json'), accounts: keys.report(run, 'accounts.json') };
  await store.put(named.items, JSON.stringify(items), 'application/json');
  await store.put(named.accounts, JSON.stringify(accounts), 'application/json');
  return { run, ...named, count: items.length };
}
