import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import { checks } from '../../checks/index.ts';
import type { CallCount } from '../../lib/aws/counts.ts';
import { resources } from '../../checks/resources.ts';
import { deadlinesOf } from '../../lib/run/lambda.ts';
import type { RunHeader } from '../../lib/run/model.ts';
import { collectStep, type ItemKey } from '../../lib/run/steps/collect.ts';
import { type AccountKey, evaluateStep } from '../../lib/run/steps/evaluate.ts';
import type { PlanKeys } from '../../lib/run/steps/plan.ts';
import { putJson, readJson, readJsonIfAny } from '../../lib/run/stored.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { keys, type RunKey, type Store } from '../../lib/store/store.ts';
import { accountId } from '../emulator/generate.ts';
import type { Stats } from '../emulator/server.ts';
import { alone, functionMemory, type Measured } from './alone.ts';
import { BUCKET, keptEntrances, REGION, useStack } from './organization.ts';
import type { Server } from './server.ts';

/** What a Lambda function has. */
const TIMEOUT_MS = 900_000;
/** Of S3's lists. */
const PAGE = 1000;

export const STEPS = ['plan', 'collect', 'evaluate', 'publish'] as const;
type Step = (typeof STEPS)[number];

export interface Alone extends Measured {
  readonly what: string;
  /** Of the function, in MB. */
  readonly memory: number;
}
/** One step over everything. */
export interface Phase {
  /** How often the step ran. */
  readonly steps: number;
  /** Seconds of so many of them that ran together: those that a night in the same folder had finished before are not in it. */
  readonly seconds: number;
  readonly timed: number;
  /** Those that ran alone. */
  readonly alone: readonly Alone[];
  /** To the report bucket. */
  readonly requests: Requests;
  /** To AWS, the report bucket and the roles' own apart. */
  readonly calls: number;
}
interface Requests {
  readonly puts: number;
  readonly gets: number;
  readonly lists: number;
}
export interface Night {
  readonly accounts: number;
  readonly phases: Readonly<Record<Step, Phase>>;
  readonly header: RunHeader;
  /** To the report bucket, in all. */
  readonly s3: Requests;
  /** Bytes of what the run left, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Bytes of each alert. */
  readonly alerts: readonly number[];
  readonly objects: number;
  readonly megabytes: number;
}
export interface NightOptions {
  readonly accounts: number;
  readonly concurrency: number;
  /** Where the run is kept. Steps that an earlier night in it has finished are not repeated. */
  readonly folder: string;
  readonly say?: (text: string) => void;
}

/**
 * A night over the organisation that a server describes. The plan, the largest collects, the largest account and the report run alone,
 * each in a process as small as its function and against the bucket; the others run at the stack's concurrency in this process, against
 * a folder, and their requests to the store are counted.
 */
export async function night(server: Server, options: NightOptions): Promise<Night> {
  useStack(server.endpoint);
  const { accounts, folder } = options;
  const kept = folderStore(folder);
  const large = accountId(1);
  const isLarge = ({ account, region }: ItemKey) => account === large && (region === REGION || region === 'global');
  const event = { execution: 'scale000', startedAt: new Date().toISOString() };

  const phases: Partial<Record<Step, Phase>> = {};
  async function phase(step: Step, work: (turn: Turn) => Promise<void>): Promise<void> {
    phases[step] =
      (await readJsonIfAny<Phase>(kept, `${step}.json`)) ?? (await worked({ ...options, server, kept, step }, work));
    await putJson(kept, `${step}.json`, phases[step]);
  }
  const planned = () => phases.plan!.alone[0]!.answer as PlanKeys;

  await phase('plan', ({ alone }) => alone(`${accounts} accounts`, event, []));
  const { run } = planned();
  const items = await readJson<ItemKey[]>(kept, planned().items);
  const judged = await readJson<AccountKey[]>(kept, planned().accounts);
  await phase('collect', async ({ alone, together }) => {
    const entrances = keptEntrances();
    const ordinary = items.filter((item) => !isLarge(item));
    const work = (store: Store, item: ItemKey) => collected({ store, entrances }, item);
    await together(ordinary, work, (item) => finished(kept, item));
    for (const item of items.filter(isLarge))
      await alone(item.region === 'global' ? 'the largest account, what is account-wide' : 'the largest Region', item, [
        keys.report(run, 'plan.json'),
      ]);
  });
  await phase('evaluate', async ({ alone, together }) => {
    const ordinary = judged.filter(({ account }) => account !== large);
    await together(ordinary, (store, key) => evaluateStep({ store, checks }, key));
    const needed = [large, accountId(0)].map((account) => keys.inventoryOf(run, account));
    await alone('the largest account', { run, account: large }, [
      ...needed,
      keys.report(run, 'plan.json'),
      keys.report(run, `calls/account=${large}/`),
    ]);
  });
  await phase('publish', async ({ alone }) => {
    const needed = ['account=', 'state/', 'plan.json', 'calls/plan.json'].map((name) => keys.report(run, name));
    const calls = judged.map(({ account }) => keys.report(run, `calls/account=${account}.json`));
    await alone(`${accounts} accounts`, { run }, [...needed, ...calls, keys.findingsOf(run)]);
  });
  return {
    accounts,
    phases: phases as Record<Step, Phase>,
    header: await readJson<RunHeader>(kept, keys.report(run, 'run.json')),
    s3: total(STEPS.map((step) => phases[step]!.requests)),
    ...(await left(kept, run)),
    ...(await stored(folder)),
  };
}

