import type { Gap, Identity, View } from '../../../lib/core/model.ts';
import type { NetworkAclEntry, Rule } from '../../../lib/network/model.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const GAP: Gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' };

type Type =
  | 'AWS::EC2::VPC'
  | 'AWS::EC2::SecurityGroup'
  | 'AWS::EC2::NetworkInterface'
  | 'AWS::EC2::Subnet'
  | 'AWS::EC2::RouteTable'
  | 'AWS::EC2::FlowLog'
  | 'AWS::EC2::VPCEndpoint'
  | 'AWS::RDS::DBSubnetGroup';

export function identified<T extends Type>(type: T, id: string): Identity<T> {
  return { type, id, arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:${id}`, account: ACCOUNT, region: 'eu-west-1' };
}

export function rule(change: Partial<Rule> = {}): Rule {
  const none = { cidrs: [], ipv6Cidrs: [], prefixLists: [], groups: [] };
  return { protocol: 'tcp', fromPort: 22, toPort: 22, ...none, ...change };
}

type Group = View<'AWS::EC2::SecurityGroup'>;
export function group(ingress: readonly Rule[], change: Partial<Group> = {}): Group {
  const base = { owner: ACCOUNT, vpc: 'vpc-1', name: 'web', egress: [] };
  return { ...identified('AWS::EC2::SecurityGroup', 'sg-1'), ...base, ingress: [...ingress], ...change };
}

type NetworkInterface = View<'AWS::EC2::NetworkInterface'>;
export function networkInterface(change: Partial<NetworkInterface> = {}): NetworkInterface {
  const place = { subnet: 'subnet-1', vpc: 'vpc-1', groups: ['sg-1'] };
  const addresses = { publicIps: ['18.184.1.1'], ipv6Addresses: [], denyAllIgwTraffic: null };
  const owner = { interfaceType: 'interface' as const, attachedBy: ACCOUNT, description: '' };
  return { ...identified('AWS::EC2::NetworkInterface', 'eni-1'), ...place, ...addresses, ...owner, ...change };
}

type Subnet = View<'AWS::EC2::Subnet'>;
export function subnet(change: Partial<Subnet> = {}): Subnet {
  const settings = { mapPublicIp: false, assignIpv6: false, defaultForAz: false, internetGatewayBlockMode: null };
  return { ...identified('AWS::EC2::Subnet', 'subnet-1'), owner: ACCOUNT, vpc: 'vpc-1', ...settings, ...change };
}

type KnownRoute = View<'AWS::EC2::RouteTable'>['routes'][number];
export function route(change: Partial<KnownRoute> = {}): KnownRoute {
  const destinations = { destination: null, destinationIpv6: null, prefixList: null };
  return { ...destinations, gatewayId: 'igw-1', peering: null, state: 'active', ...change };
}
export const TO_INTERNET = route({ destination: '0.0.0.0/0' });
export const TO_INTERNET_IPV6 = route({ destinationIpv6: '::/0' });

type RouteTable = View<'AWS::EC2::RouteTable'>;
export function routeTable(routes: readonly KnownRoute[], change: Partial<RouteTable> = {}): RouteTable {
  const base = { vpc: 'vpc-1', main: false, subnets: ['subnet-1'], routes: [...routes] };
  return { ...identified('AWS::EC2::RouteTable', 'rtb-1'), ...base, ...change };
}

type FlowLog = View<'AWS::EC2::FlowLog'>;
export function flowLog(change: Partial<FlowLog> = {}): FlowLog {
  const base = { resource: 'vpc-1', status: 'ACTIVE', delivery: 'SUCCESS', deliveryError: null };
  return { ...identified('AWS::EC2::FlowLog', 'fl-1'), ...base, trafficType: 'ALL', ...change };
}

export function entry(change: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  const ports = { protocol: '6', fromPort: 22, toPort: 22 };
  return { ruleNumber: 100, egress: false, action: 'allow', ...ports, cidr: '0.0.0.0/0', ipv6Cidr: null, ...change };
}

type Endpoint = Omit<View<'AWS::EC2::VPCEndpoint'>, 'state'> & { readonly state: string };
/** A gateway endpoint that works. */
export function endpoint(service: string, change: Partial<Endpoint> = {}): Endpoint {
  const base = { vpc: 'vpc-1', kind: 'Gateway' as const, state: 'available', routeTables: ['rtb-1'] };
  return { ...identified('AWS::EC2::VPCEndpoint', 'vpce-1'), ...base, service, ...change };
}

/** A prefix list of the account, or one of AWS. */
export function prefixList(id: string, entries: string[], owner = ACCOUNT) {
  return { id, owner, entries };
}
