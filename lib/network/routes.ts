import { required, unreadable } from '../core/knowledge.ts';
import type { Family, PrefixListEntries, Route, RouteTable, Subnet } from './model.ts';
import { WORLD_LIMITS, worldAmong, type WorldLimits } from './world.ts';

/**
 * The route table in force for a subnet: the one that names it, else the main table of its own VPC. Undefined when neither is among
 * the tables. The tables of other VPCs may be left out.
 */
export function effectiveRouteTable(subnet: Subnet, tables: readonly RouteTable[]): RouteTable | undefined {
  const own = tables.find((table) => table.subnets.includes(subnet.id));
  return own ?? tables.find((table) => table.main && table.vpc === subnet.vpc);
}

/**
 * The internet gateway to which the table sends the whole internet, by active routes of one family; undefined when there is none.
 * Prefix lists are opened only when no CIDR decides.
 */
export function internetGateway(
  table: RouteTable,
  family: Family,
  prefixListEntries: PrefixListEntries = unknownPrefixList,
  limits: WorldLimits = WORLD_LIMITS,
): string | undefined {
  const routes = table.routes.filter(isToInternetGateway);
  const cidrs = routes.flatMap((route) => destinations(route, family));
  const prefixLists = routes.flatMap((route) => route.prefixList ?? []);
  const world = worldAmong({ cidrs, prefixLists }, prefixListEntries, limits, [family]);
  // A VPC has at most one internet gateway.
  if (world.length > 0) return routes[0]?.gatewayId;
  if (routes.some(hasNoDestination)) unreadable(`a route in ${table.id} has no destination`);
  return undefined;
}

/**
 * The internet gateway through which the internet reaches a subnet; undefined for a private subnet. `tables` gives at least all route
 * tables of the subnet's VPC, and is asked only when the subnet's block on public access leaves the question open.
 * The table in force is Unknown where it is not among them.
 */
export function internetGatewayOfSubnet(
  subnet: Subnet,
  tables: () => readonly RouteTable[],
  family: Family,
  prefixListEntries: PrefixListEntries = unknownPrefixList,
  limits: WorldLimits = WORLD_LIMITS,
): string | undefined {
  if (isBlocked(subnet)) return undefined;
  const table = required(effectiveRouteTable(subnet, tables()), `the route table of subnet ${subnet.id}`);
  return internetGateway(table, family, prefixListEntries, limits);
}

/** Does the internet reach the subnet? As `internetGatewayOfSubnet`. */
export function isPublicSubnet(
  subnet: Subnet,
  tables: () => readonly RouteTable[],
  family: Family,
  prefixListEntries: PrefixListEntries = unknownPrefixList,
  limits: WorldLimits = WORLD_LIMITS,
): boolean {
  return internetGatewayOfSubnet(subnet, tables, family, prefixListEntries, limits) !== undefined;
}

/** Both blocking modes keep the internet from opening connections. */
function isBlocked(subnet: Subnet): boolean {
  return subnet.internetGatewayBlockMode !== null && subnet.internetGatewayBlockMode !== 'off';
}

/** 'eigw-' lets connections out only, and 'vgw-' leads to a VPN. */
function isToInternetGateway(route: Route): route is Route & { readonly gatewayId: string } {
  return route.state === 'active' && route.gatewayId !== null && route.gatewayId.startsWith('igw-');
}

function destinations(route: Route, family: Family): string[] {
  const destination = family === 'IPv4' ? route.destination : route.destinationIpv6;
  return destination === null ? [] : [destination];
}

function hasNoDestination(route: Route): boolean {
  return route.destination === null && route.destinationIpv6 === null && route.prefixList === null;
}

function unknownPrefixList(id: string): never {
  return unreadable(`the entries of prefix list ${id} are not known`);
}
