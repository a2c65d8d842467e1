import type { LogParameters } from '../../../checks/rds/_logs.ts';
import slowQueries from '../../../checks/rds/rds-slow-query-logging-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

type InstanceChange = Parameters<typeof instance>[0];

const postgres = (value: string | null, change: InstanceChange = {}) => ({
  ...instance(change),
  logParameters: { log_min_duration_statement: value },
});
const logged: LogParameters = { slow_query_log: '1', long_query_time: '2', log_output: 'FILE' };
const mysql = (parameters: LogParameters = {}, change: InstanceChange = {}) => ({
  ...instance({ engine: 'mysql', logExports: ['slowquery'], ...change }),
  logParameters: { ...logged, ...parameters },
});
/** MariaDB knows two names for the parameters. */
const mariadb = (parameters: LogParameters) => ({
  ...instance({ engine: 'mariadb', logExports: ['slowquery'] }),
  logParameters: { log_output: 'FILE', ...parameters },
});
const aurora = (parameters: LogParameters = {}, change: Parameters<typeof cluster>[0] = {}) => ({
  ...cluster({ engine: 'aurora-mysql', logExports: ['slowquery'], ...change }),
  logParameters: { ...logged, ...parameters },
  id: 'orders',
});
const member = (id: string, logParameters: LogParameters, change: InstanceChange = {}) => ({
  ...instance({ engine: 'aurora-mysql', cluster: 'orders', ...change }),
  id,
  logParameters,
});
const instances = (...members: ReturnType<typeof member>[]) => ({ instances: members });
const off = { slow_query_log: '0' };
const notExported = { logExports: ['error'] };
const noExport = { requireExport: false };
const noInsights = { acceptInsights: false };
const watched = { performanceInsights: true };

