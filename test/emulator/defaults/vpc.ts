import type { NetworkAcl, RouteTable, SecurityGroup, Subnet, Vpc } from '@aws-sdk/client-ec2';
import { zonesOf } from '../regions.ts';
import { arn, hexId, type Described, type Place } from './common.ts';

export interface Network {
  Vpcs: Described<Vpc>[];
  Subnets: Described<Subnet>[];
  RouteTables: Described<RouteTable>[];
  NetworkAcls: Described<NetworkAcl>[];
  SecurityGroups: Described<SecurityGroup>[];
}

/**
 * Completes the networks of a Region as AWS creates them: the default VPC when asked for, and for every VPC its main
 * route table, default network ACL and default security group, unless the description has its own. In the description
 * the default VPC is called `default`. Changes what it is given.
 */
export function network(described: Partial<Network>, withDefaultVpc: boolean, place: Place): Network {
  const added: Network = withDefaultVpc ? defaultVpc(place) : empty();
  const merged = (Object.keys(added) as (keyof Network)[]).map((key) => [
    key,
    [...added[key], ...(described[key] ?? [])],
  ]);
  const all = Object.fromEntries(merged) as unknown as Network;
  for (const one of [...all.Subnets, ...all.RouteTables, ...all.NetworkAcls, ...all.SecurityGroups])
    if (one.VpcId === 'default') one.VpcId = defaultVpcId(place);
  for (const vpc of all.Vpcs) completeVpc(all, vpc, place);
  for (const subnet of all.Subnets) completeSubnet(subnet, place);
  for (const table of all.RouteTables) completeRouteTable(table, all.Vpcs, place);
  for (const acl of all.NetworkAcls) completeAcl(acl, all, place);
  for (const group of all.SecurityGroups) completeGroup(group, place);
  return all;
}

function empty(): Network {
  return { Vpcs: [], Subnets: [], RouteTables: [], NetworkAcls: [], SecurityGroups: [] };
}

function defaultVpcId({ account, region }: Place): string {
  return hexId('vpc', account, region, 'default');
}

function defaultVpc(place: Place): Network {
  const id = (prefix: string, ...seed: string[]) => hexId(prefix, place.account, place.region, 'default', ...seed);
  const VpcId = defaultVpcId(place);
  const zones = zonesOf(place.region);
  const Subnets = zones.map((AvailabilityZone, i) => ({
    SubnetId: id('subnet', AvailabilityZone),
    VpcId,
    AvailabilityZone,
    CidrBlock: `172.31.${i * 16}.0/20`,
    DefaultForAz: true,
    MapPublicIpOnLaunch: true,
  }));
  const main = {
    RouteTableId: id('rtb'),
    VpcId,
    Associations: [{ Main: true }],
    Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: id('igw') }],
  };
  return { ...empty(), Vpcs: [{ VpcId, CidrBlock: '172.31.0.0/16', IsDefault: true }], Subnets, RouteTables: [main] };
}

function completeVpc(all: Network, vpc: Described<Vpc>, { account, region }: Place): void {
  const VpcId = vpc.VpcId!;
  const id = (prefix: string) => hexId(prefix, account, region, VpcId);
  vpc.OwnerId ??= account;
  vpc.State ??= 'available';
  vpc.IsDefault ??= false;
  vpc.InstanceTenancy ??= 'default';
  vpc.DhcpOptionsId ??= hexId('dopt', account, region);
  vpc.CidrBlockAssociationSet ??= [
    { AssociationId: id('vpc-cidr-assoc'), CidrBlock: vpc.CidrBlock, CidrBlockState: { State: 'associated' } },
  ];
  if (vpc.OwnerId !== account) return;
  const inVpc = (one: { VpcId?: string | undefined }) => one.VpcId === VpcId;
  if (!all.RouteTables.some((table) => inVpc(table) && table.Associations?.some((one) => one.Main)))
    all.RouteTables.push({ RouteTableId: id('rtb'), VpcId, Associations: [{ Main: true }], Routes: [] });
  if (!all.NetworkAcls.some((acl) => inVpc(acl) && acl.IsDefault))
    all.NetworkAcls.push({ NetworkAclId: id('acl'), VpcId, IsDefault: true });
  if (!all.SecurityGroups.some((group) => inVpc(group) && group.GroupName === 'default'))
    all.SecurityGroups.push(defaultGroup(id('sg'), VpcId));
}

function defaultGroup(GroupId: string, VpcId: string): Described<SecurityGroup> {
  const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
  return { GroupId, GroupName: 'default', Description: 'default VPC security group', VpcId, IpPermissions };
}

