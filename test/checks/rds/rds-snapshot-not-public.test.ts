import snapshotNotPublic from '../../../checks/rds/rds-snapshot-not-public.ts';
import { cases } from '../../support/cases.ts';

const snapshot = {
  database: 'orders',
  engine: 'mysql',
  status: 'available',
  snapshotType: 'manual',
  encryption: 'none',
  sharedWith: [],
};
const clusterSnapshot = { ...snapshot, type: 'AWS::RDS::DBClusterSnapshot' as const, engine: 'aurora-mysql' };

cases(snapshotNotPublic, {
  pass: [
    { name: 'shared with nobody', resource: snapshot, evidence: { engine: 'mysql', sharedWith: [] } },
    { name: 'of a cluster', resource: clusterSnapshot },
    { name: 'encrypted with a key that AWS owns', resource: { ...snapshot, encryption: 'sse-rds' } },
    {
      name: 'shared with trusted accounts only',
      resource: { ...snapshot, sharedWith: ['444455556666'] },
      params: { trustedAccounts: ['444455556666', '777788889999'] },
    },
  ],
  fail: [
    {
      name: 'public',
      resource: { ...snapshot, sharedWith: ['all'] },
      message: /^everybody may restore this mysql snapshot$/,
      evidence: { engine: 'mysql', sharedWith: ['all'] },
    },
    { name: 'public beside named accounts', resource: { ...snapshot, sharedWith: ['444455556666', 'all'] } },
    {
      name: 'public, whatever is trusted',
      resource: { ...snapshot, sharedWith: ['all'] },
      params: { trustedAccounts: ['all'] },
      message: /snapshot$/,
    },
    { name: 'of a cluster', resource: { ...clusterSnapshot, sharedWith: ['all'] }, message: 'aurora-mysql' },
    { name: 'DocumentDB, from the same list', resource: { ...clusterSnapshot, engine: 'docdb', sharedWith: ['all'] } },
    {
      name: 'Neptune, from the same list',
      resource: { ...clusterSnapshot, engine: 'neptune', sharedWith: ['all'] },
      message: 'neptune',
    },
    {
      name: 'shared with an account that is not trusted: not public',
      resource: { ...snapshot, sharedWith: ['444455556666', '777788889999'] },
      params: { trustedAccounts: ['444455556666'] },
      severity: 'low',
      evidence: { engine: 'mysql', others: ['777788889999'] },
    },
  ],
  skip: [
    {
      name: 'automated',
      resource: { ...snapshot, snapshotType: 'automated', sharedWith: null },
      message: 'automated snapshots cannot be shared',
    },
    {
      name: 'of AWS Backup',
      resource: { ...snapshot, snapshotType: 'awsbackup', sharedWith: null },
      message: 'awsbackup',
    },
    { name: 'being created', resource: { ...snapshot, status: 'creating', sharedWith: null }, message: 'is creating' },
    {
      name: 'encrypted with a key in KMS: cannot be public',
      resource: { ...snapshot, encryption: 'sse-kms', sharedWith: null },
      message: 'encrypted with a key in KMS',
    },
  ],
});
