import { readFile } from 'node:fs/promises';
// @ts-expect-error The package has no types.
import validate from 'asl-validator';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handler as collect } from '../../functions/collect.ts';
import { handler as evaluate } from '../../functions/evaluate.ts';
import { handler as plan } from '../../functions/plan.ts';
import { handler as publish } from '../../functions/publish.ts';
import type { CollectedPart, ItemKey } from '../../lib/run/steps/collect.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { definition, execute, type Steps, text } from '../support/machine.ts';
import { root } from './_stack.ts';

// Before the logger is made.
vi.hoisted(() => (process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'));

const EXECUTION = '8c2f41d0-77aa-4a8b-b5a2-2d9c4e1f0a63';
/** The runner gives executions the time of the machine; runs of these tests start at this one. */
const STARTED = '2026-11-22T02:07:31.412Z';
const RUN = { date: '2026-11-22', run: '20261122T020731412Z-8c2f41d0' };
const HOME = '111122223333';

describe('the state machine', () => {
  it('is valid', () => {
    expect(validate(definition)).toMatchObject({ isValid: true });
    expect(validate({ ...definition, StartAt: 'Nowhere' })).toMatchObject({ isValid: false });
  });

  it('names every function by a substitution that the template makes', async () => {
    const used = new Set(text.matchAll(/\$\{(\w+)\}/g).map(([, name]) => name!));
    const template = await readFile(`${root}infra/state-machine.yml`, 'utf8');
    expect(used.size).toBe(7);
    for (const name of used) expect(template).toMatch(new RegExp(`^ {8}${name}: `, 'm'));
  });

  it('keeps no result of an item in its state, and bounds how many run at once', () => {
    for (const name of ['CollectAll', 'EvaluateAll']) {
      const state = definition.States[name];
      expect(state).toMatchObject({
        ResultPath: null,
        MaxConcurrencyPath: '$.concurrency',
        ToleratedFailurePercentage: 100,
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      });
      expect(state.ItemReader.Parameters).toMatchObject({ 'Bucket.$': '$.bucket' });
      expect(state.ResultWriter.Parameters).toMatchObject({ 'Bucket.$': '$.bucket' });
    }
  });
});

const item = (account: string, region: string): ItemKey => ({ run: RUN, account, region, part: 1 });
const ITEMS = [item(HOME, 'global'), item(HOME, 'eu-west-1'), item('444455556666', 'eu-west-1')];
const ACCOUNTS = [HOME, '444455556666'].map((account) => ({ run: RUN, account }));

describe('steps', () => {
  const store = memoryStore();
  beforeAll(async () => {
    await store.put('items', JSON.stringify(ITEMS), 'application/json');
    await store.put('accounts', JSON.stringify(ACCOUNTS), 'application/json');
  });
  const done = (key: ItemKey): CollectedPart => ({ ...key, part: key.part + 1, isDone: true, rows: 3, gaps: 0 });
  const stubs = (over: Partial<Steps> = {}): Steps => ({
    Plan: async () => ({ run: RUN, items: 'items', accounts: 'accounts', bucket: 'b', concurrency: 2 }),
    Collect: async (key: ItemKey) => done(key),
    Evaluate: async (key) => key,
    Publish: async ({ run }) => ({ run, failed: { high: 1 } }),
    ...over,
  });
  const run = (over: Partial<Steps> = {}) => execute(stubs(over), store, EXECUTION);
  const failing = (name: string) => Object.assign(new Error('by design'), { name });

  it('passes the execution to the plan, an item to each collect, an account to each evaluate, and the run to publish', async () => {
    const { output, calls } = await run();
    expect(calls.Plan).toEqual([
      { execution: EXECUTION, startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) },
    ]);
    expect(calls.Collect).toEqual(ITEMS);
    expect(calls.Evaluate).toEqual(ACCOUNTS);
    expect(calls.Publish).toEqual([{ run: RUN }]);
    expect(output).toEqual({ run: RUN, failed: { high: 1 } });
  });

  it('collects a long item part by part', async () => {
    const { calls } = await run({
      Collect: async (key: ItemKey) => ({ ...done(key), isDone: key.region === 'global' || key.part === 3 }),
    });
    const parts = (account: string, region: string) =>
      (calls.Collect as ItemKey[])
        .filter((one) => one.account === account && one.region === region)
        .map(({ part }) => part);
    expect(parts(HOME, 'global')).toEqual([1]);
    expect(parts(HOME, 'eu-west-1')).toEqual([1, 2, 3]);
    expect(parts('444455556666', 'eu-west-1')).toEqual([1, 2, 3]);
  });

  it.each([
    ['Collect', 'Lambda.TooManyRequestsException', 6],
    ['Collect', 'Error', 3],
    ['Evaluate', 'Lambda.TooManyRequestsException', 6],
    ['Evaluate', 'Error', 3],
  ] as const)(
    'a %s that fails with %s is tried %i times and then left out; the run goes on',
    async (step, name, times) => {
      let tried = 0;
      const { output, calls } = await run({
        [step]: async (key: ItemKey) => {
          if (key.account !== HOME) {
            tried += 1;
            throw failing(name);
          }
          return done(key);
        },
      });
      expect(tried).toBe(times);
      expect(calls.Publish).toHaveLength(1);
      expect(output).toMatchObject({ run: RUN });
    },
  );

  it.each(['Plan', 'Publish'] as const)('%s is tried four times, and then the run has failed', async (step) => {
    let tried = 0;
    const fails = async () => {
      tried += 1;
      throw failing('Error');
    };
    await expect(run({ [step]: fails })).rejects.toThrow('by design');
    expect(tried).toBe(4);
  });

  it('a step that succeeds at last does not fail the run', async () => {
    let tried = 0;
    const { output } = await run({
      Publish: async ({ run: key }) => {
        tried += 1;
        if (tried < 4) throw failing('Error');
        return { run: key };
      },
    });
    expect(output).toEqual({ run: RUN });
  });
});

describe('with the real functions', { timeout: 60_000 }, () => {
  const context = { getRemainingTimeInMillis: () => 900_000 } as never;
  const steps: Steps = {
    Plan: ({ execution }) => plan({ execution, startedAt: STARTED }),
    Collect: (payload) => collect(payload, context),
    Evaluate: evaluate,
    Publish: (payload) => publish(payload, context),
  };
  const bucket = 'ronda-reports-111122223333';
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      REPORT_BUCKET: bucket,
      TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:ronda',
      SCAN_ROLE_ARN: 'arn:aws:iam::111122223333:role/ronda-scan',
      EXTERNAL_ID: 'the-id-of-the-stack',
      CONCURRENCY: '4',
      STACK: 'ronda-dev',
    });
  });
  afterAll(() => emulator.close());

  const started = (handlers: Steps, name = EXECUTION) => execute(handlers, s3Store(bucket), name);
  const json = (key: string) => JSON.parse(emulator.objects.get(`${bucket}/${key}`)!.body.toString());

  it('a report appears in the bucket and one message on the topic, also when steps are repeated', async () => {
    const { output, calls } = await started(steps);
    expect(output).toMatchObject({ run: RUN });
    const folder = `runs/date=${RUN.date}/run=${RUN.run}`;
    const header = json(`${folder}/run.json`);
    expect(json('latest.json')).toEqual(header);
    expect(header.summary.statuses.FAIL).toBeGreaterThan(0);
    expect(header.scope.regions).toHaveLength(calls.Collect.length - 1);
    expect(emulator.objects.has(`${bucket}/${folder}/index.html`)).toBe(true);
    expect(emulator.objects.has(`${bucket}/state/account=111122223333.ndjson.gz`)).toBe(true);
    expect(emulator.messages).toHaveLength(1);
    expect(emulator.stats().calls['sts:AssumeRole']).toBe(calls.Collect.length + 1);

    await evaluate({ run: RUN, account: HOME });
    await publish({ run: RUN }, context);
    expect(emulator.messages).toHaveLength(1);
    expect(json('latest.json').summary).toEqual(header.summary);
  });

  it('an item that dies becomes UNKNOWN, and the run completes', async () => {
    const { output } = await started({
      ...steps,
      Plan: () => plan({ execution: 'ffffffff-died', startedAt: STARTED }),
      Collect: async (payload: { region: string }) => {
        if (payload.region === 'eu-west-1') throw Object.assign(new Error('by design'), { name: 'Sandbox.Timedout' });
        return collect(payload as never, context);
      },
    });
    const { run } = output as { run: typeof RUN };
    expect(run.run).toBe('20261122T020731412Z-ffffffff');
    const { summary } = json(`runs/date=${run.date}/run=${run.run}/run.json`);
    const whole = json(`runs/date=${RUN.date}/run=${RUN.run}/run.json`).summary;
    expect(summary.statuses.UNKNOWN).toBeGreaterThan(whole.statuses.UNKNOWN);
    expect(JSON.stringify(summary)).toContain('the step that collects this part did not finish');
  });
});
