/** What AWS or this product chose: it names nobody, and stays readable in a redacted report. */

const REGION =
  /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-|isob?-|isoe-|isof-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}[a-f]?$/;
const SERVICE_PRINCIPAL = /^[a-z0-9-]+(?:\.[a-z]{2}-[a-z-]+-\d)?\.amazonaws\.com(?:\.cn)?$/;
const SERVICE_ROLE = /^AWSServiceRoleFor[A-Za-z0-9]+$/;
const DEFAULT_GROUP =
  /^default(?:[.:](?:aurora|mysql|postgres|mariadb|oracle|sqlserver|docdb|neptune|redis|memcached|valkey|redshift|dax)[a-z0-9.-]*)?$/;
/** Names that AWS gives, in every account the same. */
const GIVEN: ReadonlySet<string> = new Set(
  `* global root aws aws-service-role service-role aws-reserved sso.amazonaws.com AdministratorAccess PowerUserAccess ReadOnlyAccess
  IAMFullAccess ViewOnlyAccess SecurityAudit AWSSupportAccess AWSCloudShellFullAccess IAMUserChangePassword FullAWSAccess
  RCPFullAWSAccess OrganizationAccountAccessRole AWSControlTowerExecution external-access resources region-settings`.split(
    /\s+/,
  ),
);

/** A name that says nothing of whose it is, wherever a name stands. */
export function isHarmlessName(text: string): boolean {
  return (
    text === '' ||
    GIVEN.has(text) ||
    REGION.test(text) ||
    SERVICE_PRINCIPAL.test(text) ||
    SERVICE_ROLE.test(text) ||
    DEFAULT_GROUP.test(text)
  );
}

/** The first part of an ARN's resource, and what else names a kind there. */
const KINDS: ReadonlySet<string> = new Set(
  `access-point accesspoint access-key account-settings addon alarm alias analyzer application auto-backup autoScalingGroup
  autoScalingGroupName backup-vault bucket build bucketpolicy ca catalog certificate channel client-vpn-endpoint cluster cluster-endpoint
  cluster-pg cluster-snapshot crawler db db-proxy dbuser deployment detector dhcp-options distribution document domain
  elastic-ip endpoint es event-bus event-data-store file-system finding fleet function group hosted-zone hostedzone
  identity-pool image image-set insight instance instance-connect-endpoint instance-profile internet-gateway invalidation key
  launch-template launchConfiguration launchConfigurationName layer listener listener-rule loadbalancer log-group log-stream
  mfa multiregionaccesspoint nat-gateway natgateway network-acl network-interface nodegroup notebook-instance oidc-provider og organization
  ou ou-policy parameter parametergroup pg pipeline policy pool prefix-list project proxy recorder region-settings repository
  replicationgroup reserved-instances restapis role root route-table rule saml-provider schedule secgrp secret security-group
  security-group-rule server-certificate service session site snapshot ssm stack stackset state-machine stateMachine stream
  subgrp subnet subnet-group subnetgroup table target-group targetgroup task task-definition thing topic trail
  transit-gateway transit-gateway-attachment user userpool volume vpc vpc-block-public-access-exclusion
  vpc-block-public-access-options vpc-endpoint vpc-flow-log vpc-peering-connection vpn-connection vpn-gateway webacl workgroup
  workspace account app net gwy regional global`.split(/\s+/),
);
export const isKind = (text: string): boolean => KINDS.has(text);

/** IAM's prefixes of services whose actions evidence and messages name. */
const SERVICES =
  'a2c|access-analyzer|account|acm|acm-pca|apigateway|application-autoscaling|appsync|athena|autoscaling|aws|backup|batch|bedrock|ce|cloudformation|cloudfront|cloudtrail|cloudwatch|codebuild|codecommit|codedeploy|codepipeline|cognito-idp|cognito-identity|config|datapipeline|dax|dms|ds|dynamodb|ebs|ec2|ec2-instance-connect|ecr|ecr-public|ecs|eks|elasticache|elasticbeanstalk|elasticfilesystem|elasticloadbalancing|elasticmapreduce|es|events|firehose|fsx|glacier|glue|guardduty|iam|imagebuilder|inspector2|iot|kafka|kinesis|kms|lakeformation|lambda|lightsail|logs|macie2|mq|network-firewall|opensearch|organizations|pi|pipes|pricing|ram|rds|rds-data|redshift|redshift-data|route53|route53domains|s3|s3express|s3-object-lambda|s3-outposts|sagemaker|scheduler|secretsmanager|securityhub|serverlessrepo|servicecatalog|servicequotas|ses|shield|sns|sqs|ssm|sso|states|sts|support|tag|transfer|waf|waf-regional|wafv2|workspaces|xray';
export const ACTION = String.raw`(?:${SERVICES}):(?:\*|[A-Z][A-Za-z0-9*]*)`;
export const DATE_TIME = String.raw`\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)?`;
export const MANAGED_ARN = String.raw`arn:aws[a-z-]*:(?:iam|organizations)::aws:[\w+=,.@/-]*[\w/]`;
export const GROUP_URL = String.raw`http:\/\/acs\.amazonaws\.com\/groups\/[A-Za-z0-9/]+`;
export const ISSUERS = String.raw`token\.actions\.githubusercontent\.com|accounts\.google\.com|app\.terraform\.io|gitlab\.com|github\.com|graph\.facebook\.com|www\.amazon\.com`;
/** Versions of Oracle and SQL Server, which begin as addresses do. */
export const VERSION = String.raw`\d+(?:\.\d+){3}\.ru-[\w.-]*\w|\d+\.\d+\.\d{4,5}\.\d+(?:\.v\d+)?`;
export const WORLD = String.raw`0\.0\.0\.0\/0|::\/0`;

