import { required } from '../../lib/core/knowledge.ts';
import { lateGroup, type Group, type ParameterGroup } from './_databases.ts';
import { isOn, isPostgres, itemsOf, type LogParameters, valueOf } from './_logs.ts';

/** The options that make an engine write an audit log. */
export const AUDIT_OPTIONS = ['MARIADB_AUDIT_PLUGIN', 'SQLSERVER_AUDIT', 'DB2_AUDIT'] as const;
type OptionName = (typeof AUDIT_OPTIONS)[number];
export type AuditOption = { readonly group: string; readonly name: OptionName };

export interface Audited {
  readonly engine: string;
  readonly logExports: readonly string[];
  readonly parameterGroups: readonly ParameterGroup[];
  readonly optionGroups: readonly Group[];
  readonly auditOptions: readonly AuditOption[] | null;
  readonly release: { readonly exportsLogs: boolean | null } | null;
}

export function hasAuditOption(engine: string): boolean {
  return optionOf(engine) !== undefined;
}

/** Is there an audit log that AWS shows? */
export function hasAudit(engine: string): boolean {
  return hasAuditOption(engine) || parameterTestOf(engine, false) !== undefined;
}

/**
 * What keeps a database from writing an audit log, or the log from leaving it; undefined where all is well.
 * `runs` tells the parameters of each instance; asked only for engines that go by them.
 */
export function auditProblem(
  database: Audited,
  runs: () => readonly LogParameters[],
  acceptLogStatement: boolean,
): string | undefined {
  return facilityProblem(database, runs, acceptLogStatement) ?? exportProblem(database, runs);
}

function facilityProblem(
  database: Audited,
  runs: () => readonly LogParameters[],
  acceptLogStatement: boolean,
): string | undefined {
  const option = optionOf(database.engine);
  if (option === undefined) {
    const test = parameterTestOf(database.engine, acceptLogStatement)!;
    return (
      runs()
        .map(test)
        .find((problem) => problem !== undefined) ?? lateGroup(database.parameterGroups)
    );
  }
  const holders = database.auditOptions!.filter(({ name }) => name === option).map(({ group }) => group);
  if (holders.length === 0) return `no option group has the option ${option}`;
  return lateGroup(database.optionGroups.filter(({ name }) => holders.includes(name)));
}

function optionOf(engine: string): OptionName | undefined {
  if (engine === 'mysql' || engine === 'mariadb') return 'MARIADB_AUDIT_PLUGIN';
  if (engine.startsWith('db2-')) return 'DB2_AUDIT';
  // The Express edition has no audit option.
  return engine.startsWith('sqlserver-') && engine !== 'sqlserver-ex' ? 'SQLSERVER_AUDIT' : undefined;
}

type ParameterTest = (parameters: LogParameters) => string | undefined;

function parameterTestOf(engine: string, acceptLogStatement: boolean): ParameterTest | undefined {
  if (engine === 'aurora-mysql') return auroraMysqlProblem;
  if (engine.startsWith('oracle-')) return oracleProblem;
  if (!isPostgres(engine)) return undefined;
  return (parameters) => (acceptLogStatement && logsStatements(parameters) ? undefined : postgresProblem(parameters));
}

function auroraMysqlProblem(parameters: LogParameters): string | undefined {
  if (!isOn(valueOf(parameters, 'server_audit_logging', '0'))) return 'server_audit_logging is off';
  return valueOf(parameters, 'server_audit_events', '') === '' ? 'server_audit_events names no event' : undefined;
}

function postgresProblem(parameters: LogParameters): string | undefined {
  const libraries = itemsOf(valueOf(parameters, 'shared_preload_libraries', ''));
  if (!libraries.includes('pgaudit')) return 'shared_preload_libraries does not name pgaudit';
  const classes = itemsOf(valueOf(parameters, 'pgaudit.log', 'none'));
  return classes.every((one) => one === 'none') ? 'pgaudit.log names nothing to log' : undefined;
}

function logsStatements(parameters: LogParameters): boolean {
  return ['ddl', 'mod', 'all'].includes(valueOf(parameters, 'log_statement', 'none').toLowerCase());
}

/** What holds where audit_trail is not set is not known. */
function oracleProblem(parameters: LogParameters): string | undefined {
  const value = required(parameters['audit_trail'] ?? undefined, 'the parameter audit_trail');
  return value.toUpperCase() === 'NONE' ? 'audit_trail is NONE' : undefined;
}

/** SQL Server and Db2 write to S3, as their options say. */
function exportProblem(database: Audited, runs: () => readonly LogParameters[]): string | undefined {
  const { engine, logExports } = database;
  if (engine.startsWith('sqlserver-') || engine.startsWith('db2-')) return undefined;
  const log = isPostgres(engine) ? 'postgresql' : 'audit';
  if (logExports.includes(log)) return undefined;
  if (engine === 'aurora-mysql' && runs().every((one) => isOn(valueOf(one, 'server_audit_logs_upload', '0'))))
    return undefined;
  return database.release?.exportsLogs === false ? undefined : `the log ${log} is not exported`;
}
