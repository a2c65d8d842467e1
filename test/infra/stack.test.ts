import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { patternOf } from '../../lib/core/waivers.ts';
import { readJson } from '../../lib/run/stored.ts';
import { collectStep, type ItemKey } from '../../lib/run/steps/collect.ts';
import { evaluateStep } from '../../lib/run/steps/evaluate.ts';
import { planStep } from '../../lib/run/steps/plan.ts';
import { publishStep } from '../../lib/run/publish.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import type { Store } from '../../lib/store/store.ts';
import { startEmulator } from '../emulator/server.ts';
import { checks, useEmulator } from '../support/audited.ts';
import {
  isInstalled,
  packaged,
  resolved,
  root,
  run,
  type Stack,
  type Statement,
  TEMPLATE,
  type Template,
} from './_stack.ts';

const FUNCTIONS = ['collect', 'doctor', 'evaluate', 'gate', 'plan', 'publish', 'slack'];
const CFN_LINT = await isInstalled('cfn-lint');

let stack: Stack;
let adjusted: Stack;
let template: Template;
beforeAll(async () => {
  // At the same time, since packagings of one tree must not disturb each other.
  const options = [
    'encryption=s3',
    'email=night@example.com',
    'webhookParameter=/ronda/slack',
    'overdueHours=50',
    'logDays=30',
    'reportDays=7',
    'memberRole=ronda-member',
    'concurrency=9',
  ];
  [stack, adjusted] = await Promise.all([packaged(), packaged(...options.flatMap((option) => ['--param', option]))]);
  ({ template } = stack);
}, 300_000);
afterAll(() => Promise.all([stack, adjusted].map(({ folder }) => rm(folder, { recursive: true }))));

const properties = (name: string, parameters = {}) =>
  resolved(template.Resources[name]!.Properties, template, parameters);
const named = (type: string) =>
  Object.keys(template.Resources).filter((name) => template.Resources[name]!.Type === type);
const functionsIn = () => named('AWS::Lambda::Function');

describe('packaging', () => {
  it('needs no credentials and gives the same archives every time', async () => {
    const digest = async (from: Stack, name: string) =>
      createHash('sha256')
        .update(await readFile(join(from.package, `${name}.zip`)))
        .digest('hex');
    for (const name of FUNCTIONS) expect(await digest(stack, name)).toBe(await digest(adjusted, name));
  });

  it('takes every choice as a parameter', () => {
    const chosen = Object.fromEntries(
      Object.entries(adjusted.template.Parameters).map(([name, { Default }]) => [name, Default]),
    );
    expect(chosen).toEqual({
      Encryption: 's3',
      Email: 'night@example.com',
      WebhookParameter: '/ronda/slack',
      WebhookSecret: '',
      Dashboard: 'true',
      MemberRole: 'ronda-member',
    });
    expect(adjusted.template.Resources['PlanLambdaFunction']!.Properties.Environment.Variables.CONCURRENCY).toBe('9');
    expect(adjusted.template.Resources['RunMissingAlarm']!.Properties.EvaluationPeriods).toBe('50');
    expect(adjusted.template.Resources['PlanLogGroup']!.Properties.RetentionInDays).toBe(30);
    expect(
      adjusted.template.Resources['ReportBucket']!.Properties.LifecycleConfiguration.Rules[0].ExpirationInDays,
    ).toBe('7');
  });

  it.skipIf(!CFN_LINT)(
    'gives a template without a complaint of cfn-lint, which also knows every IAM action that a check declares',
    async () => {
      const scan = await readFile(join(root, 'infra/scan-role-policy.json'), 'utf8');
      const role = {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: 'scan', PolicyName: 'scan', PolicyDocument: JSON.parse(scan) as unknown },
      };
      const file = join(stack.folder, 'actions.json');
      // One action that does not exist shows that it looked.
      await writeFile(
        file,
        JSON.stringify({ Resources: { Role: role } }).replace(
          '"ec2:DescribeRegions"',
          '"ec2:DescribeRegions","ec2:DescribeNothing"',
        ),
      );
      const { stdout } = await run('cfn-lint', [
        '--format',
        'json',
        '--non-zero-exit-code',
        'none',
        '--',
        join(stack.package, TEMPLATE),
        file,
      ]);
      const found = JSON.parse(stdout) as { Filename: string; Message: string; Rule: { Id: string } }[];
      expect(found.map(({ Filename, Rule, Message }) => [Filename, Rule.Id, Message])).toEqual([
        [file, 'W3037', expect.stringContaining('describenothing')],
      ]);
    },
  );
});

