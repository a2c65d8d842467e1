import {
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
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
import { each } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import type { AccessPoint, Grant, NotAsked } from '../../lib/policy/public-bucket.ts';
import {
  accessPoints,
  accountPublicAccessBlock,
  corsRule,
  grantOf,
  lifecycleRule,
  MULTI_REGION_HOME,
  multiRegionAccessPoints,
  openToInternet,
  reaching,
  retentionOf,
  settingsOf,
  wholeTag,
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
const getObjectLock = s3.call(GetObjectLockConfigurationCommand, 's3:GetBucketObjectLockConfiguration', {
  absent: ['ObjectLockConfigurationNotFoundError'],
  ...GONE,
});
const getLifecycle = s3.call(GetBucketLifecycleConfigurationCommand, 's3:GetLifecycleConfiguration', {
  absent: ['NoSuchLifecycleConfiguration'],
  ...GONE,
});
const getCors = s3.call(GetBucketCorsCommand, 's3:GetBucketCORS', { absent: ['NoSuchCORSConfiguration'], ...GONE });
const getTagging = s3.call(GetBucketTaggingCommand, 's3:GetBucketTagging', { absent: ['NoSuchTagSet'], ...GONE });

const s3control = service(S3ControlClient);
const getAccessPoint = s3control.call(GetAccessPointCommand, 's3:GetAccessPoint', { absent: ['NoSuchAccessPoint'] });
const getListedAccessPoint = s3control.call(GetAccessPointCommand, 's3:GetAccessPoint', {
  gone: ['NoSuchAccessPoint'],
});
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
    // Without MaxBuckets the answer names no regions. Directory buckets are not in this list.
    list: paged(listBuckets, { MaxBuckets: 10_000 }, (page) => page.Buckets),
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
      if (areAllOn(await aws.in('global').peek(accountPublicAccessBlock))) return notAsked('account-block');
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
      const grants: readonly Grant[] | undefined = each(acl?.Grants, grantOf);
      return { kind: 'known', grants } as const;
    }),
    /**
     * Those open to the internet. For public access: not asked where the account restricts it, or where no bucket policy could let
     * everyone through. An access point's own block is asked only where its policy is public.
     */
    accessPoints: facet(
      [accountPublicAccessBlock, getPolicy, accessPoints, getAccessPointPolicyStatus, getAccessPoint],
      async (aws, { id }) => {
        if ((await aws.in('global').peek(accountPublicAccessBlock))?.restrictPublicBuckets)
          return notAsked('account-block');
        if (!(await aws.call(getPolicy, { Bucket: id }))) return notAsked('no-bucket-policy');
        // ListBuckets left out the bucket's region: which region's access points to ask for is not known.
        if (aws.region === 'global') return undefined;
        const points = openToInternet(await aws.read(accessPoints), id).map(async (name) => {
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
        const points = reaching(await home.read(multiRegionAccessPoints), id).map(
          async ({ name, restrictPublicBuckets }) => {
            if (restrictPublicBuckets) return { name, isPublic: null, restrictPublicBuckets };
            const status = await home.call(getMultiRegionPolicyStatus, { AccountId: home.account, Name: name });
            return status && { name, isPublic: status.Established?.IsPublic, restrictPublicBuckets };
          },
        );
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
    /** Null: never enabled. Without a retention, objects are locked only where each asks for it. */
    objectLock: facet([getVersioning, getObjectLock], async (aws, { id }) => {
      // Only versioned buckets can be locked, and those that are stay versioned (Amazon S3: Object Lock considerations).
      if ((await aws.call(getVersioning, { Bucket: id }))?.Status !== 'Enabled') return null;
      const answer = await aws.call(getObjectLock, { Bucket: id });
      if (!answer) return null;
      const { ObjectLockEnabled, Rule } = answer.ObjectLockConfiguration ?? {};
      return { status: ObjectLockEnabled, retention: retentionOf(Rule) };
    }),
    /** The rules, those that are disabled included; null where there is no configuration. */
    lifecycle: facet([getLifecycle], async (aws, { id }) => {
      const answer = await aws.call(getLifecycle, { Bucket: id });
      return answer ? each(answer.Rules, lifecycleRule) : null;
    }),
    /** Null where there is no configuration. */
    cors: facet([getCors], async (aws, { id }) => {
      const answer = await aws.call(getCors, { Bucket: id });
      return answer ? each(answer.CORSRules, corsRule) : null;
    }),
    tags: facet([getTagging], async (aws, { id }) => {
      const answer = await aws.call(getTagging, { Bucket: id });
      return answer ? tagsOf(each(answer.TagSet, wholeTag)) : {};
    }),
  }),
);

export const accessPoint = resource(
  'AWS::S3::AccessPoint',
  {
    scope: 'regional',
    operations: [accessPoints],
    async *list(aws) {
      yield* await aws.read(accessPoints);
    },
    found: (point) => ({
      id: point.Name,
      arn: point.AccessPointArn,
      base: { bucket: point.Bucket, networkOrigin: point.NetworkOrigin },
    }),
  },
  (facet) => ({
    accountPublicAccessBlock: facet([accountPublicAccessBlock], (aws) =>
      aws.in('global').read(accountPublicAccessBlock),
    ),
    /** The access point's own block. Not asked where the account blocks everything, or where the internet does not reach. */
    publicAccessBlock: facet([accountPublicAccessBlock, getListedAccessPoint], async (aws, { id, networkOrigin }) => {
      if (networkOrigin === 'VPC') return notAsked('vpc-origin');
      if (areAllOn(await aws.in('global').peek(accountPublicAccessBlock))) return notAsked('account-block');
      const answer = await aws.call(getListedAccessPoint, { AccountId: aws.account, Name: id });
      return { kind: 'known', ...settingsOf(answer) } as const;
    }),
  }),
);

export const multiRegionAccessPoint = resource(
  'AWS::S3::MultiRegionAccessPoint',
  {
    scope: 'global',
    operations: [multiRegionAccessPoints],
    async *list(aws) {
      if (aws.partition === 'aws') yield* await aws.in(MULTI_REGION_HOME).read(multiRegionAccessPoints);
    },
    found: ({ Name, Alias }, { account, partition }) => ({
      id: Name,
      arn: Alias && `arn:${partition}:s3::${account}:accesspoint/${Alias}`,
      base: { networkOrigin: 'Internet' },
    }),
  },
  (facet) => ({
    accountPublicAccessBlock: facet([accountPublicAccessBlock], (aws) => aws.read(accountPublicAccessBlock)),
    publicAccessBlock: facet([multiRegionAccessPoints], async (aws, { id }) => {
      const points = await aws.in(MULTI_REGION_HOME).read(multiRegionAccessPoints);
      const { PublicAccessBlock } = points.find(({ Name }) => Name === id) ?? {};
      return { kind: 'known', ...settingsOf({ PublicAccessBlockConfiguration: PublicAccessBlock }) } as const;
    }),
  }),
);

/** Not so where the settings are not known: then it is asked further. */
function areAllOn(settings: ReturnType<typeof settingsOf> | null): boolean {
  return settings !== null && Object.values(settings).every((isOn) => isOn === true);
}

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
    'AWS::S3::AccessPoint': TypeOf<typeof accessPoint>;
    'AWS::S3::MultiRegionAccessPoint': TypeOf<typeof multiRegionAccessPoint>;
  }
}
