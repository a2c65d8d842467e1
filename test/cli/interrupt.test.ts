import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { RunHeader } from '../../lib/run/model.ts';
import { openStore } from '../../lib/store/open.ts';
import { startEmulator } from '../emulator/server.ts';
import { root } from '../infra/_stack.ts';

it('Ctrl+C keeps what was read, marked as incomplete, and leaves the nightly state alone', async () => {
  const emulator = await startEmulator();
  // Buckets are never answered: the run would wait for them.
  emulator.setProfile({ faults: [{ service: 's3', operation: 'ListBuckets', kind: 'hang' }] });
  const folder = await mkdtemp(join(tmpdir(), 'ronda-interrupt-'));
  const options = ['audit', '--checks', 's3-*', 'kms-*', '--regions', 'eu-west-1', '--out', folder];
  const run = spawn(process.execPath, ['functions/cli.ts', ...options], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_ENDPOINT_URL_S3_CONTROL: emulator.endpoint.replace('127.0.0.1', 'localhost'),
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'eu-west-1',
    },
  });
  const written = { out: '', err: '' };
  run.stdout.on('data', (text) => void (written.out += text));
  run.stderr.on('data', (text) => void (written.err += text));
  const asked = (operation: string) => emulator.requests.filter((one) => one.operation === operation).length;
  await vi.waitFor(() => expect(asked('GetKeyRotationStatus')).toBeGreaterThan(0), { timeout: 60_000, interval: 50 });
  run.kill('SIGINT');
  const [code] = (await once(run, 'close')) as [number];
  expect(written.err).toContain('stopping; what was read is judged and kept');
  expect(code).toBe(130);
  expect(written.out).toContain('stopped before the end');
  const store = await openStore(folder);
  const stored = await store.list('');
  const key = stored.find((one) => one.endsWith('/run.json'))!;
  const header = JSON.parse(Buffer.from((await store.get(key))!).toString()) as RunHeader;
  expect(header.isIncomplete).toBe(true);
  expect(header.summary.gaps.map(({ reason, operation }) => `${reason} ${operation}`)).toContain(
    'not-scanned s3:ListAllMyBuckets',
  );
  expect(stored.filter((one) => one.startsWith('state/') || one === 'latest.json')).toEqual([]);
  await Promise.all([emulator.close(), rm(folder, { recursive: true })]);
});
