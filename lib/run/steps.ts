import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { sessionFor } from '../aws/clients.ts';
import { callCounts } from '../aws/counts.ts';
import { selectionOf } from '../aws/permissions.ts';
import { type Item, type Planned, whoAmI } from '../aws/plan.ts';
import type { Resource } from '../aws/resource.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import { collectItem, putLost } from './collect.ts';
import { globalItems, regionalPlan } from './plan.ts';
import { putJson, readJson, type StoredPlan } from './stored.ts';

/** What the steps that ask AWS need; the other two do without. */
interface Asking {
  readonly store: Store;
  readonly credentials: AwsCredentialIdentityProvider;
}
/** One item as the state machine carries it: the plan in the store says the rest. */
export interface ItemKey {
  readonly run: RunKey;
  readonly region: string;
}

/** Step 1. Plans the account that the credentials belong to, stores the plan, and names its items. */
export async function planStep(
  { store, types, credentials }: Asking & { readonly types: readonly Planned[] },
  {
    run,
    startedAt,
    region,
    regions,
    checks,
  }: { run: RunKey; startedAt: string; region: string; regions: readonly string[]; checks: readonly AnyCheck[] },
): Promise<{ run: RunKey; items: readonly ItemKey[] }> {
  const counts = callCounts();
  const session = sessionFor({ credentials, counts });
  const account = await whoAmI(session, region);
  const selection = selectionOf(checks);
  const plan = await regionalPlan(session, selection, types, account, regions);
  await putLost(store, run, account.account, plan.lost);
  const items: readonly Item[] = [...globalItems(selection, types, account), ...plan.items];
  const stored: StoredPlan = {
    startedAt,
    account: account.account,
    partition: account.partition,
    regions: plan.regions,
    items,
  };
  await putJson(store, keys.report(run, 'plan.json'), stored);
  await putJson(store, keys.report(run, 'calls/plan.json'), counts.list());
  return { run, items: items.map(({ place }) => ({ run, region: place.region })) };
}

/** Step 2. Collects one item; what is not answered by the deadline is a gap. */
export async function collectStep(
  { store, resources, credentials }: Asking & { readonly resources: readonly Resource[] },
  { run, region }: ItemKey,
  deadline: AbortSignal,
): Promise<{ region: string; rows: number; gaps: number }> {
  const { items } = await readJson<StoredPlan>(store, keys.report(run, 'plan.json'));
  const item = items.find(({ place }) => place.region === region);
  if (!item) throw new Error(`the plan of run ${run.run} has no item for ${region}`);
  const counts = callCounts();
  const session = sessionFor({ credentials, counts, deadline });
  const cells = await collectItem(item, session, { store, run, resources, now: () => new Date() });
  await putJson(store, keys.report(run, `calls/${region}.json`), counts.list());
  return {
    region,
    rows: cells.reduce((sum, cell) => sum + cell.rows, 0),
    gaps: cells.filter((cell) => cell.gap).length,
  };
}
