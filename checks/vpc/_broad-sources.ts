import { witnesses } from '../../lib/core/knowledge.ts';
import { ofFamily, parseNetwork } from '../../lib/network/cidr.ts';
import type { PrefixListEntries, Rule } from '../../lib/network/model.ts';
import { hasPublicAddress, isPublicPartWithin } from '../../lib/network/public.ts';
import { isWorld, WORLD_LIMITS, type WorldLimits } from '../../lib/network/world.ts';

interface BroadLimits extends Omit<WorldLimits, 'worldCoverageRatio'> {
  /** The shortest prefixes that are narrow enough. */
  readonly maxIpv4Prefix: number;
  readonly maxIpv6Prefix: number;
  /** Public ranges that may be broad. */
  readonly trustedCidrs: readonly string[];
}

/** The public sources of the rules that are broader than the limits, but not the world. Entries of prefix lists count like others. */
export function broadSources(rules: readonly Rule[], limits: BroadLimits, entriesOf: PrefixListEntries): string[] {
  const cidrs = rules.flatMap((rule) => [...rule.cidrs, ...rule.ipv6Cidrs]);
  const lists = new Set(rules.flatMap((rule) => rule.prefixLists));
  const broadOf = (some: readonly string[]) => some.filter((cidr) => isBroad(cidr, limits));
  const origins = [() => broadOf(cidrs), ...[...lists].map((id) => () => broadOf(entriesOf(id)))];
  return [...new Set(witnesses(origins, (broad) => broad().length > 0).flatMap((broad) => broad()))];
}

function isBroad(cidr: string, limits: BroadLimits): boolean {
  const { family, prefix } = parseNetwork(cidr);
  if (prefix >= (family === 'IPv4' ? limits.maxIpv4Prefix : limits.maxIpv6Prefix)) return false;
  if (!hasPublicAddress(cidr) || isWorld(cidr, { ...WORLD_LIMITS, ...limits })) return false;
  return !isPublicPartWithin(cidr, ofFamily(limits.trustedCidrs, family), family);
}
