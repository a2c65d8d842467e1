import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { whyNotShareable } from './_snapshots.ts';

export default check({
  id: 'rds-snapshot-not-public',
  title: 'Manual database snapshots are not shared with everybody',
  severity: 'critical',
  why: 'Everybody with an AWS account can restore a public snapshot and read the whole database.',
  fix: 'aws rds modify-db-snapshot-attribute --db-snapshot-identifier <snapshot> --attribute-name restore --values-to-remove all',
  resource: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
  needs: ['sharedWith'],
  params: { trustedAccounts: [] as readonly string[] },
  evaluate(snapshot, { params }) {
    const { sharedWith } = snapshot;
    if (!sharedWith) return skip(whyNotShareable(snapshot));
    // Snapshots of DocumentDB and Neptune are in the same list.
    const engine = ifKnown(() => snapshot.engine, 'database');
    if (sharedWith.includes('all'))
      return fail(`everybody may restore this ${engine} snapshot`, { engine, sharedWith });
    const others = sharedWith.filter((account) => !params.trustedAccounts.includes(account));
    if (others.length === 0) return pass('not public', { engine, sharedWith });
    const shared = fail(`accounts that are not trusted may restore this ${engine} snapshot`, { engine, others });
    return rated('low', 'shared with named accounts, not with everybody', shared);
  },
});
