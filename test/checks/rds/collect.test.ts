import {
  type DBProxy,
  type DBProxyTargetGroup,
  DescribeCertificatesCommand,
  DescribeDBClusterAutomatedBackupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBMajorEngineVersionsCommand,
  DescribeDBParametersCommand,
  DescribeDBProxiesCommand,
  DescribeDBProxyTargetGroupsCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeOptionGroupsCommand,
  type DBCluster,
  type DBInstance,
} from '@aws-sdk/client-rds';
import 'aws-sdk-client-mock-vitest/extend';
import { describe, expect, it } from 'vitest';
import {
  dbCluster,
  dbClusterSnapshot,
  dbInstance,
  dbProxy,
  dbSnapshot,
  dbSubnetGroup,
  retainedBackup,
  retainedClusterBackup,
} from '../../../checks/rds/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const arn = (name: string) => `arn:aws:rds:eu-west-1:111122223333:${name}`;
const lacks = (field: string) => ({ detail: `the answer lacks ${field}` });
const member = (DBClusterParameterGroupStatus: string | undefined) => ({ DBClusterParameterGroupStatus });
const groupsWith = (...Options: object[]) => ({
  OptionGroupsList: [
    { OptionGroupName: 'encrypted', Options },
    { OptionGroupName: 'odd' },
    { Options: [{ OptionName: 'MARIADB_AUDIT_PLUGIN' }] },
    { OptionGroupName: 'other', Options: [] },
  ],
});
/** Every parameter that some check reads, so that one call for each group does for all of them. */
const FILTER = {
  Name: 'parameter-name',
  Values: [
    'rds.force_ssl',
    'require_secure_transport',
    'db2comm',
    'ssl_min_protocol_version',
    'tls_version',
    'rds.tls10',
    'rds.tls11',
    'server_audit_logging',
    'server_audit_events',
    'server_audit_logs_upload',
    'shared_preload_libraries',
    'pgaudit.log',
    'log_statement',
    'audit_trail',
    'slow_query_log',
    'log_slow_query',
    'long_query_time',
    'log_slow_query_time',
    'log_output',
    'log_min_duration_statement',
    'DB2COMM',
  ],
};

