import { hexId } from './defaults/common.ts';
import type { Ec2File } from './defaults/ec2.ts';
import type { IamFile, UserFile } from './defaults/iam.ts';
import type { RdsFile } from './defaults/rds.ts';
import type { S3File } from './defaults/s3.ts';
import { DEFAULT_REGIONS } from './regions.ts';
import type { AccountFile, RegionFile, WorldFile } from './world.ts';

/** How much of everything an account has. */
export interface Size {
  readonly users: number;
  readonly groups: number;
  readonly roles: number;
  /** Customer managed policies. */
  readonly policies: number;
  readonly inlinePolicies: number;
  readonly buckets: number;
  readonly instances: number;
  readonly securityGroups: number;
  /** All VPCs, with the default VPC of each Region. */
  readonly vpcs: number;
  readonly snapshots: number;
  readonly launchTemplates: number;
  readonly databases: number;
  readonly parameterGroups: number;
  readonly databaseSnapshots: number;
  readonly trails: number;
}

export interface WorldSize extends Partial<Size> {
  /** How many Regions are enabled (default 17). */
  readonly regions?: number;
  /** How many of them hold what is spread over Regions (default all). */
  readonly busyRegions?: number;
  readonly accounts?: number;
  readonly seed?: number;
  /** The accounts are numbered from here. */
  readonly firstAccount?: string;
}

/** The reference account of the benchmark. */
export const SMALL: Size = {
  users: 50,
  groups: 10,
  roles: 60,
  policies: 40,
  inlinePolicies: 45,
  buckets: 61,
  instances: 99,
  securityGroups: 60,
  vpcs: 20,
  snapshots: 60,
  launchTemplates: 12,
  databases: 12,
  parameterGroups: 6,
  databaseSnapshots: 30,
  trails: 1,
};

/** A size with everything multiplied, but for the trails. */
export function times(size: Size, factor: number): Size {
  const multiplied = Object.entries(size).map(([key, count]) => [key, key === 'trails' ? count : count * factor]);
  return Object.fromEntries(multiplied) as Record<keyof Size, number>;
}

interface Making {
  readonly account: string;
  readonly size: Size;
  readonly regions: readonly string[];
  readonly busy: readonly string[];
  readonly random: () => number;
}

/** The Region that no account can be without comes first. */
const REGIONS = ['us-east-1', ...DEFAULT_REGIONS.filter((region) => region !== 'us-east-1')];
const FIRST_ACCOUNT = 111122223333;

/** Makes a world of that size. The same size and seed make the same world. Nothing asked for is an empty account. */
export function worldOf({
  regions = 17,
  busyRegions = regions,
  accounts = 1,
  seed = 1,
  firstAccount = String(FIRST_ACCOUNT),
  ...size
}: WorldSize): WorldFile {
  const enabled = REGIONS.slice(0, regions);
  const nothing = Object.fromEntries(Object.keys(SMALL).map((key) => [key, 0])) as unknown as Size;
  const ids = Array.from({ length: accounts }, (_, i) => String(Number(firstAccount) + i));
  const random = randomFrom(seed);
  const busy = enabled.slice(0, busyRegions);
  return {
    accounts: Object.fromEntries(
      ids.map((account) => [
        account,
        accountOf({ account, size: { ...nothing, ...size }, regions: enabled, busy, random }),
      ]),
    ),
  };
}

export interface OrganizationSize {
  readonly accounts: number;
  /** How many Regions are enabled besides us-west-2, which may be one of them (default 17). */
  readonly regions?: number;
  /** How many Regions of an account hold what is spread over Regions. */
  readonly busyRegions?: number;
  /** What an account has. Somebody set it up: Regions that hold nothing have no VPC, and what can be set for a Region is safe. */
  readonly size?: Partial<Size>;
  /** Every so many-th account is larger: it has this, in every Region. */
  readonly largerEvery?: number;
  readonly larger?: Partial<Size>;
  /** What the second account has, in every Region. */
  readonly largest?: Partial<Size>;
  /** The role that the management account may assume in each of them, and what it must know. */
  readonly role: string;
  readonly externalId?: string;
  /** Buckets and topics of the management account. */
  readonly buckets?: readonly string[];
  readonly topics?: readonly string[];
}

