// An organisation of a thousand accounts, and an account of long lists. See USAGE.
import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { readJson } from '../../lib/run/stored.ts';
import type { ItemKey } from '../../lib/run/steps/collect.ts';
import type { PlanKeys } from '../../lib/run/steps/plan.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { keys } from '../../lib/store/store.ts';
import { accountId } from '../emulator/generate.ts';
import { hasChromium } from '../report/_browser.ts';
import { longRun, longSize, wrongIn } from './long.ts';
import { night } from './night.ts';
import { opened } from './opened.ts';
import { sizeOf } from './organization.ts';
import { itemSeconds } from './pace.ts';
import { type Scale, scaleDocument } from './scale-document.ts';
import { serve } from './server.ts';

const USAGE = `Usage: npm run scale -- [options]
  Half an hour and more on an idle machine, longer on a busy one.
  --accounts N      (default 1000)
  --regions N       (default 17)
  --instances N --buckets N --snapshots N
                    the account of long lists (default 20000, 5000 and 50000)
  --given MS        what each of its steps is given (default 20000)
  --folder FOLDER   keep the organisation's run there; steps that it has finished are not repeated
  --only organization|long
  --write           write docs/scale.md, as far as it was measured`;

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '1000' },
    regions: { type: 'string', default: '17' },
    instances: { type: 'string', default: '20000' },
    buckets: { type: 'string', default: '5000' },
    snapshots: { type: 'string', default: '50000' },
    given: { type: 'string', default: '20000' },
    folder: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});

const CONCURRENCY = 50;
/** An ordinary account whose items are collected over the world. */
const ORDINARY = 2;
const DOCUMENT = fileURLToPath(new URL('../../docs/scale.md', import.meta.url));
const FIGURES = fileURLToPath(new URL('../../docs/scale.json', import.meta.url));

const say = (text: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

if (values.help) console.log(USAGE);
else await run();

async function run(): Promise<void> {
  const measured: Scale = {
    ...(values.only !== 'long' && { organization: await organization() }),
    ...(values.only !== 'organization' && { long: await long() }),
  };
  const all = { ...(await earlier()), ...measured };
  const text = await format(scaleDocument(all), { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
  console.log(text);
  if (!values.write) return;
  await writeFile(FIGURES, await format(JSON.stringify(all), { ...(await resolveConfig(FIGURES)), parser: 'json' }));
  await writeFile(DOCUMENT, text);
}

async function earlier(): Promise<Scale> {
  return readFile(FIGURES, 'utf8').then(
    (text) => JSON.parse(text) as Scale,
    () => ({}),
  );
}

async function organization(): Promise<NonNullable<Scale['organization']>> {
  const [accounts, regions] = [Number(values.accounts), Number(values.regions)];
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'ronda-scale-'));
  say(`the run is kept in ${folder}`);
  const server = await serve(sizeOf(accounts, regions));
  try {
    const { header, phases, ...figures } = await night(server, { accounts, concurrency: CONCURRENCY, folder, say });
    const kept = folderStore(folder);
    const { run: key, items } = phases.plan.alone[0]!.answer as PlanKeys;
    const all = await readJson<ItemKey[]>(kept, items);
    const own = all.filter(({ account }) => account === accountId(ORDINARY));
    const seconds = await itemSeconds(server, { kept, run: key, items: own });
    const page = (await kept.get(keys.report(key, 'index.html')))!;
    return {
      ...machine(),
      ...figures,
      regions,
      concurrency: CONCURRENCY,
      phases: {
        plan: withoutAnswers(phases.plan),
        collect: withoutAnswers(phases.collect),
        evaluate: withoutAnswers(phases.evaluate),
        publish: withoutAnswers(phases.publish),
      },
      statuses: header.summary.statuses,
      checks: header.checks.length,
      itemSeconds: seconds,
      ...(hasChromium && { page: await opened(page, 'bucket') }),
    };
  } finally {
    server.close();
  }
}

function withoutAnswers<P extends { readonly alone: readonly { readonly answer: unknown }[] }>(phase: P): P {
  return { ...phase, alone: phase.alone.map((one) => ({ ...one, answer: undefined })) };
}

async function long(): Promise<NonNullable<Scale['long']>> {
  const { instances, buckets, snapshots, given, regions } = values;
  const wanted = { instances: Number(instances), buckets: Number(buckets), snapshots: Number(snapshots) };
  const server = await serve(longSize(wanted, Number(regions)));
  try {
    const run = await longRun(server, wanted, { given: Number(given), say });
    const wrong = wrongIn(run);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    const { header, evaluate, publish, ...figures } = run;
    return {
      ...machine(),
      ...figures,
      statuses: header.summary.statuses,
      evaluate: { ...evaluate, answer: undefined },
      publish: { ...publish, answer: undefined },
    };
  } finally {
    server.close();
  }
}

/** Where and when it was measured, and how busy the machine was besides. */
function machine(): Pick<NonNullable<Scale['long']>, 'date' | 'machine'> {
  const [one] = cpus();
  const cores = `${cpus().length} ${cpus().length === 1 ? 'core' : 'cores'}`;
  const load = loadavg().map((number) => number.toFixed(1));
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cores} of ${one!.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, load at the end ${load.join(' ')}`,
  };
}
