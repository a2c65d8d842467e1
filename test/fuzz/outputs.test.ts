import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../lib/core/model.ts';
import { ALLOWED } from './_allowed.ts';
import { KINDS, type Mutation, mutated, type Path, pathsOf, shapeOf, without } from './_mutations.ts';
import {
  changedRows,
  changedTypes,
  type Collected,
  judged,
  looksAtOneResource,
  record,
  type Recording,
  replay,
  rowName,
} from './_recording.ts';

/** Everything, with RONDA_FUZZ=all (npm run fuzz); else each lost field once and so many mutations of every kind, the same each time. */
const isAll = process.env['RONDA_FUZZ'] === 'all';
const SEED = Number(process.env['RONDA_FUZZ_SEED'] ?? 20_260_601);
const RUNS = 400;

let recording: Recording;
let before: ReadonlyMap<string, Finding>;
beforeAll(async () => {
  recording = await record(['eu-west-1']);
  before = await judged(recording, new Map());
});
// A collector that waits for AWS to finish something does not keep the test waiting.
beforeEach(() => {
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void) => setImmediate(run)) as never);
});
afterEach(() => void vi.restoreAllMocks());

const outputOf = (answer: string): object => (recording.answers.get(answer) as { output: object }).output;
const commandOf = (answer: string): string => answer.split(' ', 3)[2]!.replace(/Command$/, '');
const named = ({ answer, path, kind }: Mutation): string => `${commandOf(answer)} ${shapeOf(path)} ${kind}`;

function mutations(): readonly Mutation[] {
  return [...recording.answers].flatMap(([answer, recorded]) =>
    'output' in recorded
      ? [...pathsOf(recorded.output)].flatMap((path) => KINDS.map((kind) => ({ answer, path, kind })))
      : [],
  );
}

/** By field: those that differ in the item alone are of one. */
const byField = (all: readonly Mutation[]): readonly (readonly [Mutation, ...Mutation[]])[] =>
  [...Map.groupBy(all, named).values()] as never;

/** Resources that an item of a list is about: those that change when the innermost item that matters is not there. */
const about = new Map<string, ReadonlySet<string> | undefined>();
async function concernedBy(answer: string, path: Path): Promise<ReadonlySet<string> | undefined> {
  const depth = path.findLastIndex((step) => typeof step === 'number');
  if (depth < 0) return undefined;
  const item = path.slice(0, depth + 1);
  const key = `${answer} ${item.join('.')}`;
  if (!about.has(key)) {
    const changed = changedRows(recording, await replay(recording, answer, without(outputOf(answer), item)));
    about.set(key, changed.size > 0 ? changed : await concernedBy(answer, item.slice(0, -1)));
  }
  return about.get(key);
}

/** What a mutation did against the laws, but for what is allowed. */
async function offences(mutation: Mutation): Promise<readonly string[]> {
  const { answer, path, kind } = mutation;
  const output = mutated(outputOf(answer), path, kind);
  if (!output) return [];
  const collected = await replay(recording, answer, output);
  const types = changedTypes(recording, collected);
  if (types.size === 0) return [];
  const after = await judged(recording, collected, types);
  const found = [
    ...(kind === 'removed' ? [...guesses(after), ...silences(after, collected)] : []),
    // The SDK leaves out what is null: no item of a list comes so.
    ...(kind === 'null' ? [] : spreads(after, await concernedBy(answer, path), kind === 'removed')),
  ];
  return found.filter(({ law }) => !isAllowed(mutation, law)).map(({ words }) => words);
}

interface Offence {
  readonly law: 'guess' | 'silence' | 'spread';
  readonly words: string;
}

const changed = (check: string, from: string | undefined, { status, resource, message }: Finding): string =>
  `${check}: ${from} -> ${status} (${resource.arn}: ${message})`;

/** Less is known, and an answer is another answer. */
function* guesses(after: ReadonlyMap<string, Finding>): Generator<Offence> {
  for (const [key, finding] of after) {
    const { check, status } = finding;
    const earlier = before.get(key)?.status;
    if (status === 'UNKNOWN' || status === earlier) continue;
    yield {
      law: 'guess',
      words: `less is known, and the answer is another: ${changed(check, earlier, finding)}`,
    };
  }
}

/** Less is known, and a resource has no verdict any more, although the list that it stood in is taken to be whole. */
function* silences(after: ReadonlyMap<string, Finding>, collected: ReadonlyMap<string, Collected>): Generator<Offence> {
  const cells = [...collected.values()].map(({ cell }) => cell);
  for (const [key, { check, resource }] of before) {
    const own = cells.filter(({ type }) => type === resource.type);
    if (after.has(key) || own.length === 0 || own.some(({ gap }) => gap)) continue;
    if (own.every(({ region }) => region !== 'global' && region !== resource.region)) continue;
    if (![...after.values()].some((one) => one.check === check)) continue;
    yield { law: 'silence', words: `less is known, and there is silence: ${check} of ${resource.arn}` };
  }
}

/** One item is odd, and a resource that it does not tell of has another verdict: where more is looked at, UNKNOWN is no wonder. */
function* spreads(
  after: ReadonlyMap<string, Finding>,
  own: ReadonlySet<string> | undefined,
  isLoss: boolean,
): Generator<Offence> {
  if (!own) return;
  for (const [key, finding] of after) {
    const { check, status, resource } = finding;
    const earlier = before.get(key)?.status;
    if (status === earlier || earlier === undefined || own.has(rowName(resource))) continue;
    if (!looksAtOneResource(check) && (!isLoss || status === 'UNKNOWN')) continue;
    yield {
      law: 'spread',
      words: `one item is odd, and another resource pays: ${changed(check, earlier, finding)}`,
    };
  }
}

function isAllowed({ answer, path }: Mutation, law: Offence['law']): boolean {
  const field = `${commandOf(answer)} ${shapeOf(path)}`;
  return ALLOWED.some((one) => one.field.test(field) && one.laws.includes(law));
}

it('the account that is changed shows much, and nothing of it is unknown but what the example account withholds', () => {
  expect(byField(mutations()).length).toBeGreaterThan(5_000);
  expect([...recording.before.values()].filter(({ cell }) => cell.gap)).toEqual([]);
  expect(new Set([...before.values()].map(({ check }) => check)).size).toBeGreaterThan(120);
});

describe.runIf(!isAll)('a part of what AWS answered', () => {
  it('that is missing changes no answer into another, silences nothing, and costs no other resource', async () => {
    const wrong: string[] = [];
    for (const [one] of byField(mutations().filter(({ kind }) => kind === 'removed')))
      wrong.push(...(await offences(one)).map((offence) => `${named(one)}: ${offence}`));
    expect(wrong).toEqual([]);
  });

  it('that is odd costs at most the verdicts about what it tells of', async () => {
    // Every field of every operation is as likely as another, however often the account shows it.
    const mutation = fc.constantFrom(...byField(mutations())).chain((same) => fc.constantFrom(...same));
    await fc.assert(
      fc.asyncProperty(mutation, async (one) => {
        expect([named(one), await offences(one)]).toEqual([named(one), []]);
      }),
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    );
  });
});

describe.runIf(isAll)('no part of what AWS answered', () => {
  it.each(KINDS)('may do so when it is %s', async (kind) => {
    const wrong = new Set<string>();
    for (const one of mutations().filter((mutation) => mutation.kind === kind))
      for (const offence of await offences(one)) wrong.add(`${named(one)}: ${offence}`);
    expect([...wrong]).toEqual([]);
  });
});
