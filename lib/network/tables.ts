import { required, witnesses } from '../core/knowledge.ts';
import type { Table } from '../core/model.ts';
import { FAMILIES } from './cidr.ts';
import type { Family, NetworkAclEntry, PrefixListEntries, RouteTable, Rule, Subnet } from './model.ts';
import type { Routing, Surroundings } from './reach.ts';
import { isPublicSubnet } from './routes.ts';

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

/** What decides whether the internet reaches an interface, as a check looks it up. */
export interface NetworkTables extends RoutingTables {
  readonly networkAcls: Pick<
    Table<{ readonly subnets: readonly string[]; readonly entries: readonly NetworkAclEntry[] }>,
    'having'
  >;
  readonly securityGroups: Pick<Table<{ readonly ingress: readonly Rule[] }>, 'get'>;
}

/** Surroundings over the tables of a check; what cannot be seen ends the check as UNKNOWN. */
export function surroundingsIn(tables: NetworkTables): Surroundings {
  const { networkAcls, securityGroups } = tables;
  return {
    ...routingIn(tables),
    aclEntries: (subnet) => networkAcls.having('subnets', subnet).all()[0]?.entries,
    rules: (group) => securityGroups.get(group)?.ingress,
  };
}

/** The subnets to which an internet gateway leads, of one of the families. A subnet that cannot be seen is unknown. */
export function publicSubnetsIn(
  ids: readonly string[],
  tables: RoutingTables,
  families: readonly Family[] = FAMILIES,
): string[] {
  const { subnet, routeTables, prefixListEntries } = routingIn(tables);
  return witnesses(ids, (id) => {
    const one = required(subnet(id), `subnet ${id}`);
    const isPublic = (family: Family) => isPublicSubnet(one, () => routeTables(one.vpc), family, prefixListEntries);
    return witnesses(families, isPublic).length > 0;
  });
}
