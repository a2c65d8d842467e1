import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { types } from '../../checks/types.ts';
import { membersEntrance } from '../../lib/aws/credentials.ts';
import { parseWaivers } from '../../lib/config/waivers.ts';
import type { Waiver } from '../../lib/core/waivers.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import type { Key } from '../emulator/defaults/audit.ts';
import type { IamFile } from '../emulator/defaults/iam.ts';
import type { S3File } from '../emulator/defaults/s3.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import type { WorldFile } from '../emulator/world.ts';
import { packaged, resolved, root, type Stack, type Template } from '../infra/_stack.ts';
import { audited, checks, useEmulator } from '../support/audited.ts';

type Properties = Readonly<Record<string, any>>;
type Bucket = NonNullable<S3File['Buckets']>[number];
type Role = NonNullable<IamFile['Roles']>[number];

/** Account and region are those that `resolved` puts into the template. */
const HOME = '111122223333';
const MEMBER = '444455556666';
const REGION = 'eu-west-1';
const DAY = 86_400_000;
const WAIVERS = 'infra/waivers.yml';
const MEMBER_ROLE = 'infra/member-role.yml';
const waiverFile = readFileSync(join(root, WAIVERS), 'utf8');

/** Half a year before the first waiver ends, whenever that is: who copies the file chooses the day anew. */
const { waivers: written } = parse(waiverFile) as { waivers: readonly Waiver[] };
const NOW = new Date(Math.min(...written.map(({ expires }) => Date.parse(expires))) - 180 * DAY);

/** Resources of the template that the audit judges, or that belong to one that it judges. */
const TRANSLATED = ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy'];
/** No check judges these. */
const NOT_JUDGED = [
  'AWS::Athena::NamedQuery',
  'AWS::Athena::WorkGroup',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::KMS::Alias',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
  'AWS::StepFunctions::StateMachine',
];

/** What a stack makes, as the emulator describes it. */
interface Made {
  readonly s3: { readonly Buckets: Bucket[] };
  readonly iam: { readonly Roles: Role[] };
  readonly kms: { readonly Keys: Key[] };
  /** The ARNs, sorted. */
  readonly arns: readonly string[];
}

/**
 * Makes a template's resources: physical names as CloudFormation gives them, every property translated. A property or a type that is not
 * known here fails by its name: it could be what a check looks at.
 */
function made(template: Template, chosen: Readonly<Record<string, string>>, account = HOME): Made {
  // `resolved` takes each condition to ask whether what it is named after is set.
  const choices = {
    Members: chosen['MemberRole'] ?? '',
    Boundary: chosen['PermissionsBoundary'] ?? '',
    People: chosen['AlsoTrusted'] ?? '',
    ...chosen,
  };
  const entries = Object.entries(template.Resources).filter(
    ([, { Condition }]) =>
      Condition === undefined || resolved({ 'Fn::If': [Condition, true, false] }, template, choices),
  );
  const ids = Object.fromEntries(entries.map(([name, { Type }]) => [name, physicalName(name, Type)]));
  const arns = Object.fromEntries(entries.map(([name, { Type }]) => [name, arnOf(Type, ids[name]!, account)]));
  const names = {
    ...choices,
    ...ids,
    ...Object.fromEntries(entries.map(([name]) => [`${name}.Arn`, arns[name] ?? name])),
  };
  const all = entries.map(([name, { Type, Properties }]) => ({
    type: Type,
    id: ids[name]!,
    arn: arns[name],
    properties: resolved(Properties, template, names) as Properties,
  }));
  const unknown = all.filter(({ type }) => ![...TRANSLATED, ...NOT_JUDGED].includes(type));
  if (unknown.length > 0) throw new Error(`not translated: ${unknown.map(({ type, id }) => `${type} ${id}`).join()}`);
  const ofType = (type: string) => all.filter((one) => one.type === type);
  const policies = ofType('AWS::IAM::Policy').map(({ properties }) => properties);
  return {
    s3: {
      Buckets: ofType('AWS::S3::Bucket').map(({ id, properties }) => ({
        ...bucketOf(id, properties),
        Policy:
          ofType('AWS::S3::BucketPolicy').find((policy) => policy.properties['Bucket'] === id)?.properties[
            'PolicyDocument'
          ] ?? null,
      })),
    },
    iam: {
      Roles: ofType('AWS::IAM::Role').map(({ id, properties }) =>
        roleOf(
          id,
          properties,
          policies.filter(({ Roles }) => Roles.includes(id)),
        ),
      ),
    },
    kms: { Keys: ofType('AWS::KMS::Key').map(({ id, properties }) => keyOf(id, properties)) },
    arns: all.flatMap(({ arn }) => arn ?? []).toSorted(),
  };
}

