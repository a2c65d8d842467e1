import type {
  AwsSecurityFinding,
  Compliance,
  FindingProviderFields,
  Remediation,
  Resource,
  StatusReason,
} from '@aws-sdk/client-securityhub';
import { homeRegionOf } from '../aws/partitions.ts';
import { causeOf } from '../core/coverage.ts';
import type { CheckInfo, Report, RunHeader, StoredFinding } from '../run/model.ts';
import { causeWords, nameOf, whatOpens } from './digest.ts';
import { exchanged, type Requirement, requirementsByCheck } from './exchange.ts';
import { cut, visible } from './text.ts';

export interface AsffOptions {
  /** The region whose Security Hub keeps the findings; by default the partition's home, or the first of the run's regions. */
  readonly region?: string | undefined;
  /** Where people open the run's page. */
  readonly page?: string | undefined;
}

/** Lengths and counts: AWS Security Hub API reference, AwsSecurityFinding, Resource and Recommendation; tags: as AWS limits them. */
const ID_MAX = 512;
const TITLE_MAX = 256;
const DESCRIPTION_MAX = 1_024;
const FIX_MAX = 512;
const FIELD_MAX = 2_048;
const REQUIREMENTS_MAX = 32;
const TAGS_MAX = 50;
const TAG_KEY_MAX = 128;
const TAG_VALUE_MAX = 256;
/** Undocumented: the text of a reason, and of the name of a requirement. */
const REASON_MAX = 1_024;
const REQUIREMENT_MAX = 256;

const TYPE = 'Software and Configuration Checks/AWS Security Best Practices';
const PRODUCT = 'Ronda';
const SEVERITIES = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  informational: 'INFORMATIONAL',
} as const;

/** Types that Security Hub knows, by their names in CloudFormation; all others are `Other`. */
export const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  'AWS::::Account': 'AwsAccount',
  'AWS::AutoScaling::AutoScalingGroup': 'AwsAutoScalingAutoScalingGroup',
  'AWS::AutoScaling::LaunchConfiguration': 'AwsAutoScalingLaunchConfiguration',
  'AWS::CloudTrail::Trail': 'AwsCloudTrailTrail',
  'AWS::CodeBuild::Project': 'AwsCodeBuildProject',
  'AWS::EC2::ClientVpnEndpoint': 'AwsEc2ClientVpnEndpoint',
  'AWS::EC2::Instance': 'AwsEc2Instance',
  'AWS::EC2::LaunchTemplate': 'AwsEc2LaunchTemplate',
  'AWS::EC2::NetworkAcl': 'AwsEc2NetworkAcl',
  'AWS::EC2::NetworkInterface': 'AwsEc2NetworkInterface',
  'AWS::EC2::RouteTable': 'AwsEc2RouteTable',
  'AWS::EC2::SecurityGroup': 'AwsEc2SecurityGroup',
  'AWS::EC2::Subnet': 'AwsEc2Subnet',
  'AWS::EC2::VPC': 'AwsEc2Vpc',
  'AWS::EC2::VPCPeeringConnection': 'AwsEc2VpcPeeringConnection',
  'AWS::EC2::VPNConnection': 'AwsEc2VpnConnection',
  'AWS::EC2::Volume': 'AwsEc2Volume',
  'AWS::ElasticLoadBalancing::LoadBalancer': 'AwsElbLoadBalancer',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'AwsElbv2LoadBalancer',
  'AWS::IAM::AWSManagedPolicy': 'AwsIamPolicy',
  'AWS::IAM::AccessKey': 'AwsIamAccessKey',
  'AWS::IAM::Group': 'AwsIamGroup',
  'AWS::IAM::ManagedPolicy': 'AwsIamPolicy',
  'AWS::IAM::Role': 'AwsIamRole',
  'AWS::IAM::User': 'AwsIamUser',
  'AWS::KMS::Key': 'AwsKmsKey',
  'AWS::RDS::DBCluster': 'AwsRdsDbCluster',
  'AWS::RDS::DBClusterSnapshot': 'AwsRdsDbClusterSnapshot',
  'AWS::RDS::DBInstance': 'AwsRdsDbInstance',
  'AWS::RDS::DBSnapshot': 'AwsRdsDbSnapshot',
  'AWS::S3::AccessPoint': 'AwsS3AccessPoint',
  'AWS::S3::Bucket': 'AwsS3Bucket',
  'AWS::S3::Object': 'AwsS3Object',
};

