import { check, table } from '../../lib/core/check.ts';
import { judgePorts, WORLD_PARAMS } from './_world-ingress.ts';

export default check({
  id: 'vpc-security-group-no-world-ssh',
  title: 'Security groups keep SSH closed to the internet',
  severity: 'high',
  why: 'Anyone may try stolen keys, guessed passwords and the next flaw of the SSH server against a port that answers the whole internet.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  params: { tcpPorts: [22], ...WORLD_PARAMS },
  evaluate(group, context) {
    return judgePorts(group, context, 'SSH', 'medium');
  },
});
