import type { Item } from '../aws/plan.ts';
import type { Store } from '../store/store.ts';

/** What a run set out to do: runs/…/plan.json. */
export interface StoredPlan {
  readonly startedAt: string;
  readonly account: string;
  readonly partition: string;
  readonly regions: readonly string[];
  readonly items: readonly Item[];
}

export async function putJson(store: Store, key: string, value: unknown): Promise<void> {
  await store.put(key, `${JSON.stringify(value, null, 2)}\n`, 'application/json');
}

/** Throws an error that names the object when it is missing or damaged. */
export async function readJson<V>(store: Store, key: string): Promise<V> {
  const value = await readJsonIfAny<V>(store, key);
  if (value === undefined) throw new Error(`${store.url} has no ${key}`);
  return value;
}

/** Undefined when there is no such object. */
export async function readJsonIfAny<V>(store: Store, key: string): Promise<V | undefined> {
  const body = await store.get(key);
  if (!body) return undefined;
  try {
    return JSON.parse(Buffer.from(body).toString()) as V;
  } catch (error) {
    throw new Error(`${store.url}: ${key} is damaged: ${(error as Error).message}`, { cause: error });
  }
}
