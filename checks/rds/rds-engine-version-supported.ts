import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { notJudgedAlone } from './_databases.ts';
import { supportUntil } from './_support.ts';

export default check({
  id: 'rds-engine-version-supported',
  title: 'Databases run an engine version in standard support',
  severity: 'high',
  why: 'Holes in a version that nobody mends stay open, and Extended Support costs more than the database.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --engine-version <version> --allow-major-version-upgrade',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['release', 'lifecycle'],
  params: { warnDays: 180 },
  evaluate(database, { now, params }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    const { engine, engineVersion, release } = database;
    if (!release) return skip('RDS Custom: the customer chooses and mends the version');
    const { status } = release;
    const evidence = { engine, engineVersion, status };
    if (status === null) return fail(`AWS lists no ${engine} ${engineVersion} any more`, evidence);
    if (status !== 'available') return fail(`${engine} ${engineVersion} is ${status}`, evidence);
    const { lifecycle } = database;
    if (!lifecycle) return pass(`${engine} ${engineVersion} is available`, evidence);
    return supportUntil(lifecycle.standardSupportEnds, { engine, engineVersion, status }, params.warnDays, now);
  },
});
