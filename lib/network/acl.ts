import { unreadable } from '../core/knowledge.ts';
import { parseNetwork } from './cidr.ts';
import type { Family, NetworkAclEntry, Transport } from './model.ts';
import { carries, isEveryProtocol, isInRange } from './ports.ts';
import { isPublicPartWithin } from './public.ts';
import { isWorld, WORLD_LIMITS, type WorldLimits } from './world.ts';

/**
 * The inbound entry by which a network ACL lets the world reach a port; undefined when it does not. Entries count in the order of
 * their numbers. An allow for the world decides, unless earlier denies for that port leave no public address of it.
 * Allows that are not the world alone never decide: with at most 40 entries they cannot add up to it under the default limits.
 * Throws Unknown for an entry before the decision that cannot be read.
 */
export function worldAllowedBy(
  entries: readonly NetworkAclEntry[],
  transport: Transport,
  port: number,
  family: Family,
  limits: WorldLimits = WORLD_LIMITS,
): NetworkAclEntry | undefined {
  const denied: string[] = [];
  for (const entry of entries.toSorted((a, b) => a.ruleNumber - b.ruleNumber)) {
    if (entry.egress) continue;
    const cidr = cidrOf(entry, family);
    if (cidr === null || !appliesTo(entry, transport, port)) continue;
    if (entry.action === 'deny') denied.push(cidr);
    else if (isWorld(cidr, limits) && !isPublicPartWithin(cidr, denied, family)) return entry;
  }
  return undefined;
}

function appliesTo(entry: NetworkAclEntry, transport: Transport, port: number): boolean {
  if (!carries(entry, transport)) return false;
  if (isEveryProtocol(entry)) return true;
  const { fromPort, toPort } = entry;
  // AWS requires a range for TCP and UDP, and documents no meaning for its absence.
  if (fromPort === null || toPort === null) unreadable(`network ACL entry ${entry.ruleNumber} has no port range`);
  return isInRange(port, { from: fromPort, to: toPort });
}

function cidrOf(entry: NetworkAclEntry, family: Family): string | null {
  if (entry.cidr === null && entry.ipv6Cidr === null) unreadable(`network ACL entry ${entry.ruleNumber} has no CIDR`);
  const cidr = family === 'IPv4' ? entry.cidr : entry.ipv6Cidr;
  if (cidr !== null) parseNetwork(cidr);
  return cidr;
}
