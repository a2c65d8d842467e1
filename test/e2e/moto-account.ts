import { QUIET_REGION } from '../support/moto.ts';

/** Moto keeps the documents of a stack as they are written there, and reads them as text. */
const json = (value: unknown): string => JSON.stringify(value);
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const admit = (Principal: unknown, Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action, ...more }],
});
const toService = (name: string) => admit({ Service: `${name}.amazonaws.com` }, 'sts:AssumeRole');
const role = (name: string, trust: object, rights?: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    AssumeRolePolicyDocument: trust,
    Policies: rights ? [{ PolicyName: 'inline', PolicyDocument: json(rights) }] : [],
  },
});
const ingress = (from: number, to: number, CidrIp: string) => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  CidrIp,
});
const group = (name: string, ...rules: object[]) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupName: name, GroupDescription: name, VpcId: { Ref: 'vpc' }, SecurityGroupIngress: rules },
});
const subnet = (CidrBlock: string, zone: string) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'vpc' }, CidrBlock, AvailabilityZone: `${QUIET_REGION}${zone}` },
});

const template = (name: string, MetadataOptions: object) => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: {
    LaunchTemplateName: name,
    LaunchTemplateData: { ImageId: IMAGE, InstanceType: 't3.micro', MetadataOptions },
  },
});
const OWN_KEY = json(admit({ AWS: 'arn:aws:iam::123456789012:root' }, 'kms:*', { Resource: '*' }));
/** One of the images that are in each region of moto. */
const IMAGE = 'ami-760aaa0f';
const ZONE = `${QUIET_REGION}a`;
const SCRIPT = '#!/bin/sh\nexport DB_PASSWORD=kT9vQ2mZ7xLp4RwB\n./start\n';

const resources = {
  vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  gateway: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
  attached: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: { Ref: 'vpc' }, InternetGatewayId: { Ref: 'gateway' } },
  },
  publicTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'vpc' } } },
  toInternet: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'attached',
    Properties: {
      RouteTableId: { Ref: 'publicTable' },
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: { Ref: 'gateway' },
    },
  },
  publicSubnet: subnet('10.0.0.0/24', 'a'),
  privateSubnet: subnet('10.0.1.0/24', 'a'),
  otherSubnet: subnet('10.0.2.0/24', 'b'),
  bastionGroup: group('bastion', ingress(22, 22, '0.0.0.0/0')),
  webGroup: group('web', ingress(443, 443, '0.0.0.0/0')),
  databaseGroup: group('database', ingress(5432, 5432, '10.0.0.0/16')),
  cacheGroup: group('cache', ingress(6379, 6379, '0.0.0.0/0'), ingress(3389, 3389, '0.0.0.0/0')),
  wideGroup: group('wide', ingress(0, 65535, '0.0.0.0/0')),
  mixedGroups: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: {
      DBSubnetGroupName: 'mixed',
      DBSubnetGroupDescription: 'x',
      SubnetIds: [{ Ref: 'publicSubnet' }, { Ref: 'otherSubnet' }],
    },
  },
  privateGroups: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: {
      DBSubnetGroupName: 'private',
      DBSubnetGroupDescription: 'x',
      SubnetIds: [{ Ref: 'privateSubnet' }, { Ref: 'otherSubnet' }],
    },
  },
  ann: { Type: 'AWS::IAM::User', Properties: { UserName: 'ann' } },
  bob: { Type: 'AWS::IAM::User', Properties: { UserName: 'bob' } },
  everything: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      ManagedPolicyName: 'everything',
      PolicyDocument: allow('*'),
      Roles: [{ Ref: 'vendorRole' }],
      Users: [{ Ref: 'ann' }],
    },
  },
  passer: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: 'passer', PolicyDocument: allow(['iam:PassRole', 'ec2:RunInstances']) },
  },
  reader: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: 'reader', PolicyDocument: allow('s3:GetObject', 'arn:aws:s3:::shut/*') },
  },
  openRole: role('open', admit('*', 'sts:AssumeRole'), allow('s3:*')),
  vendorRole: role('vendor', admit({ AWS: 'arn:aws:iam::999988887777:root' }, 'sts:AssumeRole')),
  guardedRole: role(
    'guarded',
    admit({ AWS: 'arn:aws:iam::999988887777:root' }, 'sts:AssumeRole', {
      Condition: { StringEquals: { 'sts:ExternalId': '7c9e6679-7425-40de-944b-e07fc1f90ae7' } },
    }),
    allow('s3:GetObject', 'arn:aws:s3:::shut/*'),
  ),
  machineRole: role('machine', toService('ec2'), allow('kms:Decrypt')),
  builderRole: role('builder', toService('codebuild'), allow('*')),
  pipelineRole: role(
    'pipeline',
    admit(
      { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      'sts:AssumeRoleWithWebIdentity',
      {
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:example/site:ref:refs/heads/main' },
        },
      },
    ),
    allow('s3:PutObject', 'arn:aws:s3:::website/*'),
  ),
  strayRole: role(
    'stray',
    admit(
      { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      'sts:AssumeRoleWithWebIdentity',
      { Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } } },
    ),
  ),
  turningKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: OWN_KEY, EnableKeyRotation: true } },
  stillKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: OWN_KEY } },
  openKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: json(admit({ AWS: '*' }, 'kms:*', { Resource: '*' })) } },
  dyingKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: OWN_KEY } },
  oldTemplate: template('old', { HttpTokens: 'optional' }),
  newTemplate: template('new', { HttpTokens: 'required' }),
  fleet: {
    Type: 'AWS::AutoScaling::LaunchConfiguration',
    Properties: {
      LaunchConfigurationName: 'fleet',
      ImageId: IMAGE,
      InstanceType: 't3.micro',
      AssociatePublicIpAddress: true,
      UserData: Buffer.from(SCRIPT).toString('base64'),
    },
  },
  fleetOfOne: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      AutoScalingGroupName: 'fleet',
      LaunchConfigurationName: { Ref: 'fleet' },
      MinSize: '0',
      MaxSize: '1',
      VPCZoneIdentifier: [{ Ref: 'privateSubnet' }],
    },
  },
  site: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: {
      Name: 'site',
      Subnets: [{ Ref: 'publicSubnet' }, { Ref: 'otherSubnet' }],
      SecurityGroups: [{ Ref: 'webGroup' }],
    },
  },
  listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'site' },
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    },
  },
  endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: { Ref: 'vpc' },
      ServiceName: `com.amazonaws.${QUIET_REGION}.s3`,
      RouteTableIds: [{ Ref: 'publicTable' }],
    },
  },
  otherVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
  peering: {
    Type: 'AWS::EC2::VPCPeeringConnection',
    Properties: { VpcId: { Ref: 'vpc' }, PeerVpcId: { Ref: 'otherVpc' } },
  },
  parameter: {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/site/greeting', Type: 'String', Value: 'hello' },
  },
  machineProfile: {
    Type: 'AWS::IAM::InstanceProfile',
    Properties: { InstanceProfileName: 'machine', Roles: [{ Ref: 'machineRole' }] },
  },
};
const named = Object.keys(resources).filter((name) =>
  /vpc$|Vpc$|Subnet$|Group$|Table$|Key$|Volume$|Template$|peering|fleet$|site/.test(name),
);

