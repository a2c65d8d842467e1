import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { isInUse, publicSubnets } from './_database-subnets.ts';

export default check({
  id: 'vpc-database-subnets-private',
  title: 'Database subnet groups hold private subnets only',
  severity: 'high',
  why: 'In a subnet with a route to the internet, one switch or one public address is all that keeps a database from being reachable.',
  fix: 'aws rds modify-db-subnet-group --db-subnet-group-name <group> --subnet-ids <private-subnet-id> <private-subnet-id>',
  resource: [
    'AWS::RDS::DBSubnetGroup',
    'AWS::ElastiCache::SubnetGroup',
    'AWS::Redshift::ClusterSubnetGroup',
    'AWS::DAX::SubnetGroup',
  ],
  uses: {
    subnets: table('AWS::EC2::Subnet'),
    routeTables: table('AWS::EC2::RouteTable'),
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    instances: table('AWS::RDS::DBInstance'),
    clusters: table('AWS::RDS::DBCluster'),
    caches: table('AWS::ElastiCache::SubnetGroup', 'inUse'),
    warehouses: table('AWS::Redshift::ClusterSubnetGroup', 'inUse'),
    accelerators: table('AWS::DAX::SubnetGroup', 'inUse'),
  },
  evaluate(group, context) {
    const open = publicSubnets(group.subnets, context);
    if (open.length === 0) return pass('all its subnets are private', { subnets: group.subnets });
    const verdict = fail(`${open.length} of its ${group.subnets.length} subnets are public`, { publicSubnets: open });
    const isUnused = ifKnown(() => !isInUse(group, context), false);
    return isUnused ? rated('low', 'nothing uses the group', verdict) : verdict;
  },
});
