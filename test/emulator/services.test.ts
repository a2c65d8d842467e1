import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, SANDBOX } from './_kit.ts';
import type { WorldFile } from './world.ts';

const trustOf = (AWS: string, ExternalId?: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS },
      Action: 'sts:AssumeRole',
      ...(ExternalId ? { Condition: { StringEquals: { 'sts:ExternalId': ExternalId } } } : {}),
    },
  ],
});
const ORGANISATION_TRAIL = 'arn:aws:cloudtrail:us-east-1:999999999999:trail/organisation';
const world: WorldFile = {
  accounts: {
    [ACCOUNT]: {
      Regions: ['eu-west-1', 'us-east-1'],
      everyRegion: { ec2: { defaultVpc: true } },
      regions: {
        'us-east-1': {
          cloudtrail: {
            Trails: [
              { Name: 'all', IsMultiRegionTrail: true, Status: { LatestDeliveryError: 'AccessDenied' } },
              {
                Name: 'organisation',
                TrailARN: ORGANISATION_TRAIL,
                IsMultiRegionTrail: true,
                IsOrganizationTrail: true,
              },
            ],
          },
        },
        'eu-west-1': {
          cloudtrail: { Trails: [{ Name: 'local', IsLogging: false }] },
          rds: {
            DBSubnetGroups: [{ DBSubnetGroupName: 'group', SubnetIds: ['subnet-x'] }],
            DBClusters: [
              {
                DBClusterIdentifier: 'c',
                StorageEncrypted: true,
                BackupRetentionPeriod: 3,
                DBSubnetGroup: 'group',
                VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
              },
            ],
            DBInstances: [
              { DBInstanceIdentifier: 'c-1', DBClusterIdentifier: 'c' },
              { DBInstanceIdentifier: 'pub', Engine: 'mysql', PubliclyAccessible: true, DBSubnetGroupName: 'group' },
            ],
            DBParameterGroups: { own: { Family: 'postgres16', Parameters: { 'rds.force_ssl': '0' } } },
          },
          kms: {
            Keys: [
              { KeyId: 'rsa', KeySpec: 'RSA_2048' },
              { KeyId: 'aws', KeyManager: 'AWS', Aliases: ['alias/aws/ebs'] },
              { KeyId: 'dying', KeyState: 'PendingDeletion' },
              { KeyId: 'closed', Denied: ['DescribeKey'] },
            ],
          },
          sns: { Topics: [{ Name: 't' }] },
          ssm: { Parameters: { '/a/b': 'secret value' } },
          secretsmanager: { name: 'value' },
        },
      },
    },
    [SANDBOX]: {
      iam: {
        Roles: [
          { RoleName: 'scan', AssumeRolePolicyDocument: trustOf(`arn:aws:iam::${ACCOUNT}:root`) },
          { RoleName: 'guarded', AssumeRolePolicyDocument: trustOf(ACCOUNT, 'the-id') },
          { RoleName: 'stranger', AssumeRolePolicyDocument: trustOf('arn:aws:iam::999999999999:root') },
          { RoleName: 'onward', Path: '/p/', AssumeRolePolicyDocument: trustOf(`arn:aws:iam::${SANDBOX}:role/scan`) },
        ],
      },
    },
  },
};
const { call, failure, emulator } = await kit({ world });
const roleArn = (name: string) => `arn:aws:iam::${SANDBOX}:role/${name}`;
const assume = (name: string, more: object = {}) => ({ RoleArn: roleArn(name), RoleSessionName: 'night', ...more });

