import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { membersEntrance } from '../../lib/aws/credentials.ts';
import { publishStep } from '../../lib/run/publish.ts';
import { collectStep, type ItemKey } from '../../lib/run/steps/collect.ts';
import { evaluateStep } from '../../lib/run/steps/evaluate.ts';
import { planStep } from '../../lib/run/steps/plan.ts';
import { readJson } from '../../lib/run/stored.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { checks, useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
const ORGANIZATION = ['--organization', '--member-role', 'ronda-scan', '--member-external-id', 'the-id-of-the-stack'];
let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(async () => {
  useEmulator(emulator);
  emulator.setProfile({ credentialReportPolls: 0 });
  Object.assign(process.env, KEYS);
  folder = await mkdtemp(join(tmpdir(), 'ronda-plan-'));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => emulator.close());

const plan = (...args: string[]) => ronda('plan', '--out', folder, ...args);
const planned = async (...args: string[]) => {
  const { code, out } = await plan('--json', ...args);
  return { code, ...(JSON.parse(out) as Record<string, any>) } as Record<string, any>;
};

describe('plan', () => {
  it('asks who, which accounts and which regions, and nothing else', async () => {
    emulator.resetStats();
    const { code, out } = await plan(...ORGANIZATION);
    expect(emulator.stats().calls).toEqual({
      'sts:GetCallerIdentity': 1,
      'organizations:ListAccounts': 1,
      'sts:AssumeRole': 2,
      'ec2:DescribeRegions': 2,
    });
    expect(out).toMatch(/^222233334444 \S+ {2}cannot be entered: sts:AssumeRole: the role is/m);
    expect(code).toBe(2);
  });
  it('keeps nothing', async () => {
    await plan();
    expect(await folderStore(folder).list('')).toEqual([]);
  });
  it('looks at one account where nothing is said', async () => {
    const { code, out } = await plan('--regions', 'eu-west-*');
    expect(out).toMatch(/^ronda 9\.9\.9 {2}1 account {2}3 regions/);
    expect(out).toMatch(/^places {4}4$/m);
    expect(out).toMatch(/^Assumed: every account is empty\./m);
    expect(code).toBe(0);
  });
  it('reckons with what it is told', async () => {
    const [none, some] = [await planned(), await planned('--assume', 'buckets=100,users=3')];
    expect(some['forecast'].calls).toBeGreaterThan(none['forecast'].calls + 900);
    expect(some['basis']).toEqual({ from: 'assumption', assumed: { buckets: 100, users: 3 } });
  });
  it('says when the regions are not known', async () => {
    emulator.setProfile({ deny: ['ec2:DescribeRegions'] });
    const { code, out } = await plan();
    expect(out).toMatch(/its regions are not known: ec2:DescribeRegions: access denied/);
    expect(code).toBe(2);
  });
  it.each<[string, string[], RegExp]>([
    ['what it cannot assume', ['--assume', 'cows=3'], /nothing is called "cows"; there are applications, buckets/],
    ['a number that is none', ['--assume', 'users=many'], /--assume users=many: write a number, such as users=50/],
    ['a concurrency that is none', ['--concurrency', '0'], /--concurrency 0: write a number from 1/],
    [
      'a region that matches none',
      ['--regions', 'eu-wets-1'],
      /no enabled region of this account is called "eu-wets-1"/,
    ],
  ])('refuses %s', async (_name, args, words) => {
    const { code, err } = await plan(...args);
    expect(err).toMatch(words);
    expect(code).toBe(3);
  });
});

describe('after a run', { timeout: 60_000 }, () => {
  const narrow = ['--services', 's3', 'kms', '--regions', 'eu-west-1', 'us-east-1'];
  const audit = (...args: string[]) => ronda('audit', '--out', folder, ...narrow, ...args);

  it('expects its calls again', async () => {
    await audit();
    const { last, forecast, basis } = await planned(...narrow);
    expect(forecast).toMatchObject({ calls: last.calls, findings: last.findings, scale: 1 });
    expect(basis).toMatchObject({ from: 'run', run: last.run, hasInventory: false });
  });
  it('expects as many more as there are more accounts', async () => {
    await audit();
    const [one, all] = [await planned(...narrow), await planned(...narrow, ...ORGANIZATION)];
    expect(all['forecast'].scale).toBeGreaterThan(1.7);
    expect(all['forecast'].calls).toBeGreaterThan(one['forecast'].calls * 1.7);
  });
  it('looks into its inventory', async () => {
    await audit('--save-inventory');
    const { basis, forecast } = await planned(...narrow);
    expect(basis.hasInventory).toBe(true);
    expect(forecast.resources).toBeGreaterThan(15);
  });
  it('prefers what it is told, and still shows the run', async () => {
    await audit();
    const { basis, last } = await planned(...narrow, '--assume', 'buckets=1');
    expect(basis.from).toBe('assumption');
    expect(last.calls).toBeGreaterThan(0);
  });
  it('goes on without a run that is damaged, and says so', async () => {
    await folderStore(folder).put('latest.json', '{', 'application/json');
    const { code, out, err } = await plan();
    expect(err).toMatch(/the last run in \S+ cannot be read: .*latest\.json is damaged/);
    expect(out).toMatch(/^Assumed: /m);
    expect(code).toBe(0);
  });
  it('foresees the places and the objects of the same night in the stack', async () => {
    const store = folderStore(folder);
    const entrances = {
      home: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }),
      member: membersEntrance(
        { region: 'eu-west-1' },
        { memberRole: 'ronda-scan', memberExternalId: 'the-id-of-the-stack' },
      ),
    };
    const run = { date: '2026-11-22', run: 'r1' };
    const own = checks.filter(({ id }) => id.startsWith('kms-') || id.startsWith('s3-'));
    const regions = ['eu-west-1', 'us-east-1'];
    const startedAt = '2026-11-22T02:00:00.000Z';
    const never = new AbortController().signal;
    const keys = await planStep({
      store,
      entrances,
      types: resources,
      run,
      startedAt,
      region: 'eu-west-1',
      regions,
      checks: own,
    });
    for (const item of await readJson<ItemKey[]>(store, keys.items))
      await collectStep({ store, resources, entrances, pause: never, deadline: never }, item);
    for (const account of await readJson<ItemKey[]>(store, keys.accounts))
      await evaluateStep({ store, checks: own }, account);
    await publishStep(store, run, { tool: 'ronda test', checks: own, send: async () => {} });

    const { forecast, last } = await planned(...narrow, ...ORGANIZATION);
    expect(last.items).toBe(6);
    expect(forecast).toMatchObject({ items: last.items, calls: last.calls, s3: { objects: last.objects } });
    const all = await store.list('');
    expect(last.objects).toBe(all.length);
  });
});
