import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worldAllowedBy } from '../../lib/network/acl.ts';
import type { NetworkAclEntry } from '../../lib/network/model.ts';
import { WORLD_LIMITS } from '../../lib/network/world.ts';
import { wideIpv4Cidr } from './_arbitraries.ts';
import { entry, unknownOf } from './_build.ts';

const EVERYTHING = { protocol: '-1', fromPort: null, toPort: null };
const deny = (change: Partial<NetworkAclEntry> = {}) => entry({ ruleNumber: 90, action: 'deny', ...change });
const LAST = deny({ ...EVERYTHING, ruleNumber: 32_767 });
const LAST_IPV6 = deny({ ...EVERYTHING, ruleNumber: 32_768, ipv6Cidr: '::/0' });

function isOpen(entries: readonly NetworkAclEntry[]): boolean {
  return worldAllowedBy(entries, 'tcp', 22, 'IPv4') !== undefined;
}

describe('worldAllowedBy', () => {
  it.each<[string, NetworkAclEntry[], number | undefined]>([
    ['no entries', [], undefined],
    ['the last deny only', [LAST, LAST_IPV6], undefined],
    ['the default ACL', [entry({ ...EVERYTHING }), LAST], 100],
    ['an allow', [entry()], 100],
    ['a range', [entry({ fromPort: 0, toPort: 1024 })], 100],
    ['the lower bound', [entry({ fromPort: 22, toPort: 30 })], 100],
    ['above', [entry({ fromPort: 23, toPort: 30 })], undefined],
    ['below', [entry({ fromPort: 0, toPort: 21 })], undefined],
    ['UDP', [entry({ protocol: '17' })], undefined],
    ['ICMP without ports', [entry({ protocol: '1', fromPort: null, toPort: null })], undefined],
    ['another protocol', [entry({ protocol: '47', fromPort: null, toPort: null })], undefined],
    ['outbound', [entry({ egress: true })], undefined],
    ['a narrow CIDR', [entry({ cidr: '8.8.0.0/16' })], undefined],
    ['a private CIDR', [entry({ cidr: '10.0.0.0/8' })], undefined],
    ['half of the world', [entry({ cidr: '0.0.0.0/1' })], 100],
    ['an earlier deny of the port', [entry({ ...EVERYTHING }), deny(), LAST], undefined],
    ['an earlier deny of everything', [deny(EVERYTHING), entry()], undefined],
    ['an earlier deny of a range', [deny({ fromPort: 0, toPort: 1024 }), entry()], undefined],
    ['an earlier deny of another port', [deny({ fromPort: 3389, toPort: 3389 }), entry(EVERYTHING)], 100],
    ['an earlier deny of UDP', [deny({ protocol: '17' }), entry(EVERYTHING)], 100],
    ['an earlier outbound deny', [deny({ egress: true }), entry()], 100],
    ['an earlier deny of IPv6', [deny({ ipv6Cidr: '::/0' }), entry()], 100],
    ['a later deny', [deny({ ruleNumber: 110 }), entry()], 100],
    ['a deny of one network', [deny({ cidr: '8.8.8.0/24' }), entry()], 100],
    ['a deny of half', [deny({ cidr: '0.0.0.0/1' }), entry()], 100],
    ['a deny of the half that is allowed', [deny({ cidr: '0.0.0.0/1' }), entry({ cidr: '64.0.0.0/2' })], undefined],
    [
      'denies of both halves',
      [deny({ cidr: '0.0.0.0/1' }), deny({ ruleNumber: 91, cidr: '128.0.0.0/1' }), entry()],
      undefined,
    ],
    ['a deny of half beside an allow of half', [deny({ cidr: '128.0.0.0/1' }), entry({ cidr: '0.0.0.0/1' })], 100],
    [
      'denies of all that is public',
      [
        deny({ cidr: '0.0.0.0/1' }),
        deny({ ruleNumber: 91, cidr: '128.0.0.0/2' }),
        deny({ ruleNumber: 92, cidr: '192.0.0.0/3' }),
        entry(),
      ],
      undefined,
    ],
    ['a deny, then a second allow', [entry({ ruleNumber: 80 }), deny(), entry()], 80],
    ['a cancelled allow, then none', [deny(), entry(), entry({ ruleNumber: 120, cidr: '0.0.0.0/1' })], undefined],
    [
      'a deny between two halves',
      [deny({ cidr: '0.0.0.0/1' }), entry({ cidr: '0.0.0.0/1' }), entry({ ruleNumber: 110, cidr: '128.0.0.0/1' })],
      110,
    ],
    ['numbers out of order', [entry({ ruleNumber: 200 }), deny({ ruleNumber: 1000 }), entry({ ruleNumber: 30 })], 30],
  ])('%s', (_name, entries, ruleNumber) => {
    const before = structuredClone(entries);
    expect(worldAllowedBy(entries, 'tcp', 22, 'IPv4')?.ruleNumber).toBe(ruleNumber);
    expect(worldAllowedBy(entries.toReversed(), 'tcp', 22, 'IPv4')?.ruleNumber).toBe(ruleNumber);
    expect(entries).toEqual(before);
  });

  it('judges the families apart', () => {
    const entries = [deny(), entry({ ruleNumber: 101, ipv6Cidr: '::/0' }), entry(), LAST, LAST_IPV6];
    expect(worldAllowedBy(entries, 'tcp', 22, 'IPv4')).toBeUndefined();
    expect(worldAllowedBy(entries, 'tcp', 22, 'IPv6')?.ruleNumber).toBe(101);
    const denied = [deny({ ipv6Cidr: '2000::/3' }), ...entries];
    expect(worldAllowedBy(denied, 'tcp', 22, 'IPv6')).toBeUndefined();
  });

  it('judges UDP', () => {
    expect(
      worldAllowedBy([entry({ protocol: '17', fromPort: 3389, toPort: 3389 })], 'udp', 3389, 'IPv4')?.ruleNumber,
    ).toBe(100);
    expect(worldAllowedBy([entry()], 'udp', 22, 'IPv4')).toBeUndefined();
  });

  it('takes limits', () => {
    const entries = [entry({ cidr: '8.0.0.0/10' })];
    expect(worldAllowedBy(entries, 'tcp', 22, 'IPv4')).toBeUndefined();
    expect(worldAllowedBy(entries, 'tcp', 22, 'IPv4', { ...WORLD_LIMITS, worldIpv4PrefixBelow: 11 })?.ruleNumber).toBe(
      100,
    );
  });

  it.each<[string, Partial<NetworkAclEntry>, string]>([
    ['without CIDR', { cidr: null }, 'network ACL entry 90 has no CIDR'],
    ['with an odd CIDR', { cidr: 'odd' }, 'not a CIDR: "odd"'],
    ['without a first port', { fromPort: null }, 'network ACL entry 90 has no port range'],
    ['without a last port', { toPort: null }, 'network ACL entry 90 has no port range'],
    ['with an odd protocol', { protocol: 'odd' }, 'not a protocol of EC2: "odd"'],
  ])('cannot tell past an entry %s', (_name, change, message) => {
    for (const action of ['allow', 'deny'] as const) {
      const odd = entry({ ruleNumber: 90, action, ...change });
      expect(unknownOf(() => worldAllowedBy([odd, entry()], 'tcp', 22, 'IPv4'))).toContain(message);
      expect(worldAllowedBy([odd, entry({ ruleNumber: 80 })], 'tcp', 22, 'IPv4')?.ruleNumber).toBe(80);
      expect(worldAllowedBy([{ ...odd, egress: true }], 'tcp', 22, 'IPv4')).toBeUndefined();
    }
  });

  const anyEntry = fc
    .record({
      ruleNumber: fc.integer({ min: 1, max: 32_766 }),
      egress: fc.boolean(),
      action: fc.constantFrom('allow' as const, 'deny' as const),
      protocol: fc.constantFrom('-1', '6', '17'),
      fromPort: fc.constantFrom(0, 22, 23),
      toPort: fc.constantFrom(22, 1024),
      cidr: fc.oneof(wideIpv4Cidr, fc.constant('0.0.0.0/0')),
    })
    .map((change) => entry(change));
  const anyEntries = fc.uniqueArray(anyEntry, { maxLength: 6, selector: (one) => one.ruleNumber });

  it('never closes when an allow is added, and never opens when a deny is added', () => {
    fc.assert(
      fc.property(anyEntries, anyEntry, (entries, more) => {
        const [before, after] = [isOpen(entries), isOpen([...entries, more])];
        expect(more.action === 'allow' ? after || !before : before || !after).toBe(true);
      }),
    );
  });

  it('does not depend on the order in which entries come', () => {
    fc.assert(
      fc.property(
        anyEntries.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(worldAllowedBy(shuffled, 'tcp', 22, 'IPv4')).toEqual(worldAllowedBy(entries, 'tcp', 22, 'IPv4'));
        },
      ),
    );
  });

  it('is decided by an allow for the port that no deny of everything precedes', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const found = worldAllowedBy(entries, 'tcp', 22, 'IPv4');
        if (!found) return;
        expect(found).toMatchObject({ action: 'allow', egress: false });
        const closed = [...entries, deny({ ...EVERYTHING, ruleNumber: found.ruleNumber - 0.5 })];
        expect(worldAllowedBy(closed, 'tcp', 22, 'IPv4')).toBeUndefined();
      }),
    );
  });
});
