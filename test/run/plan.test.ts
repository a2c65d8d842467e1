import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT } from '../support/inventory.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { audited, checks, useEmulator } from '../support/audited.ts';

const kms = checks.filter(({ id }) => id.startsWith('kms-'));
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
});
beforeEach(() => emulator.setProfile({}));
afterAll(() => emulator.close());

const regionsOf = async (regions: string[]) => (await audited({ checks: kms, regions })).header.scope.regions;

describe('regions', () => {
  it('are asked of AWS', async () => expect((await regionsOf([])).length).toBe(17));
  it('are chosen by globs, each once', async () =>
    expect(await regionsOf(['eu-west-*', 'eu-west-1'])).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']));
  it('a name that matches none is a mistake, not an empty run', async () => {
    await expect(audited({ checks: kms, regions: ['eu-wets-1'] })).rejects.toThrow(
      /no enabled region of this account is called "eu-wets-1"; enabled are ap-/,
    );
  });
  it('when they cannot be named, their checks are UNKNOWN, once', async () => {
    emulator.setProfile({ deny: ['ec2:DescribeRegions'] });
    const { header, findings } = await audited({ checks: kms });
    expect(findings.map(({ check }) => check).toSorted()).toEqual(kms.map(({ id }) => id));
    for (const one of findings)
      expect(one).toMatchObject({
        status: 'UNKNOWN',
        resource: { region: 'unknown', account: ACCOUNT },
        gap: { reason: 'denied', operation: 'ec2:DescribeRegions' },
      });
    expect(header.scope.regions).toEqual([]);
  });
  it('when they cannot be named, those that were asked for by name are looked at', async () => {
    emulator.setProfile({ deny: ['ec2:DescribeRegions'] });
    expect(await regionsOf(['eu-west-1', 'us-*'])).toEqual(['eu-west-1']);
  });
});
