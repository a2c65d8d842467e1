import type {
  CORSRule,
  GetBucketAclOutput,
  GetBucketLoggingOutput,
  GetBucketVersioningOutput,
  LifecycleRule,
  ObjectLockConfiguration,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionConfiguration,
  Tag,
} from '@aws-sdk/client-s3';
import type { GetAccessPointResult, MultiRegionAccessPointReport } from '@aws-sdk/client-s3-control';
import { letterId, LONG_AGO, type Described } from './common.ts';

/** A bucket as S3 makes it today, but for what the description says; null means: not configured. */
export interface BucketDescription {
  Name: string;
  Region: string;
  CreationDate: string;
  PublicAccessBlock: Described<PublicAccessBlockConfiguration> | null;
  Policy: object | string | null;
  /** AWS's own judgement of the policy; by default: an Allow for everybody without a condition. */
  IsPublic: boolean;
  OwnershipControls: Described<OwnershipControls> | null;
  /** Grants beside the owner's own. */
  Grants: NonNullable<Described<GetBucketAclOutput>['Grants']>;
  Encryption: Described<ServerSideEncryptionConfiguration> | null;
  Versioning: Described<GetBucketVersioningOutput>;
  LoggingEnabled: Described<GetBucketLoggingOutput>['LoggingEnabled'] | null;
  ObjectLock: Described<ObjectLockConfiguration> | null;
  LifecycleRules: Described<LifecycleRule>[] | null;
  CORSRules: Described<CORSRule>[] | null;
  Tags: Described<Tag>[];
  /** Operations that the bucket's policy denies to everybody. */
  Denied: string[];
  Objects: { Key: string; Body: string }[];
}

type AccessPointDescription = Described<GetAccessPointResult> & { IsPublic?: boolean };

export interface S3File {
  PublicAccessBlock?: Described<PublicAccessBlockConfiguration> | null;
  Buckets?: (Partial<BucketDescription> & Pick<BucketDescription, 'Name' | 'Region'>)[];
  AccessPoints?: (AccessPointDescription & { Region: string })[];
  MultiRegionAccessPoints?: (Described<MultiRegionAccessPointReport> & { IsPublic?: boolean })[];
}

export interface S3 {
  readonly owner: string;
  readonly PublicAccessBlock: Described<PublicAccessBlockConfiguration> | null;
  readonly Buckets: ReadonlyMap<string, BucketDescription>;
  readonly AccessPoints: (AccessPointDescription & { Region: string })[];
  readonly MultiRegionAccessPoints: (Described<MultiRegionAccessPointReport> & { IsPublic?: boolean })[];
}

const BLOCK_ALL = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** Completes an account's S3. */
export function s3Of(file: S3File, account: string): S3 {
  const buckets = (file.Buckets ?? []).map((bucket) => complete(bucket));
  return {
    owner: letterId('', account, 'canonical').toLowerCase().padEnd(64, '0'),
    PublicAccessBlock: file.PublicAccessBlock ?? null,
    Buckets: new Map(buckets.toSorted((a, b) => (a.Name < b.Name ? -1 : 1)).map((bucket) => [bucket.Name, bucket])),
    AccessPoints: (file.AccessPoints ?? []).map((point) => ({ ...accessPoint(point, account), ...point })),
    MultiRegionAccessPoints: (file.MultiRegionAccessPoints ?? []).map((point) => ({
      Alias: `${letterId('', point.Name!).slice(0, 13).toLowerCase()}.mrap`,
      CreatedAt: LONG_AGO,
      Status: 'READY',
      PublicAccessBlock: BLOCK_ALL,
      ...point,
    })),
  };
}

function complete(bucket: NonNullable<S3File['Buckets']>[number]): BucketDescription {
  return {
    CreationDate: LONG_AGO,
    PublicAccessBlock: BLOCK_ALL,
    Policy: null,
    IsPublic: isOpenToAll(bucket.Policy),
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    Grants: [],
    Encryption: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
    },
    Versioning: {},
    LoggingEnabled: null,
    ObjectLock: null,
    LifecycleRules: null,
    CORSRules: null,
    Tags: [],
    Denied: [],
    Objects: [],
    ...bucket,
  };
}

interface Statement {
  Effect?: string;
  Principal?: string | { AWS?: string | string[] };
  Condition?: object;
}

function isOpenToAll(policy: object | string | null | undefined): boolean {
  if (!policy) return false;
  const document = (typeof policy === 'string' ? JSON.parse(policy) : policy) as {
    Statement?: Statement | Statement[];
  };
  return [document.Statement ?? []].flat().some(({ Effect, Principal, Condition }) => {
    const everybody = Principal === '*' || (typeof Principal === 'object' && [Principal.AWS].flat().includes('*'));
    return Effect === 'Allow' && everybody && Condition === undefined;
  });
}

function accessPoint(point: AccessPointDescription & { Region: string }, account: string): AccessPointDescription {
  return {
    NetworkOrigin: point.VpcConfiguration ? 'VPC' : 'Internet',
    PublicAccessBlockConfiguration: BLOCK_ALL,
    CreationDate: LONG_AGO,
    Alias: `${point.Name}-${letterId('', account, point.Name!).slice(0, 12).toLowerCase()}-s3alias`,
    AccessPointArn: `arn:aws:s3:${point.Region}:${account}:accesspoint/${point.Name}`,
    BucketAccountId: account,
  };
}
