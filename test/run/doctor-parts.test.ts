import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { slackDigest } from '../../lib/report/slack.ts';
import { deployedHealth, deployedIn } from '../../lib/run/doctor/deployed.ts';
import { reportsHealth, testAlert, topicHealth } from '../../lib/run/doctor/places.ts';
import { refusalIn } from '../../lib/run/doctor/record.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { openStore } from '../../lib/store/open.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { NOW, useEmulator } from '../support/audited.ts';
import { ACCOUNT } from '../support/inventory.ts';

const failing = (name: string, message = name) => Object.assign(new Error(message), { name });
const where = { region: 'eu-west-1', credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }) };
const DENIED = failing(
  'AccessDeniedException',
  'User: me is not authorized to perform: x:Y on resource: z because no identity-based policy allows the x:Y action',
);
const BY_STATEMENT = failing(
  'AccessDeniedException',
  'User: me is not authorized to perform: x:Y on resource: z with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/p',
);

describe('the message of a refusal', () => {
  const scp = 'arn:aws:organizations::987654321098:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd';
  it.each([
    ['with an explicit deny in a service control policy', { kind: 'service control policy', isExplicit: true }],
    [
      `with an explicit deny in a service control policy: ${scp}`,
      { kind: 'service control policy', isExplicit: true, policy: scp },
    ],
    [
      `with an explicit deny in a service control policy: ${scp}.`,
      { kind: 'service control policy', isExplicit: true, policy: scp },
    ],
    [
      'because no service control policy allows the iam:ListRoles action',
      { kind: 'service control policy', isExplicit: false },
    ],
    ['with an explicit deny in a resource control policy', { kind: 'resource control policy', isExplicit: true }],
    [
      'because no identity-based policy allows the s3:GetBucketAcl action',
      { kind: 'identity-based policy', isExplicit: false },
    ],
    ['because no permissions boundary allows the s3:X action', { kind: 'permissions boundary', isExplicit: false }],
    ['because no VPC endpoint policy allows the s3:X action', { kind: 'VPC endpoint policy', isExplicit: false }],
    ['with an explicit deny in a resource-based policy', { kind: 'resource-based policy', isExplicit: true }],
    ['Access Denied', { isExplicit: false }],
  ])('%s', (text, refusal) => expect(refusalIn(new Error(`User: me is not authorized ${text}`))).toEqual(refusal));
});

