import type { Inventory } from '../core/evaluate.ts';
import type { Item } from '../aws/items.ts';
import type { Cell, Gap, Row } from '../core/model.ts';
import { ndjson } from '../store/ndjson.ts';
import { unlisted } from './collect.ts';
import { readJson } from './stored.ts';
import { fileOf, keys, type RunKey, type Store } from '../store/store.ts';

/** What of the organization was read for all accounts, in one of them. */
export interface Shared {
  readonly store: Store;
  readonly account: string;
  readonly types: readonly string[];
}

export interface Opening {
  /** An item that left no record of its cells counts with the gap that says so. */
  readonly planned?: readonly Item[];
  readonly shared?: Shared | undefined;
}

/** Opens what was collected of one account. Throws when nothing was collected, or when a record is damaged. */
export async function storedInventory(
  store: Store,
  run: RunKey,
  account: string,
  { planned = [], shared }: Opening = {},
): Promise<Inventory> {
  const own = await openedIn(store, run, account);
  if (own.records.length === 0 && planned.length === 0)
    throw new Error(`${store.url} holds no inventory of account ${account} for run ${run.run} of ${run.date}`);
  const unfinished = planned.filter(({ place }) => !own.regions.has(place.region));
  const cells = [...own.cells, ...unfinished.flatMap((item) => unlisted(item, UNFINISHED))];
  if (!shared || shared.account === account) return { cells, rows: (type, region) => own.rows(type, region) };
  const common = await openedIn(shared.store, run, shared.account);
  const isShared = (type: string) => shared.types.includes(type);
  return {
    account,
    cells: [...cells, ...common.cells.filter(({ type }) => isShared(type))],
    rows: (type, region) => (isShared(type) ? common : own).rows(type, region),
  };
}

/** The parts of an account's inventory that have a record of their cells. */
async function openedIn(store: Store, run: RunKey, account: string) {
  const stored = new Set(await store.list(keys.inventoryOf(run, account)));
  const records = [...stored].filter((key) => key.endsWith('/_cells.json'));
  const cells = (await Promise.all(records.map((key) => readJson<Cell[]>(store, key)))).flat();
  return {
    records,
    cells,
    regions: new Set(records.map((key) => /\/region=([^/]+)\//.exec(key)?.[1])),
    async *rows(type: string, region?: string) {
      for (const cell of cells) {
        if (cell.type !== type || cell.region !== (region ?? cell.region)) continue;
        for (let part = 1; part <= (cell.parts ?? 1); part += 1) {
          const key = keys.inventory(run, account, cell.region, fileOf(type, part));
          if (stored.has(key)) yield* ndjson<Row>(store, key);
        }
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
