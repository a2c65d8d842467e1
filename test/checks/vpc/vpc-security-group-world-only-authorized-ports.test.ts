import authorized from '../../../checks/vpc/vpc-security-group-world-only-authorized-ports.ts';
import type { Rule } from '../../../lib/network/model.ts';
import { cases } from '../../support/cases.ts';
import { group, networkInterface, OTHER_ACCOUNT, prefixList, rule } from './_network.ts';

type Interface = Partial<ReturnType<typeof networkInterface>>;
const inUse = { prefixLists: [], balancers: [], classicBalancers: [], interfaces: [networkInterface()] };
const usedBy = (...interfaces: Interface[]) => ({
  ...inUse,
  interfaces: interfaces.map((one, index) => networkInterface({ id: `eni-${index}`, ...one })),
});
const ALB = { attachedBy: 'amazon-elb' };
const NLB = { interfaceType: 'network_load_balancer' as const };
const ENDPOINT = { interfaceType: 'vpc_endpoint' as const };
const API = { interfaceType: 'api_gateway_managed' as const };
const world = (fromPort: number, toPort = fromPort, change: Partial<Rule> = {}) =>
  rule({ fromPort, toPort, cidrs: ['0.0.0.0/0'], ...change });
const udp = { protocol: 'udp' };
const everything = world(0, 0, { protocol: '-1', fromPort: null, toPort: null });
const open = (...names: string[]) => ({ evidence: { open: names, sources: ['0.0.0.0/0'] } });
const balancer = (protocol: string, port: number, groups = ['sg-1']) => ({
  groups,
  listeners: [{ protocol: protocol as 'TCP', port }],
});

