import {
  DescribeVpcBlockPublicAccessExclusionsCommand,
  type DescribeVpcBlockPublicAccessExclusionsRequest,
  type DescribeVpcBlockPublicAccessExclusionsResult,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEndpointServicesCommand,
  type DescribeVpcEndpointServicesRequest,
  type DescribeVpcEndpointServicesResult,
  EC2Client,
  type IpPermission,
  type NetworkAclEntry as AwsNetworkAclEntry,
  type NetworkInterface as AwsNetworkInterface,
  paginateDescribeFlowLogs,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcPeeringConnections,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
  type Route as AwsRoute,
  type RouteTableAssociation,
  type VpcPeeringConnectionVpcInfo,
} from '@aws-sdk/client-ec2';
import { createPaginator } from '@smithy/core';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import type { NetworkAclEntry, Route, Rule } from '../../lib/network/model.ts';
import { endpointLabel } from './_endpoints.ts';

// The SDK has no paginators for these.
type Config = { client: EC2Client };
const TOKENS = ['NextToken', 'NextToken', 'MaxResults'] as const;
const paginateEndpointServices = createPaginator<
  Config,
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult
>(EC2Client, DescribeVpcEndpointServicesCommand, ...TOKENS);
const paginateExclusions = createPaginator<
  Config,
  DescribeVpcBlockPublicAccessExclusionsRequest,
  DescribeVpcBlockPublicAccessExclusionsResult
>(EC2Client, DescribeVpcBlockPublicAccessExclusionsCommand, ...TOKENS);

const ec2 = service(EC2Client);
const describeVpcs = ec2.pages(paginateDescribeVpcs, 'ec2:DescribeVpcs');
const describeSubnets = ec2.pages(paginateDescribeSubnets, 'ec2:DescribeSubnets');
const describeRouteTables = ec2.pages(paginateDescribeRouteTables, 'ec2:DescribeRouteTables');
const describeNetworkAcls = ec2.pages(paginateDescribeNetworkAcls, 'ec2:DescribeNetworkAcls');
const describeSecurityGroups = ec2.pages(paginateDescribeSecurityGroups, 'ec2:DescribeSecurityGroups');
const describeNetworkInterfaces = ec2.pages(paginateDescribeNetworkInterfaces, 'ec2:DescribeNetworkInterfaces');
const describeFlowLogs = ec2.pages(paginateDescribeFlowLogs, 'ec2:DescribeFlowLogs');
const describePrefixLists = ec2.pages(paginateDescribeManagedPrefixLists, 'ec2:DescribeManagedPrefixLists');
const getPrefixListEntries = ec2.pages(paginateGetManagedPrefixListEntries, 'ec2:GetManagedPrefixListEntries', {
  gone: ['InvalidPrefixListID.NotFound'],
});
const describePeerings = ec2.pages(paginateDescribeVpcPeeringConnections, 'ec2:DescribeVpcPeeringConnections');
const describeEndpoints = ec2.pages(paginateDescribeVpcEndpoints, 'ec2:DescribeVpcEndpoints');
const describeEndpointServices = ec2.pages(paginateEndpointServices, 'ec2:DescribeVpcEndpointServices');
const describeBlock = ec2.call(DescribeVpcBlockPublicAccessOptionsCommand, 'ec2:DescribeVpcBlockPublicAccessOptions');
const describeExclusions = ec2.pages(paginateExclusions, 'ec2:DescribeVpcBlockPublicAccessExclusions');

export const vpc = resource('AWS::EC2::VPC', {
  scope: 'regional',
  operations: [describeVpcs],
  list: paged(describeVpcs, { MaxResults: 1000 }, (page) => page.Vpcs),
  found: (v, aws) => ({
    id: v.VpcId,
    arn: arnOf(`vpc/${v.VpcId}`, v.OwnerId, aws),
    tags: tagsOf(v.Tags),
    base: { owner: v.OwnerId, isDefault: v.IsDefault },
  }),
});

export const subnet = resource('AWS::EC2::Subnet', {
  scope: 'regional',
  operations: [describeSubnets],
  list: paged(describeSubnets, { MaxResults: 1000 }, (page) => page.Subnets),
  found: (s, aws) => ({
    id: s.SubnetId,
    arn: arnOf(`subnet/${s.SubnetId}`, s.OwnerId, aws),
    tags: tagsOf(s.Tags),
    base: {
      owner: s.OwnerId,
      vpc: s.VpcId,
      mapPublicIp: s.MapPublicIpOnLaunch,
      assignIpv6: s.AssignIpv6AddressOnCreation,
      defaultForAz: s.DefaultForAz,
      internetGatewayBlockMode: s.BlockPublicAccessStates?.InternetGatewayBlockMode ?? null,
    },
  }),
});

