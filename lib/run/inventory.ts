import type { Inventory } from '../core/evaluate.ts';
import type { Item } from '../aws/plan.ts';
import type { Cell, Gap, Row } from '../core/model.ts';
import { ndjson } from '../store/ndjson.ts';
import { unlisted } from './collect.ts';
import { readJson } from './stored.ts';
import { fileOf, keys, type RunKey, type Store } from '../store/store.ts';

/**
 * Opens what was collected of one account. An item of the plan that left no record of its cells counts with the gap that says so.
 * Throws when nothing was collected, or when a record is damaged.
 */
export async function storedInventory(
  store: Store,
  run: RunKey,
  account: string,
  planned: readonly Item[] = [],
): Promise<Inventory> {
  const stored = await store.list(keys.inventoryOf(run, account));
  const records = stored.filter((key) => key.endsWith('/cells.json'));
  if (records.length === 0 && planned.length === 0)
    throw new Error(`${store.url} holds no inventory of account ${account} for run ${run.run} of ${run.date}`);
  const unfinished = planned.filter(
    ({ place }) => !records.includes(keys.inventory(run, account, place.region, 'cells.json')),
  );
  const read = await Promise.all(records.map((key) => readJson<Cell[]>(store, key)));
  const cells = [...read.flat(), ...unfinished.flatMap((item) => unlisted(item, UNFINISHED))];
  const unread = new Set(unfinished.map(({ place }) => `/region=${place.region}/`));
  return {
    cells,
    async *rows(type) {
      for (const key of stored) {
        if (key.endsWith(`/${fileOf(type)}`) && ![...unread].some((part) => key.includes(part)))
          yield* ndjson<Row>(store, key);
      }
    },
  };
}

const UNFINISHED: Gap = {
  reason: 'failed',
  operation: 'collect',
  detail: 'the step that collects this part did not finish',
};

/** The runs whose inventory a store holds, newest first, with their accounts. */
export async function inventoriesIn(store: Store): Promise<(RunKey & { accounts: string[] })[]> {
  const found = new Map<string, RunKey & { accounts: Set<string> }>();
  for (const key of await store.list('inventory/')) {
    const match = /^inventory\/date=([^/]+)\/run=([^/]+)\/account=([^/]+)\//.exec(key);
    if (!match) continue;
    const [, date, run, account] = match as unknown as [string, string, string, string];
    const entry = found.get(`${date} ${run}`) ?? { date, run, accounts: new Set<string>() };
    found.set(`${date} ${run}`, entry);
    entry.accounts.add(account);
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, accounts: [...entry.accounts] }))
    .toSorted((a, b) => (a.run < b.run ? 1 : -1));
}
