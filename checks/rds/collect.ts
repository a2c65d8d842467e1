import {
  type DBCluster,
  type DBClusterAutomatedBackup,
  type DBInstanceAutomatedBackup,
  type DBProxy,
  type DBSnapshotAttribute,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBSnapshotAttributesCommand,
  paginateDescribeDBClusterAutomatedBackups,
  paginateDescribeDBClusters,
  paginateDescribeDBClusterSnapshots,
  paginateDescribeDBInstanceAutomatedBackups,
  paginateDescribeDBInstances,
  paginateDescribeDBProxies,
  paginateDescribeDBProxyTargetGroups,
  paginateDescribeDBSnapshots,
  paginateDescribeDBSubnetGroups,
  RDSClient,
  type VpcSecurityGroupMembership,
} from '@aws-sdk/client-rds';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import { hasAuditOption } from './_audit.ts';
import { isCustom, notJudged, notJudgedAlone } from './_databases.ts';
import { hasLogParameters, LOG_PARAMETERS, type LogParameters } from './_logs.ts';
import {
  authorities,
  clusterParameters,
  type MajorVersion,
  majorVersions,
  optionGroups,
  type Options,
  PAGE,
  parameters,
  releases,
  type Settings,
} from './_sources.ts';
import { hasTlsOptions, hasTlsParameters, TLS_PARAMETERS, type TlsSettings } from './_tls.ts';
import { hasLifecycle, lifecycleOf } from './_versions.ts';

/** Backups that outlive their database. */
const RETAINED = [{ Name: 'status', Values: ['retained'] }];
const rds = service(RDSClient);
const describeInstances = rds.pages(paginateDescribeDBInstances, 'rds:DescribeDBInstances');
const describeClusters = rds.pages(paginateDescribeDBClusters, 'rds:DescribeDBClusters');
const describeSubnetGroups = rds.pages(paginateDescribeDBSubnetGroups, 'rds:DescribeDBSubnetGroups');
const describeBackups = rds.pages(paginateDescribeDBInstanceAutomatedBackups, 'rds:DescribeDBInstanceAutomatedBackups');
const describeSnapshots = rds.pages(paginateDescribeDBSnapshots, 'rds:DescribeDBSnapshots');
const describeClusterSnapshots = rds.pages(paginateDescribeDBClusterSnapshots, 'rds:DescribeDBClusterSnapshots');
const describeClusterBackups = rds.pages(
  paginateDescribeDBClusterAutomatedBackups,
  'rds:DescribeDBClusterAutomatedBackups',
);
const describeProxies = rds.pages(paginateDescribeDBProxies, 'rds:DescribeDBProxies');
const describeTargetGroups = rds.pages(paginateDescribeDBProxyTargetGroups, 'rds:DescribeDBProxyTargetGroups', {
  gone: ['DBProxyNotFoundFault'],
});
// Names of the SDK: on the wire the first is DBSnapshotNotFound.
const describeSnapshotAttributes = rds.call(DescribeDBSnapshotAttributesCommand, 'rds:DescribeDBSnapshotAttributes', {
  gone: ['DBSnapshotNotFoundFault'],
});
const describeClusterSnapshotAttributes = rds.call(
  DescribeDBClusterSnapshotAttributesCommand,
  'rds:DescribeDBClusterSnapshotAttributes',
  { gone: ['DBClusterSnapshotNotFoundFault'] },
);

