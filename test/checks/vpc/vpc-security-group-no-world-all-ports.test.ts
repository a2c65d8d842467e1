import allPorts from '../../../checks/vpc/vpc-security-group-no-world-all-ports.ts';
import type { Rule } from '../../../lib/network/model.ts';
import { cases } from '../../support/cases.ts';
import {
  group,
  networkInterface,
  OTHER_ACCOUNT,
  prefixList,
  route,
  routeTable,
  rule,
  subnet,
  TO_INTERNET,
  TO_INTERNET_IPV6,
} from './_network.ts';

const everything = rule({ protocol: '-1', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] });
const ports = (fromPort: number | null, toPort: number | null, change: Partial<Rule> = {}) =>
  rule({ fromPort, toPort, cidrs: ['0.0.0.0/0'], ...change });

const exposed = {
  prefixLists: [] as ReturnType<typeof prefixList>[],
  interfaces: [networkInterface()],
  subnets: [subnet()],
  routeTables: [routeTable([TO_INTERNET])],
};
const unused = { ...exposed, interfaces: [networkInterface({ groups: ['sg-2'] })] };
const open = (name: string, ...ingress: Rule[]) => ({ name, resource: group(ingress), with: exposed });
const used = (name: string, change: Partial<typeof exposed>) => ({
  name,
  resource: group([everything]),
  with: { ...exposed, ...change },
});
const ipv6Only = networkInterface({ publicIps: [], ipv6Addresses: ['2600:1f14::1'] });

