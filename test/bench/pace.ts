import { memoryStore } from '../../lib/store/memory.ts';
import { keys, type RunKey, type Store } from '../../lib/store/store.ts';
import type { ItemKey } from '../../lib/run/steps/collect.ts';
import { collected } from './night.ts';
import { keptEntrances, useStack } from './organization.ts';
import type { Server } from './server.ts';

/** Round trips to Regions around the world, as far as they are from us-east-1. */
const WORLD = { latency: 'world', home: 'us-east-1' } as const;

/** Seconds that collecting takes item by item of one account, one after the other, when every call takes as long as over the world. */
export async function itemSeconds(
  server: Server,
  { kept, run, items }: { readonly kept: Store; readonly run: RunKey; readonly items: readonly ItemKey[] },
): Promise<readonly number[]> {
  useStack(server.endpoint);
  await server.setProfile(WORLD);
  const store = memoryStore();
  const plan = keys.report(run, 'plan.json');
  await store.put(plan, (await kept.get(plan))!, 'application/json');
  const seconds: number[] = [];
  for (const item of items) {
    const started = performance.now();
    await collected({ store, entrances: keptEntrances() }, item);
    seconds.push((performance.now() - started) / 1000);
  }
  await server.setProfile({});
  return seconds;
}
