import type {
  DBCluster,
  DBClusterAutomatedBackup,
  DBClusterSnapshot,
  DBInstance,
  DBInstanceAutomatedBackup,
  DBProxy,
  DBProxyTargetGroup,
  DBSnapshot,
  DBSubnetGroup,
  OptionGroup,
} from '@aws-sdk/client-rds';
import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { arn, hexId, letterId, LONG_AGO, type Described, type Place } from './common.ts';
import { groupNamer, type Ec2 } from './ec2-model.ts';
import { engineOf, type ParameterGroup } from './engines.ts';

type Named = { DBSubnetGroupName?: string; DBParameterGroupName?: string; OptionGroupName?: string };
/** Shared: the accounts that may restore a manual snapshot; 'all' makes it public. */
type Shared = { Shared?: string[] };

export interface RdsFile {
  DBInstances?: (Omit<Described<DBInstance>, 'DBSubnetGroup'> & Named)[];
  DBClusters?: Described<DBCluster>[];
  DBSubnetGroups?: (Described<DBSubnetGroup> & { SubnetIds?: string[] })[];
  DBSnapshots?: (Described<DBSnapshot> & Shared)[];
  DBClusterSnapshots?: (Described<DBClusterSnapshot> & Shared)[];
  /** Name -> family and the parameters that differ from the engine's defaults. */
  DBParameterGroups?: Record<string, ParameterGroup>;
  DBClusterParameterGroups?: Record<string, ParameterGroup>;
  OptionGroups?: Described<OptionGroup>[];
  DBProxies?: Described<DBProxy>[];
  /** By default, a proxy has one that takes all connections of its database. */
  DBProxyTargetGroups?: Described<DBProxyTargetGroup>[];
  DBInstanceAutomatedBackups?: Described<DBInstanceAutomatedBackup>[];
  DBClusterAutomatedBackups?: Described<DBClusterAutomatedBackup>[];
}

export interface Rds {
  readonly DBInstances: Described<DBInstance>[];
  readonly DBClusters: Described<DBCluster>[];
  readonly DBSubnetGroups: Described<DBSubnetGroup>[];
  readonly DBSnapshots: (Described<DBSnapshot> & Shared)[];
  readonly DBClusterSnapshots: (Described<DBClusterSnapshot> & Shared)[];
  readonly DBParameterGroups: Readonly<Record<string, ParameterGroup>>;
  readonly DBClusterParameterGroups: Readonly<Record<string, ParameterGroup>>;
  readonly OptionGroups: Described<OptionGroup>[];
  readonly DBProxies: Described<DBProxy>[];
  readonly DBProxyTargetGroups: Described<DBProxyTargetGroup>[];
  readonly DBInstanceAutomatedBackups: Described<DBInstanceAutomatedBackup>[];
  readonly DBClusterAutomatedBackups: Described<DBClusterAutomatedBackup>[];
}

/** Completes a Region's RDS as AWS has it. Cluster members take storage, backups and network from their cluster. */
export function rdsOf(file: RdsFile, ec2: Ec2, place: Place): Rds {
  const groups = (file.DBSubnetGroups ?? []).map((group) => subnetGroup(group, ec2, place));
  const clusters = (file.DBClusters ?? []).map((cluster) => clusterOf(cluster, file, place));
  return {
    DBInstances: (file.DBInstances ?? []).map((one) => instanceOf(one, groups, clusters, place)),
    DBClusters: clusters,
    DBSubnetGroups: groups,
    DBSnapshots: (file.DBSnapshots ?? []).map((one) => ({
      ...snapshotDefaults(engineOf(one.Engine ?? 'postgres').Port),
      Engine: 'postgres',
      Encrypted: false,
      DBSnapshotArn: arn('rds', place, `snapshot:${one.DBSnapshotIdentifier}`),
      ...one,
    })),
    DBClusterSnapshots: (file.DBClusterSnapshots ?? []).map((one) => ({
      ...snapshotDefaults(engineOf(one.Engine ?? 'aurora-postgresql').Port),
      Engine: 'aurora-postgresql',
      StorageEncrypted: false,
      DBClusterSnapshotArn: arn('rds', place, `cluster-snapshot:${one.DBClusterSnapshotIdentifier}`),
      ...one,
    })),
    DBParameterGroups: file.DBParameterGroups ?? {},
    DBClusterParameterGroups: file.DBClusterParameterGroups ?? {},
    OptionGroups: (file.OptionGroups ?? []).map((group) => ({
      Options: [],
      AllowsVpcAndNonVpcInstanceMemberships: false,
      ...group,
    })),
    DBProxies: (file.DBProxies ?? []).map((proxy) => ({
      Status: 'available',
      RequireTLS: false,
      DebugLogging: false,
      IdleClientTimeout: 1800,
      DefaultAuthScheme: 'NONE',
      Auth: [
        {
          AuthScheme: 'SECRETS',
          IAMAuth: 'DISABLED',
          ClientPasswordAuthType:
            proxy.EngineFamily === 'POSTGRESQL' ? 'POSTGRES_SCRAM_SHA_256' : 'MYSQL_CACHING_SHA2_PASSWORD',
        },
      ],
      DBProxyArn: arn('rds', place, `db-proxy:prx-${letterId('', proxy.DBProxyName!).toLowerCase()}`),
      CreatedDate: LONG_AGO,
      ...proxy,
    })),
    DBProxyTargetGroups: (file.DBProxies ?? []).flatMap(({ DBProxyName }) => targetGroups(DBProxyName!, file, place)),
    DBInstanceAutomatedBackups: file.DBInstanceAutomatedBackups ?? [],
    DBClusterAutomatedBackups: file.DBClusterAutomatedBackups ?? [],
  };
}

