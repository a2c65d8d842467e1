import * as fc from 'fast-check';

const ipv4Address = fc
  .nat({ max: 0xffff_ffff })
  .map((n) => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.'));
const ipv6Address = fc
  .array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => group.toString(16)).join(':'));

/** Host bits are set as they come; short prefixes are as frequent as long ones. */
export const ipv4Cidr = fc.tuple(ipv4Address, fc.nat({ max: 32 })).map(([address, prefix]) => `${address}/${prefix}`);
export const ipv6Cidr = fc.tuple(ipv6Address, fc.nat({ max: 128 })).map(([address, prefix]) => `${address}/${prefix}`);
export const cidr = fc.oneof(ipv4Cidr, ipv6Cidr);
/** Wide ones, so that unions and denies matter. */
export const wideIpv4Cidr = fc
  .tuple(ipv4Address, fc.nat({ max: 3 }))
  .map(([address, prefix]) => `${address}/${prefix}`);
export const family = fc.constantFrom('IPv4' as const, 'IPv6' as const);