export const dbInstance = resource(
  'AWS::RDS::DBInstance',
  {
    scope: 'regional',
    operations: [describeInstances],
    list: paged(describeInstances, PAGE, (page) => page.DBInstances),
    found: (i) => ({
      id: i.DBInstanceIdentifier,
      arn: i.DBInstanceArn,
      tags: tagsOf(i.TagList),
      base: {
        engine: i.Engine,
        engineVersion: i.EngineVersion,
        status: i.DBInstanceStatus,
        cluster: i.DBClusterIdentifier ?? null,
        engineMode: null,
        createdAt: i.InstanceCreateTime?.toISOString(),
        /** Of the endpoint: DbInstancePort is 0 for most engines. Null for an instance without endpoint. */
        port: i.Endpoint ? i.Endpoint.Port : null,
        networkType: i.NetworkType ?? null,
        publiclyAccessible: i.PubliclyAccessible,
        customerOwnedIp: i.CustomerOwnedIpEnabled ?? null,
        subnetGroup: i.DBSubnetGroup ? i.DBSubnetGroup.DBSubnetGroupName : null,
        securityGroups: each(i.VpcSecurityGroups, securityGroup),
        encryption: encryptionOf(i.StorageEncryptionType, i.StorageEncrypted),
        kmsKey: i.KmsKeyId ?? null,
        backupRetentionDays: i.BackupRetentionPeriod,
        backupRecoveryPoint: i.AwsBackupRecoveryPointArn ?? null,
        replicaOf: i.ReadReplicaSourceDBInstanceIdentifier ?? i.ReadReplicaSourceDBClusterIdentifier ?? null,
        parameterGroups: each(i.DBParameterGroups, (group) =>
          whole({ name: group.DBParameterGroupName, applyStatus: group.ParameterApplyStatus }),
        ),
        optionGroups: each(i.OptionGroupMemberships, (group) =>
          whole({ name: group.OptionGroupName, status: group.Status }),
        ),
        latestRestorableTime: i.LatestRestorableTime?.toISOString() ?? null,
        multiAz: i.MultiAZ,
        autoMinorVersionUpgrade: i.AutoMinorVersionUpgrade,
        deletionProtection: i.DeletionProtection,
        iamAuthentication: i.IAMDatabaseAuthenticationEnabled,
        masterUser: i.MasterUsername ?? null,
        masterSecret: i.MasterUserSecret ? i.MasterUserSecret.SecretStatus : null,
        /** AWS documents no default. It lists what is exported, so without it nothing is taken to be. */
        logExports: i.EnabledCloudwatchLogsExports ?? [],
        activityStream: i.ActivityStreamStatus ?? null,
        insightsMode: i.DatabaseInsightsMode ?? null,
        performanceInsights: i.PerformanceInsightsEnabled,
        performanceInsightsKey: i.PerformanceInsightsKMSKeyId ?? null,
        /** In seconds; 0, the default, is off. */
        monitoringInterval: i.MonitoringInterval ?? 0,
        monitoringRole: i.MonitoringRoleArn ?? null,
        certificateAuthority: i.CACertificateIdentifier,
        /** Of the server certificate; null where AWS tells nothing of it. */
        certificateEnds: i.CertificateDetails ? i.CertificateDetails.ValidTill?.toISOString() : null,
      },
    }),
  },
  (facet) => ({
    /** Null for what is judged at its cluster or not at all, and for engines of which nothing tells. */
    tls: facet([parameters, optionGroups], async (aws, i) => {
      if (notJudgedAlone(i)) return null;
      if (hasTlsParameters(i.engine)) return tlsOf(await settingsOf(i.parameterGroups, await aws.read(parameters)));
      if (!hasTlsOptions(i.engine)) return null;
      return { parameters: {}, options: await optionsOf(i.optionGroups, 'tls', () => aws.read(optionGroups)) };
    }),
    /** The parameters of audit and slow query logs; null for engines that have none, and for what is not judged. */
    logParameters: facet([parameters], async (aws, i) => {
      if (notJudged(i) || !hasLogParameters(i.engine)) return null;
      if (!i.cluster) return logsOf(await settingsOf(i.parameterGroups, await aws.read(parameters)));
      // The group of a member overrides its cluster's by what somebody has set in it: nothing in a default group.
      const custom = i.parameterGroups.filter(({ name }) => !name.startsWith('default.'));
      return ownLogsOf(await settingsOf(custom, await aws.read(parameters)));
    }),
    auditOptions: facet([optionGroups], async (aws, i) => {
      if (notJudgedAlone(i) || !hasAuditOption(i.engine)) return null;
      return optionsOf(i.optionGroups, 'audit', () => aws.read(optionGroups));
    }),
    release: facet([releases], async (aws, i) => {
      if (notJudged(i) || isCustom(i.engine)) return null;
      return (await aws.read(releases))(i.engine, i.engineVersion);
    }),
    lifecycle: facet([majorVersions], async (aws, i) => {
      if (notJudgedAlone(i) || !hasLifecycle(i.engine)) return null;
      return lifecycleIn(await (await aws.read(majorVersions))(i.engine), i.engineVersion);
    }),
    /** `ends` is null where RDS does not offer the authority any more. */
    authority: facet([authorities], async (aws, i) => {
      if (notJudged(i)) return null;
      return { ends: (await aws.read(authorities))(i.certificateAuthority) };
    }),
  }),
);