function targetGroups(DBProxyName: string, file: RdsFile, place: Place): Described<DBProxyTargetGroup>[] {
  const given = (file.DBProxyTargetGroups ?? []).filter((one) => one.DBProxyName === DBProxyName);
  return (given.length > 0 ? given : [{}]).map((group: Described<DBProxyTargetGroup>) => ({
    DBProxyName,
    TargetGroupName: 'default',
    TargetGroupArn: arn('rds', place, `target-group:prx-tg-${letterId('', DBProxyName).toLowerCase()}`),
    IsDefault: true,
    Status: 'available',
    CreatedDate: LONG_AGO,
    ...group,
    ConnectionPoolConfig: {
      MaxConnectionsPercent: 100,
      MaxIdleConnectionsPercent: 50,
      ConnectionBorrowTimeout: 120,
      SessionPinningFilters: [],
      ...group.ConnectionPoolConfig,
    },
  }));
}

function subnetGroup(
  group: NonNullable<RdsFile['DBSubnetGroups']>[number],
  ec2: Ec2,
  place: Place,
): Described<DBSubnetGroup> {
  const { SubnetIds = [], ...given } = group;
  const subnets = SubnetIds.map((id) => ec2.Subnets.find(({ SubnetId }) => SubnetId === id) ?? { SubnetId: id });
  return {
    DBSubnetGroupDescription: 'Managed by the deployment',
    VpcId: subnets[0]?.VpcId,
    SubnetGroupStatus: 'Complete',
    DBSubnetGroupArn: arn('rds', place, `subgrp:${group.DBSubnetGroupName}`),
    SupportedNetworkTypes: ['IPV4'],
    Subnets: subnets.map(({ SubnetId, AvailabilityZone }) => ({
      SubnetIdentifier: SubnetId,
      SubnetAvailabilityZone: { Name: AvailabilityZone },
      SubnetOutpost: {},
      SubnetStatus: 'Active',
    })),
    ...given,
  };
}

function instanceOf(
  given: NonNullable<RdsFile['DBInstances']>[number],
  groups: readonly Described<DBSubnetGroup>[],
  clusters: readonly Described<DBCluster>[],
  place: Place,
): Described<DBInstance> {
  const { DBSubnetGroupName, DBParameterGroupName, OptionGroupName, ...instance } = given;
  const cluster = clusters.find(({ DBClusterIdentifier }) => DBClusterIdentifier === given.DBClusterIdentifier);
  const inherited = cluster && {
    Engine: cluster.Engine,
    EngineVersion: cluster.EngineVersion,
    StorageEncrypted: cluster.StorageEncrypted,
    BackupRetentionPeriod: cluster.BackupRetentionPeriod,
    VpcSecurityGroups: cluster.VpcSecurityGroups,
    StorageType: 'aurora',
  };
  const name = given.DBInstanceIdentifier!;
  const engine = engineOf(
    given.Engine ?? inherited?.Engine ?? 'postgres',
    given.EngineVersion ?? inherited?.EngineVersion,
  );
  const groupName = DBSubnetGroupName ?? cluster?.DBSubnetGroup;
  const subnets = groups.find((group) => group.DBSubnetGroupName === groupName);
  return {
    DBInstanceClass: 'db.t4g.medium',
    EngineVersion: engine.EngineVersion,
    Engine: engine.Engine,
    DBInstanceStatus: 'available',
    MasterUsername: 'dbadmin',
    Endpoint: {
      Address: `${name}.${letterId('c', name).slice(0, 12).toLowerCase()}.${place.region}.rds.amazonaws.com`,
      Port: engine.Port,
    },
    DbInstancePort: 0,
    AllocatedStorage: 20,
    InstanceCreateTime: LONG_AGO,
    PreferredBackupWindow: '03:00-03:30',
    PreferredMaintenanceWindow: 'sun:04:00-sun:04:30',
    BackupRetentionPeriod: 7,
    MultiAZ: false,
    AutoMinorVersionUpgrade: true,
    PubliclyAccessible: false,
    StorageType: 'gp3',
    StorageEncrypted: false,
    DeletionProtection: false,
    IAMDatabaseAuthenticationEnabled: false,
    CopyTagsToSnapshot: false,
    ActivityStreamStatus: 'stopped',
    DatabaseInsightsMode: 'standard',
    PerformanceInsightsEnabled: false,
    MonitoringInterval: 0,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    LicenseModel: 'general-public-license',
    ReadReplicaDBInstanceIdentifiers: [],
    AvailabilityZone: subnets?.Subnets?.[0]?.SubnetAvailabilityZone?.Name ?? `${place.region}a`,
    DbiResourceId: letterId('db-', place.account, name),
    DBInstanceArn: arn('rds', place, `db:${name}`),
    DBSecurityGroups: [],
    OptionGroupMemberships: [{ OptionGroupName: OptionGroupName ?? engine.optionGroup, Status: 'in-sync' }],
    DBParameterGroups: [
      { DBParameterGroupName: DBParameterGroupName ?? `default.${engine.Family}`, ParameterApplyStatus: 'in-sync' },
    ],
    TagList: [],
    ...(subnets ? { DBSubnetGroup: subnets } : {}),
    ...inherited,
    ...instance,
    VpcSecurityGroups: (given.VpcSecurityGroups ?? inherited?.VpcSecurityGroups ?? []).map((one) => ({
      Status: 'active',
      ...one,
    })),
  };
}

