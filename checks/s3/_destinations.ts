import type { Table } from '../../lib/core/model.ts';
import { anyOf } from '../../lib/core/logic.ts';

interface Destinations {
  readonly buckets: Table<{ readonly id: string; readonly logging: string | null }>;
  readonly trails: Table<{ readonly description: { readonly s3BucketName: string } }>;
}

/** Does a bucket receive the logs of others: the access logs of another bucket, or a trail's files? */
export function isLogDestination(id: string, { buckets, trails }: Destinations): boolean {
  return anyOf(
    () => buckets.having('logging', id).some((bucket) => bucket.id !== id),
    () => trails.some(({ description }) => description.s3BucketName === id),
  );
}
