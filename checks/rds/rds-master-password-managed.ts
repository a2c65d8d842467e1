import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { hasTag } from '../../lib/core/tags.ts';
import { isCustom, notJudgedAlone } from './_databases.ts';

const BY_OWN_MEANS: Readonly<Record<string, readonly string[]>> = { MasterSecret: ['external'] };

export default check({
  id: 'rds-master-password-managed',
  title: 'Secrets Manager keeps and rotates the master password of databases',
  severity: 'low',
  why: 'A master password that people set stays the same for years, in scripts, tickets and heads.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --manage-master-user-password --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  params: { managedElsewhereTags: BY_OWN_MEANS },
  evaluate(database, { params }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    // The secondary clusters of a global database are replicas as well.
    if (database.replicaOf !== null) return skip('a read replica: judged at its source');
    if (database.masterUser === null) return skip('it has no master user of its own');
    if (isCustom(database.engine)) return skip('RDS Custom does not manage the master password');
    if (hasTag(database.tags, params.managedElsewhereTags)) return skip('its tags say that its password is rotated');
    const { masterSecret } = database;
    const evidence = { masterSecret };
    if (masterSecret === null) return fail('the master password is not managed', evidence);
    if (masterSecret === 'impaired') return fail('the managed master password cannot be rotated', evidence);
    return pass(`the master password is managed: its secret is ${masterSecret}`, evidence);
  },
});
