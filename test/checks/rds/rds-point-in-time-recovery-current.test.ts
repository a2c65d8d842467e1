import pointInTime from '../../../checks/rds/rds-point-in-time-recovery-current.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const stale = { latestRestorableTime: '2025-12-31T22:59:59.000Z' };
const never = { latestRestorableTime: null };

cases(pointInTime, {
  pass: [
    {
      name: 'five minutes ago, as is usual',
      resource: instance(),
      message: 'restorable up to 2025-12-31T23:55:00.000Z',
      evidence: { latestRestorableTime: '2025-12-31T23:55:00.000Z' },
    },
    { name: 'exactly an hour ago', resource: instance({ latestRestorableTime: '2025-12-31T23:00:00.000Z' }) },
    { name: 'a longer lag is tolerated', resource: instance(stale), params: { maxLagMinutes: 61 } },
    { name: 'a cluster', resource: cluster() },
    { name: 'in the middle of a change', resource: instance({ status: 'modifying' }) },
    { name: 'new, and restorable already', resource: instance({ createdAt: '2025-12-31T23:50:00.000Z' }) },
    { name: 'one day of retention', resource: instance({ backupRetentionDays: 1 }) },
  ],
  fail: [
    {
      name: 'a second more than an hour ago',
      resource: instance(stale),
      message: 'restorable only up to 2025-12-31T22:59:59.000Z',
      evidence: stale,
    },
    {
      name: 'less lag is tolerated',
      resource: instance(),
      params: { maxLagMinutes: 4 },
      evidence: { latestRestorableTime: '2025-12-31T23:55:00.000Z' },
    },
    { name: 'not at all', resource: instance(never), message: /^not restorable$/, evidence: never },
    { name: 'a cluster', resource: cluster(stale) },
    {
      name: 'created exactly an hour ago',
      resource: instance({ ...never, createdAt: '2025-12-31T23:00:00.000Z' }),
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...stale, ...change }), message })),
    { name: 'a member', resource: instance({ ...never, cluster: 'orders' }), message: 'judged at its cluster orders' },
    { name: 'stopped', resource: instance({ ...stale, status: 'stopped' }), message: /^the database is stopped$/ },
    { name: 'stopped a minute ago', resource: instance({ status: 'stopped' }) },
    { name: 'a stopped cluster', resource: cluster({ ...stale, status: 'stopped' }) },
    { name: 'a read replica', resource: instance({ ...never, replicaOf: 'source' }), message: 'a read replica' },
    {
      name: 'without automated backups: rds-automated-backups-enabled fails',
      resource: instance({ ...never, backupRetentionDays: 0 }),
      message: 'automated backups are off',
    },
    {
      name: 'created less than an hour ago',
      resource: instance({ ...never, createdAt: '2025-12-31T23:00:01.000Z' }),
      message: 'created at 2025-12-31T23:00:01.000Z',
    },
    {
      name: 'in the middle of a long maintenance',
      resource: instance({ ...stale, status: 'upgrading' }),
      message: 'the database is upgrading',
    },
  ],
});
