// One audit of what the environment points at, measured from within.
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderStore } from '../../lib/store/folder.ts';
import { newRunKey } from '../../lib/store/store.ts';
import { audited } from '../support/audited.ts';

const folder = await mkdtemp(join(tmpdir(), 'ronda-bench-'));
const before = process.cpuUsage();
const started = performance.now();
const { header } = await audited({
  store: folderStore(folder),
  run: newRunKey(new Date()),
  now: () => new Date(),
  region: 'us-east-1',
});
const { user, system } = process.cpuUsage(before);
const { PASS, FAIL, SKIP, UNKNOWN } = header.summary.statuses;
process.send?.({
  seconds: (performance.now() - started) / 1000,
  cpu: (user + system) / 1e6,
  megabytes: process.resourceUsage().maxRSS / 1024,
  findings: PASS + FAIL + SKIP + UNKNOWN,
  unknown: UNKNOWN,
});
await rm(folder, { recursive: true });
process.disconnect?.();
