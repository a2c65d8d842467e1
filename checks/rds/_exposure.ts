import { rated } from '../../lib/core/check.ts';
import { ifKnown, required, witnesses } from '../../lib/core/knowledge.ts';
import type { Table, Verdict, View } from '../../lib/core/model.ts';
import { FAMILIES } from '../../lib/network/cidr.ts';
import type { Family } from '../../lib/network/model.ts';
import { worldSources } from '../../lib/network/rules.ts';
import { entriesIn, publicSubnetsIn, type RoutingTables } from '../../lib/network/tables.ts';
import { WORLD_LIMITS } from '../../lib/network/world.ts';

export interface Network extends RoutingTables {
  readonly subnetGroups: Table<View<'AWS::RDS::DBSubnetGroup'>>;
  readonly securityGroups: Table<View<'AWS::EC2::SecurityGroup'>>;
}
interface PublicDatabase {
  /** Null for an instance that has no endpoint yet. */
  readonly port: number | null;
  readonly networkType: string | null;
  readonly customerOwnedIp?: boolean | null;
  readonly subnetGroup: string | null;
  readonly securityGroups: readonly { readonly id: string; readonly status: string }[];
}

/** How the internet reaches the port of a database that has a public address: evidence. */
type Way = { readonly port: number; readonly sources: readonly string[]; readonly subnets: readonly string[] };

/** Rates a verdict about a database with a public address: worst where the internet reaches its port. */
export function rateExposure(database: PublicDatabase, network: Network, verdict: Verdict): Verdict {
  if (database.customerOwnedIp) return rated('low', 'the address is one that the customer owns', verdict);
  const way = ifKnown(() => wayFromInternet(database, network), null);
  if (way === null)
    return { ...verdict, message: `${verdict.message}; whether the internet reaches its port is not known` };
  return way ? rated('critical', 'the internet reaches its port', { ...verdict, evidence: way }) : verdict;
}

/** Through its security groups, into a subnet of its group. Undefined when there is no way. */
function wayFromInternet(database: PublicDatabase, network: Network): Way | undefined {
  const [family] = witnesses(familiesOf(database), (one) => wayOf(database, network, one) !== undefined);
  return family && wayOf(database, network, family);
}

function wayOf(database: PublicDatabase, network: Network, family: Family): Way | undefined {
  const port = required(database.port ?? undefined, 'the endpoint');
  const rules = database.securityGroups
    .filter(({ status }) => status === 'active')
    .flatMap(({ id }) => required(network.securityGroups.get(id), `security group ${id}`).ingress);
  const sources = worldSources(rules, 'tcp', port, entriesIn(network.prefixLists), WORLD_LIMITS, [family]);
  if (sources.length === 0) return undefined;
  const subnets = publicSubnets(database, network, family);
  return subnets.length === 0 ? undefined : { port, sources, subnets };
}

/** Of all subnets of the group, whichever the database is in now: a failover may move it. */
function publicSubnets({ subnetGroup }: PublicDatabase, network: Network, family: Family): string[] {
  const { subnets } = required(network.subnetGroups.get(subnetGroup), `subnet group ${subnetGroup}`);
  return publicSubnetsIn(subnets, network, [family]);
}

/** A database has an IPv6 address in dual-stack mode only. */
function familiesOf({ networkType }: PublicDatabase): readonly Family[] {
  return networkType === 'DUAL' ? FAMILIES : ['IPv4'];
}
