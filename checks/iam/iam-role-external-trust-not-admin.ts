import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { adminStatements, ATTACHED, attachedOfAws, heldBy, isBounded, platformRole } from './_admin.ts';
import { outsidersOf } from './_trust.ts';

/** It reads each object and item of the account; pipelines may need it. */
const READ_ALL = 'ReadOnlyAccess';
const DENIED: readonly string[] = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess', READ_ALL];
const CI: readonly string[] = ['codebuild.amazonaws.com', 'codepipeline.amazonaws.com', 'codedeploy.amazonaws.com'];

export default check({
  id: 'iam-role-external-trust-not-admin',
  title: 'Roles for other accounts and for pipelines have neither all privileges nor all data',
  severity: 'high',
  why: 'The security of this account is then that of the other account, or of whoever can change a pipeline.',
  fix: 'aws iam detach-role-policy --role-name <role> --policy-arn <policy-arn>',
  resource: 'AWS::IAM::Role',
  uses: ATTACHED,
  params: { deniedPolicies: DENIED, ciServicePrincipals: CI },
  evaluate(role, { params, ...tables }) {
    const platform = platformRole(role.arn);
    if (platform) return skip(platform);
    const outsiders = outsidersOf(role, params.ciServicePrincipals);
    if (outsiders.length === 0) return pass('neither another account nor a pipeline may assume the role');
    const denied = params.deniedPolicies.filter((name) => name !== READ_ALL || outsiders.includes('another account'));
    const policies = attachedOfAws(role, denied).map(({ name }) => name);
    const held = heldBy(role, tables);
    const statements = adminStatements(held);
    const story = `assumed by ${outsiders.join(' and ')}`;
    if (policies.length === 0 && statements.length === 0) return pass(`${story}, without wide privileges`);
    const privileges = policies.length > 0 ? policies.join(', ') : 'all privileges';
    const verdict = fail(`${story}, with ${privileges}`, { outsiders, policies, statements });
    return isBounded(held) ? rated('medium', 'within a permissions boundary', verdict) : verdict;
  },
});
