import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import { notJudgedAlone } from './_databases.ts';
import { hasInsights } from './_insights.ts';
import { isMysql, isPostgres, parametersInForce } from './_logs.ts';
import { slowQueryProblem } from './_slow-queries.ts';

export default check({
  id: 'rds-slow-query-logging-enabled',
  title: 'Databases log slow queries or analyse them with Performance Insights',
  severity: 'low',
  why: 'Queries that copy whole tables or wear a database down leave no trace.',
  fix: 'aws rds modify-db-parameter-group --db-parameter-group-name <group> --parameters ParameterName=slow_query_log,ParameterValue=1,ApplyMethod=immediate ParameterName=long_query_time,ParameterValue=2,ApplyMethod=immediate ParameterName=log_output,ParameterValue=FILE,ApplyMethod=immediate',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['logParameters'],
  uses: { instances: table('AWS::RDS::DBInstance', 'logParameters') },
  params: { maxSeconds: 10, requireExport: true, acceptInsights: true },
  evaluate(database, { params, instances }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    const { engine, logExports } = database;
    if (!isMysql(engine) && !isPostgres(engine)) return skip(`${engine} has no log of slow queries`);
    const isWatched = () => params.acceptInsights && hasInsights(database, instances);
    const problem = () => slowQueryProblem(database, parametersInForce(database, instances), params);
    const isSeen = anyOf(isWatched, () => problem() === undefined);
    if (!isSeen) return fail(problem()!, { engine, logExports });
    const byInsights = ifKnown(isWatched, false);
    return pass(byInsights ? 'Performance Insights analyses its queries' : 'slow queries are logged', { logExports });
  },
});
