import { describe, expect, it } from 'vitest';
import { coverageRatio, judgedIn, merged, serviceOf, tally } from '../../lib/core/coverage.ts';
import type { Finding, Gap, Status } from '../../lib/core/model.ts';

const DENIED: Gap = { reason: 'denied', operation: 's3:GetBucketPolicy', detail: 'access denied' };
const finding = (status: Status, more: Partial<Finding> = {}, region = 'eu-west-1', account = '1'): Finding => ({
  id: 'f',
  check: 's3-bucket-not-public',
  severity: 'high',
  status,
  message: 'message',
  at: '2026-01-01T00:00:00.000Z',
  resource: { type: 'T', id: 'i', arn: 'a', account, region },
  ...more,
});
const summaryOf = (...findings: Finding[]) => {
  const counts = tally();
  for (const one of findings) counts.add(one);
  return counts.summary();
};

describe('tally', () => {
  it('counts statuses, and failures by severity', () => {
    const { statuses, failed } = summaryOf(
      finding('PASS'),
      finding('FAIL'),
      finding('FAIL', { severity: 'low' }),
      finding('SKIP'),
      finding('UNKNOWN'),
    );
    expect(statuses).toEqual({ PASS: 1, FAIL: 2, SKIP: 1, UNKNOWN: 1 });
    expect(failed).toEqual({ critical: 0, high: 1, medium: 0, low: 1, informational: 0 });
  });
  it('counts what passed by severity, and the verdicts of each check, accepted risks apart', () => {
    const counts = tally();
    counts.add(finding('PASS'));
    counts.add(finding('PASS', { check: 'iam-x', severity: 'low' }));
    counts.add(finding('FAIL'));
    counts.add({ ...finding('FAIL'), waiver: {} });
    counts.add(finding('UNKNOWN'));
    counts.add(finding('SKIP', { check: 'iam-x' }));
    const { passed, failed, waived, statuses, checks } = counts.summary();
    expect(passed).toEqual({ critical: 0, high: 1, medium: 0, low: 1, informational: 0 });
    expect([failed.high, waived, statuses.FAIL]).toEqual([1, 1, 2]);
    expect(checks).toEqual([
      { check: 'iam-x', PASS: 1, FAIL: 0, SKIP: 1, UNKNOWN: 0, waived: 0 },
      { check: 's3-bucket-not-public', PASS: 1, FAIL: 1, SKIP: 0, UNKNOWN: 1, waived: 1 },
    ]);
  });
  it('counts coverage per account, region and service', () => {
    const { coverage } = summaryOf(
      finding('PASS'),
      finding('SKIP'),
      finding('UNKNOWN'),
      finding('FAIL', {}, 'us-east-1'),
      finding('FAIL', { check: 'iam-x' }),
      finding('PASS', {}, 'eu-west-1', '2'),
    );
    expect(coverage).toEqual([
      { account: '1', region: 'eu-west-1', service: 's3', judged: 2, unknown: 1 },
      { account: '1', region: 'us-east-1', service: 's3', judged: 1, unknown: 0 },
      { account: '1', region: 'eu-west-1', service: 'iam', judged: 1, unknown: 0 },
      { account: '2', region: 'eu-west-1', service: 's3', judged: 1, unknown: 0 },
    ]);
  });
  it('groups gaps by cause, most findings first', () => {
    const { gaps } = summaryOf(
      finding('UNKNOWN', { check: 's3-b' }),
      finding('UNKNOWN', { gap: DENIED }, 'us-east-1'),
      finding('UNKNOWN', { gap: DENIED, check: 's3-a' }),
    );
    expect(gaps).toEqual([
      {
        ...DENIED,
        findings: 2,
        checks: ['s3-a', 's3-bucket-not-public'],
        accounts: ['1'],
        regions: ['eu-west-1', 'us-east-1'],
      },
      {
        reason: 'failed',
        operation: 's3-b',
        detail: 'message',
        findings: 1,
        checks: ['s3-b'],
        accounts: ['1'],
        regions: ['eu-west-1'],
      },
    ]);
  });
});

it('merged adds accounts up and keeps causes together', () => {
  const waived = { ...finding('FAIL'), waiver: {} };
  const one = summaryOf(finding('UNKNOWN', { gap: DENIED }), finding('FAIL'), waived, waived);
  const two = summaryOf(
    finding('UNKNOWN', { gap: DENIED }, 'us-east-1', '2'),
    waived,
    finding('UNKNOWN', { gap: { ...DENIED, operation: 'x:Y' } }, 'us-east-1', '2'),
    finding('UNKNOWN', { gap: { ...DENIED, operation: 'x:Y' } }, 'us-east-2', '2'),
    finding('UNKNOWN', { gap: { ...DENIED, operation: 'x:Y' } }, 'us-east-3', '2'),
  );
  const all = merged([one, two]);
  expect(all.statuses).toEqual({ PASS: 0, FAIL: 4, SKIP: 0, UNKNOWN: 5 });
  expect(all.failed.high).toBe(1);
  expect(all.passed.high).toBe(0);
  expect(all.waived).toBe(3);
  expect(all.checks).toEqual([{ check: 's3-bucket-not-public', PASS: 0, FAIL: 1, SKIP: 0, UNKNOWN: 5, waived: 3 }]);
  expect(all.coverage).toHaveLength(5);
  expect(all.gaps).toMatchObject([
    { operation: 'x:Y', findings: 3 },
    { operation: DENIED.operation, findings: 2, accounts: ['1', '2'], regions: ['eu-west-1', 'us-east-1'] },
  ]);
});

it('merged keeps checks in the order of their ids', () => {
  const all = merged([
    summaryOf(finding('PASS', { check: 'b' }), finding('PASS', { check: 'a' })),
    summaryOf(finding('FAIL', { check: 'a' }), finding('PASS', { check: 'c' })),
  ]);
  expect(all.checks.map(({ check, PASS, FAIL }) => [check, PASS, FAIL])).toEqual([
    ['a', 1, 1],
    ['b', 1, 0],
    ['c', 1, 0],
  ]);
  expect(all.passed.high).toBe(3);
});

it.each([
  [[], 1],
  [[{ judged: 3, unknown: 1 }], 0.75],
  [[{ judged: 0, unknown: 2 }], 0],
  [
    [
      { judged: 1, unknown: 0 },
      { judged: 0, unknown: 1 },
    ],
    0.5,
  ],
])('coverageRatio(%j) is %d', (places, ratio) => expect(coverageRatio(places)).toBe(ratio));

it('a service is the first word of the id', () => expect(serviceOf('ec2-ebs-volume-encrypted')).toBe('ec2'));

it('SKIP is an answer, UNKNOWN is none', () =>
  expect(judgedIn({ PASS: 1, FAIL: 2, SKIP: 4, UNKNOWN: 8 })).toEqual({ judged: 7, unknown: 8 }));
