type Law = 'guess' | 'silence' | 'spread';

/** Where a law does not hold, and why: AWS documents what it means that the field is not there, or nobody can tell whose the item is. */
export interface Allowed {
  /** Operation and path; indexes are `*`. */
  readonly field: RegExp;
  readonly laws: readonly Law[];
  readonly because: string;
}

const documented = (field: RegExp, because: string): Allowed => ({ field, laws: ['guess', 'spread'], because });
const nameless = (field: RegExp, because: string): Allowed => ({ field, laws: ['spread'], because });

export const ALLOWED: readonly Allowed[] = [
  documented(
    /^DescribeTrails trailList\.\*\.KmsKeyId$/,
    'without a key, S3 encrypts log files with its own (CloudTrail: Trail)',
  ),
  documented(
    /^GetTrailStatus LatestDeliveryTime$/,
    'a trail that never delivered has none (CloudTrail: GetTrailStatus)',
  ),
  documented(
    /^GetUser User\.PasswordLastUsed$/,
    'left out for a password that was never used, or not since 2014 (IAM: User)',
  ),
  documented(
    /^GetAccessKeyLastUsed AccessKeyLastUsed\.LastUsedDate$/,
    'left out for a key that was never used (IAM: AccessKeyLastUsed)',
  ),
  documented(
    /^GetAccountAuthorizationDetails RoleDetailList\.\*\.RoleLastUsed\.LastUsedDate$/,
    'left out for a role without use in the tracking period (IAM: RoleLastUsed)',
  ),
  documented(
    /^GetAccountAuthorizationDetails UserDetailList\.\*\.UserPolicyList$/,
    'left out for users without inline policies (IAM: examples of GetAccountAuthorizationDetails)',
  ),
  documented(
    /^GetBucketLifecycleConfiguration Rules\.\*\.Expiration$/,
    'a rule may expire noncurrent versions or uploads alone (S3: LifecycleRule)',
  ),
  documented(/^GetBucketLogging LoggingEnabled$/, 'left out while access is not logged (S3: GetBucketLogging)'),
  documented(
    /^GetBucketVersioning (Status|MFADelete)$/,
    'left out for what was never configured (S3: GetBucketVersioning)',
  ),
  documented(
    /^DescribeAutoScalingGroups AutoScalingGroups\.\*\.LaunchTemplate\.Version$/,
    'the default is $Default (Auto Scaling: LaunchTemplateSpecification)',
  ),
  documented(
    /^DescribeLaunchConfigurations LaunchConfigurations\.\*\.AssociatePublicIpAddress$/,
    'the subnet decides where it is not specified (Auto Scaling: LaunchConfiguration)',
  ),
  documented(
    /^DescribeLaunchConfigurations LaunchConfigurations\.\*\.MetadataOptions(\.HttpTokens)?$/,
    'the default is optional (Auto Scaling: InstanceMetadataOptions)',
  ),
  documented(
    /^DescribeLaunchTemplateVersions LaunchTemplateVersions\.\*\.LaunchTemplateData\.(UserData|NetworkInterfaces(\.\*\.AssociatePublicIpAddress)?)$/,
    'a template holds what was specified and nothing else (EC2: ResponseLaunchTemplateData)',
  ),
  documented(
    /^DescribeImages Images\.\*\.(ImdsSupport|DeprecationTime)$/,
    'left out where nothing is set (EC2: Image)',
  ),
  documented(
    /^DescribeInstanceAttribute UserData\.Value$/,
    'left out for an instance without user data (EC2: DescribeInstanceAttribute)',
  ),
  documented(
    /^DescribeInstances Reservations\.\*\.Instances\.\*\.KeyName$/,
    'left out for an instance without a key pair (EC2: Instance)',
  ),
  documented(
    /^DescribeInstances Reservations\.\*\.Instances\.\*\.Tags(\.\*\.(Key|Value))?$/,
    'left out where there are none; a tag without its name or value names no exemption, which alarms rather than calms',
  ),
  documented(
    /^DescribeNetworkInterfaces NetworkInterfaces\.\*\.Attachment$/,
    'left out while it is attached to nothing (EC2: NetworkInterface)',
  ),
  documented(
    /^GetPipeline pipeline\.stages\.\*\.actions\.\*\.configuration(\.RoleArn)?$/,
    'what an action is configured with is up to the action; few take a role (CodePipeline: action structure reference)',
  ),
  documented(
    /^BatchGetProjects projects\.\*\.buildBatchConfig(\.serviceRole)?$/,
    'left out for projects without batches; a batch without a role cannot be started (CodeBuild: ProjectBuildBatchConfig)',
  ),
  documented(
    /^DescribeDB(Instances|Clusters) DB(Instances|Clusters)\.\*\.EnabledCloudwatchLogsExports$/,
    'lists what is exported; AWS documents no default',
  ),
  documented(
    /^DescribeDB(Instances|Clusters) DB(Instances|Clusters)\.\*\.LatestRestorableTime$/,
    'left out where there is nothing to restore from',
  ),
  documented(
    /^DescribeDB(Instances|Clusters) DB(Instances|Clusters)\.\*\.MasterUserSecret$/,
    'there only where RDS manages the password (RDS: DBInstance)',
  ),
  documented(
    /^DescribeDB(Instances|Clusters) DB(Instances|Clusters)\.\*\.MasterUsername$/,
    'secondary clusters and what follows them have none',
  ),
  documented(
    /^DescribeDBInstances DBInstances\.\*\.(DBClusterIdentifier|ReadReplicaSourceDBInstanceIdentifier)$/,
    'there only for members and replicas (RDS: DBInstance)',
  ),
  documented(/^DescribeDBInstances DBInstances\.\*\.Endpoint$/, 'left out while there is none (RDS: DBInstance)'),
  documented(
    /^DescribeDB(Instances|Clusters) DB(Instances|Clusters)\.\*\.Monitoring(Interval|RoleArn)$/,
    'the default is off, and there is no role then (RDS: DBInstance)',
  ),
  documented(
    /^DescribeDBInstances DBInstances\.\*\.PerformanceInsightsKMSKeyId$/,
    'without a key, RDS uses the one that AWS manages (RDS: CreateDBInstance)',
  ),
  documented(
    /^DescribeDB(Cluster)?Parameters Parameters\.\*\.ParameterValue$/,
    "the engine's default holds (RDS user guide: parameter groups)",
  ),
  documented(/^DescribeDBSnapshotAttributes .*\.AttributeValues$/, 'AWS does not document that an empty list is sent'),
  {
    field: /^DescribeDBInstanceAutomatedBackups DBInstanceAutomatedBackups\.\*\.DBInstanceAutomatedBackupsArn$/,
    laws: ['guess', 'silence'],
    because: 'only replicated backups have an ARN of their own; without it the backup has another name',
  },
  {
    field: /^ListAccessPoints AccessPointList$|^ListMultiRegionAccessPoints AccessPoints$/,
    laws: ['guess', 'silence'],
    because: 'AWS does not document that an empty list is sent; every account without access points would be unknown',
  },
  nameless(
    /^DescribeCertificates Certificates\.\*(\.CertificateIdentifier)?$/,
    'it may be the authority that is not found',
  ),
  nameless(
    /^DescribeDBMajorEngineVersions DBMajorEngineVersions\.\*(\..*)?$/,
    'it may be the major version of any database of the engine; dates that are none do not pass the SDK',
  ),
  nameless(/^ListServiceSpecificCredentials ServiceSpecificCredentials\.\*(\.UserName)?$/, 'it may be of any user'),
  nameless(/^ListAccessPoints AccessPointList\.\*(\.Bucket)?$/, 'it may be of any bucket'),
  nameless(
    /^ListAccessKeys AccessKeyMetadata\.\*\.(AccessKeyId|CreateDate)$/,
    "the keys of one user are asked for together, and may be each other's",
  ),
];
