import dataEvents from '../../../checks/cloudtrail/cloudtrail-s3-data-events-enabled.ts';
import { cases } from '../../support/cases.ts';
import { advanced, basic, described, field, INHERITED, TRAIL } from './_trail.ts';

const resource = {};
const bucket = (id: string, region = 'eu-west-1', logging: string | null = null) => ({
  id,
  arn: `arn:aws:s3:::${id}`,
  region,
  logging,
});
const objects = (...values: string[]) => [{ type: 'AWS::S3::Object', values }];
const selecting = (eventSelectors: ReturnType<typeof basic>, difference: object = {}) => ({
  ...TRAIL,
  eventSelectors,
  ...difference,
});
const DATA = [field('eventCategory', { equals: ['Data'] }), field('resources.type', { equals: ['AWS::S3::Object'] })];
const all = selecting(basic({ dataResources: objects('arn:aws:s3') }));
const writes = selecting(basic({ readWriteType: 'WriteOnly', dataResources: objects('arn:aws:s3') }));
const single = { description: described({ isMultiRegionTrail: false }).description };
const orders = bucket('orders');
const exports = bucket('exports');

cases(dataEvents, {
  pass: [
    {
      name: 'all objects of all buckets',
      resource,
      with: { buckets: [orders, exports], trails: [all] },
      message: 'every write',
    },
    { name: 'all reads', resource, with: { buckets: [orders], trails: [all] }, variant: 'read', message: 'every read' },
    { name: 'all writes', resource, with: { buckets: [orders], trails: [writes] } },
    {
      name: 'reads and writes by two selectors of a trail',
      resource,
      with: {
        buckets: [orders],
        trails: [
          selecting(
            basic(
              { readWriteType: 'WriteOnly', dataResources: objects('arn:aws:s3') },
              { readWriteType: 'ReadOnly', dataResources: objects('arn:aws:s3:::orders/') },
            ),
          ),
        ],
      },
      variant: 'read',
    },
    { name: 'advanced selectors', resource, with: { buckets: [orders], trails: [selecting(advanced(DATA))] } },
    {
      name: 'advanced selectors, of reads',
      resource,
      with: { buckets: [orders], trails: [selecting(advanced([...DATA, field('readOnly', { equals: ['true'] })]))] },
      variant: 'read',
    },
    {
      name: 'a trail of the region of the bucket',
      resource,
      with: { buckets: [orders], trails: [{ ...all, ...single }] },
    },
    {
      name: 'the bucket of a trail need not be',
      resource,
      with: { buckets: [bucket('logs')], trails: [{ ...TRAIL, eventSelectors: basic({}) }] },
    },
    {
      name: 'the bucket of access logs need not be',
      resource,
      with: {
        buckets: [bucket('orders', 'eu-west-1', 'access'), bucket('access')],
        trails: [selecting(basic({ dataResources: objects('arn:aws:s3:::orders/') }))],
      },
    },
    {
      name: "an organization's trail whose selectors can be read",
      resource,
      with: { buckets: [orders], trails: [{ ...all, ...INHERITED }] },
    },
  ],
  fail: [
    {
      name: 'no trail',
      resource,
      with: { buckets: [orders] },
      evidence: { buckets: ['orders'] },
      message: 'every write of an object: 1',
    },
    {
      name: 'writes alone do not record reads',
      resource,
      with: { buckets: [orders], trails: [writes] },
      variant: 'read',
    },
    {
      name: 'advanced selectors of reads do not record writes',
      resource,
      with: { buckets: [orders], trails: [selecting(advanced([...DATA, field('readOnly', { equals: ['true'] })]))] },
    },
    {
      name: 'one bucket of two',
      resource,
      with: {
        buckets: [orders, exports],
        trails: [selecting(basic({ dataResources: objects('arn:aws:s3:::orders/') }))],
      },
      evidence: { buckets: ['exports'] },
    },
    {
      name: 'a bucket without the slash is no prefix of objects',
      resource,
      with: { buckets: [orders], trails: [selecting(basic({ dataResources: objects('arn:aws:s3:::orders') }))] },
    },
    {
      name: 'a stopped trail',
      resource,
      with: { buckets: [orders], trails: [{ ...all, status: { isLogging: false } }] },
    },
    {
      name: 'a trail of another region',
      resource,
      with: { buckets: [bucket('orders', 'us-east-1')], trails: [{ ...all, ...single }] },
    },
    {
      name: 'the bucket of a trail, where it must be',
      resource,
      with: { buckets: [bucket('logs')], trails: [selecting(basic({}))] },
      params: { excludeLogBuckets: false },
    },
    {
      name: 'a bucket that logs into itself holds more than logs',
      resource,
      with: { buckets: [bucket('orders', 'eu-west-1', 'orders')] },
    },
  ],
  skip: [{ name: 'no buckets', resource, with: { trails: [all] } }],
});
