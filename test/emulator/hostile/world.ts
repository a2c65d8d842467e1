import type { WorldFile } from '../world.ts';
import { TEXTS } from './texts.ts';

/** Names that people give. What refers to a thing by its name stands under one of these keys as well, or is an ARN. */
const NAMES = new Set([
  ...['Name', 'name', 'UserName', 'GroupName', 'RoleName', 'PolicyName', 'ServerCertificateName', 'KeyName'],
  ...['GroupList', 'AttachedManagedPolicies', 'PermissionsBoundary', 'ServiceCredentialAlias', 'location'],
  ...['DBInstanceIdentifier', 'DBClusterIdentifier', 'DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier'],
  ...['DBSubnetGroupName', 'DBSubnetGroup', 'DBParameterGroupName', 'DBClusterParameterGroup', 'OptionGroupName'],
  ...['ReadReplicaSourceDBInstanceIdentifier', 'ReadReplicaDBInstanceIdentifiers', 'DBProxyName', 'DBName'],
  ...['AutoScalingGroupName', 'LaunchConfigurationName', 'LaunchTemplateName', 'LoadBalancerName', 'PrefixListName'],
  ...['CacheClusterId', 'CacheSubnetGroupName', 'ReplicationGroupId', 'ClusterIdentifier', 'ClusterSubnetGroupName'],
  ...['ClusterName', 'SubnetGroup', 'SubnetGroupName', 'applicationName', 'ApplicationName', 'deploymentGroupName'],
  ...['DeploymentGroupName', 'ProjectName', 'StackName', 'BranchName', 'LogGroupName'],
  ...['Bucket', 'TargetBucket', 'S3BucketName'],
]);
/** Words under those keys that are AWS's own, and what the emulator itself must find. */
const NOT_NAMES =
  /^(?:Amazon|AWS|Administrator|PowerUser|ReadOnly|SecurityAudit|IAM|alias\/aws|(?:default|running|stopped|terminated|Management)$|[a-z]{2}-[a-z]+-\d[a-z]$|\/ronda\/)/;
/** Sentences: nothing refers to them. */
const SENTENCES = new Set([
  ...[
    'Description',
    'description',
    'DBSubnetGroupDescription',
    'CacheSubnetGroupDescription',
    'OptionGroupDescription',
  ],
  ...['Title', 'EmailAddress', 'PhoneNumber', 'DisplayName', 'Sid', 'ID', 'sts:ExternalId', 'TargetPrefix'],
  ...['DeliverLogsErrorMessage', 'LatestDeliveryError', 'S3KeyPrefix', 'PlatformName', 'PlatformVersion'],
  ...['FullRepositoryId', 'TemplatePath', 'Value', 'ServiceUserName', 'SerialNumber'],
]);
/** Sentences that begin with something that AWS has put there. */
const REMARKS = new Set(['StateTransitionReason', 'UserData']);
const TAGS = new Set(['Tags', 'TagList', 'tags']);

/** What to do to descriptions of one organisation: everything that people may write becomes hostile, and the same everywhere. */
export function hostility(): (world: WorldFile) => WorldFile {
  const names = new Map<string, string>();
  const sentences = new Map<string, string>();
  const sentence = (value: string): string => {
    if (!sentences.has(value)) sentences.set(value, TEXTS[sentences.size % TEXTS.length]!);
    return sentences.get(value)!;
  };

  return (world) => {
    collectNames(world, '', names);
    const longestFirst = [...names.keys()].toSorted((a, b) => b.length - a.length).map(escaped);
    const inArn = new RegExp(String.raw`(?<=[:/])(?:${longestFirst.join('|')})(?=$|[/:*])`, 'g');
    return rewritten(world, '') as WorldFile;

    function rewritten(value: unknown, key: string): unknown {
      if (Array.isArray(value)) {
        const items = value.map((one) => rewritten(one, key));
        return TAGS.has(key) ? [...items, ...FURTHER_TAGS] : items;
      }
      if (typeof value === 'object' && value !== null) return rewrittenObject(value, key);
      if (typeof value !== 'string') return value;
      if (SENTENCES.has(key)) return `${sentence(value)} ${value}`;
      if (REMARKS.has(key)) return `${value} ${sentence(value)}`;
      if (NAMES.has(key)) return names.get(value) ?? value;
      return value.startsWith('arn:') ? value.replaceAll(inArn, (name) => names.get(name)!) : value;
    }
    function rewrittenObject(value: object, key: string): object {
      const isByName = key.endsWith('ParameterGroups');
      const entries = Object.entries(value).map(([name, one]) => [
        isByName ? (names.get(name) ?? name) : name,
        rewritten(one, name),
      ]);
      return Object.fromEntries(entries) as object;
    }
  };
}

function collectNames(value: unknown, key: string, names: Map<string, string>): void {
  if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) collectNames(one, Array.isArray(value) ? key : name, names);
  else if (typeof value === 'string' && NAMES.has(key) && !NOT_NAMES.test(value) && !names.has(value))
    // XML, which carries most names, cannot carry half a character.
    names.set(value, `${TEXTS[names.size % TEXTS.length]!.toWellFormed()}${value}`);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
/** Beside the tags that are there: hostile keys, with hostile values. */
const FURTHER_TAGS = TEXTS.filter(({ length }) => length < 1000).map((text, index, all) => ({
  Key: text,
  Value: all[(index + 7) % all.length]!,
}));
