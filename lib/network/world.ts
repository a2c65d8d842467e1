import { FAMILIES, type Network, parseNetwork, readNetwork } from './cidr.ts';
import type { Family, PrefixListEntries } from './model.ts';
import { coversPublicShare, hasPublicAddress } from './public.ts';

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
 * no public address at all. Host bits are ignored, as AWS ignores them. Throws Unknown for text that is no CIDR.
 */
export function isWorld(cidr: string, limits: WorldLimits = WORLD_LIMITS): boolean {
  return isWorldNetwork(parseNetwork(cidr), limits);
}

/** Where something may come from or go to. */
export interface Ends {
  readonly cidrs: readonly string[];
  readonly prefixLists: readonly string[];
}

/**
 * The CIDRs through which the ends are the whole internet: those that are it alone, else all of a family when together they cover
 * enough of it, else none. Prefix lists are opened only when the CIDRs do not decide. Throws Unknown for text that is no CIDR,
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
  const listed = [...new Set(ends.prefixLists)].flatMap((id) => prefixListEntries(id));
  return worldOf([...ends.cidrs, ...listed], limits, families);
}

function worldOf(cidrs: readonly string[], limits: WorldLimits, families: readonly Family[]): string[] {
  const networks: Network[] = [];
  const odd: string[] = [];
  for (const cidr of new Set(cidrs)) {
    const network = readNetwork(cidr);
    if (!network) odd.push(cidr);
    else if (families.includes(network.family)) networks.push(network);
  }
  const alone = networks.filter((network) => isWorldNetwork(network, limits));
  if (alone.length > 0) return alone.map((network) => network.cidr);
  // One odd CIDR must not hide another that is the world, so oddness counts only now.
  for (const cidr of odd) parseNetwork(cidr);
  return families.flatMap((family) => worldTogether(networks, family, limits));
}

function worldTogether(networks: readonly Network[], family: Family, limits: WorldLimits): string[] {
  if (!coversPublicShare(networks, family, limits.worldCoverageRatio)) return [];
  return networks.filter((network) => network.family === family).map((network) => network.cidr);
}

function isWorldNetwork({ cidr, family, prefix }: Network, limits: WorldLimits): boolean {
  if (prefix === 0) return true;
  const below = family === 'IPv4' ? limits.worldIpv4PrefixBelow : limits.worldIpv6PrefixBelow;
  return prefix < below && hasPublicAddress(cidr);
}
