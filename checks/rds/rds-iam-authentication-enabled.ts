import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { isServerlessV1, notJudgedAlone } from './_databases.ts';
import { hasIamAuthentication } from './_versions.ts';

export default check({
  id: 'rds-iam-authentication-enabled',
  title: 'Databases accept IAM authentication in place of passwords',
  severity: 'low',
  why: 'Passwords of database users are copied, shared and never changed; a token of IAM ends after 15 minutes.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --enable-iam-database-authentication --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  evaluate(database) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    const { engine } = database;
    if (!hasIamAuthentication(engine, () => database.engineVersion)) return skip(`${engine} has no IAM authentication`);
    if (isServerlessV1(database)) return skip('Aurora Serverless v1 has no IAM authentication');
    const { iamAuthentication } = database;
    if (iamAuthentication) return pass('IAM authentication is enabled', { iamAuthentication });
    return fail('IAM authentication is not enabled', { iamAuthentication });
  },
});
