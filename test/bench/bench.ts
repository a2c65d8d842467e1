// How fast, how many calls, and whether the targets are met. See USAGE.
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { importTimes, keyOf, measure, type Result, type Scenario } from './measure.ts';
import { documentOf, told, verdicts } from './print.ts';
import { deviation, type Results } from './targets.ts';
import { MEASURED, type Measured, type Name } from './worlds.ts';

const USAGE = `Usage: npm run bench -- [ACCOUNT ...] [options]
  Without an account, everything: some ten minutes on an idle machine.
${Object.entries(MEASURED)
  .map(([name, { what }]) => `  ${name}  ${what}`)
  .join('\n')}
  import  how long the code of the function that collects takes to load
Options:
  --latency MS    round trip of every call in ms, or "world" (default: those that targets are set for)
  --throttle      buckets of 100 calls, refilled with 20 a second, per operation and Region
  --runs N        (default 5; large accounts fewer)
  --json FILE     write all figures there
  --write         write docs/performance.json and docs/performance.md; what is not measured now stays as it was`;

/** What the targets speak of. */
const ALL: readonly Omit<Scenario, 'runs'>[] = [
  { name: 'E', latency: 0 },
  { name: 'S', latency: 0 },
  { name: 'S', latency: 20 },
  { name: 'S', latency: 100 },
  { name: 'S', latency: 'world' },
  { name: 'M', latency: 20, isJudged: true },
  { name: 'T', latency: 20 },
  { name: 'T', latency: 20, isThrottled: true },
  { name: 'L', latency: 0 },
  { name: 'O', latency: 20 },
  { name: 'B', latency: 0 },
];
const RUNS = 5;
const DOCUMENT = new URL('../../docs/performance.md', import.meta.url);
const FIGURES = new URL('../../docs/performance.json', import.meta.url);
const NOTES = new URL('./notes.md', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    latency: { type: 'string' },
    runs: { type: 'string' },
    throttle: { type: 'boolean', default: false },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) console.log(USAGE);
else await bench();

async function bench(): Promise<void> {
  const measured: Record<string, Result> = {};
  for (const scenario of chosen()) {
    const result = await measure(scenario, (text) => console.error(text));
    console.log(told(result));
    measured[keyOf(scenario)] = result;
  }
  const hasImports = positionals.length === 0 || positionals.includes('import');
  const results: Results = {
    scenarios: measured,
    ...(hasImports && { imports: await importTimes(Number(values.runs ?? RUNS)) }),
  };
  console.log(verdicts(results));
  if (values.json) await writeFile(values.json, JSON.stringify(results, null, 2));
  if (values.write) await write(results);
  if (Object.values(measured).some((result) => deviation(result) > 0 || result.lost[2] > 0)) process.exitCode = 1;
}

function chosen(): Scenario[] {
  const names = positionals.filter((name) => name !== 'import');
  const unknown = names.find((name) => !Object.hasOwn(MEASURED, name));
  if (unknown) throw new Error(`no account is called ${unknown}\n${USAGE}`);
  const { latency, throttle } = values;
  const isOwn = latency !== undefined || throttle;
  const scenarios = isOwn
    ? (names as Name[]).map((name) => ({ name, latency: latencyOf(latency ?? '20'), isThrottled: throttle }))
    : ALL.filter(({ name }) => positionals.length === 0 || names.includes(name));
  return scenarios.map((scenario) => ({ ...scenario, runs: runsOf(scenario.name) }));
}

function latencyOf(text: string): number | 'world' {
  return text === 'world' ? text : Number(text);
}

function runsOf(name: Name): number {
  const { runs = RUNS }: Measured = MEASURED[name];
  return Number(values.runs ?? runs);
}

/** Adds what was measured to what is on record. */
async function write(results: Results): Promise<void> {
  const recorded = JSON.parse(await readFile(FIGURES, 'utf8').catch(() => '{"scenarios":{}}')) as Results;
  const both = { ...recorded.scenarios, ...results.scenarios };
  const known = [...ALL.map((scenario) => keyOf({ ...scenario, runs: RUNS })), ...Object.keys(both)];
  const all: Results = {
    ...recorded,
    ...results,
    scenarios: Object.fromEntries([...new Set(known)].flatMap((key) => (both[key] ? [[key, both[key]]] : []))),
  };
  const machine = {
    cores: cpus().length,
    model: cpus()[0]!.model.trim(),
    memory: totalmem(),
    node: process.versions.node,
    version: (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
      .version,
  };
  await put(FIGURES, JSON.stringify(all));
  await put(DOCUMENT, documentOf(all, machine, (await readFile(NOTES, 'utf8')).trim()));
}

async function put(url: URL, text: string): Promise<void> {
  const path = fileURLToPath(url);
  await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
