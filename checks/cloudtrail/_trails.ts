import { ifKnown } from '../../lib/core/knowledge.ts';
import { allOf } from '../../lib/core/logic.ts';
import type { Table } from '../../lib/core/model.ts';

interface Trail {
  readonly region: string;
  readonly description: { readonly isMultiRegionTrail: boolean; readonly includeGlobalServiceEvents: boolean };
  readonly status: { readonly isLogging: boolean };
}
interface Delivering extends Pick<Trail, 'status'> {
  readonly description: Trail['description'] & { readonly s3BucketName: string };
  readonly delivery: { readonly bucketError: string | null };
}
interface Owned {
  readonly id: string;
  readonly owner: string;
  readonly account: string;
}

/** Does one trail record all regions and global services, at this time? Whether it does right now is told by its status alone. */
export function isLoggingEverywhere(trail: Pick<Trail, 'description' | 'status'>): boolean {
  return allOf(
    () => trail.description.isMultiRegionTrail,
    () => trail.description.includeGlobalServiceEvents,
    () => trail.status.isLogging,
  );
}

/** Does a trail that records everything deliver it to a bucket of another account, so that it is safe from those who take over this? */
export function leavesAccount(trail: Delivering, buckets: Pick<Table<unknown>, 'get'>): boolean {
  return allOf(
    () => !buckets.get(trail.description.s3BucketName),
    () => isLoggingEverywhere(trail),
    () => trail.delivery.bucketError !== 'NoSuchBucket',
  );
}

/**
 * Do trails, each of its own region, record all regions between them? Events of global services reach such a trail in the home
 * region of the partition alone (CloudTrail API: Trail, IncludeGlobalServiceEvents).
 */
export function isLoggingInEach(regions: { home: string; enabled: readonly string[] }, trails: Table<Trail>): boolean {
  return allOf(
    ...regions.enabled.map((region) => () => trails.having('region', region).some(({ status }) => status.isLogging)),
    () =>
      trails
        .having('region', regions.home)
        .some(({ description, status }) => description.includeGlobalServiceEvents && status.isLogging),
  );
}

/** Is it the account's own trail, not the organization's, seen from a member? */
export function isOwn({ owner, account }: Pick<Owned, 'owner' | 'account'>): boolean {
  return owner === account;
}

/** Whose trail it is, where it is not the account's own: words to add to a message. */
export function ownerNote(trail: Pick<Owned, 'owner' | 'account'>): string {
  return isOwn(trail) ? '' : ` (the organization's trail, of account ${trail.owner})`;
}

/** Which trail passes the test, in words: one of the account's own if any, else the organization's. Null where none does. */
export function satisfiedBy<T extends Owned>(trails: Table<T>, test: (trail: T) => boolean): string | null {
  if (!trails.some(test)) return null;
  if (ifKnown(() => trails.where(isOwn).some(test), false)) return "a trail of the account's own";
  const [inherited] = ifKnown(() => trails.where(test).all(), []);
  return inherited ? `the organisation trail ${inherited.id} of account ${inherited.owner}` : 'the organisation trail';
}
