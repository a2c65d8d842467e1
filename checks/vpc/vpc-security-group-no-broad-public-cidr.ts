import { check, fail, pass, table } from '../../lib/core/check.ts';
import { entriesIn } from '../../lib/network/tables.ts';
import { broadSources } from './_broad-sources.ts';
import { FOREIGN, isForeign, rateUse, UNATTACHED, useOf } from './_group-use.ts';
import { isLeftOut, WORLD_PARAMS } from './_world-ingress.ts';

const { worldCoverageRatio: _, ...WORLD_ALONE } = WORLD_PARAMS;

export default check({
  id: 'vpc-security-group-no-broad-public-cidr',
  title: 'Security groups let in narrow public ranges only',
  severity: 'medium',
  why: 'A broad public range lets in every customer of a provider, not just the partner for whom the rule was written.',
  fix: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --security-group-rule-ids <rule-id>',
  resource: 'AWS::EC2::SecurityGroup',
  uses: {
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  params: { ...WORLD_ALONE, maxIpv4Prefix: 24, maxIpv6Prefix: 48, trustedCidrs: [] as string[] },
  evaluate(group, context) {
    if (isForeign(group)) return FOREIGN;
    const sources = broadSources(group.ingress, context.params, entriesIn(context.prefixLists));
    if (sources.length === 0) return pass('no public source is broad, but for the world, which has checks of its own');
    if (isLeftOut(group, context)) return UNATTACHED;
    const verdict = fail('it lets in broad public ranges', { sources });
    return rateUse(useOf(group, context.interfaces), { unattached: 'low' }, verdict);
  },
});
