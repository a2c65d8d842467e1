import { pMapIterable } from 'p-map';
import type { Cell, Gap, Identity, Reading, Row } from '../core/model.ts';
import { type Bookmark, caller, type Place, type Session } from './caller.ts';
import { CallFailed, Gone } from './gaps.ts';
import { type Declared, operationsIn } from './operations.ts';
import type { Found, Resource } from './resource.ts';

/** How many resources of one cell are read at the same time; what is really in flight is the pacing's business. */
const READ_AHEAD = 64;

/** Where a list was left, to go on there. */
export interface Position {
  /** Of the page that it was at; absent where it must begin again. */
  readonly token?: string | undefined;
  /** What it has named so far, as `region ARN`. */
  readonly seen: readonly string[];
}
/** A part of a long list. */
export interface Part {
  readonly from?: Position | undefined;
  /** Aborted when the rest is to be left to another part. */
  readonly pause?: AbortSignal | undefined;
}

/**
 * Lists one resource type in one place and reads the wanted facets. Yields rows, and last the cell with its gap, if any, and with the
 * position where the list was left, if it was. Never throws.
 */
export async function* collect(
  resource: Resource,
  facets: readonly string[],
  place: Place,
  session: Session,
  now: () => Date,
  part: Part = {},
): AsyncGenerator<{ row: Row } | { cell: Cell; rest: Position | undefined }> {
  let rows = 0;
  let gap: Gap | undefined;
  let end: End | undefined;
  const note = (found: Gap) => void (gap ??= found);
  const cutOff: Found<object>[] = [];
  const leave = (at: End) => void (end = at);
  const listed = listResources(resource, place, session, note, { ...part, leave });
  const read = async (found: Found<object>) => ({
    found,
    row: await readResource(resource, facets, found, place, session, now),
  });
  for await (const { found, row } of pMapIterable(listed, read, { concurrency: READ_AHEAD })) {
    if (!row) continue;
    if (part.pause?.aborted && isCutOff(row)) {
      cutOff.push(found);
      continue;
    }
    rows += 1;
    yield { row };
  }
  yield {
    cell: { type: resource.type, account: place.account, region: place.region, rows, ...(gap && { gap }) },
    rest: end && restFrom(end, cutOff),
  };
}

/** The time was up before all of it was read: another part has more. */
function isCutOff({ facets }: Row): boolean {
  return Object.values(facets).some((reading) => 'gap' in reading && reading.gap.reason === 'not-scanned');
}

/** What a list came to when nothing more was taken from it. */
interface End {
  readonly isWhole: boolean;
  readonly at: Position;
  /** The token of the page that named a resource. */
  readonly pageOf: (found: object) => string | undefined;
}

/** Another part begins at the first page of which something is left; it passes over what is seen. */
function restFrom({ isWhole, at, pageOf }: End, [first, ...others]: readonly Found<object>[]): Position | undefined {
  if (!first) return isWhole ? undefined : at;
  const left = new Set([first, ...others].map(keyOfFound));
  return { token: pageOf(first), seen: at.seen.filter((key) => !left.has(key)) };
}

const keyOfFound = ({ region, arn }: Found<object>): string => `${region} ${arn}`;

/** Told how far the list came, where it can be left. */
interface Leaving extends Part {
  readonly leave?: (end: End) => void;
}

/** Each resource once, however often AWS lists it. What stops the list, or cannot be described, is noted as a gap. */
export async function* listResources(
  resource: Resource,
  place: Place,
  session: Session,
  note: (gap: Gap) => void,
  { from, pause, leave }: Leaving = {},
): AsyncGenerator<Found<object>> {
  const seen = new Set(from?.seen);
  const bookmark: Bookmark | undefined = resource.list.isPaged && { token: from?.token };
  const pages = new WeakMap<object, unknown>();
  const pageOf = (found: object) => pages.get(found) as string | undefined;
  const leaveAt = (isWhole: boolean): void => {
    if (pause) leave?.({ isWhole, at: { token: bookmark?.token as string | undefined, seen: [...seen] }, pageOf });
  };
  const failed = (error: unknown) => note(gapFrom(error, resource.operations, resource.type));
  try {
    for await (const item of resource.list(caller(resource.operations, place, { ...session, bookmark }))) {
      const found = describe(resource, item, place, failed);
      const key = found && keyOfFound(found);
      if (!key || seen.has(key)) continue;
      seen.add(key);
      pages.set(found, bookmark?.token);
      yield found;
      if (!pause?.aborted) continue;
      leaveAt(false);
      return;
    }
    leaveAt(true);
  } catch (error) {
    const isLeft = pause?.aborted === true && isOutOfTime(error);
    if (!isLeft) failed(error);
    leaveAt(!isLeft);
  }
}

