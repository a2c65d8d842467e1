import accessLogging from '../../../checks/cloudtrail/cloudtrail-log-bucket-access-logging.ts';
import { cases } from '../../support/cases.ts';
import { basic, INHERITED, TRAIL } from './_trail.ts';

const acl = { kind: 'not-asked', because: 'account-block' } as const;
const bucket = (id: string, logging: string | null, region = 'eu-west-1') => ({
  id,
  arn: `arn:aws:s3:::${id}`,
  region,
  logging,
  policy: null,
  acl,
});
const access = bucket('access', null);
const OBJECTS = { dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::logs/'] }] };
const second = {
  ...TRAIL,
  id: 'second',
  arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/second',
  eventSelectors: basic(OBJECTS),
};
const params = { acceptDataEvents: true };

cases(accessLogging, {
  pass: [
    {
      name: 'to another bucket',
      resource: TRAIL,
      with: { buckets: [bucket('logs', 'access'), access] },
      message: 'is logged to access',
      evidence: { logging: 'access' },
    },
    {
      name: 'into itself, which grows',
      resource: TRAIL,
      with: { buckets: [bucket('logs', 'logs')] },
      message: 'into itself',
    },
    {
      name: 'in a member: the log archive of the organization',
      resource: { ...TRAIL, ...INHERITED },
      with: { buckets: [bucket('logs', 'access'), access] },
    },
    {
      name: 'data events of another trail, where they are enough',
      resource: TRAIL,
      with: { buckets: [bucket('logs', null)], trails: [second] },
      params,
    },
  ],
  fail: [
    {
      name: 'no access logs',
      resource: TRAIL,
      with: { buckets: [bucket('logs', null)] },
      message: 'bucket logs: access is not logged',
      evidence: { logging: null },
    },
    {
      name: 'to a bucket that is gone',
      resource: TRAIL,
      with: { buckets: [bucket('logs', 'access')] },
      message: 'not a bucket of this account',
    },
    {
      name: 'to a bucket of another region',
      resource: TRAIL,
      with: { buckets: [bucket('logs', 'access'), bucket('access', null, 'us-east-1')] },
      message: 'another region',
    },
    { name: 'data events', resource: TRAIL, with: { buckets: [bucket('logs', null)], trails: [second] } },
    {
      name: 'data events of the trail itself',
      resource: TRAIL,
      with: { buckets: [bucket('logs', null)], trails: [{ ...second, arn: TRAIL.arn }] },
      params,
    },
  ],
  skip: [{ name: "the organization's bucket, seen from a member", resource: { ...TRAIL, ...INHERITED } }],
  unknown: [{ name: 'a bucket in another account', resource: TRAIL, message: 'another account' }],
});
