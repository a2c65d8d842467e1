import {
  DescribeFlowLogsCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import {
  blockPublicAccess,
  endpoint,
  endpointServices,
  flowLog,
  networkAcl,
  networkInterface,
  peering,
  prefixList,
  routeTable,
  securityGroup,
  subnet,
  vpc,
} from '../../../checks/vpc/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const OWNER = '111122223333';
const OTHER = '444455556666';
const TAGS = [{ Key: 'Name', Value: 'web' }];
const place = { account: OWNER, region: 'eu-west-1' };

/** A list that stops after its first page, and one that is denied. */
const LISTS = [
  { type: vpc, command: DescribeVpcsCommand, list: 'Vpcs', action: 'ec2:DescribeVpcs', page: 1000 },
  { type: subnet, command: DescribeSubnetsCommand, list: 'Subnets', action: 'ec2:DescribeSubnets', page: 1000 },
  {
    type: routeTable,
    command: DescribeRouteTablesCommand,
    list: 'RouteTables',
    action: 'ec2:DescribeRouteTables',
    page: 100,
  },
  {
    type: networkAcl,
    command: DescribeNetworkAclsCommand,
    list: 'NetworkAcls',
    action: 'ec2:DescribeNetworkAcls',
    page: 1000,
  },
  {
    type: securityGroup,
    command: DescribeSecurityGroupsCommand,
    list: 'SecurityGroups',
    action: 'ec2:DescribeSecurityGroups',
    page: 1000,
  },
  {
    type: networkInterface,
    command: DescribeNetworkInterfacesCommand,
    list: 'NetworkInterfaces',
    action: 'ec2:DescribeNetworkInterfaces',
    page: 1000,
  },
  { type: flowLog, command: DescribeFlowLogsCommand, list: 'FlowLogs', action: 'ec2:DescribeFlowLogs', page: 1000 },
  {
    type: prefixList,
    command: DescribeManagedPrefixListsCommand,
    list: 'PrefixLists',
    action: 'ec2:DescribeManagedPrefixLists',
    page: 100,
  },
  {
    type: peering,
    command: DescribeVpcPeeringConnectionsCommand,
    list: 'VpcPeeringConnections',
    action: 'ec2:DescribeVpcPeeringConnections',
    page: 1000,
  },
  {
    type: endpoint,
    command: DescribeVpcEndpointsCommand,
    list: 'VpcEndpoints',
    action: 'ec2:DescribeVpcEndpoints',
    page: 1000,
  },
] as const;

describe.each(LISTS)('$type.type', ({ type, command, list, action, page }) => {
  const { aws, collected } = collector(type);

  it('is listed in one chain of the largest pages, without filters', async () => {
    aws()
      .on(command)
      .resolvesOnce({ [list]: [], NextToken: 'second' })
      .resolvesOnce({ [list]: [] });
    expect((await collected()).cell).toEqual({ ...place, type: type.type, rows: 0 });
    const inputs = aws()
      .commandCalls(command)
      .map((call) => call.args[0].input as object);
    expect(inputs).toMatchObject([{ MaxResults: page }, { MaxResults: page, NextToken: 'second' }]);
    expect(inputs.flatMap((input) => Object.keys(input)).filter((name) => name.startsWith('Filter'))).toEqual([]);
  });

  it('that is denied is a gap', async () => {
    aws().on(command).rejects(awsError('UnauthorizedOperation'));
    expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'denied', operation: action } });
  });

  it('is not "none" when the answer has no list', async () => {
    aws().on(command).resolves({});
    expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'failed', operation: action } });
  });

  it('without an identifier costs itself, not the list', async () => {
    aws()
      .on(command)
      .resolves({ [list]: [{}, ONE_OF[type.type]] });
    expect((await collected([])).cell).toMatchObject({ rows: 1, gap: { reason: 'failed', operation: action } });
  });
});

