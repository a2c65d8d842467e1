import {
  type DBCluster,
  type DBInstanceAutomatedBackup,
  type DBSnapshotAttribute,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBSnapshotAttributesCommand,
  type Option,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBClusters,
  paginateDescribeDBClusterSnapshots,
  paginateDescribeDBInstanceAutomatedBackups,
  paginateDescribeDBInstances,
  paginateDescribeDBParameters,
  paginateDescribeDBProxies,
  paginateDescribeDBSnapshots,
  paginateDescribeDBSubnetGroups,
  paginateDescribeOptionGroups,
  type Parameter,
  RDSClient,
  type VpcSecurityGroupMembership,
} from '@aws-sdk/client-rds';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import { notJudged, notJudgedAlone } from './_databases.ts';
import { hasTlsOptions, hasTlsParameters, TLS_PARAMETERS, type TlsOption, type TlsSettings } from './_tls.ts';

const rds = service(RDSClient);
const describeInstances = rds.pages(paginateDescribeDBInstances, 'rds:DescribeDBInstances');
const describeClusters = rds.pages(paginateDescribeDBClusters, 'rds:DescribeDBClusters');
const describeSubnetGroups = rds.pages(paginateDescribeDBSubnetGroups, 'rds:DescribeDBSubnetGroups');
const describeBackups = rds.pages(paginateDescribeDBInstanceAutomatedBackups, 'rds:DescribeDBInstanceAutomatedBackups');
const describeSnapshots = rds.pages(paginateDescribeDBSnapshots, 'rds:DescribeDBSnapshots');
const describeClusterSnapshots = rds.pages(paginateDescribeDBClusterSnapshots, 'rds:DescribeDBClusterSnapshots');
const describeProxies = rds.pages(paginateDescribeDBProxies, 'rds:DescribeDBProxies');
const describeParameters = rds.pages(paginateDescribeDBParameters, 'rds:DescribeDBParameters');
const describeClusterParameters = rds.pages(paginateDescribeDBClusterParameters, 'rds:DescribeDBClusterParameters');
const describeOptionGroups = rds.pages(paginateDescribeOptionGroups, 'rds:DescribeOptionGroups');
// Names of the SDK: on the wire the first is DBSnapshotNotFound.
const describeSnapshotAttributes = rds.call(DescribeDBSnapshotAttributesCommand, 'rds:DescribeDBSnapshotAttributes', {
  gone: ['DBSnapshotNotFoundFault'],
});
const describeClusterSnapshotAttributes = rds.call(
  DescribeDBClusterSnapshotAttributesCommand,
  'rds:DescribeDBClusterSnapshotAttributes',
  { gone: ['DBClusterSnapshotNotFoundFault'] },
);

/** The maximum of every list of RDS. */
const PAGE = { MaxRecords: 100 } as const;
/** One page per group instead of all of its parameters. The RDS user guide writes the parameter of Db2 in capitals. */
const TLS_FILTERS = [{ Name: 'parameter-name', Values: [...TLS_PARAMETERS, 'DB2COMM'] }];

/** Answers by the name of a parameter group: each group of a region is asked for once, however many databases share it. */
const parameters = source([describeParameters], async (aws) =>
  once((DBParameterGroupName) =>
    tlsParametersIn(aws.pages(describeParameters, { DBParameterGroupName, ...PAGE, Filters: TLS_FILTERS })),
  ),
);
const clusterParameters = source([describeClusterParameters], async (aws) =>
  once((DBClusterParameterGroupName) =>
    tlsParametersIn(
      aws.pages(describeClusterParameters, { DBClusterParameterGroupName, ...PAGE, Filters: TLS_FILTERS }),
    ),
  ),
);

