import dormant from '../../../checks/iam/iam-user-dormant.ts';
import { cases } from '../../support/cases.ts';
import { credentialsWith, daysAgo, REPORT_TIME, USER } from './_fixtures.ts';

type Given = {
  readonly created?: string;
  readonly credentials?: Parameters<typeof credentialsWith>[0];
  readonly accessKeys?: { active: boolean; created: string | null; lastUsed: string | null }[];
  readonly status?: string;
  readonly otherKeys?: { sshPublicKeys: number; signingCertificates: number } | null;
};
const NONE = { sshPublicKeys: 0, signingCertificates: 0 };
const user = ({ created = USER.created, credentials, accessKeys = [], status, otherKeys = NONE }: Given = {}) => ({
  ...USER,
  created,
  credentials: credentialsWith(credentials),
  keys: { accessKeys, reportTime: REPORT_TIME },
  serviceCredentials: status
    ? [
        {
          id: 'ACCA1',
          service: 'codecommit.amazonaws.com',
          status: status as never,
          created: daysAgo(400),
          expires: null,
        },
      ]
    : [],
  otherKeys,
});
const password = (passwordLastUsed: string | null, passwordLastChanged: string | null = daysAgo(400)) => ({
  passwordEnabled: true,
  passwordLastUsed,
  passwordLastChanged,
});
const key = (lastUsed: string | null, created: string | null = daysAgo(400), active = true) => ({
  active,
  created,
  lastUsed,
});

cases(dormant, {
  pass: [
    { name: 'created exactly 90 days ago', resource: user({ created: daysAgo(90) }), message: 'created at' },
    {
      name: 'a password used exactly 90 days ago',
      resource: user({ credentials: password(daysAgo(90)) }),
      message: daysAgo(90),
      evidence: { last: daysAgo(90), reportTime: REPORT_TIME },
    },
    {
      name: 'a password that was set lately and never used',
      resource: user({ credentials: password(null, daysAgo(3)) }),
      message: daysAgo(3),
    },
    {
      name: 'a key used yesterday, as that of an Amazon SES user, and another never',
      resource: user({ accessKeys: [key(daysAgo(1)), key(null)] }),
      evidence: { last: daysAgo(1), reportTime: REPORT_TIME },
    },
    {
      name: 'a new key, beside an active one of which nothing is on record',
      resource: user({ accessKeys: [key(null, daysAgo(5)), key(null, null)] }),
    },
    {
      name: 'a password for Git or a key for Amazon Bedrock that works',
      resource: user({ status: 'Active' }),
      evidence: { serviceCredentials: 1 },
    },
    {
      name: 'an SSH key that works',
      resource: user({ otherKeys: { ...NONE, sshPublicKeys: 1 } }),
      evidence: { last: null, reportTime: REPORT_TIME, sshPublicKeys: 1, signingCertificates: 0 },
    },
    { name: 'a signing certificate that works', resource: user({ otherKeys: { ...NONE, signingCertificates: 1 } }) },
    {
      name: 'unused for 100 days, 180 are accepted',
      resource: user({ credentials: password(daysAgo(100)) }),
      params: { maxDormantDays: 180 },
    },
  ],
  fail: [
    {
      name: 'nothing that works, created 90 days and a second ago',
      resource: user({ created: daysAgo(90, 1) }),
      message: 'no credential that works',
      evidence: { last: null, reportTime: REPORT_TIME, ...NONE },
    },
    {
      name: 'a password used 90 days and a second ago',
      resource: user({ credentials: password(daysAgo(90, 1)) }),
      message: daysAgo(90, 1),
      evidence: { last: daysAgo(90, 1), reportTime: REPORT_TIME, ...NONE },
    },
    { name: 'a key never used, created 91 days ago', resource: user({ accessKeys: [key(null, daysAgo(91))] }) },
    {
      name: 'a password of yesterday that is disabled: what was, is no use',
      resource: user({ credentials: { ...password(daysAgo(1)), passwordEnabled: false } }),
    },
    { name: 'an inactive key, used yesterday', resource: user({ accessKeys: [key(daysAgo(1), daysAgo(400), false)] }) },
    { name: 'an inactive service-specific credential', resource: user({ status: 'Inactive' }) },
    {
      name: 'a live answer after an older report',
      resource: user({ credentials: { reportTime: null } }),
      evidence: { last: null, reportTime: null, ...NONE },
    },
  ],
  unknown: [
    {
      name: 'an active key of which neither use nor creation is on record',
      resource: user({ accessKeys: [key(null, null)] }),
      message: 'on record',
    },
    {
      name: 'used 40 days ago, 30 are accepted: SSH keys were not looked at',
      resource: user({ credentials: password(daysAgo(40)), otherKeys: null }),
      params: { maxDormantDays: 30 },
      message: 'SSH keys',
    },
  ],
});
