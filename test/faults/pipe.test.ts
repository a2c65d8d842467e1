import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const RONDA = new URL('../../functions/cli.ts', import.meta.url).pathname;

/** Runs ronda with a reader that takes the first piece and goes, as `head` does. */
async function readByHead(...args: string[]): Promise<{ code: number | null; signal: string | null; err: string }> {
  const child = spawn(process.execPath, [RONDA, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdout.destroy();
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return { code, signal, err };
}

it.each([
  [['checks']],
  [['checks', 'list', '--json']],
  [['checks', 'show', 's3-bucket-not-public']],
  [['role']],
  [['--help']],
])('ronda %j ends quietly when nobody reads it to its end', async (args) => {
  expect(await readByHead(...args)).toEqual({ code: 0, signal: null, err: '' });
});
