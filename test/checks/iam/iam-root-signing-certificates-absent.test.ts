import certificates from '../../../checks/iam/iam-root-signing-certificates-absent.ts';
import { cases } from '../../support/cases.ts';
import { REPORT_TIME, ROOT_CREDENTIALS, SUMMARY } from './_fixtures.ts';

const account = (signingCertificatesPresent: number | null, more: Partial<typeof ROOT_CREDENTIALS> = {}) => ({
  accountSummary: { ...SUMMARY, signingCertificatesPresent },
  rootCredentials: { ...ROOT_CREDENTIALS, ...more },
});
const none = { certificate1Active: false, certificate2Active: false, reportTime: REPORT_TIME };

cases(certificates, {
  pass: [
    {
      name: 'none anywhere; deactivated ones are no concern',
      resource: account(0),
      evidence: { signingCertificatesPresent: 0, ...none },
    },
    {
      name: 'one in a report that was made before this run, none in the live summary: it is gone',
      resource: account(0, { certificate1Active: true, isReportNew: false }),
    },
  ],
  fail: [
    {
      name: 'the live summary knows one',
      resource: account(1),
      message: 'the root user has',
      evidence: { signingCertificatesPresent: 1, ...none },
    },
    {
      name: 'the first in the report of this run',
      resource: account(0, { certificate1Active: true }),
      message: 'credential report',
      evidence: { signingCertificatesPresent: 0, ...none, certificate1Active: true },
    },
    { name: 'the second in the report of this run', resource: account(0, { certificate2Active: true }) },
  ],
  unknown: [{ name: 'no word of them in the summary', resource: account(null) }],
});