describe('reports', () => {
  let emulator: Emulator;
  let folder: string;
  beforeAll(async () => {
    emulator = await startEmulator();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
  });
  beforeEach(async () => {
    useEmulator(emulator);
    emulator.setProfile({});
    folder = await mkdtemp(join(tmpdir(), 'ronda-doctor-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  afterAll(() => emulator.close());
  const BUCKET = 'harbour-media-uploads';
  const place = `s3://${BUCKET}/nights`;
  const health = async (url: string) => reportsHealth(await openStore(url), NOW, 'aws');

  it('are kept in a folder, which is left as it was', async () => {
    expect(await health(join(folder, 'a', 'b'))).toMatchObject({ state: 'works' });
    expect(await readdir(folder)).toEqual([]);
    await folderStore(folder).put('doctor/other.txt', 'kept', 'text/plain');
    expect(await health(folder)).toMatchObject({ state: 'works' });
    expect(await readdir(join(folder, 'doctor'))).toEqual(['other.txt']);
  });
  it('cannot be kept where a file stands in the way', async () => {
    await folderStore(folder).put('file', '', 'text/plain');
    expect(await health(join(folder, 'file'))).toMatchObject({ state: 'failed' });
  });
  it('are kept in a bucket: listed, written and read', async () => {
    const before = emulator.requests.length;
    expect(await health(place)).toMatchObject({ state: 'works' });
    expect(emulator.requests.slice(before).map(({ operation }) => operation)).toEqual([
      'ListObjectsV2',
      'PutObject',
      'GetObject',
    ]);
  });
  it.each([
    ['s3:ListBucket', `arn:aws:s3:::${BUCKET}`],
    ['s3:PutObject', `arn:aws:s3:::${BUCKET}/nights/*`],
    ['s3:GetObject', `arn:aws:s3:::${BUCKET}/nights/*`],
  ])('without %s say so, and what would allow it', async (action, resource) => {
    const all = ['s3:ListBucket', 's3:PutObject', 's3:GetObject'];
    emulator.setProfile({ allowOnly: all.filter((one) => one !== action) });
    expect(await health(place)).toMatchObject({
      state: 'denied',
      denied: { actions: [action], resources: [resource] },
    });
    emulator.setProfile({ deny: [action] });
    expect((await health(place)).denied).toBeUndefined();
  });
  it('in a bucket that is not there are missing', async () =>
    expect(await health('s3://no-such-bucket-anywhere')).toMatchObject({ state: 'missing' }));
  it('that come back as something else are no reports', async () => {
    const store = {
      url: 's3://x',
      list: async () => [],
      put: async () => undefined,
      get: async () => new Uint8Array(),
    };
    expect(await reportsHealth(store, NOW, 'aws')).toMatchObject({ state: 'failed' });
  });
  it('whose key refuses name the action of KMS', async () => {
    const put = async () => {
      throw failing(
        'AccessDenied',
        'User: me is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:r:1:key/k because no identity-based policy allows the kms:GenerateDataKey action',
      );
    };
    const store = { url: 's3://x', list: async () => [], put, get: async () => undefined };
    expect(await reportsHealth(store, NOW, 'aws')).toMatchObject({
      denied: { actions: ['kms:GenerateDataKey'], resources: ['arn:aws:kms:r:1:key/k'] },
    });
  });
});

describe('the topic', () => {
  const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:ronda`;
  const sns = mockClient(SNSClient);
  beforeEach(() => {
    sns.reset();
    sns.on(GetTopicAttributesCommand).resolves({ Attributes: {} });
  });
  afterAll(() => sns.restore());
  const confirmed = (Protocol: string) => ({ Protocol, SubscriptionArn: `${topic}:${Protocol}` });
  const pending = { Protocol: 'email', SubscriptionArn: 'PendingConfirmation' };
  it.each([
    ['nobody listens', [], undefined, 'missing'],
    ['the only one waits for confirmation', [pending], undefined, 'missing'],
    ['the only one has ended', [{ Protocol: 'email', SubscriptionArn: 'Deleted' }], undefined, 'missing'],
    ['one of two waits', [confirmed('lambda'), pending], undefined, 'missing'],
    ['somebody listens', [confirmed('email')], undefined, 'works'],
    ['nobody passes it on to Slack', [confirmed('email')], 'lambda', 'missing'],
    ['a function passes it on', [confirmed('lambda')], 'lambda', 'works'],
  ] as const)('%s', async (_, Subscriptions, expects, state) => {
    sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [...Subscriptions] });
    expect(await topicHealth({ topic, now: NOW, tool: 'ronda', expects })).toMatchObject({ name: 'topic', state });
  });
  it.each([
    [failing('NotFoundException'), 'missing'],
    [failing('AuthorizationErrorException', DENIED.message), 'denied'],
    [failing('InternalError'), 'failed'],
  ])('that cannot be looked at (%s) is %s', async (error, state) => {
    sns.on(GetTopicAttributesCommand).rejects(error);
    expect(await topicHealth({ topic, now: NOW, tool: 'ronda' })).toMatchObject({ state });
  });
  it('is sent a message when that is wanted, and only then', async () => {
    sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [confirmed('email')] });
    const sent: string[] = [];
    const sendTest = async ({ subject }: { subject: string }) => void sent.push(subject);
    expect((await topicHealth({ topic, now: NOW, tool: 'ronda' })).detail).toContain('publishing was not tried');
    expect(sent).toEqual([]);
    expect((await topicHealth({ topic, now: NOW, tool: 'ronda', sendTest })).detail).toContain(
      'a test message was sent',
    );
    expect(sent).toEqual(['Ronda: this is a test message, nothing was found']);
  });
  it('that takes no message is told', async () => {
    sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [confirmed('email')] });
    const sendTest = () => Promise.reject(failing('AuthorizationErrorException', DENIED.message));
    expect(await topicHealth({ topic, now: NOW, tool: 'ronda', sendTest })).toMatchObject({ state: 'denied' });
  });
  it('the test message reaches Slack as one of ours', () => {
    const { digest, details } = slackDigest(testAlert(NOW, 'ronda test').message);
    expect(digest.blocks.length).toBeGreaterThan(0);
    expect(JSON.stringify(digest)).toContain('this is a test message');
    expect(details).toEqual([]);
  });
});

describe('the stack', () => {
  const [formation, scheduler, machines, parameters, secrets] = [
    mockClient(CloudFormationClient),
    mockClient(SchedulerClient),
    mockClient(SFNClient),
    mockClient(SSMClient),
    mockClient(SecretsManagerClient),
  ] as const;
  const all = [formation, scheduler, machines, parameters, secrets];
  const machine = `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:ronda-run`;
  const resource = (LogicalResourceId: string, PhysicalResourceId: string) => ({
    LogicalResourceId,
    PhysicalResourceId,
    ResourceType: 'x',
    LastUpdatedTimestamp: NOW,
    ResourceStatus: 'CREATE_COMPLETE' as const,
  });
  const stack = { StackName: 'ronda', CreationTime: NOW, StackStatus: 'UPDATE_COMPLETE' as const };
  const enabled = {
    State: 'ENABLED',
    Target: { Arn: machine, RoleArn: 'r' },
    ScheduleExpression: 'cron(0 2 * * ? *)',
  } as const;
  const execution = { executionArn: 'e', stateMachineArn: machine, name: 'n', startDate: NOW };
  beforeEach(() => {
    for (const one of all) one.reset();
    formation.on(DescribeStacksCommand).resolves({
      Stacks: [{ ...stack, Parameters: [{ ParameterKey: 'WebhookParameter', ParameterValue: '/ronda/slack' }] }],
    });
    formation
      .on(ListStackResourcesCommand)
      .resolvesOnce({ StackResourceSummaries: [resource('ReportBucket', 'reports')], NextToken: 'next' })
      .resolvesOnce({
        StackResourceSummaries: [resource('Topic', 't'), resource('RunMachine', machine), resource('Nightly', 'night')],
      });
    scheduler.on(GetScheduleCommand).resolves(enabled);
    machines.on(ListExecutionsCommand).resolves({ executions: [{ ...execution, status: 'SUCCEEDED' }] });
    parameters.on(DescribeParametersCommand).resolves({ Parameters: [{ Name: '/ronda/slack', Type: 'SecureString' }] });
    secrets.on(DescribeSecretCommand).resolves({ Name: 'slack' });
  });
  afterAll(() => {
    for (const one of all) one.restore();
  });
  const states = async (deployed: Parameters<typeof deployedHealth>[0] = { machine, schedule: 'night' }) =>
    Object.fromEntries((await deployedHealth(deployed, where)).map(({ name, state }) => [name, state]));

  it('tells what it is made of', async () => {
    const { deployed, part } = await deployedIn('ronda', where);
    expect(part).toMatchObject({ name: 'stack', state: 'works' });
    expect(deployed).toEqual({
      bucket: 'reports',
      topic: 't',
      machine,
      schedule: 'night',
      parameter: '/ronda/slack',
      secret: undefined,
      doctor: undefined,
    });
    expect(await states(deployed)).toEqual({ schedule: 'works', 'last run': 'works', slack: 'works' });
  });
  it.each([
    [failing('ValidationError', 'Stack with id ronda does not exist'), 'missing'],
    [DENIED, 'denied'],
    [failing('InternalFailure'), 'failed'],
  ])('that cannot be read (%s) is %s', async (error, state) => {
    formation.on(DescribeStacksCommand).rejects(error);
    expect(await deployedIn('ronda', where)).toMatchObject({ deployed: {}, part: { state } });
  });
  it('of something else is none of ours', async () => {
    formation.on(ListStackResourcesCommand).resolves({ StackResourceSummaries: [resource('Bucket', 'b')] });
    formation.on(ListStackResourcesCommand).resolvesOnce({ StackResourceSummaries: [resource('Bucket', 'b')] });
    expect((await deployedIn('other', where)).part.state).toBe('missing');
  });
  it('that was rolled back has failed', async () => {
    formation.on(DescribeStacksCommand).resolves({ Stacks: [{ ...stack, StackStatus: 'UPDATE_ROLLBACK_COMPLETE' }] });
    expect((await deployedIn('ronda', where)).part).toMatchObject({ state: 'failed' });
  });

  it.each([
    ['is on', enabled, 'works'],
    ['is off', { ...enabled, State: 'DISABLED' }, 'missing'],
    ['starts something else', { ...enabled, Target: { Arn: 'other', RoleArn: 'r' } }, 'missing'],
    ['says nothing', {}, 'missing'],
  ] as const)('a schedule that %s', async (_, answer, state) => {
    scheduler.on(GetScheduleCommand).resolves(answer);
    expect(await states()).toMatchObject({ schedule: state });
  });
  it.each([
    [failing('ResourceNotFoundException'), 'missing'],
    [DENIED, 'denied'],
  ])('a schedule that cannot be read (%s) is %s', async (error, state) => {
    scheduler.on(GetScheduleCommand).rejects(error);
    expect(await states()).toMatchObject({ schedule: state });
  });
  it('no schedule is missing', async () => expect(await states({ machine })).toMatchObject({ schedule: 'missing' }));

  it.each([
    ['SUCCEEDED', 'works'],
    ['RUNNING', 'works'],
    ['FAILED', 'failed'],
    ['TIMED_OUT', 'failed'],
    ['ABORTED', 'failed'],
    ['PENDING_REDRIVE', 'failed'],
  ] as const)('a last run that is %s %s', async (status, state) => {
    machines.on(ListExecutionsCommand).resolves({ executions: [{ ...execution, status }] });
    expect(await states()).toMatchObject({ 'last run': state });
  });
  it('before the first run nothing is wrong', async () => {
    machines.on(ListExecutionsCommand).resolves({ executions: [] });
    expect(await states()).toMatchObject({ 'last run': 'works' });
  });

  it.each([
    ['is there', [{ Parameters: [{ Name: '/p' }] }], 'works'],
    ['is on a later page', [{ NextToken: 'n' }, { Parameters: [{ Name: '/p' }] }], 'works'],
    ['is not there', [{ Parameters: [] }], 'missing'],
    ['has another name', [{ Parameters: [{ Name: '/p/q' }] }], 'missing'],
  ])('a parameter that %s', async (_, pages, state) => {
    const command = parameters.on(DescribeParametersCommand);
    for (const page of pages) command.resolvesOnce(page);
    expect(await states({ parameter: '/p' })).toMatchObject({ slack: state });
  });
  it.each([
    ['is there', {}, 'works'],
    ['is being deleted', { DeletedDate: NOW }, 'missing'],
  ])('a secret that %s', async (_, answer, state) => {
    secrets.on(DescribeSecretCommand).resolves(answer);
    expect(await states({ secret: 's' })).toMatchObject({ slack: state });
  });
  it.each([
    [failing('ResourceNotFoundException'), 'missing', false],
    [DENIED, 'denied', true],
    [BY_STATEMENT, 'denied', false],
  ])('a secret that cannot be looked for (%s) is %s', async (error, state, isHelped) => {
    secrets.on(DescribeSecretCommand).rejects(error);
    const [part] = (await deployedHealth({ secret: 's' }, where)).filter(({ name }) => name === 'slack');
    expect([part!.state, part!.denied !== undefined]).toEqual([state, isHelped]);
  });
});
