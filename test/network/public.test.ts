import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../lib/network/cidr.ts';
import { coversPublicShare, hasPublicAddress, isPublicPartWithin, publicShare } from '../../lib/network/public.ts';
import { cidr, family, ipv4Cidr, ipv6Cidr, wideIpv4Cidr } from './_arbitraries.ts';
import { unknownOf } from './_build.ts';

describe('a text that is no CIDR', () => {
  it.each(['odd', '300.1.2.3/8', 'a.b', '10.0.0.0/99', '::/129'])('is not judged: %s', (text) => {
    expect(unknownOf(() => hasPublicAddress(text))).toContain(`not a CIDR: "${text}"`);
    expect(unknownOf(() => publicShare([text], 'IPv4'))).toContain(`not a CIDR: "${text}"`);
  });
});

describe('hasPublicAddress', () => {
  it.each([
    '0.0.0.0/0',
    '0.0.0.0/7',
    '8.8.8.8',
    '10.1.2.3/7',
    '11.0.0.0/8',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.0.0/16',
    '198.17.255.255',
    '223.255.255.255',
    '::/0',
    '::/1',
    '2000::',
    '2600:1f18::/33',
    '2001:db7:ffff::',
    '2001:db9::',
    '3ffe::',
    '3fff:1000::',
  ])('%s has', (text) => expect(hasPublicAddress(text)).toBe(true));

  it.each([
    '0.1.2.3',
    '10.255.255.255',
    '10.1.2.3/8',
    '100.64.0.0/10',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.0/12',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
    '224.0.0.0/4',
    '240.0.0.0/4',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:0:0/96',
    '64:ff9b::8.8.8.8',
    '2001:db8::/32',
    '2001:db8:1::/48',
    '3fff::/20',
    '3fff:fff::',
    'fc00::/7',
    'fd12:3456:789a::1',
    'fe80::/10',
    'ff00::/8',
    '8000::/1',
  ])('%s has not', (text) => expect(hasPublicAddress(text)).toBe(false));
});

describe('publicShare', () => {
  it.each([
    [[], 0],
    [['0.0.0.0/0'], 1],
    [['0.0.0.0/1', '128.0.0.0/1'], 1],
    [['0.1.2.3/1', '255.255.255.255/1'], 1],
    [['0.0.0.0/0', '10.0.0.0/8', '8.8.8.8'], 1],
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '224.0.0.0/3'], 0],
    [['::/0', '2000::/3'], 0],
  ])('of %j in IPv4 is %d', (cidrs, share) => expect(publicShare(cidrs, 'IPv4')).toBe(share));

  it.each([
    [[], 0],
    [['::/0'], 1],
    [['2000::/3'], 1],
    [['2000::/4', '3000::/4'], 1],
    [['::/1'], 1],
    [['8000::/1', 'fc00::/7', 'fe80::/10', '::ffff:0:0/96', '2001:db8::/32'], 0],
    [['0.0.0.0/0'], 0],
  ])('of %j in IPv6 is %d', (cidrs, share) => expect(publicShare(cidrs, 'IPv6')).toBe(share));

  it('counts public addresses', () => {
    // 3,702,258,688: 2^32 less the special ranges, of which multicast and class E are 2^29.
    expect(publicShare(['8.0.0.0/8'], 'IPv4')).toBe(2 ** 24 / 3_702_258_688);
    expect(publicShare(['10.0.0.0/7'], 'IPv4')).toBe(2 ** 24 / 3_702_258_688);
    expect(publicShare(['8.8.8.8'], 'IPv4')).toBe(1 / 3_702_258_688);
    expect(publicShare(['2000::/4'], 'IPv6')).toBeCloseTo(0.5, 4);
    expect(publicShare(['2600::'], 'IPv6')).toBeGreaterThan(0);
  });

  const anyCidrs = fc.array(cidr, { maxLength: 8 });
  it('is a share', () => {
    fc.assert(
      fc.property(anyCidrs, family, (cidrs, of) => {
        const share = publicShare(cidrs, of);
        expect(share >= 0 && share <= 1).toBe(true);
      }),
    );
  });

  it('does not depend on order or repetition', () => {
    const shuffled = anyCidrs.chain((cidrs) =>
      fc.tuple(fc.constant(cidrs), fc.shuffledSubarray([...cidrs, ...cidrs], { minLength: cidrs.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, family, ([cidrs, again], of) => {
        expect(publicShare(again, of)).toBe(publicShare(cidrs, of));
      }),
    );
  });

  it('never shrinks when CIDRs are added, and never grows by more than their own share', () => {
    fc.assert(
      fc.property(anyCidrs, anyCidrs, family, (some, more, of) => {
        const both = publicShare([...some, ...more], of);
        const [one, other] = [publicShare(some, of), publicShare(more, of)];
        expect(both).toBeGreaterThanOrEqual(Math.max(one, other));
        expect(both).toBeLessThanOrEqual(one + other + Number.EPSILON);
      }),
    );
  });

  it('is the same for a network and its two halves', () => {
    const halves = fc.tuple(fc.nat({ max: 0xff }), fc.nat({ max: 7 }));
    fc.assert(
      fc.property(halves, ([octet, prefix]) => {
        const bit = 128 >> prefix;
        const pair = [octet & ~bit, octet | bit].map((first) => `${first}.0.0.0/${prefix + 1}`);
        expect(publicShare(pair, 'IPv4')).toBe(publicShare([`${octet}.0.0.0/${prefix}`], 'IPv4'));
      }),
    );
  });

  it('is positive exactly where a public address is', () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const { family: of } = parseNetwork(text);
        expect(publicShare([text], of) > 0).toBe(hasPublicAddress(text));
      }),
    );
  });
});