const logs = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:GetBucketAcl',
      Resource: 'arn:aws:s3:::logs',
    },
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/*',
    },
    {
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::logs/*',
    },
    {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
};

/** What the commands know as variables. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  stack: json({
    Resources: resources,
    Outputs: Object.fromEntries(named.map((name) => [name, { Value: { Ref: name } }])),
  }),
  everybodyReads: json(admit('*', 's3:GetObject', { Resource: 'arn:aws:s3:::open-to-all/*' })),
  logs: json(logs),
  block: 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  sse: json({
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true }],
  }),
  logging: json({ LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'shut/' } }),
  lifecycle: json({
    Rules: [
      { ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    ],
  }),
  cors: json({ CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'PUT'] }] }),
  lock: json({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } },
  }),
  userData: SCRIPT,
  guardrail: json({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'cloudtrail:StopLogging', Resource: '*' }],
  }),
  here: `LocationConstraint=${QUIET_REGION}`,
  database:
    '--db-instance-class db.t3.micro --engine postgres --allocated-storage 20 --master-user-password Not-a-real-1',
  zone: ZONE,
  image: IMAGE,
};

/** Commands of the AWS CLI. Those of a paragraph run side by side; `name =` keeps what one prints as a variable for later ones. */
export const ACCOUNT = `
cloudformation create-stack --stack-name base --template-body "$stack" --capabilities CAPABILITY_NAMED_IAM
s3api create-bucket --bucket open-to-all --create-bucket-configuration $here
s3api create-bucket --bucket shut --create-bucket-configuration $here
s3api create-bucket --bucket website --create-bucket-configuration $here --object-ownership ObjectWriter --acl public-read
s3api create-bucket --bucket logs --create-bucket-configuration $here --object-lock-enabled-for-bucket
iam create-group --group-name readers
iam update-account-password-policy --minimum-password-length 8 --require-symbols --require-numbers
iam upload-server-certificate --server-certificate-name www --certificate-body not-a-certificate --private-key not-a-key
iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com
device = iam create-virtual-mfa-device --virtual-mfa-device-name bob --outfile /dev/null --bootstrap-method Base32StringSeed --query VirtualMFADevice.SerialNumber
ec2 enable-ebs-encryption-by-default
organizations create-organization --feature-set ALL
elb create-load-balancer --load-balancer-name classic --listeners Protocol=HTTP,LoadBalancerPort=80,InstancePort=80 --availability-zones $zone

plainVolume = ec2 create-volume --size 1 --availability-zone $zone --no-encrypted --query VolumeId
codedVolume = ec2 create-volume --size 1 --availability-zone $zone --encrypted --query VolumeId
* = cloudformation describe-stacks --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]'
s3api put-bucket-policy --bucket open-to-all --policy "$everybodyReads"
s3api put-bucket-policy --bucket logs --policy "$logs"
s3api put-bucket-cors --bucket website --cors-configuration "$cors"
s3api put-public-access-block --bucket shut --public-access-block-configuration $block
s3api put-public-access-block --bucket logs --public-access-block-configuration $block
s3api put-bucket-versioning --bucket shut --versioning-configuration Status=Enabled
s3api put-bucket-encryption --bucket shut --server-side-encryption-configuration "$sse"
s3api put-bucket-lifecycle-configuration --bucket shut --lifecycle-configuration "$lifecycle"
s3api put-object-lock-configuration --bucket logs --object-lock-configuration "$lock"
iam create-login-profile --user-name ann --password Not-a-real-1
iam create-access-key --user-name ann
iam attach-group-policy --group-name readers --policy-arn arn:aws:iam::123456789012:policy/reader
iam add-user-to-group --group-name readers --user-name bob
iam enable-mfa-device --user-name bob --serial-number $device --authentication-code1 123456 --authentication-code2 654321
policy = organizations create-policy --name guard --description x --type SERVICE_CONTROL_POLICY --content "$guardrail" --query Policy.PolicySummary.Id
root = organizations list-roots --query 'Roots[0].Id'
rds create-db-instance --db-instance-identifier open $database --master-username postgres --publicly-accessible --backup-retention-period 0
rds create-db-instance --db-instance-identifier shut $database --master-username keeper --no-publicly-accessible --storage-encrypted --backup-retention-period 7 --multi-az --deletion-protection --enable-iam-database-authentication
rds create-db-cluster --db-cluster-identifier pair --engine aurora-postgresql --master-username keeper --master-user-password Not-a-real-1 --storage-encrypted
rds create-db-parameter-group --db-parameter-group-name site --db-parameter-group-family postgres16 --description x

ec2 associate-route-table --route-table-id $publicTable --subnet-id $publicSubnet
kms schedule-key-deletion --key-id $dyingKey --pending-window-in-days 7
plainSnapshot = ec2 create-snapshot --volume-id $plainVolume --query SnapshotId
s3api put-bucket-logging --bucket shut --bucket-logging-status "$logging"
bastion = ec2 run-instances --image-id $image --subnet-id $publicSubnet --security-group-ids $bastionGroup --associate-public-ip-address --user-data "$userData" --metadata-options HttpTokens=optional --iam-instance-profile Name=machine --query 'Instances[0].InstanceId'
worker = ec2 run-instances --image-id $image --subnet-id $privateSubnet --security-group-ids $databaseGroup --metadata-options HttpTokens=required,HttpPutResponseHopLimit=1 --query 'Instances[0].InstanceId'
ec2 modify-subnet-attribute --subnet-id $publicSubnet --map-public-ip-on-launch
ec2 create-flow-logs --resource-type VPC --resource-ids $vpc --traffic-type ALL --log-destination-type s3 --log-destination arn:aws:s3:::logs
acl = ec2 create-network-acl --vpc-id $vpc --query NetworkAcl.NetworkAclId
organizations attach-policy --policy-id $policy --target-id $root
rds create-db-snapshot --db-instance-identifier open --db-snapshot-identifier plain
rds create-db-cluster-snapshot --db-cluster-identifier pair --db-cluster-snapshot-identifier coded
cloudtrail create-trail --name all --s3-bucket-name logs --is-multi-region-trail --enable-log-file-validation

ec2 modify-snapshot-attribute --snapshot-id $plainSnapshot --attribute createVolumePermission --operation-type add --group-names all
openImage = ec2 register-image --name golden --root-device-name /dev/sda1 --block-device-mappings DeviceName=/dev/sda1,Ebs={SnapshotId=$plainSnapshot} --query ImageId
ec2 create-network-acl-entry --network-acl-id $acl --rule-number 100 --protocol 6 --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --ingress --rule-action allow
rds modify-db-snapshot-attribute --db-snapshot-identifier plain --attribute-name restore --values-to-add all
cloudtrail start-logging --name all
cloudtrail put-event-selectors --trail-name all --event-selectors ReadWriteType=All,IncludeManagementEvents=true

ec2 modify-image-attribute --image-id $openImage --launch-permission Add=[{Group=all}]
`;
