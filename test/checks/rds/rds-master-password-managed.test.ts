import masterPassword from '../../../checks/rds/rds-master-password-managed.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const own = { masterSecret: null };
const external = { tags: { MasterSecret: 'external' } };

cases(masterPassword, {
  pass: [
    ...['active', 'creating', 'rotating'].map((masterSecret) => ({
      name: masterSecret,
      resource: instance({ masterSecret }),
      message: `its secret is ${masterSecret}`,
      evidence: { masterSecret },
    })),
    { name: 'a cluster', resource: cluster() },
  ],
  fail: [
    { name: 'a password of its own', resource: instance(own), message: 'is not managed', evidence: own },
    {
      name: 'impaired: it works, and does not rotate',
      resource: instance({ masterSecret: 'impaired' }),
      message: 'cannot be rotated',
      evidence: { masterSecret: 'impaired' },
    },
    { name: 'a cluster', resource: cluster(own) },
    { name: 'with another value of the tag', resource: { ...instance(own), tags: { MasterSecret: 'none' } } },
    {
      name: 'with a tag that does not count',
      resource: { ...instance(own), ...external },
      params: { managedElsewhereTags: { Password: ['vault'] } },
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...own, ...change }), message })),
    { name: 'a member', resource: instance({ ...own, cluster: 'orders' }), message: 'judged at its cluster' },
    { name: 'a read replica', resource: instance({ ...own, replicaOf: 'source' }), message: 'at its source' },
    { name: 'a secondary cluster of a global database', resource: cluster({ ...own, replicaOf: 'source' }) },
    {
      name: 'a secondary cluster of a global database that names no source',
      resource: cluster({ ...own, masterUser: null }),
      message: 'no master user of its own',
    },
    { name: 'RDS Custom', resource: instance({ ...own, engine: 'custom-oracle-ee' }), message: 'RDS Custom' },
    { name: 'rotated by own means', resource: { ...instance(own), ...external }, message: 'is rotated' },
  ],
});
