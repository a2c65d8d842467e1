import snapshotEncrypted from '../../../checks/rds/rds-snapshot-encrypted.ts';
import { cases } from '../../support/cases.ts';

const manual = {
  database: 'orders',
  engine: 'mysql',
  status: 'available',
  snapshotType: 'manual',
  encryption: 'sse-kms',
};
const cluster = { type: 'AWS::RDS::DBClusterSnapshot' as const, ...manual, engine: 'aurora-mysql' };

// Automated snapshots are not in the lists: RDS encrypts them as their database, which rds-storage-encrypted judges, alive or retained.
cases(snapshotEncrypted, {
  pass: [
    {
      name: 'a key in KMS',
      resource: manual,
      message: 'a key in KMS',
      evidence: { engine: 'mysql', encryption: 'sse-kms' },
    },
    { name: 'a key that AWS owns', resource: { ...manual, encryption: 'sse-rds' }, message: 'a key that AWS owns' },
    { name: 'of a cluster', resource: cluster },
  ],
  fail: [
    {
      name: 'not encrypted',
      resource: { ...manual, encryption: 'none' },
      message: /^this mysql snapshot is not encrypted$/,
      evidence: { engine: 'mysql', encryption: 'none' },
    },
    { name: 'of a cluster', resource: { ...cluster, encryption: 'none' } },
    {
      name: 'of DocumentDB, by its name',
      resource: { ...cluster, engine: 'docdb', encryption: 'none' },
      message: 'docdb',
    },
  ],
  skip: [
    {
      name: 'not available yet',
      resource: { ...manual, status: 'creating', encryption: 'none' },
      message: 'the snapshot is creating',
    },
  ],
  unknown: [{ name: 'a type of encryption of which nothing is known', resource: { ...manual, encryption: 'sse-x' } }],
});
