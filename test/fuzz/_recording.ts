import type { DescribeImagesRequest, DescribeImagesResult } from '@aws-sdk/client-ec2';
import { sessionFor } from '../../lib/aws/clients.ts';
import { collect } from '../../lib/aws/collect.ts';
import { callCounts } from '../../lib/aws/counts.ts';
import type { Clients, Place, Session } from '../../lib/aws/caller.ts';
import type { Operation } from '../../lib/aws/operations.ts';
import { selectionOf } from '../../lib/aws/permissions.ts';
import { wantedOf } from '../../lib/aws/items.ts';
import type { Resource } from '../../lib/aws/resource.ts';
import { type AnyCheck, evaluate } from '../../lib/core/evaluate.ts';
import type { Cell, Finding, Identity, Row, Uses } from '../../lib/core/model.ts';
import { itemsOf } from '../../lib/run/items.ts';
import { resources } from '../../checks/resources.ts';
import { startEmulator } from '../emulator/server.ts';
import { checks, NOW, useEmulator } from '../support/audited.ts';

/** What an operation answered: the SDK's output, or the error that it threw. */
type Answer = { readonly output: object } | { readonly error: Error };

/** One type in one place, and what was collected there. */
export interface Collected {
  readonly cell: Cell;
  readonly rows: readonly Row[];
}

interface CellKey {
  readonly type: string;
  readonly facets: readonly string[];
  readonly place: Place;
}

/** All answers of one account's global part and one region, and what came of them. Replayed without a network. */
export interface Recording {
  /** 'Client Region Command {input}' -> answer. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** The cells that asked for an answer. */
  readonly askers: ReadonlyMap<string, readonly string[]>;
  readonly cells: ReadonlyMap<string, CellKey>;
  readonly before: ReadonlyMap<string, Collected>;
}

const ACCOUNT = '111122223333';
const PARTITION = 'aws';

/** Asks the emulator once for everything that the checks need of the example account: its global part and these regions. */
export async function record(regions: readonly string[]): Promise<Recording> {
  const emulator = await startEmulator({ now: NOW, profile: { credentialReportPolls: 0 } });
  useEmulator(emulator);
  const live = sessionFor({
    credentials: async () => ({ accessKeyId: 'emulated', secretAccessKey: 'emulated' }),
    counts: callCounts(),
  });
  const answers = new Map<string, Answer>();
  const askers = new Map<string, Set<string>>();
  const items = itemsOf(
    wantedOf(selectionOf(checks), resources),
    { account: ACCOUNT, regions },
    { partition: PARTITION, home: ACCOUNT },
  );
  const cells = new Map(
    items.flatMap(({ place, types }) =>
      types.map(({ type, facets }): [string, CellKey] => [`${place.region} ${type}`, { place, type, facets }]),
    ),
  );
  const before = new Map<string, Collected>();
  for (const [name, key] of cells) {
    const session = sessionOf((operation, place) =>
      sending(operation, async (command) => {
        const asked = nameOf(operation, place, command);
        askers.set(asked, (askers.get(asked) ?? new Set()).add(name));
        if (!answers.has(asked)) answers.set(asked, await answerOf(live.clients(operation, place), command));
        return given(answers.get(asked)!);
      }),
    );
    before.set(name, await collected(key, session));
  }
  await emulator.close();
  return { answers, askers: new Map([...askers].map(([key, names]) => [key, [...names]])), cells, before };
}

interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

async function answerOf(client: InstanceType<Operation['client']>, command: Sent): Promise<Answer> {
  try {
    return { output: (await client.send(command)) as object };
  } catch (error) {
    return { error: error as Error };
  }
}

function given(answer: Answer): object {
  if ('error' in answer) throw answer.error;
  return answer.output;
}

const nameOf = ({ client }: Operation, { region }: Place, { constructor, input }: Sent): string =>
  [client.name, region, constructor.name, JSON.stringify(input)].join(' ');

const placeless = (name: string): string => name.replace(/^(\S+) \S+/, '$1');

/** A client that is one for the SDK's paginators, and whose answers come from elsewhere. */
function sending(operation: Operation, send: (command: Sent) => Promise<object>): ReturnType<Clients> {
  return Object.assign(Object.create(operation.client.prototype as object), { send }) as ReturnType<Clients>;
}

const sessionOf = (clients: Clients): Session => ({ clients, sources: new Map() });

