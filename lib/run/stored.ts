import type { Wanted } from '../aws/items.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import type { AccountResult } from './model.ts';
import type { PlannedAccount } from './items.ts';

/** What a run set out to do: runs/…/plan.json. */
export interface StoredPlan {
  readonly startedAt: string;
  readonly partition: string;
  /** The account of the run itself: there the organization is read. */
  readonly home: string;
  readonly accounts: readonly PlannedAccount[];
  readonly wanted: readonly Wanted[];
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

/** What judging an account came to; undefined before it is judged. */
export function resultOf(
  store: Store,
  { run, account }: { readonly run: RunKey; readonly account: string },
): Promise<AccountResult | undefined> {
  return readJsonIfAny<AccountResult>(store, keys.report(run, `account=${account}.json`));
}

export async function readPlan(store: Store, run: RunKey): Promise<StoredPlan> {
  return readJson<StoredPlan>(store, keys.report(run, 'plan.json'));
}
