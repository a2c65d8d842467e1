import { UserError } from '../core/errors.ts';
import type { Format } from '../core/formats.ts';
import { reportFiles } from '../report/files.ts';
import { chosenFiles } from '../report/formats.ts';
import { findingsJson } from '../report/json.ts';
import { terminalSummary } from '../report/terminal.ts';
import type { Report } from '../run/model.ts';
import { readReport } from '../run/publish.ts';
import { openStore } from '../store/open.ts';
import { keys } from '../store/store.ts';
import { runIn } from '../run/runs.ts';

interface ReportOptions {
  readonly run?: string;
  readonly out?: string;
  readonly formats?: readonly Format[];
  readonly redact?: boolean;
  readonly redactKey?: string;
  readonly json?: boolean;
}

export async function reportCommand(place: string, options: ReportOptions): Promise<void> {
  const isRedacted = options.redact === true || options.redactKey !== undefined;
  if (isRedacted && !options.out && !options.json)
    throw new UserError(
      '--redact needs --out <place> or --json: beside the run it would replace the reports of the run',
    );
  const store = await openStore(place);
  const run = await runIn(store, options.run);
  const whole = await readReport(store, run);
  const report = isRedacted ? await redactedWith(whole, options.redactKey) : whole;
  if (options.json) return void process.stdout.write(findingsJson(report));
  const target = options.out ? await openStore(options.out) : store;
  const keyOf = (name: string) => (options.out ? name : keys.report(run, name));
  const files = [...reportFiles(report), ...(await chosenFiles(report, options.formats))];
  for (const { name, body, contentType } of files) await target.put(keyOf(name), body, contentType);
  process.stdout.write(terminalSummary(report, { page: `${target.url}/${keyOf('index.html')}` }));
}

async function redactedWith(report: Report, keyFile: string | undefined): Promise<Report> {
  const [{ redacted }, { redactKey }] = await Promise.all([import('../report/redact.ts'), import('./redact-key.ts')]);
  return redacted(report, await redactKey(keyFile));
}