async function collected({ type, facets, place }: CellKey, session: Session): Promise<Collected> {
  const resource = resources.find((one) => one.type === type) as Resource;
  const rows: Row[] = [];
  let cell: Cell | undefined;
  for await (const item of collect(resource, facets, place, session, () => NOW)) {
    if ('row' in item) rows.push(JSON.parse(JSON.stringify(item.row)) as Row);
    else cell = item.cell;
  }
  return { cell: cell!, rows };
}

/** Images are asked for together: where one of them has another name, the others are asked for as before. */
function imagesAsked(
  { constructor, input }: Sent,
  answers: Recording['answers'],
  changed: string,
  output: object,
): Answer {
  const names = (input as DescribeImagesRequest).Filters?.find(({ Name }) => Name === 'image-id')?.Values;
  if (constructor.name !== 'DescribeImagesCommand' || !names) return { error: UNHEARD };
  const known = [...answers].flatMap(([name, answer]) => {
    if (!name.includes('DescribeImagesCommand') || 'error' in answer) return [];
    return ((name === changed ? output : answer.output) as DescribeImagesResult).Images ?? [];
  });
  return { output: { Images: known.filter(({ ImageId }) => ImageId === undefined || names.includes(ImageId)) } };
}

/** What AWS says of something that it never heard of: a changed identifier leads nowhere. */
const UNHEARD = Object.assign(new Error('no such thing was recorded'), { name: 'ValidationError' });

/** Collects the cells that asked for an answer once more, with another output in its place. */
export async function replay(
  { answers, askers, cells }: Recording,
  changed: string,
  output: object,
): Promise<ReadonlyMap<string, Collected>> {
  // S3 leads to the region of a bucket, wherever it is asked for.
  const elsewhere = new Map([...answers.keys()].map((name) => [placeless(name), name]));
  const session = sessionOf((operation, place) =>
    sending(operation, async (command) => {
      const asked = nameOf(operation, place, command);
      if (asked === changed) return output;
      const answer = answers.get(asked) ?? answers.get(elsewhere.get(placeless(asked)) ?? '');
      return given(answer ?? imagesAsked(command, answers, changed, output));
    }),
  );
  const names = askers.get(changed)!;
  return new Map(
    await Promise.all(names.map(async (name) => [name, await collected(cells.get(name)!, session)] as const)),
  );
}

/** Judges the account with some cells in place of those that were recorded, by the checks that look at these types. */
export async function judged(
  { before }: Recording,
  after: ReadonlyMap<string, Collected>,
  types?: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Finding>> {
  const all = new Map([...before, ...after]);
  const concerned = types ? checks.filter((check) => typesOf(check).some((type) => types.has(type))) : checks;
  const found = new Map<string, Finding>();
  const inventory = {
    cells: [...all.values()].map(({ cell }) => cell),
    rows: (type: string, region?: string) =>
      [...all.values()].flatMap(({ cell, rows }) =>
        cell.type === type && cell.region === (region ?? cell.region) ? rows : [],
      ),
  };
  for await (const finding of evaluate(concerned, inventory, NOW)) found.set(keyOf(finding), finding);
  return found;
}

/** Not its id: a bucket whose region is not told is the same bucket. */
const keyOf = ({ check, variant, resource }: Finding): string => [check, variant, resource.arn].join(' ');

function typesOf(check: AnyCheck): readonly string[] {
  const used = Object.values(check.uses as Uses).map(({ type }) => type as string);
  return [...(check.resource as readonly string[]), ...used];
}

/** Does the check look at nothing but the resource that it judges? */
export function looksAtOneResource(id: string): boolean {
  return Object.keys(checks.find((check) => check.id === id)!.uses as Uses).length === 0;
}

/** The types of which a row or a cell differs. */
export function changedTypes({ before }: Recording, after: ReadonlyMap<string, Collected>): ReadonlySet<string> {
  const differ = [...after].filter(([name, one]) => JSON.stringify(one) !== JSON.stringify(before.get(name)));
  return new Set(differ.map(([, { cell }]) => cell.type));
}

/** The resources whose rows differ, or are in one alone. */
export function changedRows({ before }: Recording, after: ReadonlyMap<string, Collected>): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const [name, { rows }] of after) {
    const earlier = byName(before.get(name)!.rows);
    const later = byName(rows);
    for (const key of new Set([...earlier.keys(), ...later.keys()]))
      if (earlier.get(key) !== later.get(key)) changed.add(key);
  }
  return changed;
}

/** How a resource is told from others. */
export const rowName = ({ type, arn }: Identity): string => `${type} ${arn}`;

const byName = (rows: readonly Row[]): ReadonlyMap<string, string> =>
  new Map(rows.map((row) => [rowName(row.identity), JSON.stringify(row)]));