interface Run extends AsffOptions {
  readonly header: RunHeader;
  readonly region: string;
  readonly infos: ReadonlyMap<string, CheckInfo>;
  readonly requirements: ReadonlyMap<string, readonly Requirement[]>;
}

/**
 * AWS Security Finding Format 2018-10-08, under the default product of each finding's own account, within all limits of the format
 * (the longest of texts come to less than 240 KB). What is resolved or waived is archived. SKIP is left out where it archives nothing.
 */
export function findingsAsff(report: Report, options: AsffOptions = {}): AwsSecurityFinding[] {
  const { header } = report;
  const run: Run = {
    ...options,
    header,
    region: options.region ?? regionFor(header),
    infos: new Map(header.checks.map((info) => [info.id, info])),
    requirements: requirementsByCheck(header),
  };
  return exchanged(report).map((finding) => asffOf(finding, run));
}

function regionFor({ scope: { partition, regions } }: RunHeader): string {
  const home = homeRegionOf(partition);
  return regions.includes(home) ? home : (regions[0] ?? home);
}

function asffOf(finding: StoredFinding, run: Run): AwsSecurityFinding {
  const { id, check, severity, message, resource, at, firstSeen } = finding;
  const { header, region, page } = run;
  const info = run.infos.get(check);
  const why = info?.why ? ` ${visible(info.why)}` : '';
  const provided: FindingProviderFields = {
    Severity: { Label: SEVERITIES[severity], Original: severity },
    Types: [TYPE],
  };
  const remediation = remediationOf(info);
  return {
    SchemaVersion: '2018-10-08',
    Id: text(`ronda/${id}`, ID_MAX),
    ProductArn: `arn:${header.scope.partition}:securityhub:${region}:${resource.account}:product/${resource.account}/default`,
    ProductName: PRODUCT,
    CompanyName: PRODUCT,
    GeneratorId: text(`ronda/${check}`, ID_MAX),
    AwsAccountId: resource.account,
    CreatedAt: firstSeen ?? at,
    UpdatedAt: header.endedAt,
    ...(firstSeen && { FirstObservedAt: firstSeen }),
    LastObservedAt: at,
    Title: text(info?.title || check, TITLE_MAX),
    Description: text(`${nameOf(resource)}: ${visible(message)}.${why}`, DESCRIPTION_MAX),
    FindingProviderFields: provided,
    ...(remediation && { Remediation: remediation }),
    ...(page !== undefined && isWebAddress(page) && { SourceUrl: page }),
    ProductFields: fieldsOf(finding, info, header),
    Resources: [resourceOf(finding, header)],
    Compliance: complianceOf(finding, run),
    RecordState: finding.change === 'resolved' || finding.waiver ? 'ARCHIVED' : 'ACTIVE',
  };
}

/** A command is whole, or not there. */
function remediationOf(info: CheckInfo | undefined): Remediation | undefined {
  const fix = visible(info?.fix ?? '');
  return fix.trim() !== '' && fix.length <= FIX_MAX ? { Recommendation: { Text: fix } } : undefined;
}

function isWebAddress(page: string): boolean {
  return URL.canParse(page) && new URL(page).protocol === 'https:';
}

/**
 * Security Hub's own words: WARNING where "some information is missing", NOT_AVAILABLE where there was nothing to evaluate. A resource
 * that is gone has not passed.
 */
