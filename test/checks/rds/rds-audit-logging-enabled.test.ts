import type { AuditOption } from '../../../checks/rds/_audit.ts';
import type { LogParameters } from '../../../checks/rds/_logs.ts';
import audit from '../../../checks/rds/rds-audit-logging-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

type InstanceChange = Parameters<typeof instance>[0];
type ClusterChange = Parameters<typeof cluster>[0];

const release = (exportsLogs: boolean | null = true) => ({
  status: 'available',
  rotatesCertificates: true,
  exportsLogs,
});
const byParameters = (logParameters: LogParameters | null) => ({
  logParameters,
  auditOptions: null,
  release: release(),
});
const byOptions = (...auditOptions: AuditOption[]) => ({ logParameters: null, auditOptions, release: release() });

const pgaudit: LogParameters = {
  shared_preload_libraries: 'pg_stat_statements, pgaudit',
  'pgaudit.log': 'ddl,role',
  log_statement: null,
};
const postgres = (parameters: LogParameters = {}, change: InstanceChange = {}) => ({
  ...instance(change),
  ...byParameters({ ...pgaudit, ...parameters }),
});
const plugin: AuditOption = { group: 'audited', name: 'MARIADB_AUDIT_PLUGIN' };
const inGroup = (status = 'in-sync') => ({ optionGroups: [{ name: 'audited', status }] });
const mysql = (change: InstanceChange = {}, ...options: AuditOption[]) => ({
  ...instance({ engine: 'mysql', logExports: ['audit'], ...inGroup(), ...change }),
  ...byOptions(...options),
});
const serverAudit: LogParameters = {
  server_audit_logging: '1',
  server_audit_events: 'CONNECT,QUERY_DDL',
  server_audit_logs_upload: '0',
};
const aurora = (parameters: LogParameters = {}, change: ClusterChange = {}) => ({
  ...cluster({ engine: 'aurora-mysql', logExports: ['audit'], ...change }),
  ...byParameters({ ...serverAudit, ...parameters }),
  id: 'orders',
});
const upload = { server_audit_logs_upload: '1' };
const notExported = { logExports: ['error'] };
const oracle = (audit_trail: string | null, logExports = ['audit']) => ({
  ...instance({ engine: 'oracle-ee', logExports }),
  ...byParameters({ audit_trail }),
});
const byOption = (engine: string, ...options: AuditOption[]) => ({
  ...instance({ engine, logExports: [], ...inGroup() }),
  ...byOptions(...options),
});
const member = (id: string, logParameters: LogParameters | null, cluster = 'orders') => ({
  ...instance({ engine: 'aurora-mysql', cluster }),
  id,
  logParameters,
});
const instances = (...members: ReturnType<typeof member>[]) => ({ instances: members });
const accepted = { acceptLogStatement: true };
const pending = { parameterGroups: [{ name: 'custom', applyStatus: 'pending-reboot' }] };

