import { check, fail, pass, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';

export default check({
  id: 'iam-support-role-exists',
  title: 'A role may open and follow support cases with AWS',
  severity: 'low',
  why: 'In an incident, people lose hours to permissions before AWS Support can help them.',
  fix: 'aws iam attach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess',
  resource: 'AWS::::Account',
  uses: { roles: table('AWS::IAM::Role') },
  params: { acceptedPolicies: ['AWSSupportAccess'] as readonly string[] },
  evaluate(account, { params, roles }) {
    const prefix = `arn:${account.arn.split(':')[1]}:iam::aws:policy/`;
    const accepted = params.acceptedPolicies.map((name) => prefix + name);
    const supporting = roles.where(({ attachedPolicies }) =>
      attachedPolicies.some(({ arn }) => accepted.includes(arn)),
    );
    if (!supporting.some(() => true)) return fail(`no role has ${params.acceptedPolicies.join(' or ')}`);
    // For the evidence alone: one role is enough.
    const names = ifKnown(() => supporting.all().map(({ id }) => id), null);
    return pass('a role has access to support; whether anybody can assume it is not judged here', { roles: names });
  },
});
