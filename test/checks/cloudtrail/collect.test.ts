import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListTrailsCommand,
} from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import { trail } from '../../../checks/cloudtrail/collect.ts';
import { collect } from '../../../lib/aws/collect.ts';
import type { Row } from '../../../lib/core/model.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(trail);
const arnOf = (name: string, region = 'eu-west-1', account = '111122223333') =>
  `arn:aws:cloudtrail:${region}:${account}:trail/${name}`;
const info = (name: string, region?: string, account?: string) => ({
  Name: name,
  TrailARN: arnOf(name, region, account),
  HomeRegion: region ?? 'eu-west-1',
});
const settings = {
  S3BucketName: 'logs',
  IsMultiRegionTrail: true,
  IncludeGlobalServiceEvents: true,
  LogFileValidationEnabled: false,
  KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k1',
};
const description = {
  s3BucketName: 'logs',
  isMultiRegionTrail: true,
  includeGlobalServiceEvents: true,
  logFileValidationEnabled: false,
  kmsKeyId: settings.KmsKeyId,
};
const multi = { ...info('multi'), ...settings };

it('sees a trail once, though it is listed and shadowed, and describes it in the same call that lists it', async () => {
  aws()
    .on(DescribeTrailsCommand)
    .resolves({ trailList: [multi] });
  aws()
    .on(ListTrailsCommand)
    .resolves({ Trails: [info('multi')] });
  expect(await collected(['description'])).toMatchObject({
    rows: [
      {
        identity: { id: 'multi', arn: arnOf('multi'), region: 'eu-west-1', account: '111122223333' },
        base: { owner: '111122223333' },
        facets: { description: { value: description } },
      },
    ],
    cell: { region: 'global', rows: 1 },
  });
  expect(
    aws()
      .commandCalls(DescribeTrailsCommand)
      .map(({ args }) => args[0].input),
  ).toEqual([{ includeShadowTrails: true }]);
});

it("sees the organization's trail, with its owner", async () => {
  aws()
    .on(DescribeTrailsCommand)
    .resolves({ trailList: [{ ...settings, ...info('org', 'us-east-1', '444455556666') }] });
  aws().on(ListTrailsCommand).resolves({ Trails: [] });
  expect((await collected([])).rows).toMatchObject([
    { identity: { region: 'us-east-1', account: '111122223333' }, base: { owner: '444455556666' } },
  ]);
});

it('a trail of a single region elsewhere is described there', async () => {
  aws().on(DescribeTrailsCommand).resolves({ trailList: [] });
  aws()
    .on(DescribeTrailsCommand, { trailNameList: [arnOf('far', 'sa-east-1')] })
    .resolves({
      trailList: [{ ...info('far', 'sa-east-1'), ...settings, IsMultiRegionTrail: false, KmsKeyId: undefined }],
    });
  aws()
    .on(ListTrailsCommand)
    .resolvesOnce({ Trails: [], NextToken: 't' })
    .resolvesOnce({ Trails: [info('far', 'sa-east-1')] });
  expect((await collected(['description'])).rows).toMatchObject([
    {
      identity: { region: 'sa-east-1' },
      facets: { description: { value: { isMultiRegionTrail: false, kmsKeyId: null } } },
    },
  ]);
});

it.each<[string, () => unknown, object]>([
  ['denied', () => awsError('AccessDeniedException'), { reason: 'denied', operation: 'cloudtrail:DescribeTrails' }],
  ['silent', () => undefined, { detail: 'the answer lacks description' }],
])('a trail whose region is %s is still there, and nothing is known of it', async (_name, answer, gap) => {
  const error = answer();
  const far = aws().on(DescribeTrailsCommand, { trailNameList: [arnOf('far', 'sa-east-1')] });
  aws().on(DescribeTrailsCommand, { includeShadowTrails: true }).resolves({ trailList: [] });
  if (error instanceof Error) far.rejects(error);
  else far.resolves({ trailList: [multi] });
  aws()
    .on(ListTrailsCommand)
    .resolves({ Trails: [info('far', 'sa-east-1')] });
  expect(await collected(['description'])).toMatchObject({
    rows: [{ identity: { id: 'far' }, facets: { description: { gap } } }],
    cell: { rows: 1 },
  });
});

it.each(['S3BucketName', 'IsMultiRegionTrail', 'IncludeGlobalServiceEvents', 'LogFileValidationEnabled'])(
  'a description without %s is a gap',
  async (field) => {
    aws()
      .on(DescribeTrailsCommand)
      .resolves({ trailList: [{ ...multi, [field]: undefined }] });
    aws().on(ListTrailsCommand).resolves({ Trails: [] });
    const lower = `${field[0]!.toLowerCase()}${field.slice(1)}`;
    expect((await collected(['description'])).rows).toMatchObject([
      { facets: { description: { gap: { detail: `the answer lacks ${lower}` } } } },
    ]);
  },
);

