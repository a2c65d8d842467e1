import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkAclEntry, NetworkInterface, RouteTable, Rule, Subnet } from '../../lib/network/model.ts';
import {
  internetAddresses,
  internetGatewayOfInterface,
  reachableFromInternet,
  type Surroundings,
} from '../../lib/network/reach.ts';
import { WORLD_LIMITS } from '../../lib/network/world.ts';
import {
  entry,
  LOCAL,
  mustNotAsk,
  networkInterface,
  route,
  rule,
  subnet,
  table,
  TO_INTERNET,
  TO_INTERNET_IPV6,
  unknownOf,
} from './_build.ts';

interface World {
  readonly subnets: readonly Subnet[];
  readonly tables: readonly RouteTable[];
  readonly entries: readonly NetworkAclEntry[] | undefined;
  readonly groups: Readonly<Record<string, readonly Rule[]>>;
  readonly prefixLists: Readonly<Record<string, readonly string[]>>;
}
const OPEN: World = {
  subnets: [subnet()],
  tables: [table({ routes: [LOCAL, TO_INTERNET, TO_INTERNET_IPV6] })],
  entries: [
    entry({ protocol: '-1', fromPort: null, toPort: null }),
    entry({ ruleNumber: 101, protocol: '-1', fromPort: null, toPort: null, ipv6Cidr: '::/0' }),
  ],
  groups: { 'sg-1': [rule({ cidrs: ['0.0.0.0/0'], ipv6Cidrs: ['::/0'] })] },
  prefixLists: {},
};
const DUAL = networkInterface({ ipv6Addresses: ['2600:1f18::1'] });
const IPV6_ONLY = networkInterface({ publicIps: [], ipv6Addresses: ['2600:1f18::1'] });
const IPV4_PATH = { family: 'IPv4', addresses: ['18.184.1.1'], gateway: 'igw-1', aclRule: 100, sources: ['0.0.0.0/0'] };
const IPV6_PATH = { family: 'IPv6', addresses: ['2600:1f18::1'], gateway: 'igw-1', aclRule: 101, sources: ['::/0'] };

function surroundings(change: Partial<World> = {}): Surroundings {
  const world = { ...OPEN, ...change };
  return {
    subnet: (id) => world.subnets.find((one) => one.id === id),
    routeTables: (vpc) => world.tables.filter((one) => one.vpc === vpc),
    aclEntries: () => world.entries,
    rules: (group) => world.groups[group],
    prefixListEntries: (id) => world.prefixLists[id] ?? mustNotAsk(id),
  };
}

function reach(change: Partial<World> = {}, of: NetworkInterface = networkInterface()) {
  return reachableFromInternet(of, surroundings(change))('tcp', 22);
}

function without(parts: readonly (keyof Surroundings)[]): Partial<Surroundings> {
  return Object.fromEntries(parts.map((part) => [part, () => mustNotAsk(part)]));
}

describe('internetAddresses', () => {
  it('are the public IPv4 addresses and the routable IPv6 addresses', () => {
    const one = networkInterface({ ipv6Addresses: ['fd00::1', '2600:1f18::1', 'fe80::1'] });
    expect(internetAddresses(one, 'IPv4')).toEqual(['18.184.1.1']);
    expect(internetAddresses(one, 'IPv6')).toEqual(['2600:1f18::1']);
  });
});

describe('internetGatewayOfInterface', () => {
  const privateTables = [table({ routes: [LOCAL] })];
  it.each<[string, NetworkInterface, Partial<World>, string | undefined]>([
    ['a public IPv4 address', networkInterface(), {}, 'igw-1'],
    ['an IPv6 address', IPV6_ONLY, {}, 'igw-1'],
    ['an IPv6 address in an IPv4 subnet', IPV6_ONLY, { tables: [table()] }, undefined],
    [
      'an IPv4 address in an IPv6 subnet',
      networkInterface(),
      { tables: [table({ routes: [TO_INTERNET_IPV6] })] },
      undefined,
    ],
    ['both in an IPv6 subnet', DUAL, { tables: [table({ routes: [TO_INTERNET_IPV6] })] }, 'igw-1'],
    ['no public address', networkInterface({ publicIps: [] }), {}, undefined],
    ['a unique local address', networkInterface({ publicIps: [], ipv6Addresses: ['fd00::1'] }), {}, undefined],
    ['a private subnet', DUAL, { tables: privateTables }, undefined],
    ['a blocked subnet', DUAL, { subnets: [subnet({ internetGatewayBlockMode: 'block-ingress' })] }, undefined],
  ])('with %s', (_name, of, change, gateway) => {
    const { aclEntries: _acl, rules: _rules, ...routing } = surroundings(change);
    expect(internetGatewayOfInterface(of, routing)).toBe(gateway);
  });
});