function physicalName(name: string, type: string): string {
  if (type === 'AWS::S3::Bucket') return `ronda-dev-${name.toLowerCase()}-6x1kqxg3rlx9`;
  if (type === 'AWS::KMS::Key') return '6f1c9a52-0d8b-4c36-9a57-2b1f3e8d7c40';
  return `ronda-dev-${name}-6X1KQXG3RLX9`;
}

function arnOf(type: string, id: string, account: string): string | undefined {
  if (type === 'AWS::S3::Bucket') return `arn:aws:s3:::${id}`;
  if (type === 'AWS::KMS::Key') return `arn:aws:kms:${REGION}:${account}:key/${id}`;
  if (type === 'AWS::IAM::Role') return `arn:aws:iam::${account}:role/${id}`;
  return undefined;
}

/** The properties of a resource by name; each must be taken. */
function taken(id: string, properties: Properties, known: readonly string[]): Properties {
  const others = Object.keys(properties).filter((name) => !known.includes(name));
  if (others.length > 0) throw new Error(`not translated: ${others.join()} of ${id}`);
  return properties;
}

function bucketOf(id: string, properties: Properties): Bucket {
  const {
    BucketEncryption,
    VersioningConfiguration,
    PublicAccessBlockConfiguration,
    OwnershipControls,
    LoggingConfiguration,
    LifecycleConfiguration,
  } = taken(id, properties, [
    'BucketEncryption',
    'VersioningConfiguration',
    'PublicAccessBlockConfiguration',
    'OwnershipControls',
    'LoggingConfiguration',
    'LifecycleConfiguration',
  ]);
  return {
    Name: id,
    Region: REGION,
    PublicAccessBlock: PublicAccessBlockConfiguration,
    Versioning: VersioningConfiguration,
    Encryption: {
      Rules: BucketEncryption.ServerSideEncryptionConfiguration.map((rule: Properties) => ({
        ApplyServerSideEncryptionByDefault: rule['ServerSideEncryptionByDefault'],
        BucketKeyEnabled: rule['BucketKeyEnabled'] ?? false,
      })),
    },
    ...(OwnershipControls && { OwnershipControls }),
    LoggingEnabled: LoggingConfiguration
      ? { TargetBucket: LoggingConfiguration.DestinationBucketName, TargetPrefix: LoggingConfiguration.LogFilePrefix }
      : null,
    LifecycleRules: LifecycleConfiguration ? LifecycleConfiguration.Rules.map(ruleOf) : null,
  };
}

function ruleOf(rule: Properties): object {
  const { Id, Status, Prefix, ExpirationInDays, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = taken(
    `rule ${rule['Id']}`,
    rule,
    ['Id', 'Status', 'Prefix', 'ExpirationInDays', 'NoncurrentVersionExpiration', 'AbortIncompleteMultipartUpload'],
  );
  return {
    ID: Id,
    Status,
    Filter: { Prefix: Prefix ?? '' },
    ...(ExpirationInDays && { Expiration: { Days: Number(ExpirationInDays) } }),
    ...(NoncurrentVersionExpiration && { NoncurrentVersionExpiration }),
    ...(AbortIncompleteMultipartUpload && { AbortIncompleteMultipartUpload }),
  };
}

function roleOf(id: string, properties: Properties, attached: readonly Properties[]): Role {
  const { RoleName, Description, MaxSessionDuration, PermissionsBoundary, AssumeRolePolicyDocument, Policies } = taken(
    id,
    properties,
    ['RoleName', 'Description', 'MaxSessionDuration', 'PermissionsBoundary', 'AssumeRolePolicyDocument', 'Policies'],
  );
  return {
    RoleName: RoleName ?? id,
    Description,
    ...(MaxSessionDuration && { MaxSessionDuration }),
    ...(PermissionsBoundary && { PermissionsBoundary }),
    // A stack that was deployed yesterday.
    CreateDate: '-1d',
    AssumeRolePolicyDocument,
    RolePolicyList: [...Policies, ...attached].map(({ PolicyName, PolicyDocument }) => ({
      PolicyName,
      PolicyDocument,
    })),
  };
}

function keyOf(id: string, properties: Properties): Key {
  const { Description, EnableKeyRotation, KeyPolicy } = taken(id, properties, [
    'Description',
    'EnableKeyRotation',
    'KeyPolicy',
    'PendingWindowInDays',
  ]);
  return { KeyId: id, Description, Policy: KeyPolicy, Rotation: { KeyRotationEnabled: EnableKeyRotation } };
}

/** The organization of a stack, with the role of its members in one of them. */
function worldOf(home: Made, member: Made): WorldFile {
  return {
    defaultAccount: HOME,
    accounts: {
      [HOME]: { iam: home.iam, s3: home.s3, regions: { [REGION]: { kms: home.kms } } },
      [MEMBER]: { iam: member.iam },
    },
    organization: {
      Id: 'o-harbour12345',
      ManagementAccount: HOME,
      RootId: 'r-h4rb',
      Accounts: [
        { Id: HOME, Name: 'night watch' },
        { Id: MEMBER, Name: 'payments' },
      ],
    },
  };
}

const memberTemplate = parse(readFileSync(join(root, MEMBER_ROLE), 'utf8')) as Template;
const member = made(
  memberTemplate,
  { AuditAccount: HOME, AuditStack: 'ronda-dev', ExternalId: 'the-id-of-the-stack', RoleName: 'ronda-member' },
  MEMBER,
);
const memberArn = `arn:aws:iam::${MEMBER}:role/ronda-member`;

let stack: Stack;
beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'emulated', AWS_SECRET_ACCESS_KEY: 'emulated' });
  stack = await packaged();
}, 300_000);
afterAll(() => rm(stack.folder, { recursive: true }));

