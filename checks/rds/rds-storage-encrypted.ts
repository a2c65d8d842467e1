import { check, fail, pass, rated, skip, unknown } from '../../lib/core/check.ts';
import { notJudgedAlone } from './_databases.ts';

export default check({
  id: 'rds-storage-encrypted',
  title: 'The storage of databases and their retained backups is encrypted',
  severity: 'high',
  why: 'Whoever gets at a volume, a snapshot or a backup without encryption reads every row in it.',
  fix: 'aws rds copy-db-snapshot --source-db-snapshot-identifier <snapshot> --target-db-snapshot-identifier <copy> --kms-key-id <key-id>',
  resource: [
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstanceAutomatedBackup',
    'AWS::RDS::DBClusterAutomatedBackup',
  ],
  params: { requireKms: false },
  evaluate(database, { params }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    const { encryption } = database;
    if (encryption === 'none') return fail('the storage is not encrypted', { encryption });
    if (encryption === 'sse-kms') return pass('encrypted with a key in KMS', { encryption, kmsKey: database.kmsKey });
    if (encryption !== 'sse-rds') return unknown(`the storage has encryption of type ${encryption}`);
    if (!params.requireKms) return pass('encrypted with a key that AWS owns', { encryption });
    const verdict = fail('encrypted with a key that AWS owns, not one in KMS', { encryption });
    return rated('low', 'encrypted all the same', verdict);
  },
});
