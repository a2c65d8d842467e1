import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { hasTag } from '../../lib/core/tags.ts';
import { NONPRODUCTION, notJudgedAlone } from './_databases.ts';

export default check({
  id: 'rds-deletion-protection-enabled',
  title: 'Databases are protected from deletion',
  severity: 'medium',
  why: 'One wrong call or one stolen credential deletes the database, and its automated backups with it.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --deletion-protection --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  params: { nonprodTags: NONPRODUCTION },
  evaluate(database, { params }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    if (hasTag(database.tags, params.nonprodTags)) return skip('its tags say that it is not in production');
    const { deletionProtection, replicaOf } = database;
    if (deletionProtection) return pass('protected from deletion', { deletionProtection });
    const unprotected = fail('not protected from deletion', { deletionProtection });
    return replicaOf === null ? unprotected : rated('low', 'a read replica, its source has the data', unprotected);
  },
});
