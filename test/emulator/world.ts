import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { AlternateContact } from '@aws-sdk/client-account';
import type { AutoScalingGroup, LaunchConfiguration } from '@aws-sdk/client-auto-scaling';
import type { Project } from '@aws-sdk/client-codebuild';
import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import type { Cluster as DaxCluster, SubnetGroup } from '@aws-sdk/client-dax';
import type { CacheCluster, CacheSubnetGroup } from '@aws-sdk/client-elasticache';
import type { Cluster as RedshiftCluster, ClusterSubnetGroup } from '@aws-sdk/client-redshift';
import type { InstanceInformation } from '@aws-sdk/client-ssm';
import { analyzerOf, cloudtrailOf, kmsOf, type Analyzer, type Key, type TrailDescription } from './defaults/audit.ts';
import type { Described } from './defaults/common.ts';
import { applicationOf, pipelineOf, projectOf, type Application } from './defaults/delivery.ts';
import type { Ec2 } from './defaults/ec2-model.ts';
import { ec2Of, type Ec2File } from './defaults/ec2.ts';
import { iamOf, type Iam, type IamFile } from './defaults/iam.ts';
import {
  balancerInterfaces,
  balancerOf,
  classicBalancerOf,
  type Balancer,
  type ClassicBalancer,
} from './defaults/load-balancers.ts';
import { organizationOf, type Organization, type OrganizationFile } from './defaults/organization.ts';
import { databaseInterfaces, rdsOf, type Rds, type RdsFile } from './defaults/rds.ts';
import { s3Of, type S3, type S3File } from './defaults/s3.ts';
import { DEFAULT_REGIONS } from './regions.ts';

/** What one Region of an account holds, as it is written in the description. */
export interface RegionFile {
  readonly ec2?: Ec2File;
  readonly rds?: RdsFile;
  readonly accessanalyzer?: { readonly Analyzers?: readonly Analyzer[] };
  readonly cloudtrail?: { readonly Trails?: readonly TrailDescription[] };
  readonly codebuild?: { readonly Projects?: Described<Project>[] };
  readonly codedeploy?: { readonly Applications?: Application[] };
  readonly codepipeline?: { readonly Pipelines?: Described<PipelineDeclaration>[] };
  readonly kms?: { readonly Keys?: readonly Key[] };
  readonly autoscaling?: {
    readonly AutoScalingGroups?: Described<AutoScalingGroup>[];
    readonly LaunchConfigurations?: Described<LaunchConfiguration>[];
  };
  readonly elasticache?: {
    readonly CacheSubnetGroups?: Described<CacheSubnetGroup>[];
    readonly CacheClusters?: Described<CacheCluster>[];
  };
  readonly elasticloadbalancing?: { readonly LoadBalancers?: ClassicBalancer[] };
  readonly elasticloadbalancingv2?: { readonly LoadBalancers?: Balancer[] };
  readonly redshift?: {
    readonly ClusterSubnetGroups?: Described<ClusterSubnetGroup>[];
    readonly Clusters?: Described<RedshiftCluster>[];
  };
  readonly dax?: { readonly SubnetGroups?: Described<SubnetGroup>[]; readonly Clusters?: Described<DaxCluster>[] };
  readonly sns?: { readonly Topics?: readonly Topic[] };
  readonly ssm?: {
    /** Parameter name -> value. */
    readonly Parameters?: Readonly<Record<string, string>>;
    readonly InstanceInformation?: Described<InstanceInformation>[];
  };
  /** Secret name -> value. */
  readonly secretsmanager?: Readonly<Record<string, string>>;
}

interface Topic {
  readonly Name: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}

export interface AccountFile {
  /** The ARN of callers whose keys say only the account. */
  readonly CallerArn?: string;
  /** The enabled Regions; by default those that AWS enables. */
  readonly Regions?: readonly string[];
  readonly AlternateContacts?: Described<AlternateContact>[];
  readonly iam?: IamFile;
  readonly s3?: S3File;
  /** What each enabled Region has, unless `regions` says otherwise, key by key of each service. */
  readonly everyRegion?: RegionFile;
  readonly regions?: Readonly<Record<string, RegionFile>>;
}

