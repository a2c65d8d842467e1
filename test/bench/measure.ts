import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile } from '../emulator/profile.ts';
import type { Stats } from '../emulator/server.ts';
import { type Floor, floorOf } from './floor.ts';
import { account, formula } from './formula.ts';
import { useStack } from './organization.ts';
import { serve, type Server } from './server.ts';
import type { Ran, Task } from './task.ts';
import type { ServiceTraffic } from './traffic.ts';
import { MEASURED, type Measured, type Name } from './worlds.ts';

/** What is measured: a world, and how AWS behaves. */
export interface Scenario {
  readonly name: Name;
  readonly latency: number | 'world';
  /** Token buckets of 100 that refill with 20 a second, per operation, Region and account. */
  readonly isThrottled?: boolean;
  readonly runs: number;
  /** Judges as often again in memory. */
  readonly isJudged?: boolean;
}

/** Minimum, median and maximum. */
export type Range = readonly [minimum: number, median: number, maximum: number];

export interface Line {
  readonly operations: string;
  /** By the formula. */
  readonly calls: number;
  readonly made: number;
  readonly why: string;
}

export interface Result {
  readonly scenario: Scenario;
  readonly at: string;
  /** The machine's load when it began. */
  readonly load: number;
  /** Calls by line of the formula, of the last run. */
  readonly lines: readonly Line[];
  readonly unforeseen: readonly string[];
  readonly calls: number;
  readonly throttled: number;
  readonly connections: number;
  readonly mostInFlight: number;
  readonly services: Readonly<Record<string, ServiceTraffic>>;
  readonly seconds: Range;
  readonly cpu: Range;
  readonly megabytes: Range;
  readonly findings: Range;
  /** Of judging alone, per second. */
  readonly speeds?: Range;
  /** UNKNOWN, which in these worlds is an answer that was lost. */
  readonly lost: Range;
  /** The same for all runs, where all found the same. */
  readonly digests: readonly string[];
  readonly floor: Floor;
  /** Of wall time to the floor. */
  readonly ratio: Range;
  /** Judging what was collected, in a process of its own. */
  readonly judging?: { readonly seconds: Range; readonly megabytes: Range };
}

export const keyOf = ({ name, latency, isThrottled }: Scenario): string =>
  `${name} ${latency}${isThrottled ? ' throttled' : ''}`;

/** Runs a scenario, each run in a process of its own, against an emulator in another. */
export async function measure(scenario: Scenario, say: (text: string) => void = () => {}): Promise<Result> {
  const measured: Measured = MEASURED[scenario.name];
  const profile: Profile = {
    latency: scenario.latency,
    ...(scenario.isThrottled && { throttle: { '*': [100, 20] as const } }),
  };
  const at = new Date().toISOString();
  const load = loadavg()[0]!;
  const server = await serve(scenario.name, profile);
  useStack(server.endpoint);
  const inventory = measured.isWithoutUserData ? await mkdtemp(join(tmpdir(), 'ronda-bench-')) : undefined;
  const task: Task = {
    ...measured,
    ...(inventory && { inventory }),
    ...(scenario.isJudged && { evaluations: scenario.runs }),
  };
  const runs: Ran[] = [];
  const judged: Ran[] = [];
  try {
    for (let turn = 1; turn <= scenario.runs; turn += 1) {
      server.reset();
      runs.push(await ran({ ...task, ...(inventory && { step: 'collect' }) }));
      if (inventory) judged.push(await ran({ ...task, step: 'judge' }));
      const { seconds, cpu, megabytes } = runs.at(-1)!;
      say(`${keyOf(scenario)}: ${seconds.toFixed(2)} s, CPU ${cpu.toFixed(2)} s, ${megabytes.toFixed(0)} MB`);
    }
    return {
      scenario,
      at,
      load,
      ...(await summed(server, scenario, profile, runs, judged)),
      ...(inventory && { judging: judging(judged) }),
    };
  } finally {
    server.close();
    if (inventory) await rm(inventory, { recursive: true });
  }
}

async function summed(
  server: Server,
  { name }: Scenario,
  profile: Profile,
  runs: readonly Ran[],
  judged: readonly Ran[],
) {
  const measured: Measured = MEASURED[name];
  const judges = judged.length > 0 ? judged : runs;
  const stats: Stats = await server.stats();
  const traffic = await server.traffic();
  await server.setProfile({});
  const { milliseconds } = await child<{ milliseconds: number }>('./sdk.ts', []);
  const { lines, unforeseen } = account(traffic.calls, formula({ ...measured, world: measured.world() }));
  const floor = floorOf(traffic, profile, stats.requests, milliseconds);
  const speeds = runs.flatMap((run) => run.speeds);
  const seconds = rangeOf(runs.map((run) => run.seconds));
  return {
    lines: lines.map(({ calls, made, why, operations }) => ({ operations: operations.source, calls, made, why })),
    unforeseen,
    calls: stats.requests,
    throttled: stats.throttled,
    connections: stats.connections,
    mostInFlight: stats.maxInFlight,
    services: traffic.services,
    seconds,
    cpu: rangeOf(runs.map((run) => run.cpu)),
    megabytes: rangeOf(runs.map((run) => run.megabytes)),
    findings: rangeOf(judges.map((run) => run.findings)),
    lost: rangeOf(judges.map((run) => run.unknown)),
    digests: [...new Set(judges.map((run) => run.digest))],
    ...(speeds.length > 0 && { speeds: rangeOf(speeds) }),
    floor,
    ratio: seconds.map((one) => one / Math.max(...Object.values(floor))) as unknown as Range,
  };
}

const judging = (runs: readonly Ran[]) => ({
  seconds: rangeOf(runs.map((run) => run.seconds)),
  megabytes: rangeOf(runs.map((run) => run.megabytes)),
});

export function rangeOf(values: readonly number[]): Range {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
}

const ran = (task: Task): Promise<Ran> =>
  child<Ran>('./once.ts', [JSON.stringify(task)], task.heap ? heapOf(task.heap) : []);

/** As a small function has it: the default young generation alone may take 48 MB. */
const heapOf = (megabytes: number) => [`--max-old-space-size=${megabytes}`, '--max-semi-space-size=4'];

/** What a script of this folder says in a process of its own. Throws where it says nothing. */
async function child<Answer>(
  script: string,
  args: readonly string[],
  execArgv: readonly string[] = [],
): Promise<Answer> {
  const process: ChildProcess = fork(new URL(script, import.meta.url), args, { execArgv: [...execArgv] });
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    process.once('message', (message) => (answer = message as Answer));
    process.once('exit', (code) =>
      answer ? resolve(answer) : reject(new Error(`${script} ended with ${code} and no answer`)),
    );
  });
}

/** How long the code of the function that collects takes to load in a fresh process, in ms. */
export async function importTimes(runs: number): Promise<Range> {
  const { bundleFunctions } = await import('../../infra/build.ts');
  await bundleFunctions();
  const times: number[] = [];
  for (let turn = 0; turn < runs; turn += 1)
    times.push((await child<{ milliseconds: number }>('./import.ts', [])).milliseconds);
  return rangeOf(times);
}
