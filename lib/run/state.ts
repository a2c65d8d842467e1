import type { Kept, Known, Remembered, State } from '../core/diff.ts';
import { ndjson, ndjsonWriter } from '../store/ndjson.ts';
import type { Store } from '../store/store.ts';

/** Writes a state as it comes: what fails, one finding a line, and at the end which run it is. */
export function stateWriter(store: Store, key: string) {
  const lines = ndjsonWriter<Kept | Remembered>(store, key);
  return {
    keep: (kept: Kept) => lines.write(kept),
    async close(remembered: Remembered): Promise<void> {
      await lines.write(remembered);
      await lines.close();
    },
  };
}

/** What stateWriter wrote; undefined where there is no such object. Throws an error that names it where it is damaged. */
export async function readState(store: Store, key: string): Promise<State | undefined> {
  const failing = new Map<string, Known>();
  let remembered: Remembered | undefined;
  for await (const line of ndjson<Kept | Remembered>(store, key)) {
    if (!('id' in line)) remembered = line;
    else {
      const { id, ...known } = line;
      failing.set(id, known);
    }
  }
  if (remembered) return { ...remembered, failing };
  if (failing.size === 0) return undefined;
  throw new Error(`${store.url}: ${key} is damaged: its end is missing`);
}