const ONE_OF: Readonly<Record<string, object>> = {
  'AWS::EC2::VPC': { VpcId: 'vpc-1' },
  'AWS::EC2::Subnet': { SubnetId: 'subnet-1' },
  'AWS::EC2::RouteTable': { RouteTableId: 'rtb-1' },
  'AWS::EC2::NetworkAcl': { NetworkAclId: 'acl-1' },
  'AWS::EC2::SecurityGroup': { GroupId: 'sg-1' },
  'AWS::EC2::NetworkInterface': { NetworkInterfaceId: 'eni-1' },
  'AWS::EC2::FlowLog': { FlowLogId: 'fl-1' },
  'AWS::EC2::VPCPeeringConnection': { VpcPeeringConnectionId: 'pcx-1' },
  'AWS::EC2::VPCEndpoint': { VpcEndpointId: 'vpce-1' },
  'AWS::EC2::PrefixList': { PrefixListId: 'pl-1', PrefixListArn: 'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-1' },
};

describe('VPCs', () => {
  const { aws, collected } = collector(vpc);

  it('know their owner, and whether they are the default one', async () => {
    aws()
      .on(DescribeVpcsCommand)
      .resolves({ Vpcs: [{ VpcId: 'vpc-1', OwnerId: OTHER, IsDefault: true, Tags: TAGS }] });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'vpc-1', arn: `arn:aws:ec2:eu-west-1:${OTHER}:vpc/vpc-1`, ...place, tags: { Name: 'web' } },
        base: { owner: OTHER, isDefault: true },
      },
    ]);
  });

  it('without an owner are not taken for ours', async () => {
    aws()
      .on(DescribeVpcsCommand)
      .resolves({ Vpcs: [{ VpcId: 'vpc-1' }] });
    const missing = {
      owner: { detail: 'the answer lacks owner' },
      isDefault: { detail: 'the answer lacks isDefault' },
    };
    expect((await collected()).rows).toMatchObject([
      { identity: { arn: `arn:aws:ec2:eu-west-1:${OWNER}:vpc/vpc-1` }, base: {}, missing },
    ]);
  });
});

describe('subnets', () => {
  const { aws, collected } = collector(subnet);
  const one = { SubnetId: 'subnet-1', OwnerId: OWNER, VpcId: 'vpc-1' };

  it.each([
    ['off', 'off'],
    ['block-ingress', 'block-ingress'],
    [undefined, null],
  ] as const)('know whether public access is blocked: %s', async (InternetGatewayBlockMode, mode) => {
    aws()
      .on(DescribeSubnetsCommand)
      .resolves({ Subnets: [{ ...one, BlockPublicAccessStates: { InternetGatewayBlockMode } }] });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'subnet-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:subnet/subnet-1` },
        base: { vpc: 'vpc-1', internetGatewayBlockMode: mode },
      },
    ]);
  });

  it('have no block where AWS says nothing of one', async () => {
    aws()
      .on(DescribeSubnetsCommand)
      .resolves({ Subnets: [one] });
    expect((await collected()).rows).toMatchObject([{ base: { internetGatewayBlockMode: null } }]);
  });

  it('know what addresses they give', async () => {
    const settings = { MapPublicIpOnLaunch: true, AssignIpv6AddressOnCreation: false, DefaultForAz: true };
    aws()
      .on(DescribeSubnetsCommand)
      .resolves({ Subnets: [{ ...one, ...settings }] });
    const missing = Object.fromEntries(
      ['mapPublicIp', 'assignIpv6', 'defaultForAz'].map((field) => [field, { detail: `the answer lacks ${field}` }]),
    );
    expect((await collected()).rows).toMatchObject([
      { base: { owner: OWNER, mapPublicIp: true, assignIpv6: false, defaultForAz: true } },
    ]);
    aws()
      .on(DescribeSubnetsCommand)
      .resolves({ Subnets: [one] });
    expect((await collected()).rows).toMatchObject([{ base: { owner: OWNER }, missing }]);
  });
});

