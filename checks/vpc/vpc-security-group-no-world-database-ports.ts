import { check, table } from '../../lib/core/check.ts';
import { judgePorts, WORLD_PARAMS } from './_world-ingress.ts';

const TCP_PORTS = [
  1433, 1434, 1521, 2483, 2484, 3306, 5432, 5433, 5439, 27017, 27018, 27019, 7000, 7001, 7199, 9042, 9160, 8182, 50000,
  5984, 8086, 7474, 7687, 26257, 33060,
];

export default check({
  id: 'vpc-security-group-no-world-database-ports',
  title: 'Security groups keep database ports closed to the internet',
  severity: 'critical',
  why: 'A database that the whole internet may talk to is one weak password or one flaw away from a copy of all its data.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  // SQL Server Browser listens on UDP.
  params: { tcpPorts: TCP_PORTS, udpPorts: [1434], ...WORLD_PARAMS },
  evaluate(group, context) {
    return judgePorts(group, context, 'database ports', 'high');
  },
});
