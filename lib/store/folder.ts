import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { Store } from './store.ts';

/** Keeps runs in a folder. Each object is written beside its place and moved in, so that a reader never sees half of one. */
export function folderStore(folder: string): Store {
  const root = resolve(folder);
  const path = (key: string) => {
    const full = join(root, key);
    if (!full.startsWith(root + sep)) throw new Error(`the key ${JSON.stringify(key)} leads out of ${root}`);
    return full;
  };
  return {
    url: root,
    async put(key, body) {
      const target = path(key);
      const draft = `${target}.${process.pid}.part`;
      try {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(draft, body);
        await rename(draft, target);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {});
        throw notStored(target, error);
      }
    },
    async get(key) {
      try {
        return await readFile(path(key));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async list(prefix) {
      const below = join(root, prefix.slice(0, prefix.lastIndexOf('/') + 1));
      const found = await readdir(below, { recursive: true, withFileTypes: true }).catch(nothingThere);
      return found
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
        .filter((key) => key.startsWith(prefix))
        .toSorted();
    },
  };
}

/** Why people's own disk refused, in their words. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
};

function notStored(target: string, error: unknown): unknown {
  const why = REFUSALS[(error as NodeJS.ErrnoException).code ?? ''];
  return why ? new UserError(`${target} cannot be written: ${why}`, { cause: error }) : error;
}

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