interface Turn {
  /** Runs a function in a process of its own, against a bucket that has what lies below the prefixes. */
  readonly alone: (what: string, event: unknown, needed: readonly string[]) => Promise<void>;
  readonly together: <K>(
    all: readonly K[],
    run: (store: Store, key: K) => Promise<unknown>,
    before?: (key: K) => Promise<Done | undefined>,
  ) => Promise<void>;
}
/** What a step has asked that an earlier night has finished. */
interface Done {
  readonly requests: Requests;
  readonly calls: number;
}

/** An item is finished when its calls are counted: that is stored last. It reads the plan, and writes each object once. */
async function finished(kept: Store, { run, account, region }: ItemKey): Promise<Done | undefined> {
  const counts = await readJsonIfAny<CallCount[]>(kept, keys.report(run, `calls/account=${account}/${region}-1.json`));
  if (!counts) return undefined;
  const own = await kept.list(keys.inventory(run, account, region, ''));
  const calls = counts.reduce((sum, { calls: made }) => sum + made, 0);
  return { requests: { puts: own.length + 1, gets: 1, lists: 0 }, calls };
}

async function worked(
  { server, kept, step, concurrency, say = () => {} }: NightOptions & { server: Server; kept: Store; step: Step },
  work: (turn: Turn) => Promise<void>,
): Promise<Phase> {
  const memory = functionMemory()[step]!;
  const bucket = s3Store(BUCKET);
  const { store, requests } = counted(kept);
  const ran: Alone[] = [];
  let seconds = 0;
  let steps = 0;
  let timed = 0;
  let calls = 0;
  const before = await server.stats();
  await work({ alone: runAlone, together: runTogether });
  calls += callsIn(await server.stats()) - callsIn(before);
  return { steps, seconds, timed, alone: ran, requests, calls };

  async function runAlone(what: string, event: unknown, needed: readonly string[]): Promise<void> {
    await copied(kept, bucket, needed);
    const earlier = await server.stats();
    const measured = await alone(step, event, memory);
    add(requests, earlier, await server.stats());
    await copied(bucket, kept, ['']);
    await server.forget();
    steps += 1;
    ran.push({ what, memory, ...measured });
    say(`${step}, alone: ${what}: ${measured.seconds.toFixed(1)} s, ${measured.megabytes.toFixed(0)} of ${memory} MB`);
  }
  async function runTogether<K>(
    all: readonly K[],
    run: (store: Store, key: K) => Promise<unknown>,
    doneBefore: (key: K) => Promise<Done | undefined> = async () => undefined,
  ): Promise<void> {
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    const one = async (key: K) => {
      const done = await doneBefore(key);
      steps += 1;
      if (done) {
        for (const kind of ['puts', 'gets', 'lists'] as const) requests[kind] += done.requests[kind];
        calls += done.calls;
        return;
      }
      await run(store, key);
      timed += 1;
      if (steps % 500 === 0) say(`${step}: ${steps} of ${all.length} after ${elapsed().toFixed(0)} s`);
    };
    await pMap(all, one, { concurrency });
    seconds += elapsed();
    say(`${step}: ${all.length} together: ${elapsed().toFixed(0)} s`);
  }
}

