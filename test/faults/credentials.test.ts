import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { renewed } from '../../lib/aws/credentials.ts';
import type { StoredFinding } from '../../lib/run/model.ts';
import { AT_ONCE, byId, checksOf, compared, faulty, oneRegion, silenced } from './_kit.ts';
import type { Profile } from '../emulator/profile.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { checks, NOW, useEmulator } from '../support/audited.ts';

const kit = faulty();
let before: ReadonlyMap<string, StoredFinding>;
beforeAll(async () => {
  kit.aws.setProfile(AT_ONCE);
  before = byId(await oneRegion());
});

describe('the credential report', () => {
  const iam = checksOf('iam');
  /** The collector's waits for the report, and nobody else's. */
  const withoutWaits = () => {
    const later = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) =>
      new Error().stack?.includes('/checks/iam/') ? setImmediate(run) : later(run, ms)) as never);
  };

  // How far the report has come is the account's, not the profile's.
  let fresh: Emulator;
  beforeEach(async () => {
    fresh = await startEmulator({ now: NOW, profile: AT_ONCE });
    useEmulator(fresh);
  });
  afterEach(async () => {
    useEmulator(kit.aws);
    await fresh.close();
  });

  it('is waited for', async () => {
    fresh.setProfile({ credentialReportPolls: 5 });
    withoutWaits();
    const after = await oneRegion({ checks: iam });
    expect(compared(before, after).lost).toBe(0);
    expect(fresh.stats().calls['iam:GenerateCredentialReport']).toBe(6);
  });

  const unavailable = (code: string): Profile => ({
    ...AT_ONCE,
    faults: [{ service: 'iam', operation: 'GetCredentialReport', kind: 'status', status: 410, code }],
  });
  it.each([
    ['is in the making for twenty looks', { credentialReportPolls: 20 }],
    ['has expired', unavailable('ReportExpired')],
    ['is nowhere', unavailable('ReportNotPresent')],
  ])('that %s leaves what rests on it unknown, after a minute', async (_name, profile) => {
    fresh.setProfile(profile);
    withoutWaits();
    const after = await oneRegion({ checks: iam });
    const { wrong, lost } = compared(before, after);
    expect(wrong).toEqual([]);
    expect(lost).toBeGreaterThan(0);
    expect(silenced(before, after, iam)).toEqual([]);
    expect(after.header.summary.gaps.map(({ detail }) => detail)).toContain(
      'the credential report was not ready within a minute',
    );
  });

  it('that may not be made anew now is read as it is', async () => {
    const limited = { service: 'iam', operation: 'GenerateCredentialReport', kind: 'status', status: 409 } as const;
    fresh.setProfile({ ...AT_ONCE, faults: [{ ...limited, code: 'LimitExceeded', after: 1 }] });
    await oneRegion({ checks: iam });
    const after = await oneRegion({ checks: iam });
    expect(compared(before, after)).toEqual({ wrong: [], lost: 0 });
  });
});

describe('credentials', () => {
  it('that expire in the midst of a run leave the rest unknown, and say so', async () => {
    kit.aws.setProfile({
      ...AT_ONCE,
      faults: [{ service: '*', kind: 'status', status: 403, code: 'ExpiredToken', after: 120 }],
    });
    const after = await oneRegion();
    const { wrong, lost } = compared(before, after);
    expect(wrong).toEqual([]);
    expect(lost).toBeGreaterThan(50);
    expect(silenced(before, after, checks)).toEqual([]);
    expect(after.header.summary.gaps.some(({ detail }) => detail.startsWith('ExpiredToken: '))).toBe(true);
  });

  it('that are renewed in time lose nothing', async () => {
    let handedOut = 0;
    const minute = 60_000;
    const credentials = renewed(async () => {
      handedOut += 1;
      // Each is about to end: every call asks for the next.
      return { accessKeyId: 'emulated', secretAccessKey: 'emulated', expiration: new Date(Date.now() + minute) };
    });
    const after = await oneRegion({ credentials });
    expect(compared(before, after)).toEqual({ wrong: [], lost: 0 });
    expect(handedOut).toBeGreaterThan(10);
  });

  it.each([20, -20])('of a computer whose clock is %i minutes behind are as good as others', async (minutes) => {
    kit.aws.setProfile({ ...AT_ONCE, clockAhead: minutes * 60_000 });
    const after = await oneRegion();
    expect(compared(before, after)).toEqual({ wrong: [], lost: 0 });
    expect(kit.aws.requests.some(({ status }) => status === 403)).toBe(true);
  });
});
