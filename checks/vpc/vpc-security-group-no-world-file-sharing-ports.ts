import { check, table } from '../../lib/core/check.ts';
import { judgePorts, WORLD_PARAMS } from './_world-ingress.ts';

export default check({
  id: 'vpc-security-group-no-world-file-sharing-ports',
  title: 'Security groups keep file sharing closed to the internet',
  severity: 'high',
  why: 'File servers trust the network they are in: open to the internet, they give away what they hold, and worms spread through them.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  // Passive FTP needs a range of ports that only the server knows, so it is not among these.
  params: {
    tcpPorts: [20, 21, 69, 111, 137, 138, 139, 445, 873, 2049],
    udpPorts: [69, 111, 137, 138, 2049],
    ...WORLD_PARAMS,
  },
  evaluate(group, context) {
    return judgePorts(group, context, 'file sharing', 'medium');
  },
});