describe('instances', () => {
  const { aws, collected } = collector(dbInstance);
  const orders: DBInstance = {
    DBInstanceIdentifier: 'orders',
    DBInstanceArn: arn('db:orders'),
    Engine: 'postgres',
    EngineVersion: '16.4',
    DBInstanceStatus: 'available',
    InstanceCreateTime: new Date('2024-01-01T00:00:00Z'),
    LatestRestorableTime: new Date('2025-12-31T23:55:00Z'),
    MultiAZ: true,
    AutoMinorVersionUpgrade: false,
    DeletionProtection: true,
    IAMDatabaseAuthenticationEnabled: false,
    MasterUsername: 'postgres',
    MasterUserSecret: { SecretStatus: 'active' },
    EnabledCloudwatchLogsExports: ['postgresql'],
    ActivityStreamStatus: 'stopped',
    DatabaseInsightsMode: 'standard',
    PerformanceInsightsEnabled: true,
    PerformanceInsightsKMSKeyId: 'insights-key',
    MonitoringInterval: 15,
    MonitoringRoleArn: 'role',
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    CertificateDetails: { CAIdentifier: 'rds-ca-rsa2048-g1', ValidTill: new Date('2026-05-01T00:00:00Z') },
    Endpoint: { Address: 'orders.example', Port: 5433 },
    DbInstancePort: 0,
    NetworkType: 'DUAL',
    PubliclyAccessible: true,
    CustomerOwnedIpEnabled: false,
    DBSubnetGroup: { DBSubnetGroupName: 'private' },
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
    StorageEncrypted: true,
    KmsKeyId: 'key',
    BackupRetentionPeriod: 7,
    DBParameterGroups: [{ DBParameterGroupName: 'custom16', ParameterApplyStatus: 'in-sync' }],
    OptionGroupMemberships: [{ OptionGroupName: 'default:postgres-16', Status: 'in-sync' }],
    TagList: [{ Key: 'team', Value: 'shop' }],
  };
  const listed = (...differences: Partial<DBInstance>[]) => {
    const DBInstances = differences.map((difference, index) => ({
      ...orders,
      DBInstanceArn: arn(`db:${index}`),
      ...difference,
    }));
    aws().on(DescribeDBInstancesCommand).resolves({ DBInstances });
  };
  const base = async () => (await collected([])).rows[0]!.base;
  const facet = async (name: string) => (await collected([name])).rows.map((row) => row.facets[name]);
  const tls = () => facet('tls');

  it('describes an instance, with tags from the list', async () => {
    listed({});
    expect((await collected([])).rows).toMatchObject([
      {
        identity: { type: 'AWS::RDS::DBInstance', id: 'orders', arn: arn('db:0'), tags: { team: 'shop' } },
        base: {
          engine: 'postgres',
          engineVersion: '16.4',
          status: 'available',
          cluster: null,
          engineMode: null,
          createdAt: '2024-01-01T00:00:00.000Z',
          port: 5433,
          networkType: 'DUAL',
          publiclyAccessible: true,
          customerOwnedIp: false,
          subnetGroup: 'private',
          securityGroups: [{ id: 'sg-1', status: 'active' }],
          encryption: 'sse-kms',
          kmsKey: 'key',
          backupRetentionDays: 7,
          backupRecoveryPoint: null,
          replicaOf: null,
          parameterGroups: [{ name: 'custom16', applyStatus: 'in-sync' }],
          optionGroups: [{ name: 'default:postgres-16', status: 'in-sync' }],
          latestRestorableTime: '2025-12-31T23:55:00.000Z',
          multiAz: true,
          autoMinorVersionUpgrade: false,
          deletionProtection: true,
          iamAuthentication: false,
          masterUser: 'postgres',
          masterSecret: 'active',
          logExports: ['postgresql'],
          activityStream: 'stopped',
          insightsMode: 'standard',
          performanceInsights: true,
          performanceInsightsKey: 'insights-key',
          monitoringInterval: 15,
          monitoringRole: 'role',
          certificateAuthority: 'rds-ca-rsa2048-g1',
          certificateEnds: '2026-05-01T00:00:00.000Z',
        },
      },
    ]);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBInstancesCommand, { MaxRecords: 100 });
  });

  it('follows the pages', async () => {
    aws()
      .on(DescribeDBInstancesCommand)
      .resolvesOnce({ DBInstances: [orders], Marker: 'next' })
      .resolves({ DBInstances: [{ ...orders, DBInstanceArn: arn('db:other') }] });
    expect((await collected([])).cell).toMatchObject({ rows: 2 });
    expect(aws()).toHaveReceivedCommandWith(DescribeDBInstancesCommand, { MaxRecords: 100, Marker: 'next' });
  });

  it.each<[string, Partial<DBInstance>, object]>([
    ['a member of a cluster', { DBClusterIdentifier: 'orders' }, { cluster: 'orders' }],
    ['a replica of an instance', { ReadReplicaSourceDBInstanceIdentifier: 'source' }, { replicaOf: 'source' }],
    ['a replica of a cluster', { ReadReplicaSourceDBClusterIdentifier: 'source' }, { replicaOf: 'source' }],
    ['outside of any subnet group', { DBSubnetGroup: undefined }, { subnetGroup: null }],
    ['managed by AWS Backup', { AwsBackupRecoveryPointArn: 'point' }, { backupRecoveryPoint: 'point' }],
    ['not encrypted', { StorageEncrypted: false, KmsKeyId: undefined }, { encryption: 'none', kmsKey: null }],
    [
      'encrypted with a key that AWS owns, which StorageEncrypted denies',
      { StorageEncrypted: false, StorageEncryptionType: 'sse-rds' },
      { encryption: 'sse-rds' },
    ],
    [
      'not encrypted, which the newer member says alone',
      { StorageEncrypted: undefined, StorageEncryptionType: 'none' },
      { encryption: 'none' },
    ],
    [
      'without network type',
      { NetworkType: undefined, CustomerOwnedIpEnabled: undefined },
      { networkType: null, customerOwnedIp: null },
    ],
    ['without endpoint', { Endpoint: undefined }, { port: null }],
    ['not restorable', { LatestRestorableTime: undefined }, { latestRestorableTime: null }],
    ['without master user', { MasterUsername: undefined }, { masterUser: null }],
    ['with a password of its own', { MasterUserSecret: undefined }, { masterSecret: null }],
    ['that exports no logs', { EnabledCloudwatchLogsExports: undefined }, { logExports: [] }],
    ['of an engine without activity streams', { ActivityStreamStatus: undefined }, { activityStream: null }],
    [
      'without Performance Insights',
      { DatabaseInsightsMode: undefined, PerformanceInsightsEnabled: false, PerformanceInsightsKMSKeyId: undefined },
      { insightsMode: null, performanceInsights: false, performanceInsightsKey: null },
    ],
    // CreateDBInstance documents 0 as the default.
    [
      'without enhanced monitoring',
      { MonitoringInterval: undefined, MonitoringRoleArn: undefined },
      { monitoringInterval: 0, monitoringRole: null },
    ],
    ['of whose certificate AWS tells nothing', { CertificateDetails: undefined }, { certificateEnds: null }],
  ])('%s', async (_name, difference, expected) => {
    listed(difference);
    expect(await base()).toMatchObject(expected);
  });

  it('what the answer lacks is a gap', async () => {
    listed({
      Engine: undefined,
      EngineVersion: undefined,
      DBInstanceStatus: undefined,
      Endpoint: { Address: 'orders.example' },
      InstanceCreateTime: undefined,
      MultiAZ: undefined,
      AutoMinorVersionUpgrade: undefined,
      DeletionProtection: undefined,
      IAMDatabaseAuthenticationEnabled: undefined,
      MasterUserSecret: { SecretArn: 'secret' },
      PerformanceInsightsEnabled: undefined,
      CACertificateIdentifier: undefined,
      CertificateDetails: {},
      PubliclyAccessible: undefined,
      DBSubnetGroup: {},
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
      StorageEncrypted: undefined,
      BackupRetentionPeriod: undefined,
      DBParameterGroups: undefined,
      OptionGroupMemberships: [{ Status: 'in-sync' }],
    });
    const [row] = (await collected([])).rows;
    expect(Object.keys(row!.missing!).toSorted()).toEqual([
      'autoMinorVersionUpgrade',
      'backupRetentionDays',
      'certificateAuthority',
      'certificateEnds',
      'createdAt',
      'deletionProtection',
      'encryption',
      'engine',
      'engineVersion',
      'iamAuthentication',
      'masterSecret',
      'multiAz',
      'optionGroups',
      'parameterGroups',
      'performanceInsights',
      'port',
      'publiclyAccessible',
      'securityGroups',
      'status',
      'subnetGroup',
    ]);
  });

  it('an answer without a list is not an account without databases', async () => {
    aws().on(DescribeDBInstancesCommand).resolves({});
    expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'failed' } });
  });

  it('a denied list is a gap of the cell', async () => {
    aws().on(DescribeDBInstancesCommand).rejects(awsError('AccessDenied'));
    expect((await collected()).cell).toMatchObject({
      rows: 0,
      gap: { reason: 'denied', operation: 'rds:DescribeDBInstances' },
    });
  });

  describe('TLS by parameters', () => {
    it('asks once for each group, for nothing but the parameters in question', async () => {
      const other = { DBParameterGroups: [{ DBParameterGroupName: 'other16', ParameterApplyStatus: 'in-sync' }] };
      listed({}, {}, other, {});
      aws()
        .on(DescribeDBParametersCommand, { DBParameterGroupName: 'custom16' })
        .resolves({ Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '1' }] })
        .on(DescribeDBParametersCommand, { DBParameterGroupName: 'other16' })
        .resolves({ Parameters: [{ ParameterName: 'rds.force_ssl' }] });
      const custom = { value: { parameters: { 'rds.force_ssl': '1' }, options: [] } };
      expect(await tls()).toEqual([
        custom,
        custom,
        { value: { parameters: { 'rds.force_ssl': null }, options: [] } },
        custom,
      ]);
      expect(aws().commandCalls(DescribeDBParametersCommand)).toHaveLength(2);
      expect(aws()).toHaveReceivedCommandWith(DescribeDBParametersCommand, {
        DBParameterGroupName: 'custom16',
        Filters: [FILTER],
        MaxRecords: 100,
      });
      expect(aws()).not.toHaveReceivedCommand(DescribeOptionGroupsCommand);
    });

    it('reads on where the filter is ignored, and keeps only what concerns TLS', async () => {
      listed({});
      aws()
        .on(DescribeDBParametersCommand)
        .resolvesOnce({ Parameters: [{ ParameterName: 'autovacuum', ParameterValue: '1' }], Marker: 'next' })
        .resolves({ Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '0' }, {}] });
      expect(await tls()).toEqual([{ value: { parameters: { 'rds.force_ssl': '0' }, options: [] } }]);
    });

    it('knows the parameter of Db2 in capitals', async () => {
      listed({ Engine: 'db2-se' });
      aws()
        .on(DescribeDBParametersCommand)
        .resolves({ Parameters: [{ ParameterName: 'DB2COMM', ParameterValue: 'SSL' }] });
      expect(await tls()).toEqual([{ value: { parameters: { db2comm: 'SSL' }, options: [] } }]);
    });

    it('a group without the parameter is not one with its default', async () => {
      listed({ Engine: 'mariadb' });
      aws().on(DescribeDBParametersCommand).resolves({ Parameters: [] });
      expect(await tls()).toEqual([{ value: { parameters: {}, options: [] } }]);
    });

    it('a denied group is a gap of the databases that share it, and of no other', async () => {
      listed({}, {}, { DBParameterGroups: [{ DBParameterGroupName: 'other16', ParameterApplyStatus: 'in-sync' }] });
      aws()
        .on(DescribeDBParametersCommand, { DBParameterGroupName: 'custom16' })
        .rejects(awsError('AccessDenied'))
        .on(DescribeDBParametersCommand, { DBParameterGroupName: 'other16' })
        .resolves({ Parameters: [] });
      const gap = { reason: 'denied', operation: 'rds:DescribeDBParameters' };
      expect(await tls()).toMatchObject([{ gap }, { gap }, { value: { parameters: {} } }]);
    });

    it('an answer without parameters is a gap', async () => {
      listed({});
      aws().on(DescribeDBParametersCommand).resolves({});
      expect(await tls()).toMatchObject([{ gap: { reason: 'failed' } }]);
    });

    it.each<[string, Partial<DBInstance>]>([
      ['a member: judged at its cluster', { DBClusterIdentifier: 'orders' }],
      ['DocumentDB', { Engine: 'docdb' }],
      ['Neptune', { Engine: 'neptune' }],
      ['being deleted', { DBInstanceStatus: 'deleting' }],
      ['an engine without such parameters', { Engine: 'custom-sqlserver-ee' }],
    ])('asks nothing of %s', async (_name, difference) => {
      listed(difference);
      expect(await tls()).toEqual([{ value: null }]);
      expect(aws().calls()).toHaveLength(1);
    });
  });

  describe('the parameters of logs', () => {
    const pgaudit = [
      { ParameterName: 'pgaudit.log', ParameterValue: 'ddl', Source: 'user' },
      { ParameterName: 'log_statement', Source: 'engine-default' },
      { ParameterName: 'rds.force_ssl', ParameterValue: '1', Source: 'user' },
    ];
    const memberOf = (DBParameterGroupName: string) => ({
      Engine: 'aurora-postgresql',
      DBClusterIdentifier: 'checkout',
      DBParameterGroups: [{ DBParameterGroupName, ParameterApplyStatus: 'in-sync' }],
    });
    const logs = () => facet('logParameters');

    it.each([['postgres'], ['mysql'], ['mariadb'], ['oracle-ee']])('of %s, without those of TLS', async (Engine) => {
      listed({ Engine });
      aws().on(DescribeDBParametersCommand).resolves({ Parameters: pgaudit });
      expect(await logs()).toEqual([{ value: { 'pgaudit.log': 'ddl', log_statement: null } }]);
    });

    it('come in one call with those of TLS', async () => {
      listed({});
      aws().on(DescribeDBParametersCommand).resolves({ Parameters: pgaudit });
      const { rows } = await collected(['tls', 'logParameters']);
      expect(rows).toMatchObject([
        { facets: { tls: { value: { parameters: { 'rds.force_ssl': '1' } } }, logParameters: {} } },
      ]);
      expect(rows[0]!.facets['tls']).toEqual({ value: { parameters: { 'rds.force_ssl': '1' }, options: [] } });
      expect(aws().commandCalls(DescribeDBParametersCommand)).toHaveLength(1);
    });

    it('of a member are what somebody has set in its own group', async () => {
      listed(memberOf('debugging16'));
      aws().on(DescribeDBParametersCommand).resolves({ Parameters: pgaudit });
      expect(await logs()).toEqual([{ value: { 'pgaudit.log': 'ddl' } }]);
    });

    it('of a member with a default group are none: nobody can set anything there', async () => {
      listed(memberOf('default.aurora-postgresql16'));
      expect(await logs()).toEqual([{ value: {} }]);
      expect(aws()).not.toHaveReceivedCommand(DescribeDBParametersCommand);
    });

    it.each<[string, Partial<DBInstance>]>([
      ['DocumentDB', { Engine: 'docdb' }],
      ['being deleted', { DBInstanceStatus: 'deleting' }],
      ['SQL Server', { Engine: 'sqlserver-se' }],
      ['RDS Custom', { Engine: 'custom-oracle-ee' }],
    ])('asks nothing of %s', async (_name, difference) => {
      listed(difference);
      expect(await logs()).toEqual([{ value: null }]);
      expect(aws().calls()).toHaveLength(1);
    });
  });

  describe('audit options', () => {
    const inGroup = (Engine: string, OptionGroupName: string, difference: Partial<DBInstance> = {}) => ({
      Engine,
      OptionGroupMemberships: [{ OptionGroupName, Status: 'in-sync' }],
      ...difference,
    });
    const options = () => facet('auditOptions');

    it.each([
      ['mysql', 'MARIADB_AUDIT_PLUGIN'],
      ['mariadb', 'MARIADB_AUDIT_PLUGIN'],
      ['sqlserver-se', 'SQLSERVER_AUDIT'],
      ['db2-se', 'DB2_AUDIT'],
    ])('of %s', async (Engine, OptionName) => {
      listed(inGroup(Engine, 'encrypted'), inGroup(Engine, 'other'));
      aws()
        .on(DescribeOptionGroupsCommand)
        .resolves(groupsWith({ OptionName: 'MEMCACHED' }, { OptionName }));
      expect(await options()).toEqual([{ value: [{ group: 'encrypted', name: OptionName }] }, { value: [] }]);
      expect(aws().commandCalls(DescribeOptionGroupsCommand)).toHaveLength(1);
    });

    it.each(['odd', 'gone'])('of the group %s are a gap: the answer does not tell', async (group) => {
      listed(inGroup('mysql', group));
      aws().on(DescribeOptionGroupsCommand).resolves(groupsWith());
      expect(await options()).toMatchObject([{ gap: lacks('auditOptions') }]);
    });

    it('of a default group are none, without a call', async () => {
      listed(inGroup('mysql', 'default:mysql-8-0'), { Engine: 'sqlserver-se', OptionGroupMemberships: [] });
      expect(await options()).toEqual([{ value: [] }, { value: [] }]);
      expect(aws()).not.toHaveReceivedCommand(DescribeOptionGroupsCommand);
    });

    it('of a group beside a default one', async () => {
      const groups = ['default:mysql-8-0', 'encrypted'].map((name) => ({ OptionGroupName: name, Status: 'in-sync' }));
      listed({ Engine: 'mysql', OptionGroupMemberships: groups });
      aws()
        .on(DescribeOptionGroupsCommand)
        .resolves(groupsWith({ OptionName: 'MARIADB_AUDIT_PLUGIN' }));
      expect(await options()).toEqual([{ value: [{ group: 'encrypted', name: 'MARIADB_AUDIT_PLUGIN' }] }]);
    });

    it.each<[string, Partial<DBInstance>]>([
      ['PostgreSQL', {}],
      ['Oracle', { Engine: 'oracle-ee' }],
      ['SQL Server Express', { Engine: 'sqlserver-ex' }],
      ['a member', inGroup('mysql', 'encrypted', { DBClusterIdentifier: 'orders' })],
      ['one that failed', inGroup('mysql', 'encrypted', { DBInstanceStatus: 'failed' })],
    ])('asks nothing of %s', async (_name, difference) => {
      listed(difference);
      expect(await options()).toEqual([{ value: null }]);
      expect(aws().calls()).toHaveLength(1);
    });
  });

  describe('the release', () => {
    const release = () => facet('release');
    const version = {
      Engine: 'postgres',
      EngineVersion: '16.4',
      Status: 'available',
      SupportsCertificateRotationWithoutRestart: true,
      SupportsLogExportsToCloudwatchLogs: true,
    };

    it('is asked for once for each engine and version, deprecated ones included', async () => {
      listed({}, {}, { EngineVersion: '12.3' }, { DBClusterIdentifier: 'checkout' });
      aws()
        .on(DescribeDBEngineVersionsCommand, { EngineVersion: '16.4' })
        .resolves({ DBEngineVersions: [version] })
        .on(DescribeDBEngineVersionsCommand, { EngineVersion: '12.3' })
        .resolves({ DBEngineVersions: [{ ...version, EngineVersion: '12.3', Status: 'deprecated' }] });
      const current = { value: { status: 'available', rotatesCertificates: true, exportsLogs: true } };
      expect(await release()).toEqual([
        current,
        current,
        { value: { ...current.value, status: 'deprecated' } },
        current,
      ]);
      expect(
        aws()
          .commandCalls(DescribeDBEngineVersionsCommand)
          .map((call) => call.args[0].input),
      ).toEqual([
        { Engine: 'postgres', EngineVersion: '16.4', IncludeAll: true, MaxRecords: 100 },
        { Engine: 'postgres', EngineVersion: '12.3', IncludeAll: true, MaxRecords: 100 },
      ]);
    });

    it('may be one that AWS does not list any more', async () => {
      listed({});
      aws()
        .on(DescribeDBEngineVersionsCommand)
        .resolves({ DBEngineVersions: [{ ...version, EngineVersion: '16.40' }] });
      expect(await release()).toEqual([{ value: { status: null, rotatesCertificates: null, exportsLogs: null } }]);
    });

    it('need not tell of certificates and logs', async () => {
      listed({});
      aws()
        .on(DescribeDBEngineVersionsCommand)
        .resolves({ DBEngineVersions: [{ EngineVersion: '16.4', Status: 'available' }] });
      expect(await release()).toEqual([
        { value: { status: 'available', rotatesCertificates: null, exportsLogs: null } },
      ]);
    });

    it.each([[{}], [{ DBEngineVersions: [{ EngineVersion: '16.4' }] }]])('the answer %j is a gap', async (answer) => {
      listed({});
      aws().on(DescribeDBEngineVersionsCommand).resolves(answer);
      expect(await release()).toMatchObject([{ gap: { reason: 'failed', operation: 'rds:DescribeDBEngineVersions' } }]);
    });

    it.each([
      ['RDS Custom', { Engine: 'custom-oracle-ee' }],
      ['Neptune', { Engine: 'neptune' }],
    ])('of %s is nobody asked', async (_name, difference) => {
      listed(difference);
      expect(await release()).toEqual([{ value: null }]);
      expect(aws().calls()).toHaveLength(1);
    });
  });

  describe('the lifecycle', () => {
    const lifecycle = () => facet('lifecycle');
    const standard = (LifecycleSupportEndDate: Date | undefined) => ({
      LifecycleSupportName: 'open-source-rds-standard-support' as const,
      LifecycleSupportStartDate: new Date('2020-01-01T00:00:00Z'),
      LifecycleSupportEndDate,
    });
    const extended = {
      ...standard(new Date('2031-02-28T00:00:00Z')),
      LifecycleSupportName: 'open-source-rds-extended-support' as const,
    };
    const major = (MajorEngineVersion: string | undefined, ...SupportedEngineLifecycles: object[]) => ({
      MajorEngineVersion,
      SupportedEngineLifecycles: SupportedEngineLifecycles as never,
    });

    it('is asked for once for each engine', async () => {
      listed({}, { EngineVersion: '13.20' }, { Engine: 'mysql', EngineVersion: '8.0.39' });
      aws()
        .on(DescribeDBMajorEngineVersionsCommand, { Engine: 'postgres' })
        .resolvesOnce({
          DBMajorEngineVersions: [major('16', extended, standard(new Date('2029-02-28T00:00:00Z')))],
          Marker: 'next',
        })
        .resolves({ DBMajorEngineVersions: [major('13', standard(new Date('2026-02-28T00:00:00Z')))] })
        .on(DescribeDBMajorEngineVersionsCommand, { Engine: 'mysql' })
        .resolves({ DBMajorEngineVersions: [major('8.0', extended), major('5.7')] });
      expect(await lifecycle()).toEqual([
        { value: { standardSupportEnds: '2029-02-28T00:00:00.000Z' } },
        { value: { standardSupportEnds: '2026-02-28T00:00:00.000Z' } },
        { value: { standardSupportEnds: null } },
      ]);
      expect(aws().commandCalls(DescribeDBMajorEngineVersionsCommand)).toHaveLength(3);
      expect(aws()).toHaveReceivedCommandWith(DescribeDBMajorEngineVersionsCommand, {
        Engine: 'mysql',
        MaxRecords: 100,
      });
    });

    it.each([
      ['the list', {}],
      ['a version', { DBMajorEngineVersions: [major(undefined, extended)] }],
      ['a date', { DBMajorEngineVersions: [major('16', standard(undefined))] }],
    ])('without %s is a gap', async (_name, answer) => {
      listed({});
      aws().on(DescribeDBMajorEngineVersionsCommand).resolves(answer);
      expect(await lifecycle()).toMatchObject([{ gap: { reason: 'failed' } }]);
    });

    it.each<[string, Partial<DBInstance>]>([
      ['Oracle', { Engine: 'oracle-ee' }],
      ['a member', { Engine: 'aurora-mysql', DBClusterIdentifier: 'checkout' }],
      ['one being created', { DBInstanceStatus: 'creating' }],
    ])('of %s is nobody asked', async (_name, difference) => {
      listed(difference);
      expect(await lifecycle()).toEqual([{ value: null }]);
      expect(aws().calls()).toHaveLength(1);
    });
  });

  describe('the certificate authority', () => {
    const authority = () => facet('authority');
    const Certificates = [
      { CertificateIdentifier: 'rds-ca-rsa2048-g1', ValidTill: new Date('2061-05-01T00:00:00Z') },
      { CertificateIdentifier: 'undated' },
    ];

    it('is looked up in one list for all instances of the region', async () => {
      listed({}, { CACertificateIdentifier: 'rds-ca-2019' }, { CACertificateIdentifier: 'undated' });
      aws().on(DescribeCertificatesCommand).resolves({ Certificates });
      expect(await authority()).toMatchObject([
        { value: { ends: '2061-05-01T00:00:00.000Z' } },
        // Asked for by name, it would be the error CertificateNotFound.
        { value: { ends: null } },
        { gap: lacks('ends') },
      ]);
      expect(
        aws()
          .commandCalls(DescribeCertificatesCommand)
          .map((call) => call.args[0].input),
      ).toEqual([{ MaxRecords: 100 }]);
    });

    it('is a gap where one of the list has no name, and it could be that', async () => {
      listed({}, { CACertificateIdentifier: 'rds-ca-2019' });
      aws()
        .on(DescribeCertificatesCommand)
        .resolves({ Certificates: [...Certificates, {}] });
      expect(await authority()).toMatchObject([{ value: {} }, { gap: lacks('ends') }]);
    });

    it('is a gap where the list is denied', async () => {
      listed({});
      aws().on(DescribeCertificatesCommand).rejects(awsError('AccessDenied'));
      expect(await authority()).toMatchObject([{ gap: { reason: 'denied', operation: 'rds:DescribeCertificates' } }]);
    });

    it('of DocumentDB is nobody asked', async () => {
      listed({ Engine: 'docdb' });
      expect(await authority()).toEqual([{ value: null }]);
      expect(aws().calls()).toHaveLength(1);
    });
  });

  describe('TLS by options', () => {
    const oracle = {
      Engine: 'oracle-se2-cdb',
      OptionGroupMemberships: [{ OptionGroupName: 'encrypted', Status: 'in-sync' }],
    };
    const setting = { Name: 'SQLNET.ENCRYPTION_SERVER', Value: 'REQUIRED', DefaultValue: 'REQUESTED' };
    it('reads all groups once, for all databases', async () => {
      listed(oracle, oracle, { ...oracle, OptionGroupMemberships: [{ OptionGroupName: 'other', Status: 'in-sync' }] });
      aws()
        .on(DescribeOptionGroupsCommand)
        .resolves(groupsWith({ OptionName: 'NATIVE_NETWORK_ENCRYPTION', OptionSettings: [{ Name: 'X' }, setting] }));
      const found = { group: 'encrypted', name: 'NATIVE_NETWORK_ENCRYPTION', encryptionServer: 'REQUIRED' };
      const value = { parameters: {}, options: [found] };
      expect(await tls()).toEqual([{ value }, { value }, { value: { parameters: {}, options: [] } }]);
      expect(aws().commandCalls(DescribeOptionGroupsCommand)).toHaveLength(1);
      expect(aws()).toHaveReceivedCommandWith(DescribeOptionGroupsCommand, { MaxRecords: 100 });
      expect(aws()).not.toHaveReceivedCommand(DescribeDBParametersCommand);
    });

    it('keeps SSL and no settings of other options, which hold passwords', async () => {
      listed(oracle);
      const secret = [{ Name: 'AGENT_REGISTRATION_PASSWORD', Value: 'x' }];
      aws()
        .on(DescribeOptionGroupsCommand)
        .resolves(
          groupsWith({ OptionName: 'OEM_AGENT', OptionSettings: secret }, { OptionName: 'SSL', OptionSettings: [] }),
        );
      const options = [{ group: 'encrypted', name: 'SSL', encryptionServer: null }];
      expect(await tls()).toEqual([{ value: { parameters: {}, options } }]);
    });

    it('without a value the default of the answer holds', async () => {
      listed(oracle);
      const { Value: _, ...byDefault } = setting;
      aws()
        .on(DescribeOptionGroupsCommand)
        .resolves(groupsWith({ OptionName: 'NATIVE_NETWORK_ENCRYPTION', OptionSettings: [byDefault] }));
      expect(await tls()).toMatchObject([{ value: { options: [{ encryptionServer: 'REQUESTED' }] } }]);
    });

    it.each([
      ['a group that is not in the list', 'gone', [{ OptionName: 'SSL', OptionSettings: [] }]],
      ['a group whose options the answer lacks', 'odd', []],
      ['a group with an option whose settings the answer lacks', 'encrypted', [{ OptionName: 'SSL' }]],
    ])('%s is a gap', async (_name, OptionGroupName, options) => {
      listed({ ...oracle, OptionGroupMemberships: [{ OptionGroupName, Status: 'in-sync' }] });
      aws()
        .on(DescribeOptionGroupsCommand)
        .resolves(groupsWith(...options));
      expect(await tls()).toMatchObject([{ gap: lacks('options') }]);
    });

    it('an answer without groups is a gap', async () => {
      listed(oracle);
      aws().on(DescribeOptionGroupsCommand).resolves({});
      expect(await tls()).toMatchObject([{ gap: { reason: 'failed' } }]);
    });
  });
});

