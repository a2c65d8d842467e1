import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import { DIRECTORY, isOwnOrganization } from './_organization.ts';
import { serviceTrusts } from './_trust.ts';

/** Their documentation shows a trust policy with such a condition; other services may not send the keys. */
const GUARDED =
  'vpc-flow-logs scheduler pipes ecs-tasks codebuild transfer sagemaker states bedrock monitoring.rds rolesanywhere';

export default check({
  id: 'iam-role-service-trust-source-guarded',
  title: 'Roles of services that act for others say for which account they may',
  severity: 'low',
  why: 'A stranger can make the service work with this role from an account of their own.',
  fix: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://<trust-policy-with-source-account>.json',
  resource: 'AWS::IAM::Role',
  uses: { accounts: DIRECTORY.accounts },
  params: { guardedServices: GUARDED.split(' ').map((name) => `${name}.amazonaws.com`) },
  evaluate(role, { params, accounts }) {
    const trusts = serviceTrusts(role, params.guardedServices);
    if (trusts.length === 0) return skip('no service that is known to tell its source');
    const isOwn = (who: string) => isOwnOrganization(who, role.account, { accounts });
    const open = witnesses(trusts, ({ source, organizations }) => {
      return source !== 'own-account' && !(source === 'organization' && organizations.every(isOwn));
    });
    if (open.length === 0) return pass('each service may act for the own account or organization alone');
    const services = [...new Set(open.flatMap((one) => one.services))];
    return fail(`${services.join(', ')} may act for other accounts`, { statements: open });
  },
});
