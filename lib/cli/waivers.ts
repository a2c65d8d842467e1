import { statusOf, WARN_DAYS, type WaiverStatus } from '../core/waivers.ts';
import { jsonText } from '../report/text.ts';
import { waiversText } from '../report/waivers.ts';
import type { RunHeader } from '../run/model.ts';
import { readJson } from '../run/stored.ts';
import { openStore } from '../store/open.ts';
import { keys } from '../store/store.ts';
import type { Product } from './program.ts';
import { runIn } from '../run/runs.ts';
import { configOf, placeOf } from './scope.ts';

interface WaiversOptions {
  readonly in?: string;
  readonly run?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** What somebody has to act on comes first. */
const ORDER: readonly WaiverStatus[] = ['outlived', 'expired', 'expiring', 'unused', 'active'];

/** Prints the waivers of a run with what became of them. */
export async function waiversCommand(options: WaiversOptions, product: Product): Promise<void> {
  const config = await configOf(options.config, product.checks);
  const store = await openStore(placeOf(options.in, config));
  const run = await runIn(store, options.run);
  const header = await readJson<RunHeader>(store, keys.report(run, 'run.json'));
  const now = new Date();
  const warnDays = config.waivers?.warnDays ?? header.warnDays ?? WARN_DAYS;
  const waivers = header.waivers
    .map((use) => ({ status: statusOf(use, now, warnDays), ...use }))
    .toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  const isPartial = Object.keys(header.scope.filters).length > 0;
  process.stdout.write(
    options.json
      ? `${jsonText({ ...run, isPartial, waivers }, 2)}\n`
      : waiversText(waivers, { run: run.run, isPartial }),
  );
}