it.each<[string, () => unknown, number]>([
  ['DescribeTrails denied', () => aws().on(DescribeTrailsCommand).rejects(awsError('AccessDeniedException')), 0],
  ['DescribeTrails without a list', () => aws().on(DescribeTrailsCommand).resolves({}), 0],
  [
    'ListTrails denied',
    () => (
      aws()
        .on(DescribeTrailsCommand)
        .resolves({ trailList: [multi] }),
      aws().on(ListTrailsCommand).rejects(awsError('AccessDeniedException'))
    ),
    1,
  ],
  [
    'a trail without a home region',
    () => (
      aws()
        .on(DescribeTrailsCommand)
        .resolves({ trailList: [{ ...multi, HomeRegion: undefined }] }),
      aws().on(ListTrailsCommand).resolves({})
    ),
    0,
  ],
])('%s: the list has a gap, so that "no trail" is not concluded', async (_name, given, rows) => {
  given();
  expect((await collected([])).cell).toMatchObject({
    rows,
    gap: { operation: expect.stringContaining('cloudtrail:') as string },
  });
});

it('asks for the status by ARN', async () => {
  aws()
    .on(DescribeTrailsCommand)
    .resolves({ trailList: [multi] });
  aws().on(ListTrailsCommand).resolves({});
  aws().on(GetTrailStatusCommand, { Name: multi.TrailARN }).resolves({ IsLogging: false });
  expect((await collected(['status'])).rows).toMatchObject([{ facets: { status: { value: { isLogging: false } } } }]);
  aws().on(GetTrailStatusCommand).resolves({});
  expect((await collected(['status'])).rows).toMatchObject([
    { facets: { status: { gap: { detail: 'the answer lacks isLogging' } } } },
  ]);
});

it("an organization's trail that a member may not ask about is a gap, not one trail less", async () => {
  aws()
    .on(DescribeTrailsCommand)
    .resolves({ trailList: [{ ...multi, ...info('org', 'eu-west-1', '444455556666') }] });
  aws().on(ListTrailsCommand).resolves({});
  aws().on(GetTrailStatusCommand).rejects(awsError('TrailNotFoundException'));
  aws().on(GetEventSelectorsCommand).rejects(awsError('TrailNotFoundException'));
  expect((await collected(['status', 'eventSelectors'])).rows).toMatchObject([
    {
      facets: {
        status: { gap: { reason: 'failed', operation: 'cloudtrail:GetTrailStatus' } },
        eventSelectors: { gap: { reason: 'failed', operation: 'cloudtrail:GetEventSelectors' } },
      },
    },
  ]);
});

it('reads basic event selectors, with the defaults of the API', async () => {
  aws()
    .on(DescribeTrailsCommand)
    .resolves({ trailList: [multi] });
  aws().on(ListTrailsCommand).resolves({});
  aws()
    .on(GetEventSelectorsCommand, { TrailName: multi.TrailARN })
    .resolves({
      EventSelectors: [
        {},
        {
          ReadWriteType: 'WriteOnly',
          IncludeManagementEvents: false,
          ExcludeManagementEventSources: ['kms.amazonaws.com'],
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }, {}],
        },
      ],
    });
  expect((await collected(['eventSelectors'])).rows[0]!.facets['eventSelectors']).toEqual({
    value: {
      basic: [
        { readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [], dataResources: [] },
        {
          readWriteType: 'WriteOnly',
          includeManagementEvents: false,
          excludeManagementEventSources: ['kms.amazonaws.com'],
          dataResources: [
            { type: 'AWS::S3::Object', values: ['arn:aws:s3'] },
            { type: null, values: [] },
          ],
        },
      ],
      advanced: [],
    },
  });
});

it('reads advanced event selectors', async () => {
  aws()
    .on(DescribeTrailsCommand)
    .resolves({ trailList: [multi] });
  aws().on(ListTrailsCommand).resolves({});
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  aws()
    .on(GetEventSelectorsCommand)
    .resolves({
      AdvancedEventSelectors: [
        {
          Name: 'any',
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            {
              Field: 'resources.ARN',
              StartsWith: ['a'],
              EndsWith: ['b'],
              NotEquals: ['c'],
              NotStartsWith: ['d'],
              NotEndsWith: ['e'],
            },
            { Field: undefined },
          ],
        },
        { FieldSelectors: undefined },
      ],
    });
  expect((await collected(['eventSelectors'])).rows[0]!.facets['eventSelectors']).toEqual({
    value: {
      basic: [],
      advanced: [
        [
          { ...none, field: 'eventCategory', equals: ['Data'] },
          {
            field: 'resources.ARN',
            equals: [],
            startsWith: ['a'],
            endsWith: ['b'],
            notEquals: ['c'],
            notStartsWith: ['d'],
            notEndsWith: ['e'],
          },
          { ...none, field: null },
        ],
        [],
      ],
    },
  });
});

it('an answer without any event selectors is a gap, not "none"', async () => {
  aws()
    .on(DescribeTrailsCommand)
    .resolves({ trailList: [multi] });
  aws().on(ListTrailsCommand).resolves({});
  aws().on(GetEventSelectorsCommand).resolves({});
  expect((await collected(['eventSelectors'])).rows).toMatchObject([
    { facets: { eventSelectors: { gap: { detail: 'the answer lacks eventSelectors' } } } },
  ]);
});