describe('clusters', () => {
  const { aws, collected } = collector(dbCluster);
  const orders: DBCluster = {
    DBClusterIdentifier: 'orders',
    DBClusterArn: arn('cluster:orders'),
    Engine: 'aurora-postgresql',
    EngineVersion: '16.4',
    Status: 'available',
    EngineMode: 'provisioned',
    ClusterCreateTime: new Date('2024-01-01T00:00:00Z'),
    LatestRestorableTime: new Date('2025-12-31T23:55:00Z'),
    MultiAZ: true,
    AutoMinorVersionUpgrade: true,
    DeletionProtection: false,
    IAMDatabaseAuthenticationEnabled: true,
    MasterUsername: 'owner',
    MasterUserSecret: { SecretStatus: 'rotating' },
    EnabledCloudwatchLogsExports: ['audit'],
    ActivityStreamStatus: 'started',
    DatabaseInsightsMode: 'advanced',
    PerformanceInsightsEnabled: true,
    MonitoringInterval: 30,
    MonitoringRoleArn: 'role',
    Port: 5432,
    DBSubnetGroup: 'private',
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
    StorageEncrypted: false,
    StorageEncryptionType: 'sse-rds',
    BackupRetentionPeriod: 1,
    DBClusterParameterGroup: 'aurora16',
    DBClusterMembers: [member('in-sync'), member('in-sync')],
    DBClusterOptionGroupMemberships: [{ DBClusterOptionGroupName: 'default', Status: 'in-sync' }],
    TagList: [],
  };
  const listed = (...differences: Partial<DBCluster>[]) => {
    const DBClusters = differences.map((difference, index) => ({
      ...orders,
      DBClusterArn: arn(`cluster:${index}`),
      ...difference,
    }));
    aws().on(DescribeDBClustersCommand).resolves({ DBClusters });
  };
  const facet = async (name: string) => (await collected([name])).rows.map((row) => row.facets[name]);
  const tls = () => facet('tls');

  it('describes a cluster', async () => {
    listed({});
    const { rows } = await collected([]);
    expect(rows).toMatchObject([
      {
        identity: { type: 'AWS::RDS::DBCluster', id: 'orders', arn: arn('cluster:0'), tags: {} },
        base: {
          engine: 'aurora-postgresql',
          engineVersion: '16.4',
          status: 'available',
          port: 5432,
          networkType: null,
          publiclyAccessible: null,
          internetAccessGateway: null,
          subnetGroup: 'private',
          securityGroups: [{ id: 'sg-1', status: 'active' }],
          encryption: 'sse-rds',
          kmsKey: null,
          backupRetentionDays: 1,
          backupRecoveryPoint: null,
          replicaOf: null,
          parameterGroups: [{ name: 'aurora16', applyStatus: 'in-sync' }],
          optionGroups: [{ name: 'default', status: 'in-sync' }],
          engineMode: 'provisioned',
          createdAt: '2024-01-01T00:00:00.000Z',
          latestRestorableTime: '2025-12-31T23:55:00.000Z',
          multiAz: true,
          autoMinorVersionUpgrade: true,
          deletionProtection: false,
          iamAuthentication: true,
          masterUser: 'owner',
          masterSecret: 'rotating',
          logExports: ['audit'],
          activityStream: 'started',
          insightsMode: 'advanced',
          performanceInsights: true,
          monitoringInterval: 30,
          monitoringRole: 'role',
        },
      },
    ]);
    expect(rows[0]).not.toHaveProperty('missing');
    expect(aws()).toHaveReceivedCommandWith(DescribeDBClustersCommand, { MaxRecords: 100 });
  });

  it.each<[string, Partial<DBCluster>, object]>([
    ['a public Multi-AZ cluster', { Engine: 'mysql', PubliclyAccessible: true }, { publiclyAccessible: true }],
    ['with an internet access gateway', { InternetAccessGatewayEnabled: true }, { internetAccessGateway: true }],
    ['outside of any subnet group', { DBSubnetGroup: undefined }, { subnetGroup: null }],
    ['a replica', { ReplicationSourceIdentifier: 'source' }, { replicaOf: 'source' }],
    [
      'a Multi-AZ cluster without engine mode',
      { Engine: 'mysql', PubliclyAccessible: false, EngineMode: undefined },
      { engineMode: null },
    ],
    ['Aurora Serverless v1', { EngineMode: 'serverless' }, { engineMode: 'serverless' }],
    [
      'a secondary cluster of a global database',
      { MasterUsername: undefined, MasterUserSecret: undefined, LatestRestorableTime: undefined },
      { masterUser: null, masterSecret: null, latestRestorableTime: null },
    ],
    [
      'whose instances have a setting each',
      {
        EnabledCloudwatchLogsExports: undefined,
        ActivityStreamStatus: undefined,
        DatabaseInsightsMode: undefined,
        PerformanceInsightsEnabled: undefined,
        MonitoringInterval: undefined,
        MonitoringRoleArn: undefined,
      },
      {
        logExports: [],
        activityStream: null,
        insightsMode: null,
        performanceInsights: null,
        monitoringInterval: 0,
        monitoringRole: null,
      },
    ],
    [
      'members with different statuses of the group',
      { DBClusterMembers: [member('in-sync'), member('pending-reboot'), member('in-sync')] },
      {
        parameterGroups: [
          { name: 'aurora16', applyStatus: 'in-sync' },
          { name: 'aurora16', applyStatus: 'pending-reboot' },
        ],
      },
    ],
    [
      'no members: nothing waits',
      { DBClusterMembers: [] },
      { parameterGroups: [{ name: 'aurora16', applyStatus: 'in-sync' }] },
    ],
  ])('%s', async (_name, difference, expected) => {
    listed(difference);
    const [row] = (await collected([])).rows;
    expect(row!.base).toMatchObject(expected);
    expect(row).not.toHaveProperty('missing');
  });

  it.each<[string, Partial<DBCluster>]>([
    // The setting is one of Multi-AZ DB clusters: only of Aurora is it known that there is none.
    ['publiclyAccessible', { Engine: 'postgres' }],
    ['encryption', { StorageEncrypted: undefined, StorageEncryptionType: undefined }],
    ['parameterGroups', { DBClusterMembers: undefined }],
    ['parameterGroups', { DBClusterMembers: [member('in-sync'), member(undefined)] }],
    ['parameterGroups', { DBClusterParameterGroup: undefined }],
    ['securityGroups', { VpcSecurityGroups: undefined }],
    ['port', { Port: undefined }],
    ['engineMode', { EngineMode: undefined }],
    ['createdAt', { ClusterCreateTime: undefined }],
    ['multiAz', { MultiAZ: undefined }],
    ['autoMinorVersionUpgrade', { AutoMinorVersionUpgrade: undefined }],
    ['deletionProtection', { DeletionProtection: undefined }],
    ['iamAuthentication', { IAMDatabaseAuthenticationEnabled: undefined }],
    ['masterSecret', { MasterUserSecret: {} }],
  ])('without %s is a gap', async (field, difference) => {
    listed(difference);
    expect((await collected([])).rows).toMatchObject([{ missing: { [field]: lacks(field) } }]);
  });

  it('asks once for each group of clusters', async () => {
    listed({}, {}, { Engine: 'docdb' }, { Status: 'creating' });
    aws()
      .on(DescribeDBClusterParametersCommand)
      .resolves({ Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '1' }] });
    const value = { parameters: { 'rds.force_ssl': '1' }, options: [] };
    expect(await tls()).toEqual([{ value }, { value }, { value: null }, { value: null }]);
    expect(aws().commandCalls(DescribeDBClusterParametersCommand)).toHaveLength(1);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBClusterParametersCommand, {
      DBClusterParameterGroupName: 'aurora16',
      Filters: [FILTER],
      MaxRecords: 100,
    });
  });

  it('reads the parameters of logs, of the engines that have some', async () => {
    listed({}, { Engine: 'neptune' }, { Engine: 'aurora-mysql', Status: 'deleting' });
    aws()
      .on(DescribeDBClusterParametersCommand)
      .resolves({ Parameters: [{ ParameterName: 'log_statement', Source: 'system' }, { ParameterName: 'port' }] });
    expect(await facet('logParameters')).toEqual([
      { value: { log_statement: null } },
      { value: null },
      { value: null },
    ]);
  });

  it('reads the audit options of Multi-AZ clusters', async () => {
    const mysql = { Engine: 'mysql' };
    const inGroup = (DBClusterOptionGroupName: string) => ({
      ...mysql,
      DBClusterOptionGroupMemberships: [{ DBClusterOptionGroupName, Status: 'in-sync' }],
    });
    listed(inGroup('encrypted'), inGroup('gone'), { ...mysql, Status: 'failed' }, {});
    aws()
      .on(DescribeOptionGroupsCommand)
      .resolves(groupsWith({ OptionName: 'MARIADB_AUDIT_PLUGIN' }));
    expect(await facet('auditOptions')).toMatchObject([
      { value: [{ group: 'encrypted', name: 'MARIADB_AUDIT_PLUGIN' }] },
      { gap: lacks('auditOptions') },
      { value: null },
      { value: null },
    ]);
  });

  it('reads the release, not of what is not judged', async () => {
    listed({}, { Engine: 'docdb' }, { Engine: 'custom-x' });
    aws()
      .on(DescribeDBEngineVersionsCommand)
      .resolves({ DBEngineVersions: [{ EngineVersion: '16.4', Status: 'available' }] });
    expect(await facet('release')).toEqual([
      { value: { status: 'available', rotatesCertificates: null, exportsLogs: null } },
      { value: null },
      { value: null },
    ]);
  });

  it('reads the lifecycle, not of what is not judged', async () => {
    listed({}, { Engine: 'docdb' }, { Status: 'creating' });
    aws()
      .on(DescribeDBMajorEngineVersionsCommand)
      .resolves({ DBMajorEngineVersions: [{ MajorEngineVersion: '16' }] });
    expect(await facet('lifecycle')).toEqual([
      { value: { standardSupportEnds: null } },
      { value: null },
      { value: null },
    ]);
    expect(aws().commandCalls(DescribeDBMajorEngineVersionsCommand)).toHaveLength(1);
  });

  it('a denied group is a gap', async () => {
    listed({});
    aws().on(DescribeDBClusterParametersCommand).rejects(awsError('AccessDenied'));
    expect(await tls()).toMatchObject([{ gap: { reason: 'denied', operation: 'rds:DescribeDBClusterParameters' } }]);
  });
});

