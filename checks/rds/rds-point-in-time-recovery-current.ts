import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { notJudgedAlone } from './_databases.ts';

const MINUTES_A_DAY = 1440;

export default check({
  id: 'rds-point-in-time-recovery-current',
  title: 'Databases can be restored up to a point in time close to now',
  severity: 'medium',
  why: 'When the logs stop reaching the backup, everything written since then is lost with the database.',
  fix: 'aws rds describe-events --source-type db-instance --source-identifier <instance> --duration 1440',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  params: { maxLagMinutes: 60 },
  evaluate(database, { now, params }) {
    const { status, replicaOf, latestRestorableTime } = database;
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    if (status === 'stopped') return skip('the database is stopped');
    if (replicaOf !== null) return skip('a read replica: its source is backed up');
    if (database.backupRetentionDays === 0) return skip('automated backups are off');
    const maxLag = params.maxLagMinutes / MINUTES_A_DAY;
    const evidence = { latestRestorableTime };
    const isCurrent = latestRestorableTime !== null && ageInDays(latestRestorableTime, now) <= maxLag;
    if (isCurrent) return pass(`restorable up to ${latestRestorableTime}`, evidence);
    if (status !== 'available') return skip(`the database is ${status}: its restorable time stands still`);
    if (ageInDays(database.createdAt, now) < maxLag) return skip(`created at ${database.createdAt}`);
    return fail(latestRestorableTime ? `restorable only up to ${latestRestorableTime}` : 'not restorable', evidence);
  },
});
