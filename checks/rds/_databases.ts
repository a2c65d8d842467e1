/** What all databases have that the RDS API lists. */
export interface Database {
  readonly engine: string;
  readonly status: string;
  /** The cluster that an instance is a member of. */
  readonly cluster?: string | null;
}

/** DocumentDB and Neptune appear in the lists of the RDS API, and are judged under their own names. */
const OTHER_SERVICES = ['docdb', 'neptune'];
const NOT_RUNNING = ['creating', 'deleting', 'failed'];

/** Why a database is not judged; undefined when it is. */
export function notJudged(database: Database): string | undefined {
  const { engine, status } = database;
  if (OTHER_SERVICES.includes(engine)) return `${engine} is judged under its own name`;
  return NOT_RUNNING.includes(status) ? `the database is ${status}` : undefined;
}

/** As `notJudged`, for what a cluster decides for all of its members. */
export function notJudgedAlone(database: Database): string | undefined {
  return notJudged(database) ?? (database.cluster ? `judged at its cluster ${database.cluster}` : undefined);
}
