import rootMfa from '../../../checks/iam/iam-root-mfa-enabled.ts';
import { cases } from '../../support/cases.ts';
import { REPORT_TIME, ROOT_CREDENTIALS, SUMMARY } from './_fixtures.ts';

const arn = 'arn:aws:iam::111122223333:root';
const summary = { ...SUMMARY, mfaEnabled: 0, passwordPresent: 0 };
const rootCredentials = { ...ROOT_CREDENTIALS, passwordEnabled: false };
const withPassword = { ...rootCredentials, passwordEnabled: true };

cases(rootMfa, {
  pass: [
    {
      name: 'an MFA device and a password',
      resource: {
        arn,
        accountSummary: { ...summary, mfaEnabled: 1, passwordPresent: 1 },
        rootCredentials: withPassword,
      },
      evidence: { summary: { ...summary, mfaEnabled: 1, passwordPresent: 1 } },
    },
    {
      name: 'no credentials at all: a member account whose root access is managed centrally',
      resource: { arn, accountSummary: summary, rootCredentials },
      message: 'no root credentials',
    },
    {
      name: 'no credentials in the live summary, a password in the older report: the summary counts, and the verdict says so',
      resource: { arn, accountSummary: summary, rootCredentials: withPassword },
      message: 'live account summary',
    },
    {
      name: 'MFA, and no word of the password',
      resource: { arn, accountSummary: { ...summary, mfaEnabled: 1, passwordPresent: null }, rootCredentials },
    },
  ],
  fail: [
    {
      name: 'a password',
      resource: { arn, accountSummary: { ...summary, passwordPresent: 1 }, rootCredentials: withPassword },
      evidence: { summary: { ...summary, passwordPresent: 1 } },
    },
    {
      name: 'a password that the report does not know: not_supported',
      resource: {
        arn,
        accountSummary: { ...summary, passwordPresent: 1 },
        rootCredentials: { ...rootCredentials, passwordEnabled: null },
      },
    },
    {
      name: 'an access key alone: root can still act',
      resource: { arn, accountSummary: { ...summary, accessKeysPresent: 1 }, rootCredentials },
    },
    {
      name: 'an access key, and no word of the password',
      resource: { arn, accountSummary: { ...summary, accessKeysPresent: 1, passwordPresent: null }, rootCredentials },
    },
    {
      name: 'no word of the password in the summary: the report tells of one',
      resource: { arn, accountSummary: { ...summary, passwordPresent: null }, rootCredentials: withPassword },
      evidence: { summary: { ...summary, passwordPresent: null }, passwordEnabled: true, reportTime: REPORT_TIME },
    },
  ],
  skip: [
    {
      name: 'GovCloud: root has no console sign-in',
      resource: {
        arn: 'arn:aws-us-gov:iam::111122223333:root',
        accountSummary: { ...summary, passwordPresent: 1 },
        rootCredentials,
      },
    },
  ],
  unknown: [
    {
      name: 'no word of the password in the summary, and a report that may be hours old says no',
      resource: { arn, accountSummary: { ...summary, passwordPresent: null }, rootCredentials },
    },
    {
      name: 'no word of the password anywhere',
      resource: {
        arn,
        accountSummary: { ...summary, passwordPresent: null },
        rootCredentials: { ...rootCredentials, passwordEnabled: null },
      },
    },
  ],
});