it('lists in the home region of the partition, and asks of each trail in its own', async () => {
  const sent: string[] = [];
  const answers: Record<string, object> = {
    DescribeTrailsCommand: { trailList: [multi] },
    ListTrailsCommand: { Trails: [info('multi'), info('far', 'sa-east-1')] },
    GetTrailStatusCommand: { IsLogging: true },
  };
  const clients = (_: unknown, { region }: { region: string }) =>
    Object.assign(new CloudTrailClient({ region: 'eu-west-1' }), {
      send(command: object) {
        sent.push(`${command.constructor.name} in ${region}`);
        return Promise.resolve(answers[command.constructor.name]);
      },
    });
  const place = { account: '111122223333', region: 'global', partition: 'aws' };
  const rows: Row[] = [];
  for await (const item of collect(
    trail,
    ['description', 'status'],
    place,
    { clients: clients as never, sources: new Map() },
    () => new Date(0),
  )) {
    if ('row' in item) rows.push(item.row);
  }
  expect(rows).toHaveLength(2);
  expect(sent.toSorted()).toEqual([
    'DescribeTrailsCommand in global',
    'DescribeTrailsCommand in sa-east-1',
    'GetTrailStatusCommand in eu-west-1',
    'GetTrailStatusCommand in sa-east-1',
    'ListTrailsCommand in global',
  ]);
});

describe('what the description tells besides', () => {
  const facets = ['isOrganizationTrail', 's3KeyPrefix', 'logGroup'];

  it('costs no call of its own', async () => {
    const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:trail:*';
    aws()
      .on(DescribeTrailsCommand)
      .resolves({
        trailList: [{ ...multi, IsOrganizationTrail: true, S3KeyPrefix: 'audit', CloudWatchLogsLogGroupArn: group }],
      });
    aws().on(ListTrailsCommand).resolves({ Trails: [] });
    expect((await collected(facets)).rows).toMatchObject([
      { facets: { isOrganizationTrail: { value: true }, s3KeyPrefix: { value: 'audit' }, logGroup: { value: group } } },
    ]);
    expect(aws().commandCalls(DescribeTrailsCommand)).toHaveLength(1);
  });

  it('may be that nothing is set, but not whose trail it is', async () => {
    aws()
      .on(DescribeTrailsCommand)
      .resolves({ trailList: [{ ...multi, S3KeyPrefix: '' }] });
    aws().on(ListTrailsCommand).resolves({ Trails: [] });
    expect((await collected(facets)).rows).toMatchObject([
      {
        facets: {
          isOrganizationTrail: { gap: { detail: 'the answer lacks isOrganizationTrail' } },
          s3KeyPrefix: { value: null },
          logGroup: { value: null },
        },
      },
    ]);
  });

  it('is not known of a trail that its region does not describe', async () => {
    aws().on(DescribeTrailsCommand).resolves({ trailList: [] });
    aws()
      .on(ListTrailsCommand)
      .resolves({ Trails: [info('far', 'sa-east-1')] });
    const { facets: read } = (await collected(facets)).rows[0]!;
    expect(Object.values(read).map((one) => 'gap' in one)).toEqual([true, true, true]);
  });
});

describe('deliveries', () => {
  const NOTHING = {
    startLoggingTime: null,
    bucketTime: null,
    bucketError: null,
    digestError: null,
    logGroupTime: null,
    logGroupError: null,
  };
  const read = async (status: object | undefined) => {
    aws()
      .on(DescribeTrailsCommand)
      .resolves({ trailList: [multi] });
    aws().on(ListTrailsCommand).resolves({});
    aws()
      .on(GetTrailStatusCommand)
      .resolves(status as object);
    return (await collected(['status', 'delivery'])).rows[0]!.facets['delivery'];
  };

  it('are read with the status', async () => {
    const time = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
    const delivery = await read({
      IsLogging: true,
      StartLoggingTime: time(1),
      LatestDeliveryTime: time(2),
      LatestDeliveryError: 'AccessDenied',
      LatestDigestDeliveryError: 'NoSuchBucket',
      LatestCloudWatchLogsDeliveryTime: time(3),
      LatestCloudWatchLogsDeliveryError: 'Denied',
    });
    expect(delivery).toEqual({
      value: {
        startLoggingTime: '2026-01-01T01:00:00.000Z',
        bucketTime: '2026-01-01T02:00:00.000Z',
        bucketError: 'AccessDenied',
        digestError: 'NoSuchBucket',
        logGroupTime: '2026-01-01T03:00:00.000Z',
        logGroupError: 'Denied',
      },
    });
    expect(aws().commandCalls(GetTrailStatusCommand)).toHaveLength(1);
  });

  it('may be none, and errors may be empty', async () => {
    const errors = { LatestDeliveryError: '', LatestDigestDeliveryError: '', LatestCloudWatchLogsDeliveryError: '' };
    expect(await read({ IsLogging: true, ...errors })).toEqual({ value: NOTHING });
  });

  it('are not known without an answer', async () => {
    expect(await read(undefined)).toMatchObject({ gap: { detail: 'the answer lacks delivery' } });
  });
});
