import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../core/errors.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import type { RunHeader } from './model.ts';
import { readJson, readJsonIfAny } from './stored.ts';

/** The runs of a store, oldest first. */
async function runsIn(store: Store): Promise<readonly RunKey[]> {
  const runs = (await store.list('runs/')).flatMap((key) => {
    const match = /^runs\/date=([^/]+)\/run=([^/]+)\/run\.json$/.exec(key);
    return match ? [{ date: match[1]!, run: match[2]! }] : [];
  });
  return runs.toSorted((a, b) => (a.run < b.run ? -1 : 1));
}

/** A run by its id, the last of a day (2026-11-22), or the last nightly one. Throws a UserError that names what there is. */
export async function runIn(store: Store, wanted: string | undefined): Promise<RunKey> {
  const runs = await runsIn(store);
  const found = wanted
    ? runs.findLast(({ run, date }) => run === wanted || date === wanted)
    : ((await readJsonIfAny<RunKey>(store, keys.latest)) ?? runs.at(-1));
  if (found) return { date: found.date, run: found.run };
  throw new UserError(
    wanted
      ? `${store.url} holds no run ${wanted}; it holds ${newestOf(runs)}`
      : `${store.url} holds no run; ronda audit --out makes one`,
  );
}

/** The last run before another one that looked at the same. Throws a UserError where there is none. */
export async function runBefore(store: Store, later: RunKey): Promise<RunKey> {
  const scopeOf = async (run: RunKey) => (await readJson<RunHeader>(store, keys.report(run, 'run.json'))).scope;
  const { accounts, filters } = await scopeOf(later);
  for (const run of (await runsIn(store)).filter((one) => one.run < later.run).toReversed()) {
    const scope = await scopeOf(run);
    if (isDeepStrictEqual([scope.accounts, scope.filters], [accounts, filters])) return run;
  }
  throw new UserError(
    `${store.url} holds no run of the same scope before ${later.run}: there is nothing to compare it with`,
  );
}

const NAMED = 10;

function newestOf(runs: readonly RunKey[]): string {
  const names = runs
    .slice(-NAMED)
    .map(({ run }) => run)
    .join(', ');
  return runs.length > NAMED ? `${names} and ${runs.length - NAMED} older ones` : names || 'none';
}