export const dbCluster = resource(
  'AWS::RDS::DBCluster',
  {
    scope: 'regional',
    operations: [describeClusters],
    list: paged(describeClusters, PAGE, (page) => page.DBClusters),
    found: (c) => ({
      id: c.DBClusterIdentifier,
      arn: c.DBClusterArn,
      tags: tagsOf(c.TagList),
      base: {
        engine: c.Engine,
        engineVersion: c.EngineVersion,
        status: c.Status,
        /** 'serverless' is Aurora Serverless v1; version 2 is 'provisioned'. */
        engineMode: c.EngineMode ?? (c.Engine?.startsWith('aurora') ? undefined : null),
        createdAt: c.ClusterCreateTime?.toISOString(),
        port: c.Port,
        networkType: c.NetworkType ?? null,
        /** A setting of Multi-AZ DB clusters; in Aurora each instance has its own. */
        publiclyAccessible: c.PubliclyAccessible ?? (c.Engine?.startsWith('aurora') ? null : undefined),
        /** A setting of Aurora PostgreSQL clusters from express configuration. */
        internetAccessGateway: c.InternetAccessGatewayEnabled ?? null,
        subnetGroup: c.DBSubnetGroup ?? null,
        securityGroups: each(c.VpcSecurityGroups, securityGroup),
        encryption: encryptionOf(c.StorageEncryptionType, c.StorageEncrypted),
        kmsKey: c.KmsKeyId ?? null,
        backupRetentionDays: c.BackupRetentionPeriod,
        backupRecoveryPoint: c.AwsBackupRecoveryPointArn ?? null,
        replicaOf: c.ReplicationSourceIdentifier ?? null,
        parameterGroups: clusterParameterGroups(c),
        optionGroups: each(c.DBClusterOptionGroupMemberships, (group) =>
          whole({ name: group.DBClusterOptionGroupName, status: group.Status }),
        ),
        latestRestorableTime: c.LatestRestorableTime?.toISOString() ?? null,
        multiAz: c.MultiAZ,
        autoMinorVersionUpgrade: c.AutoMinorVersionUpgrade,
        deletionProtection: c.DeletionProtection,
        iamAuthentication: c.IAMDatabaseAuthenticationEnabled,
        /** Secondary clusters of a global database have none. */
        masterUser: c.MasterUsername ?? null,
        masterSecret: c.MasterUserSecret ? c.MasterUserSecret.SecretStatus : null,
        logExports: c.EnabledCloudwatchLogsExports ?? [],
        activityStream: c.ActivityStreamStatus ?? null,
        insightsMode: c.DatabaseInsightsMode ?? null,
        /** Null where each instance has its own setting. */
        performanceInsights: c.PerformanceInsightsEnabled ?? null,
        monitoringInterval: c.MonitoringInterval ?? 0,
        monitoringRole: c.MonitoringRoleArn ?? null,
      },
    }),
  },
  (facet) => ({
    /** As for instances. The group of a cluster holds what its members' own groups do not. */
    tls: facet([clusterParameters], async (aws, c) => {
      if (notJudged(c) || !hasTlsParameters(c.engine)) return null;
      return tlsOf(await settingsOf(c.parameterGroups, await aws.read(clusterParameters)));
    }),
    /** As for instances. The group of a cluster has defaults for the parameters of its instances as well (Aurora user guide). */
    logParameters: facet([clusterParameters], async (aws, c) => {
      if (notJudged(c) || !hasLogParameters(c.engine)) return null;
      return logsOf(await settingsOf(c.parameterGroups, await aws.read(clusterParameters)));
    }),
    auditOptions: facet([optionGroups], async (aws, c) => {
      if (notJudged(c) || !hasAuditOption(c.engine)) return null;
      return optionsOf(c.optionGroups, 'audit', () => aws.read(optionGroups));
    }),
    release: facet([releases], async (aws, c) => {
      if (notJudged(c) || isCustom(c.engine)) return null;
      return (await aws.read(releases))(c.engine, c.engineVersion);
    }),
    lifecycle: facet([majorVersions], async (aws, c) => {
      if (notJudged(c) || !hasLifecycle(c.engine)) return null;
      return lifecycleIn(await (await aws.read(majorVersions))(c.engine), c.engineVersion);
    }),
  }),
);

