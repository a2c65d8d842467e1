import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { resources } from '../../checks/resources.ts';
import { membersEntrance } from '../../lib/aws/credentials.ts';
import type { Cell } from '../../lib/core/model.ts';
import type { Entrances } from '../../lib/run/entrances.ts';
import {
  assumedSizes,
  type Forecast,
  forecast,
  MEMORY,
  type PlannedRun,
  storedSizes,
  TRANSITIONS,
} from '../../lib/run/forecast.ts';
import type { RunHeader } from '../../lib/run/model.ts';
import { costOf, PRICES } from '../../lib/run/prices.ts';
import { publishStep } from '../../lib/run/publish.ts';
import { collectStep, type ItemKey } from '../../lib/run/steps/collect.ts';
import { evaluateStep } from '../../lib/run/steps/evaluate.ts';
import { planStep } from '../../lib/run/steps/plan.ts';
import { readPlan } from '../../lib/run/stored.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import type { Store } from '../../lib/store/store.ts';
import { WORLDS } from '../bench/worlds.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { useEmulator } from '../support/audited.ts';
import { root } from '../infra/_stack.ts';

const RUN = { date: '2026-11-22', run: 'r1' };
const NEVER = new AbortController().signal;

interface Requests {
  puts: number;
  gets: number;
  lists: number;
}

/** A store that counts what it is asked for. */
function counting(): { readonly store: Store; readonly asked: Requests } {
  const base = memoryStore();
  const asked = { puts: 0, gets: 0, lists: 0 };
  const store: Store = {
    url: base.url,
    put: (...of) => ((asked.puts += 1), base.put(...of)),
    get: (key) => ((asked.gets += 1), base.get(key)),
    list: (prefix) => ((asked.lists += 1), base.list(prefix)),
  };
  return { store, asked };
}

interface Ran {
  readonly planned: PlannedRun;
  readonly items: number;
  readonly header: RunHeader;
  readonly cells: readonly Cell[];
  readonly asked: Requests;
  readonly bytes: number;
  readonly requests: number;
}

/** One night, step by step, as the stack runs it. */
async function ran(emulator: Emulator, entrances: Entrances): Promise<Ran> {
  const { store, asked } = counting();
  const json = async <V>(key: string) => JSON.parse(Buffer.from((await store.get(key))!).toString()) as V;
  const startedAt = '2026-11-22T02:00:00.000Z';
  const run = { run: RUN, startedAt, region: 'eu-west-1', regions: [] };
  const plan = await planStep({ store, entrances, types: resources, checks, ...run });
  const before = asked.gets;
  const items = await json<ItemKey[]>(plan.items);
  const accounts = await json<ItemKey[]>(plan.accounts);
  asked.gets = before;
  for (const item of items) await collectStep({ store, resources, entrances, pause: NEVER, deadline: NEVER }, item);
  for (const account of accounts) await evaluateStep({ store, checks }, account);
  const { header } = await publishStep(store, RUN, { tool: 'ronda test', checks, send: async () => {} });
  const done = { ...asked };
  const keys = await store.list('');
  const bodies = await Promise.all(keys.map((key) => store.get(key)));
  const cells = await Promise.all(keys.filter((key) => key.endsWith('/_cells.json')).map((key) => json<Cell[]>(key)));
  return {
    planned: await readPlan(store, RUN),
    items: items.length,
    header,
    cells: cells.flat(),
    asked: done,
    bytes: bodies.reduce((sum, body) => sum + body!.length, 0),
    requests: emulator.stats().requests,
  };
}

const home = async () => ({ accessKeyId: 'x', secretAccessKey: 'x' });
const memberRole = { memberRole: 'ronda-scan', memberExternalId: 'the-id-of-the-stack' };
/** What the state machine itself asks of the bucket, and the configuration of each function, are no part of the steps. */
const beyondTheSteps = (accounts: number) => ({ writes: 2 * 4, reads: 2 + 2 * (2 + accounts) });
const callsOf = ({ calls }: RunHeader) => calls.reduce((sum, one) => sum + one.calls, 0);
const within = (share: number, made: number, expected: number) => {
  expect(expected).toBeGreaterThan(made * (1 - share));
  expect(expected).toBeLessThan(made * (1 + share));
};

