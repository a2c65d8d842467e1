import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { hasTag } from '../../lib/core/tags.ts';
import { NONPRODUCTION, isCustom, notJudgedAlone } from './_databases.ts';

export default check({
  id: 'rds-multi-az-enabled',
  title: 'Databases span more than one availability zone',
  severity: 'medium',
  why: 'A database in one zone is gone for as long as that zone is.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --multi-az --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  params: { nonprodTags: NONPRODUCTION },
  evaluate(database, { params }) {
    // Members of a cluster say that they are in one zone, whatever their cluster is.
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    if (database.replicaOf !== null) return skip('a read replica');
    if (isCustom(database.engine)) return skip('RDS Custom has no such setting');
    if (hasTag(database.tags, params.nonprodTags)) return skip('its tags say that it is not in production');
    const { multiAz } = database;
    return multiAz ? pass('spans availability zones', { multiAz }) : fail('in one availability zone', { multiAz });
  },
});
