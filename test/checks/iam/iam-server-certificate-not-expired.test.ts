import certificate from '../../../checks/iam/iam-server-certificate-not-expired.ts';
import { cases } from '../../support/cases.ts';
import { CREATED, daysAgo } from './_fixtures.ts';

const until = (expires: string) => ({ uniqueId: 'ASCA1', path: '/', uploaded: CREATED.toISOString(), expires });

cases(certificate, {
  pass: [
    {
      name: 'valid for 30 days and a second',
      resource: until(daysAgo(-30, -1)),
      message: 'valid until',
      evidence: { expires: daysAgo(-30, -1) },
    },
    { name: 'valid for a second, and no warning is wanted', resource: until(daysAgo(0, -1)), params: { warnDays: 0 } },
    { name: 'valid for 61 days, 60 days of warning', resource: until(daysAgo(-61)), params: { warnDays: 60 } },
  ],
  fail: [
    {
      name: 'valid for exactly 30 days',
      resource: until(daysAgo(-30)),
      severity: 'low',
      message: 'expires soon',
      evidence: { expires: daysAgo(-30) },
    },
    { name: 'valid for another second', resource: until(daysAgo(0, -1)), severity: 'low', message: 'valid until' },
    {
      name: 'expired at this instant: instants are compared, not days',
      resource: until(daysAgo(0)),
      severity: undefined,
      message: 'expired at',
      evidence: { expires: daysAgo(0) },
    },
    { name: 'expired a second ago', resource: until(daysAgo(0, 1)), severity: undefined, params: { warnDays: 0 } },
  ],
});
