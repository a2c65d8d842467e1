import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { FOREIGN, isAttached, isForeign, noted } from './_world-ingress.ts';

export default check({
  id: 'vpc-security-group-default-closed',
  title: 'The default security group of every VPC has no rules',
  severity: 'medium',
  why: 'Whatever is launched without naming a group lands in the default one, which lets its members talk to each other and to anywhere.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: { interfaces: table('AWS::EC2::NetworkInterface') },
  evaluate(group, context) {
    if (group.name !== 'default') return skip('not the default group of a VPC');
    if (isForeign(group)) return FOREIGN;
    const rules = { inbound: group.ingress.length, outbound: group.egress.length };
    if (rules.inbound + rules.outbound === 0) return pass('it has no rules');
    const verdict = fail(`it has ${rules.inbound} inbound and ${rules.outbound} outbound rules`, rules);
    if (ifKnown(() => isAttached(group, context), false)) return rated('high', 'network interfaces use it', verdict);
    const isBusy = ifKnown(() => context.interfaces.having('vpc', group.vpc).some(() => true), undefined);
    if (isBusy === false) return rated('low', 'the VPC has no network interface', verdict);
    return isBusy ? verdict : noted(verdict, 'whether a network interface uses the group is not known');
  },
});
