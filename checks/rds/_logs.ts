import { required } from '../../lib/core/knowledge.ts';
import type { Table, View } from '../../lib/core/model.ts';

/** The parameters that decide about audit logs and slow query logs, in lower case. */
export const LOG_PARAMETERS = [
  'server_audit_logging',
  'server_audit_events',
  'server_audit_logs_upload',
  'shared_preload_libraries',
  'pgaudit.log',
  'log_statement',
  'audit_trail',
  'slow_query_log',
  'log_slow_query',
  'long_query_time',
  'log_slow_query_time',
  'log_output',
  'log_min_duration_statement',
] as const;
export type LogParameter = (typeof LOG_PARAMETERS)[number];

/** The parameters that a group knows; null where the engine's default holds. */
export type LogParameters = Readonly<Partial<Record<LogParameter, string | null>>>;

/** Engines whose logs are switched by parameters. Those of SQL Server and Db2 are switched by options. */
export function hasLogParameters(engine: string): boolean {
  return isPostgres(engine) || isMysql(engine) || engine.startsWith('oracle-');
}
export function isPostgres(engine: string): boolean {
  return engine === 'postgres' || engine === 'aurora-postgresql';
}
/** MySQL and its relatives. */
export function isMysql(engine: string): boolean {
  return engine === 'mysql' || engine === 'mariadb' || engine === 'aurora-mysql';
}

interface Database {
  readonly type: string;
  readonly id: string;
  readonly logParameters: LogParameters | null;
}
type Members = Table<View<'AWS::RDS::DBInstance', 'logParameters'>>;

/**
 * The parameters that each instance runs with: those of the cluster, and over them what somebody has set in the group of the
 * instance (Aurora user guide, "Amazon Aurora DB cluster and DB instance parameters"). One set for an instance of its own.
 */
export function parametersInForce(database: Database, instances: Members): readonly LogParameters[] {
  const own = database.logParameters!;
  const members = membersOf(database, instances);
  return members.length === 0 ? [own] : members.map((member) => ({ ...own, ...member.logParameters }));
}

/** The instances of a cluster; none for an instance of its own. */
export function membersOf<V extends { readonly cluster: string | null }>(
  { type, id }: { readonly type: string; readonly id: string },
  instances: Table<V>,
): readonly V[] {
  return type === 'AWS::RDS::DBCluster' ? instances.having('cluster', id).all() : [];
}

/** A parameter's value, `byDefault` where nobody set it. Where the group does not know the parameter, the check ends as UNKNOWN. */
export function valueOf(parameters: LogParameters, name: LogParameter, byDefault: string): string {
  return required(parameters[name], `the parameter ${name}`) ?? byDefault;
}

/** As parameters of MySQL and MariaDB say yes. */
export function isOn(value: string): boolean {
  return ['1', 'on', 'true'].includes(value.toLowerCase());
}

/** The items of a value such as 'FILE, TABLE', in lower case. */
export function itemsOf(value: string): readonly string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
