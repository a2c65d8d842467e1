import { hash } from 'node:crypto';
import { skip } from './check.ts';
import type { Cell, Check, Finding, Gap, Identity, Row, Table, Use, Uses, Verdict } from './model.ts';
import { REPORT_TIME } from './report-time.ts';
import { table } from './table.ts';
import { Unknown, viewer } from './view.ts';

export type AnyCheck = Check<any, any, any, any>;

/** What was collected of one account. */
export interface Inventory {
  /** Whose it is, where it holds what another account knows of their organization: that is looked up here, and judged there. */
  readonly account?: string;
  /** Every planned cell, with its gap if listing failed. */
  readonly cells: readonly Cell[];
  /** Streams the rows of one type: those of its cell in one region, or of all its cells. May be called more than once. */
  rows(type: string, region?: string): Iterable<Row> | AsyncIterable<Row>;
}

/**
 * Streams findings, place by place, so that of a region nothing is held but what its own resources are judged by: one per check, variant
 * and resource, and one UNKNOWN per check, variant and cell with a gap.
 * Throws when the inventory does not hold what its cells say, or holds a resource twice: such a run must not be believed.
 * Resources that are not wanted are seen by checks on others, and not judged themselves.
 */
export async function* evaluate(
  checks: readonly AnyCheck[],
  inventory: Inventory,
  now: Date,
  isWanted: (resource: Identity) => boolean = () => true,
): AsyncGenerator<Finding> {
  const views = viewers();
  const tables = loader(inventory);
  for (const [region, cells] of Map.groupBy(inventory.cells, (cell) => cell.region)) {
    const types = Map.groupBy(cells, ({ type }) => type);
    const judging = checks.filter(({ resource }) => (resource as readonly string[]).some((type) => types.has(type)));
    const look = await tables(judging, region);
    const seen = new Set<string>();
    const place = { inventory, region, now, isWanted, seen };
    const judges = judging.map((check) => ({ check, judge: judgeOf(check, look, views(check.needs)) }));
    for (const [type, own] of types) {
      const concerned = judges.filter(({ check }) => (check.resource as readonly string[]).includes(type));
      if (concerned.length > 0) yield* evaluateType(type, own, concerned, place);
    }
  }
}

interface Judging {
  readonly check: AnyCheck;
  readonly judge: Judge;
}
interface InPlace {
  readonly inventory: Inventory;
  readonly region: string;
  readonly now: Date;
  readonly isWanted: (resource: Identity) => boolean;
  readonly seen: Set<string>;
}

/** All that is said of the resources of one type in one place. */
async function* evaluateType(
  type: string,
  cells: readonly Cell[],
  judges: readonly Judging[],
  { inventory, region, now, isWanted, seen }: InPlace,
): AsyncGenerator<Finding> {
  const isOthers = ({ account }: { readonly account: string }) => account !== (inventory.account ?? account);
  let rows = 0;
  for await (const row of inventory.rows(type, region)) {
    rows += 1;
    once(seen, row.identity, region);
    if (isOthers(row.identity) || !isWanted(row.identity)) continue;
    const basis = basisOf(row);
    for (const { check, judge } of judges) {
      for (const variant of check.variants)
        yield finding(check, variant, row.identity, row.at, judge(row, variant), basis(check.needs));
    }
  }
  const planned = cells.reduce((sum, cell) => sum + cell.rows, 0);
  if (rows !== planned)
    throw new Error(`the inventory is not whole: ${type} has ${rows} rows in ${region}, its cells say ${planned}`);
  for (const cell of cells) {
    if (!cell.gap || isOthers(cell)) continue;
    for (const { check } of judges) {
      for (const variant of check.variants)
        yield finding(check, variant, scopeOf(cell), now.toISOString(), unknown(cell.gap));
    }
  }
}

