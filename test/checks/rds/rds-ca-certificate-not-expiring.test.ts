import certificates from '../../../checks/rds/rds-ca-certificate-not-expiring.ts';
import { cases } from '../../support/cases.ts';
import { instance, NOT_JUDGED } from './_fixtures.ts';

/** Days after the time of every case. */
const inDays = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString();
const db = (change: {
  own?: string | null;
  authority?: string | null;
  rotates?: boolean | null;
  release?: null;
  status?: string;
  engine?: string;
}) => {
  const { own = inDays(300), authority = inDays(10_000), rotates = false, ...more } = change;
  return {
    ...instance({ certificateEnds: own, status: more.status ?? 'available', engine: more.engine ?? 'postgres' }),
    authority: { ends: authority },
    release:
      more.release === null ? null : { status: 'available', rotatesCertificates: rotates, exportsLogs: true as const },
  };
};

cases(certificates, {
  pass: [
    {
      name: 'both dates are far away',
      resource: db({}),
      message: 'no certificate ends within 90 days',
      evidence: {
        certificateAuthority: 'rds-ca-rsa2048-g1',
        authorityEnds: inDays(10_000),
        certificateEnds: inDays(300),
      },
    },
    { name: 'the server certificate ends in 90 days', resource: db({ own: inDays(90) }) },
    { name: 'the authority ends in 90 days', resource: db({ authority: inDays(90) }) },
    { name: 'nothing is told of the server certificate', resource: db({ own: null }) },
    {
      name: 'RDS renews the server certificate',
      resource: db({ own: inDays(20), rotates: true }),
      message: 'RDS renews it',
    },
    { name: 'a shorter warning', resource: db({ own: inDays(40) }), params: { warnDays: 40 } },
  ],
  fail: [
    {
      name: 'the server certificate ends in 89.9 days',
      resource: db({ own: inDays(89.9) }),
      message: `the certificate ends at ${inDays(89.9)}`,
      severity: undefined,
    },
    {
      name: 'the authority ends in 89.9 days',
      resource: db({ authority: inDays(89.9) }),
      message: `rds-ca-rsa2048-g1 ends at ${inDays(89.9)}`,
      severity: undefined,
      evidence: {
        certificateAuthority: 'rds-ca-rsa2048-g1',
        authorityEnds: inDays(89.9),
        certificateEnds: inDays(300),
      },
    },
    { name: 'in 30 days', resource: db({ own: inDays(30) }), severity: undefined },
    { name: 'in 29.9 days', resource: db({ own: inDays(29.9) }), severity: 'high' },
    { name: 'the authority in 29.9 days', resource: db({ authority: inDays(29.9) }), severity: 'high' },
    { name: 'in less than a day', resource: db({ own: inDays(0.1) }), severity: 'high' },
    { name: 'just now', resource: db({ own: inDays(0) }), severity: 'critical', message: 'it has ended' },
    { name: 'the authority has ended', resource: db({ authority: inDays(-1) }), severity: 'critical' },
    {
      name: 'the authority ends, and the server certificate earlier',
      resource: db({ authority: inDays(80), own: inDays(10) }),
      severity: 'high',
    },
    {
      name: 'the authority ends, and RDS renews the server certificate',
      resource: db({ authority: inDays(80), own: inDays(10), rotates: true }),
      severity: undefined,
    },
    {
      name: 'the authority ends, and it is not known whether RDS renews the server certificate',
      resource: db({ authority: inDays(80), own: inDays(10), rotates: null }),
      severity: undefined,
    },
    // DescribeCertificates raises CertificateNotFound when it is asked for one by name: a FAIL, not an error.
    {
      name: 'the authority is not offered any more, as rds-ca-2019',
      resource: db({ authority: null, own: inDays(-500) }),
      message: 'RDS does not offer rds-ca-rsa2048-g1 any more (critical: it has ended)',
      severity: 'critical',
    },
    {
      name: 'the authority is not offered any more, and nothing is told of the server certificate',
      resource: db({ authority: null, own: null }),
      severity: undefined,
    },
    { name: 'a longer warning', resource: db({ own: inDays(300) }), params: { warnDays: 301 } },
    { name: 'a member of a cluster', resource: { ...db({ own: inDays(5) }), cluster: 'orders' } },
  ],
  skip: NOT_JUDGED.map(([name, change, message]) => ({ name, resource: db({ authority: null, ...change }), message })),
  unknown: [
    {
      name: 'AWS does not tell whether RDS renews the server certificate',
      resource: db({ own: inDays(20), rotates: null }),
      message: 'whether RDS renews it',
    },
    { name: 'RDS Custom, of whose versions AWS tells nothing', resource: db({ own: inDays(20), release: null }) },
  ],
});