describe('reachableFromInternet', () => {
  it.each<[string, Partial<World>]>([
    ['no route', { tables: [table({ routes: [LOCAL] })] }],
    ['an IPv6 route only', { tables: [table({ routes: [TO_INTERNET_IPV6] })] }],
    ['a blocked subnet', { subnets: [subnet({ internetGatewayBlockMode: 'block-bidirectional' })] }],
    ['a network ACL without allow', { entries: [] }],
    ['a network ACL that denies first', { entries: [entry({ ruleNumber: 1, action: 'deny' }), ...OPEN.entries!] }],
    ['a network ACL open for IPv6', { entries: [entry({ ipv6Cidr: '::/0' })] }],
    ['a network ACL open for another port', { entries: [entry({ fromPort: 443, toPort: 443 })] }],
    ['a group without rules', { groups: { 'sg-1': [] } }],
    [
      'a group open for another port',
      { groups: { 'sg-1': [rule({ fromPort: 443, toPort: 443, cidrs: ['0.0.0.0/0'] })] } },
    ],
    ['a group open for IPv6', { groups: { 'sg-1': [rule({ ipv6Cidrs: ['::/0'] })] } }],
    ['a group open for a group', { groups: { 'sg-1': [rule({ groups: ['sg-2'] })] } }],
    ['an open group of others', { groups: { 'sg-1': [], 'sg-2': OPEN.groups['sg-1']! } }],
  ])('not with %s', (_name, change) => expect(reach(change)).toBeUndefined());

  it('says how', () => {
    expect(reach()).toEqual(IPV4_PATH);
    expect(reach({}, IPV6_ONLY)).toEqual(IPV6_PATH);
    expect(reach({ groups: { 'sg-1': [rule({ ipv6Cidrs: ['::/0'] })] } }, DUAL)).toEqual(IPV6_PATH);
  });

  it('is asked for a transport and a port', () => {
    expect(reachableFromInternet(DUAL, surroundings())('udp', 22)).toBeUndefined();
    expect(reachableFromInternet(DUAL, surroundings())('tcp', 23)).toBeUndefined();
  });

  it('takes the rules of all groups together', () => {
    const groups = { 'sg-1': [rule({ cidrs: ['10.0.0.0/8'] })], 'sg-2': [rule({ cidrs: ['0.0.0.0/1'] })] };
    const both = networkInterface({ groups: ['sg-1', 'sg-2'] });
    expect(reach({ groups }, both)?.sources).toEqual(['0.0.0.0/1']);
    expect(reach({ groups })).toBeUndefined();
    expect(reach({}, networkInterface({ groups: [] })), 'no groups').toBeUndefined();
  });

  it('takes limits', () => {
    const groups = { 'sg-1': [rule({ cidrs: ['8.0.0.0/10'] })] };
    const limits = { ...WORLD_LIMITS, worldIpv4PrefixBelow: 11 };
    expect(reachableFromInternet(networkInterface(), surroundings({ groups }))('tcp', 22)).toBeUndefined();
    expect(reachableFromInternet(networkInterface(), surroundings({ groups }), limits)('tcp', 22)?.sources).toEqual([
      '8.0.0.0/10',
    ]);
  });

  it('opens prefix lists of groups and routes', () => {
    const change = {
      groups: { 'sg-1': [rule({ prefixLists: ['pl-1'] })] },
      tables: [table({ routes: [route({ prefixList: 'pl-2' })] })],
    };
    const prefixLists = { 'pl-1': ['0.0.0.0/0'], 'pl-2': ['0.0.0.0/1', '128.0.0.0/1'] };
    expect(reach({ ...change, prefixLists })).toEqual(IPV4_PATH);
    expect(reach({ ...change, prefixLists: { ...prefixLists, 'pl-1': [] } })).toBeUndefined();
    expect(reach({ ...change, prefixLists: { ...prefixLists, 'pl-2': [] } })).toBeUndefined();
    expect(() => reach(change)).toThrow('pl-2');
  });

  it('is not made unknown by a prefix list when another way is open', () => {
    const groups = { 'sg-1': [rule({ prefixLists: ['pl-unknown'], ipv6Cidrs: ['::/0'] })] };
    expect(reach({ groups }, DUAL)).toEqual(IPV6_PATH);
    expect(() => reach({ groups })).toThrow('pl-unknown');
  });

  it.each<[string, Partial<World>, string]>([
    ['the subnet', { subnets: [] }, 'subnet subnet-1 is not among'],
    ['the route table', { tables: [] }, 'the route table of subnet subnet-1 is not among'],
    ['the network ACL', { entries: undefined }, 'the network ACL of subnet subnet-1 is not among'],
    ['the group', { groups: {} }, 'security group sg-1 is not among'],
  ])('is unknown without %s', (_name, change, message) => expect(unknownOf(() => reach(change))).toContain(message));

  describe('asks for no more than it needs', () => {
    it.each<[string, NetworkInterface, Partial<World>, (keyof Surroundings)[]]>([
      [
        'no address',
        networkInterface({ publicIps: [] }),
        {},
        ['subnet', 'routeTables', 'aclEntries', 'rules', 'prefixListEntries'],
      ],
      [
        'a blocked subnet',
        DUAL,
        { subnets: [subnet({ internetGatewayBlockMode: 'block-ingress' })] },
        ['routeTables', 'aclEntries', 'rules', 'prefixListEntries'],
      ],
      [
        'a private subnet',
        DUAL,
        { tables: [table({ routes: [LOCAL] })] },
        ['aclEntries', 'rules', 'prefixListEntries'],
      ],
      ['a closed network ACL', DUAL, { entries: [] }, ['rules', 'prefixListEntries']],
      ['closed groups', DUAL, { groups: { 'sg-1': [] } }, ['prefixListEntries']],
    ])('with %s', (_name, of, change, unasked) => {
      const all = { ...surroundings(change), ...without(unasked) };
      expect(reachableFromInternet(of, all)('tcp', 22)).toBeUndefined();
    });
  });

  it('knowing less never changes the answer into another', () => {
    const parts = ['subnet', 'routeTables', 'aclEntries', 'rules', 'prefixListEntries'] as const;
    const worlds = fc.record({
      subnets: fc.constantFrom([subnet()], [subnet({ internetGatewayBlockMode: 'block-ingress' })]),
      tables: fc.constantFrom(
        OPEN.tables,
        [table({ routes: [LOCAL] })],
        [table({ routes: [route({ prefixList: 'pl-1' })] })],
      ),
      entries: fc.constantFrom(OPEN.entries, [entry({ ipv6Cidr: '::/0' })], []),
      groups: fc
        .constantFrom(
          OPEN.groups['sg-1']!,
          [],
          [rule({ prefixLists: ['pl-1'] })],
          [rule({ ipv6Cidrs: ['::/0'], prefixLists: ['pl-1'] })],
        )
        .map((rules) => ({ 'sg-1': rules })),
      prefixLists: fc.constantFrom({ 'pl-1': ['0.0.0.0/0', '::/0'] }, { 'pl-1': ['::/0'] }, { 'pl-1': [] }),
    });
    const of = fc.constantFrom(DUAL, IPV6_ONLY, networkInterface(), networkInterface({ publicIps: [] }));
    fc.assert(
      fc.property(worlds, of, fc.subarray([...parts]), (world, one, denied) => {
        const whole = surroundings(world);
        const less = { ...whole, ...without(denied) };
        const answer = reachableFromInternet(one, whole)('tcp', 22);
        let lesserAnswer: unknown = 'unknown';
        try {
          lesserAnswer = reachableFromInternet(one, less)('tcp', 22) === undefined;
        } catch {
          // stays unknown
        }
        expect(['unknown', answer === undefined]).toContain(lesserAnswer);
      }),
    );
  });
});
