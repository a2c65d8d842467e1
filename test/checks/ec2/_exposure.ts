import { instance, network, networkInterface } from './_network.ts';

const everything = { protocol: '-1', fromPort: null, toPort: null, cidr: null, ipv6Cidr: null };
const allow = { ...everything, ruleNumber: 100, egress: false, action: 'allow' as const };
const acl = {
  id: 'acl-1',
  owner: '111122223333',
  vpc: 'vpc-1',
  isDefault: true,
  subnets: ['subnet-public', 'subnet-private'],
  entries: [
    { ...allow, cidr: '0.0.0.0/0' },
    { ...allow, ruleNumber: 101, ipv6Cidr: '::/0' },
  ],
};
export const closedAcl = { ...acl, entries: [] };

/** A rule for one port, or for all. */
export function rule(port: number | null, change: object = {}) {
  const sources = { cidrs: ['0.0.0.0/0'], ipv6Cidrs: [], prefixLists: [], groups: [] };
  return { protocol: port === null ? '-1' : 'tcp', fromPort: port, toPort: port, ...sources, ...change };
}

export function group(id: string, ...ingress: ReturnType<typeof rule>[]) {
  return { id, owner: '111122223333', vpc: 'vpc-1', name: id, ingress, egress: [] };
}

/** A network in which the interface of `exposed` can be reached on the ports of these rules. */
export function reachable(...ingress: ReturnType<typeof rule>[]) {
  return { ...network, networkAcls: [acl], securityGroups: [group('sg-1', ...ingress)] };
}

export const exposedInterface = { ...networkInterface, groups: ['sg-1'], publicIps: ['18.184.1.1'] };
export const exposed = { ...instance, interfaces: [exposedInterface] };