describe.each<[string, string, () => Entrances]>([
  ['the example account', 'example', () => ({ home })],
  [
    'the example organisation',
    'example',
    () => ({ home, member: membersEntrance({ region: 'eu-west-1' }, memberRole) }),
  ],
  ['an empty account', 'E', () => ({ home })],
])('%s', { timeout: 60_000 }, (_name, world, entrances) => {
  let emulator: Emulator;
  let night: Ran;
  let expected: Forecast;
  const input = () => ({ planned: night.planned, resources, checks, concurrency: 50 });
  beforeAll(async () => {
    emulator = await startEmulator({ world: WORLDS[world]!() });
    useEmulator(emulator);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
    night = await ran(emulator, entrances());
    expected = forecast({ ...input(), sizes: storedSizes(night.cells) });
  });
  afterAll(() => emulator.close());

  it('takes as many items and states as planned', () => {
    expect(expected.items).toBe(night.items);
    const accounts = night.planned.accounts.length;
    expect(expected.transitions).toBe(4 + 4 * night.items + 2 * accounts);
    expect(expected.invocations).toBe(2 + night.items + accounts);
  });
  it('writes and reads the objects of the bucket that were foreseen', () => {
    const beyond = beyondTheSteps(night.planned.accounts.length);
    expect(expected.s3.objects).toBe(night.asked.puts);
    expect(expected.s3.writes - beyond.writes).toBe(night.asked.puts + night.asked.lists);
    expect(expected.s3.reads - beyond.reads).toBe(night.asked.gets);
    within(0.5, night.bytes, expected.s3.bytes);
  });
  it('makes the calls that were foreseen, by a tenth', () => within(0.1, callsOf(night.header), expected.calls));
  it('has the findings that were foreseen, by a tenth', () => {
    const { PASS, FAIL, SKIP, UNKNOWN } = night.header.summary.statuses;
    within(0.1, PASS + FAIL + SKIP + UNKNOWN, expected.findings);
  });
  it('makes the calls of the run before again', () => {
    const before = { planned: night.planned, checks, calls: night.header.calls, findings: 7 };
    const again = forecast({ ...input(), sizes: storedSizes(night.cells), before });
    expect(again.scale).toBe(1);
    expect(again.calls).toBe(callsOf(night.header));
    expect(again.findings).toBe(7);
  });
  it('foresees from nothing what an empty account takes', () => {
    const { calls, s3 } = forecast({ ...input(), sizes: assumedSizes(night.planned.accounts) });
    expect(calls).toBeLessThanOrEqual(expected.calls);
    if (world === 'E') expect([calls, s3.objects]).toEqual([expected.calls, expected.s3.objects]);
  });
});

const account = (id: string, regions: readonly string[] = ['eu-west-1', 'us-east-1']) => ({ account: id, regions });
const wanted = [
  { type: 'AWS::S3::Bucket', scope: 'global', facets: ['policy', 'versioning'] },
  { type: 'AWS::EC2::Instance', scope: 'regional', facets: ['userData'] },
] as const;
const some = checks.filter(({ id }) => id === 's3-bucket-versioning-enabled');
const plannedRun = (...accounts: PlannedRun['accounts']): PlannedRun => ({
  partition: 'aws',
  home: '111122223333',
  accounts,
  wanted,
});
const made = (planned: PlannedRun, over: Partial<Parameters<typeof forecast>[0]> = {}) =>
  forecast({ planned, resources, checks: some, concurrency: 50, sizes: assumedSizes(planned.accounts), ...over });

