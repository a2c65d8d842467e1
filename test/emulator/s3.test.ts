import { get } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, SANDBOX } from './_kit.ts';

const Everybody = { Type: 'Group' as const, URI: 'http://acs.amazonaws.com/groups/global/AllUsers' };
const grant = { Grantee: Everybody, Permission: 'READ' as const };
const openPolicy = {
  Statement: [{ Effect: 'Allow', Principal: { AWS: ['*'] }, Action: 's3:GetObject', Resource: '*' }],
};
const old = { PublicAccessBlock: null, OwnershipControls: null, Encryption: null };
const world = {
  accounts: {
    [ACCOUNT]: {
      s3: {
        Buckets: [
          { Name: 'new', Region: 'eu-west-1', Objects: [{ Key: 'seed.txt', Body: 'seeded' }] },
          { Name: 'old', Region: 'eu-west-1', ...old, Grants: [grant], Policy: openPolicy },
          {
            Name: 'ignored',
            Region: 'eu-west-1',
            ...old,
            PublicAccessBlock: { IgnorePublicAcls: true },
            Grants: [grant],
          },
          { Name: 'enforced', Region: 'eu-west-1', PublicAccessBlock: null, Grants: [grant] },
          { Name: 'judged', Region: 'eu-west-1', Policy: { ...openPolicy, Statement: [] }, IsPublic: true },
          { Name: 'locked', Region: 'eu-west-1', Denied: ['GetBucketPolicy'] },
          { Name: 'abroad', Region: 'us-east-1' },
        ],
      },
    },
    [SANDBOX]: {
      s3: {
        PublicAccessBlock: { IgnorePublicAcls: true },
        Buckets: [{ Name: 'theirs', Region: 'eu-west-1', ...old, Grants: [grant] }],
      },
    },
  },
};
const { call, failure, pages, emulator } = await kit({ world });