export const dbSubnetGroup = resource('AWS::RDS::DBSubnetGroup', {
  scope: 'regional',
  operations: [describeSubnetGroups],
  list: paged(describeSubnetGroups, PAGE, (page) => page.DBSubnetGroups),
  found: (g) => ({
    id: g.DBSubnetGroupName,
    arn: g.DBSubnetGroupArn,
    base: { vpc: g.VpcId, subnets: each(g.Subnets, (subnet) => subnet.SubnetIdentifier) },
  }),
});

export const dbProxy = resource(
  'AWS::RDS::DBProxy',
  {
    scope: 'regional',
    operations: [describeProxies],
    list: paged(describeProxies, PAGE, (page) => page.DBProxies),
    found: (p) => ({
      id: p.DBProxyName,
      arn: p.DBProxyArn,
      base: {
        engine: p.EngineFamily,
        status: p.Status,
        requireTls: p.RequireTLS,
        debugLogging: p.DebugLogging,
        /** Newer than proxies: without it, `Auth` decides. */
        defaultAuthScheme: p.DefaultAuthScheme ?? 'NONE',
        auth: authOf(p),
      },
    }),
  },
  (facet) => ({
    /** Nothing to ask: the list tells. The facet is there because databases and proxies are judged by one check. */
    tls: facet([], async () => null),
    /** The connection pools; null for a proxy that is not available. */
    pools: facet([describeTargetGroups], async (aws, p) => {
      if (p.status !== 'available') return null;
      const groups = [];
      for await (const page of aws.pages(describeTargetGroups, { DBProxyName: p.id, ...PAGE }))
        groups.push(...listed(page.TargetGroups));
      return each(groups, ({ TargetGroupName, ConnectionPoolConfig }) =>
        whole({ name: TargetGroupName, maxConnectionsPercent: ConnectionPoolConfig?.MaxConnectionsPercent }),
      );
    }),
  }),
);

/** Backups that outlive their instance. Those of a live instance are encrypted as it is, and judged there. */
export const retainedBackup = resource('AWS::RDS::DBInstanceAutomatedBackup', {
  scope: 'regional',
  operations: [describeBackups],
  list: paged(describeBackups, { ...PAGE, Filters: RETAINED }, (page) =>
    page.DBInstanceAutomatedBackups?.filter(isRetained),
  ),
  found: (b) => ({
    id: b.DbiResourceId,
    // Only replicated backups have an ARN of their own, and a new instance may have the name, hence the ARN, of a deleted one.
    arn:
      b.DBInstanceAutomatedBackupsArn ??
      (b.DBInstanceArn && b.DbiResourceId && `${b.DBInstanceArn}/${b.DbiResourceId}`),
    tags: tagsOf(b.TagList),
    base: {
      instance: b.DBInstanceIdentifier,
      engine: b.Engine,
      status: b.Status,
      encryption: encryptionOf(b.StorageEncryptionType, b.Encrypted),
      kmsKey: b.KmsKeyId ?? null,
    },
  }),
});

