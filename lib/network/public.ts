import { excludeCidr, parseCidr } from 'cidr-tools';
import { addressCount, BITS, type Network, ofFamily, parseNetwork } from './cidr.ts';
import type { Family } from './model.ts';

// Addresses that nobody on the internet sends from: special purpose (RFC 6890), multicast and class E.
const NOT_PUBLIC_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

// IPv6: global unicast without documentation (RFC 3849, RFC 9637). Unique local, link-local, multicast and mapped IPv4 lie outside.
const PUBLIC: Readonly<Record<Family, string[]>> = {
  IPv4: excludeCidr('0.0.0.0/0', NOT_PUBLIC_IPV4),
  IPv6: excludeCidr('2000::/3', ['2001:db8::/32', '3fff::/20']),
};
const RANGES = { IPv4: PUBLIC.IPv4.map(parseCidr), IPv6: PUBLIC.IPv6.map(parseCidr) };
const SIZE = { IPv4: addressCount(PUBLIC.IPv4), IPv6: addressCount(PUBLIC.IPv6) };
const NOT_PUBLIC_SIZE = { IPv4: addressCount(['0.0.0.0/0']) - SIZE.IPv4, IPv6: addressCount(['::/0']) - SIZE.IPv6 };

/** Does the CIDR, or bare address, hold an address of the public internet? Throws Unknown for text that is neither. */
export function hasPublicAddress(cidr: string): boolean {
  const { family } = parseNetwork(cidr);
  const { start, end } = parseCidr(cidr);
  return RANGES[family].some((range) => range.start <= end && start <= range.end);
}

/**
 * How many public addresses of one family the CIDRs hold together; those of the other family count nothing.
 * Throws Unknown for text that is no CIDR.
 */
function publicAddressCount(cidrs: readonly string[], family: Family): bigint {
  return SIZE[family] - addressCount(excludeCidr(PUBLIC[family], ofFamily(cidrs, family)));
}

/** Is each public address of the CIDR in one of the others, all of one family? Throws Unknown for text that is no CIDR. */
export function isPublicPartWithin(cidr: string, others: readonly string[], family: Family): boolean {
  const atLeast = addressCount([cidr]) - NOT_PUBLIC_SIZE[family];
  // Fewer addresses than the CIDR has cannot hold it: told without a union, which costs far more.
  if (addressCount(others) < atLeast) return false;
  return publicAddressCount([...others, cidr], family) === publicAddressCount(others, family);
}

/** The share, 0 to 1, of a family's public addresses that the CIDRs hold together. As `publicAddressCount`. */
export function publicShare(cidrs: readonly string[], family: Family): number {
  return shareOf(publicAddressCount(cidrs, family), family);
}

/** Does `publicShare` reach the ratio? Mostly told from the sizes alone, which cost far less than a union. */
export function coversPublicShare(networks: readonly Network[], family: Family, ratio: number): boolean {
  let atMost = 0;
  for (const network of networks) {
    if (network.family === family) atMost += 2 ** (BITS[family] - network.prefix);
  }
  // Sums of IPv6 sizes are rounded, so the shortcut keeps well away from the ratio.
  if (atMost < (ratio / 2) * Number(SIZE[family])) return false;
  const cidrs = networks.map((network) => network.cidr);
  return publicShare(cidrs, family) >= ratio;
}

function shareOf(count: bigint, family: Family): number {
  return Number(count) / Number(SIZE[family]);
}
