import keyUnused from '../../../checks/iam/iam-user-access-key-unused.ts';
import { cases } from '../../support/cases.ts';
import { daysAgo, REPORT_TIME } from './_fixtures.ts';

const key = (lastUsed: string | null, created: string | null, active = true) => ({
  userName: 'alice',
  userArn: 'arn:aws:iam::111122223333:user/alice',
  slot: 1 as const,
  state: { active, created, lastUsed, reportTime: REPORT_TIME },
});

cases(keyUnused, {
  pass: [
    {
      name: 'used a second less than 45 days ago',
      resource: key(daysAgo(45, -1), daysAgo(400)),
      message: 'last used',
      evidence: { lastUsed: daysAgo(45, -1), created: daysAgo(400), reportTime: REPORT_TIME },
    },
    {
      name: 'never used, created a second less than 45 days ago',
      resource: key(null, daysAgo(45, -1)),
      message: 'never used',
    },
    { name: 'used yesterday, time of creation unknown', resource: key(daysAgo(1), null) },
    {
      name: 'unused for 60 days, 90 are accepted',
      resource: key(daysAgo(60), daysAgo(400)),
      params: { maxUnusedDays: 90 },
    },
  ],
  fail: [
    {
      name: 'used exactly 45 days ago: 45 days or more',
      resource: key(daysAgo(45), daysAgo(400)),
      message: 'last used',
      evidence: { lastUsed: daysAgo(45), created: daysAgo(400), reportTime: REPORT_TIME },
    },
    { name: 'never used, created exactly 45 days ago', resource: key(null, daysAgo(45)), message: 'never used' },
    {
      name: 'used 91 days ago, 90 are accepted',
      resource: key(daysAgo(91), daysAgo(400)),
      params: { maxUnusedDays: 90 },
    },
  ],
  skip: [
    { name: 'inactive: the report keeps the times of such keys', resource: key(daysAgo(400), daysAgo(500), false) },
  ],
  unknown: [{ name: 'active, with neither use nor creation on record', resource: key(null, null) }],
});