export const routeTable = resource('AWS::EC2::RouteTable', {
  scope: 'regional',
  operations: [describeRouteTables],
  list: paged(describeRouteTables, { MaxResults: 100 }, (page) => page.RouteTables),
  found(t, aws) {
    const associations = t.Associations?.filter(isInForce);
    return {
      id: t.RouteTableId,
      arn: arnOf(`route-table/${t.RouteTableId}`, t.OwnerId, aws),
      tags: tagsOf(t.Tags),
      base: {
        vpc: t.VpcId,
        main: each(associations, (a) => a.Main)?.includes(true),
        subnets: each(associations, subnetsOf)?.flat(),
        routes: each(t.Routes, routeOf),
      },
    };
  },
});

export const networkAcl = resource('AWS::EC2::NetworkAcl', {
  scope: 'regional',
  operations: [describeNetworkAcls],
  list: paged(describeNetworkAcls, { MaxResults: 1000 }, (page) => page.NetworkAcls),
  found: (n, aws) => ({
    id: n.NetworkAclId,
    arn: arnOf(`network-acl/${n.NetworkAclId}`, n.OwnerId, aws),
    tags: tagsOf(n.Tags),
    base: {
      owner: n.OwnerId,
      vpc: n.VpcId,
      isDefault: n.IsDefault,
      subnets: each(n.Associations, (a) => a.SubnetId),
      entries: each(n.Entries, entryOf),
    },
  }),
});

export const securityGroup = resource('AWS::EC2::SecurityGroup', {
  scope: 'regional',
  operations: [describeSecurityGroups],
  list: paged(describeSecurityGroups, { MaxResults: 1000 }, (page) => page.SecurityGroups),
  found: (g, aws) => ({
    id: g.GroupId,
    arn: arnOf(`security-group/${g.GroupId}`, g.OwnerId, aws),
    tags: tagsOf(g.Tags),
    base: {
      owner: g.OwnerId,
      vpc: g.VpcId,
      name: g.GroupName,
      ingress: each(g.IpPermissions, ruleOf),
      egress: each(g.IpPermissionsEgress, ruleOf),
    },
  }),
});

export const networkInterface = resource('AWS::EC2::NetworkInterface', {
  scope: 'regional',
  operations: [describeNetworkInterfaces],
  list: paged(
    describeNetworkInterfaces,
    { MaxResults: 1000, IncludeManagedResources: true },
    (page) => page.NetworkInterfaces,
  ),
  found: (n, aws) => ({
    id: n.NetworkInterfaceId,
    arn: arnOf(`network-interface/${n.NetworkInterfaceId}`, n.OwnerId, aws),
    tags: tagsOf(n.TagSet),
    base: {
      subnet: n.SubnetId,
      vpc: n.VpcId,
      groups: each(n.Groups, (g) => g.GroupId),
      publicIps: publicIpsOf(n),
      ipv6Addresses: ipv6AddressesOf(n),
      /** Does AWS drop what internet gateways bring? Null where it does not say. */
      denyAllIgwTraffic: n.DenyAllIgwTraffic ?? null,
      interfaceType: n.InterfaceType,
      /** The account, or the service ('amazon-elb'), of what the interface is attached to; null while it is attached to nothing. */
      attachedBy: n.Attachment ? n.Attachment.InstanceOwnerId : null,
      description: n.Description ?? null,
    },
  }),
});

/** Of VPCs, subnets, network interfaces, and whatever else has them. */
export const flowLog = resource('AWS::EC2::FlowLog', {
  scope: 'regional',
  operations: [describeFlowLogs],
  list: paged(describeFlowLogs, { MaxResults: 1000 }, (page) => page.FlowLogs),
  found: (f, aws) => ({
    id: f.FlowLogId,
    arn: arnOf(`vpc-flow-log/${f.FlowLogId}`, undefined, aws),
    tags: tagsOf(f.Tags),
    base: {
      resource: f.ResourceId,
      status: f.FlowLogStatus,
      trafficType: f.TrafficType,
      delivery: f.DeliverLogsStatus,
      deliveryError: f.DeliverLogsErrorMessage ?? null,
    },
  }),
});

/** The prefix lists of the account, those that others share with it, and those of AWS. */
export const prefixList = resource(
  'AWS::EC2::PrefixList',
  {
    scope: 'regional',
    operations: [describePrefixLists],
    list: paged(describePrefixLists, { MaxResults: 100 }, (page) => page.PrefixLists),
    found: (p) => ({ id: p.PrefixListId, arn: p.PrefixListArn, tags: tagsOf(p.Tags), base: { owner: p.OwnerId } }),
  },
  (facet) => ({
    /** The CIDRs. None for the lists of AWS itself, which are never the world. */
    entries: facet([getPrefixListEntries], async (aws, list) => {
      if (list.owner === 'AWS') return [];
      const entries = [];
      const pages = aws.pages(getPrefixListEntries, { PrefixListId: list.id, MaxResults: 100 });
      for await (const page of pages) entries.push(...listed(page.Entries));
      return each(entries, (entry) => entry.Cidr);
    }),
  }),
);

