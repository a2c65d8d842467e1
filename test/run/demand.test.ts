import { describe, expect, it } from 'vitest';
import type { Operation } from '../../lib/aws/operations.ts';
import { Gone } from '../../lib/aws/gaps.ts';
import { resource, type Resource } from '../../lib/aws/resource.ts';
import { check, fail, pass, table } from '../../lib/core/check.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Table, TypeName } from '../../lib/core/model.ts';
import { judgeOnDemand } from '../../lib/run/demand.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
type Row = { readonly id: string; readonly color: string };
type Seen = { readonly others: Table<Row> };

/** A type of so many things with a color each; notes whose color was read. */
function things(type: string, count: number, colorOf: (id: string) => string = () => 'red') {
  const read: string[] = [];
  const made = resource(
    type,
    {
      scope: 'regional',
      operations: [] as readonly Operation[],
      async *list() {
        for (let index = 0; index < count; index += 1) yield `${type}-${index}`;
      },
      found: (id: string) => ({ id, arn: `arn:${id}`, base: {} }),
    },
    (facet) => ({
      color: facet([] as readonly Operation[], async (_aws, { id }) => {
        read.push(id);
        return colorOf(id);
      }),
    }),
  ) as unknown as Resource;
  return { made, read };
}

const made = (draft: object): AnyCheck =>
  check({ id: 'test-x', title: 't', severity: 'high', why: 'w', fix: 'f', ...draft } as never);
const other = (...facets: string[]) => table('Other' as TypeName, ...(facets as never[]));

async function judged(one: AnyCheck, resources: readonly Resource[]) {
  const types = resources.map(({ type }) => ({ type, facets: [] }));
  return judgeOnDemand({
    check: one,
    items: [{ place: PLACE, types }],
    resources,
    session: { clients: () => ({}) as never, sources: new Map() },
    now: () => new Date('2026-01-01T00:00:00Z'),
    isWanted: ({ arn }) => arn === 'arn:Thing-1',
  });
}

describe('what is read', () => {
  it('of its own type: the one resource, with what the check needs', async () => {
    const { made: type, read } = things('Thing', 50);
    const one = made({ resource: 'Thing', needs: ['color'], evaluate: ({ color }: Row) => fail(color) });
    expect(await judged(one, [type])).toMatchObject([{ status: 'FAIL', message: 'red', resource: { id: 'Thing-1' } }]);
    expect(read).toEqual(['Thing-1']);
  });
  it('of a table: the rows that the check looks at', async () => {
    const [thing, others] = [things('Thing', 2), things('Other', 50)];
    const one = made({
      resource: 'Thing',
      uses: { others: other('color') },
      evaluate: (_: Row, { others: rows }: Seen) => fail(rows.get('Other-7')!.color),
    });
    expect(await judged(one, [thing.made, others.made])).toMatchObject([{ message: 'red' }]);
    expect(others.read).toEqual(['Other-7']);
  });
  it('of a table of its own type too', async () => {
    const { made: type, read } = things('Thing', 50);
    const one = made({
      resource: 'Thing',
      needs: ['color'],
      uses: { others: table('Thing' as TypeName, ...(['color'] as never[])) },
      evaluate: ({ color }: Row, { others }: Seen) => fail(`${color} ${others.get('Thing-3')!.color}`),
    });
    expect(await judged(one, [type])).toMatchObject([{ message: 'red red' }]);
    expect(read.toSorted()).toEqual(['Thing-1', 'Thing-3']);
  });
  it('one row after the other: after a few rounds the facet of all of them, each once', async () => {
    const [thing, others] = [things('Thing', 2), things('Other', 200, (id) => (id === 'Other-199' ? 'green' : 'red'))];
    let rounds = 0;
    const one = made({
      resource: 'Thing',
      uses: { others: other('color') },
      evaluate(_: Row, { others: rows }: Seen) {
        rounds += 1;
        return rows.all().filter(({ color }) => color === 'green').length === 1 ? pass('one') : fail('none');
      },
    });
    expect(await judged(one, [thing.made, others.made])).toMatchObject([{ status: 'PASS' }]);
    expect(rounds).toBeLessThan(10);
    expect(others.read).toHaveLength(200);
    expect(new Set(others.read).size).toBe(200);
  });
  it('nothing of a table that the check does not come to', async () => {
    const [thing, others] = [things('Thing', 2), things('Other', 50)];
    const one = made({ resource: 'Thing', uses: { others: other('color') }, evaluate: () => pass('at once') });
    await judged(one, [thing.made, others.made]);
    expect(others.read).toEqual([]);
  });
});

describe('what is deleted while it is read', () => {
  const gone = () => {
    throw new Gone('x:Get');
  };
  it('is gone', async () => {
    const { made: type } = things('Thing', 2, gone);
    const one = made({ resource: 'Thing', needs: ['color'], evaluate: ({ color }: Row) => fail(color) });
    expect(await judged(one, [type])).toEqual([]);
  });
  it('is not in the table', async () => {
    const [thing, others] = [things('Thing', 2), things('Other', 3, (id) => (id === 'Other-1' ? gone() : 'red'))];
    const one = made({
      resource: 'Thing',
      uses: { others: other('color') },
      evaluate: (_: Row, { others: rows }: Seen) =>
        pass(rows.all().map(({ id, color }) => `${id} ${color}`).join(', ')), // prettier-ignore
    });
    expect(await judged(one, [thing.made, others.made])).toMatchObject([{ message: 'Other-0 red, Other-2 red' }]);
  });
});
