import { iamActionOf } from './actions.ts';
import type { Call } from './protocol.ts';

/** How the emulated AWS behaves: slowly, refusing, broken. Everything is deterministic. */
export interface Profile {
  /** Round trip in ms: one number, 'world' (home 2, Europe 80, Asia Pacific 220 and so on), or by Region prefix. */
  readonly latency?: number | 'world' | Readonly<Record<string, number>>;
  /** The Region where the caller runs, for latency 'world'. */
  readonly home?: string;
  /** Token buckets per account, Region, service and operation: AWS's sizes, or `[burst, per second]` by service or operation. */
  readonly throttle?: 'aws' | Readonly<Record<string, readonly [burst: number, perSecond: number]>>;
  /** IAM actions or 'service:Operation' that are refused; `*` matches anything. */
  readonly deny?: readonly string[];
  /** When given, everything else is refused. */
  readonly allowOnly?: readonly string[];
  /** Regions that a service control policy denies. */
  readonly blockRegions?: readonly string[];
  /** Regions whose endpoints accept requests and never answer. */
  readonly hangRegions?: readonly string[];
  readonly faults?: readonly Fault[];
  /** The most items that a page of an operation ('iam:GetAccountAuthorizationDetails') holds, whatever was asked for. */
  readonly pageSizes?: Readonly<Record<string, number>>;
  /** How many calls of GenerateCredentialReport answer that it is not complete yet (default 1). */
  readonly credentialReportPolls?: number;
  /** How many ms AWS's clock is ahead of the callers'. What was signed too long ago is refused, and every answer tells the time. */
  readonly clockAhead?: number;
}

export interface Fault {
  /** `*` for every one. */
  readonly service: string;
  readonly operation?: string;
  readonly region?: string;
  /** Only requests whose parameters contain this text. */
  readonly resource?: string;
  /**
   * status: an error of AWS's with that status; html, garbage, empty, truncated: such a body; reset: the connection breaks;
   * hang: no answer; throttle: too many requests; gone: the resource does not exist any more; repeat-token: the next page's token
   * is this page's; lost-token: there is a next page, and no token for it.
   */
  readonly kind:
    | 'status'
    | 'html'
    | 'garbage'
    | 'empty'
    | 'truncated'
    | 'reset'
    | 'hang'
    | 'throttle'
    | 'gone'
    | 'repeat-token'
    | 'lost-token';
  readonly status?: number;
  /** What AWS calls an error of kind status, where it is not its name for any error of that status. */
  readonly code?: string;
  /** So many matching requests are spared first. */
  readonly after?: number;
  /** Only so many matching requests. */
  readonly times?: number;
}

const WORLD: Record<string, number> = { us: 65, ca: 65, mx: 75, eu: 80, sa: 120, il: 130, me: 180, af: 220, ap: 220 };
const HOME_MS = 2;

/** The round trip to a Region in ms. */
export function latencyOf({ latency = 0, home = 'us-east-1' }: Profile, region: string): number {
  if (typeof latency === 'number') return latency;
  if (latency === 'world' && region === home) return HOME_MS;
  const table = latency === 'world' ? WORLD : latency;
  const prefixes = Object.keys(table).filter((prefix) => prefix === '*' || region.startsWith(prefix));
  const best = prefixes.toSorted((a, b) => b.length - a.length || (a === '*' ? 1 : -1))[0];
  return best === undefined ? 0 : table[best]!;
}

/** AWS never refuses this call for want of a permission. */
const ALWAYS_ALLOWED = 'sts:GetCallerIdentity';

/** Why a call is refused, as the last clause of AWS's message; undefined when it is allowed. */
export function refusal(profile: Profile, { service, operation, region }: Call): string | undefined {
  const action = iamActionOf(service, operation);
  if (action === ALWAYS_ALLOWED) return undefined;
  const named = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern, action) || matches(pattern, `${service}:${operation}`));
  if (profile.blockRegions?.includes(region) && !isGlobal(service, action))
    return 'with an explicit deny in a service control policy';
  if (profile.deny && named(profile.deny)) return 'with an explicit deny in an identity-based policy';
  if (profile.allowOnly && !named(profile.allowOnly))
    return `because no identity-based policy allows the ${action} action`;
  return undefined;
}

/** What the usual policy that denies Regions leaves out, since these calls are served in one place for all Regions. */
const REGIONLESS = [
  'iam:*',
  'sts:*',
  'ec2:DescribeRegions',
  's3:GetAccountPublic*',
  's3:ListAllMyBuckets',
  's3:ListMultiRegion*',
];

function isGlobal(service: string, action: string): boolean {
  return service === 'iam' || REGIONLESS.some((pattern) => matches(pattern, action));
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern.toLowerCase() === name.toLowerCase();
  const source = pattern.split('*').map((part) => part.replaceAll(/[^\w]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'i').test(name);
}

/** Counts the matching requests of each fault and tells which fault, if any, strikes a call. */
export function faultFinder(profile: Profile): (call: Call) => Fault | undefined {
  const struck = new Map<Fault, number>();
  return (call) =>
    profile.faults?.find((fault) => {
      if (fault.service !== '*' && fault.service !== call.service) return false;
      if ((fault.operation ?? call.operation) !== call.operation) return false;
      if ((fault.region ?? call.region) !== call.region) return false;
      if (fault.resource && !JSON.stringify(call.input()).includes(fault.resource)) return false;
      const { after = 0, times = Infinity } = fault;
      const met = (struck.get(fault) ?? 0) + 1;
      struck.set(fault, met);
      return met > after && met <= after + times;
    });
}

type Size = readonly [burst: number, perSecond: number];
/** EC2 and CloudTrail as documented; IAM, RDS and S3's configuration calls are assumptions, AWS publishes none. */
const AWS_BUCKETS: Record<string, Size> = {
  ec2: [100, 20],
  iam: [40, 10],
  rds: [40, 10],
  cloudtrail: [10, 10],
  s3: [100, 100],
  s3control: [100, 100],
  '*': [100, 20],
};
const UNLIMITED: Size = [1e9, 1e9];
const EC2_UNPAGINATED: Size = [50, 10];
/** Without pagination and filters these draw from a smaller bucket. */
const HALF_SIZED = new Set([
  'DescribeInstances',
  'DescribeInstanceStatus',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroups',
  'DescribeSnapshots',
  'DescribeSpotInstanceRequests',
  'DescribeVolumes',
]);

/** Token buckets: tells whether a call of an account is throttled. `now` in ms. */
export function throttler({ throttle }: Profile, now: () => number): (account: string, call: Call) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (account, call) => {
    if (throttle === undefined) return false;
    const [burst, perSecond] = sizeOf(throttle === 'aws' ? AWS_BUCKETS : throttle, call, throttle === 'aws');
    const key = `${account}/${call.region}/${call.service}/${call.operation}/${burst}`;
    const bucket = buckets.get(key) ?? { tokens: burst, at: now() };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
    bucket.at = now();
    if (bucket.tokens < 1) return true;
    bucket.tokens -= 1;
    return false;
  };
}

function sizeOf(table: Readonly<Record<string, Size>>, call: Call, isAws: boolean): Size {
  if (isAws && call.service === 'ec2' && HALF_SIZED.has(call.operation) && isUnbounded(call.input()))
    return EC2_UNPAGINATED;
  return table[`${call.service}:${call.operation}`] ?? table[call.service] ?? table['*'] ?? UNLIMITED;
}

function isUnbounded(input: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(input).length === 0;
}