function completeSubnet(subnet: Described<Subnet>, place: Place): void {
  const zones = zonesOf(place.region);
  subnet.OwnerId ??= place.account;
  subnet.SubnetArn ??= arn('ec2', { ...place, account: subnet.OwnerId }, `subnet/${subnet.SubnetId}`);
  subnet.AvailabilityZone ??= zones[0];
  subnet.AvailabilityZoneId ??= `${shortName(place.region)}-az${zones.indexOf(subnet.AvailabilityZone!) + 1}`;
  subnet.State ??= 'available';
  subnet.AvailableIpAddressCount ??= 2 ** (32 - Number(subnet.CidrBlock!.split('/')[1])) - 5;
  subnet.DefaultForAz ??= false;
  subnet.MapPublicIpOnLaunch ??= false;
  subnet.AssignIpv6AddressOnCreation ??= false;
  subnet.Ipv6CidrBlockAssociationSet ??= [];
  subnet.EnableDns64 ??= false;
  subnet.Ipv6Native ??= false;
}

/** `ap-northeast-1` is `apne1` in the ids of availability zones. */
function shortName(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  return (
    area +
    direction.replace(
      /^(north|south|central|east|west)(east|west)?$/,
      (_, a: string, b = '') => a[0]! + String(b).charAt(0),
    ) +
    number
  );
}

function completeRouteTable(table: Described<RouteTable>, vpcs: readonly Described<Vpc>[], place: Place): void {
  const vpc = vpcs.find(({ VpcId }) => VpcId === table.VpcId);
  const local = { DestinationCidrBlock: vpc?.CidrBlock, GatewayId: 'local', Origin: 'CreateRouteTable' as const };
  table.OwnerId ??= place.account;
  table.PropagatingVgws ??= [];
  table.Routes ??= [];
  if (!table.Routes.some(({ GatewayId }) => GatewayId === 'local')) table.Routes.unshift(local);
  table.Routes = table.Routes.map((route) => ({ Origin: 'CreateRoute', State: 'active', ...route }));
  table.Associations = (table.Associations ?? []).map((one) => ({
    Main: false,
    RouteTableAssociationId: hexId('rtbassoc', table.RouteTableId!, one.SubnetId ?? 'main'),
    RouteTableId: table.RouteTableId,
    AssociationState: { State: 'associated' },
    ...one,
  }));
}

const LAST_RULE = 32767;

function completeAcl(acl: Described<NetworkAcl>, all: Network, place: Place): void {
  acl.OwnerId ??= place.account;
  acl.IsDefault ??= false;
  acl.Associations = subnetsOf(acl, all).map((SubnetId) => ({
    NetworkAclAssociationId: hexId('aclassoc', acl.NetworkAclId!, SubnetId),
    NetworkAclId: acl.NetworkAclId,
    SubnetId,
  }));
  acl.Entries ??= acl.IsDefault ? [openEntry(true), openEntry(false)] : [];
  for (const Egress of [true, false])
    acl.Entries.push({ RuleNumber: LAST_RULE, RuleAction: 'deny', Protocol: '-1', Egress, CidrBlock: '0.0.0.0/0' });
}

function openEntry(Egress: boolean): NonNullable<Described<NetworkAcl>['Entries']>[number] {
  return { RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', Egress, CidrBlock: '0.0.0.0/0' };
}

/** A subnet that no described ACL names belongs to the default ACL of its VPC. */
function subnetsOf(acl: Described<NetworkAcl>, all: Network): string[] {
  if (!acl.IsDefault) return (acl.Associations ?? []).map(({ SubnetId }) => SubnetId!);
  const taken = new Set(
    all.NetworkAcls.filter((one) => !one.IsDefault).flatMap(({ Associations }) =>
      Associations?.map((one) => one.SubnetId),
    ),
  );
  return all.Subnets.filter(({ VpcId, SubnetId }) => VpcId === acl.VpcId && !taken.has(SubnetId)).map(
    ({ SubnetId }) => SubnetId!,
  );
}

function completeGroup(group: Described<SecurityGroup>, place: Place): void {
  group.OwnerId ??= place.account;
  group.SecurityGroupArn ??= arn('ec2', { ...place, account: group.OwnerId }, `security-group/${group.GroupId}`);
  group.Description ??= group.GroupName;
  group.IpPermissions ??= [];
  group.IpPermissionsEgress ??= [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  for (const permission of [...group.IpPermissions, ...group.IpPermissionsEgress]) {
    permission.IpRanges ??= [];
    permission.Ipv6Ranges ??= [];
    permission.PrefixListIds ??= [];
    permission.UserIdGroupPairs = (permission.UserIdGroupPairs ?? []).map((pair) => ({
      UserId: group.OwnerId,
      ...pair,
    }));
  }
}