const S3_OBJECTS = { puts: 's3:PutObject', gets: 's3:GetObject', lists: 's3:ListObjectsV2' } as const;

/** What was asked of AWS, without the report bucket and entering the accounts. */
function callsIn({ requests, calls }: Stats): number {
  const own = [...Object.values(S3_OBJECTS), 'sts:AssumeRole', 'sns:Publish'];
  return requests - own.reduce((sum, operation) => sum + (calls[operation] ?? 0), 0);
}

/** Every part of an item, as the state machine goes on. */
export async function collected(
  to: Pick<Parameters<typeof collectStep>[0], 'store' | 'entrances'>,
  item: ItemKey,
  { given = TIMEOUT_MS, say = () => {} }: { readonly given?: number; readonly say?: (text: string) => void } = {},
): Promise<{ readonly parts: number; readonly rows: number; readonly gaps: number }> {
  let rows = 0;
  let gaps = 0;
  for (let key = item; ;) {
    const deadlines = deadlinesOf({ getRemainingTimeInMillis: () => given });
    const { isDone, ...done } = await collectStep({ ...to, resources, ...deadlines }, key);
    ({ rows, gaps } = done);
    if (!isDone) say(`${key.region}: part ${key.part}, ${rows} rows so far`);
    if (isDone) return { parts: key.part, rows, gaps };
    const { run, account, region, part } = done;
    key = { run, account, region, part };
  }
}

type Counting = { -readonly [name in keyof Requests]: Requests[name] };

/** A store whose requests are counted as S3 would count them. */
function counted(store: Store): { readonly store: Store; readonly requests: Counting } {
  const requests = { puts: 0, gets: 0, lists: 0 };
  return {
    requests,
    store: {
      url: store.url,
      put(...put) {
        requests.puts += 1;
        return store.put(...put);
      },
      get(key) {
        requests.gets += 1;
        return store.get(key);
      },
      async list(prefix) {
        const found = await store.list(prefix);
        requests.lists += Math.max(1, Math.ceil(found.length / PAGE));
        return found;
      },
    },
  };
}

function total(all: readonly Requests[]): Requests {
  const sum = (kind: keyof Requests) => all.reduce((count, requests) => count + requests[kind], 0);
  return { puts: sum('puts'), gets: sum('gets'), lists: sum('lists') };
}

/** What an emulator counted between two moments. */
function add(requests: Counting, before: Stats, after: Stats): void {
  for (const kind of ['puts', 'gets', 'lists'] as const)
    requests[kind] += (after.calls[S3_OBJECTS[kind]] ?? 0) - (before.calls[S3_OBJECTS[kind]] ?? 0);
}

async function copied(from: Store, to: Store, prefixes: readonly string[]): Promise<void> {
  const all = await pMap(prefixes, (prefix) => from.list(prefix), { concurrency: 20 });
  const copy = async (key: string) => to.put(key, (await from.get(key))!, 'application/octet-stream');
  await pMap(all.flat(), copy, { concurrency: 20 });
}

const NAMES = ['plan.json', 'items.json', 'run.json', 'findings.json', 'findings.csv', 'index.html'];

async function left(store: Store, run: RunKey): Promise<Pick<Night, 'sizes' | 'alerts'>> {
  const size = async (key: string) => (await store.get(key))?.byteLength ?? 0;
  const sizes = await Promise.all([...NAMES.map((name) => keys.report(run, name)), keys.latest].map(size));
  const alerts = await store.list(keys.report(run, 'alerts/'));
  return {
    sizes: Object.fromEntries([...NAMES, 'latest.json'].map((name, index) => [name, sizes[index]!])),
    alerts: await Promise.all(alerts.map(size)),
  };
}

async function stored(folder: string): Promise<{ readonly objects: number; readonly megabytes: number }> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await pMap(files, async ({ parentPath, name }) => (await stat(join(parentPath, name))).size, {
    concurrency: 20,
  });
  return { objects: files.length, megabytes: sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20 };
}
