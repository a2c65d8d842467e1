import adminUsername from '../../../checks/rds/rds-admin-username-not-default.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const postgres = { masterUser: 'postgres' };

cases(adminUsername, {
  pass: [
    {
      name: 'a name of its own',
      resource: instance(),
      message: 'named orders_owner',
      evidence: { masterUser: 'orders_owner' },
    },
    { name: 'a cluster', resource: cluster() },
    { name: 'a usual name as part of its own', resource: instance({ masterUser: 'postgres_orders' }) },
    { name: 'a usual name that is allowed', resource: instance(postgres), params: { defaultNames: ['admin'] } },
  ],
  fail: [
    ...['admin', 'postgres', 'administrator', 'root', 'sa', 'master', 'mysql', 'oracle'].map((masterUser) => ({
      name: masterUser,
      resource: instance({ masterUser }),
      message: `named ${masterUser}`,
      evidence: { masterUser },
    })),
    { name: 'in other letters', resource: instance({ masterUser: 'Admin' }) },
    { name: 'a cluster', resource: cluster(postgres) },
    { name: 'a name that is added', resource: instance(), params: { defaultNames: ['orders_owner'] } },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...postgres, ...change }), message })),
    { name: 'a member', resource: instance({ ...postgres, cluster: 'orders' }), message: 'judged at its cluster' },
    { name: 'a read replica', resource: instance({ ...postgres, replicaOf: 'source' }), message: 'at its source' },
    { name: 'without one, as RDS Custom', resource: instance({ masterUser: null }), message: 'no master user' },
    { name: 'a secondary cluster of a global database', resource: cluster({ masterUser: null }) },
  ],
});