export const peering = resource('AWS::EC2::VPCPeeringConnection', {
  scope: 'regional',
  operations: [describePeerings],
  list: paged(describePeerings, { MaxResults: 1000 }, (page) => page.VpcPeeringConnections),
  found: (p, aws) => ({
    id: p.VpcPeeringConnectionId,
    arn: arnOf(`vpc-peering-connection/${p.VpcPeeringConnectionId}`, undefined, aws),
    tags: tagsOf(p.Tags),
    base: {
      status: p.Status?.Code,
      requester: networkOf(p.RequesterVpcInfo),
      accepter: networkOf(p.AccepterVpcInfo),
    },
  }),
});

export const endpoint = resource('AWS::EC2::VPCEndpoint', {
  scope: 'regional',
  operations: [describeEndpoints],
  list: paged(describeEndpoints, { MaxResults: 1000 }, (page) => page.VpcEndpoints),
  found: (e, aws) => ({
    id: e.VpcEndpointId,
    arn: arnOf(`vpc-endpoint/${e.VpcEndpointId}`, e.OwnerId, aws),
    tags: tagsOf(e.Tags),
    base: {
      vpc: e.VpcId,
      service: e.ServiceName,
      kind: e.VpcEndpointType,
      // The API model says 'Available', the API 'available'.
      state: e.State?.toLowerCase(),
      routeTables: e.RouteTableIds ?? (e.VpcEndpointType === 'Gateway' ? undefined : []),
    },
  }),
});

/** What AWS offers endpoints for in a region. */
export const endpointServices = resource('AWS::EC2::EndpointServices', {
  scope: 'regional',
  operations: [describeEndpointServices],
  async *list(aws) {
    const names = [];
    for await (const page of aws.pages(describeEndpointServices, { MaxResults: 1000 }))
      names.push(...listed(page.ServiceNames));
    yield names;
  },
  found: (names, aws) => ({
    id: aws.region,
    arn: arnOf('endpoint-services', undefined, aws),
    base: { labels: names.flatMap((name) => endpointLabel(name, aws.region) ?? []) },
  }),
});

/** Whether VPCs of the account let internet gateways in, in a region. */
export const blockPublicAccess = resource(
  'AWS::EC2::VPCBlockPublicAccessOptions',
  {
    scope: 'regional',
    operations: [describeBlock],
    async *list(aws) {
      yield (await aws.call(describeBlock, {}))?.VpcBlockPublicAccessOptions;
    },
    found: (options, aws) => ({
      id: aws.region,
      arn: arnOf('vpc-block-public-access-options', undefined, aws),
      base: {
        state: options?.State,
        // What nobody has set is off.
        mode: options?.InternetGatewayBlockMode ?? (options?.State === 'default-state' ? 'off' : undefined),
        /** Null where AWS does not say who decides. */
        decidedBy: options?.ManagedBy ?? null,
      },
    }),
  },
  (facet) => ({
    /** The VPCs and subnets that are left out of the block. */
    exclusions: facet([describeExclusions], async (aws, { mode }) => {
      if (mode === 'off') return [];
      const exclusions = [];
      for await (const page of aws.pages(describeExclusions, { MaxResults: 1000 }))
        exclusions.push(...listed(page.VpcBlockPublicAccessExclusions));
      return each(exclusions, ({ ResourceArn, State, InternetGatewayExclusionMode }) =>
        whole({ resource: ResourceArn, state: State, mode: InternetGatewayExclusionMode }),
      );
    }),
  }),
);

interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** In a shared VPC the network belongs to another account. */
function arnOf(name: string, owner: string | undefined, { account, region, partition }: Place): string {
  return `arn:${partition}:ec2:${region}:${owner ?? account}:${name}`;
}

const TRANSPORTS: ReadonlySet<string | undefined> = new Set(['tcp', 'udp', '6', '17']);

function ruleOf(p: IpPermission): Rule | undefined {
  const sources = {
    cidrs: each(p.IpRanges ?? [], (range) => range.CidrIp),
    ipv6Cidrs: each(p.Ipv6Ranges ?? [], (range) => range.CidrIpv6),
    prefixLists: each(p.PrefixListIds ?? [], (list) => list.PrefixListId),
    groups: each(p.UserIdGroupPairs ?? [], (pair) => pair.GroupId),
  };
  // EC2 refuses a rule without source or destination, so an answer without any is not whole.
  if (Object.values(sources).every((source) => source?.length === 0)) return undefined;
  // TCP and UDP always have ports (EC2 API: IpPermission).
  if (TRANSPORTS.has(p.IpProtocol) && (p.FromPort === undefined || p.ToPort === undefined)) return undefined;
  return whole({ protocol: p.IpProtocol, fromPort: p.FromPort ?? null, toPort: p.ToPort ?? null, ...sources });
}