const REPORT_TIMES = new RegExp(`"${REPORT_TIME}":"[^"]*",?`, 'g');
const withoutReportTime = (text: string): string => text.replaceAll(REPORT_TIMES, '');

/** Digests what can be seen of a row, once for all checks that see the same of it. */
function basisOf({ base, facets }: Row): (needs: readonly string[]) => string {
  const known = new Map<string, string>();
  const text = JSON.stringify(base);
  return (needs) => {
    const key = needs.join(' ');
    if (!known.has(key)) {
      const seen = needs.map((facet) => withoutReportTime(JSON.stringify(facets[facet] ?? null)));
      known.set(key, hash('sha1', text + seen.join(''), 'base64url').slice(0, 12));
    }
    return known.get(key)!;
  };
}

type Judge = (row: Row, variant: string) => Verdict;

type Viewer = ReturnType<typeof viewer>;

/** One view of a row for all checks that see the same of it: they judge a row one after the other. */
function viewers(): (facets: readonly string[]) => Viewer {
  const known = new Map<string, Viewer>();
  return (facets) => {
    const key = facets.join(' ');
    if (!known.has(key)) known.set(key, rememberingTheLast(viewer(facets)));
    return known.get(key)!;
  };
}

function rememberingTheLast(view: Viewer): Viewer {
  let last: { readonly row: Row; readonly view: object } | undefined;
  return (row) => {
    if (last?.row !== row) last = { row, view: view(row) };
    return last.view;
  };
}

function judgeOf(check: AnyCheck, look: Lookup, view: Viewer): Judge {
  const uses = Object.entries(check.uses as Uses);
  const contexts = new Map<string, { now: Date }>();
  const contextIn = (region: string, variant: string) => ({
    params: check.params,
    variant,
    ...Object.fromEntries(uses.map(([name, use]) => [name, look(use, region)])),
    now: new Date(0),
  });
  return (row, variant) => {
    const key = `${row.identity.region} ${variant}`;
    const beyond = beyondTheCustomer(row.identity);
    if (beyond) return beyond;
    try {
      if (!contexts.has(key)) contexts.set(key, contextIn(row.identity.region, variant));
      const context = contexts.get(key)!;
      // Ages count to the moment of reading: a saved inventory says the same whenever it is judged.
      context.now = new Date(row.at);
      return check.evaluate(view(row) as never, context as never);
    } catch (thrown) {
      return unknown(thrown instanceof Unknown ? thrown.gap : bug(check, thrown));
    }
  };
}

/** Nobody can act on a finding about what only AWS can change. */
function beyondTheCustomer({ managedBy }: Identity): Verdict | undefined {
  if (managedBy === 'aws') return skip('AWS manages it: the account cannot change it');
  if (managedBy === 'service') return skip('an AWS service manages it: the account cannot change it');
  return undefined;
}

/** A thrown bug costs this one verdict. Its stack goes to nobody's report: the message names the place. */
function bug(check: AnyCheck, thrown: unknown): Gap {
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { reason: 'failed', operation: check.id, detail: `could not be judged: ${detail}` };
}

type Lookup = (use: Use, region: string) => Table<{ id: string }>;

type Seen = { readonly id: string; readonly region: string };
/** What checks look up, as they see it: by type and the facets that are asked for. */
type Kept = ReadonlyMap<string, readonly Seen[]>;
const keyOf = ({ type, facets }: Use): string => [type, ...facets].join(' ');

/**
 * Only the types that some check looks up are held in memory, and of them what is looked at; everything else streams past. A regional
 * resource sees its own region and the account-wide types; an account-wide resource sees every region.
 */
