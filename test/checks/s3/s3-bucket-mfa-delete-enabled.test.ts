import mfaDelete from '../../../checks/s3/s3-bucket-mfa-delete-enabled.ts';
import { cases } from '../../support/cases.ts';
import { EXPIRES } from './_rows.ts';

const versioned = { status: 'Enabled', mfaDelete: null } as const;
const bucket = { versioning: versioned, objectLock: null, lifecycle: null, tags: { Criticality: 'high' } };
const lock = (mode: string | null) =>
  ({ status: 'Enabled', retention: mode === null ? null : { mode, days: 1 } }) as const;
const all = { applyTo: 'all' };

cases(mfaDelete, {
  pass: [
    {
      name: 'MFA is asked for',
      resource: { ...bucket, versioning: { ...versioned, mfaDelete: 'Enabled' } },
      evidence: { versioning: { status: 'Enabled', mfaDelete: 'Enabled' } },
    },
    {
      name: 'MFA is asked for, of a bucket that is not critical',
      resource: { ...bucket, versioning: { ...versioned, mfaDelete: 'Enabled' }, tags: {} },
    },
    {
      name: 'Object Lock keeps versions from everyone',
      resource: { ...bucket, objectLock: lock('COMPLIANCE') },
      evidence: { objectLock: lock('COMPLIANCE') },
    },
    {
      name: 'Object Lock beside lifecycle rules',
      resource: { ...bucket, objectLock: lock('COMPLIANCE'), lifecycle: [EXPIRES] },
    },
  ],
  fail: [
    { name: 'no MFA', resource: bucket, message: 'without MFA', evidence: { versioning: versioned } },
    { name: 'MFA was turned off', resource: { ...bucket, versioning: { ...versioned, mfaDelete: 'Disabled' } } },
    { name: 'critical in another word', resource: { ...bucket, tags: { Criticality: 'critical' } } },
    { name: 'all buckets are judged', resource: { ...bucket, tags: {} }, params: all },
    { name: 'a lock that some may remove', resource: { ...bucket, objectLock: lock('GOVERNANCE') } },
    { name: 'a lock without a default retention', resource: { ...bucket, objectLock: lock(null) } },
  ],
  skip: [
    {
      name: 'never versioned',
      resource: { ...bucket, versioning: { status: null, mfaDelete: null } },
      message: 'no versions',
    },
    { name: 'versioning is suspended', resource: { ...bucket, versioning: { status: 'Suspended', mfaDelete: null } } },
    { name: 'not critical', resource: { ...bucket, tags: { Criticality: 'low' } }, message: 'critical' },
    { name: 'no tags', resource: { ...bucket, tags: {} } },
    {
      name: 'lifecycle rules exclude MFA delete',
      resource: { ...bucket, lifecycle: [EXPIRES] },
      message: 'lifecycle',
    },
  ],
});