describe('subnet groups', () => {
  const { aws, collected } = collector(dbSubnetGroup);
  const group = { DBSubnetGroupName: 'private', DBSubnetGroupArn: arn('subgrp:private'), VpcId: 'vpc-1' };

  it('lists the subnets', async () => {
    const Subnets = [{ SubnetIdentifier: 'subnet-a' }, { SubnetIdentifier: 'subnet-b' }];
    aws()
      .on(DescribeDBSubnetGroupsCommand)
      .resolves({ DBSubnetGroups: [{ ...group, Subnets }] });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'private', arn: arn('subgrp:private') },
        base: { vpc: 'vpc-1', subnets: ['subnet-a', 'subnet-b'] },
      },
    ]);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBSubnetGroupsCommand, { MaxRecords: 100 });
  });

  it.each([[undefined], [[{ SubnetIdentifier: 'subnet-a' }, {}]]])('subnets %j are a gap', async (Subnets) => {
    aws()
      .on(DescribeDBSubnetGroupsCommand)
      .resolves({ DBSubnetGroups: [{ ...group, Subnets }] });
    expect((await collected()).rows).toMatchObject([{ missing: { subnets: lacks('subnets') } }]);
  });
});

describe('proxies', () => {
  const { aws, collected } = collector(dbProxy);
  const proxy = {
    DBProxyName: 'front',
    DBProxyArn: arn('db-proxy:prx-1'),
    Status: 'available',
    EngineFamily: 'MYSQL',
    RequireTLS: true,
    DebugLogging: false,
    DefaultAuthScheme: 'NONE',
    Auth: [{ IAMAuth: 'REQUIRED', ClientPasswordAuthType: 'MYSQL_NATIVE_PASSWORD' }],
  } as const;
  const listed = (difference: object = {}) =>
    aws()
      .on(DescribeDBProxiesCommand)
      .resolves({ DBProxies: [{ ...proxy, ...difference } as unknown as DBProxy] });
  const pooled = (...TargetGroups: DBProxyTargetGroup[]) =>
    aws().on(DescribeDBProxyTargetGroupsCommand).resolves({ TargetGroups });

  it('describes a proxy', async () => {
    listed();
    expect((await collected(['tls'])).rows).toMatchObject([
      {
        identity: { id: 'front' },
        base: {
          engine: 'MYSQL',
          status: 'available',
          requireTls: true,
          debugLogging: false,
          defaultAuthScheme: 'NONE',
          auth: [{ iamAuth: 'REQUIRED', clientPasswordAuthType: 'MYSQL_NATIVE_PASSWORD' }],
        },
        facets: { tls: { value: null } },
      },
    ]);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBProxiesCommand, { MaxRecords: 100 });
    expect(aws().calls()).toHaveLength(1);
  });

  it.each<[string, object, object]>([
    ['older than the default scheme', { DefaultAuthScheme: undefined }, { defaultAuthScheme: 'NONE' }],
    [
      'with IAM only, which needs no users',
      { DefaultAuthScheme: 'IAM_AUTH', Auth: undefined },
      { defaultAuthScheme: 'IAM_AUTH', auth: [] },
    ],
    [
      'whose clients have no passwords',
      { Auth: [{ IAMAuth: 'REQUIRED' }] },
      { auth: [{ iamAuth: 'REQUIRED', clientPasswordAuthType: null }] },
    ],
  ])('%s', async (_name, difference, expected) => {
    listed(difference);
    expect((await collected([])).rows).toMatchObject([{ base: expected }]);
  });

  it.each<[string, object]>([
    ['requireTls', { RequireTLS: undefined }],
    ['debugLogging', { DebugLogging: undefined }],
    ['auth', { Auth: undefined }],
    ['auth', { Auth: [{ UserName: 'app' }] }],
  ])('without %s is a gap', async (field, difference) => {
    listed(difference);
    expect((await collected([])).rows).toMatchObject([{ missing: { [field]: lacks(field) } }]);
  });

  it('reads the pools', async () => {
    listed();
    pooled({ TargetGroupName: 'default', ConnectionPoolConfig: { MaxConnectionsPercent: 100 } });
    expect((await collected()).rows).toMatchObject([
      { facets: { pools: { value: [{ name: 'default', maxConnectionsPercent: 100 }] } } },
    ]);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBProxyTargetGroupsCommand, {
      DBProxyName: 'front',
      MaxRecords: 100,
    });
  });

  it('a pool without its size is a gap', async () => {
    listed();
    pooled({ TargetGroupName: 'default', ConnectionPoolConfig: {} });
    expect((await collected()).rows).toMatchObject([{ facets: { pools: { gap: lacks('pools') } } }]);
  });

  it('asks nothing of one that is not available', async () => {
    listed({ Status: 'creating' });
    expect((await collected()).rows).toMatchObject([{ facets: { pools: { value: null } } }]);
    expect(aws()).not.toHaveReceivedCommand(DescribeDBProxyTargetGroupsCommand);
  });

  it('one that was deleted meanwhile is left out', async () => {
    listed();
    aws().on(DescribeDBProxyTargetGroupsCommand).rejects(awsError('DBProxyNotFoundFault'));
    expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  });
});

