import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedWorld } from './changes.ts';

const folder = mkdtempSync(join(tmpdir(), 'changes-'));
const written = (name: string, value: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
};
const WORLD = written('world.json', {
  accounts: { '111122223333': { s3: { Buckets: [{ Name: 'a' }, { Name: 'b', Region: 'eu-west-1' }] } } },
});
const BUCKETS = ['accounts', '111122223333', 's3', 'Buckets'];
const changed = (...changes: object[]) =>
  (changedWorld(WORLD, written('changes.json', { changes })).accounts['111122223333'] as any)?.s3?.Buckets;

describe('a change', () => {
  it.each([
    [
      'gives a member another value',
      { at: [...BUCKETS, { Name: 'b' }, 'Region'], to: 'x' },
      [{ Name: 'a' }, { Name: 'b', Region: 'x' }],
    ],
    [
      'takes a member away',
      { at: [...BUCKETS, { Name: 'b' }, 'Region'], remove: true },
      [{ Name: 'a' }, { Name: 'b' }],
    ],
    [
      'puts another item into a place',
      { at: [...BUCKETS, { Name: 'a' }], to: { Name: 'c' } },
      [{ Name: 'c' }, { Name: 'b', Region: 'eu-west-1' }],
    ],
    ['takes an item out of a list', { at: [...BUCKETS, { Region: 'eu-west-1' }], remove: true }, [{ Name: 'a' }]],
    [
      'adds an item to a list',
      { at: BUCKETS, add: { Name: 'c' } },
      [{ Name: 'a' }, { Name: 'b', Region: 'eu-west-1' }, { Name: 'c' }],
    ],
  ])('%s', (_name, change, buckets) => expect(changed(change)).toEqual(buckets));

  it.each([
    ['a key', ['accounts', '999999999999', 's3', 'Buckets'], /there is nothing at "999999999999"/],
    ['an item', [...BUCKETS, { Name: 'z' }, 'Region'], /no item has \{"Name":"z"\}/],
  ])('of what is not there is refused: %s', (_name, at, message) =>
    expect(() => changed({ at, to: 1 })).toThrow(message),
  );
});
