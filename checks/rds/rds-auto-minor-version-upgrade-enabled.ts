import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { isAurora, isCustom, notJudged, notJudgedAlone } from './_databases.ts';

export default check({
  id: 'rds-auto-minor-version-upgrade-enabled',
  title: 'Databases apply minor versions of their engine by themselves',
  severity: 'medium',
  why: 'Known holes in the engine stay open until somebody remembers to upgrade.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --auto-minor-version-upgrade --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  evaluate(database) {
    const { type, engine } = database;
    // The instances of Aurora have the setting each; those of a Multi-AZ cluster follow the cluster.
    const reason = isAurora(engine) ? notJudged(database) : notJudgedAlone(database);
    if (reason) return skip(reason);
    if (isAurora(engine) && type === 'AWS::RDS::DBCluster') return skip('judged at each of its instances');
    if (isCustom(engine)) return skip('RDS Custom must not upgrade by itself');
    const { autoMinorVersionUpgrade } = database;
    const evidence = { autoMinorVersionUpgrade };
    return autoMinorVersionUpgrade
      ? pass('minor versions are applied automatically', evidence)
      : fail('minor versions wait for somebody to apply them', evidence);
  },
});
