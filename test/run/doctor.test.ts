import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { credentialsFrom, membersEntrance } from '../../lib/aws/credentials.ts';
import { actionsFor, selectionOf } from '../../lib/aws/permissions.ts';
import { PLAN_ACTIONS } from '../../lib/aws/plan.ts';
import { type Doctoring, doctor, shortReport, troublesOf } from '../../lib/run/doctor.ts';
import type { AccountHealth, DoctorReport, Patch } from '../../lib/run/doctor/model.ts';
import type { Profile } from '../emulator/profile.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import type { WorldFile } from '../emulator/world.ts';
import { checks, NOW, useEmulator } from '../support/audited.ts';
import { ACCOUNT } from '../support/inventory.ts';

const MEMBER = '444455556666';
const CLOSED = '222233334444';
const SMALL: WorldFile = {
  organization: {
    Id: 'o-small00001',
    ManagementAccount: ACCOUNT,
    RootId: 'r-smal',
    Accounts: [
      { Id: ACCOUNT, Name: 'home' },
      { Id: MEMBER, Name: 'member' },
      { Id: CLOSED, Name: 'closed' },
    ],
  },
  accounts: {
    [ACCOUNT]: { s3: { Buckets: [{ Name: 'reports', Region: 'eu-west-1' }] } },
    [MEMBER]: {
      iam: {
        Roles: [
          {
            RoleName: 'ronda-member',
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
            },
          },
        ],
      },
    },
  },
};
const AT_ONCE = { credentialReportPolls: 0 };
/** Of a small set of checks that reads in every way: account-wide, in buckets' regions, in regions. */
const some = checks.filter(({ id }) => /^(s3-bucket-not-public|iam-|ec2-instance|kms-)/.test(id));
const needed = [...new Set([...actionsFor(selectionOf(some), resources), ...PLAN_ACTIONS])].toSorted();

let emulator: Emulator;
let small: Emulator;
const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
beforeAll(async () => {
  [emulator, small] = await Promise.all([startEmulator(), startEmulator({ world: SMALL })]);
  Object.assign(process.env, keys);
});
beforeEach(() => useEmulator(emulator));
afterAll(async () => {
  await Promise.all([emulator.close(), small.close()]);
});

const region = 'eu-west-1';
function examined(profile: Profile = {}, options: Partial<Doctoring> = {}): Promise<DoctorReport> {
  for (const one of [emulator, small]) one.setProfile({ ...AT_ONCE, ...profile });
  return doctor({
    tool: 'ronda test',
    checks: some,
    resources,
    entrances: { home: credentialsFrom({ region }) },
    region,
    regions: [],
    parts: [],
    roles: { again: 'ronda doctor' },
    now: () => NOW,
    ...options,
  });
}
const ofOrganization = {
  entrances: {
    home: credentialsFrom({ region }),
    member: membersEntrance({ region }, { memberRole: 'ronda-member' }),
  },
  roles: { again: 'ronda doctor', member: 'ronda-member' },
} satisfies Partial<Doctoring>;
const only = ({ accounts }: DoctorReport): AccountHealth => accounts[0]!;
const stateOf = (report: DoctorReport, action: string) =>
  only(report).actions.find((one) => one.action === action)?.state;
const inState = (report: DoctorReport, ...states: string[]) =>
  only(report)
    .actions.filter(({ state }) => states.includes(state))
    .map(({ action }) => action);
const allowed = ({ allow }: Patch) => allow.flatMap(({ statement }) => statement.Action);

