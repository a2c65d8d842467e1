import singleKey from '../../../checks/iam/iam-user-single-active-access-key.ts';
import { cases } from '../../support/cases.ts';
import { daysAgo, REPORT_TIME, USER } from './_fixtures.ts';

const key = (created: string | null, active = true) => ({ active, created, lastUsed: null });
const user = (...accessKeys: ReturnType<typeof key>[]) => ({ ...USER, keys: { accessKeys, reportTime: REPORT_TIME } });

cases(singleKey, {
  pass: [
    { name: 'none', resource: user(), message: 'at most one', evidence: { active: 0 } },
    { name: 'one', resource: user(key(daysAgo(400))), evidence: { active: 1 } },
    { name: 'one active, one inactive', resource: user(key(daysAgo(400)), key(daysAgo(400), false)) },
    {
      name: 'two, the younger exactly 14 days old: a change of keys',
      resource: user(key(daysAgo(14)), key(daysAgo(400))),
      message: daysAgo(14),
      evidence: { created: [daysAgo(400), daysAgo(14)], reportTime: REPORT_TIME },
    },
    {
      name: 'two of 29 days, 30 are accepted',
      resource: user(key(daysAgo(29)), key(daysAgo(29))),
      params: { rotationWindowDays: 30 },
    },
  ],
  fail: [
    {
      name: 'two, the younger 14 days and a second old',
      resource: user(key(daysAgo(400)), key(daysAgo(14, 1))),
      message: daysAgo(14, 1),
      evidence: { created: [daysAgo(400), daysAgo(14, 1)], reportTime: REPORT_TIME },
    },
    {
      name: 'two created a second ago, and no time to change is given',
      resource: user(key(daysAgo(0, 1)), key(daysAgo(0, 1))),
      params: { rotationWindowDays: 0 },
    },
  ],
  unknown: [{ name: 'two, one with no creation on record', resource: user(key(daysAgo(400)), key(null)) }],
});
