import { accountWords } from '../../text.ts';
import { CHANGE_CODES } from '../model.ts';
import { type Data, stateOf, STATES } from './data.ts';
import { sorted } from './sort.ts';

/** What narrows a list: values by the names of FACETS, and words. */
export type Query = Readonly<Record<string, string>>;

export interface Choice {
  readonly value: string;
  readonly count: number;
}
export interface Found {
  /** In the order that was asked for. */
  readonly rows: Uint32Array;
  /** For each facet, what could be chosen besides and how many findings that would give. */
  readonly choices: Readonly<Record<FacetName, readonly Choice[]>>;
}

const FACETS = ['severity', 'status', 'service', 'account', 'region', 'owner', 'framework', 'change'] as const;
export type FacetName = (typeof FACETS)[number];
export const SEVERITY_NAMES: readonly string[] = ['critical', 'high', 'medium', 'low', 'informational'];
const NOBODY = '(nobody)';
export const ANY = 'all';

/** One question that can be asked of each row: what are its values? A row has one code, or several (frameworks). */
interface Facet {
  readonly name: FacetName;
  readonly values: readonly string[];
  readonly codesOf: (row: number) => number | readonly number[];
}

const facetsByData = new WeakMap<Data, readonly Facet[]>();

function facetsOf(data: Data): readonly Facet[] {
  const known = facetsByData.get(data);
  if (known) return known;
  const facets = buildFacets(data);
  facetsByData.set(data, facets);
  return facets;
}

function buildFacets(data: Data): readonly Facet[] {
  const { columns, resources, checks } = data;
  const services = [...new Set(checks.map(({ service }) => service))].toSorted();
  const serviceOf = checks.map(({ service }) => services.indexOf(service));
  const frameworks = [...data.frameworks, ...data.checklists];
  const frameworksOf = checks.map(({ id }) =>
    frameworks.flatMap((framework, index) => (answersTo(framework, id) ? [index] : [])),
  );
  const states = Uint8Array.from({ length: data.count }, (_, row) => stateOf(data, row));
  return [
    { name: 'severity', values: SEVERITY_NAMES, codesOf: (row) => columns.severity[row]! },
    { name: 'status', values: STATES, codesOf: (row) => states[row]! },
    { name: 'service', values: services, codesOf: (row) => serviceOf[columns.check[row]!]! },
    { name: 'account', values: data.accounts, codesOf: (row) => resources.account[columns.resource[row]!]! - 1 },
    { name: 'region', values: data.regions, codesOf: (row) => resources.region[columns.resource[row]!]! - 1 },
    { name: 'owner', values: [NOBODY, ...data.owners], codesOf: (row) => columns.owner[row]! },
    { name: 'framework', values: frameworks.map(({ id }) => id), codesOf: (row) => frameworksOf[columns.check[row]!]! },
    { name: 'change', values: CHANGE_CODES, codesOf: (row) => columns.change[row]! - 1 },
  ];
}

function answersTo(framework: Data['frameworks'][number] | Data['checklists'][number], check: string): boolean {
  const parts = 'lines' in framework ? framework.lines : framework.requirements;
  return parts.some(({ checks }) => checks.includes(check));
}

/** What is asked of a facet: the wanted values; undefined for any. Failed findings are what people come for. */
export function wantedOf(name: FacetName, query: Query): readonly string[] | undefined {
  const asked = query[name] ?? (name === 'status' ? 'failed' : undefined);
  if (asked === undefined || asked === ANY) return undefined;
  return name === 'severity' ? asked.split(',') : [asked];
}

/** Finds rows, and counts what each other choice would find, in one pass. `within` limits the rows to those of a check or a resource. */
export function find(data: Data, query: Query, within?: (row: number) => boolean): Found {
  const facets = facetsOf(data);
  const wanted = facets.map(({ name, values }) => wantedOf(name, query)?.map((value) => values.indexOf(value)));
  const counts = facets.map(({ values }) => new Uint32Array(values.length));
  const isMatch = matcherOf(data, query['q'] ?? '');
  const found: number[] = [];
  for (let row = 0; row < data.count; row += 1) {
    if (within && !within(row)) continue;
    const miss = missedBy(facets, wanted, row);
    if (miss === SEVERAL || !isMatch(row)) continue;
    if (miss === NONE) found.push(row);
    for (let index = 0; index < facets.length; index += 1) {
      if (miss === NONE || miss === index) addTo(counts[index]!, facets[index]!.codesOf(row));
    }
  }
  const choices = facets.map(({ name, values }, index) => [
    name,
    choicesOf(values, counts[index]!, wantedOf(name, query)),
  ]);
  return {
    rows: sorted(data, Uint32Array.from(found), query['sort'] ?? ''),
    choices: Object.fromEntries(choices) as Found['choices'],
  };
}

const NONE = -1;
const SEVERAL = -2;

/** The one facet that keeps a row out, NONE, or SEVERAL. */
function missedBy(facets: readonly Facet[], wanted: readonly (readonly number[] | undefined)[], row: number): number {
  let miss = NONE;
  for (let index = 0; index < facets.length; index += 1) {
    const values = wanted[index];
    if (values === undefined || hasOne(values, facets[index]!.codesOf(row))) continue;
    if (miss !== NONE) return SEVERAL;
    miss = index;
  }
  return miss;
}

function hasOne(wanted: readonly number[], codes: number | readonly number[]): boolean {
  return typeof codes === 'number' ? wanted.includes(codes) : codes.some((code) => wanted.includes(code));
}

function addTo(counts: Uint32Array, codes: number | readonly number[]): void {
  if (typeof codes !== 'number') for (const code of codes) counts[code]! += 1;
  else if (codes >= 0) counts[codes]! += 1;
}

/** What finds something, and what is chosen already. */
function choicesOf(values: readonly string[], counts: Uint32Array, chosen: readonly string[] = []): readonly Choice[] {
  return values.flatMap((value, index) => {
    const count = counts[index]!;
    return count > 0 || chosen.includes(value) ? [{ value, count }] : [];
  });
}

/** Every word stands in the check, the resource, the message, the place or the owner; upper and lower case are one. */
function matcherOf(data: Data, text: string): (row: number) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = words.map((word) => wordTest(data, word));
  return (row) => tests.every((test) => test(row));
}

function wordTest(data: Data, word: string): (row: number) => boolean {
  const { columns, resources, checks, messages, owners, ids } = data;
  const holds = (texts: readonly string[]) => Uint8Array.from(texts, (one) => Number(one.toLowerCase().includes(word)));
  const inCheck = holds(checks.map(({ id, title }) => `${id} ${title}`));
  const inMessage = holds(messages);
  const inOwner = holds(owners);
  const accounts = data.accounts.map((account) => accountWords(account, data.accountNames));
  const [inAccount, inRegion, inType] = [accounts, data.regions, data.types].map(holds);
  const inResource = holds(resources.arn);
  for (const [index, id] of resources.id.entries()) {
    if (inResource[index] === 1) continue;
    const inPlace =
      inAccount![resources.account[index]! - 1] ||
      inRegion![resources.region[index]! - 1] ||
      inType![resources.type[index]! - 1];
    const isNamed = `${id} ${resources.label[index]!}`.toLowerCase().includes(word);
    inResource[index] = Number(Boolean(inPlace) || isNamed);
  }
  return (row) =>
    inCheck[columns.check[row]!] === 1 ||
    inResource[columns.resource[row]!] === 1 ||
    inMessage[columns.message[row]! - 1] === 1 ||
    inOwner[columns.owner[row]! - 1] === 1 ||
    ids[row] === word;
}
