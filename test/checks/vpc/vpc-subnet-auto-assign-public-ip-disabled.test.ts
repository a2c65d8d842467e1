import { expect, it } from 'vitest';
import autoAssign from '../../../checks/vpc/vpc-subnet-auto-assign-public-ip-disabled.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';
import {
  GAP,
  networkInterface,
  OTHER_ACCOUNT,
  prefixList,
  route,
  routeTable,
  subnet,
  TO_INTERNET,
  TO_INTERNET_IPV6,
} from './_network.ts';

type Subnet = Partial<ReturnType<typeof subnet>>;
const routed = (...routes: Parameters<typeof routeTable>[0]) => ({
  routeTables: [routeTable(routes)],
  prefixLists: [],
  interfaces: [networkInterface()],
});
const open = routed(TO_INTERNET, TO_INTERNET_IPV6);
const ipv4 = (change: Subnet = {}) => subnet({ mapPublicIp: true, ...change });
const ipv6 = (change: Subnet = {}) => subnet({ assignIpv6: true, ...change });
const both = subnet({ mapPublicIp: true, assignIpv6: true });
const nat = networkInterface({ interfaceType: 'natGateway' });

cases(autoAssign, {
  pass: [
    { name: 'neither setting', resource: subnet(), with: open, evidence: { mapPublicIp: false, assignIpv6: false } },
    { name: 'IPv6 addresses that no internet gateway serves', resource: ipv6(), with: routed(TO_INTERNET) },
    {
      name: 'IPv6 addresses behind an egress-only gateway',
      resource: ipv6(),
      with: routed(route({ destinationIpv6: '::/0', gatewayId: 'eigw-1' })),
    },
    {
      name: 'IPv6 addresses behind a block on public access',
      resource: ipv6({ internetGatewayBlockMode: 'block-ingress' }),
      with: open,
    },
  ],
  fail: [
    {
      name: 'public IPv4 addresses',
      resource: ipv4(),
      with: open,
      severity: undefined,
      evidence: { mapPublicIp: true, assignIpv6: false },
    },
    {
      name: 'IPv6 addresses that an internet gateway serves',
      resource: ipv6(),
      with: routed(TO_INTERNET_IPV6),
      severity: undefined,
      evidence: { mapPublicIp: false, assignIpv6: true },
    },
    {
      name: 'IPv6 addresses with a route by a prefix list',
      resource: ipv6(),
      with: { ...routed(route({ prefixList: 'pl-1' })), prefixLists: [prefixList('pl-1', ['::/0'])] },
    },
    {
      name: 'both',
      resource: both,
      with: open,
      severity: undefined,
      evidence: { mapPublicIp: true, assignIpv6: true },
    },
    { name: 'both, of which IPv4 alone is served', resource: both, with: routed(TO_INTERNET), severity: undefined },
    {
      name: 'both, of which IPv6 alone is served',
      resource: both,
      with: routed(TO_INTERNET_IPV6),
      severity: undefined,
    },
    { name: 'both, none of them served', resource: both, with: routed(), severity: 'low' },
    {
      name: 'IPv4 addresses, and a gateway for IPv6',
      resource: ipv4(),
      with: routed(TO_INTERNET_IPV6),
      severity: 'low',
    },
    {
      name: 'IPv4 addresses that no internet gateway serves',
      resource: ipv4(),
      with: routed(),
      severity: 'low',
      message: 'no internet gateway',
    },
    {
      name: 'IPv4 addresses behind a block on public access',
      resource: ipv4({ internetGatewayBlockMode: 'block-bidirectional' }),
      with: open,
      severity: 'low',
    },
    {
      name: 'a default subnet, and the VPC is empty',
      resource: ipv4({ defaultForAz: true }),
      with: { ...open, interfaces: [] },
      severity: 'low',
      message: 'nothing runs in the default VPC',
    },
    {
      name: 'a default subnet, and the VPC holds a NAT gateway alone',
      resource: ipv4({ defaultForAz: true }),
      with: { ...open, interfaces: [nat] },
      severity: 'low',
    },
    {
      name: 'a default subnet, and something runs in the VPC',
      resource: ipv4({ defaultForAz: true }),
      with: open,
      severity: undefined,
    },
    {
      name: 'a subnet of an empty VPC that is not the default one',
      resource: ipv4(),
      with: { ...open, interfaces: [] },
      severity: undefined,
    },
  ],
  skip: [{ name: 'a subnet that another account shares', resource: ipv4({ owner: OTHER_ACCOUNT }), with: open }],
  unknown: [
    {
      name: 'IPv6 addresses, and no route table of the VPC can be seen',
      resource: ipv6(),
      with: { ...open, routeTables: [] },
    },
    {
      name: 'IPv6 addresses, and a route by a prefix list that cannot be seen',
      resource: ipv6(),
      with: routed(route({ prefixList: 'pl-1' })),
    },
  ],
});

it('keeps its severity for IPv4 where neither routes nor interfaces were read', () => {
  const denied = table<never>([], GAP);
  const context = { now: NOW, params: {}, variant: '', routeTables: denied, prefixLists: denied, interfaces: denied };
  const verdict = autoAssign.evaluate(ipv4({ defaultForAz: true }), context);
  expect(verdict.status).toBe('FAIL');
  expect(verdict.severity).toBeUndefined();
});
