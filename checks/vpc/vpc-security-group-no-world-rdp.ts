import { check, table } from '../../lib/core/check.ts';
import { judgePorts, WORLD_PARAMS } from './_world-ingress.ts';

export default check({
  id: 'vpc-security-group-no-world-rdp',
  title: 'Security groups keep RDP closed to the internet',
  severity: 'high',
  why: 'Remote desktops that answer the whole internet are a common way in for ransomware, by guessed passwords or unpatched servers.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  // RDP answers on UDP as well.
  params: { tcpPorts: [3389], udpPorts: [3389], ...WORLD_PARAMS },
  evaluate(group, context) {
    return judgePorts(group, context, 'RDP', 'medium');
  },
});
