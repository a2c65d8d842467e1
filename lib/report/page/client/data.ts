import { accountWords } from '../../text.ts';
import { CHANGE_CODES, DELTAS, type Details, type FindingColumns, type PageCheck, type PageData } from '../model.ts';

type Columns = { readonly [Name in Exclude<keyof FindingColumns, 'id'>]: Uint32Array };

/** What the page shows, ready to be asked. Rows are findings, by their place in the worst-first order. */
export interface Data extends Omit<PageData, 'findings' | 'resources'> {
  readonly count: number;
  readonly ids: readonly string[];
  readonly columns: Columns;
  readonly resources: Resources;
}
interface Resources {
  readonly id: readonly string[];
  readonly label: readonly string[];
  readonly arn: readonly string[];
  readonly type: Uint32Array;
  readonly account: Uint32Array;
  readonly region: Uint32Array;
  readonly manager: Uint32Array;
}

/** Base64 of raw deflate of JSON. */
export async function unpacked<V>(text: string): Promise<V> {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index += 1) bytes[index] = letters.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return (await new Response(stream).json()) as V;
}

export function dataOf({ findings, resources, ...rest }: PageData): Data {
  const { id, ...columns } = findings;
  const ids = id === '' ? [] : id.split(' ');
  const typed = Object.entries(columns).map(([name, values]) => [
    name,
    (DELTAS as readonly string[]).includes(name) ? summed(values) : Uint32Array.from(values),
  ]);
  return { ...rest, count: ids.length, ids, columns: Object.fromEntries(typed), resources: resourcesOf(resources) };
}

function summed(differences: readonly number[]): Uint32Array {
  let value = 0;
  return Uint32Array.from(differences, (difference) => (value += difference));
}

function resourcesOf({ id, label, prefix, prefixes, otherArns, ...columns }: PageData['resources']): Resources {
  let other = 0;
  const arn = id.map((own, index) => {
    const code = prefix[index]!;
    return code > 0 ? prefixes[code - 1]! + own : otherArns[other++]!;
  });
  return {
    id,
    label,
    arn,
    type: Uint32Array.from(columns.type),
    account: Uint32Array.from(columns.account),
    region: Uint32Array.from(columns.region),
    manager: Uint32Array.from(columns.manager),
  };
}

/** One finding, in words. */
export interface Row {
  readonly row: number;
  readonly id: string;
  readonly check: PageCheck;
  readonly resource: number;
  readonly name: string;
  /** What its people call it. */
  readonly label: string;
  readonly arn: string;
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly state: State;
  readonly severity: number;
  readonly change: (typeof CHANGE_CODES)[number] | undefined;
  readonly message: string;
  readonly variant: string;
  readonly owner: string;
  readonly firstSeen: string;
  readonly at: string;
}

/** What a reader asks first of a finding: does it stand, is it unknown, accepted, or over? */
type State = (typeof STATES)[number];
export const STATES = ['failed', 'unknown', 'waived', 'resolved'] as const;
const FAIL = 0;
const UNKNOWN = 1;

export function stateOf({ columns }: Data, row: number): number {
  const status = columns.status[row]!;
  if (status === UNKNOWN) return 1;
  if (status !== FAIL) return 3;
  return columns.waiver[row]! > 0 ? 2 : 0;
}

/** The entry that a code names; '' for none. */
export const named = (names: readonly string[], code: number): string => names[code - 1] ?? '';

/** Where something is; with its account where there are several. */
export function placeWords(
  data: Data,
  { account, region }: { readonly account: string; readonly region: string },
): string {
  return data.accounts.length > 1 ? `${accountWords(account, data.accountNames)} ${region}` : region;
}

export function rowOf(data: Data, row: number): Row {
  const { columns, resources } = data;
  const resource = columns.resource[row]!;
  return {
    row,
    id: data.ids[row]!,
    check: data.checks[columns.check[row]!]!,
    resource,
    name: resources.id[resource]! || resources.arn[resource]! || '(no name)',
    label: resources.label[resource]!,
    arn: resources.arn[resource]!,
    type: named(data.types, resources.type[resource]!),
    account: named(data.accounts, resources.account[resource]!),
    region: named(data.regions, resources.region[resource]!),
    state: STATES[stateOf(data, row)]!,
    severity: columns.severity[row]!,
    change: CHANGE_CODES[columns.change[row]! - 1],
    message: named(data.messages, columns.message[row]!),
    variant: named(data.variants, columns.variant[row]!),
    owner: named(data.owners, columns.owner[row]!),
    firstSeen: named(data.times, columns.firstSeen[row]!),
    at: named(data.times, columns.at[row]!),
  };
}

const parts = new Map<number, Promise<readonly Details[]>>();

/** What opens with a finding; undefined where it did not fit into the page. */
export async function detailsAt({ detailsEach }: Data, row: number): Promise<Details | undefined> {
  const part = Math.floor(row / detailsEach);
  const text = document.querySelector(`#details-${part}`)?.textContent;
  if (!text) return undefined;
  const known = parts.get(part) ?? unpacked<readonly Details[]>(text);
  parts.set(part, known);
  return (await known)[row % detailsEach];
}
