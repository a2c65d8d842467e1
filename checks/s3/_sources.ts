import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import {
  GetPublicAccessBlockCommand,
  paginateListAccessPoints,
  paginateListMultiRegionAccessPoints,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { service, source } from '../../lib/aws/operations.ts';

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

/** A region's access points that are attached to buckets and open to the internet, as far as their network goes. */
export const internetAccessPoints = source([listAccessPoints], async (aws) => {
  const found: { name: string; bucket: string }[] = [];
  for await (const page of aws.pages(listAccessPoints, { AccountId: aws.account, MaxResults: 1000 })) {
    for (const { Name, Bucket, NetworkOrigin } of page.AccessPointList ?? []) {
      if (!Name || !Bucket || !NetworkOrigin) throw new Error('an access point has no name, bucket or network origin');
      if (NetworkOrigin !== 'VPC') found.push({ name: Name, bucket: Bucket });
    }
  }
  return found;
});

/** The account's multi-Region access points. Read it in MULTI_REGION_HOME. */
export const multiRegionAccessPoints = source([listMultiRegionAccessPoints], async (aws) => {
  const found: { name: string; buckets: (string | undefined)[]; restrictPublicBuckets: boolean | undefined }[] = [];
  // MaxResults is "not currently used" (S3 Control API).
  for await (const page of aws.pages(listMultiRegionAccessPoints, { AccountId: aws.account })) {
    for (const { Name, Regions, PublicAccessBlock } of page.AccessPoints ?? []) {
      if (!Name || !Regions) throw new Error('a multi-Region access point has no name or buckets');
      const { RestrictPublicBuckets: restrictPublicBuckets } = PublicAccessBlock ?? {};
      found.push({ name: Name, buckets: Regions.map(({ Bucket }) => Bucket), restrictPublicBuckets });
    }
  }
  return found;
});

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