cases(authorized, {
  pass: [
    { name: 'no rules', resource: group([]), with: inUse, evidence: { tcp: [80, 443], udp: [] } },
    { name: 'HTTP and HTTPS', resource: group([world(80), world(443)]), with: inUse },
    { name: 'HTTPS over IPv6', resource: group([world(443, 443, { ipv6Cidrs: ['::/0'] })]), with: inUse },
    { name: 'another port for a private network', resource: group([rule({ cidrs: ['10.0.0.0/8'] })]), with: inUse },
    { name: 'another port for a public network', resource: group([rule({ cidrs: ['18.1.0.0/16'] })]), with: inUse },
    {
      name: 'all ports for other groups',
      resource: group([rule({ protocol: '-1', fromPort: null, toPort: null, groups: ['sg-2'] })]),
      with: inUse,
    },
    { name: 'ICMP', resource: group([world(-1, -1, { protocol: 'icmp' })]), with: inUse },
    {
      name: 'ICMP for IPv6',
      resource: group([world(-1, -1, { protocol: 'icmpv6', ipv6Cidrs: ['::/0'] })]),
      with: inUse,
    },
    {
      name: 'a range that the params name port by port',
      resource: group([world(8000, 8002)]),
      with: inUse,
      params: { authorizedTcpPorts: [8000, 8001, 8002] },
    },
    {
      name: 'QUIC, where the params name it',
      resource: group([world(443, 443, udp)]),
      with: inUse,
      params: { authorizedUdpPorts: [443] },
    },
    {
      name: 'halves of the internet on different ports',
      resource: group([
        world(8080, 8080, { cidrs: ['0.0.0.0/2', '64.0.0.0/3'] }),
        world(8081, 8081, { cidrs: ['96.0.0.0/3'] }),
      ]),
      with: inUse,
      params: { worldIpv4PrefixBelow: 1 },
    },
    {
      name: 'a listener of an Application Load Balancer',
      resource: group([world(443), world(8443)]),
      with: { ...usedBy(ALB), balancers: [balancer('HTTPS', 8443)] },
      evidence: { tcp: [8443], udp: [] },
      message: 'listeners of load balancers',
    },
    {
      name: 'a listener of a Network Load Balancer, over both transports',
      resource: group([world(5353), world(5353, 5353, udp)]),
      with: { ...usedBy(NLB), balancers: [balancer('TCP_UDP', 5353)] },
    },
    {
      name: 'listeners of two load balancers, one of them classic',
      resource: group([world(8443, 8444)]),
      with: { ...usedBy(ALB), balancers: [balancer('HTTPS', 8443)], classicBalancers: [balancer('SSL', 8444)] },
    },
    ...['HTTP', 'HTTPS', 'TCP', 'SSL', 'TLS', 'TCP_UDP', 'TCP_QUIC'].map((protocol) => ({
      name: `a listener over TCP: ${protocol}`,
      resource: group([world(8443)]),
      with: { ...usedBy(ALB), balancers: [balancer(protocol, 8443)] },
    })),
    ...['UDP', 'QUIC', 'TCP_UDP', 'TCP_QUIC'].map((protocol) => ({
      name: `a listener over UDP: ${protocol}`,
      resource: group([world(8443, 8443, udp)]),
      with: { ...usedBy(NLB), balancers: [balancer(protocol, 8443)] },
    })),
    ...(['load_balancer', 'gateway_load_balancer'] as const).map((interfaceType) => ({
      name: `a listener of what has interfaces of type ${interfaceType}`,
      resource: group([world(8443)]),
      with: { ...usedBy({ interfaceType }), balancers: [balancer('TCP', 8443)] },
    })),
    {
      name: 'a listener of a load balancer beside an endpoint',
      resource: group([world(8443)]),
      with: { ...usedBy(ENDPOINT, ALB), balancers: [balancer('HTTPS', 8443)] },
    },
  ],
  fail: [
    {
      name: 'another port',
      resource: group([world(8443)]),
      with: inUse,
      severity: undefined,
      message: 'nobody has authorised',
      ...open('tcp 8443'),
    },
    {
      name: 'over IPv6 alone',
      resource: group([rule({ ipv6Cidrs: ['::/0'] })]),
      with: inUse,
      evidence: { open: ['tcp 22'], sources: ['::/0'] },
    },
    {
      name: 'a range that begins at an authorised port',
      resource: group([world(80, 90)]),
      with: inUse,
      ...open('tcp 81-90'),
    },
    {
      name: 'a range that ends at an authorised port',
      resource: group([world(79, 80)]),
      with: inUse,
      ...open('tcp 79'),
    },
    {
      name: 'a range of two, one of them authorised',
      resource: group([world(443, 444)]),
      with: inUse,
      ...open('tcp 444'),
    },
    {
      name: 'all ports',
      resource: group([world(0, 65_535)]),
      with: inUse,
      ...open('tcp 0-79', 'tcp 81-442', 'tcp 444-65535'),
    },
    {
      name: 'everything',
      resource: group([everything]),
      with: inUse,
      ...open('tcp 0-79', 'tcp 81-442', 'tcp 444-65535', 'udp 0-65535'),
    },
    {
      name: 'UDP on a port that is authorised over TCP',
      resource: group([world(443, 443, udp)]),
      with: inUse,
      ...open('udp 443'),
    },
    {
      name: 'TCP on a port that is authorised over UDP',
      resource: group([world(53)]),
      with: inUse,
      params: { authorizedUdpPorts: [53] },
      ...open('tcp 53'),
    },
    {
      name: 'HTTPS, where nothing is authorised',
      resource: group([world(443)]),
      with: inUse,
      params: { authorizedTcpPorts: [] },
      ...open('tcp 443'),
    },
    {
      name: 'ports of several rules in a row are told as one range',
      resource: group([world(21), world(22), world(23, 25), world(27)]),
      with: inUse,
      ...open('tcp 21-25', 'tcp 27'),
    },
    {
      name: 'halves of the internet that meet on one port',
      resource: group([world(8080, 8090, { cidrs: ['0.0.0.0/1'] }), world(8090, 8099, { cidrs: ['128.0.0.0/1'] })]),
      with: inUse,
      params: { worldIpv4PrefixBelow: 1, worldCoverageRatio: 0.9 },
      evidence: { open: ['tcp 8090'], sources: ['0.0.0.0/1', '128.0.0.0/1'] },
    },
    {
      name: 'a prefix list with the world',
      resource: group([rule({ prefixLists: ['pl-1'] })]),
      with: { ...inUse, prefixLists: [prefixList('pl-1', ['0.0.0.0/0'])] },
      ...open('tcp 22'),
    },
    {
      name: 'no interface uses the group',
      resource: group([world(8443)]),
      with: { ...inUse, interfaces: [] },
      severity: 'low',
      message: 'no network interface uses the group',
    },
    {
      name: 'in use, and unused ones are left out',
      resource: group([world(8443)]),
      with: inUse,
      params: { includeUnattached: false },
      severity: undefined,
    },
    {
      name: 'a load balancer, but another port than it listens on',
      resource: group([world(8443, 8444)]),
      with: { ...usedBy(ALB), balancers: [balancer('HTTPS', 8443)] },
      severity: undefined,
      ...open('tcp 8444'),
    },
    {
      name: 'a load balancer that listens over the other transport',
      resource: group([world(8443, 8443, udp)]),
      with: { ...usedBy(NLB), balancers: [balancer('TLS', 8443)] },
      ...open('udp 8443'),
    },
    ...['HTTP', 'HTTPS', 'TCP', 'SSL', 'TLS', 'GENEVE'].map((protocol) => ({
      name: `no listener over UDP: ${protocol}`,
      resource: group([world(8443, 8443, udp)]),
      with: { ...usedBy(ALB), balancers: [balancer(protocol, 8443)] },
    })),
    ...['UDP', 'QUIC', 'GENEVE'].map((protocol) => ({
      name: `no listener over TCP: ${protocol}`,
      resource: group([world(8443)]),
      with: { ...usedBy(ALB), balancers: [balancer(protocol, 8443)] },
    })),
    {
      name: 'a listener of a load balancer with other groups',
      resource: group([world(8443)]),
      with: { ...usedBy(ALB), balancers: [balancer('HTTPS', 8443, ['sg-2'])] },
    },
    {
      name: 'an instance shares the group with the load balancer, and its port is open too',
      resource: group([world(8443)]),
      with: { ...usedBy(ALB, {}), balancers: [balancer('HTTPS', 8443)] },
      ...open('tcp 8443'),
    },
    {
      name: 'an instance shares the group with an endpoint',
      resource: group([world(8443)]),
      with: usedBy(ENDPOINT, {}),
    },
  ],
  skip: [
    { name: 'a group of another account', resource: group([world(8443)], { owner: OTHER_ACCOUNT }), with: inUse },
    { name: 'endpoints alone use it', resource: group([everything]), with: usedBy(ENDPOINT), message: 'VPC endpoints' },
    {
      name: 'endpoints and private API gateways alone use it',
      resource: group([everything]),
      with: usedBy(ENDPOINT, API),
    },
    {
      name: 'nothing uses it, and unused ones are left out',
      resource: group([world(8443)]),
      with: { ...inUse, interfaces: [networkInterface({ groups: ['sg-2'] })] },
      params: { includeUnattached: false },
    },
  ],
  unknown: [
    {
      name: 'a prefix list that cannot be seen',
      resource: group([rule({ prefixLists: ['pl-of-others'] })]),
      with: inUse,
      message: 'pl-of-others',
    },
  ],
});
