import tlsRequired from '../../../checks/rds/rds-tls-required.ts';
import type { TlsSettings } from '../../../checks/rds/_tls.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED, proxy as anyProxy } from './_fixtures.ts';

const withParameters = (parameters: TlsSettings['parameters']) => ({ tls: { parameters, options: [] } });
const forceSsl = (value: string | null) => withParameters({ 'rds.force_ssl': value });
const secureTransport = (value: string | null) => withParameters({ require_secure_transport: value });

const postgres = (engineVersion: string, value: string | null) => ({
  ...instance({ engineVersion }),
  ...forceSsl(value),
});
const auroraPostgres = (engineVersion: string, value: string | null) => ({
  ...cluster({ engineVersion }),
  ...forceSsl(value),
});
const other = (engine: string, engineVersion: string, settings: ReturnType<typeof withParameters>) => ({
  ...instance({ engine, engineVersion }),
  ...settings,
});
const auroraMysql = (value: string | null, version = '8.0.mysql_aurora.3.08.0') => ({
  ...cluster({ engine: 'aurora-mysql', engineVersion: version }),
  ...secureTransport(value),
});

const group = 'oracle-encrypted';
const required = { group, name: 'NATIVE_NETWORK_ENCRYPTION', encryptionServer: 'REQUIRED' };
const ssl = { group, name: 'SSL', encryptionServer: null };
const oracle = (options: (typeof required | typeof ssl)[], status = 'in-sync') => ({
  ...instance({ engine: 'oracle-ee', engineVersion: '19.0.0.0.ru-2024-10', optionGroups: [{ name: group, status }] }),
  tls: { parameters: {}, options },
});

const inTwoGroups = (status: string) => [
  { name: group, status: 'in-sync' },
  { name: 'second', status },
];

const proxy = { ...anyProxy(), tls: null };
const notInSync = (applyStatus: string) => ({ parameterGroups: [{ name: 'custom', applyStatus }] });

