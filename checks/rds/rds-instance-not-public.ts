import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { ROUTING } from '../vpc/_routing.ts';
import { notJudged } from './_databases.ts';
import { rateExposure } from './_exposure.ts';

export default check({
  id: 'rds-instance-not-public',
  title: 'Databases have no address on the internet',
  severity: 'high',
  why: 'A database with a public address is one wrong security group rule away from everybody who guesses passwords.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --no-publicly-accessible --apply-immediately',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  uses: {
    subnetGroups: table('AWS::RDS::DBSubnetGroup'),
    securityGroups: table('AWS::EC2::SecurityGroup'),
    ...ROUTING,
  },
  evaluate(database, network) {
    const reason = notJudged(database);
    if (reason) return skip(reason);
    if (database.type === 'AWS::RDS::DBCluster' && database.internetAccessGateway) {
      return fail('an internet access gateway is enabled', { internetAccessGateway: true });
    }
    const { publiclyAccessible } = database;
    if (!publiclyAccessible) return pass('not publicly accessible', { publiclyAccessible });
    return rateExposure(database, network, fail('publicly accessible', { publiclyAccessible }));
  },
});
