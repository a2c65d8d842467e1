import { coversPublicShare, FAMILIES, hasPublicAddress, ofFamily, parseNetwork, readNetwork } from './cidr.ts';
import type { Family, PrefixListEntries } from './model.ts';

/** From where on a set of addresses counts as the whole internet. Checks offer these as params. */
export interface WorldLimits {
  /** An IPv4 CIDR with a shorter prefix is the world. */
  readonly worldIpv4PrefixBelow: number;
  /** An IPv6 CIDR with a shorter prefix is the world. */
  readonly worldIpv6PrefixBelow: number;
  /** CIDRs that together cover this share (0 to 1) of a family's public addresses are the world. */
  readonly worldCoverageRatio: number;
}

/** The defaults: /8 and /32 are the limits of S3 itself for a public aws:SourceIp. */
export const WORLD_LIMITS: WorldLimits = {
  worldIpv4PrefixBelow: 8,
  worldIpv6PrefixBelow: 32,
  worldCoverageRatio: 0.5,
};

/**
 * Is this one CIDR, of either family, the whole internet? Every /0 is, and so is a shorter prefix than the limit unless it holds
 * no public address at all. Host bits are ignored, as AWS ignores them. Throws an Error for text that is no CIDR.
 */
export function isWorld(cidr: string, limits: WorldLimits = WORLD_LIMITS): boolean {
  const { family, prefix } = parseNetwork(cidr);
  if (prefix === 0) return true;
  const below = family === 'IPv4' ? limits.worldIpv4PrefixBelow : limits.worldIpv6PrefixBelow;
  return prefix < below && hasPublicAddress(cidr);
}

/** Where something may come from or go to. */
export interface Ends {
  readonly cidrs: readonly string[];
  readonly prefixLists: readonly string[];
}

/**
 * The CIDRs through which the ends are the whole internet: those that are it alone, else all of a family when together they cover
 * enough of it, else none. Prefix lists are opened only when the CIDRs do not decide. Throws an Error for text that is no CIDR,
 * unless another CIDR decides.
 */
export function worldAmong(
  ends: Ends,
  prefixListEntries: PrefixListEntries,
  limits: WorldLimits = WORLD_LIMITS,
  families: readonly Family[] = FAMILIES,
): string[] {
  const direct = worldOf(ends.cidrs, limits, families);
  if (direct.length > 0 || ends.prefixLists.length === 0) return direct;
  const listed = [...new Set(ends.prefixLists)].flatMap(prefixListEntries);
  return worldOf([...ends.cidrs, ...listed], limits, families);
}

function worldOf(cidrs: readonly string[], limits: WorldLimits, families: readonly Family[]): string[] {
  const distinct = [...new Set(cidrs)];
  const alone = distinct.filter((cidr) => isReadable(cidr, families) && isWorld(cidr, limits));
  if (alone.length > 0) return alone;
  return families.flatMap((family) => {
    const together = ofFamily(distinct, family);
    return coversPublicShare(together, family, limits.worldCoverageRatio) ? together : [];
  });
}

/** One odd CIDR must not hide another that is the world, so oddness counts only when nothing decides. */
function isReadable(cidr: string, families: readonly Family[]): boolean {
  const network = readNetwork(cidr);
  return network !== undefined && families.includes(network.family);
}
