// One run over what the environment points at, measured from within; the process's start is not counted: node test/bench/once.ts TASK-JSON
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate, type Inventory } from '../../lib/core/evaluate.ts';
import type { Row } from '../../lib/core/model.ts';
import { auditSaved } from '../../lib/run/audit.ts';
import { storedInventory } from '../../lib/run/inventory.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { ndjson } from '../../lib/store/ndjson.ts';
import { keys, type RunKey } from '../../lib/store/store.ts';
import { accountId } from '../emulator/generate.ts';
import { audited, checks } from '../support/audited.ts';
import { keptEntrances } from './organization.ts';
import type { Ran, Task } from './task.ts';

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const run: RunKey = { date: '2026-01-01', run: '20260101T000000Z-bench0' };
const USER_DATA = new Set(['userData', 'passwordLogins']);
const chosen = checks.filter(
  ({ needs }) => !task.isWithoutUserData || !(needs as readonly string[]).some((facet) => USER_DATA.has(facet)),
);

const folder = task.inventory ?? (await mkdtemp(join(tmpdir(), 'ronda-bench-')));
const store = folderStore(folder);
const before = process.cpuUsage();
const started = performance.now();
const { header } = await (task.isJudgingOnly ? judged() : collected());
const { user, system } = process.cpuUsage(before);
const { PASS, FAIL, SKIP, UNKNOWN } = header.summary.statuses;
const ran: Ran = {
  seconds: (performance.now() - started) / 1000,
  cpu: (user + system) / 1e6,
  megabytes: process.resourceUsage().maxRSS / 1024,
  findings: PASS + FAIL + SKIP + UNKNOWN,
  unknown: UNKNOWN,
  digest: await digestOf(header.scope.accounts),
  speeds: task.evaluations ? await speeds(task.evaluations) : [],
};
if (!task.inventory) await rm(folder, { recursive: true });
process.send?.(ran);
process.disconnect?.();

function collected(): Promise<Report> {
  return audited({
    store,
    run,
    checks: chosen,
    now: () => new Date(),
    region: 'us-east-1',
    keepsInventory: task.inventory !== undefined || task.evaluations !== undefined,
    ...(task.isOrganization && { member: keptEntrances().member }),
  });
}

/** Once more, from what was kept. */
function judged(): Promise<Report> {
  const options = { store, run, tool: 'ronda bench', checks: chosen, filters: {}, now: () => new Date() };
  return auditSaved({ ...options, isOnDemand: true }, store, { ...run, accounts: [accountId(0)], types: [] });
}

async function digestOf(accounts: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const account of accounts) {
    for await (const { id, status } of ndjson<StoredFinding>(store, keys.findings(run, account)))
      lines.push(`${id} ${status}`);
  }
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex').slice(0, 16);
}

async function speeds(times: number): Promise<number[]> {
  const inventory = await inMemory(await storedInventory(store, run, accountId(0)));
  const measured: number[] = [];
  // The first one is slower: the code is not compiled yet.
  for (let turn = 0; turn <= times; turn += 1) {
    let verdicts = 0;
    const from = performance.now();
    for await (const _ of evaluate(chosen, inventory, new Date())) verdicts += 1;
    if (turn > 0) measured.push(verdicts / ((performance.now() - from) / 1000));
  }
  return measured;
}

async function inMemory({ cells, rows }: Inventory): Promise<Inventory> {
  const kept = new Map<string, readonly Row[]>();
  for (const { type } of cells) if (!kept.has(type)) kept.set(type, await Array.fromAsync(rows(type)));
  return { cells, rows: (type) => kept.get(type) ?? [] };
}
