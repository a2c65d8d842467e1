import { sessionFor } from '../../aws/clients.ts';
import { callCounts } from '../../aws/counts.ts';
import type { Resource } from '../../aws/resource.ts';
import { keys, type RunKey, type Store } from '../../store/store.ts';
import { collectItem, putLost, unlisted } from '../collect.ts';
import { closedTo, type Entrances, entranceTo } from '../entrances.ts';
import { itemsOf, plannedIn } from '../items.ts';
import { putJson, readPlan } from '../stored.ts';

/** One item as the state machine carries it: the plan in the store says the rest. */
export interface ItemKey {
  readonly run: RunKey;
  readonly account: string;
  readonly region: string;
  /** From 1; a further part goes on where the one before it stopped. */
  readonly part: number;
}

export interface CollectStep {
  readonly store: Store;
  readonly resources: readonly Resource[];
  readonly entrances: Entrances;
  /** Aborted when the step must leave the rest to a further part. */
  readonly pause: AbortSignal;
  /** Aborted when whatever is still open must be closed. */
  readonly deadline: AbortSignal;
  /** After so many parts an item is closed as it is; none for as many as it takes. */
  readonly parts?: number | undefined;
}
export interface CollectedPart extends ItemKey {
  readonly isDone: boolean;
  readonly rows: number;
  readonly gaps: number;
}

/** Step 2. Collects one item, or a part of it; names the part that is to follow. What is not answered by the deadline is a gap. */
export async function collectStep(step: CollectStep, key: ItemKey): Promise<CollectedPart> {
  const { store, resources, entrances, deadline } = step;
  const { run, account, region, part } = key;
  const plan = await readPlan(store, run);
  const { partition, home, wanted } = plan;
  const item = itemsOf(wanted, plannedIn(plan, account), plan).find(({ place }) => place.region === region);
  if (!item) throw new Error(`the plan of run ${run.run} has no item for ${region} in ${account}`);
  const credentials = entranceTo(entrances, { account, partition, homeAccount: home });
  const closed = await closedTo(credentials);
  if (closed) {
    await putLost(store, run, account, unlisted(item, closed));
    return { ...key, isDone: true, rows: 0, gaps: item.types.length };
  }
  const counts = callCounts();
  const session = sessionFor({ credentials, counts, deadline });
  const pause = part < (step.parts ?? Number.POSITIVE_INFINITY) ? step.pause : undefined;
  const { cells, isDone } = await collectItem(item, session, {
    store,
    run,
    resources,
    now: () => new Date(),
    part,
    pause,
  });
  await putJson(store, keys.report(run, `calls/account=${account}/${region}-${part}.json`), counts.list());
  return {
    ...key,
    part: part + 1,
    isDone,
    rows: cells.reduce((sum, cell) => sum + cell.rows, 0),
    gaps: cells.filter((cell) => cell.gap).length,
  };
}