/** As for instances. */
export const retainedClusterBackup = resource('AWS::RDS::DBClusterAutomatedBackup', {
  scope: 'regional',
  operations: [describeClusterBackups],
  list: paged(describeClusterBackups, { ...PAGE, Filters: RETAINED }, (page) =>
    page.DBClusterAutomatedBackups?.filter(isRetained),
  ),
  found: (b) => ({
    id: b.DbClusterResourceId,
    arn:
      b.DBClusterAutomatedBackupsArn ??
      (b.DBClusterArn && b.DbClusterResourceId && `${b.DBClusterArn}/${b.DbClusterResourceId}`),
    tags: tagsOf(b.TagList),
    base: {
      database: b.DBClusterIdentifier,
      engine: b.Engine,
      status: b.Status,
      encryption: encryptionOf(b.StorageEncryptionType, b.StorageEncrypted),
      kmsKey: b.KmsKeyId ?? null,
    },
  }),
});

/**
 * Manual snapshots only: a list without a type pages through every automated one as well. These are encrypted as their database
 * is (RDS user guide, "Encrypting Amazon RDS resources"), which is judged itself, or as its retained backup.
 * Only manual ones can be shared.
 */
const MANUAL = { ...PAGE, SnapshotType: 'manual' } as const;

export const dbSnapshot = resource(
  'AWS::RDS::DBSnapshot',
  {
    scope: 'regional',
    operations: [describeSnapshots],
    list: paged(describeSnapshots, MANUAL, (page) => page.DBSnapshots),
    found: (s) => ({
      id: s.DBSnapshotIdentifier,
      arn: s.DBSnapshotArn,
      tags: tagsOf(s.TagList),
      base: {
        database: s.DBInstanceIdentifier,
        engine: s.Engine,
        status: s.Status,
        snapshotType: s.SnapshotType,
        encryption: encryptionOf(s.StorageEncryptionType, s.Encrypted),
      },
    }),
  },
  (facet) => ({
    /** The accounts that may restore, 'all' for everybody; null for snapshots that cannot be public. */
    sharedWith: facet([describeSnapshotAttributes], async (aws, s) => {
      if (!canBePublic(s)) return null;
      const answer = await aws.call(describeSnapshotAttributes, { DBSnapshotIdentifier: s.id });
      return restorers(answer?.DBSnapshotAttributesResult?.DBSnapshotAttributes);
    }),
  }),
);

export const dbClusterSnapshot = resource(
  'AWS::RDS::DBClusterSnapshot',
  {
    scope: 'regional',
    operations: [describeClusterSnapshots],
    list: paged(describeClusterSnapshots, MANUAL, (page) => page.DBClusterSnapshots),
    found: (s) => ({
      id: s.DBClusterSnapshotIdentifier,
      arn: s.DBClusterSnapshotArn,
      tags: tagsOf(s.TagList),
      base: {
        database: s.DBClusterIdentifier,
        engine: s.Engine,
        status: s.Status,
        snapshotType: s.SnapshotType,
        encryption: encryptionOf(s.StorageEncryptionType, s.StorageEncrypted),
      },
    }),
  },
  (facet) => ({
    sharedWith: facet([describeClusterSnapshotAttributes], async (aws, s) => {
      if (!canBePublic(s)) return null;
      const answer = await aws.call(describeClusterSnapshotAttributes, { DBClusterSnapshotIdentifier: s.id });
      return restorers(answer?.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes);
    }),
  }),
);

function securityGroup(group: VpcSecurityGroupMembership) {
  return whole({ id: group.VpcSecurityGroupId, status: group.Status });
}

/** 'none', 'sse-rds' (a key that AWS owns) or 'sse-kms'. Without the newer member, "encrypted" means a key in KMS. */
function encryptionOf(type: string | undefined, isEncrypted: boolean | undefined): string | undefined {
  if (type !== undefined || isEncrypted === undefined) return type;
  return isEncrypted ? 'sse-kms' : 'none';
}

/** The cluster's group, once for each status that it has at a member. Without members there is nothing that waits for it. */
function clusterParameterGroups({ DBClusterParameterGroup, DBClusterMembers }: DBCluster) {
  const statuses = each(DBClusterMembers, (member) => member.DBClusterParameterGroupStatus);
  const distinct = statuses?.length === 0 ? ['in-sync'] : statuses && [...new Set(statuses)];
  return each(distinct, (applyStatus) => whole({ name: DBClusterParameterGroup, applyStatus }));
}