cases(audit, {
  pass: [
    {
      name: 'PostgreSQL with pgaudit, exported',
      resource: postgres(),
      message: 'audited, and the log leaves the host',
      evidence: { logExports: ['postgresql'] },
    },
    { name: 'pgaudit of everything', resource: postgres({ 'pgaudit.log': 'ALL' }) },
    { name: 'pgaudit written in capitals', resource: postgres({ shared_preload_libraries: 'PGAUDIT' }) },
    {
      name: 'MySQL with the plugin, exported',
      resource: mysql({}, plugin),
      evidence: { logExports: ['audit'] },
    },
    { name: 'MariaDB', resource: mysql({ engine: 'mariadb' }, plugin) },
    {
      name: 'a Multi-AZ cluster of MySQL',
      resource: { ...cluster({ ...inGroup(), engine: 'mysql', logExports: ['audit'] }), ...byOptions(plugin) },
      with: instances(),
    },
    {
      name: 'a version that cannot export its logs',
      resource: { ...mysql(notExported, plugin), release: release(false) },
    },
    { name: 'Aurora MySQL, exported', resource: aurora(), with: instances(member('one', {})) },
    { name: 'Aurora MySQL without instances', resource: aurora(), with: instances() },
    {
      name: 'Aurora MySQL that uploads the log itself',
      resource: aurora(upload, notExported),
      with: instances(member('one', null), member('two', {})),
    },
    { name: 'Aurora PostgreSQL', resource: { ...cluster(), ...byParameters(pgaudit) }, with: instances() },
    {
      name: 'an instance turns on what its cluster leaves off',
      resource: aurora({ server_audit_logging: '0' }),
      with: instances(member('one', { server_audit_logging: 'ON' })),
    },
    {
      name: 'an instance of another cluster does not count',
      resource: aurora(),
      with: instances(member('one', { server_audit_logging: '0' }, 'other')),
    },
    ...['DB', 'os', 'XML, EXTENDED'].map((value) => ({ name: `Oracle with ${value}`, resource: oracle(value) })),
    {
      name: 'SQL Server, which writes to S3',
      resource: byOption('sqlserver-se', { group: 'audited', name: 'SQLSERVER_AUDIT' }),
    },
    { name: 'Db2, which writes to S3', resource: byOption('db2-se', { group: 'audited', name: 'DB2_AUDIT' }) },
    {
      name: 'an activity stream, whatever else is off',
      resource: postgres({ 'pgaudit.log': null }, { activityStream: 'started' }),
      message: 'an activity stream',
      evidence: { activityStream: 'started' },
    },
    {
      name: 'an activity stream of SQL Server Express',
      resource: { ...byOption('sqlserver-ex'), activityStream: 'started' },
    },
    ...['ddl', 'mod', 'ALL'].map((value) => ({
      name: `log_statement ${value}, which is accepted`,
      resource: postgres({ shared_preload_libraries: null, log_statement: value }),
      params: accepted,
    })),
    {
      name: 'pgaudit, where log_statement would do as well',
      resource: postgres({ log_statement: 'none' }),
      params: accepted,
    },
  ],
  fail: [
    {
      name: 'pgaudit is not loaded',
      resource: postgres({ shared_preload_libraries: 'pg_stat_statements' }),
      message: 'shared_preload_libraries does not name pgaudit',
      evidence: { engine: 'postgres', logExports: ['postgresql'] },
    },
    { name: 'nothing is loaded', resource: postgres({ shared_preload_libraries: null }) },
    { name: 'another library of a similar name', resource: postgres({ shared_preload_libraries: 'pgauditlogtofile' }) },
    ...[null, '', 'none', 'NONE'].map((value) => ({
      name: `pgaudit.log ${value}`,
      resource: postgres({ 'pgaudit.log': value }),
      message: 'pgaudit.log names nothing to log',
    })),
    {
      name: 'PostgreSQL that exports another log only',
      resource: postgres({}, { logExports: ['upgrade'] }),
      message: 'the log postgresql is not exported',
    },
    {
      name: 'PostgreSQL whose group waits for a reboot',
      resource: postgres({}, pending),
      message: /^custom is pending-reboot$/,
    },
    {
      name: 'log_statement, which is not accepted',
      resource: postgres({ shared_preload_libraries: null, log_statement: 'all' }),
    },
    {
      name: 'log_statement none',
      resource: postgres({ shared_preload_libraries: null, log_statement: 'none' }),
      params: accepted,
    },
    { name: 'log_statement by default', resource: postgres({ shared_preload_libraries: null }), params: accepted },
    {
      name: 'MySQL without the plugin: the export is empty',
      resource: mysql(),
      message: 'no option group has the option MARIADB_AUDIT_PLUGIN',
    },
    {
      name: 'MySQL with an option of another engine',
      resource: mysql({}, { group: 'audited', name: 'DB2_AUDIT' }),
    },
    {
      name: 'MySQL that exports another log only',
      resource: mysql(notExported, plugin),
      message: 'the log audit is not exported',
    },
    {
      name: 'of whose version AWS does not tell whether it can export',
      resource: { ...mysql(notExported, plugin), release: release(null) },
    },
    {
      name: 'MySQL whose option group is not applied yet',
      resource: mysql(inGroup('pending-apply'), plugin),
      message: 'audited is pending-apply',
    },
    {
      name: 'Aurora MySQL with audit off',
      resource: aurora({ server_audit_logging: '0' }),
      with: instances(),
      message: 'server_audit_logging is off',
    },
    {
      name: 'Aurora MySQL with audit off by default',
      resource: aurora({ server_audit_logging: null }),
      with: instances(),
    },
    ...[null, ''].map((value) => ({
      name: `Aurora MySQL with events ${value}`,
      resource: aurora({ server_audit_events: value }),
      with: instances(),
      message: 'server_audit_events names no event',
    })),
    {
      name: 'Aurora MySQL, neither exported nor uploaded',
      resource: aurora({}, notExported),
      with: instances(),
      message: 'the log audit is not exported',
    },
    {
      name: 'not uploaded by default',
      resource: aurora({ server_audit_logs_upload: null }, notExported),
      with: instances(),
    },
    {
      name: 'one instance does not upload it',
      resource: aurora(upload, notExported),
      with: instances(member('one', {}), member('two', { server_audit_logs_upload: '0' })),
    },
    {
      name: 'one instance turns off what its cluster turns on',
      resource: aurora(),
      with: instances(member('one', {}), member('two', { server_audit_logging: '0' })),
      message: 'server_audit_logging is off',
    },
    { name: 'Aurora MySQL whose group waits for a reboot', resource: aurora({}, pending), with: instances() },
    {
      name: 'a version that cannot export does not excuse what is not written',
      resource: { ...mysql(notExported), release: release(false) },
    },
    { name: 'Oracle with NONE', resource: oracle('none'), message: 'audit_trail is NONE' },
    { name: 'Oracle, not exported', resource: oracle('DB', ['alert']), message: 'the log audit is not exported' },
    { name: 'SQL Server without the option', resource: byOption('sqlserver-se'), message: 'SQLSERVER_AUDIT' },
    { name: 'Db2 without the option', resource: byOption('db2-se'), message: 'DB2_AUDIT' },
    { name: 'an activity stream that is starting', resource: { ...mysql(), activityStream: 'starting' as const } },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({
      name,
      resource: { ...instance(change), logParameters: null, auditOptions: null, release: null },
      message,
    })),
    {
      name: 'a member',
      resource: { ...instance({ cluster: 'orders' }), logParameters: {}, auditOptions: null, release: release() },
      message: 'judged at its cluster orders',
    },
  ],
  unknown: [
    { name: 'SQL Server Express has no audit option', resource: byOption('sqlserver-ex'), message: 'sqlserver-ex' },
    {
      name: 'RDS Custom',
      resource: { ...instance({ engine: 'custom-oracle-ee' }), ...byParameters(null), release: null },
      message: 'custom-oracle-ee',
    },
    {
      name: 'Aurora Serverless v1',
      resource: aurora({}, { engineMode: 'serverless' }),
      with: instances(),
      message: 'Aurora Serverless v1',
    },
    { name: 'Oracle by default, of which nothing is known', resource: oracle(null), message: 'audit_trail' },
    {
      name: 'Oracle 23ai, whose group has no such parameter',
      resource: { ...instance({ engine: 'oracle-ee' }), ...byParameters({}) },
      message: 'the parameter audit_trail',
    },
    {
      name: 'a group without the parameter',
      resource: { ...instance(), ...byParameters({ shared_preload_libraries: 'pgaudit' }) },
      message: 'the parameter pgaudit.log',
    },
  ],
});
