import type { Format } from '../core/formats.ts';
import { reportFiles } from '../report/files.ts';
import { chosenFiles } from '../report/formats.ts';
import { findingsJson } from '../report/json.ts';
import { terminalSummary } from '../report/terminal.ts';
import { readReport } from '../run/publish.ts';
import { openStore } from '../store/open.ts';
import { keys } from '../store/store.ts';
import { runIn } from '../run/runs.ts';

export async function reportCommand(
  place: string,
  options: { run?: string; out?: string; formats?: readonly Format[]; json?: boolean },
): Promise<void> {
  const store = await openStore(place);
  const run = await runIn(store, options.run);
  const report = await readReport(store, run);
  if (options.json) return void process.stdout.write(findingsJson(report));
  const target = options.out ? await openStore(options.out) : store;
  const keyOf = (name: string) => (options.out ? name : keys.report(run, name));
  const files = [...reportFiles(report), ...(await chosenFiles(report, options.formats))];
  for (const { name, body, contentType } of files) await target.put(keyOf(name), body, contentType);
  process.stdout.write(terminalSummary(report, { page: `${target.url}/${keyOf('index.html')}` }));
}
