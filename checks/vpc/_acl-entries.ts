import { worldAllowedBy } from '../../lib/network/acl.ts';
import { FAMILIES } from '../../lib/network/cidr.ts';
import type { NetworkAclEntry } from '../../lib/network/model.ts';

/** An inbound entry that lets the world in, with the ports that it opens: evidence. */
export type OpenEntry = Readonly<{ ruleNumber: number; cidr: string | null; ports: string[] }>;

/** The inbound entries by which the world reaches one of the ports over TCP or UDP, of either family. */
export function worldEntries(entries: readonly NetworkAclEntry[], ports: readonly number[]): OpenEntry[] {
  const open = new Map<NetworkAclEntry, string[]>();
  for (const port of ports) {
    for (const transport of ['tcp', 'udp'] as const) {
      for (const family of FAMILIES) {
        const entry = worldAllowedBy(entries, transport, port, family);
        if (entry) open.set(entry, [...(open.get(entry) ?? []), `${transport} ${port}`]);
      }
    }
  }
  return [...open].map(([{ ruleNumber, cidr, ipv6Cidr }, opened]) => ({
    ruleNumber,
    cidr: cidr ?? ipv6Cidr,
    ports: opened,
  }));
}
