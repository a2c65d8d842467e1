import type {
  CORSRule,
  Grant as AwsGrant,
  LifecycleExpiration,
  LifecycleRule as Rule,
  ObjectLockRule,
  PublicAccessBlockConfiguration,
  Tag,
} from '@aws-sdk/client-s3';
import {
  type AccessPoint,
  GetPublicAccessBlockCommand,
  type MultiRegionAccessPointReport,
  paginateListAccessPoints,
  paginateListMultiRegionAccessPoints,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { isNamed, whole } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import type { Grant } from '../../lib/policy/public-bucket.ts';
import type { CorsRule, LifecycleRule, Retention } from './_configurations.ts';

const s3control = service(S3ControlClient);
const getAccountPublicAccessBlock = s3control.call(GetPublicAccessBlockCommand, 's3:GetAccountPublicAccessBlock', {
  absent: ['NoSuchPublicAccessBlockConfiguration'],
});
const listAccessPoints = s3control.pages(paginateListAccessPoints, 's3:ListAccessPoints');
const listMultiRegionAccessPoints = s3control.pages(
  paginateListMultiRegionAccessPoints,
  's3:ListMultiRegionAccessPoints',
);

/**
 * What the account blocks for all of its buckets. S3 answers with what is in force, a policy of the organization included. Read
 * it in 'global': it is the same in every region.
 */
export const accountPublicAccessBlock = source([getAccountPublicAccessBlock], async (aws) =>
  settingsOf(await aws.call(getAccountPublicAccessBlock, { AccountId: aws.account })),
);

/** A region's access points that are attached to buckets: S3 leaves out those of other data sources unless asked for them. */
export const accessPoints = source([listAccessPoints], async (aws) => {
  const found: AccessPoint[] = [];
  for await (const page of aws.pages(listAccessPoints, { AccountId: aws.account, MaxResults: 1000 }))
    found.push(...(page.AccessPointList ?? []));
  return found;
});

/** The names of a bucket's access points that are open to the internet, as far as their network goes. One without bucket may be its. */
export function openToInternet(points: readonly AccessPoint[], bucket: string): string[] {
  return points.flatMap(({ Name, Bucket, NetworkOrigin }) => {
    if (Bucket && Bucket !== bucket) return [];
    if (!Name || !Bucket || !NetworkOrigin) throw new Error('an access point has no name, bucket or network origin');
    return NetworkOrigin === 'VPC' ? [] : [Name];
  });
}

/** The account's multi-Region access points. Read it in MULTI_REGION_HOME. */
export const multiRegionAccessPoints = source([listMultiRegionAccessPoints], async (aws) => {
  const found: MultiRegionAccessPointReport[] = [];
  // MaxResults is "not currently used" (S3 Control API).
  for await (const page of aws.pages(listMultiRegionAccessPoints, { AccountId: aws.account }))
    found.push(...(page.AccessPoints ?? []));
  return found;
});

/** Those of a bucket. */
export function reaching(points: readonly MultiRegionAccessPointReport[], bucket: string) {
  return points.flatMap(({ Name, Regions, PublicAccessBlock }) => {
    const reaches =
      Regions &&
      isNamed(
        bucket,
        Regions.map(({ Bucket }) => Bucket),
      );
    if (reaches === false) return [];
    if (!Name || !reaches) throw new Error('a multi-Region access point has no name or buckets');
    return [{ name: Name, restrictPublicBuckets: PublicAccessBlock?.RestrictPublicBuckets }];
  });
}

/** Multi-Region access points exist in the partition aws alone; their control plane is in this region (S3 user guide). */
export const MULTI_REGION_HOME = 'us-west-2';

/** "No configuration" is all four off. AWS documents no default for a setting that a configuration leaves out. */
export function settingsOf(
  answer: { PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration | undefined } | null,
) {
  if (!answer)
    return { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
  const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } =
    answer.PublicAccessBlockConfiguration ?? {};
  return {
    blockPublicAcls: BlockPublicAcls,
    ignorePublicAcls: IgnorePublicAcls,
    blockPublicPolicy: BlockPublicPolicy,
    restrictPublicBuckets: RestrictPublicBuckets,
  };
}

/** Null where new objects are not locked; undefined where the answer lacks a part. */
export function retentionOf(rule: ObjectLockRule | undefined): Retention | null | undefined {
  if (!rule?.DefaultRetention) return null;
  const { Mode: mode, Days, Years } = rule.DefaultRetention;
  return whole({ mode, days: Days ?? (Years && Years * 365) });
}

/** Undefined where the answer lacks the rule's status, or says of an expiration no more than that there is one. */
export function lifecycleRule(rule: Rule): LifecycleRule | undefined {
  const { ID, Status, Prefix, Filter, Expiration, NoncurrentVersionExpiration } = rule;
  if (!Status || (Expiration && !tellsWhen(Expiration))) return undefined;
  const { Tag, ObjectSizeGreaterThan, ObjectSizeLessThan, And } = Filter ?? {};
  const narrowing = [Tag, ObjectSizeGreaterThan, ObjectSizeLessThan];
  const alsoNarrowing = [And?.Tags, And?.ObjectSizeGreaterThan, And?.ObjectSizeLessThan];
  return {
    id: ID ?? null,
    isEnabled: Status === 'Enabled',
    prefix: Prefix ?? Filter?.Prefix ?? And?.Prefix ?? '',
    isNarrowed: [...narrowing, ...alsoNarrowing].some((one) => one !== undefined),
    days: Expiration?.Days ?? null,
    date: Expiration?.Date?.toISOString() ?? null,
    noncurrentDays: NoncurrentVersionExpiration?.NoncurrentDays ?? null,
    newerNoncurrentVersions: NoncurrentVersionExpiration?.NewerNoncurrentVersions ?? null,
  };
}

/** One of the three is always there (Amazon S3 API: LifecycleExpiration). */
function tellsWhen({ Days, Date, ExpiredObjectDeleteMarker }: LifecycleExpiration): boolean {
  return [Days, Date, ExpiredObjectDeleteMarker].some((one) => one !== undefined);
}

/** Undefined where the answer lacks the grantee or what is granted. Nobody can be granted anything by e-mail address any more. */
export function grantOf({ Grantee, Permission }: AwsGrant): Grant | undefined {
  return whole({ grantee: Grantee?.URI ?? Grantee?.ID ?? (Grantee?.EmailAddress && null), permission: Permission });
}

/** Undefined where the answer lacks a part of the tag. */
export function wholeTag({ Key, Value }: Tag): Tag | undefined {
  return whole({ Key, Value });
}

/** Undefined where the answer lacks the rule's origins or methods. */
export function corsRule({ AllowedOrigins, AllowedMethods, ExposeHeaders = [] }: CORSRule): CorsRule | undefined {
  return whole({ origins: AllowedOrigins, methods: AllowedMethods, exposedHeaders: ExposeHeaders });
}