cases(tlsRequired, {
  pass: [
    {
      name: 'PostgreSQL with rds.force_ssl 1',
      resource: postgres('14.12', '1'),
      message: /^rds.force_ssl is on$/,
      evidence: { 'rds.force_ssl': '1', parameterGroups: [{ name: 'default.postgres16', applyStatus: 'in-sync' }] },
    },
    // RDS user guide, "Using SSL with a PostgreSQL DB instance": 1 for version 15 and later, 0 for 14 and older.
    { name: 'PostgreSQL 15 without a value: on by default', resource: postgres('15.2', null), message: 'by default' },
    { name: 'PostgreSQL 17 without a value', resource: postgres('17.1', null) },
    { name: 'SQL Server', resource: other('sqlserver-se', '15.00.4365.2.v1', forceSsl('1')) },
    { name: 'MySQL with 1', resource: other('mysql', '8.0.39', secureTransport('1')) },
    { name: 'MySQL with ON', resource: other('mysql', '8.0.39', secureTransport('ON')) },
    { name: 'MySQL with on', resource: other('mysql', '8.0.39', secureTransport('on')) },
    { name: 'MySQL with true', resource: other('mysql', '8.0.39', secureTransport('true')) },
    { name: 'MariaDB', resource: other('mariadb', '10.11.9', secureTransport('1')) },
    // RDS user guide, "Requiring SSL/TLS for all connections to a MariaDB DB instance": ON from 11.8, OFF up to 11.4.
    {
      name: 'MariaDB 11.8 without a value: on by default',
      resource: other('mariadb', '11.8.3', secureTransport(null)),
    },
    { name: 'MariaDB 12.3 without a value', resource: other('mariadb', '12.3.2', secureTransport(null)) },
    // RDS user guide, "Using SSL/TLS with an Amazon RDS for Db2 DB instance": the catalogue knows no such parameter.
    {
      name: 'Db2 that listens with TLS only',
      resource: other('db2-se', '11.5.9.0', withParameters({ db2comm: 'SSL' })),
    },
    { name: 'Aurora PostgreSQL, from the group of the cluster', resource: auroraPostgres('16.4', '1') },
    // Aurora user guide, "Securing Aurora PostgreSQL data with SSL/TLS": 1 from version 17, not from 15 as in RDS.
    { name: 'Aurora PostgreSQL 17 without a value: on by default', resource: auroraPostgres('17.4', null) },
    { name: 'Aurora MySQL', resource: auroraMysql('ON') },
    { name: 'a Multi-AZ cluster', resource: { ...cluster({ engine: 'mysql' }), ...secureTransport('1') } },
    {
      name: 'a cluster whose members are all in sync',
      resource: { ...auroraPostgres('15.4', '1'), ...notInSync('in-sync') },
    },
    {
      name: 'Oracle that requires native network encryption',
      resource: oracle([required]),
      message: 'native network encryption is required',
      evidence: { options: [required] },
    },
    {
      name: 'Oracle, as it is written in the documentation',
      resource: oracle([{ ...required, encryptionServer: 'Required' }]),
    },
    {
      name: 'Oracle that leaves a group which required nothing',
      resource: { ...oracle([required]), optionGroups: inTwoGroups('removing') },
    },
    { name: 'a proxy', resource: proxy, message: 'RequireTLS is on', evidence: { requireTls: true } },
    {
      name: 'TLS 1.2 as the lowest version',
      resource: other(
        'mysql',
        '8.0.39',
        withParameters({ require_secure_transport: '1', tls_version: 'TLSv1.2,TLSv1.3' }),
      ),
      params: { minTls: '1.2' },
      message: 'from TLS 1.2 on',
    },
    {
      name: 'TLS 1.3 as the lowest version, when 1.2 would do',
      resource: { ...instance(), ...withParameters({ 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.3' }) },
      params: { minTls: '1.2' },
    },
  ],
  fail: [
    { name: 'PostgreSQL with rds.force_ssl 0', resource: postgres('16.4', '0'), message: /^rds.force_ssl is off$/ },
    { name: 'PostgreSQL 14 without a value', resource: postgres('14.12', null), message: 'off by default' },
    { name: 'PostgreSQL 9.6 without a value', resource: postgres('9.6.24', null) },
    { name: 'SQL Server without a value', resource: other('sqlserver-ex', '16.00.4135.4.v1', forceSsl(null)) },
    { name: 'MySQL with OFF', resource: other('mysql', '8.0.39', secureTransport('OFF')) },
    { name: 'MySQL with false', resource: other('mysql', '8.0.39', secureTransport('false')) },
    { name: 'MySQL without a value: off in every version', resource: other('mysql', '8.4.3', secureTransport(null)) },
    { name: 'MariaDB 11.4 without a value', resource: other('mariadb', '11.4.5', secureTransport(null)) },
    {
      name: 'Db2 that listens without TLS',
      resource: other('db2-ae', '11.5.9.0', withParameters({ db2comm: 'TCPIP' })),
    },
    {
      name: 'Db2 that listens with both',
      resource: other('db2-ae', '11.5.9.0', withParameters({ db2comm: 'TCPIP,SSL' })),
    },
    {
      name: 'Db2 that listens with both, reversed',
      resource: other('db2-ae', '11.5', withParameters({ db2comm: 'ssl, tcpip' })),
    },
    { name: 'Aurora PostgreSQL 16 without a value', resource: auroraPostgres('16.4', null), message: 'off by default' },
    { name: 'Aurora MySQL without a value', resource: auroraMysql(null) },
    { name: 'Aurora MySQL with 0', resource: auroraMysql('0') },
    ...['pending-reboot', 'applying', 'failed-to-apply', 'pending-database-upgrade'].map((applyStatus) => ({
      name: `on, but the group is ${applyStatus}`,
      resource: { ...postgres('14.12', '1'), ...notInSync(applyStatus) },
      message: `rds.force_ssl is on, but custom is ${applyStatus}`,
    })),
    {
      name: 'on, but one member of the cluster waits for a reboot',
      resource: {
        ...auroraPostgres('15.4', '1'),
        parameterGroups: [
          { name: 'custom', applyStatus: 'in-sync' },
          { name: 'custom', applyStatus: 'pending-reboot' },
        ],
      },
      message: 'but custom is pending-reboot',
    },
    { name: 'Oracle without any option', resource: oracle([]), message: 'native network encryption is not required' },
    {
      name: 'Oracle that only requests it',
      resource: oracle([{ ...required, encryptionServer: 'REQUESTED' }]),
    },
    {
      name: 'Oracle without a value: requested by default',
      resource: oracle([{ ...required, encryptionServer: null }]),
    },
    // RDS user guide, "Oracle Secure Sockets Layer": a second port for TLS, with clear text at the same time on the first.
    // The catalogue passes this option.
    {
      name: 'Oracle with the option SSL: the port without TLS stays open',
      resource: oracle([ssl]),
      evidence: { options: [ssl] },
    },
    {
      name: 'Oracle whose option group waits',
      resource: oracle([required], 'pending-maintenance-apply'),
      message: 'but oracle-encrypted is pending-maintenance-apply',
    },
    {
      name: 'Oracle that waits for the second of two groups which require it',
      resource: {
        ...oracle([required, { ...required, group: 'second' }]),
        optionGroups: inTwoGroups('pending-apply'),
      },
      message: 'but second is pending-apply',
    },
    { name: 'a proxy', resource: { ...proxy, requireTls: false }, message: 'RequireTLS is off' },
    {
      name: 'TLS 1.1 is accepted',
      resource: auroraMysql('ON', '5.7.mysql_aurora.2.12.0'),
      params: { minTls: '1.2' },
      message: 'accepts TLS 1.0, below 1.2',
    },
    {
      name: 'TLS 1.2 is accepted where 1.3 is the lowest',
      resource: other('mysql', '8.4.3', withParameters({ require_secure_transport: '1', tls_version: null })),
      params: { minTls: '1.3' },
    },
    { name: 'off, whatever the lowest version', resource: postgres('16.4', 'off'), params: { minTls: '1.2' } },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: { ...instance(change), tls: null }, message })),
    { name: 'a cluster of DocumentDB', resource: { ...cluster({ engine: 'docdb' }), tls: null } },
    {
      name: 'a member: its group does not hold the parameter',
      resource: { ...instance({ engine: 'aurora-postgresql', cluster: 'orders' }), tls: null },
      message: 'judged at its cluster orders',
    },
    { name: 'a proxy that is being deleted', resource: { ...proxy, status: 'deleting' }, message: 'deleting' },
  ],
  unknown: [
    {
      name: 'MariaDB 10.4 has no such parameter',
      resource: other('mariadb', '10.4.34', withParameters({})),
      message: 'no parameter require_secure_transport',
    },
    {
      name: 'Db2 without a value: AWS documents no default',
      resource: other('db2-se', '11.5.9.0', withParameters({ db2comm: null })),
      message: 'db2comm is not set, and AWS documents no default',
    },
    { name: 'Db2 without the parameter', resource: other('db2-se', '11.5.9.0', withParameters({})) },
    {
      name: 'an engine of which nothing tells',
      resource: { ...instance({ engine: 'custom-oracle-ee' }), tls: null },
      message: 'custom-oracle-ee',
    },
    {
      name: 'a value of which nothing is known',
      resource: postgres('16.4', '{force}'),
      message: 'rds.force_ssl is {force}',
    },
    {
      name: 'PostgreSQL without a value for the lowest version: AWS documents no default',
      resource: { ...instance(), ...withParameters({ 'rds.force_ssl': '1', ssl_min_protocol_version: null }) },
      params: { minTls: '1.2' },
      message: 'the lowest TLS version',
    },
    { name: 'a proxy shows no versions', resource: proxy, params: { minTls: '1.2' } },
    { name: 'native network encryption is not TLS', resource: oracle([required]), params: { minTls: '1.2' } },
    {
      name: 'a lowest version that is none',
      resource: postgres('16.4', '1'),
      params: { minTls: 'TLSv1.2' },
      message: 'TLSv1.2',
    },
  ],
});