describe('sts', () => {
  it('hands out keys of the role, and they chain', async () => {
    const { Credentials } = await call('sts', 'AssumeRole', assume('scan'));
    const as = { accessKeyId: Credentials.AccessKeyId };
    expect(await call('sts', 'GetCallerIdentity', {}, as)).toMatchObject({
      Account: SANDBOX,
      Arn: `arn:aws:sts::${SANDBOX}:assumed-role/scan/night`,
      UserId: expect.stringMatching(/^AROA\w+:night$/),
    });
    expect(await call('sts', 'AssumeRole', assume('p/onward'), as)).toHaveProperty('Credentials');
    expect((await call('iam', 'ListAccountAliases', {}, as)).AccountAliases).toEqual([]);
  });
  it('takes the external id', async () => {
    expect(await call('sts', 'AssumeRole', assume('guarded', { ExternalId: 'the-id' }))).toHaveProperty('Credentials');
  });
  it.each([
    ['a role without the external id', assume('guarded')],
    ['a role with another external id', assume('guarded', { ExternalId: 'other' })],
    ['a role that trusts somebody else', assume('stranger')],
    ['a role that trusts another role', assume('p/onward')],
    ['a role that does not exist', assume('nobody')],
    ['a role of an unknown account', { RoleArn: 'arn:aws:iam::123456789012:role/scan', RoleSessionName: 'night' }],
  ])('refuses %s', async (_what, input) => {
    const error = await failure('sts', 'AssumeRole', input);
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(['AccessDenied', 403]);
    expect(error.message).toMatch(/is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::/);
  });
  it('knows the account of a key that carries its number', async () => {
    expect((await call('sts', 'GetCallerIdentity', {}, { accessKeyId: `AKIA${SANDBOX}ABCD` })).Account).toBe(SANDBOX);
    expect((await call('sts', 'GetCallerIdentity', {}, { accessKeyId: 'AKIA999999999999ABCD' })).Account).toBe(ACCOUNT);
  });
});

function names(list: readonly { Name: string }[]): string[] {
  return list.map(({ Name }) => Name);
}

describe('cloudtrail', () => {
  const arn = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/all`;
  it.each([
    [{}, ['all', 'organisation', 'local']],
    [{ includeShadowTrails: false }, ['local']],
    [{ trailNameList: ['local', 'all'] }, ['local']],
    [{ trailNameList: [arn] }, ['all']],
  ])('DescribeTrails %j', async (input, expected) => {
    const { trailList } = await call('cloudtrail', 'DescribeTrails', input);
    expect(names(trailList).toSorted()).toEqual(expected.toSorted());
    for (const trail of trailList) expect(trail).not.toHaveProperty('IsLogging');
  });
  it('lists the trails of all Regions', async () => {
    expect(names((await call('cloudtrail', 'ListTrails')).Trails).toSorted()).toEqual(['all', 'local', 'organisation']);
  });
  it('tells the status by name at home and by ARN elsewhere', async () => {
    expect(await call('cloudtrail', 'GetTrailStatus', { Name: 'local' })).toEqual({ IsLogging: false });
    expect(await call('cloudtrail', 'GetTrailStatus', { Name: arn })).toMatchObject({
      IsLogging: true,
      LatestDeliveryError: 'AccessDenied',
    });
    expect((await failure('cloudtrail', 'GetTrailStatus', { Name: 'all' })).name).toBe('TrailNotFoundException');
    const local = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/local`;
    expect((await failure('cloudtrail', 'GetTrailStatus', { Name: local }, { region: 'us-east-1' })).name).toBe(
      'TrailNotFoundException',
    );
    expect((await failure('cloudtrail', 'GetTrailStatus', { Name: 'arn:aws:s3:::x' })).name).toBe(
      'CloudTrailARNInvalidException',
    );
  });
  it("shows an organisation's trail as a shadow even at home", async () => {
    const where = { region: 'us-east-1' };
    expect(names((await call('cloudtrail', 'DescribeTrails', {}, where)).trailList)).toEqual(['all', 'organisation']);
    const own = await call('cloudtrail', 'DescribeTrails', { includeShadowTrails: false }, where);
    expect(names(own.trailList)).toEqual(['all']);
  });
  it("shows an organisation's trail, but not its selectors", async () => {
    expect(await call('cloudtrail', 'GetTrailStatus', { Name: ORGANISATION_TRAIL })).toMatchObject({ IsLogging: true });
    const error = await failure('cloudtrail', 'GetEventSelectors', { TrailName: ORGANISATION_TRAIL });
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(['TrailNotFoundException', 400]);
  });
});

