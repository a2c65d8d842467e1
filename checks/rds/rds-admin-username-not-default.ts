import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { notJudgedAlone } from './_databases.ts';

const COMMON: readonly string[] = ['admin', 'postgres', 'administrator', 'root', 'sa', 'master', 'mysql', 'oracle'];

export default check({
  id: 'rds-admin-username-not-default',
  title: 'The master user of databases has no name that everybody knows',
  severity: 'low',
  why: 'Who guesses passwords needs the name of a user first, and tries these names before any other.',
  fix: 'aws rds create-db-instance --db-instance-identifier <new-instance> --engine <engine> --db-instance-class <class> --allocated-storage <gib> --master-username <name> --manage-master-user-password',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  params: { defaultNames: COMMON },
  evaluate(database, { params }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    if (database.replicaOf !== null) return skip('a read replica: judged at its source');
    const { masterUser } = database;
    if (masterUser === null) return skip('it has no master user of its own');
    const evidence = { masterUser };
    if (params.defaultNames.includes(masterUser.toLowerCase())) return fail(`named ${masterUser}`, evidence);
    return pass(`named ${masterUser}`, evidence);
  },
});
