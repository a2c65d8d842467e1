import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { PrefixListEntries, Rule } from '../../lib/network/model.ts';
import {
  covers,
  coversAllPorts,
  openPorts,
  portParts,
  worldSources,
  worldSourcesOf,
  worldSourcesOfAllPorts,
} from '../../lib/network/rules.ts';
import { WORLD_LIMITS } from '../../lib/network/world.ts';
import { ipv4Cidr, ipv6Cidr } from './_arbitraries.ts';
import { mustNotAsk, rule, unknownOf } from './_build.ts';

const ALL = { from: 0, to: 65_535 };
const never = () => mustNotAsk('a prefix list');

/** One /8 for each first octet. */
function eights(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `${from + index}.0.0.0/8`);
}

function sorted(rules: readonly Rule[]): string[] {
  return worldSources(rules, 'tcp', 22, never).toSorted();
}

describe('openPorts', () => {
  it.each([
    ['-1', null, null, ALL, ALL],
    ['-1', 22, 22, ALL, ALL],
    ['tcp', 22, 22, { from: 22, to: 22 }, undefined],
    ['6', 20, 25, { from: 20, to: 25 }, undefined],
    ['udp', 3389, 3389, undefined, { from: 3389, to: 3389 }],
    ['17', 0, 1024, undefined, { from: 0, to: 1024 }],
    ['tcp', null, null, ALL, undefined],
    ['tcp', -1, -1, ALL, undefined],
    ['tcp', -1, 22, { from: 0, to: 22 }, undefined],
    ['tcp', 22, -1, { from: 22, to: 65_535 }, undefined],
    ['tcp', 22, null, { from: 22, to: 65_535 }, undefined],
    ['icmp', -1, -1, undefined, undefined],
    ['icmp', 0, 0, undefined, undefined],
    ['icmp', 8, -1, undefined, undefined],
    ['icmpv6', null, null, undefined, undefined],
    ['1', 22, 22, undefined, undefined],
    ['58', -1, -1, undefined, undefined],
    ['50', null, null, undefined, undefined],
    ['51', null, null, undefined, undefined],
    ['4', null, null, undefined, undefined],
    ['41', null, null, undefined, undefined],
    ['47', null, null, undefined, undefined],
    ['132', null, null, undefined, undefined],
  ])('protocol %s from %s to %s: tcp %j, udp %j', (protocol, fromPort, toPort, tcp, udp) => {
    expect(openPorts(rule({ protocol, fromPort, toPort }), 'tcp')).toEqual(tcp);
    expect(openPorts(rule({ protocol, fromPort, toPort }), 'udp')).toEqual(udp);
  });

  it.each(['', 'all', 'TCP', '-2', '1000', 'sctp'])('cannot tell of protocol %j', (protocol) => {
    expect(unknownOf(() => openPorts(rule({ protocol }), 'tcp'))).toContain(
      `not a protocol of EC2: ${JSON.stringify(protocol)}`,
    );
  });
});

describe('covers', () => {
  it.each([
    ['below', { fromPort: 23, toPort: 25 }, false],
    ['at the lower bound', { fromPort: 22, toPort: 25 }, true],
    ['inside', { fromPort: 20, toPort: 25 }, true],
    ['at the upper bound', { fromPort: 20, toPort: 22 }, true],
    ['above', { fromPort: 20, toPort: 21 }, false],
    ['alone', { fromPort: 22, toPort: 22 }, true],
    ['beside', { fromPort: 23, toPort: 23 }, false],
    ['in a range from 0', { fromPort: 0, toPort: 1024 }, true],
    ['everything', { protocol: '-1', fromPort: null, toPort: null }, true],
    ['another transport', { protocol: 'udp' }, false],
    ['ICMP of type 22', { protocol: 'icmp' }, false],
    ['an inverted range', { fromPort: 25, toPort: 20 }, false],
  ])('port 22 %s: %j is %s', (_name, change, covered) => {
    expect(covers(rule(change), 'tcp', 22)).toBe(covered);
  });
});

describe('coversAllPorts', () => {
  it.each([
    ['-1', null, null, true],
    ['tcp', 0, 65_535, true],
    ['6', 1, 65_535, true],
    ['tcp', 0, 65_534, true],
    ['tcp', null, null, true],
    ['tcp', -1, -1, true],
    ['tcp', 0, 64_999, true],
    ['tcp', 0, 64_998, false],
    ['tcp', 1024, 65_535, false],
    ['tcp', 536, 65_535, true],
    ['tcp', 537, 65_535, false],
    ['tcp', 0, 0, false],
    ['udp', 0, 65_535, false],
    ['icmp', 0, 0, false],
    ['icmp', -1, -1, false],
    ['icmpv6', -1, -1, false],
    ['icmpv6', null, null, false],
    ['50', null, null, false],
    ['47', null, null, false],
  ])('protocol %s from %s to %s: %s', (protocol, fromPort, toPort, all) => {
    expect(coversAllPorts(rule({ protocol, fromPort, toPort }), 'tcp', 65_000)).toBe(all);
  });

  it('holds for UDP and for any width', () => {
    expect(coversAllPorts(rule({ protocol: '17', fromPort: 0, toPort: 65_535 }), 'udp', 65_000)).toBe(true);
    expect(coversAllPorts(rule({ fromPort: 1000, toPort: 1099 }), 'tcp', 100)).toBe(true);
    expect(coversAllPorts(rule({ protocol: '-1' }), 'udp', 1_000_000), 'a width above all ports').toBe(true);
    expect(coversAllPorts(rule({ fromPort: 1, toPort: 65_535 }), 'tcp', 1_000_000)).toBe(false);
  });
});

