import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { membersEntrance } from '../../lib/aws/credentials.ts';
import { auditSaved } from '../../lib/run/audit.ts';
import type { Report } from '../../lib/run/model.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { resources } from '../../checks/resources.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { ACCOUNT } from '../support/inventory.ts';
import { audited, checks, NOW, useEmulator } from '../support/audited.ts';

const SANDBOX = '444455556666';
const LOGS = '222233334444';
const REGIONS = ['eu-west-1'];
const member = membersEntrance({ region: 'eu-west-1' }, { memberRole: 'ronda-scan' });
const CHECKS = checks.filter(({ id }) => /^(iam|organizations|kms)-/.test(id));

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'emulated', AWS_SECRET_ACCESS_KEY: 'emulated' });
});
beforeEach(() => emulator.setProfile({}));
afterAll(() => emulator.close());

const audit = (options: Parameters<typeof audited>[0] = {}) =>
  audited({ checks: CHECKS, regions: REGIONS, member, ...options });
const verdicts = ({ findings }: Report, account: string) =>
  findings
    .filter(({ resource }) => resource.account === account)
    .map(({ id, status, message }) => ({ id, status, message }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

const isOfOrganization = ({ findings }: Report, id: string) =>
  findings.some((finding) => finding.id === id && finding.check.startsWith('organizations-'));

describe('an organization', () => {
  it('is audited account by account; one that cannot be entered is a gap that names it', async () => {
    const { header, findings } = await audit();
    expect(header.scope).toMatchObject({
      accounts: [ACCOUNT, LOGS, SANDBOX],
      names: { [LOGS]: 'harbour-log-archive', [SANDBOX]: 'harbour-sandbox' },
      regions: REGIONS,
    });
    const logs = findings.filter(({ resource }) => resource.account === LOGS);
    expect(new Set(logs.map(({ check }) => check))).toEqual(
      new Set(CHECKS.filter(({ resource }) => !String(resource).startsWith('AWS::Organizations')).map(({ id }) => id)),
    );
    for (const finding of logs)
      expect(finding).toMatchObject({ status: 'UNKNOWN', gap: { reason: 'denied', operation: 'sts:AssumeRole' } });
    expect(header.summary.gaps.find(({ operation }) => operation === 'sts:AssumeRole')).toMatchObject({
      accounts: [LOGS],
    });
    expect(findings.some(({ status, resource }) => status === 'FAIL' && resource.account === SANDBOX)).toBe(true);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  });

  it('says of the account of the run what a run over it alone says', async () => {
    const [whole, alone] = [await audit(), await audit({ member: undefined })];
    expect(verdicts(whole, ACCOUNT)).toEqual(verdicts(alone, ACCOUNT));
  });

  it('is read once, and known in every account', async () => {
    const credentials = async () => ({ accessKeyId: `AKIA${SANDBOX}TEST`, secretAccessKey: 'emulated' });
    const asking = async (run: () => Promise<Report>) => {
      const before = emulator.requests.length;
      const report = await run();
      const asked = emulator.requests.slice(before).filter(({ operation }) => operation === 'ListTargetsForPolicy');
      return { report, accounts: new Set(asked.map(({ account }) => account)) };
    };
    const alone = await asking(() => audit({ member: undefined, credentials }));
    const whole = await asking(audit);
    expect(whole.accounts).toEqual(new Set([ACCOUNT]));
    // What can be judged alone is judged the same.
    const answered = verdicts(alone.report, SANDBOX).filter(
      ({ status, id }) => status !== 'UNKNOWN' && !isOfOrganization(alone.report, id),
    );
    expect(answered.length).toBeGreaterThan(30);
    expect(verdicts(whole.report, SANDBOX)).toEqual(expect.arrayContaining(answered));
  });

  it('can be narrowed to other accounts than the one of the run, which then is read no further', async () => {
    const before = emulator.requests.length;
    const { header, findings } = await audit({ accounts: { include: [SANDBOX] } });
    expect(header.scope.accounts).toEqual([SANDBOX]);
    expect(new Set(findings.map(({ resource }) => resource.account))).toEqual(new Set([SANDBOX]));
    const services = emulator.requests
      .slice(before)
      .filter(({ account }) => account === ACCOUNT)
      .map(({ service }) => service);
    expect(new Set(services)).toEqual(new Set(['sts', 'organizations', 'ec2']));
  });

  it('is judged again from its saved inventory', async () => {
    const store = memoryStore();
    const run = { date: '2026-06-01', run: 'saved' };
    const live = await audit({ store, run, keepsInventory: true });
    const again = await auditSaved(
      { store: memoryStore(), run, tool: 'ronda test', checks: CHECKS, filters: {}, now: () => NOW },
      store,
      { ...run, accounts: [ACCOUNT, LOGS, SANDBOX], types: resources },
    );
    for (const account of [ACCOUNT, LOGS, SANDBOX]) expect(verdicts(again, account)).toEqual(verdicts(live, account));
  });

  it('a region that no account has is a mistake', async () => {
    await expect(audit({ regions: ['eu-wets-1'] })).rejects.toThrow(
      /no enabled region of these accounts is called "eu-wets-1"/,
    );
  });

  it('who answers for an account may go by its organizational unit', async () => {
    const owners = { tags: ['team'], accounts: {}, units: { 'ou-h4rb-7m1qworkload': 'workloads' }, default: 'nobody' };
    const { findings } = await audit({ owners });
    const ownersOf = (account: string) =>
      new Set(findings.flatMap(({ resource, owner }) => (resource.account === account && owner ? [owner] : [])));
    expect(ownersOf(SANDBOX)).toContain('workloads');
    expect(ownersOf(LOGS)).toEqual(new Set(['nobody']));
  });
});
