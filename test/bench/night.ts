import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import { checks } from '../../checks/index.ts';
import { resources } from '../../checks/resources.ts';
import { deadlinesOf } from '../../lib/run/lambda.ts';
import type { RunHeader } from '../../lib/run/model.ts';
import { collectStep, type ItemKey } from '../../lib/run/steps/collect.ts';
import { type AccountKey, evaluateStep } from '../../lib/run/steps/evaluate.ts';
import type { PlanKeys } from '../../lib/run/steps/plan.ts';
import { readJson } from '../../lib/run/stored.ts';
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
  readonly step: Step;
  readonly what: string;
  /** Of the function, in MB. */
  readonly memory: number;
}
export interface Night {
  readonly run: RunKey;
  readonly accounts: number;
  readonly items: number;
  readonly header: RunHeader;
  readonly seconds: Readonly<Record<Step, number>>;
  readonly alone: readonly Alone[];
  /** Bytes of what the run left, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Bytes of each alert. */
  readonly alerts: readonly number[];
  /** Requests to the report bucket, and objects in it. */
  readonly s3: Requests & { readonly objects: number; readonly megabytes: number };
}
interface Requests {
  readonly puts: number;
  readonly gets: number;
  readonly lists: number;
}
export interface NightOptions {
  readonly accounts: number;
  readonly concurrency: number;
  /** Where what is not run alone is kept. */
  readonly folder: string;
  readonly say?: (text: string) => void;
}

/**
 * A night over the organisation that a server describes. The plan, the largest collects, the largest account and the report run alone,
 * each in a process as small as its function and against the bucket; the others run at the stack's concurrency in this process, against
 * a folder, and their requests to the store are counted.
 */
export async function night(server: Server, { accounts, concurrency, folder, say = () => {} }: NightOptions): Promise<Night> {
  useStack(server.endpoint);
  const memory = functionMemory();
  const bucket = s3Store(BUCKET);
  const { store, requests } = counted(folderStore(folder));
  const ran: Alone[] = [];
  const seconds = { plan: 0, collect: 0, evaluate: 0, publish: 0 };

  async function runAlone(step: Step, what: string, event: unknown): Promise<unknown> {
    const before = await server.stats();
    const measured = await alone(step, event, memory[step]!);
    add(requests, before, await server.stats());
    seconds[step] += measured.seconds;
    ran.push({ step, what, memory: memory[step]!, ...measured });
    say(`${step} of ${what}, alone: ${measured.seconds.toFixed(1)} s, ${measured.megabytes.toFixed(0)} of ${memory[step]} MB`);
    return measured.answer;
  }
  async function runTogether<K>(step: Step, all: readonly K[], run: (key: K) => Promise<unknown>): Promise<void> {
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    let done = 0;
    const one = async (key: K) => {
      await run(key);
      done += 1;
      if (done % 500 === 0) say(`${step}: ${done} of ${all.length} after ${elapsed().toFixed(0)} s`);
    };
    await pMap(all, one, { concurrency });
    seconds[step] += elapsed();
  }

  const event = { execution: 'scale000', startedAt: new Date().toISOString() };
  const { run, ...planned } = (await runAlone('plan', `${accounts} accounts`, event)) as PlanKeys;
  await copied(bucket, folderStore(folder), [keys.report(run, '')]);
  const items = await readJson<ItemKey[]>(bucket, planned.items);
  const judged = await readJson<AccountKey[]>(bucket, planned.accounts);

  const large = accountId(1);
  const isLarge = ({ account, region }: ItemKey) => account === large && (region === REGION || region === 'global');
  const entrances = keptEntrances();
  await runTogether('collect', items.filter((item) => !isLarge(item)), (item) => collected({ store, entrances }, item));
  for (const item of items.filter(isLarge))
    await runAlone('collect', item.region === 'global' ? 'the largest account, what is account-wide' : 'the largest region', item);

  await runTogether('evaluate', judged.filter(({ account }) => account !== large), (key) => evaluateStep({ store, checks }, key));
  await copied(folderStore(folder), bucket, [
    ...[large, accountId(0)].map((account) => keys.inventoryOf(run, account)),
    keys.report(run, ''),
    keys.findingsOf(run),
  ]);
  await runAlone('evaluate', 'the largest account', { run, account: large });
  await runAlone('publish', `${accounts} accounts`, { run });
  return {
    run,
    accounts,
    items: items.length,
    header: await readJson<RunHeader>(bucket, keys.report(run, 'run.json')),
    seconds,
    alone: ran,
    ...(await left(bucket, run)),
    s3: { ...requests, ...(await stored(folder)) },
  };
}

/** Every part of an item, as the state machine goes on. */
export async function collected(
  to: Pick<Parameters<typeof collectStep>[0], 'store' | 'entrances'>,
  item: ItemKey,
  milliseconds: number = TIMEOUT_MS,
): Promise<{ readonly parts: number; readonly rows: number; readonly gaps: number }> {
  let rows = 0;
  let gaps = 0;
  for (let key = item; ; ) {
    const deadlines = deadlinesOf({ getRemainingTimeInMillis: () => milliseconds });
    const { isDone, ...done } = await collectStep({ ...to, resources, ...deadlines }, key);
    ({ rows, gaps } = done);
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

/** What an emulator counted between two moments. */
function add(requests: Counting, before: Stats, after: Stats): void {
  const made = (operation: string) => (after.calls[operation] ?? 0) - (before.calls[operation] ?? 0);
  requests.puts += made('s3:PutObject');
  requests.gets += made('s3:GetObject');
  requests.lists += made('s3:ListObjectsV2');
}

async function copied(from: Store, to: Store, prefixes: readonly string[]): Promise<void> {
  const all = await Promise.all(prefixes.map((prefix) => from.list(prefix)));
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
  const sizes = await pMap(files, async ({ parentPath, name }) => (await stat(join(parentPath, name))).size, { concurrency: 20 });
  return { objects: files.length, megabytes: sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20 };
}