describe('what a bucket has not', () => {
  it.each([
    ['GetBucketPolicy', 'new', 'NoSuchBucketPolicy'],
    ['GetBucketPolicyStatus', 'new', 'NoSuchBucketPolicy'],
    ['GetBucketTagging', 'new', 'NoSuchTagSet'],
    ['GetPublicAccessBlock', 'old', 'NoSuchPublicAccessBlockConfiguration'],
    ['GetBucketOwnershipControls', 'old', 'OwnershipControlsNotFoundError'],
    ['GetBucketEncryption', 'old', 'ServerSideEncryptionConfigurationNotFoundError'],
    ['GetBucketAcl', 'nowhere', 'NoSuchBucket'],
  ])('%s of %s is %s', async (operation, Bucket, name) => {
    const error = await failure('s3', operation, { Bucket });
    expect([error.name, error.$metadata.httpStatusCode, error.BucketName]).toEqual([name, 404, Bucket]);
  });
  it.each([
    ['GetBucketVersioning', {}],
    ['GetBucketLogging', {}],
    [
      'GetBucketEncryption',
      {
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    ],
    ['GetBucketOwnershipControls', { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }],
  ])('%s of a new bucket', async (operation, answer) => {
    expect(await call('s3', operation, { Bucket: 'new' })).toMatchObject(answer);
  });
});

describe('the ACL is the one in force', () => {
  it.each([
    ['old', ACCOUNT, 2],
    ['ignored', ACCOUNT, 1],
    ['enforced', ACCOUNT, 1],
    ['theirs', SANDBOX, 1],
  ])('%s', async (Bucket, account, grants) => {
    const { Grants } = await call('s3', 'GetBucketAcl', { Bucket }, { accessKeyId: `AKIA${account}` });
    expect(Grants.slice(1)).toEqual(Array.from({ length: grants - 1 }, () => grant));
  });
});

it.each([
  ['old', true],
  ['judged', true],
])('the policy of %s is judged public', async (Bucket, IsPublic) => {
  expect(await call('s3', 'GetBucketPolicyStatus', { Bucket })).toEqual({ PolicyStatus: { IsPublic } });
});

describe('buckets elsewhere', () => {
  it('redirects to the Region of the bucket', async () => {
    const error = await failure('s3', 'GetBucketAcl', { Bucket: 'abroad' });
    expect([error.name, error.$metadata.httpStatusCode, error.$response.headers['x-amz-bucket-region']]).toEqual([
      'PermanentRedirect',
      301,
      'us-east-1',
    ]);
    const config = { followRegionRedirects: true };
    expect(await call('s3', 'GetBucketAcl', { Bucket: 'abroad' }, { config })).toHaveProperty('Grants');
  });
  it('tells the location in any Region', async () => {
    expect(await call('s3', 'GetBucketLocation', { Bucket: 'abroad' })).toEqual({});
    expect(await call('s3', 'GetBucketLocation', { Bucket: 'new' }, { region: 'us-east-1' })).toEqual({
      LocationConstraint: 'eu-west-1',
    });
  });
  it.each([
    ['theirs', 'GetBucketAcl', 'Access Denied'],
    [
      'locked',
      'GetBucketPolicy',
      /s3:GetBucketPolicy on resource: "arn:aws:s3:::locked" with an explicit deny in a resource-based policy/,
    ],
  ])('denies %s', async (Bucket, operation, message) => {
    const error = await failure('s3', operation, { Bucket });
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(['AccessDenied', 403]);
    expect(error.message).toMatch(message);
  });
});

describe('ListBuckets', () => {
  it('tells Regions only to callers who page', async () => {
    const { Buckets } = await call('s3', 'ListBuckets');
    expect(Buckets).toHaveLength(7);
    expect(Buckets[0]).not.toHaveProperty('BucketRegion');
    const found = await pages('s3', 'ListBuckets', { MaxBuckets: 3 });
    expect(found.map((page) => page.Buckets.length)).toEqual([3, 3, 1]);
    expect(found[0].Buckets[0]).toMatchObject({ Name: 'abroad', BucketRegion: 'us-east-1' });
  });
  it('filters by prefix and Region', async () => {
    expect((await call('s3', 'ListBuckets', { Prefix: 'o' })).Buckets).toMatchObject([{ Name: 'old' }]);
    expect((await call('s3', 'ListBuckets', { BucketRegion: 'us-east-1' })).Buckets).toMatchObject([
      { Name: 'abroad' },
    ]);
  });
});

async function text(Key: string): Promise<string> {
  return (await call('s3', 'GetObject', { Bucket: 'new', Key })).Body.transformToString();
}

function* halves(): Generator<Buffer> {
  yield Buffer.from('a'.repeat(70_000));
  yield Buffer.from('b'.repeat(70_000));
}

describe('objects', () => {
  it('are read back as they were put', async () => {
    const Key = 'runs/2026/ü & +(1).json';
    const Metadata = { run: '42' };
    await call('s3', 'PutObject', {
      Bucket: 'new',
      Key,
      Body: '{"a":1}',
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      Metadata,
    });
    const output = await call('s3', 'GetObject', { Bucket: 'new', Key });
    expect(await output.Body.transformToString()).toBe('{"a":1}');
    expect(output).toMatchObject({
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      Metadata,
      ContentLength: 7,
    });
    expect(emulator.objects.get(`new/${Key}`)!.body.toString()).toBe('{"a":1}');
    expect(await call('s3', 'HeadObject', { Bucket: 'new', Key })).toMatchObject({ ContentLength: 7, Metadata });
  });
  it('that the description holds are there from the start', async () => {
    expect(await text('seed.txt')).toBe('seeded');
  });
  it('come in chunks with a checksum behind them', async () => {
    await call('s3', 'PutObject', {
      Bucket: 'new',
      Key: 'stream',
      Body: Readable.from(halves()),
      ContentLength: 140_000,
    });
    expect(emulator.objects.get('new/stream')!.body.toString()).toBe('a'.repeat(70_000) + 'b'.repeat(70_000));
    expect(emulator.objects.get('new/stream')!.contentEncoding).toBeUndefined();
  });
  it('are put in parts', async () => {
    const at = { Bucket: 'new', Key: 'parts' };
    const { UploadId } = await call('s3', 'CreateMultipartUpload', { ...at, ContentType: 'text/plain' });
    const parts = [];
    for (const [i, Body] of ['one,', 'two'].entries()) {
      const { ETag } = await call('s3', 'UploadPart', { ...at, UploadId, PartNumber: i + 1, Body });
      parts.push({ PartNumber: i + 1, ETag });
    }
    await call('s3', 'CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts: parts } });
    expect(await text('parts')).toBe('one,two');
    expect((await failure('s3', 'AbortMultipartUpload', { ...at, UploadId })).name).toBe('NoSuchUpload');
  });
  it('are put only when they should be', async () => {
    const at = { Bucket: 'new', Key: 'once' };
    await call('s3', 'PutObject', { ...at, Body: '1', IfNoneMatch: '*' });
    const error = await failure('s3', 'PutObject', { ...at, Body: '2', IfNoneMatch: '*' });
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(['PreconditionFailed', 412]);
    expect((await failure('s3', 'PutObject', { ...at, Body: '2', IfMatch: '"other"' })).name).toBe(
      'PreconditionFailed',
    );
    expect(await text('once')).toBe('1');
  });
  it('are refused when the checksum is another', async () => {
    const error = await failure('s3', 'PutObject', { Bucket: 'new', Key: 'bad', Body: 'x', ChecksumCRC32: 'AAAAAA==' });
    expect(error.name).toBe('BadDigest');
  });
  it('are listed in order, by prefix, by folder, in pages, and deleted', async () => {
    for (const Key of ['list/b/2', 'list/a', 'list/b/1', 'list/c'])
      await call('s3', 'PutObject', { Bucket: 'new', Key, Body: Key });
    const found = await pages('s3', 'ListObjectsV2', { Bucket: 'new', Prefix: 'list/', MaxKeys: 3 });
    const keys = found.flatMap(({ Contents }) => Contents.map((one: { Key: string }) => one.Key));
    expect(keys).toEqual(['list/a', 'list/b/1', 'list/b/2', 'list/c']);
    const folders = await call('s3', 'ListObjectsV2', { Bucket: 'new', Prefix: 'list/', Delimiter: '/' });
    expect(folders.CommonPrefixes).toEqual([{ Prefix: 'list/b/' }]);
    expect(folders.Contents).toHaveLength(2);
    await call('s3', 'DeleteObject', { Bucket: 'new', Key: 'list/a' });
    const Objects = [{ Key: 'list/b/1' }, { Key: 'list/b/2' }];
    expect((await call('s3', 'DeleteObjects', { Bucket: 'new', Delete: { Objects } })).Deleted).toHaveLength(2);
    expect((await call('s3', 'ListObjectsV2', { Bucket: 'new', Prefix: 'list/', StartAfter: 'list/' })).KeyCount).toBe(
      1,
    );
    expect((await failure('s3', 'GetObject', { Bucket: 'new', Key: 'list/a' })).name).toBe('NoSuchKey');
    expect((await failure('s3', 'HeadObject', { Bucket: 'new', Key: 'list/a' })).name).toBe('NotFound');
  });
});

it('understands virtual-hosted buckets', async () => {
  const url = emulator.endpoint;
  const headers = {
    host: `new.localhost:${new URL(url).port}`,
    authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260601/eu-west-1/s3/aws4_request',
  };
  const body = await new Promise((resolve, reject) => {
    get(`${url}/seed.txt`, { headers }, (response) => response.on('data', (chunk) => resolve(String(chunk)))).on(
      'error',
      reject,
    );
  });
  expect(body).toBe('seeded');
});

describe('S3 Control', () => {
  it('has no account-wide block unless it is described', async () => {
    const error = await failure('s3control', 'GetPublicAccessBlock', { AccountId: ACCOUNT });
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(['NoSuchPublicAccessBlockConfiguration', 404]);
  });
  it('answers about the own account only', async () => {
    expect((await failure('s3control', 'GetPublicAccessBlock', { AccountId: SANDBOX })).name).toBe('AccessDenied');
  });
  it.each([
    ['GetAccessPoint', 'NoSuchAccessPoint', 'eu-west-1'],
    ['GetMultiRegionAccessPointPolicyStatus', 'NoSuchMultiRegionAccessPoint', 'us-west-2'],
    ['GetMultiRegionAccessPointPolicyStatus', 'PermanentRedirect', 'eu-west-1'],
  ])('%s of nothing is %s in %s', async (operation, name, region) => {
    expect((await failure('s3control', operation, { AccountId: ACCOUNT, Name: 'x' }, { region })).name).toBe(name);
  });
});
