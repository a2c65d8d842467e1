import consoleMfa from '../../../checks/iam/iam-user-console-mfa-enabled.ts';
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
const person = (passwordEnabled: boolean, mfaActive: boolean, created = base.created) => ({
  ...base,
  created,
  credentials: {
    passwordEnabled,
    passwordLastUsed: null,
    passwordLastChanged: null,
    mfaActive,
    reportTime: REPORT_TIME,
  },
});

cases(consoleMfa, {
  pass: [
    {
      name: 'password and MFA of any kind; the verdict says what it does not cover',
      resource: person(true, true),
      message: /MFA is active .*IAM users only/,
      evidence: { passwordEnabled: true, mfaActive: true, reportTime: REPORT_TIME },
    },
    { name: 'no console password', resource: person(false, false), message: /no console password .*IAM users only/ },
    { name: 'MFA without password', resource: person(false, true) },
  ],
  fail: [
    {
      name: 'password without MFA; an expired password stays enabled in the report',
      resource: person(true, false),
      evidence: { passwordEnabled: true, mfaActive: false, reportTime: REPORT_TIME },
    },
    { name: 'just created: no grace by default', resource: person(true, false, daysAgo(0)) },
    {
      name: 'created exactly 24 hours ago, with 24 hours of grace',
      resource: person(true, false, daysAgo(1)),
      params: { graceHoursForNewUsers: 24 },
    },
  ],
  skip: [
    {
      name: 'created half an hour ago, with an hour of grace',
      resource: person(true, false, daysAgo(0, 1800)),
      params: { graceHoursForNewUsers: 1 },
    },
    {
      name: 'created a second less than 24 hours ago, with 24 hours of grace',
      resource: person(true, false, daysAgo(1, -1)),
      params: { graceHoursForNewUsers: 24 },
      message: '24 hours of grace',
    },
  ],
});
