import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { PrefixListEntries } from '../../lib/network/model.ts';
import { publicShare } from '../../lib/network/public.ts';
import { isWorld, WORLD_LIMITS, worldAmong } from '../../lib/network/world.ts';
import { cidr, family } from './_arbitraries.ts';
import { mustNotAsk, unknownOf } from './_build.ts';

const HALVES = ['0.0.0.0/1', '128.0.0.0/1'];
/** Every /8 up to 223: none is the world, together they are nearly all of it. */
const ALL_EIGHTS = Array.from({ length: 224 }, (_, octet) => `${octet}.0.0.0/8`);
const never = () => mustNotAsk('a prefix list');

function isOpen(cidrs: readonly string[]): boolean {
  return worldAmong({ cidrs, prefixLists: [] }, never).length > 0;
}

describe('isWorld', () => {
  it.each([
    '0.0.0.0/0',
    '10.1.2.3/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '64.0.0.0/2',
    '192.0.0.0/2',
    '0.0.0.0/7',
    '8.0.0.0/7',
    '9.255.255.255/7',
    '10.1.2.3/7',
    '::/0',
    '0:0::0/0',
    'fc00::1/0',
    '::ffff:10.0.0.1/0',
    '::/1',
    '2000::/3',
    '2600::/12',
    '2600:1f00::/31',
    '2001:db8::/31',
  ])('%s is', (text) => expect(isWorld(text)).toBe(true));

  it.each([
    '8.0.0.0/8',
    '11.22.33.44/8',
    '10.1.2.3/8',
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '192.0.2.0/24',
    '224.0.0.0/3',
    '224.0.0.0/4',
    '239.255.255.250/4',
    '240.0.0.0/4',
    '8.8.8.8/32',
    '8.8.8.8',
    '2600::/32',
    '2600:1f18::/36',
    'fc00::/7',
    'fd00::/8',
    'fe80::/10',
    'ff00::/8',
    '8000::/1',
    '::/3',
    '3fff::/20',
    '2001:db8::/32',
    '::1/128',
    '::ffff:0:0/96',
    '::ffff:0.0.0.0/96',
    '::ffff:8.8.8.8/128',
    '64:ff9b::/96',
  ])('%s is not', (text) => expect(isWorld(text)).toBe(false));

  it.each(['', 'anywhere', '0.0.0.0/33', '300.0.0.0/4', 'pl-1'])('%j cannot be told', (text) => {
    expect(unknownOf(() => isWorld(text))).toContain(`not a CIDR: ${JSON.stringify(text)}`);
  });

  it.each([
    ['8.0.0.0/15', { worldIpv4PrefixBelow: 16 }, true],
    ['8.0.0.0/16', { worldIpv4PrefixBelow: 16 }, false],
    ['10.0.0.0/8', { worldIpv4PrefixBelow: 16 }, false],
    ['100.64.0.0/10', { worldIpv4PrefixBelow: 16 }, false],
    ['172.16.0.0/11', { worldIpv4PrefixBelow: 16 }, true],
    ['203.0.113.0/24', { worldIpv4PrefixBelow: 33 }, false],
    ['203.0.112.0/24', { worldIpv4PrefixBelow: 33 }, true],
    ['0.0.0.0/1', { worldIpv4PrefixBelow: 1 }, false],
    ['0.0.0.0/0', { worldIpv4PrefixBelow: 0 }, true],
    ['8.0.0.0/15', { worldIpv6PrefixBelow: 129 }, false],
    ['2600::/48', { worldIpv6PrefixBelow: 49 }, true],
    ['2600::/49', { worldIpv6PrefixBelow: 49 }, false],
    ['::ffff:0:0/96', { worldIpv6PrefixBelow: 129 }, false],
    ['::/0', { worldIpv6PrefixBelow: 0 }, true],
  ])('%s under %j: %s', (text, limits, world) => {
    expect(isWorld(text, { ...WORLD_LIMITS, ...limits })).toBe(world);
  });
});

