import backups from '../../../checks/rds/rds-automated-backups-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const recoveryPoint = 'arn:aws:rds:eu-west-1:111122223333:db:awsbackup:1';

cases(backups, {
  pass: [
    {
      name: 'exactly the minimum',
      resource: instance(),
      message: '7 days',
      evidence: { backupRetentionDays: 7, backupRecoveryPoint: null },
    },
    { name: 'longer', resource: instance({ backupRetentionDays: 35 }) },
    { name: 'a cluster', resource: cluster() },
    { name: 'a shorter minimum', resource: instance({ backupRetentionDays: 1 }), params: { minDays: 1 } },
    { name: 'no minimum at all', resource: instance({ backupRetentionDays: 0 }), params: { minDays: 0 } },
    {
      name: 'retention from a plan of AWS Backup',
      resource: instance({ backupRetentionDays: 14, backupRecoveryPoint: recoveryPoint }),
      evidence: { backupRetentionDays: 14, backupRecoveryPoint: recoveryPoint },
    },
    {
      name: 'a read replica, when replicas are judged',
      resource: instance({ replicaOf: 'source' }),
      params: { checkReplicas: true },
    },
    { name: 'stopped', resource: instance({ status: 'stopped' }) },
  ],
  fail: [
    { name: 'off', resource: instance({ backupRetentionDays: 0 }), message: /^automated backups are off$/ },
    {
      name: 'one day too short: there are backups, so not as bad as none',
      resource: instance({ backupRetentionDays: 6 }),
      message: '6 days, less than 7 (medium: there are backups)',
      severity: 'medium',
    },
    { name: 'one day', resource: instance({ backupRetentionDays: 1 }), severity: 'medium' },
    { name: 'a cluster at the minimum of Aurora', resource: cluster({ backupRetentionDays: 1 }), severity: 'medium' },
    {
      name: 'below a longer minimum',
      resource: instance({ backupRetentionDays: 29 }),
      params: { minDays: 30 },
      message: 'less than 30',
      severity: 'medium',
    },
    {
      name: 'the plan of AWS Backup is too short',
      resource: instance({ backupRetentionDays: 3, backupRecoveryPoint: recoveryPoint }),
      message: 'as a plan of AWS Backup says',
      severity: 'medium',
    },
    {
      name: 'a read replica without backups, when replicas are judged',
      resource: instance({ backupRetentionDays: 0, replicaOf: 'source' }),
      params: { checkReplicas: true },
      message: /are off$/,
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({
      name,
      resource: instance({ backupRetentionDays: 0, ...change }),
      message,
    })),
    { name: 'a cluster of Neptune', resource: cluster({ backupRetentionDays: 1, engine: 'neptune' }) },
    {
      name: 'a member: judged at the cluster',
      resource: instance({ backupRetentionDays: 0, cluster: 'orders' }),
      message: 'judged at its cluster orders',
    },
    {
      name: 'a read replica',
      resource: instance({ backupRetentionDays: 0, replicaOf: 'source' }),
      message: 'read replica',
    },
    { name: 'a cluster that is a read replica', resource: cluster({ backupRetentionDays: 1, replicaOf: 'source' }) },
  ],
});
