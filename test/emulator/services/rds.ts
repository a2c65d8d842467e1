import type * as api from '@aws-sdk/client-rds';
import type { Described } from '../defaults/common.ts';
import { CERTIFICATES, engineVersions, majorVersions, parametersOf, type ParameterGroup } from '../defaults/engines.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

/** RDS, ElastiCache and Redshift page alike: 20 to 100 records, 100 when none is asked for. */
export const RECORD_PAGES: PageRules = {
  min: 20,
  max: 100,
  byDefault: 100,
  badSize: (size) =>
    new AwsError(400, 'InvalidParameterValue', `Invalid value ${size} for MaxRecords. Must be between 20 and 100`),
  badToken: () => new AwsError(400, 'InvalidParameterValue', 'Invalid marker'),
};

interface Paged {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
  readonly Filters?: api.Filter[] | undefined;
}

function pageOf<T>(items: readonly T[], input: Paged, context: Context) {
  const { items: found, next } = page(items, context, RECORD_PAGES, input.MaxRecords, input.Marker);
  return { found, more: next ? { Marker: next } : {} };
}

/** The items that were named, or all; a name that does not exist is an error. Filters match by value, ids and ARNs alike. */
function selected<T>(
  items: readonly T[],
  name: string | undefined,
  input: Paged,
  fields: Readonly<Record<string, (item: T) => string | undefined>>,
  missing: readonly [code: string, what: string],
): readonly T[] {
  const [first = '', ...others] = Object.keys(fields);
  const named = name ? items.filter((item) => [first, ...others].some((key) => fields[key]!(item) === name)) : items;
  if (name && named.length === 0) throw new AwsError(404, missing[0], `${missing[1]} ${name} not found.`);
  const filters = input.Filters ?? [];
  for (const { Name } of filters)
    if (!fields[Name!]) throw new AwsError(400, 'InvalidParameterValue', `Unrecognized filter name: ${Name}`);
  return named.filter((item) => filters.every(({ Name, Values }) => Values?.includes(fields[Name!]!(item) ?? '')));
}

