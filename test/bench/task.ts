/** What a process is told to do and to measure. */
export interface Task {
  readonly isOrganization?: boolean;
  readonly isWithoutUserData?: boolean;
  /** MB. */
  readonly heap?: number;
  /** The folder of a run whose steps are processes of their own, and the step; else everything is done, in a new folder. */
  readonly inventory?: string;
  readonly step?: 'collect' | 'judge';
  /** Judges what it has collected so many times more, in memory, and tells how fast. */
  readonly evaluations?: number;
}

export interface Cost {
  readonly seconds: number;
  /** Seconds. */
  readonly cpu: number;
  /** The most that the process ever held (RSS), in MB of 2^20 bytes. */
  readonly megabytes: number;
}
export interface Ran extends Cost {
  readonly findings: number;
  readonly unknown: number;
  /** Of everything that was found, whatever the order: the same where the same was found. */
  readonly digest: string;
  /** Verdicts per second of each evaluation. */
  readonly speeds: readonly number[];
}
