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
  /** Streams the rows of one type, from every region; may be called more than once. */
  rows(type: string): Iterable<Row> | AsyncIterable<Row>;
}

/**
 * Streams findings: one per check, variant and resource, and one UNKNOWN per check, variant and cell with a gap.
 * Throws when the inventory does not hold what its cells say, or holds a resource twice: such a run must not be believed.
 * Resources that are not wanted are seen by checks on others, and not judged themselves.
 */
export async function* evaluate(
  checks: readonly AnyCheck[],
  inventory: Inventory,
  now: Date,
  isWanted: (resource: Identity) => boolean = () => true,
): AsyncGenerator<Finding> {
  const judges = Map.groupBy(
    checks.flatMap((check) => (check.resource as readonly string[]).map((type) => ({ type, check }))),
    ({ type }) => type,
  );
  const look = lookup(await load(checks, inventory), inventory.cells);
  const viewed = viewers();
  const judge = new Map(checks.map((check) => [check, judgeOf(check, look, viewed(check.needs))]));
  const seen = new Set<string>();
  const isOthers = ({ account }: { readonly account: string }) => account !== (inventory.account ?? account);

  for (const [type, uses] of judges) {
    const cells = inventory.cells.filter((cell) => cell.type === type);
    let rows = 0;
    for await (const row of inventory.rows(type)) {
      rows += 1;
      once(seen, row.identity);
      if (isOthers(row.identity) || !isWanted(row.identity)) continue;
      const basis = basisOf(row);
      for (const { check } of uses) {
        for (const variant of check.variants)
          yield finding(check, variant, row.identity, row.at, judge.get(check)!(row, variant), basis(check.needs));
      }
    }
    const planned = cells.reduce((sum, cell) => sum + cell.rows, 0);
    if (rows !== planned)
      throw new Error(`the inventory is not whole: ${type} has ${rows} rows, its cells say ${planned}`);
    for (const cell of cells) {
      if (!cell.gap || isOthers(cell)) continue;
      for (const { check } of uses) {
        for (const variant of check.variants)
          yield finding(check, variant, scopeOf(cell), now.toISOString(), unknown(cell.gap));
      }
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
  const contexts = new Map<string, object>();
  const contextIn = (region: string, variant: string): object => ({
    params: check.params,
    variant,
    ...Object.fromEntries(uses.map(([name, use]) => [name, look(use, region)])),
  });
  return (row, variant) => {
    const key = `${row.identity.region} ${variant}`;
    const beyond = beyondTheCustomer(row.identity);
    if (beyond) return beyond;
    try {
      if (!contexts.has(key)) contexts.set(key, contextIn(row.identity.region, variant));
      // Ages count to the moment of reading: a saved inventory says the same whenever it is judged.
      const now = new Date(row.at);
      return check.evaluate(view(row) as never, { ...contexts.get(key), now } as never);
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
/** What checks look up, as they see it: by type, and by the facets that are asked for. */
type Kept = ReadonlyMap<string, ReadonlyMap<string, readonly Seen[]>>;
const facetsOf = (use: Use): string => use.facets.join(' ');

/** Only the types that some check looks up are held in memory, and of them what is looked at; everything else streams past. */
async function load(checks: readonly AnyCheck[], inventory: Inventory): Promise<Kept> {
  const uses = checks.flatMap((check) => Object.values(check.uses as Uses));
  const kept = new Map<string, ReadonlyMap<string, readonly Seen[]>>();
  for (const [type, same] of Map.groupBy(uses, (use) => use.type as string)) {
    const ways = [...new Map(same.map((use) => [facetsOf(use), viewer(use.facets)]))];
    const seen = new Map(ways.map(([facets]) => [facets, [] as Seen[]]));
    for await (const row of inventory.rows(type))
      for (const [facets, view] of ways) seen.get(facets)!.push(view(row) as Seen);
    kept.set(type, seen);
  }
  return kept;
}

/** A regional resource sees its own region and the account-wide types; an account-wide resource sees every region. */
function lookup(kept: Kept, cells: readonly Cell[]): Lookup {
  const tables = new Map<string, Table<{ id: string }>>();
  const cellsOf = Map.groupBy(cells, ({ type }) => type);
  const places = new Map<readonly Seen[], ReadonlyMap<string, readonly Seen[]>>();
  const inRegion = (all: readonly Seen[], region: string): readonly Seen[] => {
    if (!places.has(all))
      places.set(
        all,
        Map.groupBy(all, (one) => one.region),
      );
    return places.get(all)!.get(region) ?? [];
  };
  const made = (use: Use, region: string): Table<{ id: string }> => {
    const own = cellsOf.get(use.type) ?? [];
    const seesAll = region === 'global' || own.some((cell) => cell.region === 'global');
    const sees = (where: string) => seesAll || where === region;
    const gap = own.length === 0 ? NOT_SCANNED : own.find((cell) => cell.gap && sees(cell.region))?.gap;
    const all = kept.get(use.type)!.get(facetsOf(use))!;
    return table(seesAll ? all : inRegion(all, region), gap);
  };
  return (use, region) => {
    const key = [use.type, region, ...use.facets].join(' ');
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

function once(seen: Set<string>, { arn, region }: Identity): void {
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
  const key = [check.formerly ?? check.id, variant, resource.account, resource.region, resource.arn].join('\n');
  const id = hash('sha256', key, 'hex').slice(0, 16);
  return {
    id,
    check: check.id,
    ...(variant && { variant }),
    severity: check.severity,
    resource,
    at,
    ...(basis && { basis }),
    ...verdict,
  };
}
