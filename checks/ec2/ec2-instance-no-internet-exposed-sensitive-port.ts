import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { exposedPorts, NETWORK, portsIn } from './_exposed-ports.ts';
import { isTerminated } from './_instances.ts';
import { SENSITIVE_PORTS } from './_sensitive-ports.ts';

export default check({
  id: 'ec2-instance-no-internet-exposed-sensitive-port',
  title: 'The internet reaches no sensitive port of an instance',
  severity: 'critical',
  why: 'What listens there is found by scanners within minutes, and falls to a guessed password or the next flaw.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::Instance',
  uses: NETWORK,
  params: SENSITIVE_PORTS,
  evaluate(instance, { params, ...network }) {
    if (isTerminated(instance)) return skip(`the instance is ${instance.state}`);
    const { state, interfaces } = instance;
    const isOff = state === 'stopped' || state === 'stopping';
    // Elastic IPs are the addresses that an instance keeps while it is off.
    const reached = isOff ? interfaces.map((one) => ({ ...one, ipv6Addresses: [] })) : interfaces;
    const openings = exposedPorts(reached, network, params);
    if (openings.length === 0) return pass('the internet reaches no sensitive port');
    const verdict = fail(`the internet reaches ${portsIn(openings)}`, { openings });
    return isOff ? rated('high', `the instance is ${state}, and keeps its address`, verdict) : verdict;
  },
});