/** The n-th account of a made organisation, from 0, which is its management account. */
export const accountId = (n: number): string => String(FIRST_ACCOUNT + n);

/** Names of what accounts of an organisation are in; as deep as people make it. */
const UNITS = ['Security', 'Infrastructure', 'Workloads', 'Sandboxes', 'Production', 'Testing'];

/** An organisation with units, whose member accounts are made when somebody asks for them. The same size makes the same. */
export function organizationWorldOf(wanted: OrganizationSize): WorldFile {
  const ids = list(wanted.accounts, accountId);
  const management = ids[0]!;
  const unitId = (n: number) => `ou-scal-${UNITS[n]!.toLowerCase().padEnd(14, '0')}`;
  const describe = (id: string) => memberOf(id, wanted);
  return {
    defaultAccount: management,
    accounts: { [management]: managementOf(describe(management), wanted) },
    made: { ids: ids.slice(1), describe },
    organization: {
      Id: 'o-scale00001',
      ManagementAccount: management,
      RootId: 'r-scal',
      PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
      OrganizationalUnits: UNITS.map((Name, n) => ({
        Id: unitId(n),
        Name,
        // Production and testing are workloads.
        ...(n > 3 ? { ParentId: unitId(2) } : {}),
      })),
      Accounts: ids.map((Id, n) => ({
        Id,
        Name: n === 0 ? 'management' : `account-${n}`,
        ...(n === 0 ? {} : { ParentId: unitId(n % UNITS.length) }),
      })),
    },
  };
}

/** Where multi-Region access points are asked for: no account can do without it. */
const MULTI_REGION = 'us-west-2';
const SET_UP: Ec2File = {
  EbsEncryptionByDefault: true,
  ImageBlockPublicAccess: 'block-new-sharing',
  SnapshotBlockPublicAccess: 'block-all-sharing',
};

function memberOf(id: string, wanted: OrganizationSize): AccountFile {
  const { regions = 17, busyRegions = 2, size = {}, largerEvery = Infinity, larger, largest, role } = wanted;
  const n = Number(id) - FIRST_ACCOUNT;
  const own = n === 1 ? largest : n > 1 && n % largerEvery === 0 ? larger : undefined;
  const spread = own ? { ...own, busyRegions: regions } : { ...size, busyRegions };
  const file = worldOf({ ...spread, regions, seed: n + 1, firstAccount: id });
  const made = file.accounts[id]!;
  const account = {
    ...made,
    Regions: [...new Set([...made.Regions!, MULTI_REGION])],
    ...(!own && { everyRegion: { ec2: SET_UP } }),
  };
  const condition = wanted.externalId && { StringEquals: { 'sts:ExternalId': wanted.externalId } };
  const trust = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: `arn:aws:iam::${accountId(0)}:root` },
    ...(condition && { Condition: condition }),
  };
  const scanRole = {
    RoleName: role,
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
    AttachedManagedPolicies: ['SecurityAudit'],
  };
  return { ...account, iam: { ...account.iam, Roles: [...(account.iam?.Roles ?? []), scanRole] } };
}

function managementOf(account: AccountFile, { buckets = [], topics = [] }: OrganizationSize): AccountFile {
  const home = account.regions?.['us-east-1'];
  return {
    ...account,
    s3: {
      ...account.s3,
      Buckets: [...(account.s3?.Buckets ?? []), ...buckets.map((Name) => ({ Name, Region: 'us-east-1' }))],
    },
    regions: { ...account.regions, 'us-east-1': { ...home, sns: { Topics: topics.map((Name) => ({ Name })) } } },
  };
}

