import { skip, unknown } from '../../lib/core/check.ts';
import type { Table, Verdict } from '../../lib/core/model.ts';
import { ageInDays } from '../../lib/core/time.ts';
import type { LifecycleRule, Retention } from '../s3/_configurations.ts';
import { type ObjectTrail, recordsObjects } from '../s3/_data-events.ts';
import { isOwn } from './_trails.ts';

/** Of a trail whose bucket is not among those of the account: who can tell. */
export function elsewhere(trail: {
  readonly account: string;
  readonly owner: string;
  readonly description: { readonly s3BucketName: string };
}): Verdict {
  const name = trail.description.s3BucketName;
  return isOwn(trail)
    ? unknown(`bucket ${name} is in another account: audit the one that owns it, such as the log archive`)
    : skip(`bucket ${name} is for account ${trail.owner}, whose organization's trail this is, to answer for`);
}

/** Do other trails record who reads and writes the objects of a trail's bucket? Its own would log the writing of its own log. */
export function isRecordedByOthers(
  bucket: { readonly arn: string; readonly region: string },
  trail: { readonly arn: string },
  trails: Table<ObjectTrail & { readonly arn: string }>,
): boolean {
  return recordsObjects(
    trails.where(({ arn }) => arn !== trail.arn),
    bucket,
  );
}

interface Lock {
  readonly status: string;
  readonly retention: Retention | null;
}
interface Wanted {
  readonly acceptedModes: readonly (string | number)[];
  readonly minLockDays: number;
}

/** What keeps log files from being immutable, or null. CloudTrail asks for no retention, so only the bucket's default gives one. */
export function lockProblem(lock: Lock | null, { acceptedModes, minLockDays }: Wanted): string | null {
  if (lock?.status !== 'Enabled') return 'Object Lock is off';
  if (!lock.retention) return 'Object Lock is on, but without a default retention it locks no log file';
  const { mode, days } = lock.retention;
  if (!acceptedModes.includes(mode)) return `Object Lock is in mode ${mode}`;
  return days < minLockDays ? `Object Lock holds for ${days} days, less than ${minLockDays}` : null;
}

/** What the keys of a trail's files begin with (CloudTrail: finding your CloudTrail log files). */
export function logPrefix(s3KeyPrefix: string | null): string {
  return `${s3KeyPrefix === null ? '' : `${s3KeyPrefix}/`}AWSLogs/`;
}

/** The rules that may delete a trail's files. Those for tagged objects do not: CloudTrail sets no tags. */
export function rulesFor(rules: readonly LifecycleRule[], prefix: string): readonly LifecycleRule[] {
  return rules.filter(
    (rule) => rule.isEnabled && !rule.isNarrowed && (rule.prefix.startsWith(prefix) || prefix.startsWith(rule.prefix)),
  );
}

/** The days until a log file expires, and until it is gone for good: later, in a versioned bucket. Infinity where no rule does it. */
export function retentionBy(
  rules: readonly LifecycleRule[],
  versioning: string | null,
  now: Date,
): { readonly expiry: number; readonly days: number } {
  const expiry = expiryDays(rules, now);
  return { expiry, days: versioning === 'Enabled' ? expiry + deletionDays(rules) : expiry };
}

/** The days until the rules expire a file that is written now; Infinity where none does. A date that is past expires it at once. */
function expiryDays(rules: readonly LifecycleRule[], now: Date): number {
  return Math.min(
    ...rules.flatMap(({ days }) => days ?? []),
    ...rules.flatMap(({ date }) => (date === null ? [] : Math.max(0, Math.floor(-ageInDays(date, now))))),
  );
}

/**
 * The days until an expired file of a versioned bucket is deleted for good: expiring only hides it. A rule that keeps some newer
 * noncurrent versions keeps the one that a log file has.
 */
function deletionDays(rules: readonly LifecycleRule[]): number {
  return Math.min(
    ...rules.flatMap(({ noncurrentDays, newerNoncurrentVersions }) =>
      newerNoncurrentVersions ? [] : (noncurrentDays ?? []),
    ),
  );
}
