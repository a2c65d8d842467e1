import { required } from '../core/knowledge.ts';
import type { Table } from '../core/model.ts';
import type { PrefixListEntries, RouteTable, Subnet } from './model.ts';
import type { Routing } from './reach.ts';

/** Customer-managed prefix lists, as a check looks them up. */
export type PrefixLists = Pick<Table<{ readonly entries: readonly string[] }>, 'get'>;
/** What decides where a subnet's traffic goes, as a check looks it up. */
export interface RoutingTables {
  readonly subnets: Pick<Table<Subnet>, 'get'>;
  readonly routeTables: Pick<Table<RouteTable>, 'having'>;
  readonly prefixLists: PrefixLists;
}

/** The CIDRs of a prefix list by its id; a list that cannot be seen ends the check as UNKNOWN. */
export function entriesIn(prefixLists: PrefixLists): PrefixListEntries {
  return (id) => required(prefixLists.get(id), `prefix list ${id}`).entries;
}

/** Routing over the tables of a check; a subnet that cannot be seen ends the check as UNKNOWN. */
export function routingIn({ subnets, routeTables, prefixLists }: RoutingTables): Routing {
  return {
    subnet: (id) => required(subnets.get(id), `subnet ${id}`),
    routeTables: (vpc) => routeTables.having('vpc', vpc).all(),
    prefixListEntries: entriesIn(prefixLists),
  };
}
