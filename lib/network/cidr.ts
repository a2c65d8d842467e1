import { excludeCidr, parseCidr } from 'cidr-tools';
import type { Family } from './model.ts';

export const FAMILIES: readonly Family[] = ['IPv4', 'IPv6'];

export interface Network {
  readonly family: Family;
  /** The length of the prefix in bits; that of a bare address is the whole address. */
  readonly prefix: number;
}

const BITS = { IPv4: 32, IPv6: 128 } as const;
const EVERYTHING: Readonly<Record<string, Network>> = {
  '0.0.0.0/0': { family: 'IPv4', prefix: 0 },
  '::/0': { family: 'IPv6', prefix: 0 },
};

// Addresses that nobody on the internet sends from: the registries of RFC 6890 (special purpose), multicast and class E.
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
// Global unicast without documentation (RFC 3849, RFC 9637). Unique local, link-local, multicast and mapped IPv4 lie outside of it.
const PUBLIC: Readonly<Record<Family, string[]>> = {
  IPv4: excludeCidr('0.0.0.0/0', NOT_PUBLIC_IPV4),
  IPv6: excludeCidr('2000::/3', ['2001:db8::/32', '3fff::/20']),
};
// Read once: asked of every address of an interface.
const PUBLIC_RANGES = { IPv4: PUBLIC.IPv4.map(parseCidr), IPv6: PUBLIC.IPv6.map(parseCidr) };
const PUBLIC_SIZE = { IPv4: addressCount(PUBLIC.IPv4), IPv6: addressCount(PUBLIC.IPv6) };

// cidr-tools reads '300.1.2.3/8', 'a.b' and '10.0.0.0/99' as networks, so text is checked before it gets there.
const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const IPV6_LETTERS = /^[\da-f:.]+$/i;
const PREFIX = /^(?:0|[1-9]\d{0,2})$/;

// The same few CIDRs are asked about for every port; distinct ones in large accounts must not pile up.
const CACHE_SIZE = 10_000;
const cache = new Map<string, Network | undefined>();

/** Reads a CIDR or a bare address of either family; host bits may be set. Undefined for any other text. */
export function readNetwork(cidr: string): Network | undefined {
  const everything = EVERYTHING[cidr];
  if (everything) return everything;
  const cached = cache.get(cidr);
  if (cached || cache.has(cidr)) return cached;
  if (cache.size === CACHE_SIZE) cache.clear();
  const network = parse(cidr);
  cache.set(cidr, network);
  return network;
}

/** As `readNetwork`, and throws an Error for text that is no CIDR: it cannot be told what it lets in. */
export function parseNetwork(cidr: string): Network {
  const network = readNetwork(cidr);
  if (!network) throw new Error(`not a CIDR: ${JSON.stringify(cidr)}`);
  return network;
}

/** The CIDRs of one family. Throws for text that is no CIDR. */
export function ofFamily(cidrs: readonly string[], family: Family): string[] {
  return cidrs.filter((cidr) => parseNetwork(cidr).family === family);
}

/** Does the CIDR hold an address of the public internet? Throws for text that is no CIDR. */
export function hasPublicAddress(cidr: string): boolean {
  const { family } = parseNetwork(cidr);
  const { start, end } = parseCidr(cidr);
  return PUBLIC_RANGES[family].some((range) => range.start <= end && start <= range.end);
}

/** How many addresses of the public internet the CIDRs of one family hold together. */
export function publicAddressCount(cidrs: readonly string[], family: Family): bigint {
  return PUBLIC_SIZE[family] - addressCount(excludeCidr(PUBLIC[family], ofFamily(cidrs, family)));
}

/**
 * The share, 0 to 1, of the family's public addresses that the union of the CIDRs covers; CIDRs of the other family count nothing.
 * Throws for text that is no CIDR.
 */
export function publicShare(cidrs: readonly string[], family: Family): number {
  return shareOf(publicAddressCount(cidrs, family), family);
}

/** Does `publicShare` reach the ratio? Mostly answered from the sizes alone, which cost far less than a union. */
export function coversPublicShare(cidrs: readonly string[], family: Family, ratio: number): boolean {
  const atMost = addressCount(ofFamily(cidrs, family));
  return shareOf(atMost, family) >= ratio && publicShare(cidrs, family) >= ratio;
}

function shareOf(count: bigint, family: Family): number {
  return Number(count) / Number(PUBLIC_SIZE[family]);
}

function addressCount(cidrs: readonly string[]): bigint {
  let count = 0n;
  for (const cidr of cidrs) {
    const { family, prefix } = parseNetwork(cidr);
    count += 1n << BigInt(BITS[family] - prefix);
  }
  return count;
}

function parse(cidr: string): Network | undefined {
  const slash = cidr.indexOf('/');
  const address = slash === -1 ? cidr : cidr.slice(0, slash);
  const family = parseFamily(address);
  if (!family) return undefined;
  const prefix = slash === -1 ? BITS[family] : parsePrefix(cidr.slice(slash + 1));
  return prefix <= BITS[family] ? { family, prefix } : undefined;
}

function parseFamily(address: string): Family | undefined {
  if (IPV4.test(address)) return 'IPv4';
  // The URL parser is the strict reader of IPv6 addresses that needs no import.
  if (IPV6_LETTERS.test(address) && URL.canParse(`http://[${address}]`)) return 'IPv6';
  return undefined;
}

function parsePrefix(text: string): number {
  return PREFIX.test(text) ? Number(text) : Number.NaN;
}
