import unattached from '../../../checks/ec2/ec2-ebs-volume-not-unattached.ts';
import { cases } from '../../support/cases.ts';

const volume = {
  state: 'available' as const,
  created: '2025-12-17T23:59:59.000Z',
  encrypted: true,
  kmsKey: null,
};
const kept = { Retain: 'true' };
const claimed = { 'kubernetes.io/created-for/pvc/name': 'data-0' };

cases(unattached, {
  pass: [
    { name: 'attached', resource: { ...volume, state: 'in-use' }, evidence: { state: 'in-use' } },
    { name: 'attached, and to be kept', resource: { ...volume, state: 'in-use', tags: kept } },
    {
      name: 'at the end of the time of grace: 14 days',
      resource: { ...volume, created: '2025-12-18T00:00:00.000Z' },
      message: 'created 14 days ago',
      evidence: { created: '2025-12-18T00:00:00.000Z' },
    },
    { name: 'within another time of grace', resource: volume, params: { graceDays: 15 } },
  ],
  fail: [
    {
      name: 'just after the time of grace',
      resource: volume,
      severity: undefined,
      message: 'created 14 days ago',
      evidence: { state: 'available', created: '2025-12-17T23:59:59.000Z' },
    },
    { name: 'tags that say nothing', resource: { ...volume, tags: { Name: 'restore' } }, severity: undefined },
    { name: 'a tag that keeps with another value', resource: { ...volume, tags: { Retain: 'false' } } },
    {
      name: 'kept by a tag that the params do not name',
      resource: { ...volume, tags: kept },
      params: { keepTags: { Retain: [] } },
    },
    { name: 'of a claim of Kubernetes', resource: { ...volume, tags: claimed }, severity: 'informational' },
  ],
  skip: [
    { name: 'to be kept', resource: { ...volume, tags: kept }, message: 'the tag Retain' },
    { name: 'being created', resource: { ...volume, state: 'creating' }, message: 'creating' },
    { name: 'being deleted', resource: { ...volume, state: 'deleting' } },
    { name: 'deleted', resource: { ...volume, state: 'deleted' } },
    { name: 'broken', resource: { ...volume, state: 'error' } },
  ],
});
