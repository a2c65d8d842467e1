import { required } from '../core/knowledge.ts';
import { attempt, Unknown } from '../core/view.ts';
import { worldAllowedBy } from './acl.ts';
import { FAMILIES } from './cidr.ts';
import type {
  Family,
  NetworkAclEntry,
  NetworkInterface,
  PrefixListEntries,
  RouteTable,
  Rule,
  Subnet,
  Transport,
} from './model.ts';
import { hasPublicAddress } from './public.ts';
import { internetGatewayOfSubnet } from './routes.ts';
import { worldSources } from './rules.ts';
import { WORLD_LIMITS, type WorldLimits } from './world.ts';

/**
 * What surrounds interfaces, looked up only when the answer depends on it. A lookup may throw where something could not be read;
 * undefined means that it is not there, and is unknown as well, since every interface has all of these.
 */
export interface Routing {
  readonly subnet: (id: string) => Subnet | undefined;
  /** At least all route tables of the VPC. */
  readonly routeTables: (vpc: string) => readonly RouteTable[];
  readonly prefixListEntries: PrefixListEntries;
}
export interface Surroundings extends Routing {
  /** The entries of the network ACL that is associated with the subnet. */
  readonly aclEntries: (subnet: string) => readonly NetworkAclEntry[] | undefined;
  /** The inbound rules of a security group. */
  readonly rules: (group: string) => readonly Rule[] | undefined;
}

/** How the internet reaches a port of an interface: evidence. */
export interface InternetPath {
  readonly family: Family;
  readonly addresses: readonly string[];
  readonly gateway: string;
  /** The number of the network ACL entry that lets the world in. */
  readonly aclRule: number;
  /** The CIDRs in security groups that let the world in. */
  readonly sources: readonly string[];
}

/** The addresses of an interface that the internet could route to. */
export function internetAddresses(networkInterface: NetworkInterface, family: Family): readonly string[] {
  if (family === 'IPv4') return networkInterface.publicIps;
  return networkInterface.ipv6Addresses.filter(hasPublicAddress);
}

/**
 * The internet gateway that carries traffic to a public address, of either family, of an interface; undefined when none does.
 * What filters the traffic is left aside. A part that decides and is not known is thrown as Unknown.
 */
export function internetGatewayOfInterface(
  networkInterface: NetworkInterface,
  surroundings: Routing,
  limits: WorldLimits = WORLD_LIMITS,
): string | undefined {
  return first(waysAround(surroundings), (around) =>
    first(FAMILIES, (family) => gatewayOf(networkInterface, family, around, limits)),
  );
}

/**
 * The way on which the world reaches a port of an interface: a public address, a subnet that an internet gateway serves, a network ACL
 * and security groups that let the world in, all of one family. Undefined when there is none. An interface without security groups
 * (a NAT gateway, a Network Load Balancer without groups) is not reached through any.
 * A part that decides and is not known is thrown as Unknown. What does not depend on the port is found out once.
 */
export function reachableFromInternet(
  networkInterface: NetworkInterface,
  surroundings: Surroundings,
  limits: WorldLimits = WORLD_LIMITS,
): (transport: Transport, port: number) => InternetPath | undefined {
  const ways = waysAround(surroundings).map((around) => ({
    around,
    gatewayIn: remembered((family: Family) => gatewayOf(networkInterface, family, around, limits)),
  }));
  return (transport, port) =>
    first(ways, ({ around, gatewayIn }) =>
      first(FAMILIES, (family) => {
        const gateway = gatewayIn(family);
        if (gateway === undefined) return undefined;
        return pathOf(networkInterface, around, { transport, port, family, gateway }, limits);
      }),
    );
}

/** Entries of prefix lists only ever add ways, so a way that is found without them stands, and an unknown list cannot hide it. */
function waysAround<S extends Routing>(surroundings: S): readonly S[] {
  return [{ ...surroundings, prefixListEntries: () => [] }, surroundings];
}

/** The first answer that there is; what is not needed for it is not asked. */
function first<T, R>(items: readonly T[], answer: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = answer(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Asks once for each key; what ended the question ends it again. */
function remembered<K, R>(ask: (key: K) => R): (key: K) => R {
  const known = new Map<K, R | Unknown>();
  return (key) => {
    if (!known.has(key))
      known.set(
        key,
        attempt(() => ask(key)),
      );
    const answer = known.get(key)!;
    if (answer instanceof Unknown) throw answer;
    return answer;
  };
}

function pathOf(
  networkInterface: NetworkInterface,
  surroundings: Surroundings,
  { transport, port, family, gateway }: { transport: Transport; port: number; family: Family; gateway: string },
  limits: WorldLimits,
): InternetPath | undefined {
  const { subnet } = networkInterface;
  const entries = required(surroundings.aclEntries(subnet), `the network ACL of subnet ${subnet}`);
  const entry = worldAllowedBy(entries, transport, port, family, limits);
  if (!entry) return undefined;
  const rules = networkInterface.groups.flatMap((group) =>
    required(surroundings.rules(group), `security group ${group}`),
  );
  const sources = worldSources(rules, transport, port, surroundings.prefixListEntries, limits, [family]);
  if (sources.length === 0) return undefined;
  return {
    family,
    addresses: internetAddresses(networkInterface, family),
    gateway,
    aclRule: entry.ruleNumber,
    sources,
  };
}

function gatewayOf(
  networkInterface: NetworkInterface,
  family: Family,
  surroundings: Routing,
  limits: WorldLimits,
): string | undefined {
  if (internetAddresses(networkInterface, family).length === 0) return undefined;
  const subnet = required(surroundings.subnet(networkInterface.subnet), `subnet ${networkInterface.subnet}`);
  const tables = () => surroundings.routeTables(subnet.vpc);
  return internetGatewayOfSubnet(subnet, tables, family, surroundings.prefixListEntries, limits);
}