/** Value and source of one parameter of a group. */
async function parameter(operation: string, group: string, name: string): Promise<unknown> {
  const key = operation.includes('Cluster') ? 'DBClusterParameterGroupName' : 'DBParameterGroupName';
  const { Parameters } = await call('rds', operation, {
    [key]: group,
    Filters: [{ Name: 'parameter-name', Values: [name] }],
  });
  return Parameters.map(({ ParameterValue, Source }: Record<string, string>) => [ParameterValue, Source])[0];
}

describe('rds', () => {
  it('gives cluster members what their cluster has', async () => {
    const { DBInstances } = await call('rds', 'DescribeDBInstances', {
      Filters: [{ Name: 'db-cluster-id', Values: ['c'] }],
    });
    expect(DBInstances).toMatchObject([
      {
        Engine: 'aurora-postgresql',
        StorageEncrypted: true,
        BackupRetentionPeriod: 3,
        DBSubnetGroup: { DBSubnetGroupName: 'group', Subnets: [{ SubnetIdentifier: 'subnet-x' }] },
        VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
      },
    ]);
  });
  it('has network interfaces in the account', async () => {
    const { NetworkInterfaces } = await call('ec2', 'DescribeNetworkInterfaces');
    expect(NetworkInterfaces).toMatchObject([
      { RequesterId: 'amazon-rds', SubnetId: 'subnet-x', Groups: [{ GroupId: 'sg-1' }] },
      { RequesterId: 'amazon-rds', Association: { PublicIp: expect.stringMatching(/^192\.0\.2\./) } },
    ]);
  });
  it.each([
    ['own', 'rds.force_ssl', ['0', 'user']],
    ['default.postgres16', 'rds.force_ssl', ['1', 'system']],
    ['default.postgres14', 'rds.force_ssl', ['0', 'system']],
    ['default.mysql8.0', 'require_secure_transport', [undefined, 'engine-default']],
    ['default.sqlserver-se-16.0', 'rds.force_ssl', ['0', 'system']],
    ['own', 'no.such', undefined],
  ])('%s: %s is %j', async (group, name, expected) => {
    expect(await parameter('DescribeDBParameters', group, name)).toEqual(expected);
  });
  it('presets the parameters of clusters', async () => {
    expect(await parameter('DescribeDBClusterParameters', 'default.aurora-postgresql16', 'rds.force_ssl')).toEqual([
      '1',
      'system',
    ]);
  });
  it.each([
    ['DescribeDBInstances', { DBInstanceIdentifier: 'x' }, 'DBInstanceNotFoundFault'],
    ['DescribeDBClusters', { DBClusterIdentifier: 'x' }, 'DBClusterNotFoundFault'],
    ['DescribeDBSnapshots', { DBSnapshotIdentifier: 'x' }, 'DBSnapshotNotFoundFault'],
    ['DescribeDBSnapshotAttributes', { DBSnapshotIdentifier: 'x' }, 'DBSnapshotNotFoundFault'],
    ['DescribeDBClusterSnapshotAttributes', { DBClusterSnapshotIdentifier: 'x' }, 'DBClusterSnapshotNotFoundFault'],
    ['DescribeDBParameters', { DBParameterGroupName: 'x' }, 'DBParameterGroupNotFoundFault'],
    ['DescribeDBClusterParameters', { DBClusterParameterGroupName: 'x' }, 'DBParameterGroupNotFoundFault'],
    ['DescribeOptionGroups', { OptionGroupName: 'x' }, 'OptionGroupNotFoundFault'],
    ['DescribeDBSubnetGroups', { DBSubnetGroupName: 'x' }, 'DBSubnetGroupNotFoundFault'],
    ['DescribeDBProxies', { DBProxyName: 'x' }, 'DBProxyNotFoundFault'],
    ['DescribeDBInstances', { Filters: [{ Name: 'colour', Values: ['x'] }] }, 'InvalidParameterValue'],
  ])('%s %j is %s', async (operation, input, name) => {
    expect((await failure('rds', operation, input)).name).toBe(name);
  });
});

