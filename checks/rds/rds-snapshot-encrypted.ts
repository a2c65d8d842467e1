import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';

export default check({
  id: 'rds-snapshot-encrypted',
  title: 'Manual database snapshots are encrypted',
  severity: 'medium',
  why: 'A snapshot without encryption can be shared, copied and restored by whoever may call RDS, with every row in it.',
  fix: 'aws rds copy-db-snapshot --source-db-snapshot-identifier <snapshot> --target-db-snapshot-identifier <copy> --kms-key-id <key-id>',
  resource: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
  evaluate(snapshot) {
    const { status, encryption } = snapshot;
    if (status !== 'available') return skip(`the snapshot is ${status}`);
    // Snapshots of DocumentDB and Neptune are in the same list.
    const engine = ifKnown(() => snapshot.engine, 'database');
    if (encryption === 'none') return fail(`this ${engine} snapshot is not encrypted`, { engine, encryption });
    if (encryption === 'sse-kms') return pass('encrypted with a key in KMS', { engine, encryption });
    if (encryption === 'sse-rds') return pass('encrypted with a key that AWS owns', { engine, encryption });
    return unknown(`the snapshot has encryption of type ${encryption}`);
  },
});
