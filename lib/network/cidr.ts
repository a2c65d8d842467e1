import { containsCidr } from 'cidr-tools';
import { unreadable } from '../core/knowledge.ts';
import type { Family } from './model.ts';

export const FAMILIES: readonly Family[] = ['IPv4', 'IPv6'];

export interface Network {
  /** The text that was read. */
  readonly cidr: string;
  readonly family: Family;
  /** The length of the prefix in bits; that of a bare address is the whole address. */
  readonly prefix: number;
}

/** The length of an address. */
export const BITS = { IPv4: 32, IPv6: 128 } as const;
const ALL_OF_IPV4: Network = { cidr: '0.0.0.0/0', family: 'IPv4', prefix: 0 };
const ALL_OF_IPV6: Network = { cidr: '::/0', family: 'IPv6', prefix: 0 };

// cidr-tools takes '300.1.2.3/8', 'a.b' and '10.0.0.0/99' for networks, so text is checked here before it gets there.
const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const IPV6_LETTERS = /^[\da-f:.]+$/i;
const PREFIX = /^(?:0|[1-9]\d{0,2})$/;

// The same few CIDRs are asked about for every port; the distinct ones of a large account must not pile up.
const CACHE_SIZE = 10_000;
const cache = new Map<string, Network | undefined>();

/** Reads a CIDR or a bare address of either family; host bits may be set. Undefined for any other text. */
export function readNetwork(cidr: string): Network | undefined {
  if (cidr === '0.0.0.0/0') return ALL_OF_IPV4;
  if (cidr === '::/0') return ALL_OF_IPV6;
  const cached = cache.get(cidr);
  if (cached || cache.has(cidr)) return cached;
  if (cache.size === CACHE_SIZE) cache.clear();
  const network = parse(cidr);
  cache.set(cidr, network);
  return network;
}

/** As `readNetwork`, and throws Unknown for text that is no CIDR: it cannot be told what it lets in. */
export function parseNetwork(cidr: string): Network {
  return readNetwork(cidr) ?? unreadable(`not a CIDR: ${JSON.stringify(cidr)}`);
}

/** The CIDRs of one family. Throws Unknown for text that is no CIDR. */
export function ofFamily(cidrs: readonly string[], family: Family): string[] {
  return cidrs.filter((cidr) => parseNetwork(cidr).family === family);
}

/** Does one CIDR hold all addresses of another of its family? Throws Unknown for text that is no CIDR. */
export function holds(cidr: string, other: string): boolean {
  const [outer, inner] = [parseNetwork(cidr), parseNetwork(other)];
  return outer.family === inner.family && containsCidr(outer.cidr, inner.cidr);
}

/** How many addresses the CIDRs hold, those that overlap counted each time. Throws Unknown for text that is no CIDR. */
export function addressCount(cidrs: readonly string[]): bigint {
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
  return prefix <= BITS[family] ? { cidr, family, prefix } : undefined;
}

function parseFamily(address: string): Family | undefined {
  if (IPV4.test(address)) return 'IPv4';
  // The platform's URL parser reads IPv6 addresses strictly; a library would be the only other way.
  if (IPV6_LETTERS.test(address) && URL.canParse(`http://[${address}]`)) return 'IPv6';
  return undefined;
}

/** NaN for text that is no length; it fits no family. */
function parsePrefix(text: string): number {
  return PREFIX.test(text) ? Number(text) : Number.NaN;
}
