import databasePorts from '../../../checks/vpc/vpc-security-group-no-world-database-ports.ts';
import { cases } from '../../support/cases.ts';
import { group, networkInterface, rule } from './_network.ts';
import { worldRows } from './_world-rows.ts';

const inUse = { prefixLists: [], interfaces: [networkInterface()] };
const { pass, fail, skip, unknown } = worldRows('tcp', 8086, 'high');

/** Every tested port by its product, so that losing one fails a row. */
const PRODUCTS: readonly (readonly [string, 'tcp' | 'udp', number])[] = [
  ['SQL Server', 'tcp', 1433],
  ['SQL Server Monitor', 'tcp', 1434],
  ['SQL Server Browser', 'udp', 1434],
  ['Oracle', 'tcp', 1521],
  ['Oracle, newer', 'tcp', 2483],
  ['Oracle over TLS', 'tcp', 2484],
  ['MySQL', 'tcp', 3306],
  ['MySQL X', 'tcp', 33060],
  ['PostgreSQL', 'tcp', 5432],
  ['PostgreSQL, second cluster', 'tcp', 5433],
  ['Redshift', 'tcp', 5439],
  ['MongoDB', 'tcp', 27017],
  ['MongoDB shard', 'tcp', 27018],
  ['MongoDB configuration', 'tcp', 27019],
  ['Cassandra nodes', 'tcp', 7000],
  ['Cassandra nodes over TLS', 'tcp', 7001],
  ['Cassandra JMX', 'tcp', 7199],
  ['Cassandra', 'tcp', 9042],
  ['Cassandra Thrift', 'tcp', 9160],
  ['Neptune', 'tcp', 8182],
  ['Db2', 'tcp', 50000],
  ['CouchDB', 'tcp', 5984],
  ['Neo4j over HTTP', 'tcp', 7474],
  ['Neo4j', 'tcp', 7687],
  ['CockroachDB', 'tcp', 26257],
];

cases(databasePorts, {
  pass: [
    ...pass,
    {
      name: 'UDP on a port that is tested over TCP only',
      resource: group([rule({ protocol: 'udp', fromPort: 3306, toPort: 3306, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
    },
    {
      name: 'just below and just above SQL Server',
      resource: group([
        rule({ fromPort: 1400, toPort: 1432, cidrs: ['0.0.0.0/0'] }),
        rule({ fromPort: 1435, toPort: 1520, cidrs: ['0.0.0.0/0'] }),
      ]),
      with: inUse,
    },
  ],
  fail: [
    ...fail,
    ...PRODUCTS.map(([name, protocol, port]) => ({
      name,
      resource: group([rule({ protocol, fromPort: port, toPort: port, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
      message: 'the internet reaches database ports',
      evidence: { open: [`${protocol} ${port}`], sources: ['0.0.0.0/0'] },
    })),
  ],
  skip,
  unknown,
});
