import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { adminStatements, heldBy, INHERITED, isBounded, labelsOf, platformRole } from './_admin.ts';
import { openWays } from './_escalation.ts';

export default check({
  id: 'iam-principal-no-privilege-escalation',
  title: 'No user or role can raise its own privileges',
  severity: 'high',
  why: 'Whoever can hand out privileges has them all, however harmless the policy looks.',
  fix: 'aws iam put-role-permissions-boundary --role-name <role> --permissions-boundary <boundary-policy-arn>',
  resource: ['AWS::IAM::User', 'AWS::IAM::Role'],
  uses: { ...INHERITED, accounts: table('AWS::::Account', 'organization') },
  params: { includeExistingResourcePaths: false },
  evaluate(principal, { params, accounts, ...tables }) {
    const platform = platformRole(principal.arn);
    if (platform) return skip(platform);
    const held = heldBy(principal, tables);
    if (adminStatements(held).length > 0 && !isBounded(held)) return skip('an administrator, who has all privileges');
    const open = openWays(held, accounts, params.includeExistingResourcePaths);
    const [first, ...others] = open;
    if (!first) return pass('no known way to more privileges');
    const paths = open.map((one) => ({ actions: one.actions, statements: labelsOf(held, one.grantedBy) }));
    const way = `${first.actions.join(' + ')}${others.length > 0 ? ` and ${others.length} more` : ''}`;
    return fail(`can raise its privileges by ${way}, before organization policies and conditions`, { paths });
  },
});