/**
 * The description of an organisation's accounts in JSON. Times may be written relative to the moment of loading:
 * "-100d", "-3h", "-20m", "+1d".
 */
export interface WorldFile {
  /** The account of callers with unknown keys; by default the first. */
  readonly defaultAccount?: string;
  readonly accounts: Readonly<Record<string, AccountFile>>;
  /** Further accounts that are made when somebody asks for them, and forgotten again: a thousand of them take little memory. */
  readonly made?: MadeAccounts;
  /** The organisation that these accounts, and perhaps others, are in; by default each stands alone. */
  readonly organization?: OrganizationFile;
}
interface MadeAccounts {
  readonly ids: readonly string[];
  /** The same for the same account, however often and in whatever order. */
  readonly describe: (id: string) => AccountFile;
}

export interface RegionWorld {
  readonly ec2: Ec2;
  readonly rds: Rds;
  readonly accessanalyzer: { readonly Analyzers: readonly Analyzer[] };
  readonly cloudtrail: { readonly Trails: readonly TrailDescription[] };
  readonly codebuild: Required<NonNullable<RegionFile['codebuild']>>;
  readonly codedeploy: Required<NonNullable<RegionFile['codedeploy']>>;
  readonly codepipeline: Required<NonNullable<RegionFile['codepipeline']>>;
  readonly kms: { readonly Keys: readonly Key[] };
  readonly autoscaling: Required<NonNullable<RegionFile['autoscaling']>>;
  readonly elasticache: Required<NonNullable<RegionFile['elasticache']>>;
  readonly elasticloadbalancing: Required<NonNullable<RegionFile['elasticloadbalancing']>>;
  readonly elasticloadbalancingv2: Required<NonNullable<RegionFile['elasticloadbalancingv2']>>;
  readonly redshift: Required<NonNullable<RegionFile['redshift']>>;
  readonly dax: Required<NonNullable<RegionFile['dax']>>;
  readonly sns: { readonly Topics: readonly Topic[] };
  readonly ssm: Required<NonNullable<RegionFile['ssm']>>;
  readonly secretsmanager: Readonly<Record<string, string>>;
}

export interface Account {
  readonly id: string;
  readonly callerArn: string;
  readonly AlternateContacts: Described<AlternateContact>[];
  readonly iam: Iam;
  readonly s3: S3;
  /** Every enabled Region, by name. */
  readonly regions: ReadonlyMap<string, RegionWorld>;
}

export interface World {
  readonly now: Date;
  readonly defaultAccount: string;
  /** Accounts that are made on demand are in none of the lists. */
  readonly accounts: Pick<ReadonlyMap<string, Account>, 'get' | 'keys' | 'values'>;
  readonly organization: Organization | undefined;
}

/** The example organisation: a folder, so that each service of each account has a file of its own. */
export const EXAMPLE = new URL('./example', import.meta.url).pathname;

/** Loads a description, from a file or folder or given as an object. Relative times count from `now`. */
export function loadWorld(source: string | WorldFile, now: Date = new Date()): World {
  const file = typeof source === 'string' ? readWorld(source) : source;
  const { accounts, made, defaultAccount, organization } = datesResolved(file, now) as WorldFile;
  const ids = Object.keys(accounts);
  const described = new Map(ids.map((id) => [id, accountOf(id, accounts[id]!)]));
  return {
    now,
    defaultAccount: defaultAccount ?? ids[0]!,
    accounts: made ? withMade(described, made, now) : described,
    organization: organization && organizationOf(organization),
  };
}

/** So many accounts that are made on demand are kept, those that were asked for last. */
const KEPT = 60;

function withMade(described: ReadonlyMap<string, Account>, made: MadeAccounts, now: Date): World['accounts'] {
  const known = new Set(made.ids);
  const kept = new Map<string, Account>();
  const madeAccount = (id: string): Account => {
    const account = kept.get(id) ?? accountOf(id, datesResolved(made.describe(id), now) as AccountFile);
    kept.delete(id);
    kept.set(id, account);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return account;
  };
  return {
    get: (id) => described.get(id) ?? (known.has(id) ? madeAccount(id) : undefined),
    keys: () => described.keys(),
    values: () => described.values(),
  };
}

