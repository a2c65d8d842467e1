import {
  GetAccessPointCommand,
  GetPublicAccessBlockCommand,
  ListAccessPointsCommand,
  ListMultiRegionAccessPointsCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { beforeEach, describe, expect, it } from 'vitest';
import { accessPoint, multiRegionAccessPoint } from '../../../checks/s3/collect.ts';
import { collect } from '../../../lib/aws/collect.ts';
import { OFF, ON } from '../../policy/_bucket-access.ts';
import { awsError, collector } from '../../support/collected.ts';

const AccountId = '111122223333';
const ALL = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const points = collector(accessPoint);
const multi = collector(multiRegionAccessPoint);
const control = () => points.aws(S3ControlClient);
const point = (Name: string, difference: object = {}) => ({
  Name,
  NetworkOrigin: 'Internet' as const,
  Bucket: 'b',
  AccessPointArn: `arn:aws:s3:eu-west-1:${AccountId}:accesspoint/${Name}`,
  ...difference,
});

beforeEach(() => {
  control().on(GetPublicAccessBlockCommand).rejects(awsError('NoSuchPublicAccessBlockConfiguration'));
});

describe('access points', () => {
  it('lists all pages, and asks for the block of each that the internet reaches', async () => {
    control()
      .on(ListAccessPointsCommand)
      .resolvesOnce({ AccessPointList: [point('web')], NextToken: 't' })
      .resolvesOnce({ AccessPointList: [point('inside', { NetworkOrigin: 'VPC' })] });
    control()
      .on(GetAccessPointCommand, { AccountId, Name: 'web' })
      .resolves({ PublicAccessBlockConfiguration: { ...ALL, BlockPublicPolicy: false } });
    const { rows, cell } = await points.collected();
    expect(rows).toMatchObject([
      {
        identity: { id: 'web', arn: `arn:aws:s3:eu-west-1:${AccountId}:accesspoint/web`, region: 'eu-west-1' },
        base: { bucket: 'b', networkOrigin: 'Internet' },
        facets: {
          accountPublicAccessBlock: { value: OFF },
          publicAccessBlock: { value: { kind: 'known', ...ON, blockPublicPolicy: false } },
        },
      },
      {
        identity: { id: 'inside' },
        base: { networkOrigin: 'VPC' },
        facets: { publicAccessBlock: { value: { kind: 'not-asked', because: 'vpc-origin' } } },
      },
    ]);
    expect(cell).toMatchObject({ rows: 2 });
    expect(
      control()
        .commandCalls(ListAccessPointsCommand)
        .map(({ args }) => args[0].input),
    ).toMatchObject([
      { AccountId, MaxResults: 1000 },
      { AccountId, MaxResults: 1000, NextToken: 't' },
    ]);
    expect(control().commandCalls(GetAccessPointCommand)).toHaveLength(1);
  });

  it('asks for no block where the account blocks everything', async () => {
    control().on(GetPublicAccessBlockCommand).resolves({ PublicAccessBlockConfiguration: ALL });
    control()
      .on(ListAccessPointsCommand)
      .resolves({ AccessPointList: [point('web')] });
    expect((await points.collected()).rows).toMatchObject([
      {
        facets: {
          accountPublicAccessBlock: { value: ON },
          publicAccessBlock: { value: { kind: 'not-asked', because: 'account-block' } },
        },
      },
    ]);
    expect(control().commandCalls(GetAccessPointCommand)).toHaveLength(0);
  });

  it('asks where the block of the account is denied: it saves a call, and is no answer', async () => {
    control().on(GetPublicAccessBlockCommand).rejects(awsError('AccessDenied'));
    control()
      .on(ListAccessPointsCommand)
      .resolves({ AccessPointList: [point('web')] });
    control().on(GetAccessPointCommand).resolves({ PublicAccessBlockConfiguration: ALL });
    expect((await points.collected()).rows).toMatchObject([
      {
        facets: {
          accountPublicAccessBlock: { gap: { reason: 'denied', operation: 's3:GetAccountPublicAccessBlock' } },
          publicAccessBlock: { value: { kind: 'known', ...ON } },
        },
      },
    ]);
  });

  it.each(['Bucket', 'NetworkOrigin'])('an answer without %s is a gap', async (field) => {
    control()
      .on(ListAccessPointsCommand)
      .resolves({ AccessPointList: [point('web', { [field]: undefined })] });
    control().on(GetAccessPointCommand).resolves({ PublicAccessBlockConfiguration: ALL });
    const name = field === 'Bucket' ? 'bucket' : 'networkOrigin';
    expect((await points.collected()).rows).toMatchObject([{ missing: { [name]: { reason: 'failed' } } }]);
  });

  it('an answer without the block is a gap', async () => {
    control()
      .on(ListAccessPointsCommand)
      .resolves({ AccessPointList: [point('web')] });
    control().on(GetAccessPointCommand).resolves({});
    expect((await points.collected()).rows).toMatchObject([
      { facets: { publicAccessBlock: { gap: { detail: 'the answer lacks blockPublicAcls' } } } },
    ]);
  });

  it('one that was deleted since it was listed is left out', async () => {
    control()
      .on(ListAccessPointsCommand)
      .resolves({ AccessPointList: [point('web')] });
    control().on(GetAccessPointCommand).rejects(awsError('NoSuchAccessPoint'));
    expect(await points.collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  });

  it('a denied list is a gap', async () => {
    control().on(ListAccessPointsCommand).rejects(awsError('AccessDenied'));
    expect((await points.collected()).cell).toMatchObject({
      gap: { reason: 'denied', operation: 's3:ListAccessPoints' },
    });
  });
});

describe('multi-Region access points', () => {
  const report = (difference: object = {}) => ({
    Name: 'web',
    Alias: 'mfzwi23gnjvgw.mrap',
    PublicAccessBlock: ALL,
    ...difference,
  });

  it('lists them with their blocks, in one call', async () => {
    control()
      .on(ListMultiRegionAccessPointsCommand)
      .resolves({ AccessPoints: [report({ PublicAccessBlock: { ...ALL, BlockPublicAcls: false } })] });
    expect((await multi.collected()).rows).toMatchObject([
      {
        identity: { id: 'web', arn: `arn:aws:s3::${AccountId}:accesspoint/mfzwi23gnjvgw.mrap`, region: 'global' },
        base: { networkOrigin: 'Internet' },
        facets: {
          accountPublicAccessBlock: { value: OFF },
          publicAccessBlock: { value: { kind: 'known', ...ON, blockPublicAcls: false } },
        },
      },
    ]);
    expect(control().commandCalls(ListMultiRegionAccessPointsCommand)).toHaveLength(1);
  });

  it.each([
    [
      'block',
      report({ PublicAccessBlock: undefined }),
      [{ facets: { publicAccessBlock: { gap: { reason: 'failed' } } } }],
    ],
    ['alias', report({ Alias: undefined }), []],
  ])('an answer without its %s is a gap', async (_name, one, rows) => {
    control()
      .on(ListMultiRegionAccessPointsCommand)
      .resolves({ AccessPoints: [one] });
    const found = await multi.collected();
    expect(found.rows).toMatchObject(rows);
    expect(found.rows.length > 0 || found.cell.gap).toBeTruthy();
  });

  it('asks for none in partitions that have none', async () => {
    const place = { account: AccountId, region: 'global', partition: 'aws-cn' };
    const found = await Array.fromAsync(
      collect(
        multiRegionAccessPoint,
        [],
        place,
        { clients: () => expect.fail(), sources: new Map() },
        () => new Date(0),
      ),
    );
    expect(found).toEqual([
      { cell: { type: 'AWS::S3::MultiRegionAccessPoint', account: AccountId, region: 'global', rows: 0 } },
    ]);
  });
});
