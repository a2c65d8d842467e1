/** What Object Lock gives to each new object that brings no retention of its own. */
export type Retention = {
  /** 'GOVERNANCE', which some may bypass, or 'COMPLIANCE', which nobody may. */
  readonly mode: string;
  readonly days: number;
};

/** One lifecycle rule, as far as it deletes. */
export type LifecycleRule = {
  readonly id: string | null;
  readonly isEnabled: boolean;
  /** Of the objects that it concerns; '' is all of them. */
  readonly prefix: string;
  /** Do tags or sizes narrow it further? */
  readonly isNarrowed: boolean;
  /** Days after which objects expire. In a versioned bucket they get a delete marker instead. */
  readonly days: number | null;
  /** The date on which objects expire. */
  readonly date: string | null;
  /** Days after which noncurrent versions are deleted for good. */
  readonly noncurrentDays: number | null;
  /** How many noncurrent versions it keeps beyond those days. */
  readonly newerNoncurrentVersions: number | null;
};

/** What one rule lets pages of other origins do in a browser. */
export type CorsRule = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly exposedHeaders: readonly string[];
};
