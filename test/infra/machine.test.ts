import { readFile } from 'node:fs/promises';
// @ts-expect-error The package has no types.
import validate from 'asl-validator';
import { StateMachine } from 'aws-local-stepfunctions';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handler as collect } from '../../functions/collect.ts';
import { handler as evaluate } from '../../functions/evaluate.ts';
import { handler as plan } from '../../functions/plan.ts';
import { handler as publish } from '../../functions/publish.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { root } from './_stack.ts';

// Before the logger is made.
vi.hoisted(() => (process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'));

type Definition = ConstructorParameters<typeof StateMachine>[0];
type Handler = (payload: any) => Promise<unknown>;
interface Steps {
  readonly Plan: Handler;
  readonly Collect: Handler;
  readonly Evaluate: Handler;
  readonly Publish: Handler;
}

const text = await readFile(`${root}infra/audit.asl.json`, 'utf8');
const INVOKE = 'arn:aws:states:::lambda:invoke';
const definition = JSON.parse(text.replaceAll('${InvokeFunction}', INVOKE)) as Definition;

const EXECUTION = '8c2f41d0-77aa-4a8b-b5a2-2d9c4e1f0a63';
/** The runner gives executions the time of the machine; runs of these tests start at this one. */
const STARTED = '2026-11-22T02:07:31.412Z';

/** Runs the state machine on this machine; answers with its output and how often each step was called. */
async function execute(steps: Steps): Promise<{ output: unknown; calls: Record<string, unknown[]> }> {
  const calls: Record<string, unknown[]> = { Plan: [], Collect: [], Evaluate: [], Publish: [] };
  const handlers = Object.entries(steps).map(([name, step]: [string, Handler]) => [
    name,
    async (input: unknown) => {
      const { Payload } = JSON.parse(JSON.stringify(input)) as { Payload: unknown };
      calls[name]!.push(Payload);
      return { Payload: JSON.parse(JSON.stringify((await step(Payload)) ?? null)) as unknown };
    },
  ]);
  const machine = new StateMachine(definition, { validationOptions: { checkArn: false } });
  const { result } = machine.run(
    {},
    {
      context: { Execution: { Name: EXECUTION } },
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(handlers),
        retryIntervalOverrides: { Plan: 0, Collect: [0, 0], Evaluate: 0, Publish: 0 },
      },
    },
  );
  return { output: await result, calls };
}

const RUN = { date: '2026-11-22', run: '20261122T020731Z-8c2f41d0' };
const item = (region: string) => ({ run: RUN, region });
const stubs = (over: Partial<Steps> = {}): Steps => ({
  Plan: async () => ({ run: RUN, items: ['global', 'eu-west-1', 'us-east-1'].map(item) }),
  Collect: async ({ region }) => ({ region, rows: 3, gaps: 0 }),
  Evaluate: async ({ run }) => ({ run }),
  Publish: async ({ run }) => ({ run, failed: { high: 1 } }),
  ...over,
});
const failing = (name: string) => Object.assign(new Error('by design'), { name });

describe('the state machine', () => {
  it('is valid', () => {
    expect(validate(definition)).toMatchObject({ isValid: true });
    expect(validate({ ...definition, StartAt: 'Nowhere' })).toMatchObject({ isValid: false });
  });

  it('names every function by a substitution that the template makes', async () => {
    const used = new Set(text.matchAll(/\$\{(\w+)\}/g).map(([, name]) => name!));
    const template = await readFile(`${root}infra/state-machine.yml`, 'utf8');
    expect(used.size).toBe(5);
    for (const name of used) expect(template).toMatch(new RegExp(`^ {8}${name}: `, 'm'));
  });

  it('passes the execution to the plan, an item to each collect, and the run to the rest', async () => {
    const { output, calls } = await execute(stubs());
    expect(calls['Plan']).toEqual([
      { execution: EXECUTION, startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) },
    ]);
    expect(calls['Collect']).toEqual(['global', 'eu-west-1', 'us-east-1'].map(item));
    expect(calls['Evaluate']).toEqual([{ run: RUN }]);
    expect(calls['Publish']).toEqual([{ run: RUN }]);
    expect(output).toEqual({ run: RUN, failed: { high: 1 } });
  });

  it.each([
    ['Lambda.TooManyRequestsException', 6],
    ['Error', 3],
  ])('an item that fails with %s is tried %i times and then left out; the run goes on', async (name, times) => {
    const { output, calls } = await execute(
      stubs({
        Collect: async ({ region }) => {
          if (region === 'eu-west-1') throw failing(name);
          return { region, rows: 3, gaps: 0 };
        },
      }),
    );
    expect(calls['Collect']!.filter((payload) => (payload as { region: string }).region === 'eu-west-1')).toHaveLength(
      times,
    );
    expect(calls['Collect']).toHaveLength(times + 2);
    expect(calls['Evaluate']).toHaveLength(1);
    expect(output).toMatchObject({ run: RUN });
  });

  it.each(['Plan', 'Evaluate', 'Publish'] as const)(
    '%s is tried four times, and then the run has failed',
    async (step) => {
      let tried = 0;
      const fails = async () => {
        tried += 1;
        throw failing('Error');
      };
      await expect(execute(stubs({ [step]: fails }))).rejects.toThrow('by design');
      expect(tried).toBe(4);
    },
  );

  it('a step that succeeds at last does not fail the run', async () => {
    let tried = 0;
    const { output } = await execute(
      stubs({
        Publish: async ({ run }) => {
          tried += 1;
          if (tried < 4) throw failing('Error');
          return { run };
        },
      }),
    );
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
    });
  });
  afterAll(() => emulator.close());

  const json = (key: string) => JSON.parse(emulator.objects.get(`${bucket}/${key}`)!.body.toString());

  it('a report appears in the bucket and one message on the topic, also when steps are repeated', async () => {
    const { output, calls } = await execute(steps);
    expect(output).toMatchObject({ run: RUN });
    const folder = `runs/date=${RUN.date}/run=${RUN.run}`;
    const header = json(`${folder}/run.json`);
    expect(json('latest.json')).toEqual(header);
    expect(header.summary.statuses.FAIL).toBeGreaterThan(0);
    expect(header.scope.regions).toHaveLength(calls['Collect']!.length - 1);
    expect(emulator.objects.has(`${bucket}/${folder}/index.html`)).toBe(true);
    expect(emulator.objects.has(`${bucket}/state/account=111122223333.json`)).toBe(true);
    expect(emulator.messages).toHaveLength(1);
    expect(emulator.stats().calls['sts:AssumeRole']).toBe(calls['Collect']!.length + 1);

    await evaluate({ run: RUN });
    await publish({ run: RUN }, context);
    expect(emulator.messages).toHaveLength(1);
    expect(json('latest.json').summary).toEqual(header.summary);
  });

  it('an item that dies becomes UNKNOWN, and the run completes', async () => {
    const { output } = await execute({
      ...steps,
      Plan: () => plan({ execution: 'ffffffff-died', startedAt: STARTED }),
      Collect: async (payload: { region: string }) => {
        if (payload.region === 'eu-west-1') throw failing('Sandbox.Timedout');
        return collect(payload as never, context);
      },
    });
    const { run } = output as { run: typeof RUN };
    expect(run.run).toBe('20261122T020731Z-ffffffff');
    const { summary } = json(`runs/date=${run.date}/run=${run.run}/run.json`);
    const whole = json(`runs/date=${RUN.date}/run=${RUN.run}/run.json`).summary;
    expect(summary.statuses.UNKNOWN).toBeGreaterThan(whole.statuses.UNKNOWN);
    expect(JSON.stringify(summary)).toContain('the step that collects this part did not finish');
  });
});
