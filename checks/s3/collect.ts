import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  paginateListBuckets,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetAccessPointCommand,
  GetAccessPointPolicyStatusCommand,
  GetMultiRegionAccessPointPolicyStatusCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { listed } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import type { AccessPoint, Grant, NotAsked } from '../../lib/policy/public-bucket.ts';
import {
  accountPublicAccessBlock,
  internetAccessPoints,
  MULTI_REGION_HOME,
  multiRegionAccessPoints,
  settingsOf,
} from './_sources.ts';

const s3 = service(S3Client);
const GONE = { gone: ['NoSuchBucket'] } as const;
const listBuckets = s3.pages(paginateListBuckets, 's3:ListAllMyBuckets');
const getPublicAccessBlock = s3.call(GetPublicAccessBlockCommand, 's3:GetBucketPublicAccessBlock', {
  absent: ['NoSuchPublicAccessBlockConfiguration'],
  ...GONE,
});
const getPolicy = s3.call(GetBucketPolicyCommand, 's3:GetBucketPolicy', { absent: ['NoSuchBucketPolicy'], ...GONE });
const getPolicyStatus = s3.call(GetBucketPolicyStatusCommand, 's3:GetBucketPolicyStatus', {
  absent: ['NoSuchBucketPolicy'],
  ...GONE,
});
const getOwnership = s3.call(GetBucketOwnershipControlsCommand, 's3:GetBucketOwnershipControls', {
  absent: ['OwnershipControlsNotFoundError'],
  ...GONE,
});
const getAcl = s3.call(GetBucketAclCommand, 's3:GetBucketAcl', GONE);
const getEncryption = s3.call(GetBucketEncryptionCommand, 's3:GetEncryptionConfiguration', {
  absent: ['ServerSideEncryptionConfigurationNotFoundError'],
  ...GONE,
});
const getVersioning = s3.call(GetBucketVersioningCommand, 's3:GetBucketVersioning', GONE);
const getLogging = s3.call(GetBucketLoggingCommand, 's3:GetBucketLogging', GONE);
const getTagging = s3.call(GetBucketTaggingCommand, 's3:GetBucketTagging', { absent: ['NoSuchTagSet'], ...GONE });

const s3control = service(S3ControlClient);
const getAccessPoint = s3control.call(GetAccessPointCommand, 's3:GetAccessPoint', { absent: ['NoSuchAccessPoint'] });
const getAccessPointPolicyStatus = s3control.call(GetAccessPointPolicyStatusCommand, 's3:GetAccessPointPolicyStatus', {
  absent: ['NoSuchAccessPoint', 'NoSuchAccessPointPolicy'],
});
const getMultiRegionPolicyStatus = s3control.call(
  GetMultiRegionAccessPointPolicyStatusCommand,
  's3:GetMultiRegionAccessPointPolicyStatus',
  { absent: ['NoSuchMultiRegionAccessPoint'] },
);