describe('an account that is well', () => {
  it('has every declared action once, and all regions answer', async () => {
    const report = await examined();
    expect(report).toMatchObject({ isWell: true, account: ACCOUNT, patch: { allow: [], obstacles: [], next: [] } });
    expect(only(report).actions.map(({ action }) => action)).toEqual(needed);
    expect(only(report).regions.map(({ state }) => state)).toEqual(Array.from({ length: 17 }, () => 'answers'));
    expect(only(report)).toMatchObject({ probed: region, unknown: [] });
  });
  it('calls working only what was called and answered', async () => {
    const before = emulator.requests.length;
    const report = await examined();
    const called = new Set(emulator.requests.slice(before).map(({ service, operation }) => `${service}:${operation}`));
    // These three are called the same as their actions.
    for (const action of ['iam:ListRoleTags', 'kms:ListKeys', 'ec2:DescribeInstances'])
      expect([action, stateOf(report, action) === 'works']).toEqual([action, called.has(action)]);
    expect(inState(report, 'works').length).toBeGreaterThan(20);
  });
  it('of an empty one most was not tried, which is no trouble', async () => {
    useEmulator(small);
    const report = await examined({}, { entrances: { home: credentialsFrom({ region }) } });
    expect(report.isWell).toBe(true);
    expect(stateOf(report, 'kms:GetKeyPolicy')).toBe('not-tried');
    expect(only(report).actions.find(({ action }) => action === 'kms:GetKeyPolicy')!.untried).toBe('nothing-there');
  });
  it('reads one resource of each type', async () => {
    const before = emulator.requests.length;
    await examined();
    const asked = emulator.requests.slice(before).filter(({ operation }) => operation === 'GetBucketPolicy');
    expect(asked.length).toBe(1);
  });
});

describe('what is denied', () => {
  it.each(['s3:GetBucketPolicy', 's3:ListAllMyBuckets', 'iam:GetAccountAuthorizationDetails', 'ec2:DescribeInstances'])(
    '%s is told, with the checks that it takes',
    async (action) => {
      const report = await examined({ deny: [action] });
      expect(inState(report, 'denied')).toEqual([action]);
      const blind = some.filter((check) => actionsFor(selectionOf([check]), resources).includes(action));
      expect(only(report).unknown).toEqual(blind.map(({ id }) => id));
      expect(blind.length).toBeGreaterThan(0);
      expect(report.isWell).toBe(false);
    },
  );
  it('by a statement is for nobody to allow, but to take out; then all is well', async () => {
    const deny = ['s3:GetBucketPolicy', 'kms:ListKeys'];
    const { patch } = await examined({ deny });
    expect(patch.allow).toEqual([]);
    expect(patch.obstacles).toEqual([
      {
        accounts: [ACCOUNT],
        kind: 'identity-based policy',
        isExplicit: true,
        actions: ['kms:ListKeys', 's3:GetBucketPolicy'],
        regions: [],
      },
    ]);
    const lifted = deny.filter((action) => !patch.obstacles[0]!.actions.includes(action));
    expect((await examined({ deny: lifted })).isWell).toBe(true);
  });
  it.each([
    ['nothing', []],
    ['a list', ['s3:ListAllMyBuckets']],
    ['what comes after a list', ['s3:GetBucketPolicy', 'kms:GetKeyPolicy', 'kms:ListKeys', 'iam:ListUsers']],
    ['all but the start', needed.filter((action) => action !== 'ec2:DescribeRegions')],
  ])('for want of an allowance for %s is allowed by the patch; then all is well', async (_, lacking) => {
    const allowOnly = needed.filter((action) => !lacking.includes(action));
    const report = await examined({ allowOnly });
    expect(report.isWell).toBe(lacking.length === 0);
    expect(lacking).toEqual(expect.arrayContaining(inState(report, 'denied')));
    expect((await examined({ allowOnly: [...allowOnly, ...allowed(report.patch)] })).isWell).toBe(true);
  });
  it('of the regions leaves everything in them unknown, and the patch opens them', async () => {
    const allowOnly = needed.filter((action) => action !== 'ec2:DescribeRegions');
    const report = await examined({ allowOnly });
    expect(only(report)).toMatchObject({ regionsGap: { reason: 'denied' }, regions: [] });
    expect(only(report).unknown).toContain('kms-key-rotation-enabled');
    expect(only(report).actions.find(({ action }) => action === 'kms:ListKeys')!.untried).toBe('no-region');
    expect(allowed(report.patch)).toEqual(['ec2:DescribeRegions']);
  });
  it('the step names the role that was used', async () => {
    const { patch } = await examined({ allowOnly: needed.filter((action) => action !== 's3:GetBucketPolicy') });
    expect(patch.next).toEqual([
      expect.stringMatching(/^aws iam put-role-policy --role-name security-audit .*file:\/\/ronda-missing\.json$/),
      'ronda doctor',
    ]);
  });
});

