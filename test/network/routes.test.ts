import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Family, Route } from '../../lib/network/model.ts';
import {
  effectiveRouteTable,
  internetGateway,
  internetGatewayOfSubnet,
  isPublicSubnet,
} from '../../lib/network/routes.ts';
import { WORLD_LIMITS } from '../../lib/network/world.ts';
import { ipv4Cidr, ipv6Cidr } from './_arbitraries.ts';
import { LOCAL, mustNotAsk, route, subnet, table, TO_INTERNET, TO_INTERNET_IPV6, unknownOf } from './_build.ts';

const PRIVATE = [LOCAL];
const never = () => mustNotAsk('a prefix list');

describe('effectiveRouteTable', () => {
  const own = table({ id: 'rtb-own' });
  const main = table({ id: 'rtb-main', main: true, subnets: [] });
  const foreignMain = table({ id: 'rtb-foreign', vpc: 'vpc-2', main: true, subnets: [] });
  const other = table({ id: 'rtb-other', subnets: ['subnet-2'] });

  it.each([
    ['the one that names the subnet', [main, other, own], 'rtb-own'],
    ['the main table of its VPC', [foreignMain, other, main], 'rtb-main'],
    ['a main table that names it', [table({ id: 'rtb-both', main: true }), main], 'rtb-both'],
  ])('is %s', (_name, tables, id) => {
    expect(effectiveRouteTable(subnet(), tables)?.id).toBe(id);
    expect(effectiveRouteTable(subnet(), tables.toReversed())?.id).toBe(id);
  });

  it.each([
    ['no tables', []],
    ['the main table of another VPC', [foreignMain]],
    ['tables of other subnets', [other, table({ subnets: [] })]],
  ])('is unknown with %s', (_name, tables) => {
    expect(effectiveRouteTable(subnet(), tables)).toBeUndefined();
    expect(unknownOf(() => isPublicSubnet(subnet(), () => tables, 'IPv4'))).toContain(
      'the route table of subnet subnet-1',
    );
  });
});

