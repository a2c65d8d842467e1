import { describe, expect, it } from 'vitest';
import { collect } from '../../lib/aws/collect.ts';
import { CallFailed, Gone } from '../../lib/aws/gaps.ts';
import { type Operation, service, source } from '../../lib/aws/operations.ts';
import { resource, type Resource } from '../../lib/aws/resource.ts';
import type { Cell, Gap, Row } from '../../lib/core/model.ts';

/** A client that answers with what a test says. */
class FakeClient {
  async send(command: { run: () => unknown }): Promise<unknown> {
    return command.run();
  }
  destroy(): void {}
}
class Ask {
  readonly input: { run: () => unknown };
  readonly run: () => unknown;
  constructor(input: { run: () => unknown }) {
    this.input = input;
    this.run = input.run;
  }
}
const fake = service(FakeClient as never);
const ask = fake.call(Ask as never, 'x:Ask', { absent: ['NotConfigured'], gone: ['NotFound'] }) as Operation<
  { run: () => unknown },
  { value: unknown }
>;
const error = (name: string) => Object.assign(new Error(name), { name });
const thrown = (name: string) => () => {
  throw error(name);
};
const GAP: Gap = { reason: 'denied', operation: 'x:List', detail: 'access denied' };

interface Item {
  readonly id?: string;
  readonly region?: string;
  readonly size?: number;
}
/** A type whose list gives these items and then perhaps fails, with one facet. */
function things(
  items: readonly Item[],
  { then, facet = async () => 1 }: { then?: () => never; facet?: (aws: any) => Promise<unknown> } = {},
): Resource {
  return resource(
    'Thing',
    {
      scope: 'regional',
      operations: [ask],
      async *list() {
        yield* items;
        then?.();
      },
      found: ({ id, region, size }) => ({ id, arn: id && `arn:${id}`, region, base: { size } }),
    },
    (declare) => ({ facet: declare([ask], facet) }),
  ) as Resource;
}

async function collected(type: Resource, deadline?: AbortSignal): Promise<{ rows: Row[]; cell: Cell }> {
  const rows: Row[] = [];
  let cell: Cell | undefined;
  const session = { clients: () => new FakeClient(), sources: new Map(), ...(deadline && { deadline }) };
  const now = () => new Date('2026-01-01T00:00:00Z');
  for await (const item of collect(type, ['facet'], { account: '1', region: 'r', partition: 'aws' }, session, now)) {
    if ('row' in item) rows.push(item.row);
    else cell = item.cell;
  }
  return { rows, cell: cell! };
}

describe('listing', () => {
  it('records rows with identity and time, and the cell with their number', async () => {
    expect(await collected(things([{ id: 'a', size: 1 }]))).toEqual({
      rows: [
        {
          identity: { type: 'Thing', id: 'a', arn: 'arn:a', account: '1', region: 'r' },
          at: '2026-01-01T00:00:00.000Z',
          base: { size: 1 },
          facets: { facet: { value: 1 } },
        },
      ],
      cell: { type: 'Thing', account: '1', region: 'r', rows: 1 },
    });
  });
  it('a resource may say its own region', async () =>
    expect((await collected(things([{ id: 'a', size: 1, region: 'other' }]))).rows[0]!.identity.region).toBe('other'));
  it('a resource that AWS lists twice is one', async () =>
    expect(
      (
        await collected(
          things([
            { id: 'a', size: 1 },
            { id: 'a', size: 1 },
          ]),
        )
      ).cell.rows,
    ).toBe(1));
  it('what came before a failure is kept, and the failure is the gap of the cell', async () => {
    const type = things([{ id: 'a', size: 1 }], {
      then: () => {
        throw new CallFailed(GAP);
      },
    });
    expect((await collected(type)).cell).toEqual({ type: 'Thing', account: '1', region: 'r', rows: 1, gap: GAP });
  });
  it.each([
    ['has no id', {}, 'an item in the answer has no identifier'],
    ['is no object at all', undefined as never, 'TypeError'],
  ])('an item that %s costs itself and is said', async (_name, odd, detail) => {
    const { rows, cell } = await collected(things([{ id: 'a', size: 1 }, odd, { id: 'b', size: 1 }]));
    expect(rows).toHaveLength(2);
    expect(cell).toMatchObject({ rows: 2, gap: { reason: 'failed', operation: 'x:Ask' } });
    expect(cell.gap!.detail).toContain(detail);
  });
  it('a base field that the answer lacks is a gap, not undefined', async () => {
    expect((await collected(things([{ id: 'a' }]))).rows[0]).toMatchObject({
      base: {},
      missing: { size: { reason: 'failed', operation: 'x:Ask', detail: 'the answer lacks size' } },
    });
  });
});

describe('a facet', () => {
  const read = async (facet: (aws: any) => Promise<unknown>) =>
    (await collected(things([{ id: 'a', size: 1 }], { facet }))).rows[0]?.facets['facet'];
  const asks = (run: () => unknown) => (aws: { call(operation: unknown, input: unknown): Promise<unknown> }) =>
    aws.call(ask, { run });

  it('may be null: known, not configured', async () =>
    expect(await read(asks(thrown('NotConfigured')))).toEqual({ value: null }));
  it('that is denied is a gap', async () =>
    expect(await read(asks(thrown('AccessDenied')))).toEqual({
      gap: { reason: 'denied', operation: 'x:Ask', detail: 'access denied' },
    }));
  it('that is undefined is a gap', async () =>
    expect(await read(async () => undefined)).toMatchObject({ gap: { detail: 'the answer lacks facet' } }));
  it('with a hole is a gap', async () =>
    expect(await read(async () => ({ a: 1, b: undefined }))).toMatchObject({ gap: { detail: 'the answer lacks b' } }));
  it('whose answer we cannot read is a gap', async () => {
    expect(
      await read(async () => {
        throw new TypeError('not iterable');
      }),
    ).toMatchObject({ gap: { reason: 'failed', detail: 'could not be read: TypeError: not iterable' } });
  });
  it('whatever is thrown', async () => {
    expect(await read(() => Promise.reject('text' as never))).toMatchObject({
      gap: { detail: 'could not be read: text' },
    }); // eslint-disable-line
  });
  it('that finds the resource gone takes it out of the inventory', async () => {
    expect(await collected(things([{ id: 'a', size: 1 }], { facet: asks(thrown('NotFound')) }))).toMatchObject({
      rows: [],
      cell: { rows: 0 },
    });
  });
  it('a source that finds something gone is a gap of its reader', async () => {
    const broken = source([ask], async () => {
      throw new Gone('x:Ask');
    });
    const type = things([]);
    const reading = {
      ...type,
      async *list(aws: any) {
        yield* (await aws.read(broken)) as Item[];
      },
      operations: [broken],
    };
    expect((await collected(reading as never)).cell.gap).toMatchObject({
      reason: 'failed',
      operation: 'x:Ask',
      detail: 'it was deleted while it was read',
    });
  });
});

it('past the deadline nothing is asked, and everything is a gap of its own kind', async () => {
  const facet = (aws: any) => aws.call(ask, { run: () => ({ value: 1 }) });
  const { rows } = await collected(things([{ id: 'a', size: 1 }], { facet }), AbortSignal.abort());
  expect(rows[0]!.facets['facet']).toEqual({
    gap: { reason: 'not-scanned', operation: 'x:Ask', detail: 'the time for this run was up' },
  });
});
