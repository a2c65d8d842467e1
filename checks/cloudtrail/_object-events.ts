import { allOf } from '../../lib/core/logic.ts';
import type { Table } from '../../lib/core/model.ts';
import { type EventSelectors, records } from '../s3/_data-events.ts';
import { isLogDestination } from '../s3/_destinations.ts';

interface Bucket {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly logging: string | null;
}
interface Trail {
  readonly region: string;
  readonly description: { readonly isMultiRegionTrail: boolean; readonly s3BucketName: string };
  readonly status: { readonly isLogging: boolean };
  readonly eventSelectors: EventSelectors;
}
interface Tables {
  readonly buckets: Table<Bucket>;
  readonly trails: Table<Trail>;
}

/** The test for buckets of which no trail records every read, or write, of an object. Log buckets need none if so wished. */
export function isLeftOut({ buckets, trails }: Tables, kind: 'read' | 'write', excludeLogBuckets: boolean) {
  return (bucket: Bucket): boolean =>
    allOf(
      () => !trails.some((trail) => records(trail, bucket, kind)),
      () => !excludeLogBuckets || !isLogDestination(bucket.id, { buckets, trails }),
    );
}
