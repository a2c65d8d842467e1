import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** What a step took that ran alone. */
export interface Measured {
  readonly answer: unknown;
  readonly seconds: number;
  /** Seconds of CPU. */
  readonly cpu: number;
  /** The most that the process ever held, in MB of 2^20 bytes. */
  readonly megabytes: number;
  /** What it held once its code was loaded. */
  readonly idle: number;
}

/** What the heap is not: code, stacks, buffers. */
const BESIDE_HEAP_MB = 200;

/** The memory that serverless.yml gives to each function, in MB. */
export function functionMemory(): Readonly<Record<string, number>> {
  const path = fileURLToPath(new URL('../../serverless.yml', import.meta.url));
  const { provider, functions } = parse(readFileSync(path, 'utf8'), {
    logLevel: 'silent',
    customTags: ['Ref', 'GetAtt', 'Sub', 'Select', 'Split', 'If', 'Equals', 'Not'].flatMap((name) => [
      { tag: `!${name}`, resolve: (text: string) => text },
      { tag: `!${name}`, collection: 'seq' as const },
    ]),
  }) as { provider: { memorySize: number }; functions: Record<string, { memorySize?: number }> };
  return Object.fromEntries(
    Object.entries(functions).map(([name, { memorySize }]) => [name, memorySize ?? provider.memorySize]),
  );
}

/** Runs a function's handler in a process whose heap is smaller than the function's memory. Throws where it does not come to its end. */
export async function alone(name: string, event: unknown, memory: number): Promise<Measured> {
  const child = fork(new URL('./step.ts', import.meta.url), [name, JSON.stringify(event)], {
    execArgv: [`--max-old-space-size=${memory - BESIDE_HEAP_MB}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said: Buffer[] = [];
  child.stderr!.on('data', (text: Buffer) => said.push(text));
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Measured));
    child.once('exit', (code, signal) =>
      reject(new Error(`${name} ended with ${code ?? signal}: ${Buffer.concat(said).toString().slice(-2000)}`)),
    );
  });
}
