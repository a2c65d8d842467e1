import type {
  DescribeFlowLogsRequest,
  DescribeFlowLogsResult,
  DescribeManagedPrefixListsRequest,
  DescribeManagedPrefixListsResult,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  DescribeRouteTablesRequest,
  DescribeRouteTablesResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  DescribeVpcBlockPublicAccessExclusionsRequest,
  DescribeVpcBlockPublicAccessExclusionsResult,
  DescribeVpcBlockPublicAccessOptionsResult,
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult,
  DescribeVpcEndpointsRequest,
  DescribeVpcEndpointsResult,
  DescribeVpcPeeringConnectionsRequest,
  DescribeVpcPeeringConnectionsResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  GetManagedPrefixListEntriesRequest,
  GetManagedPrefixListEntriesResult,
} from '@aws-sdk/client-ec2';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import type { Context } from './context.ts';
import { byId, pageOf, rules } from './ec2-pages.ts';
import { filtered } from './filters.ts';

/** Some of the services that AWS has endpoints for everywhere. */
const ENDPOINT_LABELS = [
  'dynamodb',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'kms',
  'logs',
  'monitoring',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'sts',
];
const GATEWAYS = ['dynamodb', 's3'];

const PREFIX_LIST_PAGES = { ...rules(1, 100), byDefault: 100 };