describe('functions', () => {
  it('are those of the functions folder', () => {
    expect(functionsIn().toSorted()).toEqual(
      FUNCTIONS.map((name) => `${name[0]!.toUpperCase()}${name.slice(1)}LambdaFunction`),
    );
  });

  it('have a role of their own, a log group with a retention, and time to finish', () => {
    const roles = functionsIn().map((name) => properties(name).Role);
    expect(new Set(roles).size).toBe(FUNCTIONS.length);
    for (const name of functionsIn()) {
      const { Runtime, Timeout, FunctionName, ReservedConcurrentExecutions } = properties(name);
      expect(ReservedConcurrentExecutions).toBeUndefined();
      expect(Runtime).toBe('nodejs24.x');
      expect(Timeout).toBeGreaterThanOrEqual(60);
      expect(properties(name.replace('LambdaFunction', 'LogGroup'))).toMatchObject({
        LogGroupName: `/aws/lambda/${FunctionName}`,
        RetentionInDays: 365,
      });
    }
  });

  it('that look at the account do so as the scanner', () => {
    const scanners = functionsIn().filter((name) => 'SCAN_ROLE_ARN' in properties(name).Environment.Variables);
    expect(scanners.map((name) => properties(name).Role).toSorted()).toEqual(
      properties('ScanRole').AssumeRolePolicyDocument.Statement[0].Principal.AWS.toSorted(),
    );
    const entering = { MEMBER_ROLE: 'ronda-member' };
    const further: Record<string, object> = {
      PlanLambdaFunction: { ...entering, CONCURRENCY: '50' },
      CollectLambdaFunction: entering,
      DoctorLambdaFunction: {
        ...entering,
        TOPIC_ARN: 'Topic',
        RUN_MACHINE_ARN: 'RunMachine',
        SCHEDULE_NAME: 'ronda-dev-nightly',
        WEBHOOK_PARAMETER: '',
        WEBHOOK_SECRET: '',
      },
    };
    for (const name of scanners) {
      expect(properties(name, { MemberRole: 'ronda-member' }).Environment.Variables).toEqual({
        REPORT_BUCKET: 'ReportBucket',
        SCAN_ROLE_ARN: 'ScanRole',
        EXTERNAL_ID: 'the-id-of-the-stack',
        ...further[name],
      });
    }
    expect(properties('ScanRole').AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'sts:ExternalId': 'the-id-of-the-stack' },
    });
  });

  it('get no secret: the webhook is a name', () => {
    expect(properties('SlackLambdaFunction', { WebhookParameter: '/ronda/slack' }).Environment.Variables).toEqual({
      WEBHOOK_PARAMETER: '/ronda/slack',
      WEBHOOK_SECRET: '',
    });
    for (const name of ['SlackLambdaFunction', 'SlackLogGroup', 'SlackRole', 'SlackSubscription', 'SlackPermission']) {
      expect(template.Resources[name]!.Condition).toBe('HasWebhook');
    }
  });
});

/** Of the conditions of policies, each of which asks whether a parameter is set. */
function isMade(condition: string | undefined, parameters: Readonly<Record<string, string>>): boolean {
  if (!condition) return true;
  const parameter = condition === 'HasMembers' ? 'MemberRole' : condition.replace('Has', '');
  return (parameters[parameter] ?? '') !== '';
}