const READABLE = new RegExp(
  `^(?:${[
    ACTION,
    DATE_TIME,
    MANAGED_ARN,
    GROUP_URL,
    ISSUERS,
    WORLD,
    VERSION,
    // Numbers, versions, percentages, ports.
    String.raw`[+-]?\d{1,11}(?:\.\d+){0,2}%?`,
    String.raw`(?:tcp|udp|icmp|icmpv6|all)(?: \d{1,5}(?:-\d{1,5})?)?`,
    // Instance types, of EC2 and of services on it.
    String.raw`(?:(?:db|cache|dax|ml)\.)?[a-z]{1,4}[0-9][a-z0-9-]*\.(?:nano|micro|small|medium|large|\d{0,2}xlarge|metal(?:-\d+xl)?)`,
    // Types of CloudFormation, numbers of statements, versions of TLS.
    String.raw`AWS(?:::[A-Za-z0-9]*){2}`,
    String.raw`#\d+`,
    String.raw`TLSv?\d(?:\.\d)?`,
    String.raw`rds-ca-[a-z0-9-]+`,
    // Specs of KMS keys.
    String.raw`RSA_\d{4}|ECC_[A-Z0-9_]+|HMAC_\d{3}|ML_DSA_\d{2}|SM2`,
    // Public parameters of Systems Manager.
    String.raw`(?:resolve:ssm:)?\/aws\/service\/[\w.\/-]+`,
    String.raw`\[?\*\]?`,
  ].join('|')})$`,
);

/** Words of AWS's enumerations, and of the product's own short answers. */
const WORDS: ReadonlySet<string> = new Set(
  `a access acl active account accounts action actions actor address addresses admin-access aes256 aggressive all allow allowed
  amazon an and another any api are associated at aurora aurora-mysql aurora-postgresql automatic available aws aws-backup aws-kms
  aws_kms basic be bidirectional block-all-sharing block-bidirectional block-ingress block-new-sharing but by cancelled can
  certificate closed cluster codebuild codedeploy codepipeline compliance complete completed connect connectionlost container
  continuous create-complete creating critical custom customer db2-ae db2-se default default-state deleting denied deny
  deprecated detached digits disabled docdb each egress email enable enabled encrypted endpoint enforce error everybody everyone
  expired explicit external fail failed false for from full gateway governance granted group groups half has held high host i if
  image images immutable impaired in in-sync in-use inactive inbound informational ingress inline inspector instance instances
  interface internal internet ipv4 ipv6 is it its key keys kms landing-zone large launch least level lists lock locked log logs
  low lowercase managed manager mariadb may medium member mfa missing mode mysql named needed neptune network never new no none
  not not_applicable numbers object of off on one open optional or oracle-ee oracle-se oracle-se2 oracle-ee-cdb oracle-se2-cdb
  organization organizations other others outbound own pass passed pending policies policy pool port ports postgres postgresql
  prefix private privilege protocol provisioned public purchased random read recording register rejected reject remediated
  replica repository require required resource role roles root rootsessions running sandbox scheduled secret security self
  service service-linked services session shared single site site-to-site sqlserver-ee sqlserver-ex sqlserver-se sqlserver-web
  sse-kms sse-s3 standard started state stopped stopping subnet success suspended symbols system systems tag tags terminated the
  to trail transit true trust type unblocked unknown unsupported upgrade uppercase use used user users value version versions
  vpc vpn waf website with without world write yes zone arm64 x86_64 slowquery audit general error iam-db-auth-error
  allow-egress custom-header statement statements inline-policy point`.split(/\s+/),
);
export const isPlainWord = (text: string): boolean => WORDS.has(text.toLowerCase());

/** A text whose form alone says that it is AWS's: an action, a date, a version, a port. */
export const isReadable = (text: string): boolean => READABLE.test(text) || isPlainWord(text) || isHarmlessName(text);

/** Fields of evidence that hold a word of an enumeration of AWS's. */
const ENUMERATIONS: ReadonlySet<string> = new Set(
  `acceptedModes algorithm applyStatus authScheme clientPasswordAuthType conditionKeys controlPolicy bucketError defaultAuthScheme
  engine engineVersion family featureSet httpEndpoint httpTokens iamAuth interfaceType lastUsedRegion logExports managedBy
  masterSecret methods mfaDelete mode ownership pingStatus platform protocol severity sharedWith spec state status storageTier
  trafficTypes type services sensitiveServices ignoreServices`.split(/\s+/),
);
/** Words of letters, with a number at their ends at most: no id, no address, no ARN. */
const ENUMERATED = /^(?=.{1,40}$)[A-Za-z]+\d{0,3}(?:[ ._:-][A-Za-z]*\d{0,3})*$/;
/** A word of an enumeration: by its field, and by its form. */
export const isEnumerated = (field: string, text: string): boolean => ENUMERATIONS.has(field) && ENUMERATED.test(text);

/** Fields of evidence that checks write in words of their own. */
const WRITTEN: ReadonlySet<string> = new Set(
  'allowed applyTo decidedBy kind missing optional origin paths pattern reason required sign source ways'.split(' '),
);
export const isWrittenByChecks = (field: string): boolean => WRITTEN.has(field);
