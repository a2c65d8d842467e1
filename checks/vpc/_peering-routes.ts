import { unreadable, witnesses } from '../../lib/core/knowledge.ts';
import type { Table, View } from '../../lib/core/model.ts';
import { holds } from '../../lib/network/cidr.ts';
import type { Route } from '../../lib/network/model.ts';
import { entriesIn, type PrefixLists } from '../../lib/network/tables.ts';

interface Network {
  readonly routeTables: Table<View<'AWS::EC2::RouteTable'>>;
  readonly prefixLists: PrefixLists;
}

/** A route to a peering connection whose destination holds whole blocks of the peer: evidence. */
type BroadRoute = Readonly<{ routeTable: string; destination: string | null; holds: string[] }>;

const EVERYTHING = ['0.0.0.0/0', '::/0'];

/** The routes of both sides to the connection that hold a whole block of the other side, or everything. */
export function broadRoutes(peering: View<'AWS::EC2::VPCPeeringConnection'>, network: Network): BroadRoute[] {
  const { id, requester, accepter } = peering;
  const routes = [
    ...routesOf(requester.vpc, id, accepter.cidrs, network),
    ...routesOf(accepter.vpc, id, requester.cidrs, network),
  ];
  return witnesses(routes, ({ held }) => held().length > 0).map(({ held, ...route }) => ({ ...route, holds: held() }));
}

function routesOf(vpc: string, peering: string, peer: readonly string[], { routeTables, prefixLists }: Network) {
  const tables = routeTables.having('vpc', vpc).all();
  return tables.flatMap(({ id: routeTable, routes }) =>
    routes
      .filter((route) => route.peering === peering)
      .map((route) => ({
        routeTable,
        destination: route.prefixList ?? route.destination ?? route.destinationIpv6,
        held: () => heldBy(cidrsOf(route, prefixLists), [...EVERYTHING, ...peer]),
      })),
  );
}

function cidrsOf({ prefixList, destination, destinationIpv6 }: Route, prefixLists: PrefixLists): readonly string[] {
  if (prefixList !== null) return entriesIn(prefixLists)(prefixList);
  const cidrs = [destination, destinationIpv6].filter((cidr) => cidr !== null);
  return cidrs.length > 0 ? cidrs : unreadable('a route to the connection has no destination');
}

function heldBy(cidrs: readonly string[], blocks: readonly string[]): string[] {
  return blocks.filter((block) => cidrs.some((cidr) => holds(cidr, block)));
}