export const rds = {
  DescribeDBInstances(input: api.DescribeDBInstancesMessage, context: Context): Described<api.DBInstanceMessage> {
    const fields = {
      'db-instance-id': (one: Described<api.DBInstance>) => one.DBInstanceIdentifier,
      'db-cluster-id': (one: Described<api.DBInstance>) => one.DBClusterIdentifier,
      'dbi-resource-id': (one: Described<api.DBInstance>) => one.DbiResourceId,
      engine: (one: Described<api.DBInstance>) => one.Engine,
    };
    const all = context.here.rds.DBInstances;
    const instances = selected(all, input.DBInstanceIdentifier, input, fields, ['DBInstanceNotFound', 'DBInstance']);
    const { found, more } = pageOf(instances, input, context);
    return { DBInstances: found.map((one) => instanceNow(one, context.world.now)), ...more };
  },

  DescribeDBClusters(input: api.DescribeDBClustersMessage, context: Context): Described<api.DBClusterMessage> {
    const fields = {
      'db-cluster-id': (one: Described<api.DBCluster>) => one.DBClusterIdentifier,
      'db-cluster-resource-id': (one: Described<api.DBCluster>) => one.DbClusterResourceId,
      engine: (one: Described<api.DBCluster>) => one.Engine,
    };
    const all = context.here.rds.DBClusters;
    const clusters = selected(all, input.DBClusterIdentifier, input, fields, ['DBClusterNotFoundFault', 'DBCluster']);
    const { found, more } = pageOf(clusters, input, context);
    return { DBClusters: found.map((one) => restorable(one, context.world.now)), ...more };
  },

  DescribeDBSubnetGroups(
    input: api.DescribeDBSubnetGroupsMessage,
    context: Context,
  ): Described<api.DBSubnetGroupMessage> {
    const fields = { name: (one: Described<api.DBSubnetGroup>) => one.DBSubnetGroupName };
    const all = context.here.rds.DBSubnetGroups;
    const groups = selected(all, input.DBSubnetGroupName, input, fields, [
      'DBSubnetGroupNotFoundFault',
      'DB subnet group',
    ]);
    const { found, more } = pageOf(groups, input, context);
    return { DBSubnetGroups: found, ...more };
  },

  DescribeDBSnapshots(input: api.DescribeDBSnapshotsMessage, context: Context): Described<api.DBSnapshotMessage> {
    const fields = {
      'db-snapshot-id': (one: Described<api.DBSnapshot>) => one.DBSnapshotIdentifier,
      'db-instance-id': (one: Described<api.DBSnapshot>) => one.DBInstanceIdentifier,
      'snapshot-type': (one: Described<api.DBSnapshot>) => one.SnapshotType,
      engine: (one: Described<api.DBSnapshot>) => one.Engine,
    };
    const all = context.here.rds.DBSnapshots;
    const named = selected(all, input.DBSnapshotIdentifier, input, fields, ['DBSnapshotNotFound', 'DBSnapshot']);
    const snapshots = named.filter(
      (one) =>
        (input.SnapshotType ?? one.SnapshotType) === one.SnapshotType &&
        (input.DBInstanceIdentifier ?? one.DBInstanceIdentifier) === one.DBInstanceIdentifier,
    );
    const { found, more } = pageOf(snapshots, input, context);
    return { DBSnapshots: found.map(({ Shared: _shared, ...snapshot }) => snapshot), ...more };
  },

  DescribeDBClusterSnapshots(
    input: api.DescribeDBClusterSnapshotsMessage,
    context: Context,
  ): Described<api.DBClusterSnapshotMessage> {
    const fields = {
      'db-cluster-snapshot-id': (one: Described<api.DBClusterSnapshot>) => one.DBClusterSnapshotIdentifier,
      'db-cluster-id': (one: Described<api.DBClusterSnapshot>) => one.DBClusterIdentifier,
      'snapshot-type': (one: Described<api.DBClusterSnapshot>) => one.SnapshotType,
      engine: (one: Described<api.DBClusterSnapshot>) => one.Engine,
    };
    const all = context.here.rds.DBClusterSnapshots;
    const missing = ['DBClusterSnapshotNotFoundFault', 'DBClusterSnapshot'] as const;
    const named = selected(all, input.DBClusterSnapshotIdentifier, input, fields, missing);
    const snapshots = named.filter((one) => (input.SnapshotType ?? one.SnapshotType) === one.SnapshotType);
    const { found, more } = pageOf(snapshots, input, context);
    return { DBClusterSnapshots: found.map(({ Shared: _shared, ...snapshot }) => snapshot), ...more };
  },

  DescribeDBSnapshotAttributes(
    input: api.DescribeDBSnapshotAttributesMessage,
    { here }: Context,
  ): Described<api.DescribeDBSnapshotAttributesResult> {
    const { DBSnapshotIdentifier: name } = input;
    const snapshot = here.rds.DBSnapshots.find((one) => one.DBSnapshotIdentifier === name);
    if (!snapshot) throw new AwsError(404, 'DBSnapshotNotFound', `DBSnapshot ${name} not found.`);
    const DBSnapshotAttributes = [{ AttributeName: 'restore', AttributeValues: snapshot.Shared ?? [] }];
    return { DBSnapshotAttributesResult: { DBSnapshotIdentifier: name, DBSnapshotAttributes } };
  },

  DescribeDBClusterSnapshotAttributes(
    input: api.DescribeDBClusterSnapshotAttributesMessage,
    { here }: Context,
  ): Described<api.DescribeDBClusterSnapshotAttributesResult> {
    const { DBClusterSnapshotIdentifier: name } = input;
    const snapshot = here.rds.DBClusterSnapshots.find((one) => one.DBClusterSnapshotIdentifier === name);
    if (!snapshot) throw new AwsError(404, 'DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${name} not found.`);
    const DBClusterSnapshotAttributes = [{ AttributeName: 'restore', AttributeValues: snapshot.Shared ?? [] }];
    return { DBClusterSnapshotAttributesResult: { DBClusterSnapshotIdentifier: name, DBClusterSnapshotAttributes } };
  },

  DescribeDBParameters(
    input: api.DescribeDBParametersMessage,
    context: Context,
  ): Described<api.DBParameterGroupDetails> {
    return parameters(input.DBParameterGroupName, context.here.rds.DBParameterGroups, input, context);
  },

  DescribeDBClusterParameters(
    input: api.DescribeDBClusterParametersMessage,
    context: Context,
  ): Described<api.DBClusterParameterGroupDetails> {
    return parameters(input.DBClusterParameterGroupName, context.here.rds.DBClusterParameterGroups, input, context);
  },

  DescribeOptionGroups(input: api.DescribeOptionGroupsMessage, context: Context): Described<api.OptionGroups> {
    const fields = { name: (one: Described<api.OptionGroup>) => one.OptionGroupName };
    const all = context.here.rds.OptionGroups;
    const named = selected(all, input.OptionGroupName, input, fields, [
      'OptionGroupNotFoundFault',
      'Specified OptionGroupName:',
    ]);
    const groups = named.filter(({ EngineName }) => (input.EngineName ?? EngineName) === EngineName);
    const { found, more } = pageOf(groups, input, context);
    return { OptionGroupsList: found, ...more };
  },

  DescribeDBProxies(input: api.DescribeDBProxiesRequest, context: Context): Described<api.DescribeDBProxiesResponse> {
    const fields = { name: (one: Described<api.DBProxy>) => one.DBProxyName };
    const all = context.here.rds.DBProxies;
    const proxies = selected(all, input.DBProxyName, input, fields, ['DBProxyNotFoundFault', 'DBProxy']);
    const { found, more } = pageOf(proxies, input, context);
    return { DBProxies: found, ...more };
  },

  DescribeDBProxyTargetGroups(
    input: api.DescribeDBProxyTargetGroupsRequest,
    context: Context,
  ): Described<api.DescribeDBProxyTargetGroupsResponse> {
    const fields = { proxy: (one: Described<api.DBProxyTargetGroup>) => one.DBProxyName };
    const all = context.here.rds.DBProxyTargetGroups;
    const groups = selected(all, input.DBProxyName, input, fields, ['DBProxyNotFoundFault', 'DBProxy']);
    const { found, more } = pageOf(groups, input, context);
    return { TargetGroups: found, ...more };
  },

  DescribeCertificates(input: api.DescribeCertificatesMessage, context: Context): Described<api.CertificateMessage> {
    const fields = { name: (one: Described<api.Certificate>) => one.CertificateIdentifier };
    const named = selected(CERTIFICATES, input.CertificateIdentifier, input, fields, [
      'CertificateNotFound',
      'Certificate',
    ]);
    const { found, more } = pageOf(named, input, context);
    const Certificates = found.map((one) => ({
      ...one,
      CertificateArn: `arn:aws:rds:${context.region}::cert:${one.CertificateIdentifier}`,
    }));
    return { DefaultCertificateForNewLaunches: 'rds-ca-rsa2048-g1', Certificates, ...more };
  },

  DescribeDBEngineVersions(
    input: api.DescribeDBEngineVersionsMessage,
    context: Context,
  ): Described<api.DBEngineVersionMessage> {
    const fields = {
      engine: (one: Described<api.DBEngineVersion>) => one.Engine,
      'engine-version': (one: Described<api.DBEngineVersion>) => one.EngineVersion,
      status: (one: Described<api.DBEngineVersion>) => one.Status,
    };
    const versions = selected(engineVersions(), undefined, input, fields, ['', '']).filter(
      (one) =>
        (input.Engine ?? one.Engine) === one.Engine &&
        (input.EngineVersion ?? one.EngineVersion) === one.EngineVersion &&
        (input.IncludeAll === true || one.Status === 'available'),
    );
    const { found, more } = pageOf(versions, input, context);
    return { DBEngineVersions: found, ...more };
  },

  DescribeDBMajorEngineVersions(
    input: api.DescribeDBMajorEngineVersionsRequest,
    context: Context,
  ): Described<api.DescribeDBMajorEngineVersionsResponse> {
    const versions = majorVersions().filter(
      (one) =>
        (input.Engine ?? one.Engine) === one.Engine &&
        (input.MajorEngineVersion ?? one.MajorEngineVersion) === one.MajorEngineVersion,
    );
    const { found, more } = pageOf(versions, input, context);
    return { DBMajorEngineVersions: found, ...more };
  },

  DescribeDBClusterAutomatedBackups(
    input: api.DescribeDBClusterAutomatedBackupsMessage,
    context: Context,
  ): Described<api.DBClusterAutomatedBackupMessage> {
    const fields = {
      'db-cluster-id': (one: Described<api.DBClusterAutomatedBackup>) => one.DBClusterIdentifier,
      'db-cluster-resource-id': (one: Described<api.DBClusterAutomatedBackup>) => one.DbClusterResourceId,
      status: (one: Described<api.DBClusterAutomatedBackup>) => one.Status,
    };
    const all = context.here.rds.DBClusterAutomatedBackups;
    const missing = ['DBClusterAutomatedBackupNotFoundFault', 'DBClusterAutomatedBackup'] as const;
    const { found, more } = pageOf(selected(all, input.DBClusterIdentifier, input, fields, missing), input, context);
    return { DBClusterAutomatedBackups: found, ...more };
  },

  DescribeDBInstanceAutomatedBackups(
    input: api.DescribeDBInstanceAutomatedBackupsMessage,
    context: Context,
  ): Described<api.DBInstanceAutomatedBackupMessage> {
    const fields = {
      'db-instance-id': (one: Described<api.DBInstanceAutomatedBackup>) => one.DBInstanceIdentifier,
      'dbi-resource-id': (one: Described<api.DBInstanceAutomatedBackup>) => one.DbiResourceId,
      status: (one: Described<api.DBInstanceAutomatedBackup>) => one.Status,
    };
    const all = context.here.rds.DBInstanceAutomatedBackups;
    const missing = ['DBInstanceAutomatedBackupNotFound', 'DBInstanceAutomatedBackup'] as const;
    const { found, more } = pageOf(selected(all, input.DBInstanceIdentifier, input, fields, missing), input, context);
    return { DBInstanceAutomatedBackups: found, ...more };
  },
};

const MINUTE_MS = 60_000;

/** A running database with backups can be restored up to five minutes ago, unless the description says otherwise. */
function restorable<T extends { BackupRetentionPeriod?: number | undefined }>(database: T, now: Date): T {
  const ago = new Date(now.getTime() - 5 * MINUTE_MS).toISOString();
  return database.BackupRetentionPeriod ? { LatestRestorableTime: ago, ...database } : database;
}

/** Members of a cluster are restored with it. RDS renews server certificates long before their year is over. */
function instanceNow(instance: Described<api.DBInstance>, now: Date): Described<api.DBInstance> {
  const ValidTill = new Date(now.getTime() + 300 * 24 * 60 * MINUTE_MS).toISOString();
  const CertificateDetails = { CAIdentifier: instance.CACertificateIdentifier, ValidTill };
  const whole = { CertificateDetails, ...instance };
  return instance.DBClusterIdentifier ? whole : restorable(whole, now);
}

function parameters(
  name = '',
  groups: Readonly<Record<string, ParameterGroup>>,
  input: Paged & { readonly Source?: string | undefined },
  context: Context,
): Described<api.DBParameterGroupDetails> {
  const byDefault = name.startsWith('default.') ? { Family: name.slice('default.'.length) } : undefined;
  const group = groups[name] ?? byDefault;
  if (!group) throw new AwsError(404, 'DBParameterGroupNotFound', `DBParameterGroup not found: ${name}`);
  const fields = { 'parameter-name': (one: Described<api.Parameter>) => one.ParameterName };
  const named = selected(parametersOf(group), undefined, input, fields, ['', '']);
  const wanted = named.filter(({ Source }) => (input.Source ?? Source) === Source);
  const { found, more } = pageOf(wanted, input, context);
  return { Parameters: found, ...more };
}
