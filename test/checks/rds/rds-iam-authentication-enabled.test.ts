import iamAuthentication from '../../../checks/rds/rds-iam-authentication-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const off = { iamAuthentication: false };

cases(iamAuthentication, {
  pass: [
    { name: 'enabled', resource: instance(), message: 'is enabled', evidence: { iamAuthentication: true } },
    { name: 'a cluster', resource: cluster() },
  ],
  fail: [
    { name: 'PostgreSQL', resource: instance(off), message: 'not enabled', evidence: off },
    { name: 'MySQL', resource: instance({ ...off, engine: 'mysql', engineVersion: '5.7.44' }) },
    { name: 'MariaDB 10.11', resource: instance({ ...off, engine: 'mariadb', engineVersion: '10.11.8' }) },
    { name: 'Aurora PostgreSQL', resource: cluster(off) },
    { name: 'Aurora MySQL', resource: cluster({ ...off, engine: 'aurora-mysql' }) },
    { name: 'a Multi-AZ cluster', resource: cluster({ ...off, engine: 'mysql', engineMode: null }) },
    { name: 'a read replica: it has users as well', resource: instance({ ...off, replicaOf: 'source' }) },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...off, ...change }), message })),
    ...['oracle-ee', 'sqlserver-se', 'db2-se', 'custom-oracle-ee'].map((engine) => ({
      name: engine,
      resource: instance({ ...off, engine }),
      message: `${engine} has no IAM authentication`,
    })),
    // RDS user guide, "Supported Regions and DB engines for IAM database authentication in Amazon RDS": not available in
    // 10.4, 10.5 and 10.6, against the catalogue, which begins with 10.6.
    { name: 'MariaDB 10.6', resource: instance({ ...off, engine: 'mariadb', engineVersion: '10.6.21' }) },
    { name: 'a member', resource: instance({ ...off, cluster: 'orders' }), message: 'judged at its cluster' },
    {
      name: 'Aurora Serverless v1',
      resource: cluster({ ...off, engineMode: 'serverless' }),
      message: 'Aurora Serverless v1',
    },
  ],
});
