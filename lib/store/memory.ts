import type { Store } from './store.ts';

/** Keeps a run for the life of the process: for an inventory that nobody asked to save. */
export function memoryStore(): Store {
  const objects = new Map<string, Uint8Array>();
  return {
    url: 'memory',
    async put(key, body) {
      objects.set(key, typeof body === 'string' ? Buffer.from(body) : body);
    },
    get: async (key) => objects.get(key),
    list: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
  };
}