/** mulberry32: a small generator with a seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function accountOf(making: Making): AccountFile {
  return {
    Regions: making.regions,
    iam: iam(making),
    s3: s3(making),
    everyRegion: { ec2: { defaultVpc: true } },
    regions: Object.fromEntries(making.busy.map((region, i) => [region, regionOf(making, region, i)])),
  };
}

/** The numbers of the things that the i-th busy Region gets. */
function share(count: number, i: number, { busy }: Making): number[] {
  return Array.from({ length: count }, (_, n) => n).filter((n) => n % busy.length === i);
}

const list = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const statement = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const daysAgo = (days: number) => `-${Math.max(1, Math.floor(days))}d`;

function iam({ account, size, random }: Making): IamFile {
  const perUser = Math.min(1, size.inlinePolicies / 3 / Math.max(1, size.users));
  const inlineRoles = size.inlinePolicies - Math.floor(size.users * perUser);
  const user = (n: number): UserFile => ({
    UserName: `user-${n}`,
    CreateDate: daysAgo(100 + random() * 900),
    GroupList: size.groups > 0 ? [`group-${n % size.groups}`] : [],
    AccessKeys: n % 2 === 0 ? [{ CreateDate: daysAgo(random() * 300), LastUsedDate: daysAgo(random() * 100) }] : [],
    MFADevices: n % 5 === 0 ? [] : [{}],
    ...(n % 3 === 0 ? {} : { Password: { LastUsed: daysAgo(random() * 90) } }),
    UserPolicyList:
      n < size.users * perUser ? [{ PolicyName: 'inline', PolicyDocument: statement('s3:GetObject') }] : [],
  });
  return {
    Root: { MFADevices: [{}], Password: {} },
    PasswordPolicy: { MinimumPasswordLength: 14 },
    Users: list(size.users, user),
    Groups: list(size.groups, (n) => ({ GroupName: `group-${n}`, AttachedManagedPolicies: ['ReadOnlyAccess'] })),
    Roles: list(size.roles, (n) => ({
      RoleName: `role-${n}`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: n % 20 === 19 ? { AWS: '*' } : { AWS: `arn:aws:iam::${account}:root` },
          },
        ],
      },
      AttachedManagedPolicies: size.policies > 0 ? [`policy-${n % size.policies}`] : [],
      RolePolicyList: n < inlineRoles ? [{ PolicyName: 'inline', PolicyDocument: statement('logs:PutLogEvents') }] : [],
    })),
    Policies: list(size.policies, (n) => ({
      PolicyName: `policy-${n}`,
      Document: statement(n % 25 === 24 ? '*' : 'ec2:Describe*'),
    })),
  };
}

function s3({ account, size, busy }: Making): S3File {
  const open = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
  };
  return {
    Buckets: list(size.buckets, (n) => ({
      Name: `bucket-${account}-${n}`,
      Region: busy[n % busy.length]!,
      Versioning: n % 3 === 0 ? {} : { Status: 'Enabled' },
      ...(n % 20 === 19 ? { Policy: open, PublicAccessBlock: null } : {}),
      ...(n % 4 === 0 ? { LoggingEnabled: { TargetBucket: `bucket-${account}-0`, TargetPrefix: `${n}/` } } : {}),
    })),
  };
}

function regionOf(making: Making, region: string, i: number): RegionFile {
  const { size } = making;
  const trails = share(size.trails, i, making).map((n) => ({
    Name: `trail-${n}`,
    S3BucketName: `bucket-${making.account}-0`,
    IsMultiRegionTrail: true,
    LogFileValidationEnabled: true,
  }));
  return { ec2: ec2(making, region, i), rds: rds(making, region, i), cloudtrail: { Trails: trails } };
}