describe("a resource's own policy", () => {
  it('that denies is told with the resource, and no allowance is said to help', async () => {
    const world = structuredClone(SMALL) as { accounts: Record<string, object> };
    world.accounts[ACCOUNT] = {
      s3: { Buckets: [{ Name: 'locked', Region: 'eu-west-1', Denied: ['GetBucketPolicy'] }] },
    };
    const locked = await startEmulator({ world: world as WorldFile, profile: AT_ONCE });
    useEmulator(locked);
    const report = await examined({}, { entrances: { home: credentialsFrom({ region }) } }).finally(() =>
      locked.close(),
    );
    expect(only(report).actions.find(({ action }) => action === 's3:GetBucketPolicy')).toMatchObject({
      state: 'denied',
      refusal: { kind: 'resource-based policy', isExplicit: true },
      resource: 'arn:aws:s3:::locked',
    });
    expect(report.patch).toMatchObject({ allow: [], obstacles: [{ resource: 'arn:aws:s3:::locked' }] });
  });
});

describe('the organisation', () => {
  it('blocks a region, which is no block of its actions', async () => {
    const report = await examined({ blockRegions: ['eu-west-3'] });
    expect(only(report).regions.filter(({ state }) => state !== 'answers')).toMatchObject([
      { region: 'eu-west-3', state: 'blocked', refusal: { kind: 'service control policy', isExplicit: true } },
    ]);
    expect(inState(report, 'denied', 'blocked', 'failed')).toEqual([]);
    expect(report.patch.obstacles).toMatchObject([{ actions: [], regions: ['eu-west-3'], accounts: [ACCOUNT] }]);
    expect(report.patch.allow).toEqual([]);
  });
  it('blocks the region of the run: everything is tried in another', async () => {
    const report = await examined({ blockRegions: [region] });
    expect(only(report).probed).toBe('ap-northeast-1');
    expect(stateOf(report, 'kms:ListKeys')).toBe('works');
  });
  it('blocks actions that are asked outside of regions', async () => {
    const report = await examined({ blockRegions: ['us-east-1'] }, { checks });
    expect(stateOf(report, 'account:GetAlternateContact')).toBe('blocked');
    expect(report.patch.obstacles.find(({ regions }) => regions.length === 0)).toMatchObject({
      kind: 'service control policy',
      actions: expect.arrayContaining(['account:GetAlternateContact']) as unknown,
    });
    expect(only(report).unknown.length).toBeGreaterThan(0);
  });
  it('blocks every region: nothing in them was reached, and nothing is said to work', async () => {
    const { regions } = only(await examined());
    const report = await examined({ blockRegions: regions.map((one) => one.region) });
    expect(only(report).probed).toBeUndefined();
    expect(only(report).actions.find(({ action }) => action === 'kms:ListKeys')).toMatchObject({
      state: 'not-tried',
      untried: 'no-region',
    });
  });
});

describe('what does not answer', () => {
  it('a region that hangs is told and holds up nothing', async () => {
    const report = await examined({ hangRegions: ['eu-west-3'] }, { patience: { region: 3_000, account: 60_000 } });
    expect(only(report).regions.find((one) => one.region === 'eu-west-3')).toMatchObject({ state: 'failed' });
    expect(only(report).probed).toBe(region);
    expect(report.isWell).toBe(false);
  });
  it('an operation that fails is neither denied nor working', async () => {
    const report = await examined({
      faults: [{ service: 'kms', operation: 'ListKeys', region, kind: 'status', status: 400 }],
    });
    expect(stateOf(report, 'kms:ListKeys')).toBe('failed');
    expect(only(report).unread).toEqual([]);
    expect(report.patch.allow).toEqual([]);
    expect(report.isWell).toBe(false);
  });
  it('an answer that names no region leaves the regions unknown', async () => {
    const report = await examined({ faults: [{ service: 'ec2', operation: 'DescribeRegions', kind: 'empty' }] });
    expect(only(report)).toMatchObject({ regionsGap: { operation: 'ec2:DescribeRegions' }, regions: [] });
    expect(report.isWell).toBe(false);
  });
  it('when the time is up, what is left is not called tried', async () => {
    const report = await examined({}, { deadline: AbortSignal.abort() });
    expect(report.isWell).toBe(false);
    expect(only(report)).toMatchObject({ isCutShort: true });
    expect(inState(report, 'works')).toEqual(['sts:GetCallerIdentity']);
  });
});

