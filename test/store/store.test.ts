import { mkdtemp, readdir, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderStore } from '../../lib/store/folder.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { ndjson, ndjsonWriter } from '../../lib/store/ndjson.ts';
import { openStore } from '../../lib/store/open.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { fileOf, keys, newRunKey, type Store } from '../../lib/store/store.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';

let folder: string;
let emulator: Emulator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ronda-store-'));
  emulator = await startEmulator();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await emulator.close();
});
const s3 = () =>
  s3Store(
    'ronda-reports-111122223333',
    'nightly/',
    new S3Client({
      endpoint: emulator.endpoint,
      forcePathStyle: true,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    }),
  );

describe.each<[string, () => Store]>([
  ['a folder', () => folderStore(folder)],
  ['memory', memoryStore],
  ['S3', s3],
])('%s', (_name, open) => {
  it('keeps text and bytes, lists by prefix, and knows what is not there', async () => {
    const store = open();
    await store.put('a/x=1/one.json', '{"ü":1}', 'application/json');
    await store.put('a/x=1/two.gz', Uint8Array.of(1, 2, 255), 'application/gzip');
    await store.put('b.json', '1', 'application/json');
    await store.put('b.json', '2', 'application/json');
    expect(Buffer.from((await store.get('a/x=1/one.json'))!).toString()).toBe('{"ü":1}');
    expect([...(await store.get('a/x=1/two.gz'))!]).toEqual([1, 2, 255]);
    expect(Buffer.from((await store.get('b.json'))!).toString()).toBe('2');
    expect(await store.get('a/none')).toBeUndefined();
    expect(await store.list('a/')).toEqual(['a/x=1/one.json', 'a/x=1/two.gz']);
    expect(await store.list('none/')).toEqual([]);
  });
});

describe('a folder', () => {
  it('is not left by a key', async () => {
    await expect(folderStore(folder).put('../outside', 'x', 'text/plain')).rejects.toThrow('leads out of');
  });
  it('leaves no drafts behind and shows none', async () => {
    await writeFile(join(folder, 'left.1.part'), 'half');
    await folderStore(folder).put('whole', 'x', 'text/plain');
    expect(await folderStore(folder).list('')).not.toContain('left.1.part');
    expect((await readdir(folder)).filter((name) => name.startsWith('whole'))).toEqual(['whole']);
  });
  it('passes on what is wrong with the disk', async () => {
    await mkdir(join(folder, 'is-a-folder'));
    await expect(folderStore(folder).get('is-a-folder')).rejects.toThrow('EISDIR');
    await writeFile(join(folder, 'is-a-file'), '');
    await expect(folderStore(folder).list('is-a-file/x')).rejects.toThrow('ENOTDIR');
  });
});

describe('NDJSON', () => {
  const read = (store: Store) => Array.fromAsync(ndjson<unknown>(store, 'k'));
  it('keeps values in order over many pieces, hostile ones too', async () => {
    const store = memoryStore();
    const values = Array.from({ length: 30 }, (_, index) => ({
      index,
      text: 'x'.repeat(100_000),
      odd: '\u2028 "\n\\ 🦉',
    }));
    const writer = ndjsonWriter(store, 'k');
    for (const value of values) await writer.write(value);
    expect(await writer.close()).toBe(30);
    expect(await read(store)).toEqual(values);
  });
  it('of nothing is no object, and no object is nothing', async () => {
    const store = memoryStore();
    expect(await ndjsonWriter(store, 'k').close()).toBe(0);
    expect(await store.list('')).toEqual([]);
    expect(await read(store)).toEqual([]);
  });
  it.each([
    ['cut short', (body: Uint8Array) => body.subarray(0, body.length - 8)],
    ['not gzip', () => Buffer.from('plain text')],
  ])('that is %s names its object', async (_name, damage) => {
    const store = memoryStore();
    const writer = ndjsonWriter(store, 'k');
    await writer.write({ a: 1 });
    await writer.close();
    await store.put('k', damage((await store.get('k'))!), '');
    await expect(read(store)).rejects.toThrow(/^memory: k is damaged after line/);
  });
  it('with a line that is no JSON says which', async () => {
    const store = memoryStore();
    const { gzipSync } = await import('node:zlib');
    await store.put('k', gzipSync('{"a":1}\n{"a":'), '');
    await expect(read(store)).rejects.toThrow('k is damaged after line 2');
  });
});

describe('openStore', () => {
  it.each([
    ['s3://bucket', 's3://bucket'],
    ['s3://bucket/a/b/', 's3://bucket/a/b'],
  ])('%s', async (url, opened) => expect((await openStore(url)).url).toBe(opened));
  it('a folder', async () => expect((await openStore(folder)).url).toBe(folder));
  it('without a bucket', async () => expect(openStore('s3://')).rejects.toThrow('names no bucket'));
});

describe('keys', () => {
  const run = { date: '2026-01-02', run: 'r' };
  it.each([
    [
      keys.inventory(run, '1', 'eu-west-1', fileOf('AWS::S3::Bucket')),
      'inventory/date=2026-01-02/run=r/account=1/region=eu-west-1/AWS-S3-Bucket.ndjson.gz',
    ],
    [
      keys.inventory(run, '1', 'global', fileOf('AWS::::Account')),
      'inventory/date=2026-01-02/run=r/account=1/region=global/AWS-Account.ndjson.gz',
    ],
    [keys.findings(run, '1'), 'findings/date=2026-01-02/run=r/account=1.ndjson.gz'],
    [keys.report(run, 'run.json'), 'runs/date=2026-01-02/run=r/run.json'],
    [keys.state('1'), 'state/account=1.ndjson.gz'],
    [keys.nextState(run, '1'), 'runs/date=2026-01-02/run=r/state/account=1.ndjson.gz'],
  ])('%s', (key, expected) => expect(key).toBe(expected));
  it('runs sort by time', () => {
    const at = (iso: string) => newRunKey(new Date(iso));
    expect(at('2026-01-02T03:04:05.678Z')).toMatchObject({
      date: '2026-01-02',
      run: expect.stringMatching(/^20260102T030405678Z-[0-9a-f]{6}$/),
    });
    expect(at('2026-01-02T03:04:05.678Z').run < at('2026-01-02T03:04:05.679Z').run).toBe(true);
    expect(at('2026-01-02T03:04:05.999Z').run < at('2026-01-02T03:04:06Z').run).toBe(true);
  });
});
