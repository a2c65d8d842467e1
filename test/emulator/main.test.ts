import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Starts the command and waits until it has said how to use it. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout) {
    output += chunk as string;
    if (output.includes('AWS_REGION')) break;
  }
  const endpoint = /export AWS_ENDPOINT_URL=(\S+)/.exec(output)?.[1] ?? '';
  const client = new IAMClient({
    region: 'eu-west-1',
    endpoint,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  const stop = async () => {
    client.destroy();
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { output, aliases: () => client.send(new ListAccountAliasesCommand({})), stop };
}

describe('npm run emulator', { timeout: 120_000 }, () => {
  it('serves the example until it is interrupted', async () => {
    const { output, aliases, stop } = await start();
    expect(output).toContain('export AWS_ENDPOINT_URL_S3_CONTROL=http://localhost:');
    expect((await aliases()).AccountAliases).toEqual(['harbour-production']);
    expect(await stop()).toBe(0);
  });
  it('serves an account of the benchmark', async () => {
    const { aliases, stop } = await start('--size', 'E', '--throttle');
    expect((await aliases()).AccountAliases).toEqual([]);
    expect(await stop()).toBe(0);
  });
  it('serves a file with a profile and denials', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
    writeFileSync(
      join(folder, 'world.json'),
      JSON.stringify({ accounts: { '123456789012': { iam: { Aliases: ['other'] } } } }),
    );
    writeFileSync(join(folder, 'profile.json'), JSON.stringify({ latency: 1 }));
    const { aliases, stop } = await start(
      '--file',
      join(folder, 'world.json'),
      '--profile',
      join(folder, 'profile.json'),
      '--deny',
      'iam:List*',
    );
    await expect(aliases()).rejects.toThrow('iam:ListAccountAliases');
    expect(await stop()).toBe(0);
  });
});
