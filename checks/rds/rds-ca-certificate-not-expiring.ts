import { check, skip } from '../../lib/core/check.ts';
import { expiry } from './_certificates.ts';
import { notJudged } from './_databases.ts';

export default check({
  id: 'rds-ca-certificate-not-expiring',
  title: 'The certificates of databases are not about to end',
  severity: 'medium',
  why: 'Clients that check certificates stop connecting on the day it ends; the others were never safe.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --ca-certificate-identifier rds-ca-rsa2048-g1 --apply-immediately',
  resource: 'AWS::RDS::DBInstance',
  needs: ['authority', 'release'],
  params: { warnDays: 90 },
  evaluate(instance, { now, params }) {
    const reason = notJudged(instance);
    if (reason) return skip(reason);
    return expiry(instance, params.warnDays, now);
  },
});
