import rootKeys from '../../../checks/iam/iam-root-access-keys-absent.ts';
import { cases } from '../../support/cases.ts';
import { daysAgo, REPORT_TIME, ROOT_CREDENTIALS, SUMMARY as accountSummary } from './_fixtures.ts';

const keys = {
  accessKey1Active: false,
  accessKey1LastRotated: null,
  accessKey2Active: false,
  accessKey2LastRotated: null,
  reportTime: REPORT_TIME,
};
const rootCredentials = ROOT_CREDENTIALS;
const inactive1 = { ...rootCredentials, accessKey1LastRotated: daysAgo(400) };
const inactive2 = { ...rootCredentials, accessKey2LastRotated: daysAgo(400) };

cases(rootKeys, {
  pass: [
    {
      name: 'none anywhere',
      resource: { accountSummary, rootCredentials },
      message: 'no access key',
      evidence: { accessKeysPresent: 0, ...keys },
    },
    {
      name: 'neither password nor keys: said, not left out',
      resource: { accountSummary: { ...accountSummary, passwordPresent: 0 }, rootCredentials },
    },
    {
      name: 'an inactive key that is accepted',
      resource: { accountSummary, rootCredentials: inactive1 },
      params: { failOnInactive: false },
      message: 'inactive',
    },
    {
      name: 'an inactive second key that is accepted',
      resource: { accountSummary, rootCredentials: inactive2 },
      params: { failOnInactive: false },
    },
  ],
  fail: [
    {
      name: 'the live summary knows one that the report does not know yet',
      resource: { accountSummary: { ...accountSummary, accessKeysPresent: 1 }, rootCredentials },
      evidence: { accessKeysPresent: 1 },
    },
    {
      name: 'GovCloud root keys are real keys',
      resource: {
        arn: 'arn:aws-us-gov:iam::111122223333:root',
        accountSummary: { ...accountSummary, accessKeysPresent: 1 },
        rootCredentials,
      },
    },
    {
      name: 'the report shows the first active',
      resource: { accountSummary, rootCredentials: { ...rootCredentials, accessKey1Active: true } },
      message: 'credential report',
      evidence: { accessKeysPresent: 0, ...keys, accessKey1Active: true },
    },
    {
      name: 'the report shows the second active',
      resource: { accountSummary, rootCredentials: { ...rootCredentials, accessKey2Active: true } },
      params: { failOnInactive: false },
    },
    {
      name: 'an inactive key: deactivated keys keep their time of creation in the report',
      resource: { accountSummary, rootCredentials: inactive1 },
      message: 'inactive',
      evidence: { accessKeysPresent: 0, ...keys, accessKey1LastRotated: daysAgo(400) },
    },
    { name: 'an inactive second key', resource: { accountSummary, rootCredentials: inactive2 } },
    {
      name: 'an inactive key in an older report: no live call tells of it, the evidence tells the time',
      resource: { accountSummary, rootCredentials: { ...inactive1, isReportNew: false } },
      message: 'credential report',
    },
  ],
  unknown: [
    {
      name: 'active in an older report, and the live summary knows none: deactivated or deleted since',
      resource: { accountSummary, rootCredentials: { ...rootCredentials, accessKey1Active: true, isReportNew: false } },
      message: 'since the report',
    },
  ],
});