function loader(inventory: Inventory): (checks: readonly AnyCheck[], region: string) => Promise<Lookup> {
  const cellsOf = Map.groupBy(inventory.cells, ({ type }) => type);
  const isGlobal = (type: string) => cellsOf.get(type)?.some(({ region }) => region === 'global') ?? false;
  /** Every region looks them up: read once. */
  const global = new Map<string, readonly Seen[]>();

  /** Reads a type once, for all the ways in which it is looked at. */
  async function held(type: string, uses: readonly Use[], place: string): Promise<Kept> {
    const ways = [...new Map(uses.map((use) => [keyOf(use), viewer(use.facets)]))];
    const isEverywhere = isGlobal(type);
    if (isEverywhere && ways.every(([key]) => global.has(key))) return global;
    const kept = isEverywhere ? global : new Map<string, Seen[]>();
    const seen = ways.map(([key, view]) => ({ key, view, rows: [] as Seen[] }));
    const region = place === 'global' || isEverywhere ? undefined : place;
    for await (const row of inventory.rows(type, region))
      for (const { view, rows } of seen) rows.push(view(row) as Seen);
    for (const { key, rows } of seen) kept.set(key, rows);
    return kept;
  }
  return async (checks, place) => {
    const uses = checks.flatMap((check) => Object.values(check.uses as Uses) as Use[]);
    const kept = new Map<string, readonly Seen[]>();
    for (const [type, same] of Map.groupBy(uses, (use) => use.type as string))
      for (const [key, rows] of await held(type, same, place)) kept.set(key, rows);
    return lookup(kept, cellsOf, isGlobal);
  };
}

function lookup(
  kept: Kept,
  cellsOf: ReadonlyMap<string, readonly Cell[]>,
  isGlobal: (type: string) => boolean,
): Lookup {
  const tables = new Map<string, Table<{ id: string }>>();
  const made = (use: Use, region: string): Table<{ id: string }> => {
    const own = cellsOf.get(use.type) ?? [];
    const seesAll = region === 'global' || isGlobal(use.type);
    const sees = (where: string) => seesAll || where === region;
    const gap = own.length === 0 ? NOT_SCANNED : own.find((cell) => cell.gap && sees(cell.region))?.gap;
    const all = kept.get(keyOf(use))!;
    return table(seesAll ? all : all.filter((one) => one.region === region), gap);
  };
  return (use, region) => {
    const key = `${region} ${keyOf(use)}`;
    if (!tables.has(key)) tables.set(key, made(use, region));
    return tables.get(key)!;
  };
}

const NOT_SCANNED: Gap = {
  reason: 'not-scanned',
  operation: 'plan',
  detail: 'this resource type was not part of the scan',
};
const unknown = (gap: Gap): Verdict => ({ status: 'UNKNOWN', message: `${gap.operation}: ${gap.detail}`, gap });

/** What an UNKNOWN about a whole cell is said of: the type in its place. */
function scopeOf(cell: Cell): Identity {
  const { type, account, region } = cell;
  return { type, id: `${type} in ${region}`, arn: `ronda:${account}:${region}:${type}`, account, region };
}

/** Beside resources of another region, a check would look up nothing and take it for everything. */
function once(seen: Set<string>, { arn, region }: Identity, place: string): void {
  if (place !== 'global' && region !== place) throw new Error(`the inventory holds ${arn} of ${region} in ${place}`);
  const key = `${region} ${arn}`;
  if (seen.has(key)) throw new Error(`the inventory holds ${arn} in ${region} twice`);
  seen.add(key);
}

function finding(
  check: AnyCheck,
  variant: string,
  resource: Identity,
  at: string,
  verdict: Verdict,
  basis?: string,
): Finding {
  const { account, region, arn } = resource;
  const key = `${check.formerly ?? check.id}\n${variant}\n${account}\n${region}\n${arn}`;
  const { id: name, severity } = check;
  const made: Omit<Finding, 'status' | 'message'> & { variant?: string; basis?: string } = {
    id: hash('sha256', key, 'hex').slice(0, 16),
    check: name,
    severity,
    resource,
    at,
  };
  if (variant) made.variant = variant;
  if (basis) made.basis = basis;
  return Object.assign(made, verdict);
}
