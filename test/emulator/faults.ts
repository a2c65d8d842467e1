import { AwsError } from './errors.ts';
import type { Fault } from './profile.ts';
import type { Written } from './rest.ts';

/** What a service says of a resource that is not there (any more): HTTP status and code. */
const GONE: Record<string, readonly [status: number, code: string]> = {
  s3: [404, 'NoSuchBucket'],
  's3:GetObject': [404, 'NoSuchKey'],
  s3control: [404, 'NoSuchAccessPoint'],
  's3control:GetMultiRegionAccessPointPolicyStatus': [404, 'NoSuchMultiRegionAccessPoint'],
  'ec2:DescribeInstanceAttribute': [400, 'InvalidInstanceID.NotFound'],
  'ec2:DescribeLaunchTemplateVersions': [400, 'InvalidLaunchTemplateId.NotFound'],
  'ec2:GetManagedPrefixListEntries': [400, 'InvalidPrefixListID.NotFound'],
  'elasticloadbalancingv2:DescribeListeners': [400, 'LoadBalancerNotFound'],
  codedeploy: [400, 'ApplicationDoesNotExistException'],
  codepipeline: [400, 'PipelineNotFoundException'],
  iam: [404, 'NoSuchEntity'],
  kms: [400, 'NotFoundException'],
  cloudtrail: [400, 'TrailNotFoundException'],
  'rds:DescribeDBSnapshotAttributes': [404, 'DBSnapshotNotFound'],
  'rds:DescribeDBClusterSnapshotAttributes': [404, 'DBClusterSnapshotNotFoundFault'],
  'rds:DescribeDBParameters': [404, 'DBParameterGroupNotFound'],
  'rds:DescribeDBClusterParameters': [404, 'DBParameterGroupNotFound'],
  'rds:DescribeDBProxyTargetGroups': [404, 'DBProxyNotFoundFault'],
  'rds:DescribeOptionGroups': [404, 'OptionGroupNotFoundFault'],
  sns: [404, 'NotFound'],
};

/** The error of a resource that was deleted between the list and the get. */
export function gone(service: string, operation: string): AwsError {
  const [status, code] = GONE[`${service}:${operation}`] ?? GONE[service] ?? [404, 'NotFound'];
  return new AwsError(status, code, 'The specified resource does not exist');
}

const HTML =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>';

const TOKEN = 'NextToken|nextToken|Marker|NextMarker|ContinuationToken|NextContinuationToken';
const IN_XML = new RegExp(`<(${TOKEN})>[^<]*</\\1>`, 'g');
const IN_JSON = new RegExp(`"(${TOKEN})":"[^"]*",?`, 'g');

function withoutToken(body: string): string {
  return body.replaceAll(IN_XML, '').replaceAll(IN_JSON, '').replaceAll(',}', '}');
}

/** The answer as the fault leaves it. */
export function spoiled({ kind, status }: Fault, written: Written): Written {
  const { headers } = written;
  if (kind === 'html') return { status: status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML };
  if (kind === 'empty') return { status: status ?? 200, headers, body: '' };
  if (kind === 'garbage')
    return { status: status ?? 200, headers, body: Buffer.from('\u0000\u0001<<{{not an answer\uFFFD') };
  if (kind === 'lost-token') return { ...written, body: withoutToken(String(written.body)) };
  if (kind === 'truncated') return { ...written, body: written.body.slice(0, Math.floor(written.body.length / 2)) };
  return written;
}
