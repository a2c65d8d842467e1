import { check, fail, pass, skip, table, unknown } from '../../lib/core/check.ts';
import { auditProblem, hasAudit } from './_audit.ts';
import { isServerlessV1, notJudgedAlone } from './_databases.ts';
import { parametersInForce } from './_logs.ts';

export default check({
  id: 'rds-audit-logging-enabled',
  title: 'Databases write an audit log that leaves the host',
  severity: 'medium',
  why: 'After an incident nobody can tell who read or changed which rows.',
  fix: `aws rds modify-db-cluster --db-cluster-identifier <cluster> --cloudwatch-logs-export-configuration '{"EnableLogTypes":["audit"]}'`,
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['logParameters', 'auditOptions', 'release'],
  uses: { instances: table('AWS::RDS::DBInstance', 'logParameters') },
  params: { acceptLogStatement: false },
  evaluate(database, { params, instances }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    const { engine, activityStream, logExports } = database;
    if (activityStream === 'started') return pass('an activity stream records all activity', { activityStream });
    if (!hasAudit(engine)) return unknown(`no setting that AWS shows tells whether ${engine} is audited`);
    if (isServerlessV1(database)) return unknown('of Aurora Serverless v1, AWS does not show whether it is audited');
    const runs = () => parametersInForce(database, instances);
    const problem = auditProblem(database, runs, params.acceptLogStatement);
    return problem
      ? fail(problem, { engine, logExports })
      : pass('audited, and the log leaves the host', { logExports });
  },
});
