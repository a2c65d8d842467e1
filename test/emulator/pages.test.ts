import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, worldWith } from './_kit.ts';

const COUNT = 45;
const many = <T>(make: (n: string) => T): T[] =>
  Array.from({ length: COUNT }, (_, n) => make(String(n).padStart(3, '0')));
const document = { Version: '2012-10-17', Statement: [] };
const world = worldWith({
  Regions: ['eu-west-1', 'us-west-2'],
  iam: {
    Users: many((n) => ({
      UserName: `u${n}`,
      AccessKeys: [{}],
      MFADevices: [{}],
      ServiceSpecificCredentials: [{ ServiceName: 'codecommit.amazonaws.com' }],
      SSHPublicKeys: many(() => ({})),
      SigningCertificates: many(() => ({})),
    })),
    ServerCertificates: many((n) => ({ ServerCertificateName: `s${n}` })),
    Roles: many((n) => ({ RoleName: `r${n}`, AssumeRolePolicyDocument: document })),
    Aliases: many((n) => `alias-${n}`),
  },
  s3: {
    Buckets: many((n) => ({ Name: `b${n}`, Region: 'eu-west-1' })),
    AccessPoints: many((n) => ({ Name: `p${n}`, Bucket: 'b000', Region: 'eu-west-1' })),
  },
  regions: {
    'eu-west-1': {
      ec2: {
        Vpcs: many((n) => ({ VpcId: `vpc-${n}`, CidrBlock: '10.0.0.0/16' })),
        Subnets: many((n) => ({ SubnetId: `subnet-${n}`, VpcId: 'vpc-000', CidrBlock: '10.0.0.0/24' })),
        Instances: many((n) => ({ InstanceId: `i-${n}`, SubnetId: 'subnet-000' })),
        Snapshots: many((n) => ({ SnapshotId: `snap-${n}` })),
        Images: many((n) => ({ ImageId: `ami-${n}` })),
        VpcPeeringConnections: many((n) => ({ VpcPeeringConnectionId: `pcx-${n}` })),
        VpcEndpoints: many((n) => ({ VpcEndpointId: `vpce-${n}`, VpcId: 'vpc-000' })),
        InstanceConnectEndpoints: many((n) => ({ InstanceConnectEndpointId: `eice-${n}` })),
        ClientVpnEndpoints: many((n) => ({ ClientVpnEndpointId: `cvpn-endpoint-${n}` })),
        TransitGatewayVpcAttachments: many((n) => ({ TransitGatewayAttachmentId: `tgw-attach-${n}` })),
        FlowLogs: many((n) => ({ ResourceId: `vpc-${n}` })),
        LaunchTemplateVersions: many((n) => ({ LaunchTemplateId: `lt-${n}`, LaunchTemplateName: n })),
        ManagedPrefixLists: many((n) => ({
          PrefixListId: `pl-${n}`,
          Entries: many((m) => ({ Cidr: `10.0.${Number(m)}.0/24` })),
        })),
      },
      rds: {
        DBInstances: many((n) => ({ DBInstanceIdentifier: `d${n}` })),
        DBClusters: many((n) => ({ DBClusterIdentifier: `c${n}` })),
        DBSubnetGroups: many((n) => ({ DBSubnetGroupName: `g${n}` })),
        DBSnapshots: many((n) => ({ DBSnapshotIdentifier: `s${n}` })),
        DBClusterSnapshots: many((n) => ({ DBClusterSnapshotIdentifier: `s${n}` })),
        DBProxies: many((n) => ({ DBProxyName: `p${n}` })),
        OptionGroups: many((n) => ({ OptionGroupName: `o${n}` })),
        DBInstanceAutomatedBackups: many((n) => ({ DBInstanceIdentifier: `d${n}` })),
        DBClusterAutomatedBackups: many((n) => ({ DBClusterIdentifier: `c${n}` })),
        DBParameterGroups: { big: { Family: 'postgres16', Parameters: Object.fromEntries(many((n) => [`p${n}`, n])) } },
        DBClusterParameterGroups: {
          big: { Family: 'aurora-postgresql16', Parameters: Object.fromEntries(many((n) => [`p${n}`, n])) },
        },
      },
      codepipeline: { Pipelines: many((n) => ({ name: n })) },
      kms: { Keys: many((n) => ({ KeyId: n, Aliases: [`alias/${n}`] })) },
      autoscaling: {
        AutoScalingGroups: many((n) => ({ AutoScalingGroupName: n })),
        LaunchConfigurations: many((n) => ({ LaunchConfigurationName: n })),
      },
      ssm: { InstanceInformation: many((n) => ({ InstanceId: `i-${n}` })) },
      elasticache: {
        CacheClusters: many((n) => ({ CacheClusterId: n })),
        CacheSubnetGroups: many((n) => ({ CacheSubnetGroupName: n })),
      },
      redshift: {
        Clusters: many((n) => ({ ClusterIdentifier: n })),
        ClusterSubnetGroups: many((n) => ({ ClusterSubnetGroupName: n })),
      },
      elasticloadbalancing: { LoadBalancers: many((n) => ({ LoadBalancerName: n })) },
      elasticloadbalancingv2: {
        LoadBalancers: many((n) => ({ LoadBalancerName: n, Listeners: many((m) => ({ Port: Number(m) })) })),
      },
      dax: { SubnetGroups: many((n) => ({ SubnetGroupName: n })) },
    },
  },
});
const { call, failure, pages, emulator } = await kit({ world });
const BALANCER = emulator.world.accounts.get(ACCOUNT)!.regions.get('eu-west-1')!.elasticloadbalancingv2
  .LoadBalancers[0]!.LoadBalancerArn!;

