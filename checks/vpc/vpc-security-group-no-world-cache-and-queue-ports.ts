import { check, table } from '../../lib/core/check.ts';
import { judgePorts, WORLD_PARAMS } from './_world-ingress.ts';

const TCP_PORTS = [
  6379, 6380, 11211, 9200, 9300, 5601, 9092, 9093, 9094, 9096, 9098, 2181, 5671, 5672, 15672, 61616, 4222, 8161,
];

export default check({
  id: 'vpc-security-group-no-world-cache-and-queue-ports',
  title: 'Security groups keep caches, search engines and brokers closed to the internet',
  severity: 'high',
  why: 'Caches, search engines and brokers often ask for no password, so whoever reaches them reads and changes what they hold.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  // Over UDP, memcached answers with far more than it was asked: a weapon against others.
  params: { tcpPorts: TCP_PORTS, udpPorts: [11211], ...WORLD_PARAMS },
  evaluate(group, context) {
    return judgePorts(group, context, 'caches, search engines or brokers', 'medium');
  },
});
