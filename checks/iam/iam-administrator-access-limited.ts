import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { adminPoliciesOfAws, ATTACHED, platformRole } from './_admin.ts';

export default check({
  id: 'iam-administrator-access-limited',
  title: 'AdministratorAccess is attached to the roles of the platform alone',
  severity: 'high',
  why: 'Each holder of it is one stolen session away from the loss of the whole account.',
  fix: 'aws iam detach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  resource: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'],
  uses: { awsPolicies: ATTACHED.awsPolicies, users: table('AWS::IAM::User') },
  evaluate(holder, { awsPolicies, users }) {
    const policies = adminPoliciesOfAws(holder, { awsPolicies });
    if (policies.length === 0) return pass('no policy of AWS that allows everything is attached');
    const platform = platformRole(holder.arn);
    if (platform) return pass(`accepted: ${platform}`, { policies });
    const story = `${policies.join(', ')} is attached`;
    if (holder.type === 'AWS::IAM::User') return rated('critical', 'a user', fail(story, { policies }));
    if (holder.type === 'AWS::IAM::Role') return fail(story, { policies });
    const members = ifKnown(() => users.having('groups', holder.id).all().length, null);
    const verdict = fail(story, { policies, members });
    return members === 0 ? rated('medium', 'the group has no members', verdict) : verdict;
  },
});
