import type {
  GetBucketAclOutput,
  GetBucketCorsOutput,
  GetBucketEncryptionOutput,
  GetBucketLifecycleConfigurationOutput,
  GetBucketLoggingOutput,
  GetBucketOwnershipControlsOutput,
  GetBucketPolicyOutput,
  GetBucketPolicyStatusOutput,
  GetBucketTaggingOutput,
  GetBucketVersioningOutput,
  GetObjectLockConfigurationOutput,
  GetPublicAccessBlockOutput,
  ListBucketsOutput,
  ListBucketsRequest,
} from '@aws-sdk/client-s3';
import type { Described } from '../defaults/common.ts';
import type { BucketDescription } from '../defaults/s3.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules, type Raw } from './context.ts';
import { objects } from './s3-objects.ts';
import { bucketOf, missing, type OfBucket } from './s3-buckets.ts';

const PAGES: PageRules = {
  min: 1,
  max: 10_000,
  byDefault: 10_000,
  badSize: () => new AwsError(400, 'InvalidArgument', 'Argument max-buckets must be an integer between 1 and 10000'),
  badToken: () => new AwsError(400, 'InvalidArgument', 'The continuation token provided is incorrect'),
};

export const s3 = {
  ...objects,

  ListBuckets(input: ListBucketsRequest, context: Context): Described<ListBucketsOutput> {
    const { Buckets, owner } = context.account.s3;
    const wanted = [...Buckets.values()].filter(
      ({ Name, Region }) => Name.startsWith(input.Prefix ?? '') && (input.BucketRegion ?? Region) === Region,
    );
    const { items, next } = page(wanted, context, PAGES, input.MaxBuckets, input.ContinuationToken);
    // S3 tells the Region only to callers who page or filter.
    const isPaged = Object.values(input).some((one) => one !== undefined);
    return {
      Buckets: items.map(({ Name, CreationDate, Region }) => ({
        Name,
        CreationDate,
        ...(isPaged ? { BucketRegion: Region, BucketArn: `arn:aws:s3:::${Name}` } : {}),
      })),
      Owner: { ID: owner },
      ...(next ? { ContinuationToken: next } : {}),
      ...(input.Prefix ? { Prefix: input.Prefix } : {}),
    };
  },

  HeadBucket(input: OfBucket, context: Context): object {
    const { Region } = bucketOf(input, context);
    return { BucketRegion: Region, AccessPointAlias: false };
  },

  GetBucketLocation(input: OfBucket, context: Context): Raw {
    const { Region } = bucketOf(input, { ...context, region: '*' });
    const location = Region === 'us-east-1' ? '' : Region;
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${location}</LocationConstraint>`;
    return { $raw: { status: 200, headers: { 'content-type': 'application/xml' }, body } };
  },

  GetPublicAccessBlock(input: OfBucket, context: Context): Described<GetPublicAccessBlockOutput> {
    const { PublicAccessBlock, Name } = bucketOf(input, context);
    if (!PublicAccessBlock)
      throw missing(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        Name,
      );
    return { PublicAccessBlockConfiguration: PublicAccessBlock };
  },

  GetBucketPolicy(input: OfBucket, context: Context): Described<GetBucketPolicyOutput> {
    const { Policy, Name } = bucketOf(input, context);
    if (!Policy) throw missing('NoSuchBucketPolicy', 'The bucket policy does not exist', Name);
    return { Policy: typeof Policy === 'string' ? Policy : JSON.stringify(Policy) };
  },

  GetBucketPolicyStatus(input: OfBucket, context: Context): Described<GetBucketPolicyStatusOutput> {
    const { Policy, Name, IsPublic } = bucketOf(input, context);
    if (!Policy) throw missing('NoSuchBucketPolicy', 'The bucket policy does not exist', Name);
    return { PolicyStatus: { IsPublic } };
  },

  GetBucketOwnershipControls(input: OfBucket, context: Context): Described<GetBucketOwnershipControlsOutput> {
    const { OwnershipControls, Name } = bucketOf(input, context);
    if (!OwnershipControls)
      throw missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', Name);
    return { OwnershipControls };
  },

  GetBucketAcl(input: OfBucket, context: Context): Described<GetBucketAclOutput> {
    const bucket = bucketOf(input, context);
    const { owner, PublicAccessBlock } = context.account.s3;
    const owned = { Grantee: { ID: owner, Type: 'CanonicalUser' as const }, Permission: 'FULL_CONTROL' as const };
    const ignored = Boolean(PublicAccessBlock?.IgnorePublicAcls || bucket.PublicAccessBlock?.IgnorePublicAcls);
    const further = isEnforced(bucket)
      ? []
      : bucket.Grants.filter(({ Grantee }) => !(ignored && isEverybody(Grantee?.URI)));
    return { Owner: { ID: owner }, Grants: [owned, ...further] };
  },

  GetBucketEncryption(input: OfBucket, context: Context): Described<GetBucketEncryptionOutput> {
    const { Encryption, Name } = bucketOf(input, context);
    if (!Encryption)
      throw missing(
        'ServerSideEncryptionConfigurationNotFoundError',
        'The server side encryption configuration was not found',
        Name,
      );
    return { ServerSideEncryptionConfiguration: Encryption };
  },

  GetBucketVersioning(input: OfBucket, context: Context): Described<GetBucketVersioningOutput> {
    return bucketOf(input, context).Versioning;
  },

  GetBucketLogging(input: OfBucket, context: Context): Described<GetBucketLoggingOutput> {
    const { LoggingEnabled } = bucketOf(input, context);
    return LoggingEnabled ? { LoggingEnabled } : {};
  },

  GetObjectLockConfiguration(input: OfBucket, context: Context): Described<GetObjectLockConfigurationOutput> {
    const { ObjectLock, Name } = bucketOf(input, context);
    if (!ObjectLock)
      throw missing(
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
        Name,
      );
    return { ObjectLockConfiguration: ObjectLock };
  },

  GetBucketLifecycleConfiguration(input: OfBucket, context: Context): Described<GetBucketLifecycleConfigurationOutput> {
    const { LifecycleRules, Name } = bucketOf(input, context);
    if (!LifecycleRules)
      throw missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', Name);
    return { Rules: LifecycleRules, TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' };
  },

  GetBucketCors(input: OfBucket, context: Context): Described<GetBucketCorsOutput> {
    const { CORSRules, Name } = bucketOf(input, context);
    if (!CORSRules) throw missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist', Name);
    return { CORSRules };
  },

  GetBucketTagging(input: OfBucket, context: Context): Described<GetBucketTaggingOutput> {
    const { Tags, Name } = bucketOf(input, context);
    if (Tags.length === 0) throw missing('NoSuchTagSet', 'The TagSet does not exist', Name);
    return { TagSet: Tags };
  },
};

function isEnforced({ OwnershipControls }: BucketDescription): boolean {
  return OwnershipControls?.Rules?.[0]?.ObjectOwnership === 'BucketOwnerEnforced';
}

function isEverybody(uri: string | undefined): boolean {
  return /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/.test(uri ?? '');
}