/** What a role may do, a line each: "action resource", and the condition if there is one. */
function allowed(role: string, parameters = {}): string[] {
  const attached = named('AWS::IAM::Policy')
    .filter((name) => isMade(template.Resources[name]!.Condition, parameters))
    .map((name) => properties(name, parameters))
    .filter(({ Roles }) => Roles.includes(role));
  const documents = [...properties(role, parameters).Policies, ...attached].map(({ PolicyDocument }) => PolicyDocument);
  const statements = documents
    .flatMap(({ Statement }) => Statement as Statement[])
    .filter(({ Effect }) => Effect === 'Allow');
  return statements
    .flatMap(({ Action, Resource, Condition }) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource]
            .flat()
            .map((resource) => `${action} ${resource}${Condition ? ` ${JSON.stringify(Condition)}` : ''}`),
        ),
    )
    .toSorted();
}
const ownLog = (name: string) => [`logs:CreateLogStream ${name}LogGroup`, `logs:PutLogEvents ${name}LogGroup`];
const via = (...services: string[]) => {
  const hosts = services.map((service) => `${service}.eu-west-1.amazonaws.com`);
  return ['kms:Decrypt', 'kms:GenerateDataKey'].map(
    (action) =>
      `${action} ReportKey {"StringEquals":{"kms:ViaService":${JSON.stringify(hosts.length > 1 ? hosts : hosts[0])}}}`,
  );
};
const get = (...keys: string[]) => keys.map((key) => `s3:GetObject ReportBucket/${key}`);
const put = (...keys: string[]) => keys.map((key) => `s3:PutObject ReportBucket/${key}`);
const list = (...prefixes: string[]) =>
  `s3:ListBucket ReportBucket ${JSON.stringify({ StringLikeIfExists: { 's3:prefix': prefixes } })}`;
const scan = 'sts:AssumeRole ScanRole';
const members = 'sts:AssumeRole arn:aws:iam::*:role/ronda-member';

