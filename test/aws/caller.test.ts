import { describe, expect, it } from 'vitest';
import { caller, type Session } from '../../lib/aws/caller.ts';
import { service, source } from '../../lib/aws/operations.ts';

const asked: unknown[] = [];
class FakeClient {
  async send(command: { input: unknown }): Promise<unknown> {
    asked.push(command.input);
    return { echoed: command.input };
  }
  destroy(): void {}
}
class Ask {
  readonly input: { name: string };
  constructor(input: { name: string }) {
    this.input = input;
  }
}
const fake = service(FakeClient as never);
const ask = fake.call<{ name: string }, { echoed: unknown }, 'x:Ask'>(Ask as never, 'x:Ask');
const paging = (pages: readonly object[]) =>
  fake.pages<object, { NextToken?: string }, 'x:List'>(async function* paginate() {
    yield* pages as { NextToken?: string }[];
  }, 'x:List');

const PLACE = { account: '1', region: 'r', partition: 'aws' };
const session = (more: Partial<Session> = {}): Session => ({
  clients: () => new FakeClient(),
  sources: new Map(),
  ...more,
});

it('refuses an operation that was not declared', async () => {
  await expect(caller([] as never, PLACE, session()).call(ask as never, { name: 'a' } as never)).rejects.toThrow(
    'x:Ask is called but not declared',
  );
});

it('shares equal calls of one resource, and only there', async () => {
  asked.length = 0;
  const own = caller([ask], PLACE, session({ asked: new Map() }));
  await Promise.all([own.call(ask, { name: 'a' }), own.call(ask, { name: 'a' }), own.call(ask, { name: 'b' })]);
  const free = caller([ask], PLACE, session());
  await Promise.all([free.call(ask, { name: 'c' }), free.call(ask, { name: 'c' })]);
  expect(asked).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'c' }]);
});

describe('pages', () => {
  const read = async (pages: readonly object[]) => {
    const list = paging(pages);
    return Array.fromAsync(caller([list], PLACE, session()).pages(list, {}));
  };
  it('streams them', async () => expect(await read([{ NextToken: 'a' }, { NextToken: 'b' }, {}])).toHaveLength(3));
  it('leaves the input as it was, whatever the paginator of the SDK writes into it', async () => {
    const list = fake.pages<{ Marker?: string }, { from: string }, 'x:List'>(async function* paginate(_config, input) {
      yield { from: input.Marker ?? 'the first page' };
      input.Marker = 'the second page';
    }, 'x:List');
    const shared = {};
    const pages = () => Array.fromAsync(caller([list], PLACE, session()).pages(list, shared));
    expect([await pages(), await pages()]).toEqual([[{ from: 'the first page' }], [{ from: 'the first page' }]]);
    expect(shared).toEqual({});
  });
  it('stops when AWS hands out a token twice', async () => {
    await expect(read([{ NextToken: 'a' }, { NextToken: 'b' }, { NextToken: 'a' }, {}])).rejects.toThrow(
      'x:List: AWS repeated a page token',
    );
  });
});

describe('a source', () => {
  const counted = () => {
    const reads: string[] = [];
    const shared = source([ask], async (aws) => {
      reads.push(aws.region);
      return (await aws.call(ask, { name: aws.region }))!.echoed;
    });
    return { reads, shared };
  };
  it('is read once per account and region, however many ask', async () => {
    const { reads, shared } = counted();
    const all = session();
    const aws = caller([shared], PLACE, all);
    await Promise.all([
      aws.read(shared),
      aws.read(shared),
      aws.in('s').read(shared),
      caller([shared], { ...PLACE, account: '2' }, all).read(shared),
    ]);
    expect(reads).toEqual(['r', 's', 'r']);
  });
  it('may call nothing but what it declared', async () => {
    const greedy = source([], async (aws) => aws.call(ask as never, { name: 'a' } as never));
    await expect(caller([greedy], PLACE, session()).read(greedy)).rejects.toThrow('x:Ask is called but not declared');
  });
});

it('after the deadline no further page is asked for', async () => {
  const deadline = new AbortController();
  const list = paging([{ NextToken: 'a' }, {}]);
  const pages = caller([list], PLACE, session({ deadline: deadline.signal }))
    .pages(list, {})
    [Symbol.asyncIterator]();
  await pages.next();
  deadline.abort();
  await expect(pages.next()).rejects.toThrow('x:List: the time for this run was up');
});