describe('worldSources', () => {
  const world = { cidrs: ['0.0.0.0/0'] };
  it.each<[string, Rule[], string[]]>([
    ['no rules', [], []],
    ['the world', [rule(world)], ['0.0.0.0/0']],
    ['IPv6 beside a closed IPv4', [rule({ cidrs: ['10.0.0.0/8'], ipv6Cidrs: ['::/0'] })], ['::/0']],
    ['all protocols', [rule({ ...world, protocol: '-1', fromPort: null, toPort: null })], ['0.0.0.0/0']],
    ['protocol 6', [rule({ ...world, protocol: '6' })], ['0.0.0.0/0']],
    ['UDP only', [rule({ ...world, protocol: 'udp' })], []],
    ['another port', [rule({ ...world, fromPort: 443, toPort: 443 })], []],
    ['one of ten CIDRs', [rule({ cidrs: ['10.0.0.0/8', '8.8.8.8/32', '0.0.0.0/0'] })], ['0.0.0.0/0']],
    ['private CIDRs', [rule({ cidrs: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] })], []],
    ['groups only', [rule({ groups: ['sg-2'] })], []],
    [
      'halves in two rules',
      [rule({ cidrs: ['0.0.0.0/1'] }), rule({ cidrs: ['128.0.0.0/1'] })],
      ['0.0.0.0/1', '128.0.0.0/1'],
    ],
    ['2000::/3', [rule({ ipv6Cidrs: ['2000::/3'] })], ['2000::/3']],
    ['host bits', [rule({ cidrs: ['10.1.2.3/8', '10.1.2.3/0'] })], ['10.1.2.3/0']],
  ])('%s', (_name, rules, sources) => {
    expect(worldSources(rules, 'tcp', 22, never)).toEqual(sources);
  });

  it('adds up only what reaches the port', () => {
    const [low, high] = [eights(0, 100), eights(100, 200)];
    const rules = [rule({ cidrs: low }), rule({ cidrs: high, fromPort: 20, toPort: 21 })];
    expect(worldSources(rules, 'tcp', 22, never)).toEqual([]);
    expect(worldSources([...rules, rule({ cidrs: high })], 'tcp', 22, never)).toEqual([...low, ...high]);
  });

  it('opens prefix lists of rules for the port only, and only when CIDRs leave it open', () => {
    const entries = vi.fn<PrefixListEntries>(() => ['0.0.0.0/0']);
    const listed = rule({ prefixLists: ['pl-1'] });
    expect(worldSources([listed, rule(world)], 'tcp', 22, entries)).toEqual(['0.0.0.0/0']);
    expect(worldSources([listed], 'tcp', 443, entries)).toEqual([]);
    expect(entries).not.toHaveBeenCalled();
    expect(worldSources([listed], 'tcp', 22, entries)).toEqual(['0.0.0.0/0']);
    expect(entries.mock.calls).toEqual([['pl-1']]);
  });

  it('takes limits and families', () => {
    const rules = [rule({ cidrs: ['8.0.0.0/10'], ipv6Cidrs: ['::/0'] })];
    const limits = { ...WORLD_LIMITS, worldIpv4PrefixBelow: 16 };
    expect(worldSources(rules, 'tcp', 22, never, limits)).toEqual(['8.0.0.0/10', '::/0']);
    expect(worldSources(rules, 'tcp', 22, never, limits, ['IPv4'])).toEqual(['8.0.0.0/10']);
    expect(worldSources(rules, 'tcp', 22, never, WORLD_LIMITS, ['IPv4'])).toEqual([]);
  });

  const anyRule = fc
    .record({
      protocol: fc.constantFrom('-1', 'tcp', '6', 'udp', '17', 'icmp', '47'),
      fromPort: fc.constantFrom(null, -1, 0, 21, 22, 23),
      toPort: fc.constantFrom(null, -1, 21, 22, 23, 65_535),
      cidrs: fc.array(ipv4Cidr, { maxLength: 3 }),
      ipv6Cidrs: fc.array(ipv6Cidr, { maxLength: 3 }),
    })
    .map((change) => rule(change));
  const anyRules = fc.array(anyRule, { maxLength: 4 });

  it('does not depend on the order of rules, and never closes when a rule is added', () => {
    fc.assert(
      fc.property(anyRules, anyRules, (some, more) => {
        const together = sorted([...some, ...more]);
        expect(sorted([...more, ...some])).toEqual(together);
        expect(together.length > 0 || sorted(some).length === 0).toBe(true);
      }),
    );
  });

  it('reaches every port where it reaches all ports', () => {
    fc.assert(
      fc.property(anyRules, fc.nat({ max: 65_535 }), (rules, port) => {
        const all = worldSourcesOfAllPorts(rules, 'tcp', 65_536, never);
        expect(all.length === 0 || worldSources(rules, 'tcp', port, never).length > 0).toBe(true);
      }),
    );
  });
});

