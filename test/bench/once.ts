// One run over what the environment points at, measured from within; the process's start is not counted: node test/bench/once.ts TASK-JSON
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromEnv } from '@aws-sdk/credential-providers';
import { resources } from '../../checks/resources.ts';
import { sessionFor } from '../../lib/aws/clients.ts';
import { callCounts } from '../../lib/aws/counts.ts';
import { wantedOf } from '../../lib/aws/items.ts';
import { selectionOf } from '../../lib/aws/permissions.ts';
import { whoAmI } from '../../lib/aws/plan.ts';
import { evaluate, type Inventory } from '../../lib/core/evaluate.ts';
import type { Row } from '../../lib/core/model.ts';
import { collectItem } from '../../lib/run/collect.ts';
import { evaluateAccount } from '../../lib/run/evaluate.ts';
import { storedInventory } from '../../lib/run/inventory.ts';
import { itemsOf } from '../../lib/run/items.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { regionsOf } from '../../lib/run/plan.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { ndjson } from '../../lib/store/ndjson.ts';
import { keys, type RunKey } from '../../lib/store/store.ts';
import { accountId } from '../emulator/generate.ts';
import { audited, checks } from '../support/audited.ts';
import { keptEntrances, REGION } from './organization.ts';
import type { Ran, Task } from './task.ts';

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const run: RunKey = { date: '2026-01-01', run: '20260101T000000Z-bench0' };
const USER_DATA = new Set(['userData', 'passwordLogins']);
const chosen = checks.filter(
  ({ needs }) => !task.isWithoutUserData || !(needs as readonly string[]).some((facet) => USER_DATA.has(facet)),
);

type Statuses = Report['header']['summary']['statuses'];
const NOTHING: Statuses = { PASS: 0, FAIL: 0, SKIP: 0, UNKNOWN: 0 };

const folder = task.inventory ?? (await mkdtemp(join(tmpdir(), 'ronda-bench-')));
const store = folderStore(folder);
const account = accountId(0);
const before = process.cpuUsage();
const started = performance.now();
const statuses = await worked();
const { user, system } = process.cpuUsage(before);
const ran: Ran = {
  seconds: (performance.now() - started) / 1000,
  cpu: (user + system) / 1e6,
  megabytes: process.resourceUsage().maxRSS / 1024,
  findings: Object.values(statuses).reduce((sum, count) => sum + count, 0),
  unknown: statuses.UNKNOWN,
  digest: await digestOf(await accountsJudged()),
  speeds: task.evaluations ? await speeds(task.evaluations) : [],
};
if (!task.inventory) await rm(folder, { recursive: true });
process.send?.(ran);
process.disconnect?.();

async function worked(): Promise<Statuses> {
  if (task.step === 'collect') {
    await collected();
    return NOTHING;
  }
  if (task.step === 'judge') {
    const inventory = await storedInventory(store, run, account);
    return (await evaluateAccount(account, inventory, { store, run, checks: chosen, now: new Date() })).summary
      .statuses;
  }
  const report = await audited({
    store,
    run,
    checks: chosen,
    now: () => new Date(),
    region: REGION,
    keepsInventory: task.evaluations !== undefined,
    ...(task.isOrganization && { member: keptEntrances().member }),
  });
  return report.header.summary.statuses;
}

/** As the steps of a stack do, all of them in one process. */
async function collected(): Promise<void> {
  const session = sessionFor({ credentials: fromEnv(), counts: callCounts() });
  const { partition } = await whoAmI(session, REGION);
  const { regions } = await regionsOf(session, { account, partition }, []);
  const to = { store, run, resources, now: () => new Date() };
  const items = itemsOf(wantedOf(selectionOf(chosen), resources), { account, regions }, { partition, home: account });
  await Promise.all(items.map((item) => collectItem(item, session, to)));
}

async function accountsJudged(): Promise<string[]> {
  const found = await store.list(keys.findingsOf(run));
  return found.flatMap((key) => /account=(\d+)\.ndjson/.exec(key)?.[1] ?? []);
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
  const inventory = await inMemory(await storedInventory(store, run, account));
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
  const keyOf = (type: string, region: string) => `${type} ${region}`;
  for (const { type, region } of cells) kept.set(keyOf(type, region), await Array.fromAsync(rows(type, region)));
  return {
    cells,
    rows: (type, region) =>
      region === undefined
        ? cells.filter((cell) => cell.type === type).flatMap((cell) => kept.get(keyOf(type, cell.region))!)
        : kept.get(keyOf(type, region))!,
  };
}
