import { describe, expect, it } from 'vitest';
import { ACCOUNT, NOW, SANDBOX } from './_kit.ts';
import { DEFAULT_REGIONS } from './regions.ts';
import { EXAMPLE, loadWorld, readWorld, type Account, type RegionWorld } from './world.ts';

const world = loadWorld(EXAMPLE, NOW);
const account = world.accounts.get(ACCOUNT)!;
const places = [...world.accounts.values()].flatMap((one) =>
  [...one.regions].map(([region, here]) => ({ id: one.id, account: one, region, here })),
);

/** All strings below a value, with the key that they stand under. */
function* strings(value: unknown, key = ''): Generator<readonly [key: string, text: string]> {
  if (typeof value === 'string') yield [key, value];
  else if (value instanceof Map) yield* strings([...value.values()], key);
  else if (Array.isArray(value)) for (const one of value) yield* strings(one, key);
  else if (value !== null && typeof value === 'object')
    for (const [name, one] of Object.entries(value)) yield* strings(one, name);
}

function idsIn(value: unknown, pattern: RegExp): string[] {
  return [...strings(value)].flatMap(([, text]) => text.split(',')).filter((text) => pattern.test(text));
}

function vpcOfSubnet({ ec2 }: RegionWorld, id: string | undefined): string | undefined {
  return ec2.Subnets.find(({ SubnetId }) => SubnetId === id)?.VpcId;
}

function vpcOfGroup({ ec2 }: RegionWorld, id: string | undefined): string | undefined {
  return ec2.SecurityGroups.find(({ GroupId }) => GroupId === id)?.VpcId;
}

function isKnown(groups: object, name = ''): boolean {
  return name.startsWith('default.') || name in groups;
}

function globalOf({ iam, s3 }: Account): number {
  return sum(
    [iam.Users, iam.Groups, iam.Roles, iam.Policies, [...s3.Buckets], s3.AccessPoints].map((list) => list.length),
  );
}

