import { reportFiles } from '../report/files.ts';
import { findingsJson } from '../report/json.ts';
import { terminalSummary } from '../report/terminal.ts';
import { readReport } from '../run/publish.ts';
import { openStore } from '../store/open.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import { UserError } from '../core/errors.ts';

export async function reportCommand(
  place: string,
  options: { run?: string; out?: string; json?: boolean },
): Promise<void> {
  const store = await openStore(place);
  const run = await runIn(store, options.run);
  const report = await readReport(store, run);
  if (options.json) return void process.stdout.write(findingsJson(report));
  const target = options.out ? await openStore(options.out) : store;
  const keyOf = (name: string) => (options.out ? name : keys.report(run, name));
  for (const { name, body, contentType } of reportFiles(report)) await target.put(keyOf(name), body, contentType);
  process.stdout.write(terminalSummary(report, { page: `${target.url}/${keyOf('index.html')}` }));
}

async function runIn(store: Store, wanted: string | undefined): Promise<RunKey> {
  const runs = (await store.list('runs/')).flatMap((key) => {
    const match = /^runs\/date=([^/]+)\/run=([^/]+)\/run\.json$/.exec(key);
    return match ? [{ date: match[1]!, run: match[2]! }] : [];
  });
  const found = wanted
    ? runs.find(({ run }) => run === wanted)
    : runs.toSorted((a, b) => (a.run < b.run ? -1 : 1)).at(-1);
  if (found) return found;
  throw new UserError(
    wanted
      ? `${store.url} holds no run ${wanted}; it holds ${runs.map(({ run }) => run).join(', ') || 'none'}`
      : `${store.url} holds no run`,
  );
}
