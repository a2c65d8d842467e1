import centralized from '../../../checks/cloudtrail/cloudtrail-logs-centralized.ts';
import { cases } from '../../support/cases.ts';
import { DELIVERY, described, INHERITED, ORGANIZATION, TRAIL } from './_trail.ts';

const resource = { organization: ORGANIZATION };
const own = { ...TRAIL, delivery: DELIVERY };
const inherited = { ...own, ...INHERITED, id: 'org' };
const logs = [{ id: 'logs' }];

cases(centralized, {
  pass: [
    {
      name: "a trail of the account's own",
      resource,
      with: { trails: [own], buckets: [{ id: 'other' }] },
      message: "a trail of the account's own",
    },
    {
      name: "the organization's trail",
      resource,
      with: { trails: [inherited] },
      message: 'satisfied by the organisation trail org',
    },
    {
      name: 'a second trail that stays here',
      resource,
      with: {
        trails: [{ ...own, id: 'here', description: described({ s3BucketName: 'here' }).description }, inherited],
        buckets: [{ id: 'here' }],
      },
      message: 'organisation trail org',
    },
    {
      name: 'a log archive',
      resource,
      with: { trails: [own], buckets: logs },
      params: { logArchiveAccountIds: ['111122223333'] },
      message: 'log archive',
    },
    {
      name: 'a stand-alone account that must',
      resource: { organization: null },
      with: { trails: [own] },
      params: { standaloneOk: false },
    },
  ],
  fail: [
    { name: 'no trail', resource },
    { name: 'a bucket of the account', resource, with: { trails: [own], buckets: logs } },
    {
      name: 'a bucket that is gone',
      resource,
      with: { trails: [{ ...own, delivery: { ...DELIVERY, bucketError: 'NoSuchBucket' } }] },
    },
    { name: 'a stopped trail', resource, with: { trails: [{ ...inherited, status: { isLogging: false } }] } },
    {
      name: 'a trail of one region',
      resource,
      with: { trails: [{ ...own, description: described({ isMultiRegionTrail: false }).description }] },
    },
    {
      name: 'another account is the log archive',
      resource,
      with: { trails: [own], buckets: logs },
      params: { logArchiveAccountIds: ['444455556666'] },
    },
    {
      name: 'a stand-alone account that must not',
      resource: { organization: null },
      with: { trails: [own], buckets: logs },
      params: { standaloneOk: false },
    },
  ],
  skip: [{ name: 'a stand-alone account', resource: { organization: null }, with: { trails: [own], buckets: logs } }],
});
