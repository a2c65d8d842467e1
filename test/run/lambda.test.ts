import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployment } from '../../lib/run/deployment.ts';
import { deadlinesOf } from '../../lib/run/lambda.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { checks, useEmulator } from '../support/audited.ts';

const BUCKET = 'ronda-reports-111122223333';
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', REPORT_BUCKET: BUCKET });
});
afterAll(() => emulator.close());

it('without a configuration in the bucket, every check runs', async () => {
  expect((await deployment(checks)).checks).toHaveLength(checks.length);
});

it.each([
  ['the whole of a function', 900_000, 20],
  ['what is left of it after a slow start', 899_873, 20],
  ['a minute that no division leaves whole', 59_999, 300],
  ['hardly anything', 1, 18_000_000],
])('a step knows when to stop, given %s', (_name, milliseconds, parts) => {
  const deadlines = deadlinesOf({ getRemainingTimeInMillis: () => milliseconds });
  expect(deadlines.parts).toBe(parts);
  expect([deadlines.pause.aborted, deadlines.deadline.aborted]).toEqual([false, false]);
});

it('a mistake in it names the object, line and key, and nothing runs', async () => {
  await s3Store(BUCKET).put('config/ronda.yml', 'skip: [kms-*]\nfailon: high\n', 'application/yaml');
  await expect(deployment(checks)).rejects.toThrow(`s3://${BUCKET}/config/ronda.yml:2: failon: is no key`);
});
