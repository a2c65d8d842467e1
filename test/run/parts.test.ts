import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { sessionFor } from '../../lib/aws/clients.ts';
import { callCounts } from '../../lib/aws/counts.ts';
import { collect } from '../../lib/aws/collect.ts';
import { CallFailed } from '../../lib/aws/gaps.ts';
import type { Item } from '../../lib/aws/items.ts';
import type { Cell, Row } from '../../lib/core/model.ts';
import { collectItem } from '../../lib/run/collect.ts';
import { storedInventory } from '../../lib/run/inventory.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { keys, type Store } from '../../lib/store/store.ts';
import { resources } from '../../checks/resources.ts';
import { worldOf } from '../emulator/generate.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { ACCOUNT } from '../support/inventory.ts';
import { NOW, useEmulator } from '../support/audited.ts';

const RUN = { date: '2026-06-01', run: 'r1' };
const place = { account: ACCOUNT, partition: 'aws' };
/** Paged lists with and without facets, one that is read whole, and one that has no pages. */
const REGIONAL: Item = {
  place: { ...place, region: 'us-east-1' },
  types: [
    { type: 'AWS::EC2::Instance', facets: ['userData'] },
    { type: 'AWS::EC2::Snapshot', facets: [] },
    { type: 'AWS::EC2::LaunchTemplate', facets: [] },
    { type: 'AWS::EC2::AccountSettings', facets: ['ebsEncryptionByDefault'] },
  ],
};
const GLOBAL: Item = {
  place: { ...place, region: 'global' },
  types: [
    { type: 'AWS::S3::Bucket', facets: ['policy', 'versioning'] },
    { type: 'AWS::IAM::User', facets: [] },
  ],
};

let emulator: Emulator;
beforeAll(async () => {
  const size = { buckets: 23, instances: 40, snapshots: 30, launchTemplates: 5, users: 4, regions: 1, busyRegions: 1 };
  emulator = await startEmulator({ world: worldOf(size) });
  emulator.setProfile({
    pageSizes: { 'ec2:DescribeInstances': 7, 'ec2:DescribeSnapshots': 11, 's3:ListBuckets': 5 },
  });
  useEmulator(emulator);
});
afterAll(() => emulator.close());

const credentials = async () => ({ accessKeyId: 'emulated', secretAccessKey: 'emulated' });

interface Parts {
  readonly store: Store;
  readonly cells: readonly Cell[];
  readonly parts: number;
}

/** Collects an item in parts, each of which is paused after it has read so many resources; every part is run twice, as a repeat would. */
async function inParts(item: Item, lengths: readonly number[]): Promise<Parts> {
  const store = memoryStore();
  for (let part = 1; ; part += 1) {
    const length = lengths[part - 1] ?? Number.POSITIVE_INFINITY;
    const once = async () => {
      const pause = new AbortController();
      let read = 0;
      const now = () => {
        read += 1;
        if (read >= length) pause.abort();
        return NOW;
      };
      const session = sessionFor({ credentials, counts: callCounts() });
      return collectItem(item, session, { store, run: RUN, resources, now, part, pause: pause.signal });
    };
    await once();
    const { cells, isDone } = await once();
    if (isDone) return { store, cells, parts: part };
  }
}

async function rowsIn({ store }: Parts, types: Item['types']): Promise<Row[]> {
  const inventory = await storedInventory(store, RUN, ACCOUNT);
  const rows = await Promise.all(types.map(({ type }) => Array.fromAsync(inventory.rows(type))));
  return rows.flat().toSorted((a, b) => (a.identity.arn < b.identity.arn ? -1 : 1));
}
const withoutParts = (cells: readonly Cell[]) =>
  cells.map((cell) => ({ ...cell, parts: undefined })).toSorted((a, b) => (a.type < b.type ? -1 : 1));

describe.each([
  ['a region', REGIONAL],
  ['the account-wide part', GLOBAL],
])('%s read in parts', (_name, item) => {
  it('is what it is when read at once, wherever it is cut', async () => {
    const whole = await inParts(item, []);
    const rows = await rowsIn(whole, item.types);
    expect(whole.parts).toBe(1);
    expect(rows.length).toBeGreaterThan(20);
    const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (lengths) => {
        const cut = await inParts(item, lengths);
        expect(await rowsIn(cut, item.types)).toEqual(rows);
        expect(withoutParts(cut.cells)).toEqual(withoutParts(whole.cells));
      }),
      { numRuns: 6, seed: 7, examples: [[[1, 1, 1, 1]]] },
    );
  });
});

