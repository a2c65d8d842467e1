import { describe, expect, it } from 'vitest';
import { check, fail, pass } from '../../lib/core/check.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Alert } from '../../lib/report/sns.ts';
import { evaluateAccount } from '../../lib/run/evaluate.ts';
import { publish, readReport } from '../../lib/run/publish.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { keys, type Store } from '../../lib/store/store.ts';
import { ACCOUNT, GAP, inventoryOf, rowOf } from '../support/inventory.ts';

const good: AnyCheck = check({
  id: 'test-good',
  title: 'Things are good',
  severity: 'high',
  why: 'Why.',
  fix: 'aws fix it',
  resource: 'Thing',
  evaluate: (({ good }: { good: boolean }) => (good ? pass('good') : fail('bad'))) as never,
} as never);
const scope = { partition: 'aws', accounts: [ACCOUNT], regions: ['r'], filters: {} };

/** One night: what is good and what is bad, and whether the list could be read. */
async function night(
  store: Store,
  day: number,
  things: Readonly<Record<string, boolean>>,
  options: { isBlind?: boolean; isOnDemand?: boolean; send?: (alert: Alert) => Promise<void> } = {},
) {
  const run = { date: `2026-01-0${day}`, run: `r${day}` };
  const now = new Date(`2026-01-0${day}T02:00:00Z`);
  const rows = Object.entries(things).map(([id, isGood]) => rowOf('Thing', id, 'r', { good: isGood }));
  const inventory = inventoryOf(rows, [{ type: 'Thing', region: 'r', ...(options.isBlind && { gap: GAP }) }]);
  const sent: Alert[] = [];
  const send = options.send ?? (async (alert: Alert) => void sent.push(alert));
  const step = {
    evaluate: () => evaluateAccount(ACCOUNT, inventory, { store, run, checks: [good], now }),
    publish: () =>
      publish({
        store,
        run,
        tool: 'ronda test',
        startedAt: now.toISOString(),
        now,
        scope,
        checks: [good],
        calls: [],
        send,
        isOnDemand: options.isOnDemand,
      }),
  };
  await step.evaluate();
  return { run, step, sent };
}
const changes = async (store: Store, run: { date: string; run: string }) =>
  (await readReport(store, run)).findings.map(({ resource, status, change }) => [resource.id, status, change]);

describe('night after night', () => {
  it('the first is a summary, the second speaks of what changed, the third is quiet', async () => {
    const store = memoryStore();
    const first = await night(store, 1, { a: false, b: true });
    await first.step.publish();
    expect(first.sent).toHaveLength(1);
    expect(await changes(store, first.run)).toEqual([
      ['a', 'FAIL', undefined],
      ['b', 'PASS', undefined],
    ]);

    const second = await night(store, 2, { a: true, b: false });
    await second.step.publish();
    expect(second.sent).toHaveLength(1);
    expect(await changes(store, second.run)).toEqual([
      ['a', 'PASS', 'resolved'],
      ['b', 'FAIL', 'new'],
    ]);

    const third = await night(store, 3, { a: true, b: false });
    await third.step.publish();
    expect(third.sent).toEqual([]);
    expect((await readReport(store, third.run)).findings[1]).toMatchObject({
      status: 'FAIL',
      firstSeen: '2026-01-02T02:00:00.000Z',
    });
  });

  it('what could not be seen is said, and is not new when it is seen again', async () => {
    const store = memoryStore();
    await (await night(store, 1, { a: false })).step.publish();
    const blind = await night(store, 2, {}, { isBlind: true });
    await blind.step.publish();
    expect(blind.sent).toHaveLength(1);
    const third = await night(store, 3, { a: false });
    await third.step.publish();
    expect(third.sent).toEqual([]);
  });
});

describe('a repeated step', () => {
  it('writes the same objects and sends nothing twice', async () => {
    const store = memoryStore();
    await (await night(store, 1, { a: true })).step.publish();
    const { step, sent } = await night(store, 2, { a: false });
    await step.evaluate();
    await step.publish();
    const before = await contents(store);
    await step.publish();
    expect(await contents(store)).toEqual(before);
    expect(sent).toHaveLength(1);
  });
  it('an alert that could not be sent is sent by the repeat, and the state waits for it', async () => {
    const store = memoryStore();
    await (await night(store, 1, { a: true })).step.publish();
    let isDown = true;
    const sent: Alert[] = [];
    const send = async (alert: Alert) => {
      if (isDown) throw new Error('SNS is down');
      sent.push(alert);
    };
    const { step } = await night(store, 2, { a: false }, { send });
    await expect(step.publish()).rejects.toThrow('SNS is down');
    isDown = false;
    await step.evaluate();
    await step.publish();
    expect(sent).toHaveLength(1);
  });
});

it('a run on demand leaves the nightly state and the latest run as they are', async () => {
  const store = memoryStore();
  await (await night(store, 1, { a: true })).step.publish();
  const before = [await store.get(keys.state(ACCOUNT)), await store.get(keys.latest)];
  const gate = await night(store, 2, { a: false }, { isOnDemand: true });
  await gate.step.publish();
  expect(gate.sent).toEqual([]);
  expect([await store.get(keys.state(ACCOUNT)), await store.get(keys.latest)]).toEqual(before);
});

describe('the header', () => {
  it('says what was run, over what, and what came of it', async () => {
    const store = memoryStore();
    const { step, run } = await night(store, 1, { a: false, b: true });
    const { header } = await step.publish();
    expect(header).toMatchObject({
      format: 1,
      tool: 'ronda test',
      ...run,
      scope,
      checks: [{ id: 'test-good', service: 'test', title: 'Things are good' }],
      summary: { statuses: { PASS: 1, FAIL: 1, SKIP: 0, UNKNOWN: 0 }, failed: { high: 1 } },
      accounts: [{ account: ACCOUNT, hasHistory: false }],
    });
  });
  it('a result that is missing or damaged stops the publishing and is named', async () => {
    const store = memoryStore();
    const { step, run } = await night(store, 1, { a: false });
    const key = keys.report(run, `account=${ACCOUNT}.json`);
    await store.put(key, '{"account":', '');
    await expect(step.publish()).rejects.toThrow(`memory: ${key} is damaged`);
    await expect(readReport(store, { date: 'd', run: 'none' })).rejects.toThrow(
      'memory has no runs/date=d/run=none/run.json',
    );
  });
});

async function contents(store: Store): Promise<Record<string, string>> {
  const all = await store.list('');
  return Object.fromEntries(
    await Promise.all(all.map(async (key) => [key, Buffer.from((await store.get(key))!).toString('base64')])),
  );
}