describe('retained backups of clusters', () => {
  const { aws, collected } = collector(retainedClusterBackup);
  const backup = {
    DbClusterResourceId: 'cluster-1',
    DBClusterArn: arn('cluster:orders'),
    DBClusterIdentifier: 'orders',
    Engine: 'aurora-mysql',
    Status: 'retained',
    StorageEncrypted: false,
  };
  const listed = (...DBClusterAutomatedBackups: object[]) =>
    aws().on(DescribeDBClusterAutomatedBackupsCommand).resolves({ DBClusterAutomatedBackups });

  it('of deleted clusters, also where the filter is ignored', async () => {
    listed(backup, { ...backup, DbClusterResourceId: 'cluster-2', Status: 'active' });
    expect((await collected()).rows).toMatchObject([
      {
        identity: {
          type: 'AWS::RDS::DBClusterAutomatedBackup',
          id: 'cluster-1',
          arn: `${arn('cluster:orders')}/cluster-1`,
        },
        base: { database: 'orders', engine: 'aurora-mysql', status: 'retained', encryption: 'none', kmsKey: null },
      },
    ]);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBClusterAutomatedBackupsCommand, {
      MaxRecords: 100,
      Filters: [{ Name: 'status', Values: ['retained'] }],
    });
  });

  it('some have an ARN of their own, and a key', async () => {
    const own = arn('cluster-auto-backup:ab-1');
    listed({ ...backup, DBClusterAutomatedBackupsArn: own, StorageEncrypted: true, KmsKeyId: 'key' });
    expect((await collected()).rows).toMatchObject([
      { identity: { arn: own }, base: { encryption: 'sse-kms', kmsKey: 'key' } },
    ]);
  });

  it.each([['DBClusterArn'], ['DbClusterResourceId']])('one without %s costs itself alone', async (field) => {
    listed({ ...backup, [field]: undefined }, { ...backup, DbClusterResourceId: 'cluster-2' });
    expect((await collected()).cell).toMatchObject({ rows: 1, gap: { reason: 'failed' } });
  });
});

