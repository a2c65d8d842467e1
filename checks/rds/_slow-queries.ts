import { required } from '../../lib/core/knowledge.ts';
import { isOn, isPostgres, itemsOf, type LogParameter, type LogParameters, valueOf } from './_logs.ts';

interface Wanted {
  readonly maxSeconds: number;
  readonly requireExport: boolean;
}
interface Logging {
  readonly engine: string;
  readonly logExports: readonly string[];
}

/** What keeps slow queries from being logged, or the log from leaving the database; undefined where all is well. */
export function slowQueryProblem(
  { engine, logExports }: Logging,
  runs: readonly LogParameters[],
  wanted: Wanted,
): string | undefined {
  const problemOf = isPostgres(engine) ? postgresProblem : mysqlProblem;
  const problem = runs.map((one) => problemOf(one, wanted, engine)).find((one) => one !== undefined);
  if (problem !== undefined || !wanted.requireExport) return problem;
  const log = isPostgres(engine) ? 'postgresql' : 'slowquery';
  return logExports.includes(log) ? undefined : `the log ${log} is not exported`;
}

function postgresProblem(parameters: LogParameters, { maxSeconds }: Wanted): string | undefined {
  const milliseconds = numberOf('log_min_duration_statement', valueOf(parameters, 'log_min_duration_statement', '-1'));
  if (milliseconds < 0) return 'log_min_duration_statement is off';
  return milliseconds > maxSeconds * 1000
    ? `only queries above ${milliseconds / 1000} seconds are logged, not those above ${maxSeconds}`
    : undefined;
}

/** MariaDB has a second name for two parameters (RDS user guide, "Accessing the MariaDB slow query and general logs"). */
const SWITCHES = ['slow_query_log', 'log_slow_query'] as const;
const TIMES = ['long_query_time', 'log_slow_query_time'] as const;

function mysqlProblem(parameters: LogParameters, wanted: Wanted, engine: string): string | undefined {
  if (!either(parameters, SWITCHES, '0').some(isOn)) return 'slow_query_log is off';
  const seconds = Math.max(...either(parameters, TIMES, '10').map((value) => numberOf('long_query_time', value)));
  if (seconds > wanted.maxSeconds)
    return `only queries above ${seconds} seconds are logged, not those above ${wanted.maxSeconds}`;
  const outputs = outputsOf(parameters, engine);
  if (outputs.includes('none')) return 'log_output is NONE';
  return wanted.requireExport && !outputs.includes('file') ? 'log_output keeps the log in a table' : undefined;
}

/**
 * TABLE by default in MariaDB (RDS user guide, "Accessing the MariaDB slow query and general logs"), and MySQL publishes what a
 * custom group with FILE writes ("Publishing MySQL logs to Amazon CloudWatch Logs"). Of Aurora no default is known.
 */
function outputsOf(parameters: LogParameters, engine: string): readonly string[] {
  const value = valueOf(parameters, 'log_output', engine === 'aurora-mysql' ? '' : 'TABLE');
  return itemsOf(required(value || undefined, 'the parameter log_output'));
}

/** What is set of two names for one thing, or its default. */
function either(
  parameters: LogParameters,
  [first, second]: readonly [LogParameter, LogParameter],
  byDefault: string,
): readonly string[] {
  const values = [parameters[first], parameters[second]].filter((value) => value !== undefined);
  if (values.length === 0) return [valueOf(parameters, first, byDefault)];
  const set = values.filter((value) => value !== null);
  return set.length === 0 ? [byDefault] : set;
}

/** A formula is no number: then the check ends as UNKNOWN. */
function numberOf(name: string, value: string): number {
  const number = value.trim() === '' ? NaN : Number(value);
  return required(Number.isNaN(number) ? undefined : number, `a number for ${name}`);
}