function ec2(making: Making, region: string, i: number): Ec2File {
  const { account, size, regions } = making;
  const id = (prefix: string, n: number) => hexId(prefix, account, region, String(n));
  const vpcs = share(Math.max(0, size.vpcs - regions.length), i, making);
  const home = vpcs[0];
  const groups = share(size.securityGroups, i, making);
  const defaultVpc = hexId('vpc', account, region, 'default');
  return {
    defaultVpc: true,
    Vpcs: vpcs.map((n) => ({ VpcId: id('vpc', n), CidrBlock: `10.${n % 256}.0.0/16` })),
    Subnets: vpcs.map((n) => ({ SubnetId: id('subnet', n), VpcId: id('vpc', n), CidrBlock: `10.${n % 256}.0.0/16` })),
    SecurityGroups: groups.map((n) => ({
      GroupId: id('sg', n),
      GroupName: `group-${n}`,
      VpcId: home === undefined ? defaultVpc : id('vpc', home),
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: n % 10 === 9 ? 22 : 443,
          ToPort: n % 10 === 9 ? 22 : 443,
          IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        },
      ],
    })),
    Instances: share(size.instances, i, making).map((n) => ({
      InstanceId: id('i', n),
      ...(home === undefined ? {} : { SubnetId: id('subnet', home) }),
      SecurityGroups: groups.length > 0 ? [{ GroupId: id('sg', groups[n % groups.length]!) }] : [],
      MetadataOptions: { HttpTokens: n % 4 === 0 ? 'optional' : 'required' },
      Tags: [{ Key: 'Name', Value: `instance-${n}` }],
      UserData: `#!/bin/sh\necho instance ${n}\n${n % 33 === 32 ? 'export DB_PASSWORD=correct-horse-battery\n' : ''}`,
      ...(n % 8 === 0 ? { PublicIpAddress: `203.0.${Math.floor(n / 250) % 256}.${(n % 250) + 1}` } : {}),
    })),
    Snapshots: share(size.snapshots, i, making).map((n) => ({
      SnapshotId: id('snap', n),
      Encrypted: n % 2 === 0,
      Public: n % 30 === 29,
    })),
    LaunchTemplateVersions: share(size.launchTemplates, i, making).map((n) => ({
      LaunchTemplateId: id('lt', n),
      LaunchTemplateName: `template-${n}`,
      LaunchTemplateData: { MetadataOptions: { HttpTokens: n % 3 === 0 ? 'optional' : 'required' } },
    })),
  };
}

function rds(making: Making, region: string, i: number): RdsFile {
  const { size, account } = making;
  const groups = share(size.parameterGroups, i, making).map((n) => `parameters-${n}`);
  const subnet = (zone: string) => hexId('subnet', account, region, 'default', `${region}${zone}`);
  return {
    DBSubnetGroups: size.databases > 0 ? [{ DBSubnetGroupName: 'default', SubnetIds: [subnet('a'), subnet('c')] }] : [],
    DBParameterGroups: Object.fromEntries(
      groups.map((name, n) => [name, { Family: 'postgres16', Parameters: { 'rds.force_ssl': String(n % 2) } }]),
    ),
    DBInstances: share(size.databases, i, making).map((n) => ({
      DBInstanceIdentifier: `database-${n}`,
      Engine: 'postgres',
      DBSubnetGroupName: 'default',
      StorageEncrypted: n % 3 !== 0,
      PubliclyAccessible: n % 6 === 5,
      BackupRetentionPeriod: n % 4 === 3 ? 0 : 7,
      ...(groups.length > 0 ? { DBParameterGroupName: groups[n % groups.length]! } : {}),
    })),
    DBSnapshots: share(size.databaseSnapshots, i, making).map((n) => ({
      DBSnapshotIdentifier: `snapshot-${n}`,
      DBInstanceIdentifier: `database-${n % Math.max(1, size.databases)}`,
      Encrypted: n % 2 === 0,
      Shared: n % 15 === 13 ? ['all'] : [],
    })),
  };
}
