/** S3 calls an aws:SourceIp public when its prefix is shorter than this (Amazon S3: The meaning of "public"). */
const SHORTEST_IPV4 = 8;
const SHORTEST_IPV6 = 32;
const IPV4_SIZE = 2 ** 32;
const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const IPV6_LETTERS = /^[\da-f:]+$/i;
const PREFIX = /^(?:0|[1-9]\d{0,2})$/;

/** An IPv4 network as a range of numbers, the end not included. */
type Range = readonly [start: number, end: number];

/**
 * Do these aws:SourceIp values leave most of the world outside? True when each is a CIDR or an address with a prefix of at least
 * /8 (IPv4) or /32 (IPv6), and the IPv4 ones do not add up to half of the address space. Text that is no CIDR is not narrow.
 */
export function areNarrow(cidrs: readonly string[]): boolean {
  const ranges: Range[] = [];
  for (const cidr of cidrs) {
    const [address = '', prefix, ...rest] = cidr.split('/');
    if (rest.length > 0 || (prefix !== undefined && !PREFIX.test(prefix))) return false;
    if (IPV4.test(address)) {
      const bits = Number(prefix ?? 32);
      if (bits < SHORTEST_IPV4 || bits > 32) return false;
      ranges.push(rangeOf(address, bits));
    } else if (!isNarrowIpv6(address, Number(prefix ?? 128))) {
      return false;
    }
  }
  return sizeOf(ranges) < IPV4_SIZE / 2;
}

function isNarrowIpv6(address: string, bits: number): boolean {
  if (bits < SHORTEST_IPV6 || bits > 128) return false;
  // The platform's URL parser reads IPv6 addresses strictly.
  return IPV6_LETTERS.test(address) && URL.canParse(`http://[${address}]`);
}

function rangeOf(address: string, bits: number): Range {
  const size = 2 ** (32 - bits);
  let number = 0;
  for (const byte of address.split('.')) number = number * 256 + Number(byte);
  const start = number - (number % size);
  return [start, start + size];
}

/** How many addresses the ranges hold together, each counted once. */
function sizeOf(ranges: readonly Range[]): number {
  let size = 0;
  let reached = 0;
  for (const [start, end] of ranges.toSorted((one, other) => one[0] - other[0])) {
    size += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return size;
}
