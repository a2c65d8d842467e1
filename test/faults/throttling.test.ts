import { describe, expect, it, vi } from 'vitest';
import { checks } from '../support/audited.ts';
import { AT_ONCE, byId, checksOf, compared, faulty, oneRegion } from './_kit.ts';

const kit = faulty();

describe('throttling', () => {
  it.each([
    ['of everything at first', { service: '*', kind: 'throttle', after: 1, times: 40 }, undefined],
    ['of S3 in the midst of it', { service: 's3', kind: 'throttle', after: 30, times: 20 }, checksOf('s3')],
    ['of IAM, whose lists come in pages', { service: 'iam', kind: 'throttle', times: 10 }, checksOf('iam')],
  ] as const)('%s loses no answer', async (_name, fault, own = checks) => {
    const before = await oneRegion({ checks: own });
    kit.aws.setProfile({ ...AT_ONCE, faults: [fault], pageSizes: { 'iam:GetAccountAuthorizationDetails': 2 } });
    kit.aws.resetStats();
    const after = await oneRegion({ checks: own });
    expect(after.header.summary).toEqual(before.header.summary);
    expect(kit.aws.stats().throttled).toBe(fault.times);
    const counted = after.header.calls.reduce((sum, { throttled }) => sum + throttled, 0);
    expect(counted).toBe(fault.times);
  });

  it('without end is a gap of that name, and takes nothing else along', async () => {
    const before = byId(await oneRegion());
    kit.aws.setProfile({ ...AT_ONCE, faults: [{ service: 'kms', kind: 'throttle' }] });
    // A second passes whenever somebody looks at the clock: patience ends, and nobody waits.
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
    const after = await oneRegion();
    const { wrong, lost } = compared(before, after);
    expect(wrong).toEqual([]);
    expect(lost).toBeGreaterThan(0);
    const reasons = after.header.summary.gaps.filter(({ operation }) => operation.startsWith('kms:'));
    expect(new Set(reasons.map(({ reason }) => reason))).toEqual(new Set(['throttled']));
  });
});
