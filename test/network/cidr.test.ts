import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressCount, holds, ofFamily, parseNetwork, readNetwork } from '../../lib/network/cidr.ts';
import { cidr } from './_arbitraries.ts';
import { unknownOf } from './_build.ts';

describe('readNetwork', () => {
  it.each([
    ['0.0.0.0/0', 'IPv4', 0],
    ['10.0.0.0/8', 'IPv4', 8],
    ['10.1.2.3/8', 'IPv4', 8],
    ['255.255.255.255/32', 'IPv4', 32],
    ['203.0.113.9', 'IPv4', 32],
    ['::/0', 'IPv6', 0],
    ['0:0:0:0:0:0:0:0/0', 'IPv6', 0],
    ['2001:DB8::/32', 'IPv6', 32],
    ['2600:1f18:1:2:3:4:5:6', 'IPv6', 128],
    ['::ffff:0:0/96', 'IPv6', 96],
    ['::ffff:10.0.0.1/128', 'IPv6', 128],
  ])('%s is %s with a prefix of %i', (text, inFamily, prefix) => {
    expect(readNetwork(text)).toEqual({ cidr: text, family: inFamily, prefix });
    expect(parseNetwork(text)).toEqual({ cidr: text, family: inFamily, prefix });
  });

  it.each([
    '',
    ' ',
    'x',
    '/0',
    'a.b',
    '0.0.0.0/',
    '0.0.0.0/33',
    '0.0.0.0/-1',
    '0.0.0.0/00',
    '0.0.0.0/+0',
    '0.0.0.0/0.0',
    '0.0.0.0/0/0',
    '0.0.0.0/0 ',
    ' 0.0.0.0/0',
    '0.0.0/0',
    '0.0.0.0.0/0',
    '0/0',
    '300.0.0.0/8',
    '256.0.0.0/8',
    '010.0.0.0/8',
    '0x0.0.0.0/0',
    '-1.0.0.0/8',
    '::/129',
    '::/',
    ':::/0',
    '1::2::3/16',
    '1:2:3:4:5:6:7/16',
    '1:2:3:4:5:6:7:8:9/16',
    '12345::/16',
    'g::/16',
    'fe80::1%eth0/64',
    '[::]/0',
    '::]:80/0',
    '::ffff:300.0.0.1/96',
    '::1.2.3/96',
    'pl-0123456789abcdef0',
    'sg-1',
    '__proto__',
    'toString',
  ])('%j is no CIDR', (text) => {
    expect(readNetwork(text)).toBeUndefined();
    expect(readNetwork(text), 'the second time').toBeUndefined();
    expect(unknownOf(() => parseNetwork(text))).toContain(`not a CIDR: ${JSON.stringify(text)}`);
    expect(unknownOf(() => ofFamily([text], 'IPv4'))).toContain('not a CIDR');
    expect(unknownOf(() => addressCount([text]))).toContain('not a CIDR');
  });

  it('reads every CIDR of both families', () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const prefix = Number(text.split('/')[1]);
        expect(readNetwork(text)).toEqual({ cidr: text, family: text.includes(':') ? 'IPv6' : 'IPv4', prefix });
      }),
    );
  });

  it('answers alike when more CIDRs were read than it remembers', () => {
    for (let i = 0; i < 25_000; i += 1) readNetwork(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}/32`);
    expect(readNetwork('10.0.0.0/32')).toEqual({ cidr: '10.0.0.0/32', family: 'IPv4', prefix: 32 });
    expect(readNetwork('10.0.0.0/33')).toBeUndefined();
  });
});

describe('ofFamily', () => {
  it('keeps the CIDRs of one family', () => {
    const both = ['10.0.0.0/8', '::/0', '0.0.0.0/0', '::ffff:10.0.0.0/104'];
    expect(ofFamily(both, 'IPv4')).toEqual(['10.0.0.0/8', '0.0.0.0/0']);
    expect(ofFamily(both, 'IPv6')).toEqual(['::/0', '::ffff:10.0.0.0/104']);
  });
});

describe('addressCount', () => {
  it.each([
    [[], 0n],
    [['10.1.2.3/8'], 2n ** 24n],
    [['0.0.0.0/0', '0.0.0.0/0', '8.8.8.8'], 2n ** 33n + 1n],
    [['::/0'], 2n ** 128n],
    [['2600::/64', '2600::1/128'], 2n ** 64n + 1n],
  ])('of %j is %d', (cidrs, count) => expect(addressCount(cidrs)).toBe(count));
});

describe('holds', () => {
  it.each([
    ['10.2.0.0/16', '10.2.0.0/16', true],
    ['10.2.0.0/15', '10.3.0.0/16', true],
    ['10.2.0.0/17', '10.2.0.0/16', false],
    ['10.2.128.0/17', '10.2.0.0/16', false],
    ['10.2.0.0/16', '10.3.0.0/24', false],
    ['0.0.0.0/0', '10.3.0.0/24', true],
    ['0.0.0.0/0', '2600::/32', false],
    ['::/0', '2600::/32', true],
    ['::/0', '10.0.0.0/8', false],
    ['2600:1f18::/32', '2600:1F18:1::/48', true],
    ['10.2.0.0/16', '10.2.3.4', true],
  ])('%s %s: %s', (outer, inner, expected) => {
    expect(holds(outer, inner)).toBe(expected);
  });

  it.each([
    ['x', '10.0.0.0/8'],
    ['10.0.0.0/8', 'x'],
  ])('throws for %s and %s', (outer, inner) => {
    expect(unknownOf(() => holds(outer, inner))).toContain('not a CIDR');
  });

  it('both ways only where two CIDRs have the same addresses', () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        expect(holds(a, a)).toBe(true);
        if (holds(a, b) && holds(b, a)) expect(parseNetwork(a).prefix).toBe(parseNetwork(b).prefix);
      }),
    );
  });
});
