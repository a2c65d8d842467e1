import { table } from '../../lib/core/check.ts';
import { required } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import type { Table, View } from '../../lib/core/model.ts';

type GroupType =
  | 'AWS::RDS::DBSubnetGroup'
  | 'AWS::ElastiCache::SubnetGroup'
  | 'AWS::Redshift::ClusterSubnetGroup'
  | 'AWS::DAX::SubnetGroup';
type Group = View<GroupType>;

/** What uses subnet groups: for `uses`. */
export const USERS = {
  instances: table('AWS::RDS::DBInstance'),
  clusters: table('AWS::RDS::DBCluster'),
  caches: table('AWS::ElastiCache::SubnetGroup', 'inUse'),
  warehouses: table('AWS::Redshift::ClusterSubnetGroup', 'inUse'),
  accelerators: table('AWS::DAX::SubnetGroup', 'inUse'),
};
interface Users {
  readonly instances: Table<View<'AWS::RDS::DBInstance'>>;
  readonly clusters: Table<View<'AWS::RDS::DBCluster'>>;
  readonly caches: Table<View<'AWS::ElastiCache::SubnetGroup', 'inUse'>>;
  readonly warehouses: Table<View<'AWS::Redshift::ClusterSubnetGroup', 'inUse'>>;
  readonly accelerators: Table<View<'AWS::DAX::SubnetGroup', 'inUse'>>;
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