describe('coversPublicShare', () => {
  it('says what the share says', () => {
    const cidrs = fc.oneof(fc.array(ipv4Cidr, { maxLength: 6 }), fc.array(ipv6Cidr, { maxLength: 6 }));
    fc.assert(
      fc.property(cidrs, family, fc.double({ min: 0, max: 1, noNaN: true }), (some, of, ratio) => {
        const networks = some.map(parseNetwork);
        expect(coversPublicShare(networks, of, ratio)).toBe(publicShare(some, of) >= ratio);
        expect(coversPublicShare(networks, of, publicShare(some, of))).toBe(true);
      }),
    );
  });

  it('looks past sizes that only seem enough', () => {
    const overlapping = ['8.0.0.0/2', '8.0.0.0/2', '224.0.0.0/3', '240.0.0.0/4'].map(parseNetwork);
    expect(coversPublicShare(overlapping, 'IPv4', 0.5)).toBe(false);
  });
});

describe('isPublicPartWithin', () => {
  it.each([
    ['0.0.0.0/0', [], false],
    ['0.0.0.0/0', ['0.0.0.0/0'], true],
    ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/1'], true],
    ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3'], true],
    ['0.0.0.0/0', ['0.0.0.0/1', '0.0.0.0/1', '128.0.0.0/2'], false],
    ['0.0.0.0/0', ['8.8.8.8/32'], false],
    ['8.0.0.0/7', ['8.0.0.0/8', '9.0.0.0/9'], false],
    ['8.0.0.0/7', ['8.0.0.0/8', '9.0.0.0/9', '9.128.0.0/9'], true],
    ['10.0.0.0/7', ['11.0.0.0/8'], true],
    ['10.0.0.0/8', [], true],
  ])('%s in %j: %s', (one, others, within) => expect(isPublicPartWithin(one, others, 'IPv4')).toBe(within));

  it.each([
    ['::/0', ['2000::/3'], true],
    ['2000::/3', ['2000::/4', '3000::/4'], true],
    ['2000::/3', ['2000::/4', '3000::/5'], false],
    ['::/0', ['8000::/1'], false],
  ])('%s in %j: %s', (one, others, within) => expect(isPublicPartWithin(one, others, 'IPv6')).toBe(within));

  it('is the case exactly when the CIDR adds nothing to their share', () => {
    const wide = fc.oneof(wideIpv4Cidr, ipv4Cidr);
    fc.assert(
      fc.property(wide, fc.array(wide, { maxLength: 6 }), (one, others) => {
        const adds = publicShare([...others, one], 'IPv4') > publicShare(others, 'IPv4');
        expect(isPublicPartWithin(one, others, 'IPv4')).toBe(!adds);
      }),
    );
  });
});
