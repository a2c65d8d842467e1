import { iamActionOf } from '../actions.ts';
import type { BucketDescription } from '../defaults/s3.ts';
import { AwsError } from '../errors.ts';
import type { Context } from './context.ts';

export interface OfBucket {
  readonly Bucket?: string | undefined;
}

/** The bucket that a request means, or S3's refusal: no such bucket, not yours, in another Region, or denied. */
export function bucketOf({ Bucket: name = '' }: OfBucket, context: Context): BucketDescription {
  const bucket = context.account.s3.Buckets.get(name);
  const { callerArn, operation } = context;
  if (!bucket) {
    const isTaken = [...context.world.accounts.values()].some(({ s3 }) => s3.Buckets.has(name));
    if (isTaken) throw new AwsError(403, 'AccessDenied', 'Access Denied');
    throw missing('NoSuchBucket', 'The specified bucket does not exist', name);
  }
  if (context.region !== '*' && context.region !== bucket.Region) throw elsewhere(bucket);
  if (bucket.Denied.includes(operation))
    throw new AwsError(
      403,
      'AccessDenied',
      `User: ${callerArn} is not authorized to perform: ${iamActionOf('s3', operation)} on resource: "arn:aws:s3:::${name}" with an explicit deny in a resource-based policy`,
    );
  return bucket;
}

export function missing(code: string, message: string, BucketName: string): AwsError {
  return new AwsError(404, code, message, { detail: { BucketName } });
}

function elsewhere({ Name, Region }: BucketDescription): AwsError {
  return new AwsError(
    301,
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      detail: { Endpoint: `${Name}.s3.${Region}.amazonaws.com`, Bucket: Name },
      headers: { 'x-amz-bucket-region': Region },
    },
  );
}