describe('internetGateway', () => {
  it.each<[string, Route[], boolean, boolean]>([
    ['a default route', [LOCAL, TO_INTERNET], true, false],
    ['an IPv6 default route', [LOCAL, TO_INTERNET_IPV6], false, true],
    ['both', [TO_INTERNET, TO_INTERNET_IPV6], true, true],
    ['local only', PRIVATE, false, false],
    ['no routes', [], false, false],
    ['0.0.0.0/1', [route({ destination: '0.0.0.0/1' })], true, false],
    ['both halves', [route({ destination: '0.0.0.0/1' }), route({ destination: '128.0.0.0/1' })], true, false],
    ['2000::/3', [route({ destinationIpv6: '2000::/3' })], false, true],
    ['an office', [route({ destination: '8.8.0.0/16' })], false, false],
    ['a private range', [route({ destination: '10.0.0.0/7', state: 'blackhole' })], false, false],
    ['an egress-only gateway', [route({ destinationIpv6: '::/0', gatewayId: 'eigw-1' })], false, false],
    ['a VPN gateway', [route({ destination: '0.0.0.0/0', gatewayId: 'vgw-1' })], false, false],
    ['a VPC endpoint', [route({ destination: '0.0.0.0/0', gatewayId: 'vpce-1' })], false, false],
    ['no gateway, as for NAT', [route({ destination: '0.0.0.0/0', gatewayId: null })], false, false],
    ['igw- elsewhere in the id', [route({ destination: '0.0.0.0/0', gatewayId: 'x-igw-1' })], false, false],
    ['a blackhole', [route({ destination: '0.0.0.0/0', state: 'blackhole' })], false, false],
    ['a filtered route', [route({ destination: '0.0.0.0/0', state: 'filtered' })], false, false],
  ])('with %s: IPv4 %s, IPv6 %s', (_name, routes, ipv4, ipv6) => {
    expect(internetGateway(table({ routes }), 'IPv4', never)).toBe(ipv4 ? 'igw-1' : undefined);
    expect(internetGateway(table({ routes }), 'IPv6', never)).toBe(ipv6 ? 'igw-1' : undefined);
  });

  it('adds destinations up, and takes limits', () => {
    const routes = Array.from({ length: 120 }, (_, octet) => route({ destination: `${octet}.0.0.0/8` }));
    expect(internetGateway(table({ routes }), 'IPv4', never)).toBe('igw-1');
    expect(internetGateway(table({ routes: routes.slice(20) }), 'IPv4', never)).toBeUndefined();
    const limits = { ...WORLD_LIMITS, worldIpv4PrefixBelow: 9 };
    expect(internetGateway(table({ routes: routes.slice(20) }), 'IPv4', never, limits)).toBe('igw-1');
  });

  it('opens a prefix list only when no destination decides', () => {
    const listed = route({ prefixList: 'pl-1' });
    expect(internetGateway(table({ routes: [listed] }), 'IPv4', () => ['0.0.0.0/0'])).toBe('igw-1');
    expect(internetGateway(table({ routes: [listed] }), 'IPv6', () => ['0.0.0.0/0'])).toBeUndefined();
    expect(internetGateway(table({ routes: [listed, TO_INTERNET] }), 'IPv4', never)).toBe('igw-1');
    const elsewhere = route({ prefixList: 'pl-s3', gatewayId: 'vpce-1' });
    expect(internetGateway(table({ routes: [elsewhere] }), 'IPv4', never)).toBeUndefined();
    expect(unknownOf(() => internetGateway(table({ routes: [listed] }), 'IPv4'))).toContain(
      'the entries of prefix list pl-1 are not known',
    );
  });

  it('cannot tell of a route without destination, unless another decides', () => {
    expect(unknownOf(() => internetGateway(table({ routes: [route()] }), 'IPv4', never))).toContain(
      'a route in rtb-1 has no destination',
    );
    expect(internetGateway(table({ routes: [route(), TO_INTERNET] }), 'IPv4', never)).toBe('igw-1');
    expect(internetGateway(table({ routes: [route({ gatewayId: 'vgw-1' })] }), 'IPv4', never)).toBeUndefined();
  });

  it('cannot tell of an odd destination', () => {
    expect(
      unknownOf(() => internetGateway(table({ routes: [route({ destination: 'odd' })] }), 'IPv4', never)),
    ).toContain('not a CIDR');
  });

  it('never goes away when a route is added', () => {
    const anyRoute = fc
      .record({
        destination: ipv4Cidr,
        gatewayId: fc.constantFrom('igw-1', 'vgw-1', null),
        state: fc.constantFrom('active', 'blackhole'),
      })
      .map((change) => route(change));
    const routes = fc.array(
      fc.oneof(
        anyRoute,
        ipv6Cidr.map((destinationIpv6) => route({ destinationIpv6 })),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(routes, routes, fc.constantFrom<Family>('IPv4', 'IPv6'), (some, more, family) => {
        const before = internetGateway(table({ routes: some }), family, never);
        const after = internetGateway(table({ routes: [...more, ...some] }), family, never);
        expect(before === undefined || after === before).toBe(true);
      }),
    );
  });
});

describe('isPublicSubnet', () => {
  it.each([
    [null, true],
    ['off', true],
    ['block-bidirectional', false],
    ['block-ingress', false],
  ])('with block mode %s: %s', (internetGatewayBlockMode, isPublic) => {
    const judged = subnet({ internetGatewayBlockMode });
    expect(isPublicSubnet(judged, () => [table()], 'IPv4')).toBe(isPublic);
    expect(internetGatewayOfSubnet(judged, () => [table()], 'IPv4')).toBe(isPublic ? 'igw-1' : undefined);
  });

  it('needs no route tables when blocked', () => {
    const blocked = subnet({ internetGatewayBlockMode: 'block-bidirectional' });
    expect(isPublicSubnet(blocked, () => mustNotAsk('route tables'), 'IPv4')).toBe(false);
    expect(() => isPublicSubnet(subnet(), () => mustNotAsk('route tables'), 'IPv4')).toThrow('route tables');
  });

  it('does not borrow the main table of another VPC', () => {
    const foreign = table({ vpc: 'vpc-2', main: true, subnets: [] });
    const main = table({ main: true, subnets: [], routes: PRIVATE });
    expect(isPublicSubnet(subnet(), () => [foreign, main], 'IPv4')).toBe(false);
  });

  it('is asked for one family', () => {
    const tables = [table({ routes: [TO_INTERNET_IPV6] })];
    expect(isPublicSubnet(subnet(), () => tables, 'IPv4')).toBe(false);
    expect(isPublicSubnet(subnet(), () => tables, 'IPv6')).toBe(true);
  });

  it('takes prefix lists and limits', () => {
    const listed = [table({ routes: [route({ prefixList: 'pl-1' })] })];
    expect(
      isPublicSubnet(
        subnet(),
        () => listed,
        'IPv4',
        () => ['8.0.0.0/9'],
      ),
    ).toBe(false);
    const limits = { ...WORLD_LIMITS, worldIpv4PrefixBelow: 10 };
    expect(
      isPublicSubnet(
        subnet(),
        () => listed,
        'IPv4',
        () => ['8.0.0.0/9'],
        limits,
      ),
    ).toBe(true);
  });
});
