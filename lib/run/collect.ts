import type { Place, Session } from '../aws/caller.ts';
import { collect, type Position } from '../aws/collect.ts';
import type { Item } from '../aws/items.ts';
import type { Resource } from '../aws/resource.ts';
import type { Cell, Gap, Row } from '../core/model.ts';
import { ndjson, ndjsonWriter } from '../store/ndjson.ts';
import { fileOf, keys, type RunKey, type Store } from '../store/store.ts';
import { readJson } from './stored.ts';

export interface Collecting {
  readonly store: Store;
  readonly run: RunKey;
  readonly resources: readonly Resource[];
  readonly now: () => Date;
  /** Told of each finished cell. */
  readonly onCell?: ((cell: Cell) => void) | undefined;
  /** Which part of the item this is, from 1; a further one goes on where the part before it stopped. */
  readonly part?: number | undefined;
  /** Aborted when what is left is to be left to a further part. */
  readonly pause?: AbortSignal | undefined;
}
export interface Collected {
  readonly cells: readonly Cell[];
  /** Whether nothing was left to a further part. */
  readonly isDone: boolean;
}

/** What one part leaves to the next of one type: the cell so far, and where the list goes on. */
interface Rest {
  readonly cell: Cell;
  readonly position: Position | undefined;
}

/**
 * Collects one item of the plan, or a part of it, into the store: rows by type, what is left, and last the record of its cells. Repeated,
 * a part overwrites its own objects.
 */
export async function collectItem(item: Item, session: Session, to: Collecting): Promise<Collected> {
  const { store, run, part = 1 } = to;
  const { place } = item;
  const before = part > 1 ? await partBefore(to, place, part) : { rests: [], cells: [] };
  const left = new Map(before.rests.map((rest) => [rest.cell.type, rest]));
  const types = item.types.filter(({ type }) => part === 1 || left.has(type));
  const read = await Promise.all(
    types.map(({ type, facets }) => collectCell(place, { type, facets, rest: left.get(type) }, session, to)),
  );
  const isStuck = read.length > 0 && read.every(({ cell, position, before: was }) => isSame(cell, position, was));
  const open = isStuck ? [] : read.filter(({ position }) => position);
  const cells = [...before.cells, ...read.map(({ cell, position }) => (position ? unfinished(cell) : cell))];
  if (open.length > 0) await putRests(to, place, open);
  await putCells(store, run, place, cells);
  return { cells, isDone: open.length === 0 };
}

interface Reading {
  readonly type: string;
  readonly facets: readonly string[];
  readonly rest: Rest | undefined;
}
interface Read extends Rest {
  readonly before: Rest | undefined;
}

async function collectCell(
  place: Place,
  { type, facets, rest }: Reading,
  session: Session,
  to: Collecting,
): Promise<Read> {
  const { store, run, resources, now, part = 1, pause } = to;
  const resource = resources.find((candidate) => candidate.type === type)!;
  const writer = ndjsonWriter<Row>(store, keys.inventory(run, place.account, place.region, fileOf(type, part)));
  let own: { cell: Cell; rest: Position | undefined } | undefined;
  for await (const item of collect(resource, facets, place, session, now, { from: rest?.position, pause })) {
    if ('row' in item) await writer.write(item.row);
    else own = item;
  }
  await writer.close();
  const cell = rest ? joined(rest.cell, own!.cell, part) : own!.cell;
  if (!own!.rest) to.onCell?.(cell);
  return { cell, position: own!.rest, before: rest };
}

function joined(before: Cell, own: Cell, parts: number): Cell {
  const gap = before.gap ?? own.gap;
  return { ...own, rows: before.rows + own.rows, parts, ...(gap && { gap }) };
}

/** A part that came no further than the one before it would not in the next one either. */
function isSame({ rows }: Cell, position: Position | undefined, before: Rest | undefined): boolean {
  if (!position) return false;
  return rows === (before?.cell.rows ?? 0) && position.token === before?.position?.token;
}

/** As long as no further part has read the rest, it was not read. */
const unfinished = (cell: Cell): Cell => ({ ...cell, gap: cell.gap ?? NOT_FINISHED });
const NOT_FINISHED: Gap = {
  reason: 'not-scanned',
  operation: 'collect',
  detail: 'the list is longer than the time for it, and the step that was to go on did not finish',
};

const restOf = ({ run }: Collecting, { account, region }: Place, part: number) =>
  keys.inventory(run, account, region, `_rest-${part}.ndjson.gz`);

async function putRests(to: Collecting, place: Place, open: readonly Rest[]): Promise<void> {
  const writer = ndjsonWriter<Rest>(to.store, restOf(to, place, (to.part ?? 1) + 1));
  for (const { cell, position } of open) await writer.write({ cell, position });
  await writer.close();
}

/** What the part before has left, and the cells that it or earlier ones have finished. */
async function partBefore(to: Collecting, place: Place, part: number): Promise<{ rests: Rest[]; cells: Cell[] }> {
  const rests = await Array.fromAsync(ndjson<Rest>(to.store, restOf(to, place, part)));
  const left = new Set(rests.map(({ cell }) => cell.type));
  const cells = await readJson<Cell[]>(to.store, keys.inventory(to.run, place.account, place.region, '_cells.json'));
  return { rests, cells: cells.filter(({ type }) => !left.has(type)) };
}

async function putCells(
  store: Store,
  run: RunKey,
  { account, region }: Pick<Place, 'account' | 'region'>,
  cells: readonly Cell[],
): Promise<void> {
  await store.put(keys.inventory(run, account, region, '_cells.json'), JSON.stringify(cells), 'application/json');
}

/** Records cells that could not be tried, so that they count. */
export async function putLost(store: Store, run: RunKey, account: string, cells: readonly Cell[]): Promise<void> {
  for (const [region, lost] of Map.groupBy(cells, (cell) => cell.region))
    await putCells(store, run, { account, region }, lost);
}

/** The cells of an item that could not be collected at all, each with the gap that says why. */
export function unlisted(item: Item, gap: NonNullable<Cell['gap']>): Cell[] {
  const { account, region } = item.place;
  return item.types.map(({ type }) => ({ type, account, region, rows: 0, gap }));
}
