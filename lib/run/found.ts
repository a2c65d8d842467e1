import { UserError } from '../core/errors.ts';
import { ndjson } from '../store/ndjson.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import type { RunHeader, StoredFinding } from './model.ts';
import { readJson } from './stored.ts';

export interface FoundFinding {
  readonly header: RunHeader;
  readonly finding: StoredFinding;
  /** The other findings of its check in its account. */
  readonly others: readonly StoredFinding[];
}

/** A finding of a stored run by its id. Throws a UserError where the run has none of that id. */
export async function findingIn(store: Store, run: RunKey, id: string): Promise<FoundFinding> {
  const header = await readJson<RunHeader>(store, keys.report(run, 'run.json'));
  for (const account of header.scope.accounts) {
    const key = keys.findings(run, account);
    const finding = await firstOf(ndjson<StoredFinding>(store, key), (one) => one.id === id);
    if (!finding) continue;
    const others: StoredFinding[] = [];
    for await (const one of ndjson<StoredFinding>(store, key))
      if (one.check === finding.check && one.id !== id) others.push(one);
    return { header, finding, others };
  }
  throw new UserError(
    `run ${run.run} in ${store.url} has no finding ${JSON.stringify(id)}: the reports name the ids, and --run chooses another run`,
  );
}

async function firstOf<V>(values: AsyncIterable<V>, test: (value: V) => boolean): Promise<V | undefined> {
  for await (const value of values) if (test(value)) return value;
  return undefined;
}