it('goes on at the page where it stopped', async () => {
  const before = emulator.requests.length;
  const { parts } = await inParts({ ...GLOBAL, types: [{ type: 'AWS::S3::Bucket', facets: [] }] }, [12]);
  const pages = emulator.requests.slice(before).filter(({ operation }) => operation === 'ListBuckets').length;
  expect(parts).toBe(2);
  // Both parts run twice. 23 buckets are 5 pages; the first part ends on the third, where the second one begins.
  expect(pages).toBe(2 * 3 + 2 * 3);
});

describe('what a part has begun and not finished when its time is up', () => {
  const instances: Item = { ...REGIONAL, types: [{ type: 'AWS::EC2::Instance', facets: ['userData'] }] };
  const instance = resources.find(({ type }) => type === 'AWS::EC2::Instance')!;
  const outOfTime = new CallFailed({
    reason: 'not-scanned',
    operation: 'ec2:DescribeInstanceAttribute',
    detail: 'the time was up',
  });

  /** Each part reads the user data of so many instances, and of no more. */
  async function withTimeFor(counts: readonly number[]): Promise<Parts & { readonly pages: readonly number[] }> {
    const store = memoryStore();
    const pages: number[] = [];
    for (let part = 1; ; part += 1) {
      const pause = new AbortController();
      let left = counts[part - 1] ?? Number.POSITIVE_INFINITY;
      const userData = instance.facets['userData']!;
      const read: typeof userData.read = async (...asked) => {
        left -= 1;
        if (left >= 0) return userData.read(...asked);
        pause.abort();
        throw outOfTime;
      };
      const own = [{ ...instance, facets: { ...instance.facets, userData: { ...userData, read } } }];
      const session = sessionFor({ credentials, counts: callCounts() });
      const to = { store, run: RUN, resources: own, now: () => NOW, part, pause: pause.signal };
      const before = emulator.requests.length;
      const { cells, isDone } = await collectItem(instances, session, to);
      const asked = emulator.requests.slice(before).filter(({ operation }) => operation === 'DescribeInstances');
      pages.push(asked.length);
      if (isDone) return { store, cells, parts: part, pages };
    }
  }

  it('is read by the next one', async () => {
    const rows = await rowsIn(await inParts(instances, []), instances.types);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 5 }), async (counts) => {
        const cut = await withTimeFor(counts);
        expect(await rowsIn(cut, instances.types)).toEqual(rows);
        expect(cut.cells).toMatchObject([{ rows: rows.length }]);
        expect(cut.cells[0]).not.toHaveProperty('gap');
      }),
      { numRuns: 6, seed: 7, examples: [[[1]], [[25, 25]]] },
    );
  });

  it('is listed again from the page that names it on', async () => {
    const { pages } = await withTimeFor([10]);
    // 40 instances are 6 pages of 7; the eleventh is on the second.
    expect(pages[1]).toBe(5);
  });

  it('stays unknown where there is no next one', async () => {
    const read = () => Promise.reject(outOfTime);
    const facets = { ...instance.facets, userData: { ...instance.facets['userData']!, read } };
    const session = sessionFor({ credentials, counts: callCounts() });
    const collected = await Array.fromAsync(
      collect({ ...instance, facets }, ['userData'], instances.place, session, () => NOW),
    );
    expect(collected.at(-1)).toMatchObject({ cell: { rows: 40 }, rest: undefined });
    for (const one of collected.slice(0, -1))
      expect(one).toMatchObject({ row: { facets: { userData: { gap: { reason: 'not-scanned' } } } } });
  });
});

it('what a part leaves is unknown until a further part has read it', async () => {
  const store = memoryStore();
  const pause = AbortSignal.abort();
  const session = sessionFor({ credentials, counts: callCounts() });
  const { cells, isDone } = await collectItem(REGIONAL, session, { store, run: RUN, resources, now: () => NOW, pause });
  expect(isDone).toBe(false);
  const instances = cells.find(({ type }) => type === 'AWS::EC2::Instance')!;
  expect(instances).toMatchObject({ rows: 1, gap: { reason: 'not-scanned', operation: 'collect' } });
});

it('a part that comes no further closes the item', async () => {
  const store = memoryStore();
  const deadline = AbortSignal.abort();
  const session = sessionFor({ credentials, counts: callCounts(), deadline });
  const paged = { ...REGIONAL, types: REGIONAL.types.slice(0, 2) };
  const { cells, isDone } = await collectItem(paged, session, {
    store,
    run: RUN,
    resources,
    now: () => NOW,
    pause: deadline,
  });
  expect(isDone).toBe(true);
  for (const cell of cells) expect(cell).toMatchObject({ rows: 0, gap: { reason: 'not-scanned' } });
  expect(await store.list(keys.inventoryOf(RUN, ACCOUNT))).not.toContainEqual(expect.stringContaining('_rest-'));
});
