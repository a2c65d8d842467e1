import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderStore } from '../../lib/store/folder.ts';
import { ronda } from '../support/command.ts';
import { faulty } from './_kit.ts';

/** A disk that takes so many files, and of the next one half. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY, code: 'ENOSPC' }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async writeFile(path: string, body: string | Uint8Array) {
      disk.room -= 1;
      if (disk.room >= 0) return real.writeFile(path, body);
      await real.writeFile(path, body.slice(0, Math.floor(body.length / 2)));
      throw Object.assign(new Error(`${disk.code}: write`), { code: disk.code });
    },
  };
});

faulty();
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'emulated', AWS_SECRET_ACCESS_KEY: 'emulated' });
let folder: string;
beforeEach(async () => {
  disk.room = Number.POSITIVE_INFINITY;
  disk.code = 'ENOSPC';
  folder = await mkdtemp(join(tmpdir(), 'ronda-disk-'));
});
afterEach(() => rm(folder, { recursive: true }));

const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name);

describe('a disk', () => {
  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'the quota of the disk is used up'],
    ['EROFS', 'the disk is read-only'],
    ['EACCES', 'access is denied'],
  ])('that says %s is named, and keeps what it had', async (code, words) => {
    const store = folderStore(folder);
    await store.put('a/one', 'before', '');
    Object.assign(disk, { room: 0, code });
    await expect(store.put('a/one', 'afterwards', '')).rejects.toThrow(`/a/one cannot be written: ${words}`);
    expect(await readFile(join(folder, 'a/one'), 'utf8')).toBe('before');
    expect(await files()).toEqual(['one']);
  });

  it.each([0, 1, 4])(
    'with room for %i files ends the audit with exit code 3, and nothing is half-written',
    async (room) => {
      disk.room = room;
      const { code, err } = await ronda('audit', '--services', 'kms', '--regions', 'eu-west-1', '--out', folder);
      expect([code, err]).toEqual([3, expect.stringMatching(/^ronda: \S+ cannot be written: the disk is full\n$/)]);
      const kept = await files();
      expect(kept).toHaveLength(room);
      expect(kept.filter((name) => name.endsWith('.part'))).toEqual([]);
      disk.room = Number.POSITIVE_INFINITY;
      expect((await ronda('audit', '--services', 'kms', '--regions', 'eu-west-1', '--out', folder)).code).toBe(0);
    },
  );
});
