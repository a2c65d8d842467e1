import rootUse from '../../../checks/iam/iam-root-not-used-recently.ts';
import { cases } from '../../support/cases.ts';
import { daysAgo, REPORT_TIME, ROOT_CREDENTIALS } from './_fixtures.ts';

const uses = { passwordLastUsed: null, accessKey1LastUsed: null, accessKey2LastUsed: null, reportTime: REPORT_TIME };
const used = (times: Partial<Record<'passwordLastUsed' | 'accessKey1LastUsed' | 'accessKey2LastUsed', string>>) => ({
  rootCredentials: {
    ...ROOT_CREDENTIALS,
    ...uses,
    ...times,
  },
});

cases(rootUse, {
  pass: [
    { name: 'never used', resource: used({}), message: 'no use', evidence: uses },
    {
      name: 'exactly 15 days ago',
      resource: used({ passwordLastUsed: daysAgo(15) }),
      message: daysAgo(15),
      evidence: { ...uses, passwordLastUsed: daysAgo(15) },
    },
    {
      name: 'long ago in every way',
      resource: used({ passwordLastUsed: daysAgo(90), accessKey1LastUsed: daysAgo(20) }),
    },
    {
      name: 'two days ago, with a window of two',
      resource: used({ passwordLastUsed: daysAgo(2) }),
      params: { maxRootUsageDays: 2 },
    },
  ],
  fail: [
    {
      name: 'a second less than 15 days ago',
      resource: used({ passwordLastUsed: daysAgo(15, -1) }),
      evidence: { ...uses, passwordLastUsed: daysAgo(15, -1) },
    },
    {
      name: 'the first key today, the password long ago: the newest counts',
      resource: used({ passwordLastUsed: daysAgo(900), accessKey1LastUsed: daysAgo(0, 60) }),
    },
    {
      name: 'the second key yesterday',
      resource: used({
        passwordLastUsed: daysAgo(900),
        accessKey1LastUsed: daysAgo(800),
        accessKey2LastUsed: daysAgo(1),
      }),
      message: daysAgo(1),
    },
    {
      name: 'the password yesterday, the keys long ago',
      resource: used({
        passwordLastUsed: daysAgo(1),
        accessKey1LastUsed: daysAgo(800),
        accessKey2LastUsed: daysAgo(700),
      }),
    },
    {
      name: '20 days ago, with a window of 90',
      resource: used({ passwordLastUsed: daysAgo(20) }),
      params: { maxRootUsageDays: 90 },
    },
  ],
});
