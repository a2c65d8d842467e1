import immutable from '../../../checks/cloudtrail/cloudtrail-log-bucket-immutable.ts';
import { cases } from '../../support/cases.ts';
import { INHERITED, TRAIL } from './_trail.ts';

interface Lock {
  readonly status: 'Enabled';
  readonly retention: { readonly mode: string; readonly days: number } | null;
}
const OFF = { status: null, mfaDelete: null };
const MFA = { status: 'Enabled', mfaDelete: 'Enabled' } as const;
const locked = (mode: string, days: number): Lock => ({ status: 'Enabled', retention: { mode, days } });
const having = (
  objectLock: Lock | null,
  versioning: typeof OFF | { status: 'Enabled' | 'Suspended'; mfaDelete: 'Enabled' | 'Disabled' } = OFF,
) => ({
  resource: TRAIL,
  with: { buckets: [{ id: 'logs', objectLock, versioning }] },
});

cases(immutable, {
  pass: [
    {
      name: 'locked for 90 days',
      ...having(locked('COMPLIANCE', 90)),
      evidence: { retention: { mode: 'COMPLIANCE', days: 90 } },
    },
    { name: 'in the mode that some may bypass', ...having(locked('GOVERNANCE', 365)) },
    {
      name: 'locked in a member: the log archive of the organization',
      ...having(locked('COMPLIANCE', 365)),
      resource: { ...TRAIL, ...INHERITED },
    },
    {
      name: 'MFA Delete, where that is enough',
      ...having(null, MFA),
      params: { acceptMfaDelete: true },
      message: 'MFA',
    },
  ],
  fail: [
    { name: 'no Object Lock', ...having(null), message: 'Object Lock is off', evidence: { retention: null } },
    {
      name: 'Object Lock in an unknown state',
      ...having({ ...locked('COMPLIANCE', 365), status: 'Paused' as 'Enabled' }),
    },
    {
      name: 'no default retention: CloudTrail sets none itself',
      ...having({ status: 'Enabled', retention: null }),
      message: 'without a default retention',
    },
    { name: 'locked for 89 days', ...having(locked('COMPLIANCE', 89)), message: '89 days' },
    {
      name: 'a mode that is not accepted',
      ...having(locked('GOVERNANCE', 365)),
      params: { acceptedModes: ['COMPLIANCE'] },
      message: 'mode GOVERNANCE',
    },
    { name: 'MFA Delete', ...having(null, MFA) },
    {
      name: 'MFA Delete alone',
      ...having(null, { status: 'Suspended', mfaDelete: 'Enabled' }),
      params: { acceptMfaDelete: true },
    },
    {
      name: 'versioning alone',
      ...having(null, { status: 'Enabled', mfaDelete: 'Disabled' }),
      params: { acceptMfaDelete: true },
    },
  ],
  skip: [
    {
      name: "the organization's bucket, seen from a member",
      resource: { ...TRAIL, ...INHERITED },
      message: '444455556666',
    },
  ],
  unknown: [{ name: 'a bucket in another account', resource: TRAIL, message: 'another account' }],
});