describe('route tables', () => {
  const { aws, collected } = collector(routeTable);
  const table = { RouteTableId: 'rtb-1', OwnerId: OWNER, VpcId: 'vpc-1', Associations: [], Routes: [] };
  const local = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' } as const;
  const first = async (change: object) => {
    aws()
      .on(DescribeRouteTablesCommand)
      .resolves({ RouteTables: [{ ...table, ...change }] });
    return (await collected()).rows[0]!;
  };

  it('have routes of all kinds', async () => {
    const row = await first({
      Routes: [
        local,
        { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1', State: 'blackhole' },
        { DestinationPrefixListId: 'pl-1', NatGatewayId: 'nat-1', State: 'active' },
        { DestinationCidrBlock: '10.2.0.0/16', VpcPeeringConnectionId: 'pcx-1', State: 'active' },
      ],
    });
    const none = { destination: null, destinationIpv6: null, prefixList: null, peering: null };
    expect(row).toMatchObject({
      identity: { id: 'rtb-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:route-table/rtb-1` },
      base: {
        vpc: 'vpc-1',
        main: false,
        subnets: [],
        routes: [
          { ...none, destination: '10.0.0.0/16', gatewayId: 'local', state: 'active' },
          { ...none, destinationIpv6: '::/0', gatewayId: 'igw-1', state: 'blackhole' },
          { ...none, prefixList: 'pl-1', gatewayId: null, state: 'active' },
          { ...none, destination: '10.2.0.0/16', gatewayId: null, peering: 'pcx-1', state: 'active' },
        ],
      },
    });
  });

  it('are main, and name subnets but not gateways', async () => {
    const Associations = [{ Main: true }, { Main: false, SubnetId: 'subnet-1' }, { Main: false, GatewayId: 'igw-1' }];
    expect(await first({ Associations })).toMatchObject({ base: { main: true, subnets: ['subnet-1'] } });
  });

  it.each([
    ['associating', true],
    ['associated', true],
    ['disassociating', true],
    ['disassociated', false],
    ['failed', false],
  ])('are in force while an association is %s: %s', async (State, inForce) => {
    const Associations = [{ Main: true, SubnetId: 'subnet-1', AssociationState: { State } }];
    const base = inForce ? { main: true, subnets: ['subnet-1'] } : { main: false, subnets: [] };
    expect(await first({ Associations })).toMatchObject({ base });
  });

  it.each([
    ['main', { Associations: [{ SubnetId: 'subnet-1' }] }],
    ['main', { Associations: undefined }],
    ['subnets', { Associations: undefined }],
    ['routes', { Routes: undefined }],
    ['routes', { Routes: [local, { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }] }],
    ['vpc', { VpcId: undefined }],
  ])('do not guess %s: %j', async (field, change) => {
    expect((await first(change)).missing).toHaveProperty([field, 'detail'], `the answer lacks ${field}`);
  });
});

describe('network ACLs', () => {
  const { aws, collected } = collector(networkAcl);
  const entry = {
    RuleNumber: 100,
    Egress: false,
    RuleAction: 'allow',
    Protocol: '-1',
    CidrBlock: '0.0.0.0/0',
  } as const;
  const first = async (change: object) => {
    const acl = {
      NetworkAclId: 'acl-1',
      OwnerId: OWNER,
      VpcId: 'vpc-1',
      IsDefault: true,
      Associations: [],
      Entries: [],
    };
    aws()
      .on(DescribeNetworkAclsCommand)
      .resolves({ NetworkAcls: [{ ...acl, ...change }] });
    return (await collected()).rows[0]!;
  };

  it('have entries, of which not all have ports', async () => {
    const row = await first({
      Associations: [{ SubnetId: 'subnet-1' }],
      Entries: [
        entry,
        { ...entry, CidrBlock: undefined, Ipv6CidrBlock: '::/0', Protocol: '6', PortRange: { From: 22, To: 25 } },
      ],
    });
    const allow = { ruleNumber: 100, egress: false, action: 'allow' };
    expect(row).toMatchObject({
      identity: { id: 'acl-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:network-acl/acl-1` },
      base: {
        owner: OWNER,
        vpc: 'vpc-1',
        isDefault: true,
        subnets: ['subnet-1'],
        entries: [
          { ...allow, protocol: '-1', fromPort: null, toPort: null, cidr: '0.0.0.0/0', ipv6Cidr: null },
          { ...allow, protocol: '6', fromPort: 22, toPort: 25, cidr: null, ipv6Cidr: '::/0' },
        ],
      },
    });
  });

  it.each([
    ['entries', { Entries: undefined }],
    ['entries', { Entries: [entry, { ...entry, Egress: undefined }] }],
    ['entries', { Entries: [{ ...entry, RuleAction: undefined }] }],
    ['entries', { Entries: [{ ...entry, RuleNumber: undefined }] }],
    ['entries', { Entries: [{ ...entry, Protocol: undefined }] }],
    ['subnets', { Associations: undefined }],
    ['subnets', { Associations: [{}] }],
    ['isDefault', { IsDefault: undefined }],
  ])('do not guess %s: %j', async (field, change) => {
    expect((await first(change)).missing).toHaveProperty([field, 'detail'], `the answer lacks ${field}`);
  });
});

describe('security groups', () => {
  const { aws, collected } = collector(securityGroup);
  const world = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const first = async (change: object) => {
    const group = {
      GroupId: 'sg-1',
      OwnerId: OWNER,
      VpcId: 'vpc-1',
      GroupName: 'web',
      IpPermissions: [],
      IpPermissionsEgress: [],
    };
    aws()
      .on(DescribeSecurityGroupsCommand)
      .resolves({ SecurityGroups: [{ ...group, ...change }] });
    return (await collected()).rows[0]!;
  };
  const none = { cidrs: [], ipv6Cidrs: [], prefixLists: [], groups: [] };

  it('have rules with sources of all kinds', async () => {
    const row = await first({
      IpPermissions: [
        {
          ...world,
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          PrefixListIds: [{ PrefixListId: 'pl-1' }],
          UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: OTHER }],
        },
      ],
      IpPermissionsEgress: [
        { IpProtocol: '-1', IpRanges: [], UserIdGroupPairs: [], PrefixListIds: [{ PrefixListId: 'pl-2' }] },
      ],
    });
    expect(row).toMatchObject({
      identity: { id: 'sg-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:security-group/sg-1` },
      base: {
        owner: OWNER,
        vpc: 'vpc-1',
        name: 'web',
        ingress: [
          {
            protocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            cidrs: ['0.0.0.0/0'],
            ipv6Cidrs: ['::/0'],
            prefixLists: ['pl-1'],
            groups: ['sg-2'],
          },
        ],
        egress: [{ ...none, protocol: '-1', fromPort: null, toPort: null, prefixLists: ['pl-2'] }],
      },
    });
  });

  it.each([
    ['cidrs', { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, ['10.0.0.0/8']],
    ['ipv6Cidrs', { Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, ['::/0']],
    ['prefixLists', { PrefixListIds: [{ PrefixListId: 'pl-1' }] }, ['pl-1']],
    ['groups', { UserIdGroupPairs: [{ GroupId: 'sg-2' }] }, ['sg-2']],
  ])('have %s as their only sources where AWS names no others', async (field, sources, ids) => {
    const row = await first({ IpPermissions: [{ IpProtocol: '-1', ...sources }] });
    const expected = { ...none, protocol: '-1', fromPort: null, toPort: null, [field]: ids };
    expect(row.base).toMatchObject({ ingress: [expected] });
  });

  it.each([
    ['ingress', { IpPermissions: undefined }],
    ['egress', { IpPermissionsEgress: undefined }],
    ['ingress', { IpPermissions: [world, { ...world, IpProtocol: undefined }] }],
    ['ingress', { IpPermissions: [{ ...world, IpRanges: [{ CidrIp: '10.0.0.0/8' }, {}] }] }],
    ['ingress', { IpPermissions: [{ ...world, Ipv6Ranges: [{}] }] }],
    ['ingress', { IpPermissions: [{ ...world, PrefixListIds: [{}] }] }],
    ['ingress', { IpPermissions: [{ ...world, UserIdGroupPairs: [{}] }] }],
    ['ingress', { IpPermissions: [{ IpProtocol: '-1' }] }],
    [
      'ingress',
      { IpPermissions: [{ IpProtocol: '-1', IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }] },
    ],
    ['name', { GroupName: undefined }],
    ['owner', { OwnerId: undefined }],
  ])('do not guess %s: %j', async (field, change) => {
    expect((await first(change)).missing).toHaveProperty([field, 'detail'], `the answer lacks ${field}`);
  });
});

describe('network interfaces', () => {
  const { aws, collected } = collector(networkInterface);
  const first = async (change: object) => {
    const lists = { Groups: [{ GroupId: 'sg-1' }], PrivateIpAddresses: [], Ipv6Addresses: [] };
    const one = { NetworkInterfaceId: 'eni-1', OwnerId: OWNER, SubnetId: 'subnet-1', VpcId: 'vpc-1', TagSet: TAGS };
    aws()
      .on(DescribeNetworkInterfacesCommand)
      .resolves({ NetworkInterfaces: [{ ...one, ...lists, ...change }] });
    return (await collected()).rows[0]!;
  };

  it('of services are asked for too, even where the account hides them', async () => {
    await first({});
    expect(aws().commandCalls(DescribeNetworkInterfacesCommand)[0]!.args[0].input).toMatchObject({
      IncludeManagedResources: true,
    });
  });

  it('have addresses of all kinds, each once', async () => {
    const row = await first({
      Association: { PublicIp: '18.184.1.1' },
      PrivateIpAddresses: [
        { Primary: true, Association: { PublicIp: '18.184.1.1' } },
        { Primary: false, Association: { PublicIp: '18.184.1.2' } },
        { Primary: false },
      ],
      Ipv6Addresses: [{ Ipv6Address: '2600:1f14::1' }],
      Ipv6Prefixes: [{ Ipv6Prefix: '2600:1f14:1::/80' }],
      DenyAllIgwTraffic: true,
    });
    expect(row).toMatchObject({
      identity: { id: 'eni-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:network-interface/eni-1`, tags: { Name: 'web' } },
      base: {
        subnet: 'subnet-1',
        vpc: 'vpc-1',
        groups: ['sg-1'],
        publicIps: ['18.184.1.1', '18.184.1.2'],
        ipv6Addresses: ['2600:1f14::1', '2600:1f14:1::/80'],
        denyAllIgwTraffic: true,
      },
    });
  });

  it('know what they are, and who attached them to what', async () => {
    const row = await first({
      InterfaceType: 'interface',
      Attachment: { InstanceOwnerId: 'amazon-elb' },
      Description: 'ELB app/shop/1',
    });
    expect(row.base).toMatchObject({
      interfaceType: 'interface',
      attachedBy: 'amazon-elb',
      description: 'ELB app/shop/1',
    });
    expect((await first({ InterfaceType: 'efa' })).base).toMatchObject({ attachedBy: null, description: null });
  });

  it('have no public address of a carrier or of an Outpost', async () => {
    const PrivateIpAddresses = [
      { Association: { CarrierIp: '155.146.1.1' } },
      { Association: { CustomerOwnedIp: '192.0.2.1' } },
    ];
    expect(await first({ PrivateIpAddresses })).toMatchObject({ base: { publicIps: [], denyAllIgwTraffic: null } });
  });

  it('need no private IPv4 addresses where they have IPv6 alone', async () => {
    const row = await first({ PrivateIpAddresses: undefined, Ipv6Native: true, InterfaceType: 'interface' });
    expect(row).toMatchObject({ base: { publicIps: [] } });
    expect(row.missing).toBeUndefined();
  });

  it.each([
    ['publicIps', { PrivateIpAddresses: undefined }],
    ['publicIps', { PrivateIpAddresses: undefined, Ipv6Native: false }],
    ['ipv6Addresses', { Ipv6Addresses: undefined }],
    ['ipv6Addresses', { Ipv6Addresses: [{}] }],
    ['ipv6Addresses', { Ipv6Prefixes: [{}] }],
    ['groups', { Groups: undefined }],
    ['groups', { Groups: [{}] }],
    ['subnet', { SubnetId: undefined }],
    ['vpc', { VpcId: undefined }],
    ['interfaceType', { InterfaceType: undefined }],
  ])('do not guess %s: %j', async (field, change) => {
    expect((await first(change)).missing).toHaveProperty([field, 'detail'], `the answer lacks ${field}`);
  });
});

describe('flow logs', () => {
  const { aws, collected } = collector(flowLog);

  it('know what they record, and how delivery goes', async () => {
    const FlowLogs = [
      {
        FlowLogId: 'fl-1',
        ResourceId: 'vpc-1',
        FlowLogStatus: 'ACTIVE',
        TrafficType: 'REJECT' as const,
        DeliverLogsStatus: 'FAILED',
        DeliverLogsErrorMessage: 'Access error',
        CreationTime: new Date(0),
      },
      { FlowLogId: 'fl-2', ResourceId: 'tgw-1', FlowLogStatus: 'ACTIVE', DeliverLogsStatus: 'SUCCESS' },
    ];
    aws().on(DescribeFlowLogsCommand).resolves({ FlowLogs });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'fl-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:vpc-flow-log/fl-1` },
        base: {
          resource: 'vpc-1',
          status: 'ACTIVE',
          trafficType: 'REJECT',
          delivery: 'FAILED',
          deliveryError: 'Access error',
        },
      },
      {
        base: { resource: 'tgw-1', delivery: 'SUCCESS', deliveryError: null },
        missing: { trafficType: { detail: 'the answer lacks trafficType' } },
      },
    ]);
  });
});

function listOf(id: string, owner: string) {
  const holder = owner === 'AWS' ? 'aws' : owner;
  return { PrefixListId: id, PrefixListArn: `arn:aws:ec2:eu-west-1:${holder}:prefix-list/${id}`, OwnerId: owner };
}

describe('prefix lists', () => {
  const { aws, collected } = collector(prefixList);

  it('of AWS cost no call', async () => {
    aws()
      .on(DescribeManagedPrefixListsCommand)
      .resolves({ PrefixLists: [listOf('pl-1', 'AWS')] });
    expect((await collected()).rows).toMatchObject([
      { identity: { id: 'pl-1' }, base: { owner: 'AWS' }, facets: { entries: { value: [] } } },
    ]);
    expect(aws().commandCalls(GetManagedPrefixListEntriesCommand)).toHaveLength(0);
  });

  it('of the account, and those that others share with it, are read page by page', async () => {
    aws()
      .on(DescribeManagedPrefixListsCommand)
      .resolves({ PrefixLists: [listOf('pl-1', OWNER), listOf('pl-2', OTHER)] });
    aws()
      .on(GetManagedPrefixListEntriesCommand, { PrefixListId: 'pl-1', MaxResults: 100 })
      .resolvesOnce({ Entries: [{ Cidr: '10.0.0.0/8' }], NextToken: 'second' })
      .resolves({ Entries: [{ Cidr: '0.0.0.0/0' }] });
    aws().on(GetManagedPrefixListEntriesCommand, { PrefixListId: 'pl-2' }).rejects(awsError('UnauthorizedOperation'));
    expect((await collected()).rows).toMatchObject([
      { facets: { entries: { value: ['10.0.0.0/8', '0.0.0.0/0'] } } },
      { facets: { entries: { gap: { reason: 'denied', operation: 'ec2:GetManagedPrefixListEntries' } } } },
    ]);
  });

  it.each([[{}], [{ Entries: [{ Cidr: '10.0.0.0/8' }, {}] }]])('do not guess entries: %j', async (answer) => {
    aws()
      .on(DescribeManagedPrefixListsCommand)
      .resolves({ PrefixLists: [listOf('pl-1', OWNER)] });
    aws().on(GetManagedPrefixListEntriesCommand).resolves(answer);
    expect((await collected()).rows).toMatchObject([{ facets: { entries: { gap: { reason: 'failed' } } } }]);
  });

  it('that are deleted meanwhile are left out', async () => {
    aws()
      .on(DescribeManagedPrefixListsCommand)
      .resolves({ PrefixLists: [listOf('pl-1', OWNER)] });
    aws().on(GetManagedPrefixListEntriesCommand).rejects(awsError('InvalidPrefixListID.NotFound'));
    expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  });
});

describe('peering connections', () => {
  const { aws, collected } = collector(peering);
  const requester = { VpcId: 'vpc-1', CidrBlock: '10.1.0.0/16', CidrBlockSet: [{ CidrBlock: '10.1.0.0/16' }] };
  const accepter = {
    VpcId: 'vpc-2',
    OwnerId: OTHER,
    CidrBlock: '10.2.0.0/16',
    CidrBlockSet: [{ CidrBlock: '10.2.0.0/16' }, { CidrBlock: '10.3.0.0/16' }],
    Ipv6CidrBlockSet: [{ Ipv6CidrBlock: '2600:1f18:1::/56' }],
  };
  const first = async (change: object) => {
    const one = { VpcPeeringConnectionId: 'pcx-1', Status: { Code: 'active' as const }, Tags: TAGS };
    aws()
      .on(DescribeVpcPeeringConnectionsCommand)
      .resolves({
        VpcPeeringConnections: [{ ...one, RequesterVpcInfo: requester, AccepterVpcInfo: accepter, ...change }],
      });
    return (await collected()).rows[0]!;
  };

  it('know the blocks of both sides, each once', async () => {
    expect(await first({})).toMatchObject({
      identity: {
        id: 'pcx-1',
        arn: `arn:aws:ec2:eu-west-1:${OWNER}:vpc-peering-connection/pcx-1`,
        tags: { Name: 'web' },
      },
      base: {
        status: 'active',
        requester: { vpc: 'vpc-1', cidrs: ['10.1.0.0/16'] },
        accepter: { vpc: 'vpc-2', cidrs: ['10.2.0.0/16', '10.3.0.0/16', '2600:1f18:1::/56'] },
      },
    });
  });

  it.each([
    ['status', { Status: undefined }],
    ['requester', { RequesterVpcInfo: undefined }],
    ['accepter', { AccepterVpcInfo: { VpcId: 'vpc-2', OwnerId: OTHER } }],
    ['accepter', { AccepterVpcInfo: { ...accepter, VpcId: undefined } }],
    ['accepter', { AccepterVpcInfo: { ...accepter, CidrBlockSet: [{}] } }],
    ['accepter', { AccepterVpcInfo: { ...accepter, Ipv6CidrBlockSet: [{}] } }],
  ])('do not guess %s: %j', async (field, change) => {
    expect((await first(change)).missing).toHaveProperty([field, 'detail'], `the answer lacks ${field}`);
  });
});

describe('endpoints', () => {
  const { aws, collected } = collector(endpoint);
  const first = async (change: object) => {
    const one = { VpcEndpointId: 'vpce-1', OwnerId: OWNER, VpcId: 'vpc-1', ServiceName: 'com.amazonaws.eu-west-1.s3' };
    aws()
      .on(DescribeVpcEndpointsCommand)
      .resolves({ VpcEndpoints: [{ ...one, VpcEndpointType: 'Gateway', ...change }] });
    return (await collected()).rows[0]!;
  };

  it.each(['available', 'Available'])('are in one state, however AWS writes it: %s', async (State) => {
    expect(await first({ State, RouteTableIds: ['rtb-1'], Tags: TAGS })).toMatchObject({
      identity: { id: 'vpce-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:vpc-endpoint/vpce-1`, tags: { Name: 'web' } },
      base: {
        vpc: 'vpc-1',
        service: 'com.amazonaws.eu-west-1.s3',
        kind: 'Gateway',
        state: 'available',
        routeTables: ['rtb-1'],
      },
    });
  });

  it('need no route tables, but for those of gateways', async () => {
    expect((await first({ VpcEndpointType: 'Interface', State: 'available' })).base).toMatchObject({ routeTables: [] });
    expect((await first({ State: 'available' })).missing).toHaveProperty(['routeTables']);
  });

  it.each([
    ['state', { State: undefined }],
    ['service', { ServiceName: undefined }],
    ['vpc', { VpcId: undefined }],
    ['kind', { VpcEndpointType: undefined }],
  ])('do not guess %s: %j', async (field, change) => {
    expect((await first(change)).missing).toHaveProperty([field, 'detail'], `the answer lacks ${field}`);
  });
});

describe('services that have endpoints', () => {
  const { aws, collected } = collector(endpointServices);

  it('are read in one chain of the largest pages, as one row of labels', async () => {
    aws()
      .on(DescribeVpcEndpointServicesCommand)
      .resolvesOnce({ ServiceNames: ['com.amazonaws.eu-west-1.s3'], NextToken: 'second' })
      .resolves({
        ServiceNames: [
          'com.amazonaws.eu-west-1.ecr.api',
          'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
          'com.amazonaws.eu-west-2.s3',
          'cn.com.amazonaws.eu-west-1.ec2',
        ],
        NextToken: '',
      });
    expect(await collected()).toMatchObject({
      rows: [
        {
          identity: { id: 'eu-west-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:endpoint-services` },
          base: { labels: ['s3', 'ecr.api', 'ec2'] },
        },
      ],
      cell: { rows: 1 },
    });
    const inputs = aws()
      .commandCalls(DescribeVpcEndpointServicesCommand)
      .map((call) => call.args[0].input);
    expect(inputs).toMatchObject([{ MaxResults: 1000 }, { MaxResults: 1000, NextToken: 'second' }]);
  });

  it.each([
    ['denied', () => aws().on(DescribeVpcEndpointServicesCommand).rejects(awsError('UnauthorizedOperation'))],
    ['failed', () => aws().on(DescribeVpcEndpointServicesCommand).resolves({})],
  ])('are a gap where the call %s', async (reason, arrange) => {
    arrange();
    const gap = { reason, operation: 'ec2:DescribeVpcEndpointServices' };
    expect((await collected()).cell).toMatchObject({ rows: 0, gap });
  });
});

describe('the block on public access', () => {
  const { aws, collected } = collector(blockPublicAccess);
  const optionsAre = (VpcBlockPublicAccessOptions: object | undefined) =>
    aws().on(DescribeVpcBlockPublicAccessOptionsCommand).resolves({ VpcBlockPublicAccessOptions });
  const blocked = { State: 'update-complete', InternetGatewayBlockMode: 'block-ingress', ManagedBy: 'account' };
  const ResourceArn = `arn:aws:ec2:eu-west-1:${OWNER}:vpc/vpc-1`;
  const excluded = { ResourceArn, State: 'create-complete', InternetGatewayExclusionMode: 'allow-egress' } as const;

  it('is told with its exclusions, page by page', async () => {
    optionsAre(blocked);
    aws()
      .on(DescribeVpcBlockPublicAccessExclusionsCommand)
      .resolvesOnce({ VpcBlockPublicAccessExclusions: [excluded], NextToken: 'second' })
      .resolves({ VpcBlockPublicAccessExclusions: [] });
    expect((await collected()).rows).toMatchObject([
      {
        identity: { id: 'eu-west-1', arn: `arn:aws:ec2:eu-west-1:${OWNER}:vpc-block-public-access-options` },
        base: { state: 'update-complete', mode: 'block-ingress', decidedBy: 'account' },
        facets: {
          exclusions: { value: [{ resource: ResourceArn, state: 'create-complete', mode: 'allow-egress' }] },
        },
      },
    ]);
    const inputs = aws()
      .commandCalls(DescribeVpcBlockPublicAccessExclusionsCommand)
      .map((call) => call.args[0].input);
    expect(inputs).toMatchObject([{ MaxResults: 1000 }, { MaxResults: 1000, NextToken: 'second' }]);
  });

  it.each([{ State: 'default-state' }, { State: 'update-complete', InternetGatewayBlockMode: 'off' }])(
    'has no exclusions to ask for where it is off: %j',
    async (options) => {
      optionsAre(options);
      expect((await collected()).rows).toMatchObject([
        { base: { mode: 'off', decidedBy: null }, facets: { exclusions: { value: [] } } },
      ]);
      expect(aws().commandCalls(DescribeVpcBlockPublicAccessExclusionsCommand)).toHaveLength(0);
    },
  );

  it.each([undefined, { State: 'update-complete' }])('is not off where AWS does not say so: %j', async (options) => {
    optionsAre(options);
    aws().on(DescribeVpcBlockPublicAccessExclusionsCommand).resolves({ VpcBlockPublicAccessExclusions: [] });
    expect((await collected()).rows[0]!.missing).toHaveProperty(['mode', 'detail'], 'the answer lacks mode');
  });

  it.each([
    ['denied', () => aws().on(DescribeVpcBlockPublicAccessExclusionsCommand).rejects(awsError('AccessDenied'))],
    ['failed', () => aws().on(DescribeVpcBlockPublicAccessExclusionsCommand).resolves({})],
    [
      'failed',
      () =>
        aws()
          .on(DescribeVpcBlockPublicAccessExclusionsCommand)
          .resolves({ VpcBlockPublicAccessExclusions: [excluded, { ...excluded, State: undefined }] }),
    ],
  ])('has a gap where exclusions are %s', async (reason, arrange) => {
    optionsAre(blocked);
    arrange();
    const gap = { reason, operation: 'ec2:DescribeVpcBlockPublicAccessExclusions' };
    expect((await collected()).rows).toMatchObject([{ facets: { exclusions: { gap } } }]);
  });

  it('is a gap where it is denied', async () => {
    aws().on(DescribeVpcBlockPublicAccessOptionsCommand).rejects(awsError('UnauthorizedOperation'));
    const gap = { reason: 'denied', operation: 'ec2:DescribeVpcBlockPublicAccessOptions' };
    expect((await collected()).cell).toMatchObject({ rows: 0, gap });
  });
});
