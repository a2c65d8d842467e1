/** The shapes of EC2's network that are judged: plain data, as collectors store it. This file imports nothing and does nothing. */

/** As in ManagedPrefixList.AddressFamily. */
export type Family = 'IPv4' | 'IPv6';
export type Transport = 'tcp' | 'udp';

/** One permission of a security group (IpPermission). */
export interface Rule {
  /** As AWS gives it: '-1' for everything, a name (tcp, udp, icmp, icmpv6) or a number in a string. */
  readonly protocol: string;
  /** The first port, or the ICMP type; null where AWS gives none. */
  readonly fromPort: number | null;
  /** The last port, or the ICMP code; null where AWS gives none. */
  readonly toPort: number | null;
  readonly cidrs: readonly string[];
  readonly ipv6Cidrs: readonly string[];
  readonly prefixLists: readonly string[];
  /** Security groups as sources; they are never the world. */
  readonly groups: readonly string[];
}

export interface NetworkAclEntry {
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  /** A number in a string; '-1' for everything. */
  readonly protocol: string;
  readonly fromPort: number | null;
  readonly toPort: number | null;
  /** Exactly one of `cidr` and `ipv6Cidr` is set. */
  readonly cidr: string | null;
  readonly ipv6Cidr: string | null;
}

/** Exactly one of `destination`, `destinationIpv6` and `prefixList` is set. */
export interface Route {
  readonly destination: string | null;
  readonly destinationIpv6: string | null;
  readonly prefixList: string | null;
  readonly gatewayId: string | null;
  readonly state: string;
}

export interface RouteTable {
  readonly id: string;
  readonly vpc: string;
  /** Is it the main route table of its VPC? */
  readonly main: boolean;
  /** The subnets that name this table; gateway (edge) associations are not among them. */
  readonly subnets: readonly string[];
  readonly routes: readonly Route[];
}

export interface Subnet {
  readonly id: string;
  readonly vpc: string;
  /** BlockPublicAccessStates.InternetGatewayBlockMode, in which AWS has taken exclusions into account already; null where absent. */
  readonly internetGatewayBlockMode: string | null;
}

export interface NetworkInterface {
  readonly id: string;
  readonly subnet: string;
  readonly vpc: string;
  readonly groups: readonly string[];
  /** The public IPv4 addresses of all private addresses of the interface. */
  readonly publicIps: readonly string[];
  readonly ipv6Addresses: readonly string[];
}

/**
 * The CIDRs of a prefix list by its id, of either family; none for the lists of AWS itself, which are never the world.
 * It throws where they are not known, and is asked only where the answer depends on it.
 */
export type PrefixListEntries = (id: string) => readonly string[];