function entryOf(e: AwsNetworkAclEntry): NetworkAclEntry | undefined {
  return whole({
    ruleNumber: e.RuleNumber,
    egress: e.Egress,
    action: e.RuleAction,
    protocol: e.Protocol,
    fromPort: e.PortRange?.From ?? null,
    toPort: e.PortRange?.To ?? null,
    cidr: e.CidrBlock ?? null,
    ipv6Cidr: e.Ipv6CidrBlock ?? null,
  });
}

/** With what a route to a peering connection needs. */
type KnownRoute = Route & { readonly peering: string | null };

/** What describes a route besides its target, of which every active one has one. */
const NO_TARGETS = new Set([
  'DestinationCidrBlock',
  'DestinationIpv6CidrBlock',
  'DestinationPrefixListId',
  'InstanceOwnerId',
  'Origin',
  'State',
]);

function hasTarget(route: AwsRoute): boolean {
  return Object.entries(route).some(([name, value]) => value !== undefined && !NO_TARGETS.has(name));
}

function routeOf(r: AwsRoute): KnownRoute | undefined {
  if (r.State === 'active' && !hasTarget(r)) return undefined;
  return whole({
    destination: r.DestinationCidrBlock ?? null,
    destinationIpv6: r.DestinationIpv6CidrBlock ?? null,
    prefixList: r.DestinationPrefixListId ?? null,
    gatewayId: r.GatewayId ?? null,
    peering: r.VpcPeeringConnectionId ?? null,
    state: r.State,
  });
}

/** One side of a peering connection. AWS tells the CIDRs of active connections only. */
function networkOf(side: VpcPeeringConnectionVpcInfo | undefined) {
  const cidrs = each(side?.CidrBlockSet ?? [], (block) => block.CidrBlock);
  const ipv6Cidrs = each(side?.Ipv6CidrBlockSet ?? [], (block) => block.Ipv6CidrBlock);
  if (!side?.CidrBlock || !cidrs || !ipv6Cidrs) return undefined;
  return whole({ vpc: side.VpcId, cidrs: [...new Set([side.CidrBlock, ...cidrs, ...ipv6Cidrs])] });
}

/** None for the main table, and for a gateway or a pool of addresses. Undefined where the answer lacks what the table is for. */
function subnetsOf({ SubnetId, Main, GatewayId, PublicIpv4Pool }: RouteTableAssociation): string[] | undefined {
  if (SubnetId) return [SubnetId];
  return Main || GatewayId || PublicIpv4Pool ? [] : undefined;
}

function isInForce(association: RouteTableAssociation): boolean {
  const state = association.AssociationState?.State;
  return state !== 'disassociated' && state !== 'failed';
}

/** Addresses of carriers (Wavelength) and of customers (Outposts) are not reached through an internet gateway. */
function publicIpsOf(n: AwsNetworkInterface): string[] | undefined {
  const addresses = n.PrivateIpAddresses ?? (n.Ipv6Native ? [] : undefined);
  if (!addresses) return undefined;
  return [...new Set([n, ...addresses].flatMap((address) => address.Association?.PublicIp ?? []))];
}

/** With the prefixes that are delegated to the interface: their addresses are reached like its own. */
function ipv6AddressesOf(n: AwsNetworkInterface): string[] | undefined {
  const addresses = each(n.Ipv6Addresses, (address) => address.Ipv6Address);
  const prefixes = each(n.Ipv6Prefixes ?? [], (prefix) => prefix.Ipv6Prefix);
  return addresses && prefixes && [...addresses, ...prefixes];
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::EC2::VPC': TypeOf<typeof vpc>;
    'AWS::EC2::Subnet': TypeOf<typeof subnet>;
    'AWS::EC2::RouteTable': TypeOf<typeof routeTable>;
    'AWS::EC2::NetworkAcl': TypeOf<typeof networkAcl>;
    'AWS::EC2::SecurityGroup': TypeOf<typeof securityGroup>;
    'AWS::EC2::NetworkInterface': TypeOf<typeof networkInterface>;
    'AWS::EC2::FlowLog': TypeOf<typeof flowLog>;
    'AWS::EC2::PrefixList': TypeOf<typeof prefixList>;
    'AWS::EC2::VPCPeeringConnection': TypeOf<typeof peering>;
    'AWS::EC2::VPCEndpoint': TypeOf<typeof endpoint>;
    'AWS::EC2::EndpointServices': TypeOf<typeof endpointServices>;
    'AWS::EC2::VPCBlockPublicAccessOptions': TypeOf<typeof blockPublicAccess>;
  }
}