function clusterOf(given: Described<DBCluster>, file: RdsFile, place: Place): Described<DBCluster> {
  const name = given.DBClusterIdentifier!;
  const engine = engineOf(given.Engine ?? 'aurora-postgresql', given.EngineVersion);
  const members = (file.DBInstances ?? []).filter(({ DBClusterIdentifier }) => DBClusterIdentifier === name);
  return {
    Engine: engine.Engine,
    EngineVersion: engine.EngineVersion,
    EngineMode: 'provisioned',
    Status: 'available',
    Port: engine.Port,
    Endpoint: `${name}.cluster-${letterId('c', name).slice(0, 12).toLowerCase()}.${place.region}.rds.amazonaws.com`,
    DBClusterArn: arn('rds', place, `cluster:${name}`),
    DbClusterResourceId: letterId('cluster-', place.account, name),
    DBClusterParameterGroup: `default.${engine.Family}`,
    BackupRetentionPeriod: 7,
    StorageEncrypted: false,
    MultiAZ: members.length > 1,
    MasterUsername: 'dbadmin',
    AutoMinorVersionUpgrade: true,
    ActivityStreamStatus: 'stopped',
    ClusterCreateTime: LONG_AGO,
    DeletionProtection: false,
    IAMDatabaseAuthenticationEnabled: false,
    CopyTagsToSnapshot: false,
    AvailabilityZones: [`${place.region}a`, `${place.region}b`, `${place.region}c`],
    ReadReplicaIdentifiers: [],
    AssociatedRoles: [],
    TagList: [],
    DBClusterMembers: members.map((one, i) => ({
      DBInstanceIdentifier: one.DBInstanceIdentifier,
      IsClusterWriter: i === 0,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: 1,
    })),
    ...given,
    VpcSecurityGroups: (given.VpcSecurityGroups ?? []).map((one) => ({ Status: 'active', ...one })),
  };
}

function snapshotDefaults(Port: number) {
  return {
    SnapshotType: 'manual',
    Status: 'available',
    SnapshotCreateTime: LONG_AGO,
    AllocatedStorage: 20,
    PercentProgress: 100,
    TagList: [],
    Port,
  };
}

/** The network interfaces of databases, which RDS manages in the account. */
export function databaseInterfaces(rds: Rds, ec2: Ec2, place: Place): Described<NetworkInterface>[] {
  const groupsOf = groupNamer(ec2);
  return rds.DBInstances.flatMap((database) => {
    const subnet = database.DBSubnetGroup?.Subnets?.[0]?.SubnetIdentifier;
    if (!subnet) return [];
    const groups = (database.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId);
    const PublicIp = `192.0.2.${1 + (parseInt(hexId('ip', database.DBInstanceIdentifier!).slice(4, 8), 16) % 254)}`;
    const described = ec2.Subnets.find(({ SubnetId }) => SubnetId === subnet);
    return [
      {
        NetworkInterfaceId: hexId('eni', place.account, 'rds', database.DBInstanceIdentifier!),
        Description: 'RDSNetworkInterface',
        RequesterId: 'amazon-rds',
        RequesterManaged: true,
        OwnerId: place.account,
        SubnetId: subnet,
        VpcId: described?.VpcId,
        AvailabilityZone: described?.AvailabilityZone,
        Groups: groupsOf(groups),
        ...(database.PubliclyAccessible ? { Association: { IpOwnerId: 'amazon', PublicIp } } : {}),
        PrivateIpAddresses: [],
        Ipv6Addresses: [],
        SourceDestCheck: true,
        Status: 'in-use',
        InterfaceType: 'interface',
        TagSet: [],
      },
    ];
  });
}
