import notTooOld from '../../../checks/ec2/ec2-instance-not-too-old.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const since = (created: string, launchTime = created) => ({ ...instance, created, launchTime });

cases(notTooOld, {
  pass: [
    {
      name: 'just at the limit: 180 days',
      resource: since('2025-07-05T00:00:00.000Z'),
      evidence: { ageInDays: 180, daysSinceStart: 180 },
    },
    { name: 'within another limit', resource: since('2025-01-01T00:00:00.000Z'), params: { maxAgeDays: 365 } },
  ],
  fail: [
    {
      name: 'just beyond the limit',
      resource: since('2025-07-04T23:59:59.000Z'),
      evidence: { ageInDays: 180, daysSinceStart: 180 },
    },
    {
      name: 'started a while ago, but older than that',
      resource: since('2024-01-01T00:00:00.000Z', '2025-12-30T12:00:00.000Z'),
      message: 'created 731 days ago, last started 1 days ago',
      evidence: { ageInDays: 731, daysSinceStart: 1 },
    },
    { name: 'beyond another limit', resource: since('2025-12-01T00:00:00.000Z'), params: { maxAgeDays: 30 } },
  ],
  skip: [
    { name: 'stopped', resource: { ...since('2020-01-01T00:00:00.000Z'), state: 'stopped' }, message: 'stopped' },
    { name: 'terminated', resource: { ...since('2020-01-01T00:00:00.000Z'), state: 'terminated' } },
  ],
});
