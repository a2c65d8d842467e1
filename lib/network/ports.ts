import { unreadable } from '../core/knowledge.ts';
import type { Transport } from './model.ts';

const EVERYTHING = '-1';
const NUMBERS: Readonly<Record<Transport, string>> = { tcp: '6', udp: '17' };
const OTHER_NAMES = ['tcp', 'udp', 'icmp', 'icmpv6'];
const NUMBER = /^\d{1,3}$/;

export const LAST_PORT = 65_535;

/** Both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}
export const ALL_PORTS: PortRange = { from: 0, to: LAST_PORT };

/** What a rule says about protocol and ports, in a security group or a network ACL. */
export interface PortFilter {
  readonly protocol: string;
  readonly fromPort: number | null;
  readonly toPort: number | null;
}

/** Does the filter speak of every protocol? AWS then gives no ports, and ignores those that were asked for. */
export function isEveryProtocol(filter: PortFilter): boolean {
  return filter.protocol === EVERYTHING;
}

/**
 * Does the filter let TCP, or UDP, through? AWS names protocols ('tcp') or numbers them ('6'); all others, ICMP first, have no ports.
 * Throws Unknown for a protocol that is neither a number nor a name of EC2's.
 */
export function carries(filter: PortFilter, transport: Transport): boolean {
  const { protocol } = filter;
  if (isEveryProtocol(filter) || protocol === transport || protocol === NUMBERS[transport]) return true;
  if (OTHER_NAMES.includes(protocol) || NUMBER.test(protocol)) return false;
  return unreadable(`not a protocol of EC2: ${JSON.stringify(protocol)}`);
}

export function isInRange(port: number, range: PortRange): boolean {
  return range.from <= port && port <= range.to;
}