const isOutOfTime = (error: unknown): boolean => error instanceof CallFailed && error.gap.reason === 'not-scanned';

function describe(
  resource: Resource,
  item: unknown,
  place: Place,
  failed: (error: unknown) => void,
): Found<object> | undefined {
  try {
    const found = resource.found(item, place);
    if (!found.id || !found.arn) throw new Error('an item in the answer has no identifier');
    return found;
  } catch (error) {
    failed(error);
    return undefined;
  }
}

/** One row with the wanted facets, or undefined when the resource was deleted meanwhile. Without facets it costs no call. */
export async function readResource(
  resource: Resource,
  facets: readonly string[],
  found: Found<object>,
  place: Place,
  session: Session,
  now: () => Date,
): Promise<Row | undefined> {
  const region = found.region ?? place.region;
  const managedBy = found.managedBy ?? landingZoneOf(found);
  const identity: Identity = {
    type: resource.type,
    id: found.id!,
    arn: found.arn!,
    account: place.account,
    region,
    ...(found.tags && { tags: found.tags }),
    ...(managedBy && { managedBy }),
  };
  const [base, missing] = known(found.base, resource.operations);
  const seen = { ...identity, ...base };
  const at = now().toISOString();
  const own = { ...session, asked: new Map<string, Promise<unknown>>() };
  try {
    const readings = await Promise.all(
      facets.map(async (name): Promise<[string, Reading]> => {
        const facet = resource.facets[name]!;
        return [
          name,
          await reading(
            () => facet.read(caller(facet.operations, { ...place, region }, own), seen),
            facet.operations,
            name,
          ),
        ];
      }),
    );
    const read = Object.fromEntries(readings);
    return { identity: tagged(identity, read['tags']), at, base, facets: read, ...(missing && { missing }) };
  } catch (error) {
    if (error instanceof Gone) return undefined;
    throw error;
  }
}

/** The names that AWS Control Tower and the Landing Zone Accelerator give to what they make, and the stacks that they make it with. */
const LANDING_ZONE = /(^|[/:])(aws-controltower-|AWSControlTower|AWSAccelerator-)/;
const LANDING_ZONE_STACK = /^(StackSet-AWSControlTower|AWSControlTower|AWSAccelerator-)/;

/** A mere label, so a name may decide: such a resource is judged like any other, and the organisation is told to mend it. */
function landingZoneOf({ arn, tags }: Found<object>): 'landing-zone' | undefined {
  const isMadeByIt = LANDING_ZONE.test(arn!) || LANDING_ZONE_STACK.test(tags?.['aws:cloudformation:stack-name'] ?? '');
  return isMadeByIt ? 'landing-zone' : undefined;
}

/** Tags that cost a call of their own belong to the identity as well: people choose resources by them. */
function tagged(identity: Identity, tags: Reading | undefined): Identity {
  if (!tags) return identity;
  return 'value' in tags
    ? { ...identity, tags: tags.value as Record<string, string> }
    : { ...identity, areTagsUnknown: true };
}

/** Parts a description into what the answer held and what it lacked. */
function known(fields: object, operations: Declared): [object, Record<string, Gap> | undefined] {
  const lacking = Object.entries(fields).filter(([, value]) => value === undefined);
  if (lacking.length === 0) return [fields, undefined];
  return [
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    Object.fromEntries(lacking.map(([name]) => [name, lacks(operations, name)])),
  ];
}

async function reading(run: () => Promise<unknown>, operations: Declared, name: string): Promise<Reading> {
  try {
    const value = await run();
    if (value === undefined) return { gap: lacks(operations, name) };
    const hole =
      value !== null && typeof value === 'object' && Object.entries(value).find(([, part]) => part === undefined);
    return hole ? { gap: lacks(operations, hole[0]) } : { value };
  } catch (error) {
    if (error instanceof Gone) throw error;
    return { gap: gapFrom(error, operations, name) };
  }
}

const lacks = (operations: Declared, field: string): Gap => ({
  reason: 'failed',
  operation: nameOf(operations, field),
  detail: `the answer lacks ${field}`,
});

/** A failed call carries its gap. Anything else is an answer of a shape that we could not read. */
function gapFrom(error: unknown, operations: Declared, name: string): Gap {
  if (error instanceof CallFailed) return error.gap;
  if (error instanceof Gone)
    return { reason: 'failed', operation: error.message, detail: 'it was deleted while it was read' };
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { reason: 'failed', operation: nameOf(operations, name), detail: `could not be read: ${detail}` };
}

const nameOf = (operations: Declared, otherwise: string): string => operationsIn(operations)[0]?.action ?? otherwise;
