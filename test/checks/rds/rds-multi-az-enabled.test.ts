import multiAz from '../../../checks/rds/rds-multi-az-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const single = { multiAz: false };
const tagged = (Environment: string) => ({ tags: { Environment } });

cases(multiAz, {
  pass: [
    { name: 'an instance', resource: instance(), message: 'spans', evidence: { multiAz: true } },
    { name: 'a cluster', resource: cluster() },
  ],
  fail: [
    { name: 'an instance', resource: instance(single), message: 'in one availability zone', evidence: single },
    { name: 'a cluster without readers in another zone', resource: cluster(single) },
    { name: 'a Multi-AZ cluster', resource: cluster({ ...single, engine: 'postgres' }) },
    { name: 'in production, as its tags say', resource: { ...instance(single), ...tagged('prod') } },
    { name: 'with another tag', resource: { ...instance(single), tags: { Stage: 'dev' } } },
    {
      name: 'with a tag that does not count',
      resource: { ...instance(single), ...tagged('dev') },
      params: { nonprodTags: { Environment: ['playground'] } },
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...single, ...change }), message })),
    {
      name: 'a member, which always says no',
      resource: instance({ ...single, cluster: 'orders' }),
      message: 'judged at its cluster',
    },
    { name: 'a read replica', resource: instance({ ...single, replicaOf: 'source' }), message: 'a read replica' },
    { name: 'RDS Custom', resource: instance({ ...single, engine: 'custom-oracle-ee' }), message: 'RDS Custom' },
    ...['dev', 'test', 'sandbox'].map((environment) => ({
      name: `tagged ${environment}`,
      resource: { ...instance(single), ...tagged(environment) },
      message: 'not in production',
    })),
  ],
});