const waivers = parseWaivers(WAIVERS, waiverFile, { now: NOW, maxDays: 365, checkIds: checks.map(({ id }) => id) });

async function auditOf(world: WorldFile): Promise<Report> {
  const emulator: Emulator = await startEmulator({ now: NOW, world, profile: { credentialReportPolls: 0 } });
  useEmulator(emulator);
  try {
    return await audited({
      now: () => NOW,
      regions: [REGION],
      waivers,
      member: membersEntrance(
        { region: REGION },
        { memberRole: 'ronda-member', memberExternalId: 'the-id-of-the-stack' },
      ),
    });
  } finally {
    await emulator.close();
  }
}

const line = ({ status, severity, check, resource, message }: StoredFinding): string =>
  [status, severity, check, resource.id, message].join(' | ');

it('knows every type of the template, and no check judges what it leaves out', () => {
  const judged = types.map(({ type }) => type);
  expect(NOT_JUDGED.filter((type) => judged.includes(type))).toEqual([]);
  const there = new Set(Object.values(stack.template.Resources).map(({ Type }) => Type));
  expect([...TRANSLATED, ...NOT_JUDGED].filter((type) => !there.has(type))).toEqual([]);
  const strange = {
    ...stack.template,
    Resources: { Cache: { Type: 'AWS::ElastiCache::CacheCluster', Properties: {} } },
  };
  expect(() => made(strange, {})).toThrow('AWS::ElastiCache::CacheCluster ronda-dev-Cache');
});

it('waivers give a reason, and name resources of a stack of Ronda alone', () => {
  for (const { check, resource, reason } of waivers) {
    expect(check).not.toContain('*');
    expect(resource).toMatch(/^ronda-\*-[a-zA-Z]+-\*$/);
    expect(reason.length).toBeGreaterThan(40);
  }
});

const used = new Set<Waiver>();
describe.each<[string, Readonly<Record<string, string>>]>([
  ['with everything', { WebhookParameter: '/ronda/slack', MemberRole: 'ronda-member', Email: 'night@example.com' }],
  ['with keys of S3 and a secret', { Encryption: 's3', WebhookSecret: 'slack' }],
  ['as it comes', {}],
])('the stack %s', (_, choices) => {
  let own: Made;
  let report: Report;
  let findings: readonly StoredFinding[];
  beforeAll(async () => {
    own = made(stack.template, choices);
    report = await auditOf(worldOf(own, member));
    findings = report.findings.filter(({ resource }) => [...own.arns, memberArn].includes(resource.arn));
  });

  it('fails none of its own checks, but for what is accepted', () => {
    const failed = findings.filter(({ status, waiver }) => status === 'FAIL' && !waiver);
    expect(failed.map(line)).toEqual([]);
    for (const { waiver, covers } of report.header.waivers) if (covers > 0) used.add(waiver);
  });

  it('is judged, every resource of it', () => {
    expect(findings.filter(({ status }) => status === 'UNKNOWN').map(line)).toEqual([]);
    const judged = new Set(findings.filter(({ status }) => status === 'PASS').map(({ resource }) => resource.arn));
    expect([...own.arns, memberArn].filter((arn) => !judged.has(arn))).toEqual([]);
  });
});

it('no waiver is idle', () => {
  expect(
    written.filter(({ check, resource }) => ![...used].some((one) => one.check === check && one.resource === resource)),
  ).toEqual([]);
});

it('a stack that were worse would fail', async () => {
  const own = made(stack.template, {});
  for (const bucket of own.s3.Buckets) Object.assign(bucket, { Policy: null, Versioning: {} });
  for (const key of own.kms.Keys) Object.assign(key, { Rotation: { KeyRotationEnabled: false } });
  const { findings } = await auditOf(worldOf(own, member));
  const failed = findings.filter(
    ({ status, waiver, resource }) => status === 'FAIL' && !waiver && own.arns.includes(resource.arn),
  );
  // Without its policy, the bucket for access logs takes none.
  expect([...new Set(failed.map(({ check }) => check))].toSorted()).toEqual([
    'kms-key-rotation-enabled',
    's3-bucket-access-logging-enabled',
    's3-bucket-tls-only',
    's3-bucket-versioning-enabled',
  ]);
});
