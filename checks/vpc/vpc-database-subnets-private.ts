import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { publicSubnetsIn } from '../../lib/network/tables.ts';
import { isInUse, USERS } from './_database-subnets.ts';
import { ROUTING } from './_routing.ts';

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
  uses: { ...ROUTING, ...USERS },
  evaluate(group, context) {
    const open = publicSubnetsIn(group.subnets, context);
    if (open.length === 0) return pass('all its subnets are private', { subnets: group.subnets });
    const verdict = fail(`${open.length} of its ${group.subnets.length} subnets are public`, { publicSubnets: open });
    const isUnused = ifKnown(() => !isInUse(group, context), false);
    return isUnused ? rated('low', 'nothing uses the group', verdict) : verdict;
  },
});