describe('retained backups', () => {
  const { aws, collected } = collector(retainedBackup);
  const backup = {
    DbiResourceId: 'db-1',
    DBInstanceArn: arn('db:orders'),
    DBInstanceIdentifier: 'orders',
    Engine: 'mysql',
    Status: 'retained',
    Encrypted: false,
  };
  const listed = (...DBInstanceAutomatedBackups: object[]) =>
    aws().on(DescribeDBInstanceAutomatedBackupsCommand).resolves({ DBInstanceAutomatedBackups });

  it('of deleted instances, also where the filter is ignored', async () => {
    listed(
      backup,
      { ...backup, DbiResourceId: 'db-2', Status: 'active' },
      { ...backup, DbiResourceId: 'db-3', Status: 'creating' },
    );
    expect((await collected()).rows).toMatchObject([
      {
        identity: { type: 'AWS::RDS::DBInstanceAutomatedBackup', id: 'db-1', arn: `${arn('db:orders')}/db-1` },
        base: { instance: 'orders', engine: 'mysql', status: 'retained', encryption: 'none', kmsKey: null },
      },
    ]);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBInstanceAutomatedBackupsCommand, {
      MaxRecords: 100,
      Filters: [{ Name: 'status', Values: ['retained'] }],
    });
  });

  it('two instances may have had one name, one after the other', async () => {
    listed(backup, { ...backup, DbiResourceId: 'db-2' });
    expect((await collected()).cell).toEqual(expect.objectContaining({ rows: 2 }));
  });

  it('replicated ones have an ARN of their own', async () => {
    listed({ ...backup, DBInstanceAutomatedBackupsArn: arn('auto-backup:ab-1'), StorageEncryptionType: 'sse-rds' });
    expect((await collected()).rows).toMatchObject([
      { identity: { arn: arn('auto-backup:ab-1') }, base: { encryption: 'sse-rds' } },
    ]);
  });

  it.each([['DBInstanceArn'], ['DbiResourceId']])('one without %s costs itself alone', async (field) => {
    listed({ ...backup, [field]: undefined }, { ...backup, DbiResourceId: 'db-2' });
    expect((await collected()).cell).toMatchObject({ rows: 1, gap: { reason: 'failed' } });
  });

  it('one without status is a gap', async () => {
    listed({ ...backup, Status: undefined });
    expect((await collected()).rows).toMatchObject([{ missing: { status: lacks('status') } }]);
  });
});

