import deletionProtection from '../../../checks/rds/rds-deletion-protection-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const off = { deletionProtection: false };
const tagged = (Environment: string) => ({ tags: { Environment } });

cases(deletionProtection, {
  pass: [
    { name: 'an instance', resource: instance(), message: /^protected/, evidence: { deletionProtection: true } },
    { name: 'a cluster', resource: cluster() },
    { name: 'a read replica', resource: instance({ replicaOf: 'source' }) },
  ],
  fail: [
    {
      name: 'an instance',
      resource: instance(off),
      message: /^not protected from deletion$/,
      evidence: off,
      severity: undefined,
    },
    { name: 'a cluster', resource: cluster(off), severity: undefined },
    { name: 'a read replica', resource: instance({ ...off, replicaOf: 'source' }), severity: 'low' },
    { name: 'in production, as its tags say', resource: { ...instance(off), ...tagged('prod') } },
    {
      name: 'with a tag that does not count',
      resource: { ...instance(off), ...tagged('dev') },
      params: { nonprodTags: { Environment: ['playground'] } },
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...off, ...change }), message })),
    {
      name: 'a member, whose own setting means nothing',
      resource: instance({ ...off, cluster: 'orders' }),
      message: 'judged at its cluster',
    },
    ...['dev', 'test', 'sandbox'].map((environment) => ({
      name: `tagged ${environment}`,
      resource: { ...instance(off), ...tagged(environment) },
      message: 'not in production',
    })),
  ],
});