function complianceOf(finding: StoredFinding, { requirements }: Run): Compliance {
  const related = (requirements.get(finding.check) ?? []).slice(0, REQUIREMENTS_MAX);
  return {
    Status: ({ PASS: 'PASSED', FAIL: 'FAILED', UNKNOWN: 'WARNING', SKIP: 'NOT_AVAILABLE' } as const)[finding.status],
    ...(related.length > 0 && { RelatedRequirements: related.map(({ name }) => text(name, REQUIREMENT_MAX)) }),
    ...reasonsOf(finding),
  };
}

function reasonsOf(finding: StoredFinding): { readonly StatusReasons?: StatusReason[] } {
  const { status, gap, change, message } = finding;
  if (status === 'SKIP')
    return { StatusReasons: [{ ReasonCode: 'NOT_APPLICABLE', Description: text(message, REASON_MAX) }] };
  if (status !== 'UNKNOWN') return {};
  if (!gap && change === 'unseen')
    return { StatusReasons: [{ ReasonCode: 'NOT_LISTED', Description: text(message, REASON_MAX) }] };
  const cause = causeOf(finding);
  const description = text(`${cause.operation}: ${cause.detail}; ${whatOpens(cause)}`, REASON_MAX);
  return { StatusReasons: [{ ReasonCode: cause.reason.toUpperCase().replaceAll('-', '_'), Description: description }] };
}

function resourceOf({ resource }: StoredFinding, { scope }: RunHeader): Resource {
  const { type, arn, id, region, tags } = resource;
  return {
    Type: RESOURCE_TYPES[type] ?? 'Other',
    Id: text(arn || id, ID_MAX),
    ...partitionIn(scope.partition),
    // Account-wide resources are in no region; the longest name of one that the format takes has 16 characters.
    ...(/^[a-z0-9-]{1,16}$/.test(region) && region !== 'global' && { Region: region }),
    ...(tags && { Tags: tagsOf(tags) }),
  };
}

/** The format knows three. */
function partitionIn(partition: string): Pick<Resource, 'Partition'> {
  return partition === 'aws' || partition === 'aws-cn' || partition === 'aws-us-gov' ? { Partition: partition } : {};
}

/** The format takes no empty values. */
function tagsOf(tags: Readonly<Record<string, string>>): Record<string, string> {
  const told = Object.entries(tags).filter(([key, value]) => key.trim() !== '' && value.trim() !== '');
  return Object.fromEntries(
    told.slice(0, TAGS_MAX).map(([key, value]) => [text(key, TAG_KEY_MAX), text(value, TAG_VALUE_MAX)]),
  );
}

function fieldsOf(finding: StoredFinding, info: CheckInfo | undefined, header: RunHeader): Record<string, string> {
  const { check, variant, resource, message, owner, change, cause, waiver, waiverEnded, evidence } = finding;
  const fix = visible(info?.fix ?? '');
  const fields: Readonly<Record<string, string | undefined>> = {
    check,
    variant,
    type: resource.type,
    resource: resource.id,
    region: resource.region,
    message,
    owner,
    managedBy: resource.managedBy,
    change,
    cause: cause && causeWords(cause),
    waiver: waiver && `${waiver.owner}: ${waiver.reason}`,
    waiverTicket: waiver?.ticket,
    waiverExpires: waiver?.expires,
    waiverEnded,
    evidence: evidence === undefined ? undefined : JSON.stringify(evidence),
    fix: fix.length > FIX_MAX && fix.length <= FIELD_MAX ? fix : undefined,
    run: header.run,
    tool: header.tool,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined || value.trim() === '' ? [] : [[`ronda/${name}`, text(value, FIELD_MAX)]],
    ),
  );
}

/** One visible line of at most `max` characters, never blank: the format takes no text without a character to see. */
function text(raw: string, max: number): string {
  return cut(visible(raw), max).trim() || '-';
}