/** A JSON file, or a folder that stands for an object: its files and folders are the keys. */
export function readWorld(path: string): WorldFile {
  return read(path) as WorldFile;
}

function read(path: string): unknown {
  if (!statSync(path).isDirectory()) return JSON.parse(readFileSync(path, 'utf8'));
  return Object.fromEntries(readdirSync(path).map((name) => [parse(name).name, read(join(path, name))]));
}

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function datesResolved(value: unknown, now: Date): unknown {
  if (typeof value === 'string') {
    const [, sign, count, unit] = /^([+-])(\d+)([mhd])$/.exec(value) ?? [];
    return sign ? new Date(now.getTime() + Number(sign + count!) * UNITS[unit!]!).toISOString() : value;
  }
  if (Array.isArray(value)) return value.map((one) => datesResolved(one, now));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, datesResolved(one, now)]));
}

function accountOf(id: string, file: AccountFile): Account {
  // No account can do without this Region.
  const enabled = new Set([...(file.Regions ?? DEFAULT_REGIONS), 'us-east-1']);
  return {
    id,
    callerArn: file.CallerArn ?? `arn:aws:iam::${id}:user/auditor`,
    AlternateContacts: file.AlternateContacts ?? [],
    iam: iamOf(file.iam ?? {}, id),
    s3: s3Of(file.s3 ?? {}, id),
    regions: new Map(
      [...enabled].map((region) => [
        region,
        regionOf({ account: id, region }, merged(file.everyRegion, file.regions?.[region])),
      ]),
    ),
  };
}

function merged(everywhere: RegionFile = {}, here: RegionFile = {}): RegionFile {
  // Completing a Region changes what it is given, and this is given to all.
  const copy = structuredClone(everywhere);
  const services = Object.entries(here).map(([service, one]) => [
    service,
    { ...(copy as Record<string, object>)[service], ...(one as object) },
  ]);
  return { ...copy, ...(Object.fromEntries(services) as RegionFile) };
}

function regionOf(place: { account: string; region: string }, file: RegionFile): RegionWorld {
  const ec2 = ec2Of(file.ec2 ?? {}, place);
  const rds = rdsOf(file.rds ?? {}, ec2, place);
  ec2.NetworkInterfaces.push(...databaseInterfaces(rds, ec2, place));
  const classic = (file.elasticloadbalancing?.LoadBalancers ?? []).map((one) => classicBalancerOf(one, place));
  const balancers = (file.elasticloadbalancingv2?.LoadBalancers ?? []).map((one) => balancerOf(one, place));
  ec2.NetworkInterfaces.push(...balancerInterfaces(balancers, classic, ec2, place));
  return {
    ec2,
    rds,
    accessanalyzer: { Analyzers: (file.accessanalyzer?.Analyzers ?? []).map((one) => analyzerOf(one, place)) },
    cloudtrail: { Trails: (file.cloudtrail?.Trails ?? []).map((trail) => cloudtrailOf(trail, place)) },
    codebuild: { Projects: (file.codebuild?.Projects ?? []).map((one) => projectOf(one, place)) },
    codedeploy: { Applications: (file.codedeploy?.Applications ?? []).map((one) => applicationOf(one, place)) },
    codepipeline: { Pipelines: (file.codepipeline?.Pipelines ?? []).map(pipelineOf) },
    kms: { Keys: (file.kms?.Keys ?? []).map((key) => kmsOf(key, place)) },
    autoscaling: { AutoScalingGroups: [], LaunchConfigurations: [], ...file.autoscaling },
    elasticache: { CacheSubnetGroups: [], CacheClusters: [], ...file.elasticache },
    elasticloadbalancing: { LoadBalancers: classic },
    elasticloadbalancingv2: { LoadBalancers: balancers },
    redshift: { ClusterSubnetGroups: [], Clusters: [], ...file.redshift },
    dax: { SubnetGroups: [], Clusters: [], ...file.dax },
    sns: { Topics: file.sns?.Topics ?? [] },
    ssm: { Parameters: {}, InstanceInformation: [], ...file.ssm },
    secretsmanager: file.secretsmanager ?? {},
  };
}
