import { randomBytes } from 'node:crypto';

/**
 * Where runs are kept: a folder or an S3 bucket behind one interface. Keys use '/' and are partitioned as Athena reads them:
 *
 *   inventory/date=D/run=R/account=A/region=G/<Type>.ndjson.gz   what was read, one row a line
 *   inventory/date=D/run=R/account=A/region=G/_cells.json        what was planned there, with counts and gaps; Athena passes over _
 *   findings/date=D/run=R/account=A.ndjson.gz                    the verdicts, one finding a line
 *   runs/date=D/run=R/<name>                                     run.json (the header) and the reports
 *   state/account=A.ndjson.gz                                    what failed when the account was last judged
 *   state/waivers.json                                           of which waivers people were told that they end
 *   latest.json                                                  the header of the last finished run
 */
export interface Store {
  /** For people: the folder's path or s3://bucket/prefix. */
  readonly url: string;
  /** Writes the whole object, or nothing. */
  put(key: string, body: Uint8Array | string, contentType: string): Promise<void>;
  /** Undefined when there is no such object. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** The keys below a prefix, sorted. */
  list(prefix: string): Promise<readonly string[]>;
}

/** A run's place in the store: its UTC date and its id. */
export interface RunKey {
  readonly date: string;
  readonly run: string;
}

/** Runs sort by the millisecond of their start; the end keeps two of different machines apart. */
export function runKeyOf(startedAt: string, end: string): RunKey {
  const stamp = startedAt.slice(0, 23).replaceAll(/[-:.]/g, '');
  return { date: startedAt.slice(0, 10), run: `${stamp}Z-${end}` };
}

export function newRunKey(now: Date): RunKey {
  return runKeyOf(now.toISOString(), randomBytes(3).toString('hex'));
}

const partition = ({ date, run }: RunKey) => `date=${date}/run=${run}`;

export const keys = {
  inventory: (run: RunKey, account: string, region: string, name: string) =>
    `inventory/${partition(run)}/account=${account}/region=${region}/${name}`,
  inventoryOf: (run: RunKey, account: string) => `inventory/${partition(run)}/account=${account}/`,
  findings: (run: RunKey, account: string) => `findings/${partition(run)}/account=${account}.ndjson.gz`,
  findingsOf: (run: RunKey) => `findings/${partition(run)}/`,
  report: (run: RunKey, name: string) => `runs/${partition(run)}/${name}`,
  state: (account: string) => `state/account=${account}.ndjson.gz`,
  /** What is to be the state when the run is published. */
  nextState: (run: RunKey, account: string) => `runs/${partition(run)}/state/account=${account}.ndjson.gz`,
  waivers: 'state/waivers.json',
  latest: 'latest.json',
} as const;

/** `AWS::S3::Bucket` as a file name: `AWS-S3-Bucket.ndjson.gz`; of a further part: `AWS-S3-Bucket.2.ndjson.gz`. */
export const fileOf = (type: string, part = 1): string =>
  `${type.replaceAll(/:+/g, '-')}${part > 1 ? `.${part}` : ''}.ndjson.gz`;