export const bucket = resource(
  'AWS::S3::Bucket',
  {
    scope: 'global',
    operations: [listBuckets],
    async *list(aws) {
      // Without MaxBuckets the answer names no regions. Directory buckets are not in this list.
      for await (const page of aws.pages(listBuckets, { MaxBuckets: 10_000 })) yield* listed(page.Buckets);
    },
    found: ({ Name, BucketRegion }, { partition }) => ({
      id: Name,
      arn: Name && `arn:${partition}:s3:::${Name}`,
      region: BucketRegion,
      base: {},
    }),
  },
  (facet) => ({
    accountPublicAccessBlock: facet([accountPublicAccessBlock], (aws) =>
      aws.in('global').read(accountPublicAccessBlock),
    ),
    /** The bucket's own block. Not asked where all four settings are in force for the whole account. */
    publicAccessBlock: facet([accountPublicAccessBlock, getPublicAccessBlock], async (aws, { id }) => {
      const account = await aws.in('global').peek(accountPublicAccessBlock);
      if (account && Object.values(account).every((isOn) => isOn === true)) return notAsked('account-block');
      return { kind: 'known', ...settingsOf(await aws.call(getPublicAccessBlock, { Bucket: id })) } as const;
    }),
    /** The text of the policy; null where there is none. */
    policy: facet([getPolicy], async (aws, { id }) => {
      const answer = await aws.call(getPolicy, { Bucket: id });
      return answer ? answer.Policy : null;
    }),
    /** Whether S3 calls the policy public. */
    policyStatus: facet([accountPublicAccessBlock, getPolicy, getPolicyStatus], async (aws, { id }) => {
      if ((await aws.in('global').peek(accountPublicAccessBlock))?.restrictPublicBuckets)
        return notAsked('account-block');
      if (!(await aws.call(getPolicy, { Bucket: id }))) return notAsked('no-bucket-policy');
      const status = await aws.call(getPolicyStatus, { Bucket: id });
      return status
        ? ({ kind: 'known', isPublic: status.PolicyStatus?.IsPublic } as const)
        : notAsked('no-bucket-policy');
    }),
    /** Who owns objects: 'BucketOwnerEnforced' disables ACLs. Null: never set, which leaves ACLs enabled. */
    ownership: facet([getOwnership], async (aws, { id }) => {
      const answer = await aws.call(getOwnership, { Bucket: id });
      return answer ? answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership : null;
    }),
    /** For public access: not asked where ACLs are disabled, or the account ignores public ones. */
    acl: facet([accountPublicAccessBlock, getOwnership, getAcl], async (aws, { id }) => {
      if ((await aws.in('global').peek(accountPublicAccessBlock))?.ignorePublicAcls) return notAsked('account-block');
      const ownership = await aws.call(getOwnership, { Bucket: id });
      if (ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership === 'BucketOwnerEnforced')
        return notAsked('acls-disabled');
      const acl = await aws.call(getAcl, { Bucket: id });
      const grants: readonly Grant[] | undefined = acl?.Grants?.map(({ Grantee, Permission }) => ({
        grantee: Grantee?.URI ?? Grantee?.ID ?? null,
        permission: Permission ?? null,
      }));
      return { kind: 'known', grants } as const;
    }),
    /**
     * Those open to the internet. For public access: not asked where the account restricts it, or where no bucket policy could let
     * everyone through. An access point's own block is asked only where its policy is public.
     */
    accessPoints: facet(
      [accountPublicAccessBlock, getPolicy, internetAccessPoints, getAccessPointPolicyStatus, getAccessPoint],
      async (aws, { id }) => {
        if ((await aws.in('global').peek(accountPublicAccessBlock))?.restrictPublicBuckets)
          return notAsked('account-block');
        if (!(await aws.call(getPolicy, { Bucket: id }))) return notAsked('no-bucket-policy');
        // ListBuckets left out the bucket's region: which region's access points to ask for is not known.
        if (aws.region === 'global') return undefined;
        const own = (await aws.read(internetAccessPoints)).filter((point) => point.bucket === id);
        const points = own.map(async ({ name }) => {
          const input = { AccountId: aws.account, Name: name };
          const status = await aws.call(getAccessPointPolicyStatus, input);
          const isPublic = status ? status.PolicyStatus?.IsPublic : false;
          if (isPublic === false) return { name, isPublic, restrictPublicBuckets: null };
          const point = await aws.call(getAccessPoint, input);
          return (
            point && {
              name,
              isPublic,
              restrictPublicBuckets: point.PublicAccessBlockConfiguration?.RestrictPublicBuckets,
            }
          );
        });
        return { kind: 'known', points: whole(await Promise.all(points)) } as const;
      },
    ),
    /** As `accessPoints`. Here the list tells the block, and the policy is asked only where the block is off. */
    multiRegionAccessPoints: facet(
      [accountPublicAccessBlock, getPolicy, multiRegionAccessPoints, getMultiRegionPolicyStatus],
      async (aws, { id }) => {
        if ((await aws.in('global').peek(accountPublicAccessBlock))?.restrictPublicBuckets)
          return notAsked('account-block');
        if (!(await aws.call(getPolicy, { Bucket: id }))) return notAsked('no-bucket-policy');
        if (aws.partition !== 'aws') return { kind: 'known', points: [] } as const;
        const home = aws.in(MULTI_REGION_HOME);
        const own = (await home.read(multiRegionAccessPoints)).filter((point) => point.buckets.includes(id));
        const points = own.map(async ({ name, restrictPublicBuckets }) => {
          if (restrictPublicBuckets) return { name, isPublic: null, restrictPublicBuckets };
          const status = await home.call(getMultiRegionPolicyStatus, { AccountId: home.account, Name: name });
          return status && { name, isPublic: status.Established?.IsPublic, restrictPublicBuckets };
        });
        return { kind: 'known', points: whole(await Promise.all(points)) } as const;
      },
    ),
    /** The first rule of the default encryption: there is never another. */
    encryption: facet([getEncryption], async (aws, { id }) => {
      const answer = await aws.call(getEncryption, { Bucket: id });
      if (!answer) return null;
      const rule = answer.ServerSideEncryptionConfiguration?.Rules?.[0];
      return {
        algorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
        /** An id, an ARN or an alias; null with aws:kms is the AWS managed key. */
        keyId: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID ?? null,
        /** Null: S3 does not say, which can mean either. */
        blockedTypes: rule?.BlockedEncryptionTypes?.EncryptionType ?? null,
      };
    }),
    /** A status of null: versioning was never enabled (GetBucketVersioning). */
    versioning: facet([getVersioning], async (aws, { id }) => {
      const answer = await aws.call(getVersioning, { Bucket: id });
      return { status: answer?.Status ?? null, mfaDelete: answer?.MFADelete ?? null };
    }),
    /** The bucket that receives the server access logs; null where logging is off. */
    logging: facet([getLogging], async (aws, { id }) => {
      const enabled = (await aws.call(getLogging, { Bucket: id }))?.LoggingEnabled;
      return enabled ? enabled.TargetBucket : null;
    }),
    tags: facet([getTagging], async (aws, { id }) => {
      const answer = await aws.call(getTagging, { Bucket: id });
      return answer ? tagsOf(answer.TagSet) : {};
    }),
  }),
);

function notAsked(because: NotAsked['because']): NotAsked {
  return { kind: 'not-asked', because };
}

type Answered = { readonly [K in keyof AccessPoint]: AccessPoint[K] | undefined };

/** The access points that are still there, or undefined where the answer lacked a part of one. */
function whole(points: readonly (Answered | null)[]): readonly AccessPoint[] | undefined {
  const found = points.filter((point) => point !== null);
  return found.some((point) => Object.values(point).includes(undefined)) ? undefined : (found as AccessPoint[]);
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::S3::Bucket': TypeOf<typeof bucket>;
  }
}
