/** Operations whose IAM action is not named like the operation (Service Authorization Reference). */
const NAMED_DIFFERENTLY: Record<string, Record<string, string>> = {
  s3: {
    CompleteMultipartUpload: 's3:PutObject',
    CopyObject: 's3:PutObject',
    CreateMultipartUpload: 's3:PutObject',
    DeleteBucketCors: 's3:PutBucketCORS',
    DeleteBucketEncryption: 's3:PutEncryptionConfiguration',
    DeleteBucketLifecycle: 's3:PutLifecycleConfiguration',
    DeleteBucketOwnershipControls: 's3:PutBucketOwnershipControls',
    DeleteBucketReplication: 's3:PutReplicationConfiguration',
    DeleteBucketTagging: 's3:PutBucketTagging',
    DeleteObjects: 's3:DeleteObject',
    DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
    GetBucketAccelerateConfiguration: 's3:GetAccelerateConfiguration',
    GetBucketAnalyticsConfiguration: 's3:GetAnalyticsConfiguration',
    GetBucketCors: 's3:GetBucketCORS',
    GetBucketEncryption: 's3:GetEncryptionConfiguration',
    GetBucketIntelligentTieringConfiguration: 's3:GetIntelligentTieringConfiguration',
    GetBucketInventoryConfiguration: 's3:GetInventoryConfiguration',
    GetBucketLifecycle: 's3:GetLifecycleConfiguration',
    GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
    GetBucketMetricsConfiguration: 's3:GetMetricsConfiguration',
    GetBucketNotificationConfiguration: 's3:GetBucketNotification',
    GetBucketReplication: 's3:GetReplicationConfiguration',
    GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
    GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
    HeadBucket: 's3:ListBucket',
    HeadObject: 's3:GetObject',
    ListBucketAnalyticsConfigurations: 's3:GetAnalyticsConfiguration',
    ListBucketIntelligentTieringConfigurations: 's3:GetIntelligentTieringConfiguration',
    ListBucketInventoryConfigurations: 's3:GetInventoryConfiguration',
    ListBucketMetricsConfigurations: 's3:GetMetricsConfiguration',
    ListBuckets: 's3:ListAllMyBuckets',
    ListMultipartUploads: 's3:ListBucketMultipartUploads',
    ListObjectVersions: 's3:ListBucketVersions',
    ListObjects: 's3:ListBucket',
    ListObjectsV2: 's3:ListBucket',
    ListParts: 's3:ListMultipartUploadParts',
    PutBucketCors: 's3:PutBucketCORS',
    PutBucketEncryption: 's3:PutEncryptionConfiguration',
    PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
    PutBucketNotificationConfiguration: 's3:PutBucketNotification',
    PutBucketReplication: 's3:PutReplicationConfiguration',
    PutObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration',
    PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
    UploadPart: 's3:PutObject',
    UploadPartCopy: 's3:PutObject',
  },
  s3control: {
    DeletePublicAccessBlock: 's3:PutAccountPublicAccessBlock',
    GetPublicAccessBlock: 's3:GetAccountPublicAccessBlock',
    PutPublicAccessBlock: 's3:PutAccountPublicAccessBlock',
  },
};
const PREFIXES: Record<string, string> = { s3control: 's3', elasticloadbalancingv2: 'elasticloadbalancing' };

/** The IAM action that allows an operation: `s3`, `ListBuckets` -> `s3:ListAllMyBuckets`. */
export function iamActionOf(service: string, operation: string): string {
  return NAMED_DIFFERENTLY[service]?.[operation] ?? `${PREFIXES[service] ?? service}:${operation}`;
}

/** The resource that AWS names when it refuses an operation. */
export function resourceOf(service: string, account: string, input: Readonly<Record<string, unknown>>): string {
  const { Bucket, Key, RoleArn, TopicArn } = input as Record<string, string | undefined>;
  if (service === 's3') return Bucket ? `arn:aws:s3:::${Bucket}${Key ? `/${Key}` : ''}` : '*';
  if (service === 's3control') return `arn:aws:s3:us-east-1:${account}:*`;
  return RoleArn ?? TopicArn ?? '*';
}
