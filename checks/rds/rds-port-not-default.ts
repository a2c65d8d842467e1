import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { notJudgedAlone } from './_databases.ts';
import { defaultPortOf } from './_ports.ts';

export default check({
  id: 'rds-port-not-default',
  title: 'Databases listen on another port than the one of their engine',
  severity: 'informational',
  why: 'Scanners that look for databases try the usual ports first; this hides, it does not protect.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --db-port-number <port> --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  evaluate(database) {
    // The instances of a cluster listen on its port.
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    const { engine, port } = database;
    if (port === null) return skip('it has no endpoint');
    const usual = defaultPortOf(engine);
    if (usual === undefined) return skip(`the usual port of ${engine} is not known`);
    return port === usual ? fail(`listens on ${port}`, { port }) : pass(`listens on ${port}`, { port });
  },
});
