/** What all databases have that the RDS API lists. */
export interface Database {
  readonly engine: string;
  readonly status: string;
  /** The cluster that an instance is a member of. */
  readonly cluster?: string | null;
}

/** DocumentDB and Neptune appear in the lists of the RDS API, and are judged under their own names. */
const OTHER_SERVICES = ['docdb', 'neptune'];
/** What people write on databases that nobody would miss for an hour. */
export const NONPRODUCTION: Readonly<Record<string, readonly string[]>> = { Environment: ['dev', 'test', 'sandbox'] };
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

/** RDS Custom: the customer runs the operating system, and much of RDS does not apply. */
export function isCustom(engine: string): boolean {
  return engine.startsWith('custom-');
}

export function isAurora(engine: string): boolean {
  return engine.startsWith('aurora');
}

/** Aurora Serverless v1, which has no instances; version 2 is like any other cluster. */
export function isServerlessV1({ engineMode }: { readonly engineMode: string | null }): boolean {
  return engineMode === 'serverless';
}

export type ParameterGroup = { readonly name: string; readonly applyStatus: string };
export type Group = { readonly name: string; readonly status: string };

/** What a group demands holds once the group is applied; until then it may be anything that it was before. In words, or undefined. */
export function lateGroup(groups: readonly (ParameterGroup | Group)[]): string | undefined {
  const statuses = groups.map((group) => ({
    name: group.name,
    status: 'status' in group ? group.status : group.applyStatus,
  }));
  const late = statuses.find(({ status }) => status !== 'in-sync');
  return late && `${late.name} is ${late.status}`;
}
