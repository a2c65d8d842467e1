import port from '../../../checks/rds/rds-port-not-default.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const USUAL = [
  ['mysql', 3306],
  ['mariadb', 3306],
  ['postgres', 5432],
  ['oracle-ee', 1521],
  ['oracle-ee-cdb', 1521],
  ['custom-oracle-ee', 1521],
  ['sqlserver-se', 1433],
  ['custom-sqlserver-se', 1433],
  ['db2-se', 50_000],
] as const;
const USUAL_OF_CLUSTERS = [
  ['aurora-mysql', 3306],
  ['aurora-postgresql', 5432],
  ['mysql', 3306],
] as const;

cases(port, {
  pass: [
    { name: 'another port', resource: instance({ port: 6033 }), message: 'listens on 6033', evidence: { port: 6033 } },
    { name: 'the port of another engine', resource: instance({ port: 3306 }) },
    { name: 'a cluster', resource: cluster({ port: 6033 }) },
  ],
  fail: [
    ...USUAL.map(([engine, usual]) => ({
      name: engine,
      resource: instance({ engine, port: usual }),
      message: `listens on ${usual}`,
      evidence: { port: usual },
    })),
    ...USUAL_OF_CLUSTERS.map(([engine, usual]) => ({
      name: `a cluster of ${engine}`,
      resource: cluster({ engine, port: usual }),
    })),
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance(change), message })),
    // CreateDBInstance: the port of Aurora's instances is managed by their cluster.
    { name: 'a member', resource: instance({ cluster: 'orders' }), message: 'judged at its cluster' },
    { name: 'without endpoint', resource: instance({ port: null }), message: 'no endpoint' },
    { name: 'an engine that is not known', resource: instance({ engine: 'newdb' }), message: 'newdb' },
    ...['my-postgres', 'postgres-x', 'xmysql', 'mysql-x', 'xmariadb', 'mariadb-x', 'x-oracle-ee', 'x-sqlserver-se'].map(
      (engine) => ({ name: `not ${engine}`, resource: instance({ engine }) }),
    ),
    { name: 'not xaurora-postgresql', resource: instance({ engine: 'xaurora-postgresql' }) },
    { name: 'not aurora-postgresql-x', resource: instance({ engine: 'aurora-postgresql-x' }) },
    { name: 'not x-db2-se', resource: instance({ engine: 'x-db2-se' }) },
  ],
});
