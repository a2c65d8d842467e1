import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { FOREIGN, isForeign, rateUse, useOf } from './_group-use.ts';

export default check({
  id: 'vpc-security-group-default-closed',
  title: 'The default security group of every VPC has no rules',
  severity: 'medium',
  why: 'What is launched without naming a group lands in the default one, whose first rules let its members talk to each other and to anywhere.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <inbound-rule-id> && aws ec2 revoke-security-group-egress --group-id <group-id> --security-group-rule-ids <outbound-rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: { interfaces: table('AWS::EC2::NetworkInterface') },
  evaluate(group, { interfaces }) {
    if (group.name !== 'default') return skip('not the default group of a VPC');
    if (isForeign(group)) return FOREIGN;
    const rules = { inbound: group.ingress.length, outbound: group.egress.length };
    if (rules.inbound + rules.outbound === 0) return pass('it has no rules');
    const verdict = fail(`it has ${rules.inbound} inbound and ${rules.outbound} outbound rules`, rules);
    const isBusy = ifKnown(() => interfaces.having('vpc', group.vpc).some(() => true), true);
    if (!isBusy) return rated('low', 'the VPC has no network interface', verdict);
    return rateUse(useOf(group, interfaces), { attached: 'high' }, verdict);
  },
});
