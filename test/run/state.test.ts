import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Kept } from '../../lib/core/diff.ts';
import { readState, stateWriter } from '../../lib/run/state.ts';
import { memoryStore } from '../../lib/store/memory.ts';

const KEY = 'state/account=1.ndjson.gz';
const REMEMBERED = {
  account: '1',
  date: '2026-01-01',
  run: 'r1',
  at: '2026-01-01T00:00:00.000Z',
  gaps: { '[]': ['c'] },
};
const kept = (id: string): Kept => ({
  id,
  check: 'c',
  severity: 'high',
  type: 'T',
  region: 'r',
  arn: `arn:${id}`,
  firstSeen: '2025-12-01T00:00:00.000Z',
});

async function written(...ids: readonly string[]) {
  const store = memoryStore();
  const state = stateWriter(store, KEY);
  for (const id of ids) await state.keep(kept(id));
  await state.close(REMEMBERED);
  return store;
}

describe('what is remembered of an account', () => {
  it('is read as it was written', async () => {
    const { id: _, ...known } = kept('a');
    const state = await readState(await written('a', 'b'), KEY);
    expect(state).toMatchObject(REMEMBERED);
    expect([...state!.failing.keys()]).toEqual(['a', 'b']);
    expect(state!.failing.get('a')).toEqual(known);
  });
  it('may be that nothing fails', async () =>
    expect(await readState(await written(), KEY)).toEqual({ ...REMEMBERED, failing: new Map() }));
  it('is nothing before the first run', async () => expect(await readState(memoryStore(), KEY)).toBeUndefined());
  it('is not believed where its end is missing: what failed would count as repaired', async () => {
    const store = await written('a', 'b');
    const lines = gunzipSync((await store.get(KEY))!)
      .toString()
      .split('\n');
    await store.put(KEY, gzipSync(`${lines[0]}\n`), 'application/x-ndjson');
    await expect(readState(store, KEY)).rejects.toThrow(`memory: ${KEY} is damaged: its end is missing`);
  });
});
