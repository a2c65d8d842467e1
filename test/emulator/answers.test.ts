import type { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit } from './_kit.ts';
import { letterId } from './defaults/common.ts';
import { MODEL } from './model.ts';
import type { Context } from './services/context.ts';
import { SERVICES } from './services/index.ts';
import { storedFrom } from './services/s3-objects.ts';
import { newState } from './state.ts';

const { call, emulator } = await kit();
const here = emulator.world.accounts.get(ACCOUNT)!.regions.get('eu-west-1')!;
const bucket = { Bucket: 'harbour-orders-exports' };
const object = { ...bucket, Key: 'a' };
const key = { KeyId: 'alias/orders' };
const accessKey = { AccessKeyId: letterId('AKIA', ACCOUNT, 'ci-deploy', '0').slice(0, 20) };
const AccountId = ACCOUNT;
const TopicArn = `arn:aws:sns:eu-west-1:${ACCOUNT}:ronda`;

/** Every operation with an input that succeeds in the example account, and what its answer must hold. */
const ANSWERS: Record<string, Record<string, readonly [input: object, holds: object, region?: string]>> = {
  'access-analyzer': {
    ListAnalyzers: [
      {},
      { analyzers: [{ type: 'ACCOUNT', status: 'ACTIVE', createdAt: expect.any(Date) }, { name: 'unused-access' }] },
    ],
    ListFindings: [
      { analyzerArn: here.accessanalyzer.Analyzers[0]!.arn, filter: { status: { eq: ['ACTIVE'] } } },
      { findings: [{ isPublic: true, resource: 'arn:aws:s3:::harbour-website-assets', createdAt: expect.any(Date) }] },
    ],
  },
  account: {
    GetAlternateContact: [
      { AlternateContactType: 'SECURITY' },
      { AlternateContact: { EmailAddress: 'security@harbour.example' } },
    ],
  },
  autoscaling: {
    DescribeAutoScalingGroups: [{}, { AutoScalingGroups: [{}, {}, {}, {}, {}] }],
    DescribeLaunchConfigurations: [
      {},
      { LaunchConfigurations: [{ UserData: '' }, { MetadataOptions: { HttpTokens: 'required' } }] },
    ],
  },
  cloudtrail: {
    DescribeTrails: [{}, { trailList: [{ Name: 'harbour-events', HomeRegion: 'eu-west-1' }] }],
    GetEventSelectors: [{ TrailName: 'harbour-events' }, { EventSelectors: [{ IncludeManagementEvents: true }] }],
    GetTrailStatus: [{ Name: 'harbour-events' }, { IsLogging: true, LatestDeliveryTime: expect.any(Date) }],
    ListTrails: [{}, { Trails: [{ Name: 'harbour-events' }, { Name: 'payments-events' }] }],
  },
  codebuild: {
    BatchGetProjects: [
      { names: ['orders-api-build', 'gone'] },
      { projects: [{ serviceRole: expect.stringContaining('role/service-role/') }], projectsNotFound: ['gone'] },
    ],
    ListProjects: [{}, { projects: ['orders-api-build', 'orders-api-integration'] }],
  },
  codedeploy: {
    BatchGetDeploymentGroups: [
      { applicationName: 'orders-api', deploymentGroupNames: ['production'] },
      { deploymentGroupsInfo: [{ deploymentGroupName: 'production', serviceRoleArn: expect.any(String) }] },
    ],
    ListApplications: [{}, { applications: ['orders-api'] }],
    ListDeploymentGroups: [{ applicationName: 'orders-api' }, { deploymentGroups: ['staging', 'production'] }],
  },
  codepipeline: {
    GetPipeline: [{ name: 'orders-api-release' }, { pipeline: { stages: [{}, {}, { name: 'Production' }] } }],
    ListPipelines: [{}, { pipelines: [{ name: 'orders-api-release', version: 7 }] }],
  },
  dax: {
    DescribeClusters: [{}, { Clusters: [{ SubnetGroup: 'carts' }] }],
    DescribeSubnetGroups: [{}, { SubnetGroups: [{ SubnetGroupName: 'carts' }] }],
  },
  ec2: {
    DescribeClientVpnEndpoints: [{}, { ClientVpnEndpoints: [{ Status: { Code: 'pending-associate' } }] }],
    DescribeFlowLogs: [{}, { FlowLogs: [{ FlowLogStatus: 'ACTIVE' }, { DeliverLogsStatus: 'FAILED' }] }],
    DescribeImages: [
      { Owners: ['self'] },
      { Images: [{ ImdsSupport: 'v2.0' }, { DeprecationTime: expect.stringMatching(/Z$/) }, { Public: true }] },
    ],
    DescribeInstanceAttribute: [
      { InstanceId: here.ec2.Instances[0]!.InstanceId, Attribute: 'userData' },
      { UserData: { Value: expect.stringMatching(/^IyEv/) } },
    ],
    DescribeInstanceConnectEndpoints: [
      {},
      { InstanceConnectEndpoints: [{ State: 'create-complete', VpcId: 'vpc-07ab3e4b5dbe08fae' }] },
      'us-east-1',
    ],
    DescribeInstances: [{}, { Reservations: expect.any(Array) }],
    DescribeLaunchTemplateVersions: [
      { Versions: ['$Default', '$Latest'] },
      { LaunchTemplateVersions: [{}, {}, {}, {}] },
    ],
    DescribeManagedPrefixLists: [
      {},
      { PrefixLists: [{ OwnerId: 'AWS' }, { OwnerId: 'AWS' }, { OwnerId: ACCOUNT }, {}] },
    ],
    DescribeNetworkAcls: [{}, { NetworkAcls: expect.any(Array) }],
    DescribeNetworkInterfaces: [{}, { NetworkInterfaces: expect.any(Array) }],
    DescribeRegions: [{}, { Regions: expect.objectContaining({ length: 17 }) }],
    DescribeRouteTables: [{}, { RouteTables: expect.any(Array) }],
    DescribeSecurityGroups: [{}, { SecurityGroups: expect.any(Array) }],
    DescribeSnapshots: [{ OwnerIds: ['self'] }, { Snapshots: [{}, {}, {}, {}] }],
    DescribeSubnets: [{}, { Subnets: expect.any(Array) }],
    DescribeTransitGatewayVpcAttachments: [{}, { TransitGatewayVpcAttachments: [{ State: 'available' }] }],
    DescribeVolumes: [{}, { Volumes: expect.any(Array) }],
    DescribeVpcBlockPublicAccessExclusions: [
      {},
      { VpcBlockPublicAccessExclusions: [{ State: 'create-complete', InternetGatewayExclusionMode: 'allow-egress' }] },
      'eu-north-1',
    ],
    DescribeVpcBlockPublicAccessOptions: [
      {},
      { VpcBlockPublicAccessOptions: { State: 'default-state', InternetGatewayBlockMode: 'off' } },
    ],
    DescribeVpcEndpointServices: [
      { Filters: [{ Name: 'service-name', Values: ['*.s3'] }] },
      { ServiceNames: ['com.amazonaws.eu-west-1.s3'], ServiceDetails: [{ Owner: 'amazon' }] },
    ],
    DescribeVpcEndpoints: [{}, { VpcEndpoints: [{ State: 'available', RouteTableIds: [expect.any(String)] }, {}] }],
    DescribeVpcPeeringConnections: [
      {},
      { VpcPeeringConnections: [{ Status: { Code: 'active' } }, { AccepterVpcInfo: { OwnerId: '777788889999' } }] },
    ],
    DescribeVpcs: [{}, { Vpcs: [{ IsDefault: true }, { IsDefault: false }, { IsDefault: false }] }],
    DescribeVpnConnections: [{}, { VpnConnections: [{ VgwTelemetry: [{ Status: 'UP' }, { Status: 'DOWN' }] }] }],
    DescribeVpnGateways: [{}, { VpnGateways: [{ VpcAttachments: [{ State: 'attached' }] }] }],
    GetEbsEncryptionByDefault: [{}, { EbsEncryptionByDefault: true }],
    GetImageBlockPublicAccessState: [{}, { ImageBlockPublicAccessState: 'unblocked', ManagedBy: 'account' }],
    GetInstanceMetadataDefaults: [{}, { AccountLevel: { HttpTokens: 'required' } }, 'us-east-1'],
    GetManagedPrefixListEntries: [
      { PrefixListId: 'pl-0c41b7d2e95a6f830' },
      { Entries: [{ Cidr: '0.0.0.0/1' }, { Cidr: '128.0.0.0/1' }] },
    ],
    GetSnapshotBlockPublicAccessState: [{}, { State: 'block-all-sharing' }, 'us-east-1'],
  },
  elasticache: {
    DescribeCacheClusters: [{}, { CacheClusters: [{ CacheSubnetGroupName: 'sessions' }] }],
    DescribeCacheSubnetGroups: [{}, { CacheSubnetGroups: [{ CacheSubnetGroupName: 'sessions' }] }],
  },
  elasticloadbalancing: {
    DescribeLoadBalancers: [
      {},
      { LoadBalancerDescriptions: [{ ListenerDescriptions: [{ Listener: { LoadBalancerPort: 443 } }] }] },
    ],
  },
  elasticloadbalancingv2: {
    DescribeListeners: [
      { LoadBalancerArn: here.elasticloadbalancingv2.LoadBalancers[0]!.LoadBalancerArn },
      { Listeners: [{ Protocol: 'HTTP', Port: 80 }, { Port: 443 }, { Port: 8443 }] },
    ],
    DescribeLoadBalancers: [
      {},
      { LoadBalancers: [{ LoadBalancerName: 'shop', SecurityGroups: [expect.any(String)] }] },
    ],
  },
  iam: {
    GenerateCredentialReport: [{}, { State: 'STARTED' }],
    GetAccessKeyLastUsed: [accessKey, { UserName: 'ci-deploy', AccessKeyLastUsed: { ServiceName: 'cloudformation' } }],
    GetAccountAuthorizationDetails: [{}, { UserDetailList: expect.any(Array), IsTruncated: false }],
    GetAccountPasswordPolicy: [{}, { PasswordPolicy: { MinimumPasswordLength: 8, RequireSymbols: false } }],
    GetAccountSummary: [{}, { SummaryMap: { AccountMFAEnabled: 1, AccountPasswordPresent: 1, Users: 10 } }],
    GetCredentialReport: [{}, { ReportFormat: 'text/csv', Content: expect.any(Uint8Array) }],
    GetLoginProfile: [{ UserName: 'ann.lee' }, { LoginProfile: { UserName: 'ann.lee', CreateDate: expect.any(Date) } }],
    GetUser: [{ UserName: 'carol.singh' }, { User: { Path: '/', PasswordLastUsed: expect.any(Date) } }],
    ListAccessKeys: [{ UserName: 'old-backup' }, { AccessKeyMetadata: [{ Status: 'Inactive' }, { Status: 'Active' }] }],
    ListAccountAliases: [{}, { AccountAliases: ['harbour-production'] }],
    ListMFADevices: [{ UserName: 'ann.lee' }, { MFADevices: [{ EnableDate: expect.any(Date) }] }],
    ListOpenIDConnectProviders: [
      {},
      { OpenIDConnectProviderList: [{ Arn: expect.stringMatching(/githubusercontent.com$/) }] },
    ],
    ListOrganizationsFeatures: [{}, { EnabledFeatures: ['RootSessions'] }],
    ListServerCertificates: [{}, { ServerCertificateMetadataList: [{ Path: '/cloudfront/' }, {}, {}] }],
    ListServiceSpecificCredentials: [
      { AllUsers: true },
      { ServiceSpecificCredentials: [{ UserName: 'bob.ortiz', Status: 'Active', CreateDate: expect.any(Date) }] },
    ],
    ListSigningCertificates: [{ UserName: 'ann.lee' }, { Certificates: [] }],
    ListSSHPublicKeys: [{ UserName: 'ann.lee' }, { SSHPublicKeys: [] }],
    ListUsers: [{ PathPrefix: '/machines/' }, { Users: [{}, {}, {}] }],
    ListVirtualMFADevices: [
      { AssignmentStatus: 'Assigned' },
      { VirtualMFADevices: expect.arrayContaining([expect.objectContaining({ User: expect.anything() })]) },
    ],
  },
  kms: {
    DescribeKey: [key, { KeyMetadata: { KeyManager: 'CUSTOMER', Origin: 'AWS_KMS' } }],
    GetKeyPolicy: [key, { Policy: expect.stringContaining(`arn:aws:iam::${ACCOUNT}:root`), PolicyName: 'default' }],
    GetKeyRotationStatus: [key, { KeyRotationEnabled: true, RotationPeriodInDays: 365 }],
    ListAliases: [{}, { Aliases: expect.any(Array), Truncated: false }],
    ListKeys: [{}, { Keys: expect.any(Array), Truncated: false }],
  },
  organizations: {
    DescribeOrganization: [{}, { Organization: { Id: 'o-h4rb0ur7k2', MasterAccountId: ACCOUNT, FeatureSet: 'ALL' } }],
    DescribePolicy: [
      { PolicyId: 'p-g7a2keepguard' },
      { Policy: { PolicySummary: { AwsManaged: false }, Content: expect.stringContaining('LeaveOrganization') } },
    ],
    ListAccounts: [{}, { Accounts: [{ Id: ACCOUNT, State: 'ACTIVE', Status: 'ACTIVE' }, {}, {}, { State: 'CLOSED' }] }],
    ListAccountsForParent: [{ ParentId: 'ou-h4rb-9ze3sandboxes' }, { Accounts: [{ Name: 'harbour-sandbox' }] }],
    ListOrganizationalUnitsForParent: [
      { ParentId: 'r-h4rb' },
      { OrganizationalUnits: [{ Name: 'Security' }, { Name: 'Workloads' }] },
    ],
    ListPolicies: [
      { Filter: 'SERVICE_CONTROL_POLICY' },
      { Policies: [{ Id: 'p-FullAWSAccess', AwsManaged: true }, { Name: 'keep-the-guards' }, {}] },
    ],
    ListRoots: [{}, { Roots: [{ PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }, {}] }] }],
    ListTagsForResource: [{ ResourceId: '444455556666' }, { Tags: [{ Key: 'stage', Value: 'sandbox' }] }],
    ListTargetsForPolicy: [
      { PolicyId: 'p-g7a2keepguard' },
      { Targets: [{ TargetId: 'ou-h4rb-2xk8security', Type: 'ORGANIZATIONAL_UNIT' }] },
    ],
  },
  rds: {
    DescribeCertificates: [{}, { Certificates: [{ CertificateIdentifier: 'rds-ca-rsa2048-g1' }, {}, {}] }],
    DescribeDBClusterAutomatedBackups: [
      {},
      { DBClusterAutomatedBackups: [{ Status: 'retained', StorageEncrypted: true }] },
    ],
    DescribeDBClusterParameters: [
      {
        DBClusterParameterGroupName: 'checkout-aurora16',
        Filters: [{ Name: 'parameter-name', Values: ['rds.force_ssl'] }],
      },
      { Parameters: [{ ParameterValue: '1', Source: 'user' }] },
    ],
    DescribeDBClusterSnapshotAttributes: [
      { DBClusterSnapshotIdentifier: 'loyalty-handover' },
      { DBClusterSnapshotAttributesResult: { DBClusterSnapshotAttributes: [{ AttributeValues: ['all'] }] } },
      'eu-central-1',
    ],
    DescribeDBClusterSnapshots: [{}, { DBClusterSnapshots: [{ StorageEncrypted: true, SnapshotType: 'manual' }] }],
    DescribeDBClusters: [{}, { DBClusters: [{ DBClusterMembers: [{ IsClusterWriter: true }, {}] }] }],
    DescribeDBEngineVersions: [
      { Engine: 'mysql', EngineVersion: '8.0.35', IncludeAll: true },
      { DBEngineVersions: [{ MajorEngineVersion: '8.0', Status: 'deprecated' }] },
    ],
    DescribeDBInstanceAutomatedBackups: [
      {},
      { DBInstanceAutomatedBackups: [{ Status: 'retained', Encrypted: false }] },
    ],
    DescribeDBInstances: [{}, { DBInstances: expect.objectContaining({ length: 9 }) }],
    DescribeDBMajorEngineVersions: [
      { Engine: 'mariadb' },
      {
        DBMajorEngineVersions: [
          { SupportedEngineLifecycles: [{ LifecycleSupportName: 'open-source-rds-standard-support' }] },
        ],
      },
    ],
    DescribeDBParameters: [
      {
        DBParameterGroupName: 'crm-mysql8',
        Filters: [{ Name: 'parameter-name', Values: ['require_secure_transport'] }],
      },
      { Parameters: [{ ParameterName: 'require_secure_transport', ParameterValue: '0' }] },
    ],
    DescribeDBProxies: [{}, { DBProxies: [{ RequireTLS: true }] }],
    DescribeDBProxyTargetGroups: [
      { DBProxyName: 'checkout-pool' },
      { TargetGroups: [{ TargetGroupName: 'default', ConnectionPoolConfig: { MaxConnectionsPercent: 80 } }] },
    ],
    DescribeDBSnapshotAttributes: [
      { DBSnapshotIdentifier: 'crm-before-migration' },
      {
        DBSnapshotAttributesResult: { DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: ['all'] }] },
      },
    ],
    DescribeDBSnapshots: [{ SnapshotType: 'manual' }, { DBSnapshots: [{}, {}, {}] }],
    DescribeDBSubnetGroups: [{}, { DBSubnetGroups: [{ Subnets: [{}, {}] }, {}] }],
    DescribeOptionGroups: [{}, { OptionGroupsList: [{ Options: [{ OptionName: 'S3_INTEGRATION' }] }] }],
  },
  redshift: {
    DescribeClusterSubnetGroups: [{}, { ClusterSubnetGroups: [{ Subnets: [{}, {}] }] }, 'eu-central-1'],
    DescribeClusters: [{}, { Clusters: [{ ClusterSubnetGroupName: 'warehouse' }] }, 'eu-central-1'],
  },
  s3: {
    ListBuckets: [{}, { Buckets: expect.objectContaining({ length: 15 }) }],
    HeadBucket: [bucket, { BucketRegion: 'eu-west-1' }],
    GetBucketAcl: [bucket, { Grants: [{ Permission: 'FULL_CONTROL', Grantee: { Type: 'CanonicalUser' } }] }],
    GetBucketCors: [{ Bucket: 'harbour-website-assets' }, { CORSRules: [{ AllowedOrigins: ['*'] }] }],
    GetBucketEncryption: [
      bucket,
      {
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
      },
    ],
    GetBucketLifecycleConfiguration: [
      { Bucket: 'harbour-cloudtrail-logs' },
      { Rules: [{ Status: 'Enabled', Filter: { Prefix: 'AWSLogs/' }, Expiration: { Days: 90 } }] },
    ],
    GetBucketLocation: [bucket, { LocationConstraint: 'eu-west-1' }],
    GetBucketLogging: [bucket, { LoggingEnabled: { TargetBucket: 'harbour-access-logs' } }],
    GetBucketOwnershipControls: [
      bucket,
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    ],
    GetBucketPolicy: [bucket, { Policy: expect.stringContaining('aws:SecureTransport') }],
    GetBucketPolicyStatus: [bucket, { PolicyStatus: { IsPublic: false } }],
    GetBucketTagging: [bucket, { TagSet: [{ Key: 'Criticality', Value: 'high' }, {}] }],
    GetBucketVersioning: [bucket, { Status: 'Enabled' }],
    GetObjectLockConfiguration: [
      { Bucket: 'harbour-hr-records' },
      { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
    ],
    GetPublicAccessBlock: [bucket, { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }],
    PutObject: [{ ...object, Body: 'x' }, { ETag: expect.any(String) }],
    GetObject: [object, { ContentLength: 1 }],
    HeadObject: [object, { ContentLength: 1 }],
    ListObjectsV2: [bucket, { Contents: [{ Key: 'a', Size: 1 }] }],
    CreateMultipartUpload: [object, { UploadId: expect.any(String) }],
    UploadPart: [{ ...object, PartNumber: 1, UploadId: 'upload', Body: 'y' }, { ETag: expect.any(String) }],
    CompleteMultipartUpload: [
      { ...object, UploadId: 'upload', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: 'e' }] } },
      { ETag: expect.stringMatching(/-1"$/) },
    ],
    AbortMultipartUpload: [{ ...object, UploadId: 'upload' }, {}],
    DeleteObject: [object, {}],
    DeleteObjects: [{ ...bucket, Delete: { Objects: [{ Key: 'a' }] } }, { Deleted: [{ Key: 'a' }] }],
  },
  s3control: {
    GetAccessPoint: [
      { AccountId, Name: 'partner-read' },
      { NetworkOrigin: 'Internet', Bucket: 'harbour-partner-drop' },
    ],
    GetAccessPointPolicyStatus: [{ AccountId, Name: 'partner-read' }, { PolicyStatus: { IsPublic: true } }],
    GetMultiRegionAccessPointPolicyStatus: [
      { AccountId, Name: 'catalogue' },
      { Established: { IsPublic: false } },
      'us-west-2',
    ],
    GetPublicAccessBlock: [
      { AccountId: '444455556666' },
      { PublicAccessBlockConfiguration: { IgnorePublicAcls: true } },
    ],
    ListAccessPoints: [{ AccountId }, { AccessPointList: [{ NetworkOrigin: 'Internet' }, { NetworkOrigin: 'VPC' }] }],
    ListMultiRegionAccessPoints: [
      { AccountId },
      { AccessPoints: [{ Name: 'catalogue', Status: 'READY' }] },
      'us-west-2',
    ],
  },
  secretsmanager: {
    GetSecretValue: [{ SecretId: 'ronda/slack-webhook' }, { SecretString: expect.stringMatching(/^https:/) }],
  },
  sns: {
    GetTopicAttributes: [{ TopicArn }, { Attributes: { Owner: ACCOUNT, DisplayName: 'Ronda' } }],
    Publish: [{ TopicArn, Message: 'hello' }, { MessageId: expect.any(String) }],
  },
  ssm: {
    DescribeInstanceInformation: [
      {},
      { InstanceInformationList: expect.arrayContaining([expect.objectContaining({ PingStatus: 'ConnectionLost' })]) },
    ],
    GetParameter: [
      { Name: '/ronda/slack-webhook', WithDecryption: true },
      { Parameter: { Type: 'SecureString', Value: expect.stringMatching(/^https:/) } },
    ],
  },
  sts: {
    AssumeRole: [
      { RoleArn: 'arn:aws:iam::444455556666:role/ronda-scan', RoleSessionName: 'night' },
      { Credentials: { AccessKeyId: expect.stringMatching(/^ASIA444455556666/), Expiration: expect.any(Date) } },
    ],
    GetCallerIdentity: [{}, { Account: ACCOUNT, Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/security-audit/night` }],
  },
};

const rows = Object.entries(ANSWERS).flatMap(([service, operations]) =>
  Object.entries(operations).map(([operation, [input, holds, region]]) => ({
    service,
    operation,
    input,
    holds,
    region,
  })),
);

it('has a row for every operation', () => {
  const written = Object.entries(ANSWERS).map(([service, operations]) => [service, Object.keys(operations).toSorted()]);
  const known = Object.entries(SERVICES).map(([service, operations]) => [service, Object.keys(operations).toSorted()]);
  expect(written).toEqual(known);
});

describe('a client of the SDK reads', () => {
  /** Operations that need an earlier one have tests of their own. */
  const LATER = new Set([
    'GetObject',
    'HeadObject',
    'ListObjectsV2',
    'UploadPart',
    'CompleteMultipartUpload',
    'AbortMultipartUpload',
    'GetCredentialReport',
  ]);
  const alone = rows.filter(({ operation }) => !LATER.has(operation));
  it.each(alone)('$service:$operation', async ({ service, operation, input, holds, region = 'eu-west-1' }) => {
    const accessKeyId = `AKIA${(input as { AccountId?: string }).AccountId ?? ACCOUNT}TEST`;
    expect(await call(service, operation, input, { region, accessKeyId })).toMatchObject(holds);
  });
});

describe('no answer holds a field that the schema does not know', () => {
  it.each(rows)('$service:$operation', ({ service, operation, input, region = 'eu-west-1' }) => {
    const account = emulator.world.accounts.get((input as { AccountId?: string }).AccountId ?? ACCOUNT)!;
    const state = newState(emulator.world);
    const context: Context = {
      world: emulator.world,
      account,
      region,
      here: account.regions.get(region)!,
      callerArn: account.callerArn,
      accessKeyId: '',
      service,
      operation,
      profile: { credentialReportPolls: 0 },
      state,
      repeatToken: false,
    };
    const path = `${bucket.Bucket}/a`;
    state.uploads.set('upload', { path, headers: {}, parts: new Map([[1, Buffer.from('y')]]) });
    state.objects.set(path, storedFrom({}, Buffer.from('x')));
    state.reportRequests.set(account.id, 1);
    const output = SERVICES[service]![operation]!(input as never, context);
    expect(
      '$raw' in output ? [] : strangers(MODEL.get(service)!.operations.get(operation)!.output, output, operation),
    ).toEqual([]);
  });
});

/** The paths of fields that a schema does not have. */
function strangers(schema: NormalizedSchema, value: unknown, path: string): string[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || schema.isUnitSchema()) return [];
  if (schema.isListSchema())
    return (value as unknown[]).flatMap((one) => strangers(schema.getValueSchema(), one, path));
  if (schema.isMapSchema()) return Object.values(value).flatMap((one) => strangers(schema.getValueSchema(), one, path));
  if (!schema.isStructSchema()) return [];
  const members = schema.getMemberSchemas();
  return Object.entries(value).flatMap(([name, one]) =>
    members[name] ? strangers(members[name], one, `${path}.${name}`) : [`${path}.${name}`],
  );
}