cases(slowQueries, {
  pass: [
    {
      name: 'PostgreSQL from ten seconds on',
      resource: postgres('10000'),
      message: 'slow queries are logged',
      evidence: { logExports: ['postgresql'] },
    },
    { name: 'PostgreSQL, every query', resource: postgres('0') },
    { name: 'PostgreSQL from a minute on, which is accepted', resource: postgres('60000'), params: { maxSeconds: 60 } },
    { name: 'PostgreSQL without export', resource: postgres('500', notExported), params: noExport },
    { name: 'MySQL', resource: mysql(), evidence: { logExports: ['slowquery'] } },
    { name: 'MySQL with the default of ten seconds', resource: mysql({ long_query_time: null }) },
    { name: 'MySQL with a fraction of a second', resource: mysql({ long_query_time: '0.25' }) },
    { name: 'MySQL into files and tables', resource: mysql({ log_output: 'TABLE, FILE' }) },
    {
      name: 'MySQL into tables, without export',
      resource: mysql({ log_output: 'TABLE' }, notExported),
      params: noExport,
    },
    { name: 'MySQL into tables by default, without export', resource: mysql({ log_output: null }), params: noExport },
    // RDS user guide, "Accessing the MariaDB slow query and general logs": slow_query_log or log_slow_query.
    { name: 'MariaDB by its newer names', resource: mariadb({ log_slow_query: '1', log_slow_query_time: '1.0' }) },
    {
      name: 'MariaDB by its newer names, with the older ones in the group',
      resource: mariadb({
        slow_query_log: null,
        log_slow_query: 'ON',
        long_query_time: null,
        log_slow_query_time: '5',
      }),
    },
    { name: 'MariaDB by its older names', resource: mariadb({ slow_query_log: 'on', long_query_time: '5' }) },
    { name: 'Aurora MySQL', resource: aurora(), with: instances(member('one', {})) },
    {
      name: 'an instance turns on what its cluster leaves off',
      resource: aurora(off),
      with: instances(member('one', { slow_query_log: '1' })),
    },
    {
      name: 'Aurora PostgreSQL',
      resource: { ...cluster(), logParameters: { log_min_duration_statement: '1000' } },
      with: instances(),
    },
    {
      name: 'logged, whatever Performance Insights does',
      resource: mysql({}, watched),
      message: 'Performance Insights analyses its queries',
    },
    {
      name: 'Performance Insights in its place',
      resource: mysql(off, watched),
      message: 'Performance Insights analyses its queries',
    },
    { name: 'Database Insights in the advanced mode', resource: mysql(off, { insightsMode: 'advanced' }) },
    {
      name: 'Database Insights of a cluster',
      resource: aurora(off, { insightsMode: 'advanced' }),
      with: instances(),
      message: 'Performance Insights',
    },
    { name: 'Performance Insights of a cluster', resource: aurora(off, watched), with: instances() },
    {
      name: 'Performance Insights of all instances of a cluster',
      resource: aurora(off),
      with: instances(member('one', {}, watched), member('two', {}, { insightsMode: 'advanced' })),
      message: 'Performance Insights',
    },
    { name: 'logged, where Performance Insights does not count', resource: mysql({}, watched), params: noInsights },
  ],
  fail: [
    {
      name: 'PostgreSQL, off by default',
      resource: postgres(null),
      message: 'log_min_duration_statement is off',
      evidence: { engine: 'postgres', logExports: ['postgresql'] },
    },
    { name: 'PostgreSQL, off', resource: postgres('-1'), message: 'log_min_duration_statement is off' },
    {
      name: 'PostgreSQL, a millisecond more than ten seconds',
      resource: postgres('10001'),
      message: 'only queries above 10.001 seconds are logged, not those above 10',
    },
    {
      name: 'PostgreSQL, not exported',
      resource: postgres('500', notExported),
      message: 'the log postgresql is not exported',
    },
    { name: 'MySQL, off', resource: mysql(off), message: 'slow_query_log is off' },
    { name: 'MySQL, off by default', resource: mysql({ slow_query_log: null }), message: 'slow_query_log is off' },
    {
      name: 'MySQL, more than ten seconds',
      resource: mysql({ long_query_time: '10.5' }),
      message: 'only queries above 10.5 seconds are logged, not those above 10',
    },
    {
      name: 'MySQL, the default of ten seconds is too long',
      resource: mysql({ long_query_time: null }),
      params: { maxSeconds: 9 },
      message: 'above 10 seconds',
    },
    { name: 'MySQL, not exported', resource: mysql({}, notExported), message: 'the log slowquery is not exported' },
    {
      name: 'MySQL into tables: exported, and empty',
      resource: mysql({ log_output: 'TABLE' }),
      message: 'log_output keeps the log in a table',
    },
    { name: 'MySQL into tables by default', resource: mysql({ log_output: null }), message: 'in a table' },
    {
      name: 'MySQL into nothing, even where no export is required',
      resource: mysql({ log_output: 'NONE' }),
      params: noExport,
      message: 'log_output is NONE',
    },
    {
      name: 'MariaDB, the longer of two times',
      resource: mariadb({ slow_query_log: '1', long_query_time: '1', log_slow_query_time: '11' }),
      message: 'above 11 seconds',
    },
    {
      name: 'MariaDB, both names off',
      resource: mariadb({ slow_query_log: '0', log_slow_query: '0', long_query_time: '1' }),
    },
    {
      name: 'one instance turns off what its cluster turns on',
      resource: aurora(),
      with: instances(member('one', {}), member('two', off)),
      message: 'slow_query_log is off',
    },
    {
      name: 'one instance without Performance Insights',
      resource: aurora(off),
      with: instances(member('one', {}, watched), member('two', {})),
    },
    { name: 'a cluster without instances', resource: aurora(off), with: instances() },
    { name: 'Performance Insights does not count', resource: mysql(off, watched), params: noInsights },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({
      name,
      resource: { ...instance(change), logParameters: null },
      message,
    })),
    { name: 'a member', resource: { ...member('one', off) }, message: 'judged at its cluster' },
    ...['oracle-ee', 'sqlserver-se', 'db2-se', 'custom-oracle-ee'].map((engine) => ({
      name: engine,
      resource: { ...instance({ engine }), logParameters: null },
      message: `${engine} has no log of slow queries`,
    })),
  ],
  unknown: [
    { name: 'a formula', resource: postgres('{DBInstanceClassMemory/1}'), message: 'log_min_duration_statement' },
    { name: 'an empty time', resource: mysql({ long_query_time: ' ' }), message: 'a number for long_query_time' },
    {
      name: 'Aurora MySQL by default: no output is known',
      resource: aurora({ log_output: null }),
      with: instances(),
      message: 'the parameter log_output',
    },
    { name: 'a group without the parameter', resource: mariadb({}), message: 'the parameter slow_query_log' },
    {
      name: 'a group without the time',
      resource: mariadb({ log_slow_query: '1' }),
      message: 'the parameter long_query_time',
    },
    {
      name: 'a group without the parameter of PostgreSQL',
      resource: { ...instance(), logParameters: {} },
      message: 'the parameter log_min_duration_statement',
    },
  ],
});