describe('the arithmetic', () => {
  const one = plannedRun(account('111122223333'));
  const two = plannedRun(account('111122223333'), account('444455556666'));

  it('counts a list once, and what each resource takes', () => {
    const sizes = assumedSizes(one.accounts, { 'AWS::S3::Bucket': 60, 'AWS::EC2::Instance': 100 });
    // Who, which regions, 1 list of buckets with 2 calls each, 2 lists of instances with 1 call each.
    expect(made(one, { sizes }).calls).toBe(2 + 1 + 2 * 60 + 2 + 100);
    expect(made(one).calls).toBe(2 + 1 + 2);
  });
  it('leaves out accounts that cannot be entered', () => {
    const closed = { reason: 'denied', operation: 'sts:AssumeRole', detail: 'no' } as const;
    const shut = plannedRun(account('111122223333'), { account: '444455556666', regions: [], closed });
    // It is known from the list of accounts, and judged as far as that goes.
    expect(made(shut)).toMatchObject({ accounts: 1, items: 3, calls: 5 + 1 });
    expect(made(shut).s3.objects).toBe(made(one).s3.objects + 2 + 4 + 1);
  });
  it('multiplies the run before by what is more', () => {
    const calls = [
      { service: 'ec2', region: 'us-east-1', operation: 'X', calls: 30, throttled: 0 },
      { service: 's3', region: 'us-east-1', operation: 'Y', calls: 600, throttled: 0 },
    ];
    const scaled = made(two, { before: { planned: one, checks: some, calls, findings: 5 } });
    expect(scaled.callsByService).toEqual([
      { service: 's3', calls: 1200 },
      { service: 'ec2', calls: 60 },
      // Nobody asked for it then.
      { service: 'organizations', calls: 1 },
    ]);
    expect(scaled.scale).toBeCloseTo(1261 / 630, 9);
  });
  it('leaves out the services that are not asked any more', () => {
    const calls = [
      { service: 's3', region: 'us-east-1', operation: 'X', calls: 600, throttled: 0 },
      { service: 'kms', region: 'us-east-1', operation: 'Y', calls: 600, throttled: 0 },
    ];
    const all = { ...one, wanted: [...wanted, { type: 'AWS::KMS::Key', scope: 'regional', facets: [] }] } as const;
    const before = { planned: all, checks: some, calls, findings: 0 };
    expect(made(one, { before }).callsByService).toEqual([{ service: 's3', calls: 600 }]);
    expect(made(all, { before }).calls).toBe(1200);
  });
  it('takes the average for accounts that were not read yet', () => {
    const cell = (region: string, type: string, rows: number) => ({ type, account: '111122223333', region, rows });
    const sizes = storedSizes([
      cell('global', 'AWS::S3::Bucket', 8),
      cell('eu-west-1', 'AWS::EC2::Instance', 6),
      cell('us-east-1', 'AWS::EC2::Instance', 0),
    ]);
    expect(sizes('AWS::S3::Bucket', '444455556666', 'global').rows).toBe(8);
    expect(sizes('AWS::EC2::Instance', '444455556666', 'eu-west-1').rows).toBe(6);
    expect(sizes('AWS::EC2::Instance', '444455556666', 'sa-east-1')).toEqual({ rows: 3, files: 0.5 });
    expect(sizes('AWS::EC2::VPC', '444455556666', 'sa-east-1').rows).toBe(1);
  });
  it('does not take for empty what could not be read', () => {
    const gap = { reason: 'denied', operation: 'sts:AssumeRole', detail: 'no' } as const;
    const sizes = storedSizes([
      { type: 'AWS::S3::Bucket', account: '111122223333', region: 'global', rows: 8 },
      { type: 'AWS::S3::Bucket', account: '444455556666', region: 'global', rows: 0, gap },
    ]);
    expect(sizes('AWS::S3::Bucket', '444455556666', 'global').rows).toBe(8);
  });
  it('waits for the rate at which EC2 is asked, and reads a long list in parts', () => {
    const sizes = assumedSizes(one.accounts, { 'AWS::EC2::Instance': 10_050 });
    const slow = made(one, { sizes });
    expect(slow.seconds.low).toBeGreaterThan(1000);
    expect(slow.invocations).toBe(made(one).invocations + 1);
    expect(slow.transitions).toBe(made(one).transitions + 2);
  });
  it('takes longer where less is done at the same time, and costs the same', () => {
    const [few, many] = [1, 50].map((concurrency) => made(two, { concurrency })) as [Forecast, Forecast];
    expect(few.seconds.high).toBeGreaterThan(many.seconds.high);
    expect(few.total).toEqual(many.total);
  });
  it('adds up its costs', () => {
    const { costs, total, transitions, events, elsewhere } = made(two);
    expect(total.low).toBeCloseTo(
      costs.reduce((sum, { dollars }) => sum + dollars.low, 0),
      12,
    );
    expect(total.low).toBeLessThan(total.high);
    expect(costs.find((cost) => cost.of === 'Step Functions')!.dollars.low).toBe((transitions * 0.025) / 1000);
    expect(elsewhere.furtherTrail).toBe((events * 2) / 100_000);
    // Each item enters its account, and so does planning.
    expect(events).toBe(made(two).calls + 6 + 2);
  });
});

describe('what the stack is', () => {
  it('its functions have the memory that is paid for', async () => {
    const text = await readFile(`${root}serverless.yml`, 'utf8');
    const byDefault = /^ {2}memorySize: (\d+)$/m.exec(text)![1];
    for (const [name, memory] of Object.entries(MEMORY)) {
      const block = new RegExp(`^  ${name}:\n((?: {4}.*\n)+)`, 'm').exec(text)![1]!;
      expect([name, Number(/memorySize: (\d+)/.exec(block)?.[1] ?? byDefault)]).toEqual([name, memory]);
    }
  });
  it('its machine has the states that are paid for', async () => {
    const { States } = JSON.parse(await readFile(`${root}infra/audit.asl.json`, 'utf8')) as Machine;
    expect(stepsOf({ StartAt: 'Plan', States })).toHaveLength(TRANSITIONS.run);
    // One more for the start of the execution that a distributed map gives each.
    expect(stepsOf(States['CollectAll']!.ItemProcessor!)).toHaveLength(TRANSITIONS.item - 1);
    expect(stepsOf(States['EvaluateAll']!.ItemProcessor!)).toHaveLength(TRANSITIONS.account - 1);
  });
  it('each price says where and when it was found', () => {
    for (const { source, asOf, per, dollars } of Object.values(PRICES)) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\/$/);
      expect(asOf).toMatch(/^20\d\d-\d\d$/);
      expect(costOf({ dollars, per }, per)).toBe(dollars);
    }
  });
});

interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, { Next?: string; Default?: string; ItemProcessor?: Machine }>>;
}
/** The states of a run in which all goes well. */
function stepsOf({ StartAt, States }: Machine): readonly string[] {
  const steps: string[] = [];
  for (let name: string | undefined = StartAt; name; name = States[name]!.Next ?? States[name]!.Default)
    steps.push(name);
  return steps;
}
