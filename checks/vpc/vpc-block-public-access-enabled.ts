import { check, fail, pass, skip, table, unknown } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';

const IN_FORCE = ['create-complete', 'update-complete'];

export default check({
  id: 'vpc-block-public-access-enabled',
  title: 'VPC Block Public Access keeps out what internet gateways bring',
  severity: 'low',
  why: 'The block holds for every VPC of the region, whatever routes, groups and addresses anybody sets up in one of them.',
  fix: 'aws ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode block-ingress',
  resource: 'AWS::EC2::VPCBlockPublicAccessOptions',
  needs: ['exclusions'],
  uses: { vpcs: table('AWS::EC2::VPC') },
  params: { mode: 'enforce' },
  evaluate(block, { vpcs, params }) {
    if (!vpcs.some(({ owner, account }) => owner === account)) return skip('the account has no VPC in the region');
    const by = block.decidedBy === 'declarative-policy' ? ', as the organisation has set it' : '';
    const { mode, state, decidedBy } = block;
    if (mode === 'off') {
      if (params.mode === 'report-only') return skip(`internet gateways are not blocked${by}, which is only reported`);
      return fail(`internet gateways are not blocked${by}`, { mode, state, decidedBy });
    }
    if (state === 'update-in-progress') return unknown(`the mode ${mode} is not in force yet, or not any more`);
    const exclusions = ifKnown(() => block.exclusions.filter((one) => IN_FORCE.includes(one.state)), 'not known');
    return pass(`internet gateways are blocked${by}`, { mode, decidedBy, exclusions });
  },
});
