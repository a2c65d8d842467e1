import hardwareMfa from '../../../checks/iam/iam-root-hardware-mfa-enabled.ts';
import { cases } from '../../support/cases.ts';
import { REPORT_TIME, ROOT_CREDENTIALS, SUMMARY as summary } from './_fixtures.ts';

const PHONE = 'arn:aws:iam::111122223333:mfa/phone';
const account = (accountSummary = summary, devices: string[] = [], passwordEnabled: boolean | null = true) => ({
  arn: 'arn:aws:iam::111122223333:root',
  accountSummary,
  rootCredentials: { ...ROOT_CREDENTIALS, passwordEnabled },
  rootVirtualMfaDevices: devices,
});
const untold = { ...summary, passwordPresent: null as never };
const withoutMfa = { ...summary, mfaEnabled: 0 };

cases(hardwareMfa, {
  pass: [
    { name: 'MFA, and no virtual device', resource: account(), evidence: { summary, virtualDevices: [] } },
    {
      name: 'no credentials: whatever device was left behind lets nobody in',
      resource: account({ ...summary, passwordPresent: 0 }, [PHONE]),
      message: 'no credentials',
      evidence: { summary: { ...summary, passwordPresent: 0 } },
    },
    { name: 'neither credentials nor MFA', resource: account({ ...withoutMfa, passwordPresent: 0 }) },
    {
      name: 'no virtual device, and no word of the password in an older summary',
      resource: account(untold, [], false),
    },
  ],
  fail: [
    {
      name: 'a virtual device',
      resource: account(summary, [PHONE]),
      message: 'virtual',
      evidence: { summary, virtualDevices: [PHONE] },
    },
    {
      name: 'no MFA at all',
      resource: account(withoutMfa),
      message: 'no MFA',
      evidence: { summary: withoutMfa, virtualDevices: [] },
    },
    {
      name: 'an access key and no password: the device guards what is signed in with it',
      resource: account({ ...summary, passwordPresent: 0, accessKeysPresent: 1 }, [PHONE]),
    },
    {
      name: 'a password that the report alone tells of',
      resource: account(untold, [PHONE]),
      evidence: { summary: untold, passwordEnabled: true, reportTime: REPORT_TIME, virtualDevices: [PHONE] },
    },
  ],
  skip: [
    { name: 'GovCloud', resource: { ...account(withoutMfa), arn: 'arn:aws-us-gov:iam::111122223333:root' } },
    { name: 'China', resource: { ...account(withoutMfa), arn: 'arn:aws-cn:iam::111122223333:root' } },
  ],
  unknown: [
    {
      name: 'a virtual device, and a report that may be hours old says there is no password',
      resource: account(untold, [PHONE], false),
    },
    { name: 'no MFA, and no word of the password anywhere', resource: account({ ...untold, mfaEnabled: 0 }, [], null) },
  ],
});