describe('roles', () => {
  it.each<[string, string[]]>([
    [
      'Plan',
      [
        ...get('config/*'),
        ...put('runs/*/plan.json', 'runs/*/items.json', 'runs/*/accounts.json', 'runs/*/calls/plan.json'),
        ...put('inventory/*/_cells.json'),
        list('config/*'),
        scan,
        members,
        ...via('s3'),
      ],
    ],
    [
      'Collect',
      [
        ...get('runs/*/plan.json', 'inventory/*'),
        ...put('inventory/*', 'runs/*/calls/*'),
        list('inventory/*'),
        scan,
        members,
        ...via('s3'),
      ],
    ],
    [
      'Evaluate',
      [
        ...get(
          'config/*',
          'runs/*/plan.json',
          'runs/*/run.json',
          'runs/*/calls/*',
          'runs/*/account=*.json',
          'findings/*',
          'inventory/*',
          'state/*',
        ),
        ...put(
          'findings/*',
          'runs/*/account=*.json',
          'runs/*/calls/account=*.json',
          'runs/*/state/account=*.ndjson.gz',
        ),
        list('config/*', 'runs/*', 'findings/*', 'inventory/*', 'state/*'),
        ...via('s3'),
      ],
    ],
    [
      'Publish',
      [
        ...get('config/*', 'runs/*', 'findings/*', 'state/*', 'latest.json'),
        ...put('runs/*', 'findings/*', 'state/*', 'latest.json'),
        list('config/*', 'runs/*', 'findings/*', 'state/*'),
        'sns:Publish Topic',
        'securityhub:BatchImportFindings arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default',
        ...via('s3', 'sns'),
      ],
    ],
    [
      'Gate',
      [
        ...get('config/*', 'runs/*', 'findings/*', 'state/*', 'latest.json'),
        ...put('runs/*', 'findings/*'),
        list('config/*', 'runs/*', 'findings/*', 'state/*'),
        'cloudformation:ListStackResources arn:aws:cloudformation:eu-west-1:111122223333:stack/*',
        scan,
        ...via('s3'),
      ],
    ],
    [
      'Doctor',
      [
        ...get('config/*', 'doctor/*'),
        ...put('doctor/*'),
        list('config/*', 'doctor/*'),
        'sns:GetTopicAttributes Topic',
        'sns:ListSubscriptionsByTopic Topic',
        'scheduler:GetSchedule arn:aws:scheduler:eu-west-1:111122223333:schedule/default/ronda-dev-nightly',
        'states:ListExecutions RunMachine',
        scan,
        members,
        ...via('s3'),
      ],
    ],
    ['Slack', ['sqs:SendMessage DeadLetters', ...via('sqs')]],
  ])('%s may do its step and nothing else', (name, expected) => {
    expect(allowed(`${name}Role`, { MemberRole: 'ronda-member' })).toEqual([...ownLog(name), ...expected].toSorted());
  });

  it('enter other accounts where the stack is told a role for it, and only there', () => {
    for (const name of ['EnterMembers', 'ListMembers']) expect(template.Resources[name]!.Condition).toBe('HasMembers');
    expect(properties('EnterMembers').Roles).toEqual(['PlanRole', 'CollectRole', 'DoctorRole']);
    expect(properties('ListMembers').Roles).toEqual(['ScanRole']);
    const lists = allowed('ScanRole', { MemberRole: 'ronda-member' }).filter((line) =>
      line.startsWith('organizations:ListTagsForResource'),
    );
    expect(lists).toEqual(['organizations:ListTagsForResource *']);
  });

  it('the doctor sees that the webhook is there, and not what it is', () => {
    const further = (parameters: Readonly<Record<string, string>>) =>
      allowed('DoctorRole', parameters).filter((line) => !allowed('DoctorRole').includes(line));
    expect(further({ WebhookParameter: '/ronda/slack' })).toEqual(['ssm:DescribeParameters *']);
    expect(further({ WebhookSecret: 'slack' })).toEqual([
      'secretsmanager:DescribeSecret arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-??????',
    ]);
  });

  it('Slack reads the one webhook that is named', () => {
    const kms = 'kms:Decrypt arn:aws:kms:eu-west-1:111122223333:key/*';
    const parameter = 'arn:aws:ssm:eu-west-1:111122223333:parameter/ronda/slack';
    const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-??????';
    const own = allowed('SlackRole');
    expect(allowed('SlackRole', { WebhookParameter: '/ronda/slack' })).toEqual(
      [
        ...own,
        `ssm:GetParameter ${parameter}`,
        `${kms} {"StringEquals":{"kms:ViaService":"ssm.eu-west-1.amazonaws.com","kms:EncryptionContext:PARAMETER_ARN":"${parameter}"}}`,
      ].toSorted(),
    );
    expect(allowed('SlackRole', { WebhookSecret: 'slack' })).toEqual(
      [
        ...own,
        `secretsmanager:GetSecretValue ${secret}`,
        `${kms} {"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"},"StringLike":{"kms:EncryptionContext:SecretARN":"${secret}"}}`,
      ].toSorted(),
    );
  });

  it('without a key, nobody may use one', () => {
    for (const role of named('AWS::IAM::Role'))
      expect(allowed(role, { Encryption: 's3' }).filter((line) => line.includes('ReportKey'))).toEqual([]);
  });

  it('the scan role has the generated policy and nothing else, and both fit', async () => {
    const { Policies, ManagedPolicyArns } = properties('ScanRole');
    expect(ManagedPolicyArns).toBeUndefined();
    expect(Policies).toEqual([
      {
        PolicyName: 'scan',
        PolicyDocument: JSON.parse(await readFile(join(root, 'infra/scan-role-policy.json'), 'utf8')),
      },
    ]);
    // IAM quotas: inline policies of a role may have 10,240 characters together, white space not counted.
    expect(JSON.stringify(Policies[0].PolicyDocument).length).toBeLessThan(10_240);
  });

  it('the schedule starts runs, the machine calls the four steps', () => {
    expect(allowed('NightlyRole')).toEqual(
      [...via('sqs'), 'sqs:SendMessage DeadLetters', 'states:StartExecution RunMachine'].toSorted(),
    );
    const steps = ['Collect', 'Evaluate', 'Plan', 'Publish'].map(
      (name) => `lambda:InvokeFunction ${name}LambdaFunction`,
    );
    const machine = 'arn:aws:states:eu-west-1:111122223333';
    const followed = [`${machine}:execution:ronda-dev-run/*`, `${machine}:execution:ronda-dev-run:*`];
    expect(allowed('RunMachineRole').filter((line) => !line.startsWith('logs:'))).toEqual(
      [
        ...steps,
        `states:StartExecution ${machine}:stateMachine:ronda-dev-run`,
        ...['DescribeExecution', 'StopExecution', 'RedriveExecution'].flatMap((action) =>
          followed.map((execution) => `states:${action} ${execution}`),
        ),
        ...get('runs/*/items.json', 'runs/*/accounts.json', 'runs/*/map/*'),
        ...put('runs/*/map/*'),
        's3:ListMultipartUploadParts ReportBucket/runs/*/map/*',
        's3:AbortMultipartUpload ReportBucket/runs/*/map/*',
        ...via('s3'),
      ].toSorted(),
    );
  });

  it('are trusted for no service of another account', () => {
    for (const role of ['NightlyRole', 'RunMachineRole']) {
      expect(properties(role).AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
        StringEquals: { 'aws:SourceAccount': '111122223333' },
      });
    }
  });
});