describe('accounts', () => {
  it('that can be entered are well, others closed, with the step to take', async () => {
    useEmulator(small);
    const report = await examined({}, ofOrganization);
    expect(report.accounts.map(({ account, name, closed }) => [account, name, closed?.reason])).toEqual([
      [ACCOUNT, 'home', undefined],
      [CLOSED, 'closed', 'denied'],
      [MEMBER, 'member', undefined],
    ]);
    expect(report.parts).toMatchObject([{ name: 'organization', state: 'works' }]);
    expect(report.accounts[1]!.unknown).toEqual(some.map(({ id }) => id));
    expect(report.patch.next).toEqual([
      expect.stringContaining(`RoleName=ronda-member (again) to ${CLOSED}`),
      'ronda doctor',
    ]);
  });
  it('of an organization that does not list them are told as not known', async () => {
    useEmulator(small);
    const report = await examined({ deny: ['organizations:ListAccounts'] }, ofOrganization);
    expect(report.parts).toMatchObject([{ name: 'organization', state: 'failed' }]);
    expect(report.accounts.map(({ account }) => account)).toEqual([ACCOUNT]);
    expect(stateOf(report, 'organizations:ListAccounts')).toBe('denied');
    expect(report.isWell).toBe(false);
  });
  it('that may not see the organization leave its policies unread, and what was refused is not called working', async () => {
    useEmulator(small);
    const home = async () => ({ accessKeyId: `AKIA${MEMBER}TEST`, secretAccessKey: 'x' });
    const report = await examined(
      {},
      { entrances: { home }, checks: checks.filter(({ id }) => id.startsWith('organizations-')) },
    );
    expect(report).toMatchObject({ isWell: false, account: MEMBER });
    expect(only(report)).toMatchObject({
      unread: [{ detail: expect.stringContaining("may not see the organisation's policies") as unknown }],
      unknown: ['organizations-guardrail-policies-attached'],
    });
    expect(stateOf(report, 'organizations:DescribeOrganization')).toBe('works');
    expect(stateOf(report, 'organizations:ListRoots')).toBe('not-tried');
  });
  it('of whose credentials nobody knows leave nothing known', async () => {
    const home = async () => {
      throw Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
    };
    const report = await examined({}, { entrances: { home } });
    expect(report).toMatchObject({ isWell: false, accounts: [{ account: 'unknown', closed: { reason: 'failed' } }] });
    expect(report.patch.next[0]).toMatch(/^aws sts get-caller-identity/);
  });
});

describe('the short report', () => {
  const ill = (index: number, action: string): AccountHealth => ({
    account: String(100_000_000_000 + index),
    regions: [],
    actions: [
      { action: 's3:ListAllMyBuckets', state: 'works' },
      { action, state: 'denied', detail: 'access denied', refusal: { isExplicit: false } },
    ],
    unread: [],
    unknown: ['x'],
  });
  const reportOf = (accounts: readonly AccountHealth[]): DoctorReport => ({
    tool: 'ronda test',
    at: NOW.toISOString(),
    checks: 1,
    regionalChecks: 0,
    isWell: false,
    accounts,
    parts: [],
    patch: { allow: [], obstacles: [], next: [] },
  });
  const accountsOf = (kinds: number) =>
    Array.from({ length: 1_000 }, (_, index) => ill(index, `s3:Kind${index % kinds}`));

  it('counts who is well, and tells of those with the same trouble once', async () => {
    const well = { ...ill(5_000, 'x'), actions: [] };
    const short = shortReport(reportOf([well, ...accountsOf(2)]));
    expect(short).toMatchObject({ accounts: 1_001, well: 1, left: 0 });
    expect(short.troubles.map(({ accounts, actions }) => [accounts.length, actions.length])).toEqual([
      [500, 1],
      [500, 1],
    ]);
    expect(JSON.stringify(short)).not.toContain('s3:ListAllMyBuckets');
  });
  it.each([1_000, 10_000, 100_000])('keeps to %i bytes however many kinds of trouble there are', (bytes) => {
    const short = shortReport(reportOf(accountsOf(1_000)), bytes);
    expect(Buffer.byteLength(JSON.stringify(short))).toBeLessThanOrEqual(bytes);
    expect(short.troubles.length + short.left).toBe(1_000);
  });
  it('the most frequent trouble comes first', () => {
    const accounts = [ill(1, 's3:A'), ill(2, 's3:B'), ill(3, 's3:B')];
    expect(troublesOf(accounts).map((one) => one.actions[0]!.action)).toEqual(['s3:B', 's3:A']);
  });
});
