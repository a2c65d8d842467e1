import accessLogging from '../../../checks/s3/s3-bucket-access-logging-enabled.ts';
import { cases } from '../../support/cases.ts';
import { deliveryTo } from './_rows.ts';

const acl = { kind: 'not-asked', because: 'account-block' } as const;
const disabled = { kind: 'not-asked', because: 'acls-disabled' } as const;
const logs = { id: 'logs', arn: 'arn:aws:s3:::logs', logging: null, policy: null, acl };
const data = { id: 'data', arn: 'arn:aws:s3:::data', logging: 'logs', policy: null as string | null, acl: disabled };
const unlogged = { ...data, logging: null };
const description = {
  s3BucketName: 'trail-logs',
  isMultiRegionTrail: true,
  includeGlobalServiceEvents: true,
  logFileValidationEnabled: true,
  kmsKeyId: null,
};
const all = {
  readWriteType: 'All' as const,
  includeManagementEvents: true,
  excludeManagementEventSources: [],
  dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
};
const trail = {
  id: 'trail',
  arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/trail',
  owner: '111122223333',
  description,
  status: { isLogging: true },
  eventSelectors: { basic: [all], advanced: [] },
};

cases(accessLogging, {
  pass: [
    {
      name: 'to another bucket',
      resource: data,
      with: { buckets: [logs] },
      message: 'go to logs',
      evidence: { logging: 'logs' },
    },
    {
      name: 'a destination that logs its own access too',
      resource: data,
      with: { buckets: [logs, { ...logs, id: 'x', logging: 'data' }] },
    },
    { name: 'CloudTrail records its objects', resource: unlogged, with: { trails: [trail] }, message: 'CloudTrail' },
    {
      name: 'server access logs get lost, but CloudTrail records its objects',
      resource: { ...data, logging: 'elsewhere' },
      with: { buckets: [logs], trails: [trail] },
      message: 'CloudTrail',
    },
  ],
  fail: [
    { name: 'off', resource: unlogged, message: 'not logged', evidence: { logging: null } },
    {
      name: 'into itself',
      resource: { ...data, logging: 'data' },
      with: { buckets: [{ ...logs, id: 'data', logging: 'data' }] },
      message: 'itself',
    },
    {
      name: 'to a bucket that is gone, or of another account',
      resource: data,
      message: 'not a bucket of this account',
    },
    {
      name: 'to another region',
      resource: data,
      with: { buckets: [{ ...logs, region: 'us-east-1' }] },
      message: 'us-east-1',
    },
    {
      name: 'to a bucket that refuses them',
      resource: data,
      with: { buckets: [{ ...logs, acl: disabled }] },
      message: 'does not let S3 write',
    },
    {
      name: 'a stopped trail records nothing',
      resource: unlogged,
      with: { trails: [{ ...trail, status: { isLogging: false } }] },
    },
    {
      name: 'data events do not count here',
      resource: unlogged,
      with: { trails: [trail] },
      params: { acceptCloudtrailDataEvents: false },
    },
  ],
  skip: [
    {
      name: 'receives the access logs of another bucket',
      resource: { ...unlogged, id: 'logs' },
      with: { buckets: [{ ...logs, id: 'data', logging: 'logs' }] },
      message: 'receives the logs of others',
    },
    {
      name: 'AWS delivers flow logs and others to it',
      resource: { ...unlogged, policy: deliveryTo('data', { Service: 'delivery.logs.amazonaws.com' }) },
      message: 'receives the logs of others',
    },
    {
      name: 'CloudFront delivers to it, by ACL',
      resource: {
        ...unlogged,
        acl: {
          kind: 'known',
          grants: [
            {
              grantee: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
              permission: 'FULL_CONTROL',
            },
          ],
        },
      },
    },
    { name: 'receives the files of a trail', resource: { ...unlogged, id: 'trail-logs' }, with: { trails: [trail] } },
  ],
});
