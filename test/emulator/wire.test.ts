import { array, assert, property, sample, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, worldWith } from './_kit.ts';
import { isChunked, unchunked } from './chunked.ts';
import { readForm } from './form.ts';
import { MODEL } from './model.ts';
import { startEmulator } from './server.ts';

/** Text that XML 1.0 can carry: no control characters but tab and line ends, no lone surrogates. */
const text = string({ unit: 'binary', maxLength: 30 }).map((raw) =>
  raw.replaceAll(/[^\t\n\r\P{Cc}]|[\p{Cs}\uFFFE\uFFFF]/gu, '?'),
);
const input = (service: string, operation: string, form: string) =>
  readForm(MODEL.get(service)!.operations.get(operation)!.input, form, service === 'ec2');

describe('hostile text arrives unchanged', () => {
  it('in XML, JSON and headers', async () => {
    const samples = sample(text, { numRuns: 60, seed: 7 }).filter((one) => one.trim() === one && one !== '');
    const world = worldWith({
      Regions: ['eu-west-1'],
      s3: {
        Buckets: [
          {
            Name: 'b',
            Region: 'eu-west-1',
            Policy: JSON.stringify(samples),
            Tags: samples.map((Value) => ({ Key: 'k', Value })),
          },
        ],
      },
      regions: {
        'eu-west-1': {
          ec2: { Snapshots: samples.map((Description, i) => ({ SnapshotId: `snap-${i}`, Description })) },
          kms: { Keys: samples.map((Description, i) => ({ KeyId: String(i), Description })) },
          rds: {
            DBSubnetGroups: samples.map((DBSubnetGroupDescription, i) => ({
              DBSubnetGroupName: String(i),
              DBSubnetGroupDescription,
            })),
          },
        },
      },
    });
    const { call } = await kit({ world });
    const { Snapshots } = await call('ec2', 'DescribeSnapshots');
    expect(Snapshots.map((one: { Description: string }) => one.Description)).toEqual(samples);
    const { DBSubnetGroups } = await call('rds', 'DescribeDBSubnetGroups');
    expect(DBSubnetGroups.map((one: { DBSubnetGroupDescription: string }) => one.DBSubnetGroupDescription)).toEqual(
      samples,
    );
    const { TagSet } = await call('s3', 'GetBucketTagging', { Bucket: 'b' });
    expect(TagSet.map((one: { Value: string }) => one.Value)).toEqual(samples);
    expect(JSON.parse((await call('s3', 'GetBucketPolicy', { Bucket: 'b' })).Policy)).toEqual(samples);
    const keys = await Promise.all(samples.map((_, i) => call('kms', 'DescribeKey', { KeyId: String(i) })));
    expect(keys.map(({ KeyMetadata }) => KeyMetadata.Description)).toEqual(samples);
  });

  it('in requests', () => {
    assert(
      property(array(text.filter((one) => one !== '')), (Values) => {
        const form = new URLSearchParams([
          ['Filter.1.Name', 'tag:x'],
          ...Values.map((value, i) => [`Filter.1.Value.${i + 1}`, value]),
        ]);
        const filter = input('ec2', 'DescribeVpcs', String(form))['Filters'];
        expect(filter).toEqual([{ Name: 'tag:x', ...(Values.length > 0 ? { Values } : {}) }]);
      }),
    );
  });
});

describe('a form', () => {
  it.each([
    [
      'ec2',
      'DescribeVpcs',
      'MaxResults=5&VpcId.2=b&VpcId.1=a&DryRun=true',
      { MaxResults: 5, VpcIds: ['a', 'b'], DryRun: true },
    ],
    [
      'ec2',
      'DescribeFlowLogs',
      'Filter.1.Name=resource-id&Filter.1.Value.1=x',
      { Filter: [{ Name: 'resource-id', Values: ['x'] }] },
    ],
    ['iam', 'GetAccountAuthorizationDetails', 'Filter.member.1=User&MaxItems=9', { Filter: ['User'], MaxItems: 9 }],
    ['iam', 'GetAccountAuthorizationDetails', 'Filter=', { Filter: [] }],
    [
      'rds',
      'DescribeDBParameters',
      'Filters.Filter.1.Name=n&Filters.Filter.1.Values.Value.1=v',
      { Filters: [{ Name: 'n', Values: ['v'] }] },
    ],
    [
      'sns',
      'Publish',
      'Message=m&MessageAttributes.entry.1.Name=k&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=v',
      { Message: 'm', MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } } },
    ],
    ['iam', 'ListUsers', 'Unknown=1&__proto__.x=1', {}],
  ])('of %s:%s', (service, operation, form, expected) => {
    expect(input(service, operation, form)).toEqual(expected);
  });
});

function chunk(data: string, extension: string): string {
  return `${Buffer.byteLength(data).toString(16)}${extension}\r\n${data}\r\n`;
}

describe('a body in chunks', () => {
  it('is joined', () => {
    assert(
      property(array(string({ minLength: 1 })), (parts) => {
        const body = `${parts.map((part) => chunk(part, ';chunk-signature=abc')).join('')}0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n`;
        expect(unchunked(Buffer.from(body)).toString()).toBe(parts.join(''));
      }),
    );
  });
  it('is known by its headers', () => {
    expect(isChunked({ 'content-encoding': 'aws-chunked' })).toBe(true);
    expect(isChunked({ 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' })).toBe(true);
    expect(isChunked({ 'content-encoding': 'gzip' })).toBe(false);
  });
});

it('AWS_ENDPOINT_URL is enough for a client', async () => {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const emulator = await startEmulator({ world: worldWith({}) });
  const before = process.env['AWS_ENDPOINT_URL'];
  process.env['AWS_ENDPOINT_URL'] = emulator.endpoint;
  try {
    const client = new STSClient({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
    expect((await client.send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
    client.destroy();
  } finally {
    if (before === undefined) delete process.env['AWS_ENDPOINT_URL'];
    else process.env['AWS_ENDPOINT_URL'] = before;
    await emulator.close();
  }
});
