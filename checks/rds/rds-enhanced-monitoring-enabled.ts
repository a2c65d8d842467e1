import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { required } from '../../lib/core/knowledge.ts';
import { notJudged } from './_databases.ts';

export default check({
  id: 'rds-enhanced-monitoring-enabled',
  title: 'Databases have enhanced monitoring',
  severity: 'low',
  why: 'Without figures from the operating system nobody sees which process wears a database down.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --monitoring-interval 60 --monitoring-role-arn <role-arn>',
  resource: 'AWS::RDS::DBInstance',
  uses: { clusters: table('AWS::RDS::DBCluster') },
  evaluate(instance, { clusters }) {
    const reason = notJudged(instance);
    if (reason) return skip(reason);
    const { cluster } = instance;
    // A setting of the cluster holds for all of its instances.
    const isInherited = instance.monitoringInterval === 0 && cluster !== null;
    const setBy = isInherited ? required(clusters.get(cluster), `cluster ${cluster}`) : instance;
    const { monitoringInterval, monitoringRole } = setBy;
    const evidence = { setBy: setBy.arn, monitoringInterval, monitoringRole };
    if (monitoringInterval === 0) return fail('enhanced monitoring is off', evidence);
    if (monitoringRole === null) return fail('no role delivers the figures', evidence);
    return pass(`figures every ${monitoringInterval} seconds`, evidence);
  },
});
