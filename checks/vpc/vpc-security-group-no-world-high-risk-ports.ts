import { check, rated, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { exposureOf } from './_group-use.ts';
import { ROUTING } from './_routing.ts';
import { isOpenOn, judgePorts, WORLD_PARAMS } from './_world-ingress.ts';

const TCP_PORTS = [
  23, 25, 88, 110, 135, 143, 161, 389, 464, 636, 749, 750, 512, 513, 514, 2375, 2376, 2377, 2379, 2380, 3000, 4333,
  4505, 4506, 5000, 5500, 5800, 5900, 5901, 5902, 5903, 5985, 5986, 6443, 8020, 8080, 8088, 8140, 8888, 9000, 10250,
  10255, 50070,
];
/** Docker, etcd, WinRM and the kubelet: who reaches them runs code, mostly without a password. */
const CODE_PORTS = [2375, 2376, 2379, 2380, 5985, 5986, 10250, 10255];

export default check({
  id: 'vpc-security-group-no-world-high-risk-ports',
  title: 'Security groups keep administration and other risky ports closed to the internet',
  severity: 'high',
  why: 'Remote control, directories, mail and development servers are scanned for all day, and many of them were never meant for strangers.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: { ...ROUTING, interfaces: table('AWS::EC2::NetworkInterface') },
  params: { tcpPorts: TCP_PORTS, udpPorts: [53, 123, 161, 389, 514], ...WORLD_PARAMS },
  evaluate(group, context) {
    const verdict = judgePorts(group, context, 'high-risk ports', 'medium');
    if (verdict.status !== 'FAIL' || !ifKnown(() => isOpenOn(CODE_PORTS, group, context), false)) return verdict;
    return exposureOf(group, context) === 'public'
      ? rated('critical', 'a public host runs code there', verdict)
      : verdict;
  },
});
