import autoMinor from '../../../checks/rds/rds-auto-minor-version-upgrade-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const off = { autoMinorVersionUpgrade: false };
const member = { cluster: 'orders' };

// Changes of the setting are never pending: PendingModifiedValues has no such member.
cases(autoMinor, {
  pass: [
    {
      name: 'an instance',
      resource: instance(),
      message: 'applied automatically',
      evidence: { autoMinorVersionUpgrade: true },
    },
    { name: 'a Multi-AZ cluster', resource: cluster({ engine: 'mysql' }) },
    { name: 'an instance of Aurora', resource: instance({ ...member, engine: 'aurora-mysql' }) },
  ],
  fail: [
    { name: 'an instance', resource: instance(off), message: 'wait for somebody', evidence: off },
    { name: 'a Multi-AZ cluster', resource: cluster({ ...off, engine: 'postgres' }) },
    { name: 'an instance of Aurora', resource: instance({ ...off, ...member, engine: 'aurora-postgresql' }) },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...off, ...change }), message })),
    {
      name: 'an instance of Aurora that is being deleted',
      resource: instance({ ...off, ...member, engine: 'aurora-mysql', status: 'deleting' }),
      message: 'deleting',
    },
    { name: 'an Aurora cluster', resource: cluster(off), message: 'judged at each of its instances' },
    {
      name: 'an instance of a Multi-AZ cluster',
      resource: instance({ ...off, ...member }),
      message: 'judged at its cluster orders',
    },
    { name: 'RDS Custom', resource: instance({ ...off, engine: 'custom-sqlserver-ee' }), message: 'RDS Custom' },
  ],
});