describe('worldSourcesOfAllPorts', () => {
  const wide = { fromPort: 1, toPort: 65_535 };
  it('does not add up protocols, but counts all protocols for each', () => {
    const rules = [rule({ ...wide, cidrs: ['0.0.0.0/1'] }), rule({ ...wide, protocol: 'udp', cidrs: ['128.0.0.0/1'] })];
    const limits = { ...WORLD_LIMITS, worldIpv4PrefixBelow: 1, worldCoverageRatio: 0.9 };
    const everything = rule({ protocol: '-1', cidrs: ['128.0.0.0/1'] });
    expect(worldSourcesOfAllPorts(rules, 'tcp', 65_000, never, limits)).toEqual([]);
    expect(worldSourcesOfAllPorts([...rules, everything], 'tcp', 65_000, never, limits)).toEqual([
      '0.0.0.0/1',
      '128.0.0.0/1',
    ]);
    expect(worldSourcesOfAllPorts([...rules, everything], 'udp', 65_000, never, limits)).toEqual([]);
  });

  it('leaves narrower rules aside', () => {
    expect(worldSourcesOfAllPorts([rule({ cidrs: ['0.0.0.0/0'] })], 'tcp', 65_000, never)).toEqual([]);
    expect(worldSourcesOfAllPorts([rule({ ...wide, prefixLists: ['pl-1'] })], 'tcp', 65_000, () => ['::/0'])).toEqual([
      '::/0',
    ]);
  });
});

describe('worldSourcesOf', () => {
  it('looks at sources only, for protocols without ports', () => {
    const tunnel = rule({ protocol: '47', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] });
    expect(worldSourcesOf([tunnel], never)).toEqual(['0.0.0.0/0']);
    expect(worldSourcesOf([rule({ prefixLists: ['pl-1'] })], () => ['::/0'], WORLD_LIMITS, ['IPv4'])).toEqual([]);
  });
});

describe('portParts', () => {
  const at = (fromPort: number, toPort = fromPort, protocol = 'tcp') => rule({ fromPort, toPort, protocol });
  it.each([
    ['no rule', [], [], ['0-65535']],
    ['one port', [at(22)], [], ['0-21', '22-22', '23-65535']],
    ['overlapping ranges', [at(20, 30), at(25, 40)], [], ['0-19', '20-24', '25-30', '31-40', '41-65535']],
    ['the first and the last port', [at(0), at(65_535)], [], ['0-0', '1-65534', '65535-65535']],
    ['all ports', [at(0, 65_535)], [], ['0-65535']],
    ['every protocol', [rule({ protocol: '-1', fromPort: null, toPort: null })], [80], ['0-79', '80-80', '81-65535']],
    ['the other transport', [at(22, 22, 'udp')], [], ['0-65535']],
    ['ports of their own', [at(80, 81)], [80, 0, 65_535], ['0-0', '1-79', '80-80', '81-81', '82-65534', '65535-65535']],
    ['the same again', [at(22), at(22)], [22], ['0-21', '22-22', '23-65535']],
  ])('%s', (_name, rules, alone, parts) => {
    expect(portParts(rules, 'tcp', alone).map(({ from, to }) => `${from}-${to}`)).toEqual(parts);
  });

  it('hold each port once, and one part lies wholly within each rule or without it', () => {
    const port = fc.nat({ max: 65_535 });
    const range = fc.tuple(port, port).map(([a, b]) => at(Math.min(a, b), Math.max(a, b)));
    fc.assert(
      fc.property(fc.array(range), fc.array(port), (rules, alone) => {
        const parts = portParts(rules, 'tcp', alone);
        expect(parts[0]!.from).toBe(0);
        expect(parts.at(-1)!.to).toBe(65_535);
        for (const [index, part] of parts.entries()) {
          if (index > 0) expect(part.from).toBe(parts[index - 1]!.to + 1);
          for (const one of rules) expect(covers(one, 'tcp', part.from)).toBe(covers(one, 'tcp', part.to));
        }
      }),
    );
  });
});