describe('kms', () => {
  it.each([
    ['DescribeKey', 'nothing', 'NotFoundException'],
    ['DescribeKey', 'alias/nothing', 'NotFoundException'],
    ['DescribeKey', 'closed', 'AccessDeniedException'],
    ['GetKeyRotationStatus', 'rsa', 'UnsupportedOperationException'],
    ['GetKeyRotationStatus', 'dying', 'KMSInvalidStateException'],
  ])('%s of %s is %s', async (operation, KeyId, name) => {
    const error = await failure('kms', operation, { KeyId });
    expect([error.name, error.$metadata.httpStatusCode]).toEqual([name, 400]);
  });
  it('finds keys by alias and by ARN', async () => {
    for (const KeyId of [
      'alias/aws/ebs',
      `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/aws/ebs`,
      `arn:aws:kms:eu-west-1:${ACCOUNT}:key/aws`,
    ])
      expect((await call('kms', 'DescribeKey', { KeyId })).KeyMetadata.KeyId).toBe('aws');
    expect((await call('kms', 'GetKeyRotationStatus', { KeyId: 'aws' })).KeyRotationEnabled).toBe(true);
  });
});

describe('sns', () => {
  const TopicArn = `arn:aws:sns:eu-west-1:${ACCOUNT}:t`;
  it('keeps what was published', async () => {
    const MessageAttributes = { severity: { DataType: 'String', StringValue: 'high' } };
    await call('sns', 'Publish', { TopicArn, Message: '{"a":"<&>"}', Subject: 'Night watch', MessageAttributes });
    expect(emulator.messages).toMatchObject([
      { topicArn: TopicArn, subject: 'Night watch', message: '{"a":"<&>"}', attributes: MessageAttributes },
    ]);
  });
  it.each([
    [{ TopicArn: `${TopicArn}x`, Message: 'm' }, 'NotFoundException'],
    [{ TopicArn, Message: 'x'.repeat(262_145) }, 'InvalidParameterException'],
    [{ TopicArn, Message: 'm', Subject: 'x'.repeat(101) }, 'InvalidParameterException'],
    [{ TopicArn, Message: 'm', Subject: 'ü' }, 'InvalidParameterException'],
  ])('refuses what AWS refuses', async (input, name) => {
    expect((await failure('sns', 'Publish', input)).name).toBe(name);
  });
});

describe('secrets', () => {
  it('are decrypted only when asked', async () => {
    expect((await call('ssm', 'GetParameter', { Name: '/a/b', WithDecryption: true })).Parameter.Value).toBe(
      'secret value',
    );
    expect((await call('ssm', 'GetParameter', { Name: '/a/b' })).Parameter.Value).not.toContain('secret');
    const { ARN } = await call('secretsmanager', 'GetSecretValue', { SecretId: 'name' });
    expect((await call('secretsmanager', 'GetSecretValue', { SecretId: ARN })).SecretString).toBe('value');
  });
  it.each([
    ['ssm', 'GetParameter', { Name: '/x' }, 'ParameterNotFound'],
    ['secretsmanager', 'GetSecretValue', { SecretId: 'x' }, 'ResourceNotFoundException'],
    ['elasticache', 'DescribeCacheSubnetGroups', { CacheSubnetGroupName: 'x' }, 'CacheSubnetGroupNotFoundFault'],
    ['redshift', 'DescribeClusterSubnetGroups', { ClusterSubnetGroupName: 'x' }, 'ClusterSubnetGroupNotFoundFault'],
    ['dax', 'DescribeSubnetGroups', { SubnetGroupNames: ['x'] }, 'SubnetGroupNotFoundFault'],
    ['dax', 'DescribeClusters', { ClusterNames: ['x'] }, 'ClusterNotFoundFault'],
    ['elasticache', 'DescribeCacheClusters', { CacheClusterId: 'x' }, 'CacheClusterNotFoundFault'],
    ['redshift', 'DescribeClusters', { ClusterIdentifier: 'x' }, 'ClusterNotFoundFault'],
  ])('%s:%s of nothing', async (service, operation, input, name) => {
    expect((await failure(service, operation, input)).name).toBe(name);
  });
});
