import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
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
      await mkdir(dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}.part`;
      await writeFile(draft, body);
      await rename(draft, target);
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

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
