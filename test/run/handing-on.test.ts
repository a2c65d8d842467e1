import { describe, expect, it } from 'vitest';
import { check, fail, pass } from '../../lib/core/check.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Alert } from '../../lib/report/sns.ts';
import { evaluateAccount } from '../../lib/run/evaluate.ts';
import type { Report } from '../../lib/run/model.ts';
import { publish, type Publishing } from '../../lib/run/publish.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { keys, type Store } from '../../lib/store/store.ts';
import { ACCOUNT, inventoryOf, rowOf } from '../support/inventory.ts';

const good: AnyCheck = check({
  id: 'test-good',
  title: 'Things are good',
  severity: 'high',
  why: 'Why.',
  fix: 'aws fix it',
  resource: 'Thing',
  evaluate: (({ good }: { good: boolean }) => (good ? pass('good') : fail('bad'))) as never,
} as never);

/** One night that is judged and ready to be published. */
async function night(
  store: Store,
  things: Readonly<Record<string, boolean>>,
  options: Pick<Publishing, 'furtherFiles' | 'importFindings' | 'isOnDemand'>,
) {
  const run = { date: '2026-01-01', run: 'r1' };
  const now = new Date('2026-01-01T02:00:00Z');
  const rows = Object.entries(things).map(([id, isGood]) => rowOf('Thing', id, 'r', { good: isGood }));
  await evaluateAccount(ACCOUNT, inventoryOf(rows, [{ type: 'Thing', region: 'r' }]), {
    store,
    run,
    checks: [good],
    now,
  });
  const sent: Alert[] = [];
  const publishing: Publishing = {
    store,
    run,
    tool: 'ronda test',
    startedAt: now.toISOString(),
    now,
    scope: { partition: 'aws', accounts: [ACCOUNT], regions: ['r'], filters: {} },
    checks: [good],
    calls: [],
    send: async (alert) => void sent.push(alert),
    ...options,
  };
  return { run, sent, publish: () => publish(publishing) };
}

describe('handing on', () => {
  const WHOLE = { imported: 1, refused: [] };
  const PARTLY = { imported: 0, refused: [], notSent: { findings: 1, reason: 'AccessDenied: no' } };
  const kept = async (store: Store, run: { date: string; run: string }) =>
    JSON.parse(Buffer.from((await store.get(keys.report(run, 'security-hub.json')))!).toString()) as unknown;

  it('happens after the alert and the state, and what came of it is kept', async () => {
    const store = memoryStore();
    const seen: unknown[] = [];
    const importFindings = async ({ findings }: Report) => {
      seen.push(sent.length, await store.get(keys.state(ACCOUNT)), findings.length);
      return WHOLE;
    };
    const { publish: publishNight, run, sent } = await night(store, { a: false }, { importFindings });
    await publishNight();
    expect(seen).toEqual([1, expect.anything(), 1]);
    expect(await kept(store, run)).toEqual(WHOLE);
  });

  it('is repeated until everything has arrived, and then no more', async () => {
    const store = memoryStore();
    const answers = [PARTLY, WHOLE];
    let calls = 0;
    const importFindings = async () => answers[calls++]!;
    const { publish: publishNight, run, sent } = await night(store, { a: false }, { importFindings });
    await publishNight();
    expect(await kept(store, run)).toEqual(PARTLY);
    expect(await store.get(keys.state(ACCOUNT))).toBeDefined();
    await publishNight();
    await publishNight();
    expect([calls, sent.length]).toEqual([2, 1]);
    expect(await kept(store, run)).toEqual(WHOLE);
  });

  it('does not happen on demand', async () => {
    let calls = 0;
    const importFindings = async () => {
      calls += 1;
      return WHOLE;
    };
    await (await night(memoryStore(), { a: false }, { importFindings, isOnDemand: true })).publish();
    expect(calls).toBe(0);
  });
});

it('writes further files beside the others, also on demand', async () => {
  const store = memoryStore();
  const furtherFiles = async ({ findings }: Report) => [
    { name: 'count.txt', body: String(findings.length), contentType: 'text/plain' },
  ];
  const { publish: publishNight, run } = await night(store, { a: false, b: true }, { furtherFiles, isOnDemand: true });
  await publishNight();
  expect(Buffer.from((await store.get(keys.report(run, 'count.txt')))!).toString()).toBe('2');
  expect(await store.get(keys.report(run, 'index.html'))).toBeDefined();
});
