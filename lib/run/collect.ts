import type { Place, Session } from '../aws/caller.ts';
import { collect } from '../aws/collect.ts';
import type { Item } from '../aws/plan.ts';
import type { Resource } from '../aws/resource.ts';
import type { Cell, Row } from '../core/model.ts';
import { ndjsonWriter } from '../store/ndjson.ts';
import { fileOf, keys, type RunKey, type Store } from '../store/store.ts';

export interface Collecting {
  readonly store: Store;
  readonly run: RunKey;
  readonly resources: readonly Resource[];
  readonly now: () => Date;
  /** Told of each finished cell. */
  readonly onCell?: ((cell: Cell) => void) | undefined;
}

/** Collects one item of the plan into the store: rows by type, and last the record of its cells. Repeated, it overwrites its own objects. */
export async function collectItem(item: Item, session: Session, to: Collecting): Promise<readonly Cell[]> {
  const cells = await Promise.all(item.types.map(({ type, facets }) => collectCell(item, type, facets, session, to)));
  await putCells(to.store, to.run, item.place, cells);
  return cells;
}

async function putCells(
  store: Store,
  run: RunKey,
  { account, region }: Pick<Place, 'account' | 'region'>,
  cells: readonly Cell[],
): Promise<void> {
  await store.put(keys.inventory(run, account, region, 'cells.json'), JSON.stringify(cells), 'application/json');
}

async function collectCell(
  { place }: Item,
  type: string,
  facets: readonly string[],
  session: Session,
  to: Collecting,
): Promise<Cell> {
  const resource = to.resources.find((candidate) => candidate.type === type)!;
  const writer = ndjsonWriter<Row>(to.store, keys.inventory(to.run, place.account, place.region, fileOf(type)));
  let cell: Cell | undefined;
  for await (const item of collect(resource, facets, place, session, to.now)) {
    if ('row' in item) await writer.write(item.row);
    else cell = item.cell;
  }
  await writer.close();
  to.onCell?.(cell!);
  return cell!;
}

/** Records cells that could not be tried, so that they count. */
export async function putLost(store: Store, run: RunKey, account: string, cells: readonly Cell[]): Promise<void> {
  if (cells.length > 0) await putCells(store, run, { account, region: cells[0]!.region }, cells);
}

/** The cells of an item that could not be collected at all, each with the gap that says why. */
export function unlisted(item: Item, gap: NonNullable<Cell['gap']>): Cell[] {
  const { account, region } = item.place;
  return item.types.map(({ type }) => ({ type, account, region, rows: 0, gap }));
}