/** Operation, page size as a parameter, the list in the output, and the items it has in all. */
const LISTS = [
  ['iam', 'GetAccountAuthorizationDetails', { MaxItems: 20, Filter: ['Role'] }, 'RoleDetailList', COUNT],
  ['iam', 'ListUsers', { MaxItems: 20 }, 'Users', COUNT],
  ['iam', 'ListAccountAliases', { MaxItems: 20 }, 'AccountAliases', COUNT],
  ['iam', 'ListServerCertificates', { MaxItems: 20 }, 'ServerCertificateMetadataList', COUNT],
  ['iam', 'ListSigningCertificates', { MaxItems: 20, UserName: 'u000' }, 'Certificates', COUNT],
  ['iam', 'ListSSHPublicKeys', { MaxItems: 20, UserName: 'u000' }, 'SSHPublicKeys', COUNT],
  ['iam', 'ListVirtualMFADevices', { MaxItems: 20, AssignmentStatus: 'Assigned' }, 'VirtualMFADevices', COUNT],
  ['s3', 'ListBuckets', { MaxBuckets: 20 }, 'Buckets', COUNT],
  ['s3control', 'ListAccessPoints', { AccountId: ACCOUNT, MaxResults: 20 }, 'AccessPointList', COUNT],
  ['ec2', 'DescribeVpcs', { MaxResults: 20 }, 'Vpcs', COUNT],
  ['ec2', 'DescribeSubnets', { MaxResults: 20 }, 'Subnets', COUNT],
  ['ec2', 'DescribeRouteTables', { MaxResults: 20 }, 'RouteTables', COUNT],
  ['ec2', 'DescribeNetworkAcls', { MaxResults: 20 }, 'NetworkAcls', COUNT],
  ['ec2', 'DescribeSecurityGroups', { MaxResults: 20 }, 'SecurityGroups', COUNT],
  ['ec2', 'DescribeInstances', { MaxResults: 20 }, 'Reservations', COUNT],
  ['ec2', 'DescribeNetworkInterfaces', { MaxResults: 20 }, 'NetworkInterfaces', COUNT],
  ['ec2', 'DescribeVolumes', { MaxResults: 20 }, 'Volumes', COUNT],
  ['ec2', 'DescribeSnapshots', { MaxResults: 20, OwnerIds: ['self'] }, 'Snapshots', COUNT],
  ['ec2', 'DescribeImages', { MaxResults: 20, Owners: ['self'] }, 'Images', COUNT],
  ['ec2', 'DescribeInstanceConnectEndpoints', { MaxResults: 20 }, 'InstanceConnectEndpoints', COUNT],
  ['ec2', 'DescribeClientVpnEndpoints', { MaxResults: 20 }, 'ClientVpnEndpoints', COUNT],
  ['ec2', 'DescribeTransitGatewayVpcAttachments', { MaxResults: 20 }, 'TransitGatewayVpcAttachments', COUNT],
  ['ec2', 'DescribeFlowLogs', { MaxResults: 20 }, 'FlowLogs', COUNT],
  ['ec2', 'DescribeVpcPeeringConnections', { MaxResults: 20 }, 'VpcPeeringConnections', COUNT],
  ['ec2', 'DescribeVpcEndpoints', { MaxResults: 20 }, 'VpcEndpoints', COUNT],
  ['ec2', 'DescribeLaunchTemplateVersions', { MaxResults: 20, Versions: ['$Latest'] }, 'LaunchTemplateVersions', COUNT],
  ['ec2', 'DescribeManagedPrefixLists', { MaxResults: 20 }, 'PrefixLists', COUNT + 2],
  ['ec2', 'GetManagedPrefixListEntries', { MaxResults: 20, PrefixListId: 'pl-007' }, 'Entries', COUNT],
  ['rds', 'DescribeDBInstances', { MaxRecords: 20 }, 'DBInstances', COUNT],
  ['rds', 'DescribeDBClusters', { MaxRecords: 20 }, 'DBClusters', COUNT],
  ['rds', 'DescribeDBSubnetGroups', { MaxRecords: 20 }, 'DBSubnetGroups', COUNT],
  ['rds', 'DescribeDBSnapshots', { MaxRecords: 20 }, 'DBSnapshots', COUNT],
  ['rds', 'DescribeDBClusterSnapshots', { MaxRecords: 20 }, 'DBClusterSnapshots', COUNT],
  ['rds', 'DescribeDBProxies', { MaxRecords: 20 }, 'DBProxies', COUNT],
  ['rds', 'DescribeOptionGroups', { MaxRecords: 20 }, 'OptionGroupsList', COUNT],
  ['rds', 'DescribeDBInstanceAutomatedBackups', { MaxRecords: 20 }, 'DBInstanceAutomatedBackups', COUNT],
  ['rds', 'DescribeDBClusterAutomatedBackups', { MaxRecords: 20 }, 'DBClusterAutomatedBackups', COUNT],
  ['rds', 'DescribeDBParameters', { MaxRecords: 20, DBParameterGroupName: 'big', Source: 'user' }, 'Parameters', COUNT],
  [
    'rds',
    'DescribeDBClusterParameters',
    { MaxRecords: 20, DBClusterParameterGroupName: 'big', Source: 'user' },
    'Parameters',
    COUNT,
  ],
  ['codepipeline', 'ListPipelines', { maxResults: 20 }, 'pipelines', COUNT],
  ['kms', 'ListKeys', { Limit: 20 }, 'Keys', COUNT],
  ['kms', 'ListAliases', { Limit: 20 }, 'Aliases', COUNT],
  ['ssm', 'DescribeInstanceInformation', { MaxResults: 20 }, 'InstanceInformationList', COUNT],
  ['autoscaling', 'DescribeLaunchConfigurations', { MaxRecords: 20 }, 'LaunchConfigurations', COUNT],
  ['autoscaling', 'DescribeAutoScalingGroups', { MaxRecords: 20 }, 'AutoScalingGroups', COUNT],
  ['elasticache', 'DescribeCacheSubnetGroups', { MaxRecords: 20 }, 'CacheSubnetGroups', COUNT],
  ['elasticache', 'DescribeCacheClusters', { MaxRecords: 20 }, 'CacheClusters', COUNT],
  ['elasticloadbalancing', 'DescribeLoadBalancers', { PageSize: 20 }, 'LoadBalancerDescriptions', COUNT],
  ['elasticloadbalancingv2', 'DescribeLoadBalancers', { PageSize: 20 }, 'LoadBalancers', COUNT],
  ['elasticloadbalancingv2', 'DescribeListeners', { PageSize: 20, LoadBalancerArn: BALANCER }, 'Listeners', COUNT],
  ['redshift', 'DescribeClusters', { MaxRecords: 20 }, 'Clusters', COUNT],
  ['redshift', 'DescribeClusterSubnetGroups', { MaxRecords: 20 }, 'ClusterSubnetGroups', COUNT],
] as const;