/** The options for TLS of all option groups of a region, by the group's name; a group whose options could not be read is not there. */
const optionGroups = source([describeOptionGroups], async (aws) => {
  const groups = new Map<string, readonly TlsOption[]>();
  for await (const page of aws.pages(describeOptionGroups, PAGE)) {
    for (const { OptionGroupName, Options } of listed(page.OptionGroupsList)) {
      const options = tlsOptionsIn(OptionGroupName, Options);
      if (OptionGroupName && options) groups.set(OptionGroupName, options);
    }
  }
  return groups;
});

export const dbInstance = resource(
  'AWS::RDS::DBInstance',
  {
    scope: 'regional',
    operations: [describeInstances],
    async *list(aws) {
      for await (const page of aws.pages(describeInstances, PAGE)) yield* listed(page.DBInstances);
    },
    found: (i) => ({
      id: i.DBInstanceIdentifier,
      arn: i.DBInstanceArn,
      tags: tagsOf(i.TagList),
      base: {
        engine: i.Engine,
        engineVersion: i.EngineVersion,
        status: i.DBInstanceStatus,
        cluster: i.DBClusterIdentifier ?? null,
        /** Of the endpoint: DbInstancePort is 0 for most engines. */
        port: i.Endpoint?.Port,
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
      },
    }),
  },
  (facet) => ({
    /** Null for what is judged at its cluster or not at all, and for engines of which nothing tells. */
    tls: facet([parameters, optionGroups], async (aws, i) => {
      if (notJudgedAlone(i)) return null;
      if (hasTlsParameters(i.engine)) return tlsByParameters(i.parameterGroups, await aws.read(parameters));
      if (hasTlsOptions(i.engine)) return tlsByOptions(i.optionGroups, await aws.read(optionGroups));
      return null;
    }),
  }),
);

export const dbCluster = resource(
  'AWS::RDS::DBCluster',
  {
    scope: 'regional',
    operations: [describeClusters],
    async *list(aws) {
      for await (const page of aws.pages(describeClusters, PAGE)) yield* listed(page.DBClusters);
    },
    found: (c) => ({
      id: c.DBClusterIdentifier,
      arn: c.DBClusterArn,
      tags: tagsOf(c.TagList),
      base: {
        engine: c.Engine,
        engineVersion: c.EngineVersion,
        status: c.Status,
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
      },
    }),
  },
  (facet) => ({
    /** As for instances. The group of a cluster holds what its members' own groups do not. */
    tls: facet([clusterParameters], async (aws, c) => {
      if (notJudged(c) || !hasTlsParameters(c.engine)) return null;
      return tlsByParameters(c.parameterGroups, await aws.read(clusterParameters));
    }),
  }),
);

export const dbSubnetGroup = resource('AWS::RDS::DBSubnetGroup', {
  scope: 'regional',
  operations: [describeSubnetGroups],
  async *list(aws) {
    for await (const page of aws.pages(describeSubnetGroups, PAGE)) yield* listed(page.DBSubnetGroups);
  },
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
    async *list(aws) {
      for await (const page of aws.pages(describeProxies, PAGE)) yield* listed(page.DBProxies);
    },
    found: (p) => ({
      id: p.DBProxyName,
      arn: p.DBProxyArn,
      base: { engine: p.EngineFamily, status: p.Status, requireTls: p.RequireTLS },
    }),
  },
  (facet) => ({
    /** Nothing to ask: the list tells. The facet is there because databases and proxies are judged by one check. */
    tls: facet([], async () => null),
  }),
);

