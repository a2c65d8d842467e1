import { required, witnesses } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import type { Table, View } from '../../lib/core/model.ts';
import { FAMILIES } from '../../lib/network/cidr.ts';
import type { Family } from '../../lib/network/model.ts';
import { effectiveRouteTable, isPublicSubnet } from '../../lib/network/routes.ts';
import { entriesIn, type PrefixLists } from '../../lib/network/tables.ts';

type GroupType =
  | 'AWS::RDS::DBSubnetGroup'
  | 'AWS::ElastiCache::SubnetGroup'
  | 'AWS::Redshift::ClusterSubnetGroup'
  | 'AWS::DAX::SubnetGroup';
type Group = View<GroupType>;

interface Network {
  readonly subnets: Table<View<'AWS::EC2::Subnet'>>;
  readonly routeTables: Table<View<'AWS::EC2::RouteTable'>>;
  readonly prefixLists: PrefixLists;
}
interface Users {
  readonly instances: Table<View<'AWS::RDS::DBInstance'>>;
  readonly clusters: Table<View<'AWS::RDS::DBCluster'>>;
  readonly caches: Table<View<'AWS::ElastiCache::SubnetGroup', 'inUse'>>;
  readonly warehouses: Table<View<'AWS::Redshift::ClusterSubnetGroup', 'inUse'>>;
  readonly accelerators: Table<View<'AWS::DAX::SubnetGroup', 'inUse'>>;
}

/** The subnets to which an internet gateway leads, of either family. A subnet of another account cannot be judged. */
export function publicSubnets(ids: readonly string[], { subnets, routeTables, prefixLists }: Network): string[] {
  return witnesses(ids, (id) => {
    const subnet = required(subnets.get(id), `subnet ${id}`);
    const tables = () => routeTables.having('vpc', subnet.vpc).all();
    const inForce = () => [required(effectiveRouteTable(subnet, tables()), `the route table of subnet ${id}`)];
    const isPublic = (family: Family) => isPublicSubnet(subnet, inForce, family, entriesIn(prefixLists));
    return witnesses(FAMILIES, isPublic).length > 0;
  });
}

/** Does a database, cache or warehouse use the group? RDS lists those of Aurora, Neptune and DocumentDB too. */
export function isInUse(group: Group, { instances, clusters, ...others }: Users): boolean {
  if (group.type === 'AWS::RDS::DBSubnetGroup')
    return anyOf(
      () => instances.having('subnetGroup', group.id).some(() => true),
      () => clusters.having('subnetGroup', group.id).some(() => true),
    );
  const same = {
    'AWS::ElastiCache::SubnetGroup': others.caches,
    'AWS::Redshift::ClusterSubnetGroup': others.warehouses,
    'AWS::DAX::SubnetGroup': others.accelerators,
  }[group.type];
  return required(same.get(group.arn), group.type).inUse;
}