cases(allPorts, {
  pass: [
    open('no rules'),
    open('every protocol, from other groups', { ...everything, cidrs: [], groups: ['sg-1'] }),
    open('every protocol, from private networks', { ...everything, cidrs: ['10.0.0.0/8'] }),
    open('one port', ports(443, 443)),
    open('one port short of wide', ports(537, 65_535)),
    {
      name: 'a prefix list of AWS',
      resource: group([{ ...everything, cidrs: [], prefixLists: ['pl-1'] }]),
      with: { ...exposed, prefixLists: [prefixList('pl-1', [], 'AWS')] },
    },
    // FromPort is the type and ToPort the code: an echo reply is not "all ports".
    open('ICMP echo reply', rule({ protocol: 'icmp', fromPort: 0, toPort: 0, cidrs: ['0.0.0.0/0'] })),
    open('all of ICMP', rule({ protocol: '1', fromPort: -1, toPort: -1, cidrs: ['0.0.0.0/0'] })),
    open('all of ICMP for IPv6', rule({ protocol: 'icmpv6', fromPort: null, toPort: null, ipv6Cidrs: ['::/0'] })),
    open('IPsec', rule({ protocol: '50', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] })),
    open('a tunnel from one network', rule({ protocol: '47', fromPort: null, toPort: null, cidrs: ['18.1.0.0/16'] })),
    {
      ...open('wide, where that is not wide enough', ports(1, 65_535)),
      params: { allPortsMinWidth: 65_536 },
    },
  ],
  fail: [
    {
      ...open('every protocol: AWS then gives no ports', everything),
      severity: undefined,
      message: /^the internet reaches all ports$/,
      evidence: { open: ['tcp', 'udp'], sources: ['0.0.0.0/0'] },
    },
    {
      ...open('all of TCP', ports(0, 65_535)),
      evidence: { open: ['tcp'], sources: ['0.0.0.0/0'] },
    },
    {
      ...open(
        'all of UDP by its number, over IPv6',
        ports(0, 65_535, { protocol: '17', cidrs: [], ipv6Cidrs: ['::/0'] }),
      ),
      evidence: { open: ['udp'], sources: ['::/0'] },
    },
    open('all but port 0', ports(1, 65_535)),
    open('all but the last port', ports(0, 65_534)),
    open('exactly wide', ports(536, 65_535)),
    open('bounds of -1', ports(-1, -1)),
    open('no bounds', ports(null, null)),
    open('halves in two rules', { ...everything, cidrs: ['0.0.0.0/1'] }, ports(0, 65_535, { cidrs: ['128.0.0.0/1'] })),
    {
      ...open('less wide, where that is wide', ports(1, 1000)),
      params: { allPortsMinWidth: 1000 },
    },
    {
      name: 'a prefix list of the account with the world',
      resource: group([{ ...everything, cidrs: [], prefixLists: ['pl-1'] }]),
      with: { ...exposed, prefixLists: [prefixList('pl-1', ['18.1.0.0/16', '0.0.0.0/0'])] },
    },
    {
      ...used('an IPv6 address in a subnet with a route for IPv6', {
        interfaces: [ipv6Only],
        routeTables: [routeTable([TO_INTERNET_IPV6])],
      }),
      severity: undefined,
    },
    {
      ...used('a route to the internet by a prefix list', {
        routeTables: [routeTable([route({ prefixList: 'pl-1' })])],
        prefixLists: [prefixList('pl-1', ['0.0.0.0/0'])],
      }),
      severity: undefined,
    },
    {
      ...used('the route of the main table', { routeTables: [routeTable([TO_INTERNET], { main: true, subnets: [] })] }),
      severity: undefined,
    },
    {
      ...used('one of two interfaces is exposed', {
        interfaces: [networkInterface({ id: 'eni-0', publicIps: [] }), networkInterface()],
      }),
      severity: undefined,
    },
    {
      ...used('no public address', { interfaces: [networkInterface({ publicIps: [] })] }),
      severity: 'high',
      message: 'no network interface of the group has a public address in a public subnet',
    },
    {
      ...used('an IPv6 address, but a route for IPv4 only', { interfaces: [ipv6Only] }),
      severity: 'high',
    },
    {
      ...used('a private subnet', { routeTables: [routeTable([])] }),
      severity: 'high',
    },
    {
      ...used('a subnet whose public access is blocked', {
        subnets: [subnet({ internetGatewayBlockMode: 'block-ingress' })],
      }),
      severity: 'high',
    },
    {
      ...used('an interface that internet gateways do not reach', {
        interfaces: [networkInterface({ denyAllIgwTraffic: true })],
      }),
      severity: 'high',
    },
    {
      ...used('an interface that says that internet gateways reach it', {
        interfaces: [networkInterface({ denyAllIgwTraffic: false })],
      }),
      severity: undefined,
    },
    {
      ...used('an interface in a subnet that cannot be seen: not known, so not milder', { subnets: [] }),
      severity: undefined,
      message: 'how network interfaces use it is not known',
    },
    {
      ...used('a subnet whose route table cannot be seen: not known, so not milder', { routeTables: [] }),
      severity: undefined,
      message: 'how network interfaces use it is not known',
    },
    {
      name: 'no interface uses the group',
      resource: group([everything]),
      with: unused,
      severity: 'medium',
      message: 'no network interface uses the group',
    },
    {
      ...used('unused groups are left out, and this one is used', {}),
      params: { includeUnattached: false },
      severity: undefined,
    },
    ...['4', '41', '47'].map((protocol) => ({
      ...open(
        `tunnels of protocol ${protocol}`,
        rule({ protocol, fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] }),
      ),
      severity: 'low' as const,
      evidence: { open: [`protocol ${protocol}`], sources: ['0.0.0.0/0'] },
    })),
    {
      ...open(
        'a tunnel beside all ports',
        rule({ protocol: '47', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] }),
        everything,
      ),
      severity: undefined,
      message: 'the internet reaches all ports',
    },
  ],
  skip: [
    { name: 'a group of another account', resource: group([everything], { owner: OTHER_ACCOUNT }), with: exposed },
    {
      name: 'no interface uses the group, and unused ones are left out',
      resource: group([everything]),
      with: unused,
      params: { includeUnattached: false },
    },
    {
      name: 'no interface uses a group for tunnels, and unused ones are left out',
      resource: group([rule({ protocol: '47', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] })]),
      with: unused,
      params: { includeUnattached: false },
    },
  ],
  unknown: [
    {
      name: 'a prefix list that is not among those of the account',
      resource: group([{ ...everything, cidrs: [], prefixLists: ['pl-1'] }]),
      with: exposed,
      message: 'prefix list pl-1',
    },
  ],
});
