import { AwsError } from '../errors.ts';
import type { Profile } from '../profile.ts';
import type { Written } from '../rest.ts';
import type { State } from '../state.ts';
import type { Account, RegionWorld, World } from '../world.ts';

/** What a handler may look at. */
export interface Context {
  readonly world: World;
  readonly account: Account;
  readonly region: string;
  readonly here: RegionWorld;
  readonly callerArn: string;
  readonly accessKeyId: string;
  readonly service: string;
  readonly operation: string;
  readonly profile: Profile;
  readonly state: State;
  /** Fault: the token of the next page is the one of this page. */
  readonly repeatToken: boolean;
}

/** An answer that no schema describes, written as it is. */
export interface Raw {
  readonly $raw: Written;
}

/** Answers one operation. What it throws as AwsError becomes the error answer. */
export type Handler = (input: never, context: Context) => object;

export interface PageRules {
  readonly min: number;
  readonly max: number;
  /** The page size when none is asked for. */
  readonly byDefault: number;
  /** What AWS says to a size out of bounds; by default the size is bounded silently. */
  readonly badSize?: (size: number) => AwsError;
  readonly badToken: () => AwsError;
}

/** One page of a list. Tokens are opaque to callers and belong to one operation. */
export function page<T>(
  items: readonly T[],
  context: Context,
  rules: PageRules,
  size: number | undefined,
  token: string | undefined,
): { items: T[]; next: string | undefined } {
  if (size !== undefined && rules.badSize && (size < rules.min || size > rules.max)) throw rules.badSize(size);
  const wanted = size === undefined ? rules.byDefault : Math.min(size, rules.max);
  const count = Math.min(wanted, context.profile.pageSizes?.[`${context.service}:${context.operation}`] ?? wanted);
  const start = token ? startOf(token, context, rules) : 0;
  const end = start + count;
  const next = end < items.length ? tokenOf(context, context.repeatToken ? start : end) : undefined;
  return { items: items.slice(start, end), next };
}

function tokenOf({ operation }: Context, start: number): string {
  return Buffer.from(`${operation}:${start}`).toString('base64url');
}

function startOf(token: string, { operation }: Context, rules: PageRules): number {
  const [owner, start = ''] = Buffer.from(token, 'base64url').toString().split(':');
  if (owner !== operation || !/^\d+$/.test(start)) throw rules.badToken();
  return Number(start);
}
