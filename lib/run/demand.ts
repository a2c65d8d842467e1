import pMap from 'p-map';
import type { Place, Session } from '../aws/caller.ts';
import { listResources, readResource } from '../aws/collect.ts';
import type { Item } from '../aws/items.ts';
import type { Found, Resource } from '../aws/resource.ts';
import { type AnyCheck, evaluate, type Inventory } from '../core/evaluate.ts';
import type { Cell, Finding, Gap, Identity, Reading, Row, Use, Uses } from '../core/model.ts';

/** How many resources are read at the same time; what is really in flight is the pacing's business. */
const READ_AHEAD = 64;
/** A check that asks one resource after the other would need as many rounds: from then on it is answered for the whole type. */
const NARROW_ROUNDS = 3;

export interface Demand {
  readonly check: AnyCheck;
  /** The places and types to list; every type of the check is listed whole, which is cheap. */
  readonly items: readonly Item[];
  readonly resources: readonly Resource[];
  readonly session: Session;
  readonly now: () => Date;
  /** The resources to judge; others are read as far as the check looks at them. */
  readonly isWanted: (resource: Pick<Identity, 'type' | 'arn' | 'region'>) => boolean;
  /** Facets to read of those besides what the check needs. */
  readonly besides?: readonly string[] | undefined;
}

/** One listed resource, and what has been read of it. */
interface Held {
  readonly resource: Resource;
  readonly found: Found<object>;
  readonly place: Place;
  row: Row | undefined;
}
type Asked = Map<Held, Set<string>>;

/**
 * Judges some resources and reads of the others only what the verdicts turn out to rest on: a check is pure, so it is run on what is
 * known, what it reached for is read, and it is run again until it reaches for nothing unread. The last run never saw that anything was
 * left out: its verdicts are those of a full reading.
 */
export async function judgeOnDemand(demand: Demand): Promise<readonly Finding[]> {
  const { check, now, isWanted } = demand;
  const { held, cells } = await listAll(demand);
  const wanted = held.filter(({ row }) => isWanted(row!.identity));
  const own = [...check.needs, ...(demand.besides ?? [])] as string[];
  await readAll(new Map(wanted.map((one) => [one, new Set(own)])), demand);
  for (let round = 1; ; round += 1) {
    const asked: Asked = new Map();
    const findings = await Array.fromAsync(evaluate([check], inventoryOf(held, cells, asked), now(), isWanted));
    if (asked.size === 0) return findings;
    await readAll(round > NARROW_ROUNDS ? widened(asked, held) : asked, demand);
  }
}

async function listAll(demand: Demand): Promise<{ held: Held[]; cells: Cell[] }> {
  const cells = demand.items.flatMap(({ place, types }) => types.map(({ type }) => ({ place, type })));
  const listed = await Promise.all(cells.map(({ place, type }) => listOne(place, type, demand)));
  return { held: listed.flatMap(({ held }) => held), cells: listed.map(({ cell }) => cell) };
}

/** The rows of one cell without any facet. What is neither judged nor looked up is forgotten at once. */
async function listOne(
  place: Place,
  type: string,
  { check, resources, session, now, isWanted }: Demand,
): Promise<{ held: Held[]; cell: Cell }> {
  const resource = resources.find((candidate) => candidate.type === type)!;
  const isLookedUp = (Object.values(check.uses as Uses) as Use[]).some((use) => use.type === type);
  const held: Held[] = [];
  let gap: Gap | undefined;
  for await (const found of listResources(resource, place, session, (noted) => void (gap ??= noted))) {
    const isNeeded = isLookedUp || isWanted({ type, arn: found.arn!, region: found.region ?? place.region });
    if (!isNeeded) continue;
    held.push({ resource, found, place, row: await readResource(resource, [], found, place, session, now) });
  }
  return { held, cell: { type, account: place.account, region: place.region, rows: 0, ...(gap && { gap }) } };
}

async function readAll(asked: Asked, { session, now }: Demand): Promise<void> {
  await pMap(asked, ([one, facets]) => readMore(one, [...facets], session, now), { concurrency: READ_AHEAD });
}

/** A resource that was deleted meanwhile has no row any more. */
async function readMore(one: Held, facets: readonly string[], session: Session, now: () => Date): Promise<void> {
  const known = one.row?.facets ?? {};
  const isTagged = facets.includes('tags');
  const more = await readResource(one.resource, facets, one.found, one.place, session, now);
  one.row = more &&
    one.row && {
      ...more,
      identity: isTagged ? more.identity : one.row.identity,
      facets: { ...known, ...more.facets },
    };
}

/** The facets that were asked of some resources of a type, for all of them. */
function widened(asked: Asked, held: readonly Held[]): Asked {
  const byType = new Map<string, Set<string>>();
  for (const [{ resource }, facets] of asked)
    byType.set(resource.type, (byType.get(resource.type) ?? new Set<string>()).union(facets));
  const all = held.flatMap((one): [Held, Set<string>][] => {
    const facets = byType.get(one.resource.type)?.difference(new Set(Object.keys(one.row?.facets ?? {})));
    return one.row && facets && facets.size > 0 ? [[one, facets]] : [];
  });
  return new Map(all);
}

/** What has been read so far, as an inventory that notes what else it is asked for. */
function inventoryOf(held: readonly Held[], cells: readonly Cell[], asked: Asked): Inventory {
  const present = held.filter(({ row }) => row !== undefined);
  const isIn = ({ place, resource }: Held, { type, region }: Cell) => resource.type === type && place.region === region;
  return {
    cells: cells.map((cell) => ({ ...cell, rows: present.filter((one) => isIn(one, cell)).length })),
    rows: (type, region) =>
      present
        .filter(({ resource, place }) => resource.type === type && place.region === (region ?? place.region))
        .map((one) => noting(one, asked)),
  };
}

function noting(one: Held, asked: Asked): Row {
  const facets = new Proxy(one.row!.facets, {
    get(known, name: string): Reading | undefined {
      if (!Object.hasOwn(known, name)) asked.set(one, (asked.get(one) ?? new Set<string>()).add(name));
      return known[name];
    },
  });
  return { ...one.row!, facets };
}
