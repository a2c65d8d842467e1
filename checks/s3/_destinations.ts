import { anyOf } from '../../lib/core/logic.ts';
import type { Table } from '../../lib/core/model.ts';
import { hasTag } from '../../lib/core/tags.ts';
import type { BucketAccess } from '../../lib/policy/public-bucket.ts';
import { acceptsLogs, letsCloudFrontLogIn } from './_delivery.ts';

type Buckets = Table<{ readonly id: string; readonly logging: string | null }>;
type Trails = Table<{ readonly description: { readonly s3BucketName: string } }>;
interface Places {
  readonly buckets: Buckets;
  readonly trails: Trails;
}
interface Bucket extends Pick<BucketAccess, 'policy'> {
  readonly id: string;
  readonly arn: string;
}

/** Does a bucket receive the logs of others: the access logs of another bucket, or a trail's files? */
export function isLogDestination(id: string, { buckets, trails }: Places): boolean {
  return anyOf(
    () => buckets.having('logging', id).some((bucket) => bucket.id !== id),
    () => receivesTrail(id, trails),
  );
}

/** Is a bucket there to keep the logs of trails, AWS Config, flow logs or load balancers, of this account or others? */
export function isLogArchive(bucket: Bucket, trails: Trails): boolean {
  return anyOf(
    () => acceptsLogs(bucket),
    () => receivesTrail(bucket.id, trails),
  );
}

/** Is a bucket known as an archive: by one of the tags, or by the logs that it is there for? */
export function isArchive(
  bucket: Bucket & { readonly tags?: Readonly<Record<string, string>> },
  archiveTags: Readonly<Record<string, readonly string[]>>,
  trails: Trails,
): boolean {
  return anyOf(
    () => hasTag(bucket.tags, archiveTags),
    () => isLogArchive(bucket, trails),
  );
}

/** Does anything tell that a bucket receives logs, of whatever kind? */
export function isForLogs(bucket: Bucket & Pick<BucketAccess, 'acl'>, places: Places): boolean {
  return anyOf(
    () => isLogDestination(bucket.id, places),
    () => acceptsLogs(bucket),
    () => letsCloudFrontLogIn(bucket.acl),
  );
}

function receivesTrail(id: string, trails: Trails): boolean {
  return trails.some(({ description }) => description.s3BucketName === id);
}
