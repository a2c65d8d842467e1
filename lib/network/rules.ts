import { FAMILIES } from './cidr.ts';
import type { Family, PrefixListEntries, Rule, Transport } from './model.ts';
import { ALL_PORTS, carries, isEveryProtocol, isInRange, LAST_PORT, type PortRange } from './ports.ts';
import { WORLD_LIMITS, worldAmong, type WorldLimits } from './world.ts';

/** The ports that the rule opens for TCP or UDP; undefined for none. Bounds that are absent or -1 are open. */
export function openPorts(rule: Rule, transport: Transport): PortRange | undefined {
  if (!carries(rule, transport)) return undefined;
  if (isEveryProtocol(rule)) return ALL_PORTS;
  return { from: Math.max(rule.fromPort ?? 0, 0), to: isOpen(rule.toPort) ? LAST_PORT : rule.toPort };
}

/** Does the rule let traffic to this port through, whoever sends it? */
export function covers(rule: Rule, transport: Transport, port: number): boolean {
  const ports = openPorts(rule, transport);
  return ports !== undefined && isInRange(port, ports);
}

/** Does the rule open all ports, or a range of at least `minWidth` ports, which is as good as all? */
export function coversAllPorts(rule: Rule, transport: Transport, minWidth: number): boolean {
  const ports = openPorts(rule, transport);
  return ports !== undefined && ports.to - ports.from + 1 >= Math.min(minWidth, LAST_PORT + 1);
}

/**
 * Parts all ports of TCP or UDP where a rule begins or ends to open ports, in order: the ports of one part are under the same rules.
 * Each of `alone` is a part of its own.
 */
export function portParts(rules: readonly Rule[], transport: Transport, alone: readonly number[]): PortRange[] {
  const ranges = rules.flatMap((rule) => openPorts(rule, transport) ?? []);
  const starts = [0, ...ranges.flatMap(({ from, to }) => [from, to + 1]), ...alone.flatMap((port) => [port, port + 1])];
  const inOrder = [...new Set(starts)].filter((port) => port <= LAST_PORT).toSorted((a, b) => a - b);
  return inOrder.map((from, index) => ({ from, to: (inOrder[index + 1] ?? LAST_PORT + 1) - 1 }));
}

/**
 * The CIDRs through which the world reaches a port under these rules together; empty when it does not. Rules of several groups of
 * one interface may be passed as one list, since groups only ever add. For the reading of prefix lists and odd CIDRs see `worldAmong`.
 */
export function worldSources(
  rules: readonly Rule[],
  transport: Transport,
  port: number,
  prefixListEntries: PrefixListEntries,
  limits: WorldLimits = WORLD_LIMITS,
  families: readonly Family[] = FAMILIES,
): string[] {
  const open = rules.filter((rule) => covers(rule, transport, port));
  return worldSourcesOf(open, prefixListEntries, limits, families);
}

/** The CIDRs through which the world reaches all ports (see `coversAllPorts`) of TCP or UDP; empty when it does not. */
export function worldSourcesOfAllPorts(
  rules: readonly Rule[],
  transport: Transport,
  minWidth: number,
  prefixListEntries: PrefixListEntries,
  limits: WorldLimits = WORLD_LIMITS,
): string[] {
  const open = rules.filter((rule) => coversAllPorts(rule, transport, minWidth));
  return worldSourcesOf(open, prefixListEntries, limits);
}

/** The CIDRs through which the sources of these rules are the world, whatever the rules open. */
export function worldSourcesOf(
  rules: readonly Rule[],
  prefixListEntries: PrefixListEntries,
  limits: WorldLimits = WORLD_LIMITS,
  families: readonly Family[] = FAMILIES,
): string[] {
  if (rules.length === 0) return [];
  const cidrs = rules.flatMap((rule) => [...rule.cidrs, ...rule.ipv6Cidrs]);
  const prefixLists = rules.flatMap((rule) => rule.prefixLists);
  return worldAmong({ cidrs, prefixLists }, prefixListEntries, limits, families);
}

function isOpen(bound: number | null): bound is null {
  return bound === null || bound === -1;
}
