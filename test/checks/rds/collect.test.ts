import {
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBInstanceAutomatedBackupsCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  DescribeDBProxiesCommand,
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
} from '../../../checks/rds/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const arn = (name: string) => `arn:aws:rds:eu-west-1:111122223333:${name}`;
const lacks = (field: string) => ({ detail: `the answer lacks ${field}` });
const member = (DBClusterParameterGroupStatus: string | undefined) => ({ DBClusterParameterGroupStatus });
const groupsWith = (...Options: object[]) => ({
  OptionGroupsList: [
    { OptionGroupName: 'encrypted', Options },
    { OptionGroupName: 'odd' },
    { OptionGroupName: 'other', Options: [] },
  ],
});
const TLS_FILTER = {
  Name: 'parameter-name',
  Values: [
    'rds.force_ssl',
    'require_secure_transport',
    'db2comm',
    'ssl_min_protocol_version',
    'tls_version',
    'rds.tls10',
    'rds.tls11',
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
  const tls = async () => (await collected()).rows.map((row) => row.facets['tls']);

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
  ])('%s', async (_name, difference, expected) => {
    listed(difference);
    expect(await base()).toMatchObject(expected);
  });

  it('what the answer lacks is a gap', async () => {
    listed({
      Engine: undefined,
      EngineVersion: undefined,
      DBInstanceStatus: undefined,
      // Absent while the instance is being created.
      Endpoint: undefined,
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
      'backupRetentionDays',
      'encryption',
      'engine',
      'engineVersion',
      'optionGroups',
      'parameterGroups',
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
        Filters: [TLS_FILTER],
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
  const tls = async () => (await collected()).rows.map((row) => row.facets['tls']);

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
      Filters: [TLS_FILTER],
      MaxRecords: 100,
    });
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
  } as const;

  it('needs the list only', async () => {
    aws()
      .on(DescribeDBProxiesCommand)
      .resolves({ DBProxies: [{ ...proxy, RequireTLS: true }] });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'front' },
        base: { engine: 'MYSQL', status: 'available', requireTls: true },
        facets: { tls: { value: null } },
      },
    ]);
    expect(aws()).toHaveReceivedCommandWith(DescribeDBProxiesCommand, { MaxRecords: 100 });
  });

  it('without RequireTLS is a gap', async () => {
    aws()
      .on(DescribeDBProxiesCommand)
      .resolves({ DBProxies: [proxy] });
    expect((await collected()).rows).toMatchObject([{ missing: { requireTls: lacks('requireTls') } }]);
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