/** Backups that outlive their instance. Those of a live instance are encrypted as it is, and judged there. */
export const retainedBackup = resource('AWS::RDS::DBInstanceAutomatedBackup', {
  scope: 'regional',
  operations: [describeBackups],
  async *list(aws) {
    const Filters = [{ Name: 'status', Values: ['retained'] }];
    for await (const page of aws.pages(describeBackups, { ...PAGE, Filters })) {
      yield* listed(page.DBInstanceAutomatedBackups).filter(isRetained);
    }
  },
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

/** Only manual snapshots can be shared, and a list without a type pages through every automated one as well. */
const MANUAL = { ...PAGE, SnapshotType: 'manual' } as const;

export const dbSnapshot = resource(
  'AWS::RDS::DBSnapshot',
  {
    scope: 'regional',
    operations: [describeSnapshots],
    async *list(aws) {
      for await (const page of aws.pages(describeSnapshots, MANUAL)) yield* listed(page.DBSnapshots);
    },
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
    async *list(aws) {
      for await (const page of aws.pages(describeClusterSnapshots, MANUAL)) yield* listed(page.DBClusterSnapshots);
    },
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

function isRetained({ Status }: DBInstanceAutomatedBackup): boolean {
  return Status !== 'active' && Status !== 'creating';
}

function canBePublic(snapshot: { status: string; snapshotType: string; encryption: string }): boolean {
  return snapshot.snapshotType === 'manual' && snapshot.status === 'available' && snapshot.encryption !== 'sse-kms';
}

function restorers(attributes: readonly DBSnapshotAttribute[] | undefined): string[] | undefined {
  const restore = attributes?.filter(({ AttributeName }) => AttributeName === 'restore');
  return restore?.flatMap(({ AttributeValues }) => AttributeValues ?? []);
}

function once<V>(ask: (name: string) => Promise<V>): (name: string) => Promise<V> {
  const asked = new Map<string, Promise<V>>();
  return (name) => {
    const answer = asked.get(name) ?? ask(name);
    asked.set(name, answer);
    return answer;
  };
}

/** Where the filter is ignored, the answer holds all parameters. */
async function tlsParametersIn(pages: AsyncIterable<{ Parameters?: Parameter[] | undefined }>) {
  const values: Record<string, string | null> = {};
  for await (const page of pages) {
    for (const { ParameterName, ParameterValue } of listed(page.Parameters)) {
      const name = TLS_PARAMETERS.find((one) => one === ParameterName?.toLowerCase());
      if (name) values[name] = ParameterValue ?? null;
    }
  }
  return values;
}

/** Nothing but what concerns TLS: settings of other options hold passwords. */
function tlsOptionsIn(group: string | undefined, options: readonly Option[] | undefined): TlsOption[] | undefined {
  const found = options?.filter(({ OptionName }) => OptionName === 'SSL' || OptionName === 'NATIVE_NETWORK_ENCRYPTION');
  return each(found, ({ OptionName, OptionSettings }) => {
    const server = OptionSettings?.find(({ Name }) => Name === 'SQLNET.ENCRYPTION_SERVER');
    const encryptionServer = OptionSettings && (server?.Value ?? server?.DefaultValue ?? null);
    return whole({ group, name: OptionName, encryptionServer });
  });
}

/** An instance has one parameter group, although AWS answers a list. */
async function tlsByParameters(
  groups: readonly { name: string }[],
  ask: (name: string) => Promise<TlsSettings['parameters']>,
): Promise<TlsSettings> {
  const names = new Set(groups.map(({ name }) => name));
  const answers = await Promise.all([...names].map(ask));
  return { parameters: Object.assign({}, ...answers) as TlsSettings['parameters'], options: [] };
}

function tlsByOptions(groups: readonly { name: string }[], known: ReadonlyMap<string, readonly TlsOption[]>) {
  const parameters: TlsSettings['parameters'] = {};
  return { parameters, options: each(groups, ({ name }) => known.get(name))?.flat() };
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::RDS::DBInstance': TypeOf<typeof dbInstance>;
    'AWS::RDS::DBCluster': TypeOf<typeof dbCluster>;
    'AWS::RDS::DBSubnetGroup': TypeOf<typeof dbSubnetGroup>;
    'AWS::RDS::DBProxy': TypeOf<typeof dbProxy>;
    'AWS::RDS::DBInstanceAutomatedBackup': TypeOf<typeof retainedBackup>;
    'AWS::RDS::DBSnapshot': TypeOf<typeof dbSnapshot>;
    'AWS::RDS::DBClusterSnapshot': TypeOf<typeof dbClusterSnapshot>;
  }
}