/** Without what AWS makes by itself. */
function inRegion({ ec2, rds, kms, cloudtrail, autoscaling }: RegionWorld): number {
  const network = [
    ec2.Vpcs.filter((one) => !one.IsDefault),
    ec2.Subnets.filter((one) => !one.DefaultForAz),
    ec2.SecurityGroups.filter((one) => one.GroupName !== 'default'),
    ec2.FlowLogs,
  ];
  const machines = [
    ec2.Instances,
    ec2.Volumes,
    ec2.Snapshots,
    ec2.Images,
    ec2.LaunchTemplateVersions,
    autoscaling.AutoScalingGroups,
  ];
  const databases = [
    rds.DBInstances,
    rds.DBClusters,
    rds.DBSnapshots,
    rds.DBClusterSnapshots,
    rds.DBProxies,
    rds.DBSubnetGroups,
  ];
  return sum([...network, ...machines, ...databases, kms.Keys, cloudtrail.Trails].map((list) => list.length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function lastUseOf({ iam }: Account): string | undefined {
  return iam.Users[0]?.Password?.LastUsed;
}

describe.each(places)('in $id $region', ({ account: owner, region, here }) => {
  const { ec2, rds } = here;
  it.each([
    ['security groups', /^sg-/, ec2.SecurityGroups.map((one) => one.GroupId)],
    ['subnets', /^subnet-/, ec2.Subnets.map((one) => one.SubnetId)],
    ['VPCs', /^vpc-0/, ec2.Vpcs.map((one) => one.VpcId)],
    ['instances', /^i-/, ec2.Instances.map((one) => one.InstanceId)],
    ['volumes', /^vol-/, ec2.Volumes.map((one) => one.VolumeId)],
    ['route tables', /^rtb-/, ec2.RouteTables.map((one) => one.RouteTableId)],
    ['peering connections', /^pcx-/, ec2.VpcPeeringConnections.map((one) => one.VpcPeeringConnectionId)],
    ['prefix lists', /^pl-/, ec2.ManagedPrefixLists.map((one) => one.PrefixListId)],
    ['launch templates', /^lt-/, ec2.LaunchTemplateVersions.map((one) => one.LaunchTemplateId)],
    ['keys', new RegExp(`^arn:aws:kms:${region}:${owner.id}:key/`), here.kms.Keys.map((one) => one.Arn)],
    ['trails', /^arn:aws:cloudtrail:/, here.cloudtrail.Trails.map((one) => one.TrailARN)],
  ])('%s that something names exist', (_what, pattern, known) => {
    // A volume may be gone, and the other side of a peering connection be another account's.
    const Snapshots = ec2.Snapshots.map(({ VolumeId: _gone, ...one }) => one);
    const VpcPeeringConnections = ec2.VpcPeeringConnections.map(({ AccepterVpcInfo: _peer, ...one }) => one);
    const named = idsIn({ ...here, ec2: { ...ec2, Snapshots, VpcPeeringConnections } }, pattern);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });

  it('identifiers are unique and like those of AWS', () => {
    const ids = [
      ...ec2.Vpcs.map((one) => one.VpcId),
      ...ec2.Subnets.map((one) => one.SubnetId),
      ...ec2.SecurityGroups.map((one) => one.GroupId),
      ...ec2.Instances.map((one) => one.InstanceId),
      ...ec2.Volumes.map((one) => one.VolumeId),
      ...ec2.Snapshots.map((one) => one.SnapshotId),
      ...ec2.NetworkInterfaces.map((one) => one.NetworkInterfaceId),
      ...ec2.RouteTables.map((one) => one.RouteTableId),
      ...ec2.NetworkAcls.map((one) => one.NetworkAclId),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+-0[0-9a-f]{16}$/);
  });

  it('what an instance or database has belongs to its VPC', () => {
    for (const one of ec2.NetworkInterfaces)
      for (const group of one.Groups ?? [])
        expect([one.NetworkInterfaceId, vpcOfGroup(here, group.GroupId)]).toEqual([
          one.NetworkInterfaceId,
          vpcOfSubnet(here, one.SubnetId),
        ]);
    for (const { DBSubnetGroup, VpcSecurityGroups } of rds.DBInstances)
      for (const group of VpcSecurityGroups ?? [])
        expect(vpcOfGroup(here, group.VpcSecurityGroupId)).toBe(DBSubnetGroup?.VpcId);
  });

  it('databases name groups that exist', () => {
    for (const { DBParameterGroups, OptionGroupMemberships, DBSubnetGroup } of rds.DBInstances) {
      for (const one of DBParameterGroups!) expect(isKnown(rds.DBParameterGroups, one.DBParameterGroupName)).toBe(true);
      for (const { OptionGroupName } of OptionGroupMemberships!)
        expect(
          OptionGroupName!.startsWith('default:') ||
            rds.OptionGroups.some((one) => one.OptionGroupName === OptionGroupName),
        ).toBe(true);
      expect(DBSubnetGroup?.Subnets?.length).toBeGreaterThan(1);
    }
    for (const { DBClusterParameterGroup } of rds.DBClusters)
      expect(isKnown(rds.DBClusterParameterGroups, DBClusterParameterGroup)).toBe(true);
  });

  it('instance profiles belong to roles, and images exist', () => {
    const profiles = owner.iam.Roles.flatMap((one) => one.InstanceProfileList ?? []).map((one) => one.Arn);
    const used = ec2.Instances.flatMap(({ IamInstanceProfile }) => IamInstanceProfile?.Arn ?? []);
    expect(used.filter((one) => !profiles.includes(one))).toEqual([]);
    for (const { LaunchTemplateData } of ec2.LaunchTemplateVersions) {
      const image = LaunchTemplateData?.ImageId ?? 'resolve:';
      expect(image.startsWith('resolve:') || ec2.Images.some((one) => one.ImageId === image)).toBe(true);
    }
  });
});

describe('the accounts', () => {
  it('have the 17 Regions that AWS enables', () => {
    expect([...account.regions.keys()]).toEqual(DEFAULT_REGIONS);
  });

  it.each([...world.accounts.values()])(
    '$id: buckets that something names exist, where they must',
    ({ s3, regions }) => {
      for (const { LoggingEnabled, Region } of s3.Buckets.values())
        expect(LoggingEnabled ? s3.Buckets.get(LoggingEnabled.TargetBucket!)?.Region : Region).toBe(Region);
      for (const { Bucket } of s3.AccessPoints) expect(s3.Buckets.has(Bucket!)).toBe(true);
      for (const { cloudtrail } of regions.values())
        for (const { S3BucketName } of cloudtrail.Trails)
          expect([...world.accounts.values()].some((one) => one.s3.Buckets.has(S3BucketName!))).toBe(true);
    },
  );

  it('users are in groups that exist', () => {
    const groups = account.iam.Groups.map((one) => one.GroupName);
    for (const { GroupList } of account.iam.Users) for (const group of GroupList!) expect(groups).toContain(group);
  });

  it('hold about 150 described resources', () => {
    const total = sum([globalOf(account), ...[...account.regions.values()].map(inRegion)]);
    expect(total).toBeGreaterThan(130);
    expect(total).toBeLessThan(180);
  });

  it('have no time that was not resolved, and none in the future but what is planned', () => {
    const texts = [...strings([...world.accounts.values()])];
    expect(texts.filter(([, text]) => /^[+-]\d+[dhm]$/.test(text))).toEqual([]);
    const planned = ['DeletionDate', 'DeprecationTime', 'Expiration'];
    const times = texts.filter(([key, text]) => !planned.includes(key) && /^\d{4}-\d\d-\d\dT/.test(text));
    expect(times.filter(([, text]) => text > NOW.toISOString())).toEqual([]);
    expect(times.length).toBeGreaterThan(100);
  });

  it('resolve times against the moment that is given', () => {
    const later = loadWorld(EXAMPLE, new Date('2027-06-01T00:00:00Z')).accounts.get(ACCOUNT)!;
    expect([lastUseOf(account), lastUseOf(later)]).toEqual(['2026-05-31T12:00:00.000Z', '2027-05-31T00:00:00.000Z']);
  });

  it.each([/<script>/, /^=HYPERLINK\(/, /`/, /\p{Emoji_Presentation}/u, /onerror=/, /^=\w+,/])(
    'hold text that matches %s',
    (pattern) => {
      expect([...strings([...world.accounts.values()])].some(([, text]) => pattern.test(text))).toBe(true);
    },
  );

  it('are the ones that the demo and the tests count on', () => {
    const raw = JSON.stringify(readWorld(EXAMPLE));
    expect([...world.accounts.keys()]).toEqual([ACCOUNT, SANDBOX]);
    expect(account.s3.Buckets.get(`ronda-reports-${ACCOUNT}`)?.Region).toBe('eu-west-1');
    expect(account.regions.get('eu-west-1')!.sns.Topics).toMatchObject([{ Name: 'ronda' }]);
    expect(world.accounts.get(SANDBOX)!.iam.Roles.map((one) => one.RoleName)).toContain('ronda-scan');
    expect(raw).not.toMatch(/"(AKIA|ASIA)[A-Z0-9]{16}"/);
  });
});
