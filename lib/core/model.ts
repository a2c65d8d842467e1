/** The vocabulary of Ronda. This file imports nothing and does nothing. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Each checks/<service>/collect.ts adds its resource types here: `{ base, facets }` by CloudFormation name. */
export interface ResourceTypes {}
export type TypeName = Extract<keyof ResourceTypes, string>;
/** The facets that every one of the types has. */
export type FacetName<T extends TypeName> = keyof Get<T, 'facets'> & string;

/** Who and where a resource is. `region` is 'global' for account-wide services. */
export interface Identity<T extends string = string> {
  readonly type: T;
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** It has tags that could not be read. Absent with no tags: the type has none, or they were not asked for. */
  readonly areTagsUnknown?: true;
  /** Absent where the customer manages it, like most. */
  readonly managedBy?: Manager;
}

/**
 * Who else decides about a resource: `aws` owns and changes it, a `service` made it for its own use in the account (service-linked
 * roles, nodes of a managed service), a `landing-zone` (AWS Control Tower) keeps it as the organisation wants it.
 */
type Manager = 'aws' | 'service' | 'landing-zone';

/**
 * Why something is not known. A gap is never a value: reading one ends the check with UNKNOWN.
 * `blocked` is an organisation policy; `not-scanned` is a deadline, a cap or a type outside of the run.
 */
export interface Gap {
  readonly reason: 'denied' | 'blocked' | 'throttled' | 'failed' | 'not-scanned';
  /** The IAM action that would have answered, or the part of the engine that gave up. */
  readonly operation: string;
  readonly detail: string;
}

/** What a collector recorded for one facet: its value (null when "not configured") or the reason there is none. */
export type Reading<V = unknown> = { readonly value: V } | { readonly gap: Gap };

/** One collected resource, as stored in the inventory (one NDJSON line). `at` is the time of reading, ISO 8601. */
export interface Row<T extends string = string> {
  readonly identity: Identity<T>;
  readonly at: string;
  readonly base: unknown;
  readonly facets: Readonly<Record<string, Reading>>;
  /** Base fields that the answer lacked although AWS documents no default: reading one is reading a gap. */
  readonly missing?: Readonly<Record<string, Gap>>;
}

/** One planned piece of work: listing one type in one place. `rows` is how many were recorded; a gap says the list is not whole. */
export interface Cell {
  readonly type: string;
  readonly account: string;
  readonly region: string;
  readonly rows: number;
  readonly gap?: Gap;
  /** How many steps it took to read; one where absent. */
  readonly parts?: number;
}

/** What a check sees of a resource: identity, base fields and the facets that it asked for; nothing else. */
export type View<T extends TypeName = TypeName, K extends string = never> = T extends TypeName
  ? Identity<T> & Get<T, 'base'> & Readonly<Pick<Get<T, 'facets'>, K & keyof Get<T, 'facets'>>>
  : never;
type Get<T extends TypeName, P extends string> = ResourceTypes[T] extends { [Q in P]: infer V } ? V : never;

/** Other resources a check may look at, under three-valued logic: an answer, or UNKNOWN; never a guess. */
export interface Table<V> {
  /** By id or ARN. Undefined means that it does not exist; where that cannot be known, the check ends as UNKNOWN. */
  get(idOrArn: string | null | undefined): V | undefined;
  some(test: (row: V) => boolean): boolean;
  every(test: (row: V) => boolean): boolean;
  where(test: (row: V) => boolean): Table<V>;
  /** The rows whose field equals the value, or holds it in a list. Indexed: use it in place of `where` for joins. */
  having(field: keyof V & string, value: string): Table<V>;
  all(): readonly V[];
}
export interface Use<T extends TypeName = TypeName, K extends string = string> {
  readonly type: T;
  readonly facets: readonly K[];
}
export type Uses = Readonly<Record<string, Use>>;
type Tables<U> = { readonly [A in keyof U]: U[A] extends Use<infer T, infer K> ? Table<View<T, K>> : never };

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'informational';
export type Status = 'PASS' | 'FAIL' | 'SKIP' | 'UNKNOWN';
export interface Verdict {
  readonly status: Status;
  readonly message: string;
  readonly evidence?: Json;
  readonly gap?: Gap;
  /** Where evidence moves the severity away from the check's own. */
  readonly severity?: Severity;
}

export interface CheckMeta {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The consequence, in one sentence. */
  readonly why: string;
  /** One runnable command. */
  readonly fix: string;
  /** The id that the check had before: findings and waivers keep their identity. */
  readonly formerly?: string;
}
export type ParamValue =
  number | boolean | string | null | readonly (string | number)[] | Readonly<Record<string, readonly string[]>>;
export type Params = Readonly<Record<string, ParamValue>>;

/** `now` is when the resource was read. */
type Context<U, P> = { readonly now: Date; readonly params: P; readonly variant: string } & Tables<U>;

export interface Check<
  T extends TypeName = TypeName,
  K extends string = string,
  U = Uses,
  P = Params,
> extends CheckMeta {
  /** The types of resource that are judged; each has the facets in `needs`. */
  readonly resource: readonly T[];
  readonly needs: readonly K[];
  readonly uses: U;
  readonly params: P;
  /** A digest of the code that judges; `npm run generate` writes it into the registry. */
  readonly version?: string;
  /** A parametrised check gives one verdict per variant; '' where there is only one. */
  readonly variants: readonly string[];
  evaluate(resource: View<T, K>, context: Context<U, P>): Verdict;
}

/** The result of one check on one resource. `id` is stable across runs, so findings can be compared and accepted. */
export interface Finding extends Verdict {
  readonly id: string;
  readonly check: string;
  readonly variant?: string;
  readonly severity: Severity;
  readonly resource: Identity;
  /** When the resource was read, ISO 8601. */
  readonly at: string;
  /** A digest of all that the check could see of the resource itself: equal for a resource that did not change. */
  readonly basis?: string;
}
