import { describe, expect, it } from 'vitest';
import { check, fail, pass } from '../../lib/core/check.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import { OWNER_RULES, type OwnerRules } from '../../lib/core/owners.ts';
import type { Waiver } from '../../lib/core/waivers.ts';
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

interface Options {
  readonly isBlind?: boolean;
  readonly isOnDemand?: boolean;
  readonly send?: ((alert: Alert) => Promise<void>) | undefined;
  readonly owners?: OwnerRules;
  readonly waivers?: readonly Waiver[];
}

/** One night: what is good and what is bad, and whether the list could be read. */
async function night(store: Store, day: number, things: Readonly<Record<string, boolean>>, options: Options = {}) {
  const run = { date: `2026-01-0${day}`, run: `r${day}` };
  const now = new Date(`2026-01-0${day}T02:00:00Z`);
  // The first letter of a thing's name is its owner's.
  const rows = Object.entries(things).map(([id, isGood]) => {
    const row = rowOf('Thing', id, 'r', { good: isGood });
    return options.owners ? { ...row, identity: { ...row.identity, tags: { owner: id[0]! } } } : row;
  });
  const inventory = inventoryOf(rows, [{ type: 'Thing', region: 'r', ...(options.isBlind && { gap: GAP }) }]);
  const sent: Alert[] = [];
  const send = 'send' in options ? options.send : async (alert: Alert) => void sent.push(alert);
  const step = {
    evaluate: () => evaluateAccount(ACCOUNT, inventory, { store, run, checks: [good], now, ...options }),
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
        owners: options.owners,
        warnDays: 2,
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

  it('coverage that is lost is said once, with what would open it', async () => {
    const store = memoryStore();
    await (await night(store, 1, { a: true })).step.publish();
    const nights = [];
    for (const day of [2, 3]) {
      const blind = await night(store, day, {}, { isBlind: true });
      await blind.step.publish();
      nights.push(blind.sent.map(({ subject }) => subject));
    }
    expect(nights).toEqual([[`Ronda: coverage lost for 1 verdict in ${ACCOUNT}`], []]);
  });

  it('why something changed is in the alert', async () => {
    const store = memoryStore();
    await (await night(store, 1, { a: true })).step.publish();
    const { step, sent } = await night(store, 2, { a: false, b: false });
    await step.publish();
    expect(sent[0]!.message).toContain('`b` in r: bad; the resource was created');
    expect(sent[0]!.message).toContain('`a` in r: bad; the resource was changed: `good` → `bad`');
  });
});

describe('waivers', () => {
  const waivers: readonly Waiver[] = [
    { check: 'test-good', resource: 'a', owner: 'web', reason: 'a site', expires: '2026-01-05' },
  ];
  const subjects = async (store: Store, day: number, options: Options = {}) => {
    const { step, sent } = await night(store, day, { a: false }, { waivers, ...options });
    await step.publish();
    return sent.map(({ subject }) => subject);
  };

  it('are announced when they near their end and when they have ended, and no other night', async () => {
    const store = memoryStore();
    const nights = [];
    for (const day of [1, 2, 3, 4, 5, 6, 7]) nights.push(await subjects(store, day));
    expect(nights).toEqual([
      [`Ronda: first look at ${ACCOUNT}: nothing failed but what is accepted`],
      [],
      [`Ronda: 1 waiver expiring in ${ACCOUNT}`],
      [],
      [],
      [`Ronda: 1 no longer waived, 1 waiver expired in ${ACCOUNT}`],
      [],
    ]);
  });

  it('are announced by the repeat where the message could not be sent', async () => {
    const store = memoryStore();
    await subjects(store, 1);
    const sent: string[] = [];
    let isDown = true;
    const send = async ({ subject }: Alert) => {
      if (isDown) throw new Error('SNS is down');
      sent.push(subject);
    };
    const { step } = await night(store, 3, { a: false }, { waivers, send });
    await expect(step.publish()).rejects.toThrow('1 of 1 alerts were not sent: SNS is down');
    isDown = false;
    await step.publish();
    await step.publish();
    expect(sent).toEqual([`Ronda: 1 waiver expiring in ${ACCOUNT}`]);
    expect(await subjects(store, 4)).toEqual([]);
  });

  it('are not taken as announced where nobody is told', async () => {
    const store = memoryStore();
    await subjects(store, 1);
    expect(await subjects(store, 3, { send: undefined })).toEqual([]);
    expect(await subjects(store, 4)).toEqual([`Ronda: 1 waiver expiring in ${ACCOUNT}`]);
  });
});

describe('owners', () => {
  const owners = { ...OWNER_RULES, default: 'security' };
  const told = (sent: readonly Alert[]) => sent.map(({ subject }) => subject).toSorted();

  it('have a message each, of their own; what is gone is told to who had it', async () => {
    const store = memoryStore();
    const first = await night(store, 1, { a1: false, b1: false, c1: false }, { owners });
    await first.step.publish();
    expect(told(first.sent)).toEqual(
      ['a', 'b', 'c'].map((owner) => `Ronda for ${owner}: first look at ${ACCOUNT}: 1 high`),
    );
    const second = await night(store, 2, { a1: true, a2: false, c1: false }, { owners });
    await second.step.publish();
    expect(told(second.sent)).toEqual([
      `Ronda for a: 1 new, 1 resolved in ${ACCOUNT}`,
      `Ronda for b: 1 resolved in ${ACCOUNT}`,
    ]);
  });

  it('hear nothing twice, and what failed is sent by the repeat', async () => {
    const store = memoryStore();
    await (await night(store, 1, {}, { owners })).step.publish();
    const sent: Alert[] = [];
    let refused = ['b', 'c'];
    const send = async (alert: Alert) => {
      if (refused.includes(alert.attributes.owner[0]!)) throw new Error(`no ${alert.attributes.owner}`);
      sent.push(alert);
    };
    const { step } = await night(store, 2, { a1: false, b1: false, c1: false, d1: false }, { owners, send });
    const before = await store.get(keys.state(ACCOUNT));
    await expect(step.publish()).rejects.toThrow('2 of 4 alerts were not sent: no b');
    refused = ['c'];
    await expect(step.publish()).rejects.toThrow('1 of 4 alerts were not sent: no c');
    expect(await store.get(keys.state(ACCOUNT))).toEqual(before);
    refused = [];
    await step.publish();
    await step.publish();
    expect(sent.map(({ attributes }) => attributes.owner[0])).toEqual(['a', 'd', 'b', 'c']);
    expect(await store.get(keys.state(ACCOUNT))).not.toEqual(before);
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

it('the trend goes on from night to night; a run on demand sees it and is not in it', async () => {
  const store = memoryStore();
  await (await night(store, 1, { a: true })).step.publish();
  await (await night(store, 2, { a: false })).step.publish();
  const gate = await (await night(store, 3, { a: false }, { isOnDemand: true })).step.publish();
  const { header } = await (await night(store, 4, { a: false, b: true }, { isBlind: true })).step.publish();
  expect(gate.header.trend.map(({ run }) => run)).toEqual(['r1', 'r2']);
  expect(header.trend.map(({ run, failed, coverage }) => [run, failed.high, coverage])).toEqual([
    ['r1', 0, 1],
    ['r2', 1, 1],
    ['r4', 1, 2 / 3],
  ]);
});