/** The users of a proxy; it needs none where everybody signs in with IAM. */
function authOf({ Auth, DefaultAuthScheme }: DBProxy) {
  const needsNone = DefaultAuthScheme === 'IAM_AUTH';
  return each(Auth ?? (needsNone ? [] : undefined), ({ IAMAuth, ClientPasswordAuthType }) =>
    // Absent where clients sign in with IAM only.
    whole({ iamAuth: IAMAuth, clientPasswordAuthType: ClientPasswordAuthType ?? null }),
  );
}

function isRetained({ Status }: DBInstanceAutomatedBackup | DBClusterAutomatedBackup): boolean {
  return Status !== 'active' && Status !== 'creating';
}

function canBePublic(snapshot: { status: string; snapshotType: string; encryption: string }): boolean {
  return snapshot.snapshotType === 'manual' && snapshot.status === 'available' && snapshot.encryption !== 'sse-kms';
}

function restorers(attributes: readonly DBSnapshotAttribute[] | undefined): string[] | undefined {
  // AWS does not document that an empty list is sent.
  const known = each(attributes, ({ AttributeName, AttributeValues = [] }) =>
    whole({ name: AttributeName, values: AttributeValues }),
  );
  return known?.flatMap(({ name, values }) => (name === 'restore' ? values : []));
}

/** An instance has one parameter group, although AWS answers a list; a cluster has one, which is listed once for each status. */
async function settingsOf(
  groups: readonly { name: string }[],
  ask: (name: string) => Promise<Settings>,
): Promise<Settings> {
  const names = new Set(groups.map(({ name }) => name));
  const answers = await Promise.all([...names].map(ask));
  return Object.assign({}, ...answers) as Settings;
}

/** Default groups are empty, and nobody can change that (RDS user guide, "Working with option groups"): no need to ask. */
async function optionsOf<K extends keyof Options>(
  groups: readonly { name: string }[],
  kind: K,
  ask: () => Promise<ReadonlyMap<string, Options>>,
) {
  const custom = groups.filter(({ name }) => !name.startsWith('default:'));
  if (custom.length === 0) return [];
  const known = await ask();
  return each(custom, ({ name }) => known.get(name)?.[kind])?.flat() as Options[K];
}

function lifecycleIn(majors: readonly MajorVersion[] | undefined, version: string) {
  return majors && lifecycleOf(version, majors);
}

function tlsOf(settings: Settings): TlsSettings {
  return { parameters: valuesOf(settings, TLS_PARAMETERS), options: [] };
}

function logsOf(settings: Settings): LogParameters {
  return valuesOf(settings, LOG_PARAMETERS);
}

function ownLogsOf(settings: Settings): LogParameters {
  return logsOf(Object.fromEntries(Object.entries(settings).filter(([, { isOwn }]) => isOwn)));
}

function valuesOf(settings: Settings, names: readonly string[]): Record<string, string | null> {
  const known = names.filter((name) => Object.hasOwn(settings, name));
  return Object.fromEntries(known.map((name) => [name, settings[name]!.value]));
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::RDS::DBInstance': TypeOf<typeof dbInstance>;
    'AWS::RDS::DBCluster': TypeOf<typeof dbCluster>;
    'AWS::RDS::DBSubnetGroup': TypeOf<typeof dbSubnetGroup>;
    'AWS::RDS::DBProxy': TypeOf<typeof dbProxy>;
    'AWS::RDS::DBInstanceAutomatedBackup': TypeOf<typeof retainedBackup>;
    'AWS::RDS::DBClusterAutomatedBackup': TypeOf<typeof retainedClusterBackup>;
    'AWS::RDS::DBSnapshot': TypeOf<typeof dbSnapshot>;
    'AWS::RDS::DBClusterSnapshot': TypeOf<typeof dbClusterSnapshot>;
  }
}
