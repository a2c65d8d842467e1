import passwordUnused from '../../../checks/iam/iam-user-console-password-unused.ts';
import { cases } from '../../support/cases.ts';
import { CREATED, daysAgo, REPORT_TIME } from './_fixtures.ts';

const base = {
  uniqueId: 'AIDA1',
  path: '/',
  created: CREATED.toISOString(),
  groups: [],
  attachedPolicies: [],
  documents: [],
  permissionsBoundary: null,
};
const person = (passwordLastUsed: string | null, passwordLastChanged: string | null, passwordEnabled = true) => ({
  ...base,
  credentials: { passwordEnabled, passwordLastUsed, passwordLastChanged, mfaActive: true, reportTime: REPORT_TIME },
});

cases(passwordUnused, {
  pass: [
    {
      name: 'used a second less than 45 days ago',
      resource: person(daysAgo(45, -1), daysAgo(400)),
      message: 'last used',
      evidence: {
        passwordEnabled: true,
        passwordLastUsed: daysAgo(45, -1),
        passwordLastChanged: daysAgo(400),
        reportTime: REPORT_TIME,
      },
    },
    {
      name: 'never used, set a second less than 45 days ago',
      resource: person(null, daysAgo(45, -1)),
      message: 'never used',
    },
    {
      name: 'no password, although one was used long ago',
      resource: person(daysAgo(400), null, false),
      message: 'no console password',
    },
    {
      name: 'unused for 60 days, 90 are accepted',
      resource: person(daysAgo(60), daysAgo(400)),
      params: { maxUnusedDays: 90 },
    },
  ],
  fail: [
    {
      name: 'used exactly 45 days ago: 45 days or more',
      resource: person(daysAgo(45), daysAgo(400)),
      message: 'last used',
      evidence: {
        passwordEnabled: true,
        passwordLastUsed: daysAgo(45),
        passwordLastChanged: daysAgo(400),
        reportTime: REPORT_TIME,
      },
    },
    { name: 'never used, set exactly 45 days ago', resource: person(null, daysAgo(45)), message: 'never used' },
    { name: 'used long ago and changed since: a change is no use', resource: person(daysAgo(100), daysAgo(1)) },
    { name: 'used 91 days ago, 90 are accepted', resource: person(daysAgo(91), null), params: { maxUnusedDays: 90 } },
  ],
  unknown: [{ name: 'neither use nor change on record', resource: person(null, null) }],
});