describe.each([
  {
    type: dbSnapshot,
    list: DescribeDBSnapshotsCommand,
    attributes: DescribeDBSnapshotAttributesCommand,
    name: 'DBSnapshotIdentifier',
    database: 'DBInstanceIdentifier',
    isEncrypted: 'Encrypted',
    arnField: 'DBSnapshotArn',
    lists: 'DBSnapshots',
    result: 'DBSnapshotAttributesResult',
    attributeList: 'DBSnapshotAttributes',
    gone: 'DBSnapshotNotFoundFault',
    action: 'rds:DescribeDBSnapshotAttributes',
  },
  {
    type: dbClusterSnapshot,
    list: DescribeDBClusterSnapshotsCommand,
    // The inputs differ, and are compared as they are.
    attributes: DescribeDBClusterSnapshotAttributesCommand as unknown as typeof DescribeDBSnapshotAttributesCommand,
    name: 'DBClusterSnapshotIdentifier',
    database: 'DBClusterIdentifier',
    isEncrypted: 'StorageEncrypted',
    arnField: 'DBClusterSnapshotArn',
    lists: 'DBClusterSnapshots',
    result: 'DBClusterSnapshotAttributesResult',
    attributeList: 'DBClusterSnapshotAttributes',
    gone: 'DBClusterSnapshotNotFoundFault',
    action: 'rds:DescribeDBClusterSnapshotAttributes',
  },
])('snapshots: $type.type', ({ type, list, attributes, name, database, isEncrypted, ...fields }) => {
  const { aws, collected } = collector(type);
  const snapshot = {
    [name]: 'before-migration',
    [fields.arnField]: arn('snapshot:1'),
    [database]: 'orders',
    Engine: 'mysql',
    Status: 'available',
    SnapshotType: 'manual',
    [isEncrypted]: false,
  };
  const listed = (difference: object = {}) =>
    aws()
      .on(list)
      .resolves({ [fields.lists]: [{ ...snapshot, ...difference }] });
  const answered = (found: object | undefined) =>
    aws()
      .on(attributes)
      .resolves({ [fields.result]: { [fields.attributeList]: found } });
  const sharedWith = async () => (await collected()).rows.map((row) => row.facets['sharedWith']);

  it('lists manual ones only, never what others made public', async () => {
    listed();
    answered([{ AttributeName: 'restore', AttributeValues: ['444455556666', 'all'] }]);
    expect((await collected()).rows).toMatchObject([
      {
        identity: { type: type.type, id: 'before-migration', arn: arn('snapshot:1') },
        base: { database: 'orders', engine: 'mysql', status: 'available', snapshotType: 'manual', encryption: 'none' },
        facets: { sharedWith: { value: ['444455556666', 'all'] } },
      },
    ]);
    expect(aws().commandCalls(list)[0]!.args[0].input).toEqual({ MaxRecords: 100, SnapshotType: 'manual' });
    expect(aws().commandCalls(attributes)[0]!.args[0].input).toEqual({ [name]: 'before-migration' });
  });

  it.each([
    ['no account', [{ AttributeName: 'restore', AttributeValues: [] }]],
    ['another attribute only', [{ AttributeName: 'other', AttributeValues: ['all'] }]],
    ['no attribute', []],
    ['an attribute without values', [{ AttributeName: 'restore' }]],
  ])('shared with nobody: %s', async (_name, found) => {
    listed();
    answered(found);
    expect(await sharedWith()).toEqual([{ value: [] }]);
  });

  it.each([
    ['encrypted with a key in KMS', { [isEncrypted]: true }],
    ['encrypted with a key in KMS, as the newer member says', { StorageEncryptionType: 'sse-kms' }],
    ['automated', { SnapshotType: 'automated' }],
    ['of AWS Backup', { SnapshotType: 'awsbackup' }],
    ['not available', { Status: 'creating' }],
  ])('asks nothing of one that is %s', async (_name, difference) => {
    listed(difference);
    expect(await sharedWith()).toEqual([{ value: null }]);
    expect(aws()).not.toHaveReceivedCommand(attributes);
  });

  it('asks where only a key that AWS owns protects it', async () => {
    listed({ StorageEncryptionType: 'sse-rds' });
    answered([]);
    expect(await sharedWith()).toEqual([{ value: [] }]);
  });

  it('one that was deleted meanwhile is left out', async () => {
    listed();
    aws().on(attributes).rejects(awsError(fields.gone));
    expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  });

  it('a denied question is a gap', async () => {
    listed();
    aws().on(attributes).rejects(awsError('AccessDenied'));
    expect(await sharedWith()).toMatchObject([{ gap: { reason: 'denied', operation: fields.action } }]);
  });

  it('an answer without attributes is a gap', async () => {
    listed();
    answered(undefined);
    expect(await sharedWith()).toMatchObject([{ gap: { reason: 'failed' } }]);
  });
});
