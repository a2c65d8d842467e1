import roleUnused from '../../../checks/iam/iam-role-unused.ts';
import { cases } from '../../support/cases.ts';
import { daysAgo } from './_fixtures.ts';
import { roleOf } from './_principals.ts';

const OLD = daysAgo(500);
const used = (days: number, seconds = 0) => roleOf({ lastUsed: daysAgo(days, seconds), created: OLD });
const never = (days: number, seconds = 0) => roleOf({ created: daysAgo(days, seconds) });

cases(roleUnused, {
  pass: [
    {
      name: 'used exactly 90 days ago',
      resource: used(90),
      message: 'last used',
      evidence: { lastUsed: daysAgo(90), lastUsedRegion: null, created: OLD },
    },
    { name: 'never used, yet new', resource: never(90), message: 'no use on record' },
    { name: 'used within the days that are accepted', resource: used(200), params: { maxUnusedDays: 200 } },
    { name: 'new within more days than IAM remembers', resource: never(450), params: { maxUnusedDays: 450 } },
  ],
  fail: [
    {
      name: 'used 90 days and a second ago',
      resource: used(90, 1),
      severity: undefined,
      evidence: { lastUsed: daysAgo(90, 1), lastUsedRegion: null, created: OLD },
    },
    { name: 'never used, for 90 days and a second', resource: never(90, 1) },
    { name: 'of a path of the account', resource: { ...used(91), path: '/reserved/' } },
    { name: 'never used, for as long as IAM remembers', resource: never(401), params: { maxUnusedDays: 400 } },
    { name: 'known to be used too long ago', resource: used(402), params: { maxUnusedDays: 401 } },
  ],
  skip: [
    { name: 'what AWS keeps', resource: { ...used(91), path: '/aws-reserved/ecs/' }, message: 'AWS keeps' },
    {
      name: 'a way in for emergencies',
      resource: roleOf({ created: OLD }, 'OrganizationAccountAccessRole'),
      message: 'AWS Organizations',
    },
  ],
  unknown: [
    {
      name: 'never used, for longer than IAM remembers',
      resource: never(402),
      params: { maxUnusedDays: 401 },
      message: '400 days',
    },
  ],
});