describe('storage', () => {
  it.each(['ReportBucket', 'AccessLogs'])('%s is private, versioned, and survives the stack', (name) => {
    expect(template.Resources[name]!.DeletionPolicy).toBe('Retain');
    expect(properties(name)).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    const { Statement } = properties(`${name}Policy`).PolicyDocument as { Statement: Statement[] };
    const denied = Statement.filter(({ Effect }) => Effect === 'Deny');
    for (const statement of denied)
      expect(statement).toMatchObject({ Principal: '*', Action: 's3:*', Resource: [name, `${name}/*`] });
    expect(denied.map(({ Condition }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': '1.2' } },
    ]);
  });

  it('is encrypted with the key of the stack, or with keys of S3', () => {
    const rule = (parameters: object) =>
      properties('ReportBucket', parameters).BucketEncryption.ServerSideEncryptionConfiguration[0];
    expect(rule({ Encryption: 'kms' })).toEqual({
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'ReportKey' },
    });
    expect(rule({ Encryption: 's3' })).toEqual({
      BucketKeyEnabled: false,
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
    });
    expect(
      properties('AccessLogs').BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault
        .SSEAlgorithm,
    ).toBe('AES256');
  });

  it('keeps each kind of object for its time', () => {
    const days = Object.fromEntries(
      properties('ReportBucket')
        .LifecycleConfiguration.Rules.filter(({ Prefix }: { Prefix?: string }) => Prefix)
        .map((rule: { Prefix: string; ExpirationInDays: string }) => [rule.Prefix, Number(rule.ExpirationInDays)]),
    );
    expect(days).toEqual({ 'runs/': 400, 'findings/': 400, 'inventory/': 90, 'athena/': 7 });
  });

  it('logs who reads reports, where only S3 may write', () => {
    expect(properties('ReportBucket').LoggingConfiguration.DestinationBucketName).toBe('AccessLogs');
    const allows = properties('AccessLogsPolicy').PolicyDocument.Statement.filter(
      ({ Effect }: Statement) => Effect === 'Allow',
    );
    expect(allows).toMatchObject([
      {
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Condition: {
          ArnLike: { 'aws:SourceArn': 'ReportBucket' },
          StringEquals: { 'aws:SourceAccount': '111122223333' },
        },
      },
    ]);
  });

  it('the key rotates, and lets in nobody but the account and what sends for it', () => {
    const { EnableKeyRotation, KeyPolicy } = properties('ReportKey');
    expect(EnableKeyRotation).toBe(true);
    expect(template.Resources['ReportKey']).toMatchObject({ Condition: 'HasKey', DeletionPolicy: 'Retain' });
    expect(KeyPolicy.Statement).toMatchObject([
      { Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      {
        Principal: { Service: ['cloudwatch.amazonaws.com', 'sns.amazonaws.com'] },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
      { Sid: 'LogsOfTheStack' },
    ]);
  });
});

describe('messages', () => {
  it('the topic is encrypted, speaks TLS, and takes messages from nobody but this account', () => {
    expect(properties('Topic').KmsMasterKeyId).toBe('ReportKey');
    const { Statement } = properties('TopicPolicy').PolicyDocument as { Statement: Statement[] };
    expect(Statement).toMatchObject([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('dead letters are kept encrypted for 14 days', () => {
    expect(properties('DeadLetters')).toEqual({ MessageRetentionPeriod: 1_209_600, KmsMasterKeyId: 'ReportKey' });
    expect(properties('DeadLetters', { Encryption: 's3' })).toEqual({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    expect(properties('SlackLambdaFunction').DeadLetterConfig).toEqual({ TargetArn: 'DeadLetters' });
    expect(properties('SlackSubscription').RedrivePolicy).toEqual({ deadLetterTargetArn: 'DeadLetters' });
    const { Statement } = properties('DeadLettersPolicy').PolicyDocument as { Statement: Statement[] };
    expect(Statement.map(({ Sid, Effect }) => `${Effect} ${Sid}`)).toEqual(['Allow TopicSends', 'Deny TlsOnly']);
  });

  it('an e-mail address subscribes when there is one', () => {
    expect(template.Resources['EmailSubscription']).toMatchObject({
      Condition: 'HasEmail',
      Properties: { Protocol: 'email' },
    });
  });
});

describe('the night', () => {
  it('starts by a schedule that retries and keeps what it could not start', () => {
    expect(properties('Nightly')).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      Target: {
        Arn: 'RunMachine',
        RoleArn: 'NightlyRole',
        DeadLetterConfig: { Arn: 'DeadLetters' },
        RetryPolicy: { MaximumRetryAttempts: 5 },
      },
    });
    expect(properties('RunMachine').LoggingConfiguration).toMatchObject({
      Level: 'ERROR',
      IncludeExecutionData: false,
    });
    expect(properties('RunLogs').RetentionInDays).toBe(365);
  });

  it('is missed when it fails or does not come, and so are lost letters', () => {
    for (const alarm of named('AWS::CloudWatch::Alarm')) expect(properties(alarm).AlarmActions).toEqual(['Topic']);
    const failed = properties('RunFailedAlarm').Metrics.flatMap(
      ({ MetricStat }: { MetricStat?: { Metric: { MetricName: string } } }) => MetricStat?.Metric.MetricName ?? [],
    );
    expect(failed).toEqual(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted']);
    const { Period, EvaluationPeriods, ...missing } = properties('RunMissingAlarm');
    expect(missing).toMatchObject({
      MetricName: 'Completed',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    expect(Period * EvaluationPeriods).toBe(26 * 3600);
    // CloudWatch API reference, PutMetricAlarm: seven days at most, and one day with periods under an hour.
    expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period >= 3600 ? 604_800 : 86_400);
    expect(properties('DeadLettersAlarm')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Value: 'DeadLetters.QueueName' }],
    });
  });
});

describe('the report bucket', () => {
  type Step = 'Plan' | 'Collect' | 'Evaluate' | 'Publish';
  const RUN = { date: '2026-06-01', run: '20260601T020000000Z-stack' };

  /** What each step of a night asks of the bucket, as `action key`; steps are repeated, before and after the run is published. */
  async function askedInTwoNights(): Promise<readonly (readonly [Step, string])[]> {
    const base = memoryStore();
    const asked = new Map<string, readonly [Step, string]>();
    const as = (step: Step): Store => {
      const note = (what: string) => asked.set(`${step} ${what}`, [step, what]);
      return {
        url: base.url,
        put: (key, ...rest) => (note(`s3:PutObject ${key}`), base.put(key, ...rest)),
        get: (key) => (note(`s3:GetObject ${key}`), base.get(key)),
        list: (prefix) => (note(`s3:ListBucket ${prefix}`), base.list(prefix)),
      };
    };
    const entrances = { home: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }) };
    const never = new AbortController().signal;
    const region = 'eu-west-1';
    for (const run of [RUN, { ...RUN, run: `${RUN.run}-2` }]) {
      const startedAt = '2026-06-01T02:00:00.000Z';
      const planning = { entrances, types: resources, run, startedAt, region, regions: [region], checks };
      const planned = await planStep({ ...planning, store: as('Plan') });
      for (const item of await readJson<ItemKey[]>(base, planned.items))
        await collectStep({ store: as('Collect'), resources, entrances, pause: never, deadline: never }, item);
      const account = { run, account: '111122223333' };
      for (let turn = 1; turn <= 2; turn += 1) {
        await evaluateStep({ store: as('Evaluate'), checks }, account);
        await publishStep(as('Publish'), run, { tool: 'ronda', checks, send: async () => {} });
      }
    }
    return [...asked.values()];
  }

  it('is open to each step for what it asks, also when it is repeated', async () => {
    const emulator = await startEmulator({ profile: { credentialReportPolls: 0 } });
    useEmulator(emulator);
    const asked = await askedInTwoNights().finally(() => emulator.close());
    expect(asked.length).toBeGreaterThan(50);
    const refused = asked.filter(([step, what]) => {
      const [action, key] = what.split(' ') as [string, string];
      return !allowed(`${step}Role`).some((line) => {
        const [own, resource, ...rest] = line.split(' ');
        if (own !== action) return false;
        if (action !== 's3:ListBucket') return patternOf(resource!.replace('ReportBucket/', ''))(key);
        const [prefixes] = Object.values(JSON.parse(rest.join(' ')) as object) as [{ 's3:prefix': string[] }];
        return prefixes['s3:prefix'].some((prefix) => patternOf(prefix)(key));
      });
    });
    expect(refused).toEqual([]);
  }, 120_000);
});
