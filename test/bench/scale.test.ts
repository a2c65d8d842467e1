import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountId } from '../emulator/generate.ts';
import { longRun, longSize, wrongIn } from './long.ts';
import { night, STEPS } from './night.ts';
import { sizeOf } from './organization.ts';
import { type Server, serve } from './server.ts';

/** Each step alone is a process that loads the code anew. */
const TIMEOUT_MS = 300_000;
const ACCOUNTS = 6;
const REGIONS = 2;
const SOME = { users: 4, roles: 6, buckets: 6, instances: 12, securityGroups: 4, snapshots: 6, databases: 2, vpcs: 4 };

let server: Server | undefined;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-scale-'));
});
afterAll(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

it(
  'a small organization goes through the night, each step in less memory than its function has',
  async () => {
    server = await serve({ ...sizeOf(ACCOUNTS, REGIONS), largest: SOME });
    const { header, phases, sizes, alerts, s3 } = await night(server, { accounts: ACCOUNTS, concurrency: 8, folder });
    expect(header.scope.accounts).toEqual(Array.from({ length: ACCOUNTS }, (_, n) => accountId(n)));
    expect(phases.collect.steps).toBe(ACCOUNTS * (REGIONS + 2));
    expect(phases.evaluate.steps).toBe(ACCOUNTS);
    for (const step of STEPS)
      for (const { megabytes, memory } of phases[step].alone) expect(megabytes).toBeLessThan(memory);
    expect(header.accounts.every(({ summary }) => summary.statuses.FAIL > 10)).toBe(true);
    expect(header.accounts[1]!.summary.statuses.FAIL).toBe(Math.max(...header.accounts.map(failed)));
    expect(header.summary.gaps).toEqual([]);
    expect(phases.collect.calls).toBe(header.calls.reduce((sum, { calls }) => sum + calls, 0) - phases.plan.calls);
    expect(s3.puts).toBeGreaterThan(phases.collect.steps);
    expect(sizes['index.html']).toBeGreaterThan(10_000);
    expect(alerts.length).toBe(1);
  },
  TIMEOUT_MS,
);

const failed = ({ summary }: { readonly summary: { readonly statuses: { readonly FAIL: number } } }) =>
  summary.statuses.FAIL;

it(
  'a long account is read whole in steps that have too little time for it',
  async () => {
    server?.close();
    const wanted = { instances: 160, buckets: 10, snapshots: 1200 };
    server = await serve(longSize(wanted, REGIONS));
    const run = await longRun(server, wanted, { given: 8000 });
    expect(wrongIn(run)).toEqual([]);
    expect(run.items.find(({ region }) => region === 'us-east-1')!.parts).toBeGreaterThan(1);
  },
  TIMEOUT_MS,
);
