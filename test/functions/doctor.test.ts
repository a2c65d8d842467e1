import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/doctor.ts';
import { storedFrom } from '../emulator/services/s3-objects.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import type { WorldFile } from '../emulator/world.ts';
import { useEmulator } from '../support/audited.ts';

// The log is made when the handler is imported.
vi.hoisted(() => vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT'));

const HOME = '111122223333';
const MEMBER = '444455556666';
const role = (RoleName: string) => ({
  RoleName,
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'of-the-stack' } },
      },
    ],
  },
});
const WORLD: WorldFile = {
  organization: {
    Id: 'o-small00001',
    ManagementAccount: HOME,
    RootId: 'r-smal',
    Accounts: [{ Id: HOME }, { Id: MEMBER }],
  },
  accounts: {
    [HOME]: { s3: { Buckets: [{ Name: 'reports', Region: 'eu-west-1' }] }, iam: { Roles: [role('scan')] } },
    [MEMBER]: { iam: { Roles: [role('ronda-member')] } },
  },
};
const MACHINE = `arn:aws:states:eu-west-1:${HOME}:stateMachine:ronda-run`;
const TOPIC = `arn:aws:sns:eu-west-1:${HOME}:ronda`;
const sns = mockClient(SNSClient);
const scheduler = mockClient(SchedulerClient);
const machines = mockClient(SFNClient);
const context = { getRemainingTimeInMillis: () => 900_000 };
const AT_ONCE = { credentialReportPolls: 0 };
const configure = (text: string) => emulator.objects.set('reports/config/ronda.yml', storedFrom({}, Buffer.from(text)));

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ world: WORLD });
  useEmulator(emulator);
  const variables = {
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_LAMBDA_FUNCTION_NAME: 'ronda-doctor',
    REPORT_BUCKET: 'reports',
    SCAN_ROLE_ARN: `arn:aws:iam::${HOME}:role/scan`,
    EXTERNAL_ID: 'of-the-stack',
    MEMBER_ROLE: 'ronda-member',
    TOPIC_ARN: TOPIC,
    RUN_MACHINE_ARN: MACHINE,
    SCHEDULE_NAME: 'night',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
});
beforeEach(() => {
  emulator.setProfile(AT_ONCE);
  configure('checks: [s3-bucket-*, kms-*]\nregions: [eu-west-*]\n');
  sns.on(GetTopicAttributesCommand).resolves({ Attributes: {} });
  sns
    .on(ListSubscriptionsByTopicCommand)
    .resolves({ Subscriptions: [{ Protocol: 'email', SubscriptionArn: `${TOPIC}:1` }] });
  scheduler.on(GetScheduleCommand).resolves({ State: 'ENABLED', Target: { Arn: MACHINE, RoleArn: 'r' } });
  machines.on(ListExecutionsCommand).resolves({ executions: [] });
});
afterAll(() => emulator.close());

describe('the function', () => {
  it('looks at the accounts as the roles of the run, and at the parts of the stack', async () => {
    const report = await handler({}, context);
    expect(report.parts.map(({ name, state }) => [name, state])).toEqual([
      ['organization', 'works'],
      ['configuration', 'works'],
      ['reports', 'works'],
      ['topic', 'works'],
      ['schedule', 'works'],
      ['last run', 'works'],
    ]);
    expect(report).toMatchObject({ isWell: true, accounts: 2, well: 2, troubles: [], left: 0 });
    expect(report.caller).toMatch(/:assumed-role\/scan\//);
  });
  it('says which accounts are not well, and to deploy again where the stack makes the role', async () => {
    emulator.setProfile({ ...AT_ONCE, allowOnly: ['sts:*', 's3:*', 'ec2:*', 'organizations:*'] });
    const report = await handler({}, context);
    expect(report.troubles).toMatchObject([{ accounts: [{ account: HOME }, { account: MEMBER }] }]);
    expect(report.patch.next).toEqual([
      expect.stringMatching(/^npx --no osls deploy/),
      expect.stringMatching(new RegExp(`RoleName=ronda-member \\(again\\) to ${MEMBER}`)),
      'aws lambda invoke --function-name ronda-doctor /dev/stdout',
    ]);
  });
  it('tells of a configuration that is wrong, and looks at everything', async () => {
    configure('checks: [no-such-check]\n');
    const report = await handler({}, context);
    expect(report.parts.find(({ name }) => name === 'configuration')).toMatchObject({ state: 'failed' });
    expect(report.checks).toBeGreaterThan(100);
  });
  it('tells of a bucket that cannot be read', async () => {
    emulator.setProfile({ ...AT_ONCE, deny: ['s3:GetObject'] });
    const { parts, isWell } = await handler({}, context);
    expect(parts.filter(({ state }) => state === 'denied').map(({ name }) => name)).toEqual([
      'configuration',
      'reports',
    ]);
    expect(isWell).toBe(false);
  });
});
