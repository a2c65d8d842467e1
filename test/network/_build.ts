import { attempt, Unknown } from '../../lib/core/view.ts';
import type { NetworkAclEntry, NetworkInterface, Route, RouteTable, Rule, Subnet } from '../../lib/network/model.ts';

export function rule(change: Partial<Rule> = {}): Rule {
  const none = { cidrs: [], ipv6Cidrs: [], prefixLists: [], groups: [] };
  return { protocol: 'tcp', fromPort: 22, toPort: 22, ...none, ...change };
}

export function entry(change: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  const ports = { protocol: '6', fromPort: 22, toPort: 22 };
  const cidrs = { cidr: change.ipv6Cidr === undefined ? '0.0.0.0/0' : null, ipv6Cidr: null };
  return { ruleNumber: 100, egress: false, action: 'allow', ...ports, ...cidrs, ...change };
}

export function route(change: Partial<Route> = {}): Route {
  const destinations = { destination: null, destinationIpv6: null, prefixList: null };
  return { ...destinations, gatewayId: 'igw-1', state: 'active', ...change };
}

export const LOCAL = route({ destination: '10.0.0.0/16', gatewayId: 'local' });
export const TO_INTERNET = route({ destination: '0.0.0.0/0' });
export const TO_INTERNET_IPV6 = route({ destinationIpv6: '::/0' });

export function table(change: Partial<RouteTable> = {}): RouteTable {
  return { id: 'rtb-1', vpc: 'vpc-1', main: false, subnets: ['subnet-1'], routes: [LOCAL, TO_INTERNET], ...change };
}

export function subnet(change: Partial<Subnet> = {}): Subnet {
  return { id: 'subnet-1', vpc: 'vpc-1', internetGatewayBlockMode: null, ...change };
}

export function networkInterface(change: Partial<NetworkInterface> = {}): NetworkInterface {
  const addresses = { publicIps: ['18.184.1.1'], ipv6Addresses: [] };
  return { id: 'eni-1', subnet: 'subnet-1', vpc: 'vpc-1', groups: ['sg-1'], ...addresses, ...change };
}

/** For questions that must be answered without this fact. */
export function mustNotAsk(what: string): never {
  throw new Error(`asked for ${what} without need`);
}

/** What a question says is not known; undefined when it is answered. */
export function unknownOf(question: () => unknown): string | undefined {
  const answer = attempt(question);
  return answer instanceof Unknown ? answer.gap.detail : undefined;
}
