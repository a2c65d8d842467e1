import type { Row } from '../../lib/core/model.ts';
import { storedInventory } from '../../lib/run/inventory.ts';
import type { RunHeader } from '../../lib/run/model.ts';
import type { ItemKey } from '../../lib/run/steps/collect.ts';
import type { PlanKeys } from '../../lib/run/steps/plan.ts';
import { readJson } from '../../lib/run/stored.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { keys } from '../../lib/store/store.ts';
import { accountId, type OrganizationSize } from '../emulator/generate.ts';
import { alone, functionMemory, type Measured } from './alone.ts';
import { collected } from './night.ts';
import { BUCKET, keptEntrances, STACK_WORLD, useStack } from './organization.ts';
import type { Server } from './server.ts';

/** What the long account has of what there is most of, all in one Region or account-wide. */
export interface Long {
  readonly instances: number;
  readonly buckets: number;
  readonly snapshots: number;
}
const TYPES = { instances: 'AWS::EC2::Instance', buckets: 'AWS::S3::Bucket', snapshots: 'AWS::EC2::Snapshot' } as const;

export interface LongRun {
  readonly wanted: Long;
  /** Milliseconds that each step was given. */
  readonly given: number;
  readonly items: readonly {
    readonly region: string;
    readonly parts: number;
    readonly rows: number;
    readonly gaps: number;
    readonly seconds: number;
  }[];
  /** Resources that the inventory has, each once. */
  readonly found: Long;
  readonly evaluate: Measured;
  readonly publish: Measured;
  readonly header: RunHeader;
  readonly calls: number;
}

export function longSize(wanted: Long, regions: number): OrganizationSize {
  return {
    ...STACK_WORLD,
    accounts: 1,
    regions,
    busyRegions: 1,
    size: { ...wanted, securityGroups: 10, vpcs: regions + 1 },
  };
}

/** Collects an account of long lists although each step is given little time, and judges it. */
export async function longRun(
  server: Server,
  wanted: Long,
  { given, say = () => {} }: { given: number; say?: (text: string) => void },
): Promise<LongRun> {
  useStack(server.endpoint);
  const memory = functionMemory();
  const store = s3Store(BUCKET);
  const account = accountId(0);
  const planned = await alone('plan', { execution: 'long0000', startedAt: new Date().toISOString() }, memory['plan']!);
  const { run, items } = planned.answer as PlanKeys;
  const entrances = keptEntrances();
  const ran: LongRun['items'][number][] = [];
  for (const item of await readJson<ItemKey[]>(store, items)) {
    const started = performance.now();
    const done = await collected({ store, entrances }, item, { given, say });
    ran.push({ region: item.region, ...done, seconds: (performance.now() - started) / 1000 });
  }
  const found = await foundIn(await storedInventory(store, run, account));
  const evaluate = await alone('evaluate', { run, account }, memory['evaluate']!);
  say(`evaluate: ${evaluate.seconds.toFixed(0)} s, ${evaluate.megabytes.toFixed(0)} MB`);
  const publish = await alone('publish', { run }, memory['publish']!);
  say(`publish: ${publish.seconds.toFixed(0)} s, ${publish.megabytes.toFixed(0)} MB`);
  const header = await readJson<RunHeader>(store, keys.report(run, 'run.json'));
  const calls = header.calls.reduce((sum, { calls: own }) => sum + own, 0);
  return { wanted, given, items: ran, found, evaluate, publish, header, calls };
}

async function foundIn({ rows }: Awaited<ReturnType<typeof storedInventory>>): Promise<Long> {
  const count = async (type: string) => {
    const arns = new Set<string>();
    for await (const { identity } of rows(type) as AsyncIterable<Row>) arns.add(identity.arn);
    return arns.size;
  };
  const [instances, buckets, snapshots] = await Promise.all(Object.values(TYPES).map(count));
  return { instances: instances!, buckets: buckets!, snapshots: snapshots! };
}

/** What is worth saying wrong of a long run; nothing where it is whole. */
export function wrongIn({ wanted, found, items, header }: LongRun): readonly string[] {
  // The report bucket is one of the account's own.
  const expected = { ...wanted, buckets: wanted.buckets + STACK_WORLD.buckets.length };
  return [
    ...Object.entries(expected).flatMap(([name, count]) => {
      const read = found[name as keyof Long];
      return read === count ? [] : [`${read} of ${count} ${name} were read`];
    }),
    ...items.flatMap(({ region, gaps }) => (gaps > 0 ? [`${gaps} lists of ${region} have gaps`] : [])),
    ...(header.summary.statuses.UNKNOWN > 0
      ? [`${header.summary.statuses.UNKNOWN} verdicts are UNKNOWN: ${JSON.stringify(header.summary.gaps.slice(0, 3))}`]
      : []),
  ];
}
