import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { notJudgedAlone } from './_databases.ts';

export default check({
  id: 'rds-automated-backups-enabled',
  title: 'Databases keep automated backups for at least a week',
  severity: 'high',
  why: 'What a mistake or an attacker destroyed can be brought back only as far as the backups reach.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --backup-retention-period 7 --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  params: { minDays: 7, checkReplicas: false },
  evaluate(database, { params }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    if (!params.checkReplicas && database.replicaOf !== null) return skip('a read replica: its source is backed up');
    const { backupRetentionDays: days, backupRecoveryPoint } = database;
    const evidence = { backupRetentionDays: days, backupRecoveryPoint };
    if (days >= params.minDays) return pass(`automated backups are kept for ${days} days`, evidence);
    if (days === 0) return fail('automated backups are off', evidence);
    const by = backupRecoveryPoint === null ? '' : ', as a plan of AWS Backup says';
    const short = fail(`automated backups are kept for ${days} days, less than ${params.minDays}${by}`, evidence);
    return rated('medium', 'there are backups', short);
  },
});
