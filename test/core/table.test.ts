import { describe, expect, it } from 'vitest';
import type { Gap } from '../../lib/core/model.ts';
import { table } from '../../lib/core/table.ts';
import { attempt, Unknown } from '../../lib/core/view.ts';

const GAP: Gap = { reason: 'denied', operation: 'x:Y', detail: 'access denied' };
interface Thing {
  readonly id: string;
  readonly arn: string;
  readonly good: boolean;
  readonly tags: readonly string[];
}
const known = (id: string, good: boolean): Thing => ({ id, arn: `arn:${id}`, good, tags: [id, 'all', 'all'] });
const hide = (id: string, field: 'good' | 'tags'): Thing =>
  Object.defineProperty({ ...known(id, true) }, field, {
    get: () => {
      throw new Unknown(GAP);
    },
  });
const blind = (id: string) => hide(id, 'good');
const isGood = (thing: Thing) => thing.good;
const answer = (run: () => unknown) => {
  const result = attempt(run);
  return result instanceof Unknown ? 'unknown' : result;
};

describe.each([
  ['all known', [known('a', true), known('b', false)], undefined, { some: true, every: false, left: 1 }],
  ['only good', [known('a', true)], undefined, { some: true, every: true, left: 1 }],
  ['only bad', [known('a', false)], undefined, { some: false, every: false, left: 0 }],
  ['good and blind', [known('a', true), blind('b')], undefined, { some: true, every: 'unknown', left: 'unknown' }],
  ['bad and blind', [blind('b'), known('a', false)], undefined, { some: 'unknown', every: false, left: 'unknown' }],
  ['good, listing cut short', [known('a', true)], GAP, { some: true, every: 'unknown', left: 'unknown' }],
  ['bad, listing cut short', [known('a', false)], GAP, { some: 'unknown', every: false, left: 'unknown' }],
  ['empty', [], undefined, { some: false, every: true, left: 0 }],
  ['denied', [], GAP, { some: 'unknown', every: 'unknown', left: 'unknown' }],
] as const)('%s', (_name, rows, gap, expected) => {
  const things = table<Thing>(rows, gap);
  it('some', () => expect(answer(() => things.some(isGood))).toBe(expected.some));
  it('every', () => expect(answer(() => things.every(isGood))).toBe(expected.every));
  it('where', () => expect(answer(() => things.where(isGood).all().length)).toBe(expected.left));
  it('get of nobody', () => expect(answer(() => things.get('nobody'))).toBe(gap ? 'unknown' : undefined));
  it('get of no name is no question', () =>
    expect([things.get(undefined), things.get(null)]).toEqual([undefined, undefined]));
});

describe('get', () => {
  const things = table([known('a', true)], undefined);
  it.each(['a', 'arn:a'])('finds by %s', (name) => expect(things.get(name)?.id).toBe('a'));
  it('does without an ARN', () => expect(table([{ id: 'a' }], undefined).get('a')).toEqual({ id: 'a' }));
});

describe('having', () => {
  const things = table([known('a', true), known('b', true)], undefined);
  const ids = (rows: readonly Thing[]) => rows.map(({ id }) => id);
  it('finds a value', () => expect(ids(things.having('id', 'b').all())).toEqual(['b']));
  it('finds a member of a list, each row once', () =>
    expect(ids(things.having('tags', 'all').all())).toEqual(['a', 'b']));
  it('finds nothing', () => expect(things.having('tags', 'c').all()).toEqual([]));
  it('a row whose field is hidden may be the one', () => {
    const some = table([known('a', true), hide('b', 'tags')], undefined);
    expect(answer(() => some.having('tags', 'a').some(() => true))).toBe(true);
    expect(answer(() => some.having('tags', 'c').some(() => true))).toBe('unknown');
  });
  it('knows that the list was cut short', () =>
    expect(
      answer(() =>
        table([known('a', true)], GAP)
          .having('id', 'c')
          .all(),
      ),
    ).toBe('unknown'));
});

it('a bug in a question is thrown on, not taken for a gap', () => {
  const things = table([known('a', true)], undefined);
  expect(() =>
    things.some(() => {
      throw new RangeError('bug');
    }),
  ).toThrow(RangeError);
});
