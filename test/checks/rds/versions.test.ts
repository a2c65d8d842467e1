import { describe, expect, it } from 'vitest';
import { hasIamAuthentication, isSince, isTlsVersion, lifecycleOf, lowestTls } from '../../../checks/rds/_versions.ts';

const min = (value: string | null) => ({ ssl_min_protocol_version: value });
const listed = (value: string | null) => ({ tls_version: value });
const sqlServer = (tls10: string | null, tls11: string | null) => ({ 'rds.tls10': tls10, 'rds.tls11': tls11 });

describe('isSince', () => {
  it.each([
    ['15', '15', true],
    ['15.2', '15', true],
    ['14.12', '15', false],
    ['9.6.24', '15', false],
    ['10.11.9', '10.6.17', true],
    ['10.6.17', '10.6.17', true],
    ['10.6.16', '10.6.17', false],
    ['10.6.2', '10.6.17', false],
    ['8.0.33.R2.20231201', '8.0', true],
    ['15.00.4365.2', '15.00.4365.2', true],
    ['15.00.4316.3', '15.00.4365.2', false],
  ])('%s is since %s: %s', (version, first, since) => {
    expect(isSince(version, first)).toBe(since);
  });
});

it.each([
  ['1.2', true],
  ['1.4', false],
  ['TLSv1.2', false],
])('%s is a version of TLS: %s', (text, is) => {
  expect(isTlsVersion(text)).toBe(is);
});

describe('lifecycleOf', () => {
  const majors = ['8.0', '8.4', '5.7', '10', '10.1', '10.11', '16'].map((major) => ({
    major,
    standardSupportEnds: `end of ${major}`,
  }));
  it.each([
    ['8.0.39', 'end of 8.0'],
    ['8.0.mysql_aurora.3.08.0', 'end of 8.0'],
    ['5.7.mysql_aurora.2.11.4', 'end of 5.7'],
    ['16.4', 'end of 16'],
    ['16', 'end of 16'],
    ['5.7.44-rds.20240408', 'end of 5.7'],
    ['160.1', null],
    ['8.40.1', null],
    ['17.1', null],
  ])('of %s is the %s', (version, standardSupportEnds) => {
    expect(lifecycleOf(version, majors)).toEqual({ standardSupportEnds });
  });
  it.each([
    ['10.11.8', 'end of 10.11'],
    ['10.1.48', 'end of 10.1'],
  ])('of %s is the %s', (version, standardSupportEnds) => {
    const mariadb = majors.filter(({ major }) => major !== '10');
    expect(lifecycleOf(version, mariadb)).toEqual({ standardSupportEnds });
  });
});

it.each([
  ['postgres', '9.6.24', true],
  ['mariadb', '10.11.0', true],
  ['mariadb', '10.6.21', false],
  ['mariadb', '11.4.5', true],
  ['aurora-mysql', '5.7.mysql_aurora.2.11.4', true],
  ['oracle-ee', '19', false],
])('%s %s has IAM authentication: %s', (engine, version, has) => {
  expect(hasIamAuthentication(engine, () => version)).toBe(has);
});

describe('lowestTls', () => {
  it.each([
    ['postgres', '16.4', min('TLSv1.2'), '1.2'],
    ['postgres', '16.4', min('TLSv1.3'), '1.3'],
    ['postgres', '16.4', min('TLSv1.1'), '1.1'],
    ['postgres', '16.4', min('TLSv1'), '1.0'],
    ['postgres', '16.4', min(''), null],
    ['postgres', '16.4', min(null), null],
    ['postgres', '16.4', {}, null],
    ['postgres', '16.4', min('SSLv3'), null],
    ['mysql', '8.0.39', listed('TLSv1.2,TLSv1.3'), '1.2'],
    ['mysql', '8.0.39', listed('TLSv1.3, TLSv1.2'), '1.2'],
    ['mysql', '8.0.39', listed('TLSV1.3'), '1.3'],
    ['mysql', '5.7.44', listed('TLSv1,TLSv1.1,TLSv1.2'), '1.0'],
    ['mysql', '8.0.39', listed('TLSv1.2,TLSv2'), null],
    // RDS user guide, "SSL/TLS support for MySQL DB instances": 1.0 and 1.1 are not supported in 8.0 and 8.4.
    ['mysql', '8.0.39', listed(null), '1.2'],
    ['mysql', '8.4.3', {}, '1.2'],
    ['mysql', '5.7.44', listed(null), null],
    // RDS user guide, "SSL/TLS support for MariaDB DB instances": 1.0 and 1.1 up to 10.6.16.
    ['mariadb', '10.6.16', listed(null), null],
    ['mariadb', '10.6.17', listed(null), '1.2'],
    ['mariadb', '11.4.5', listed(null), '1.2'],
    // Aurora user guide, "TLS versions for Aurora MySQL".
    ['aurora-mysql', '5.7.mysql_aurora.2.11.2', listed(null), '1.0'],
    ['aurora-mysql', '8.0.mysql_aurora.3.03.1', listed(null), '1.0'],
    ['aurora-mysql', '8.0.mysql_aurora.3.04.0', listed(null), '1.2'],
    ['aurora-mysql', '8.0.mysql_aurora.3.10.0', listed(null), '1.2'],
    ['aurora-mysql', '5.6.mysql_aurora.1.22.2', listed(null), null],
    ['aurora-mysql', '8.0.mysql_aurora.3.10.0', listed('TLSv1.1,TLSv1.2'), '1.1'],
  ] as const)('%s %s with %j: %s', (engine, version, parameters, lowest) => {
    expect(lowestTls(engine, version, parameters)).toBe(lowest);
  });

  it.each([
    ['16.00.4135.4.v1', sqlServer('disabled', 'disabled'), '1.2'],
    ['16.00.4135.4.v1', sqlServer('disabled', 'enabled'), '1.1'],
    ['16.00.4135.4.v1', sqlServer('enabled', 'disabled'), '1.0'],
    // RDS user guide, "Configuring SQL Server security protocols and ciphers": disabled by default after these versions.
    ['16.00.4120.1.v1', sqlServer('default', 'default'), '1.0'],
    ['16.00.4125.3.v1', sqlServer('default', 'default'), '1.2'],
    ['15.00.4365.2.v1', sqlServer('default', 'default'), '1.0'],
    ['15.00.4375.4.v1', sqlServer(null, null), '1.2'],
    ['14.00.3465.1.v1', sqlServer('disabled', null), '1.1'],
    ['14.00.3471.2.v1', sqlServer('disabled', null), '1.2'],
    ['13.00.6435.1.v1', sqlServer(null, null), '1.0'],
    ['13.00.6441.1.v1', sqlServer(null, null), '1.2'],
    ['12.00.6449.1.v1', sqlServer(null, null), '1.0'],
    ['17.00.4006.2.v1', sqlServer('default', 'default'), null],
    ['17.00.4006.2.v1', sqlServer('disabled', 'default'), null],
    ['17.00.4006.2.v1', sqlServer('enabled', 'default'), '1.0'],
    ['16.00.4135.4.v1', {}, null],
    ['16.00.4135.4.v1', sqlServer('disabled', 'odd'), null],
  ])('SQL Server %s with %j: %s', (version, parameters, lowest) => {
    expect(lowestTls('sqlserver-se', version, parameters)).toBe(lowest);
  });
});