export const vpc = {
  DescribeVpcs(input: DescribeVpcsRequest, context: Context): Described<DescribeVpcsResult> {
    const missing = { code: 'InvalidVpcID.NotFound', what: 'vpc ID' };
    const named = byId(context.here.ec2.Vpcs, input.VpcIds, ({ VpcId }) => VpcId, input, missing);
    const vpcs = filtered(named, input.Filters, {
      'vpc-id': (one) => one.VpcId,
      state: (one) => one.State,
      'is-default': (one) => one.IsDefault,
      'owner-id': (one) => one.OwnerId,
      cidr: (one) => one.CidrBlock,
    });
    const { found, more } = pageOf(vpcs, input, context);
    return { Vpcs: found, ...more };
  },

  DescribeSubnets(input: DescribeSubnetsRequest, context: Context): Described<DescribeSubnetsResult> {
    const missing = { code: 'InvalidSubnetID.NotFound', what: 'subnet ID' };
    const named = byId(context.here.ec2.Subnets, input.SubnetIds, ({ SubnetId }) => SubnetId, input, missing);
    const subnets = filtered(named, input.Filters, {
      'subnet-id': (one) => one.SubnetId,
      'vpc-id': (one) => one.VpcId,
      state: (one) => one.State,
      'default-for-az': (one) => one.DefaultForAz,
      'availability-zone': (one) => one.AvailabilityZone,
    });
    const { found, more } = pageOf(subnets, input, context);
    return { Subnets: found, ...more };
  },

  DescribeRouteTables(input: DescribeRouteTablesRequest, context: Context): Described<DescribeRouteTablesResult> {
    const missing = { code: 'InvalidRouteTableID.NotFound', what: 'routeTable ID' };
    const named = byId(
      context.here.ec2.RouteTables,
      input.RouteTableIds,
      ({ RouteTableId }) => RouteTableId,
      input,
      missing,
    );
    const tables = filtered(named, input.Filters, {
      'route-table-id': (one) => one.RouteTableId,
      'vpc-id': (one) => one.VpcId,
      'association.main': (one) => one.Associations?.map(({ Main }) => String(Main)),
      'association.subnet-id': (one) => one.Associations?.map(({ SubnetId }) => SubnetId),
    });
    const { found, more } = pageOf(tables, input, context, rules(5, 100));
    return { RouteTables: found, ...more };
  },

  DescribeNetworkAcls(input: DescribeNetworkAclsRequest, context: Context): Described<DescribeNetworkAclsResult> {
    const missing = { code: 'InvalidNetworkAclID.NotFound', what: 'networkAcl ID' };
    const named = byId(
      context.here.ec2.NetworkAcls,
      input.NetworkAclIds,
      ({ NetworkAclId }) => NetworkAclId,
      input,
      missing,
    );
    const acls = filtered(named, input.Filters, {
      'network-acl-id': (one) => one.NetworkAclId,
      'vpc-id': (one) => one.VpcId,
      default: (one) => one.IsDefault,
      'association.subnet-id': (one) => one.Associations?.map(({ SubnetId }) => SubnetId),
    });
    const { found, more } = pageOf(acls, input, context);
    return { NetworkAcls: found, ...more };
  },

  DescribeSecurityGroups(
    input: DescribeSecurityGroupsRequest,
    context: Context,
  ): Described<DescribeSecurityGroupsResult> {
    const missing = { code: 'InvalidGroup.NotFound', what: 'security group' };
    const named = byId(context.here.ec2.SecurityGroups, input.GroupIds, ({ GroupId }) => GroupId, input, missing);
    const groups = filtered(named, input.Filters, {
      'group-id': (one) => one.GroupId,
      'group-name': (one) => one.GroupName,
      'vpc-id': (one) => one.VpcId,
      'owner-id': (one) => one.OwnerId,
    });
    const { found, more } = pageOf(groups, input, context);
    return { SecurityGroups: found, ...more };
  },

  DescribeNetworkInterfaces(
    input: DescribeNetworkInterfacesRequest,
    context: Context,
  ): Described<DescribeNetworkInterfacesResult> {
    const missing = {
      code: 'InvalidNetworkInterfaceID.NotFound',
      what: 'networkInterface ID',
      set: 'networkInterfacesSet',
    };
    const all = context.here.ec2.NetworkInterfaces;
    const named = byId(all, input.NetworkInterfaceIds, ({ NetworkInterfaceId }) => NetworkInterfaceId, input, missing);
    const tagged = input.Filters ? named.map((one) => ({ ...one, Tags: one.TagSet })) : named;
    const interfaces = filtered<(typeof named)[number] & { Tags?: (typeof named)[number]['TagSet'] }>(
      tagged,
      input.Filters,
      {
        'network-interface-id': (one) => one.NetworkInterfaceId,
        'vpc-id': (one) => one.VpcId,
        'subnet-id': (one) => one.SubnetId,
        status: (one) => one.Status,
        'group-id': (one) => one.Groups?.map(({ GroupId }) => GroupId),
        'attachment.instance-id': (one) => one.Attachment?.InstanceId,
      },
    );
    const { found, more } = pageOf(interfaces, input, context);
    return { NetworkInterfaces: found, ...more };
  },

  DescribeFlowLogs(input: DescribeFlowLogsRequest, context: Context): Described<DescribeFlowLogsResult> {
    const ids = input.FlowLogIds ?? [];
    const named = context.here.ec2.FlowLogs.filter(({ FlowLogId }) => ids.length === 0 || ids.includes(FlowLogId!));
    const logs = filtered(named, input.Filter, {
      'flow-log-id': (one) => one.FlowLogId,
      'resource-id': (one) => one.ResourceId,
      'traffic-type': (one) => one.TrafficType,
      'deliver-log-status': (one) => one.DeliverLogsStatus,
    });
    const { found, more } = pageOf(logs, input, context, rules(1, 1000));
    return { FlowLogs: found, ...more };
  },

  DescribeManagedPrefixLists(
    input: DescribeManagedPrefixListsRequest,
    context: Context,
  ): Described<DescribeManagedPrefixListsResult> {
    const missing = { code: 'InvalidPrefixListID.NotFound', what: 'prefix list ID' };
    const named = byId(
      context.here.ec2.ManagedPrefixLists,
      input.PrefixListIds,
      ({ PrefixListId }) => PrefixListId,
      {},
      missing,
    );
    const lists = filtered(named, input.Filters, {
      'prefix-list-id': (one) => one.PrefixListId,
      'prefix-list-name': (one) => one.PrefixListName,
      'owner-id': (one) => one.OwnerId,
    });
    const { found, more } = pageOf(lists, input, context, PREFIX_LIST_PAGES);
    return { PrefixLists: found.map(({ Entries: _entries, ...list }) => list), ...more };
  },

  GetManagedPrefixListEntries(
    input: GetManagedPrefixListEntriesRequest,
    context: Context,
  ): Described<GetManagedPrefixListEntriesResult> {
    const list = context.here.ec2.ManagedPrefixLists.find(({ PrefixListId }) => PrefixListId === input.PrefixListId);
    if (!list)
      throw new AwsError(
        400,
        'InvalidPrefixListID.NotFound',
        `The prefix list ID '${input.PrefixListId}' does not exist`,
      );
    const { found, more } = pageOf(list.Entries ?? [], input, context, PREFIX_LIST_PAGES);
    return { Entries: found, ...more };
  },

  DescribeVpcPeeringConnections(
    input: DescribeVpcPeeringConnectionsRequest,
    context: Context,
  ): Described<DescribeVpcPeeringConnectionsResult> {
    const missing = { code: 'InvalidVpcPeeringConnectionID.NotFound', what: 'vpcPeeringConnection ID' };
    const all = context.here.ec2.VpcPeeringConnections;
    const named = byId(all, input.VpcPeeringConnectionIds, (one) => one.VpcPeeringConnectionId, input, missing);
    const connections = filtered(named, input.Filters, {
      'vpc-peering-connection-id': (one) => one.VpcPeeringConnectionId,
      'status-code': (one) => one.Status?.Code,
      'requester-vpc-info.vpc-id': (one) => one.RequesterVpcInfo?.VpcId,
      'accepter-vpc-info.vpc-id': (one) => one.AccepterVpcInfo?.VpcId,
    });
    const { found, more } = pageOf(connections, input, context);
    return { VpcPeeringConnections: found, ...more };
  },

  DescribeVpcEndpoints(input: DescribeVpcEndpointsRequest, context: Context): Described<DescribeVpcEndpointsResult> {
    const missing = { code: 'InvalidVpcEndpointId.NotFound', what: 'Vpc Endpoint Id' };
    const all = context.here.ec2.VpcEndpoints;
    const named = byId(all, input.VpcEndpointIds, (one) => one.VpcEndpointId, input, missing);
    const endpoints = filtered(named, input.Filters, {
      'vpc-endpoint-id': (one) => one.VpcEndpointId,
      'vpc-id': (one) => one.VpcId,
      'service-name': (one) => one.ServiceName,
      'vpc-endpoint-state': (one) => one.State,
    });
    const { found, more } = pageOf(endpoints, input, context, rules(1, 1000));
    return { VpcEndpoints: found, ...more };
  },

  DescribeVpcEndpointServices(
    input: DescribeVpcEndpointServicesRequest,
    context: Context,
  ): Described<DescribeVpcEndpointServicesResult> {
    const services = ENDPOINT_LABELS.map((label) => ({
      ServiceName: `com.amazonaws.${context.region}.${label}`,
      ServiceType: [{ ServiceType: GATEWAYS.includes(label) ? ('Gateway' as const) : ('Interface' as const) }],
      Owner: 'amazon',
      AcceptanceRequired: false,
      Tags: [],
    }));
    const named = filtered(services, input.Filters, {
      'service-name': (one) => one.ServiceName,
      'service-type': (one) => one.ServiceType.map(({ ServiceType }) => ServiceType),
      owner: (one) => one.Owner,
    });
    const { found, more } = pageOf(named, input, context, rules(1, 1000));
    return { ServiceNames: found.map(({ ServiceName }) => ServiceName), ServiceDetails: found, ...more };
  },

  DescribeVpcBlockPublicAccessOptions(
    _input: object,
    { here }: Context,
  ): Described<DescribeVpcBlockPublicAccessOptionsResult> {
    return { VpcBlockPublicAccessOptions: here.ec2.VpcBlockPublicAccess };
  },

  DescribeVpcBlockPublicAccessExclusions(
    input: DescribeVpcBlockPublicAccessExclusionsRequest,
    context: Context,
  ): Described<DescribeVpcBlockPublicAccessExclusionsResult> {
    const missing = { code: 'InvalidVpcBlockPublicAccessExclusionId.NotFound', what: 'exclusion ID' };
    const all = context.here.ec2.VpcBlockPublicAccessExclusions;
    const named = byId(all, input.ExclusionIds, (one) => one.ExclusionId, input, missing);
    const exclusions = filtered(named, input.Filters, {
      'resource-arn': (one) => one.ResourceArn,
      state: (one) => one.State,
      'internet-gateway-exclusion-mode': (one) => one.InternetGatewayExclusionMode,
    });
    const { found, more } = pageOf(exclusions, input, context);
    return { VpcBlockPublicAccessExclusions: found, ...more };
  },
};