describe('worldAmong', () => {
  it.each([
    ['nothing', [], []],
    ['one world CIDR among narrow ones', ['10.0.0.0/8', '0.0.0.0/0', '8.8.8.8/32'], ['0.0.0.0/0']],
    ['both families', ['0.0.0.0/0', '::/0', '2600::/64'], ['0.0.0.0/0', '::/0']],
    ['the same twice', ['0.0.0.0/0', '0.0.0.0/0'], ['0.0.0.0/0']],
    ['two halves', HALVES, HALVES],
    ['an odd CIDR beside the world', ['odd', '0.0.0.0/0'], ['0.0.0.0/0']],
    ['the world beside an odd CIDR', ['0.0.0.0/0', 'odd'], ['0.0.0.0/0']],
    ['all of /8', [...ALL_EIGHTS, '2600::/64'], ALL_EIGHTS],
    ['a quarter by /8', ALL_EIGHTS.slice(0, 56), []],
    ['private ranges', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'], []],
  ])('%s', (_name, cidrs, sources) => {
    expect(worldAmong({ cidrs, prefixLists: [] }, never)).toEqual(sources);
  });

  it('takes the ratio from the limits', () => {
    const ends = { cidrs: ALL_EIGHTS.slice(0, 56), prefixLists: [] };
    expect(worldAmong(ends, never, { ...WORLD_LIMITS, worldCoverageRatio: 0.2 })).toEqual(ends.cidrs);
    expect(worldAmong({ cidrs: HALVES, prefixLists: [] }, never, { ...WORLD_LIMITS, worldIpv4PrefixBelow: 1 })).toEqual(
      HALVES,
    );
  });

  it('does not add the families up', () => {
    const sevenths = ['2000::/7', '2200::/7', '2400::/7', '2600::/7', '2800::/7', '2a00::/7'];
    const third = [...ALL_EIGHTS.slice(0, 80), ...sevenths];
    const limits = { ...WORLD_LIMITS, worldIpv6PrefixBelow: 7 };
    expect(worldAmong({ cidrs: third, prefixLists: [] }, never, limits)).toEqual([]);
    expect(worldAmong({ cidrs: third, prefixLists: [] }, never, { ...limits, worldCoverageRatio: 0.3 })).toEqual(third);
  });

  it('sees the family that is asked for only', () => {
    const ends = { cidrs: ['0.0.0.0/0', '::/0'], prefixLists: [] };
    expect(worldAmong(ends, never, WORLD_LIMITS, ['IPv4'])).toEqual(['0.0.0.0/0']);
    expect(worldAmong(ends, never, WORLD_LIMITS, ['IPv6'])).toEqual(['::/0']);
    expect(worldAmong({ cidrs: HALVES, prefixLists: [] }, never, WORLD_LIMITS, ['IPv6'])).toEqual([]);
  });

  it.each([
    ['alone', ['odd']],
    ['beside narrow ones', ['10.0.0.0/8', 'odd', '2600::/64']],
    ['beside half of the world under a higher ratio', ['odd', '10.0.0.0/8']],
  ])('cannot tell with an odd CIDR %s', (_name, cidrs) => {
    expect(unknownOf(() => worldAmong({ cidrs, prefixLists: [] }, never))).toContain('not a CIDR: "odd"');
  });

  describe('prefix lists', () => {
    it('are not opened when a CIDR decides', () => {
      expect(worldAmong({ cidrs: ['0.0.0.0/0'], prefixLists: ['pl-1'] }, never)).toEqual(['0.0.0.0/0']);
      expect(worldAmong({ cidrs: ALL_EIGHTS, prefixLists: ['pl-1'] }, never)).toEqual(ALL_EIGHTS);
    });

    it('are opened once each', () => {
      const entries = vi.fn<PrefixListEntries>((id) => (id === 'pl-1' ? ['10.0.0.0/8'] : ['2000::/3', '8.8.8.8/32']));
      expect(worldAmong({ cidrs: [], prefixLists: ['pl-1', 'pl-2', 'pl-1'] }, entries)).toEqual(['2000::/3']);
      expect(entries.mock.calls).toEqual([['pl-1'], ['pl-2']]);
    });

    it('add up with CIDRs', () => {
      const limits = { ...WORLD_LIMITS, worldIpv4PrefixBelow: 1, worldCoverageRatio: 0.9 };
      const ends = { cidrs: ['0.0.0.0/1'], prefixLists: ['pl-1'] };
      expect(worldAmong(ends, () => ['128.0.0.0/1'], limits)).toEqual(HALVES);
      expect(worldAmong(ends, () => [], limits)).toEqual([]);
    });

    it('that AWS owns, and empty ones, add nothing', () => {
      expect(worldAmong({ cidrs: ['10.0.0.0/8'], prefixLists: ['pl-aws'] }, () => [])).toEqual([]);
    });

    it('that are unknown make the answer unknown', () => {
      expect(() => worldAmong({ cidrs: ['10.0.0.0/8'], prefixLists: ['pl-1'] }, never)).toThrow('a prefix list');
    });
  });

  const cidrs = fc.array(cidr, { maxLength: 6 });

  it('never closes when CIDRs are added, in any order, directly or through a list', () => {
    fc.assert(
      fc.property(cidrs, cidrs, (some, more) => {
        const together = isOpen([...some, ...more]);
        expect(together).toBe(isOpen([...more, ...some]));
        expect(together || !isOpen(some)).toBe(true);
        expect(worldAmong({ cidrs: some, prefixLists: ['pl-1'] }, () => more).length > 0).toBe(together);
      }),
    );
  });

  it('is open exactly with a world CIDR or enough of a family', () => {
    fc.assert(
      fc.property(cidrs, (some) => {
        const enough = (['IPv4', 'IPv6'] as const).some((of) => publicShare(some, of) >= 0.5);
        expect(isOpen(some)).toBe(some.some((one) => isWorld(one)) || enough);
      }),
    );
  });

  it('names sources of the family that is asked for, all of them given', () => {
    fc.assert(
      fc.property(cidrs, family, (some, of) => {
        const sources = worldAmong({ cidrs: some, prefixLists: [] }, never, WORLD_LIMITS, [of]);
        expect(sources.every((one) => some.includes(one) && one.includes(':') === (of === 'IPv6'))).toBe(true);
      }),
    );
  });
});
