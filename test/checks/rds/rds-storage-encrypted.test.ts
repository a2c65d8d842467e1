import encrypted from '../../../checks/rds/rds-storage-encrypted.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED, retainedBackup, retainedClusterBackup } from './_fixtures.ts';

const none = { encryption: 'none', kmsKey: null };
const ownedByAws = { encryption: 'sse-rds', kmsKey: null };
const requireKms = { requireKms: true };

cases(encrypted, {
  pass: [
    {
      name: 'a key in KMS',
      resource: instance(),
      evidence: { encryption: 'sse-kms', kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k1' },
    },
    { name: 'a key that AWS owns', resource: instance(ownedByAws), evidence: { encryption: 'sse-rds' } },
    { name: 'a key in KMS is required, and there', resource: instance(), params: requireKms },
    { name: 'a cluster', resource: cluster() },
    { name: 'a cluster with a key that AWS owns', resource: cluster(ownedByAws) },
    { name: 'a backup that outlived its instance', resource: retainedBackup() },
    { name: 'a backup that outlived its cluster', resource: retainedClusterBackup() },
  ],
  fail: [
    {
      name: 'not encrypted',
      resource: instance(none),
      message: /^the storage is not encrypted$/,
      evidence: { encryption: 'none' },
    },
    { name: 'not encrypted, and a key in KMS is required', resource: instance(none), params: requireKms },
    { name: 'a cluster', resource: cluster(none) },
    { name: 'a cluster that is stopped', resource: cluster({ ...none, status: 'stopped' }) },
    { name: 'a backup that outlived its instance', resource: retainedBackup(none) },
    // The automated snapshots of a deleted cluster: no list of databases has them any more.
    { name: 'a backup that outlived its cluster', resource: retainedClusterBackup(none) },
    {
      name: 'a key that AWS owns does not do',
      resource: instance(ownedByAws),
      params: requireKms,
      message: 'not one in KMS',
      severity: 'low',
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...none, ...change }), message })),
    { name: 'a backup of Neptune', resource: retainedClusterBackup({ ...none, engine: 'neptune' }) },
    { name: 'a cluster of DocumentDB', resource: cluster({ ...none, engine: 'docdb' }) },
    {
      name: 'a member: inherits from its cluster',
      resource: instance({ ...none, cluster: 'orders' }),
      message: 'orders',
    },
  ],
  unknown: [{ name: 'a type of encryption of which nothing is known', resource: instance({ encryption: 'sse-x' }) }],
});
