import retention from '../../../checks/cloudtrail/cloudtrail-log-bucket-retention.ts';
import { cases } from '../../support/cases.ts';
import { INHERITED, TRAIL } from './_trail.ts';

const RULE = {
  id: 'rule',
  isEnabled: true,
  prefix: '',
  isNarrowed: false,
  days: null as number | null,
  date: null as string | null,
  noncurrentDays: null as number | null,
  newerNoncurrentVersions: null as number | null,
};
const BUCKET = {
  id: 'logs',
  lifecycle: null as (typeof RULE)[] | null,
  versioning: { status: null as 'Enabled' | 'Suspended' | null, mfaDelete: null },
  objectLock: null as { status: 'Enabled'; retention: { mode: string; days: number } | null } | null,
};
const VERSIONED = { versioning: { status: 'Enabled', mfaDelete: null } } as const;
const resource = { ...TRAIL, s3KeyPrefix: null as string | null };
const prefixed = { ...resource, s3KeyPrefix: 'audit' };
const ruled = (...rules: Partial<typeof RULE>[]) => ({ lifecycle: rules.map((rule) => ({ ...RULE, ...rule })) });
const having = (...differences: Partial<typeof BUCKET>[]) => ({
  resource,
  with: { buckets: [Object.assign({}, BUCKET, ...differences) as typeof BUCKET] },
});

cases(retention, {
  pass: [
    { name: 'no lifecycle configuration', ...having(), message: 'nothing deletes' },
    { name: 'rules that only move or tidy', ...having(ruled({})), message: 'nothing deletes' },
    { name: 'a year', ...having(ruled({ days: 365 })), evidence: { days: 365 } },
    { name: 'a rule that is off', ...having(ruled({ days: 30, isEnabled: false })) },
    { name: 'a rule for other keys', ...having(ruled({ days: 30, prefix: 'tmp/' })) },
    {
      name: 'a rule for keys of another prefix',
      ...having(ruled({ days: 30, prefix: 'AWSLogs/' })),
      resource: prefixed,
    },
    { name: 'a rule for tagged objects: CloudTrail sets no tags', ...having(ruled({ days: 30, isNarrowed: true })) },
    {
      name: 'a versioned bucket keeps what expires',
      ...having(VERSIONED, ruled({ days: 30 })),
      message: 'keeps the versions',
    },
    {
      name: 'noncurrent versions alone: a log file has none',
      ...having(VERSIONED, ruled({ noncurrentDays: 30 })),
      message: 'nothing deletes',
    },
    {
      name: 'one noncurrent version is kept',
      ...having(VERSIONED, ruled({ days: 30, noncurrentDays: 1, newerNoncurrentVersions: 1 })),
    },
    {
      name: 'expiry and deletion add up',
      ...having(VERSIONED, ruled({ days: 90, noncurrentDays: 275 })),
      evidence: { days: 365 },
    },
    { name: 'a far date', ...having(ruled({ date: '2027-01-01T00:00:00Z' })), evidence: { days: 365 } },
    {
      name: 'Object Lock holds them for longer',
      ...having(VERSIONED, ruled({ days: 1, noncurrentDays: 1 }), {
        objectLock: { status: 'Enabled', retention: { mode: 'COMPLIANCE', days: 365 } },
      }),
      message: 'Object Lock',
    },
    { name: 'half a year where that is enough', ...having(ruled({ days: 180 })), params: { minRetentionDays: 180 } },
    { name: 'in a member: the log archive of the organization', ...having(), resource: { ...resource, ...INHERITED } },
  ],
  fail: [
    {
      name: 'a day less than a year',
      ...having(ruled({ days: 364 })),
      message: 'after 364 days',
      evidence: { days: 364, rules: ['rule'] },
    },
    { name: 'six years, leap days included', ...having(ruled({ days: 2190 })), params: { minRetentionDays: 2192 } },
    {
      name: 'the shortest of the rules',
      ...having(ruled({ days: 400 }, { days: 30, id: 'short' })),
      evidence: { days: 30, rules: ['rule', 'short'] },
    },
    { name: 'a rule for some of the log files', ...having(ruled({ days: 30, prefix: 'AWSLogs/111122223333/' })) },
    { name: 'a rule for more than the log files', ...having(ruled({ days: 30, prefix: 'AWS' })) },
    {
      name: 'a rule for the prefix of the trail',
      ...having(ruled({ days: 30, prefix: 'audit/AWSLogs/' })),
      resource: prefixed,
    },
    {
      name: 'expiry and deletion add up to a day less',
      ...having(VERSIONED, ruled({ days: 90, noncurrentDays: 274 })),
      evidence: { days: 364, rules: ['rule'] },
    },
    {
      name: 'expiry and deletion by two rules',
      ...having(VERSIONED, ruled({ days: 30 }, { noncurrentDays: 30, newerNoncurrentVersions: 0, id: 'old' })),
      evidence: { days: 60, rules: ['rule', 'old'] },
    },
    {
      name: 'versioning is suspended: what expires is gone',
      ...having({ versioning: { status: 'Suspended', mfaDelete: null } }, ruled({ days: 30 })),
    },
    {
      name: 'a date within the year',
      ...having(ruled({ date: '2026-12-31T23:59:59Z' })),
      evidence: { days: 364, rules: ['rule'] },
    },
    {
      name: 'a date that is past',
      ...having(ruled({ date: '2025-01-01T00:00:00Z' })),
      evidence: { days: 0, rules: ['rule'] },
    },
    {
      name: 'Object Lock holds them for a day less',
      ...having(VERSIONED, ruled({ days: 1, noncurrentDays: 1 }), {
        objectLock: { status: 'Enabled', retention: { mode: 'COMPLIANCE', days: 364 } },
      }),
    },
    {
      name: 'Object Lock without a default',
      ...having(VERSIONED, ruled({ days: 1, noncurrentDays: 1 }), {
        objectLock: { status: 'Enabled', retention: null },
      }),
    },
  ],
  skip: [{ name: "the organization's bucket, seen from a member", resource: { ...resource, ...INHERITED } }],
  unknown: [{ name: 'a bucket in another account', resource, message: 'another account' }],
});
