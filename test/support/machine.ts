import { readFile } from 'node:fs/promises';
import { StateMachine } from 'aws-local-stepfunctions';
import type { Store } from '../../lib/store/store.ts';

type Definition = ConstructorParameters<typeof StateMachine>[0];
type Handler = (payload: any) => Promise<unknown>;
export interface Steps {
  readonly Plan: Handler;
  readonly Collect: Handler;
  readonly Evaluate: Handler;
  readonly Publish: Handler;
}

export const text = await readFile(new URL('../../infra/audit.asl.json', import.meta.url), 'utf8');
export const definition = JSON.parse(
  text
    .replaceAll('${InvokeFunction}', 'arn:aws:states:::lambda:invoke')
    .replaceAll('${ReadObject}', 'arn:aws:states:::s3:getObject')
    .replaceAll('${WriteObject}', 'arn:aws:states:::s3:putObject'),
) as Definition & { readonly States: Readonly<Record<string, any>> };

/** The runner has no ItemReader: before each map a state of its own reads the items, and the map is told where they are. */
function runnable(): Definition {
  const states: Record<string, unknown> = {};
  const readerOf = (name: string) => (definition.States[name]?.ItemReader ? `Read ${name}` : name);
  for (const [name, state] of Object.entries(definition.States)) {
    const { ItemReader: reader, ResultWriter: _, ...own } = state;
    const next = own.Next && { Next: readerOf(own.Next) };
    states[name] = { ...own, ...next, ...(reader && { ItemsPath: '$.read' }) };
    if (!reader) continue;
    const parameters = { FunctionName: 'items', Payload: reader.Parameters };
    states[readerOf(name)] = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: parameters,
      ResultSelector: { 'items.$': '$.Payload' },
      ResultPath: '$.reading',
      Next: `Take ${name}`,
    };
    states[`Take ${name}`] = { Type: 'Pass', InputPath: '$.reading.items', ResultPath: '$.read', Next: name };
  }
  return { ...definition, States: states } as Definition;
}

export interface Execution {
  readonly output: unknown;
  /** What each step was called with. */
  readonly calls: Readonly<Record<keyof Steps, unknown[]>>;
}

/** Runs the state machine on this machine; the items come from the store. */
export async function execute(steps: Steps, store: Pick<Store, 'get'>, name: string): Promise<Execution> {
  const calls = {
    Plan: [] as unknown[],
    Collect: [] as unknown[],
    Evaluate: [] as unknown[],
    Publish: [] as unknown[],
  };
  const handlers = Object.entries(steps).map(([step, handler]: [string, Handler]) => [
    step,
    async (input: unknown) => {
      const { Payload } = plain(input) as { Payload: unknown };
      calls[step as keyof Steps].push(Payload);
      return { Payload: plain((await handler(Payload)) ?? null) };
    },
  ]);
  const read = async (input: any) => {
    const body = await store.get(input.Payload.Key);
    return { Payload: JSON.parse(Buffer.from(body!).toString()) };
  };
  const machine = new StateMachine(runnable(), { validationOptions: { checkArn: false } });
  const { result } = machine.run(
    {},
    {
      context: { Execution: { Name: name } },
      overrides: {
        taskResourceLocalHandlers: {
          ...Object.fromEntries(handlers),
          'Read CollectAll': read,
          'Read EvaluateAll': read,
        },
        retryIntervalOverrides: { Plan: 0, Collect: [0, 0], Evaluate: [0, 0], Publish: 0 },
      },
    },
  );
  return { output: await result, calls };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