describe("the SDK's paginators read everything once", () => {
  it.each(LISTS)('%s:%s', async (service, operation, input, list, count) => {
    const found = await pages(service, operation, input);
    expect(found.map((page) => page[list].length)).toEqual([20, 20, count - 40]);
    expect(new Set(found.flatMap((page) => page[list].map((one: unknown) => JSON.stringify(one)))).size).toBe(count);
  });
});

it('the DAX client has no paginator; its tokens work alike', async () => {
  const first = await call('dax', 'DescribeSubnetGroups', { MaxResults: 20 });
  const second = await call('dax', 'DescribeSubnetGroups', { MaxResults: 100, NextToken: first.NextToken });
  expect([first.SubnetGroups.length, second.SubnetGroups.length, second.NextToken]).toEqual([20, 25, undefined]);
});

describe('page sizes', () => {
  it.each([
    ['iam', 'ListUsers', {}, 'Users', COUNT],
    ['ec2', 'DescribeInstances', {}, 'Reservations', COUNT],
    ['autoscaling', 'DescribeAutoScalingGroups', { MaxRecords: 500 }, 'AutoScalingGroups', COUNT],
    ['kms', 'ListAliases', {}, 'Aliases', COUNT],
  ])('%s:%s %j', async (service, operation, input, list, count) => {
    expect((await call(service, operation, input))[list]).toHaveLength(count);
  });

  it.each([
    ['iam', 'ListUsers', { MaxItems: 1001 }, 'ValidationError'],
    ['ec2', 'DescribeInstances', { MaxResults: 4 }, 'InvalidParameterValue'],
    ['ec2', 'DescribeInstances', { MaxResults: 1001 }, 'InvalidParameterValue'],
    ['ec2', 'DescribeRouteTables', { MaxResults: 101 }, 'InvalidParameterValue'],
    ['ec2', 'DescribeLaunchTemplateVersions', { Versions: ['$Latest'], MaxResults: 201 }, 'InvalidParameterValue'],
    ['ec2', 'DescribeManagedPrefixLists', { MaxResults: 101 }, 'InvalidParameterValue'],
    ['ec2', 'DescribeVpcPeeringConnections', { MaxResults: 1001 }, 'InvalidParameterValue'],
    ['elasticloadbalancing', 'DescribeLoadBalancers', { PageSize: 401 }, 'ValidationError'],
    ['elasticloadbalancingv2', 'DescribeLoadBalancers', { PageSize: 401 }, 'ValidationError'],
    ['rds', 'DescribeDBInstances', { MaxRecords: 19 }, 'InvalidParameterValue'],
    ['rds', 'DescribeDBInstances', { MaxRecords: 101 }, 'InvalidParameterValue'],
    ['codepipeline', 'ListPipelines', { maxResults: 1001 }, 'ValidationException'],
    ['kms', 'ListKeys', { Limit: 1001 }, 'ValidationException'],
    ['s3', 'ListBuckets', { MaxBuckets: 10_001 }, 'InvalidArgument'],
    ['dax', 'DescribeSubnetGroups', { MaxResults: 19 }, 'InvalidParameterValueException'],
  ])('%s:%s refuses %j', async (service, operation, input, name) => {
    expect((await failure(service, operation, input)).name).toBe(name);
  });

  it.each([
    ['iam', 'ListUsers', { Marker: 'x' }, 'ValidationError'],
    ['ec2', 'DescribeVpcs', { NextToken: 'x' }, 'InvalidParameterValue'],
    ['elasticloadbalancingv2', 'DescribeLoadBalancers', { Marker: 'x' }, 'ValidationError'],
    ['rds', 'DescribeDBClusters', { Marker: 'x' }, 'InvalidParameterValue'],
    ['codebuild', 'ListProjects', { nextToken: 'x' }, 'InvalidInputException'],
    ['codedeploy', 'ListApplications', { nextToken: 'x' }, 'InvalidNextTokenException'],
    ['codepipeline', 'ListPipelines', { nextToken: 'x' }, 'InvalidNextTokenException'],
    ['kms', 'ListKeys', { Marker: 'x' }, 'InvalidMarkerException'],
    ['s3', 'ListBuckets', { ContinuationToken: 'x' }, 'InvalidArgument'],
    ['autoscaling', 'DescribeAutoScalingGroups', { NextToken: 'x' }, 'InvalidNextToken'],
    ['cloudtrail', 'ListTrails', { NextToken: 'x' }, 'InvalidNextTokenException'],
  ])('%s:%s refuses the token of nobody', async (service, operation, input, name) => {
    expect((await failure(service, operation, input)).name).toBe(name);
  });

  it('a token belongs to one operation', async () => {
    const { NextToken } = await call('ec2', 'DescribeVpcs', { MaxResults: 5 });
    expect((await failure('ec2', 'DescribeSubnets', { NextToken })).name).toBe('InvalidParameterValue');
  });
});

describe('a profile makes', () => {
  it('pages shorter than they were asked for', async () => {
    emulator.setProfile({ pageSizes: { 'iam:GetAccountAuthorizationDetails': 30 } });
    const found = await pages('iam', 'GetAccountAuthorizationDetails', { MaxItems: 1000 });
    expect(found.map(({ UserDetailList, RoleDetailList }) => UserDetailList.length + RoleDetailList.length)).toEqual([
      30, 30, 30,
    ]);
    expect(found.map(({ IsTruncated }) => IsTruncated)).toEqual([true, true, false]);
  });
  it('tokens that lead nowhere', async () => {
    emulator.setProfile({ faults: [{ service: 'ec2', operation: 'DescribeVpcs', kind: 'repeat-token' }] });
    const first = await call('ec2', 'DescribeVpcs', { MaxResults: 20 });
    const second = await call('ec2', 'DescribeVpcs', { MaxResults: 20, NextToken: first.NextToken });
    expect(second).toEqual(first);
  });
});
