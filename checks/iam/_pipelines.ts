import { table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import type { Table, View } from '../../lib/core/model.ts';
import { isFirm } from '../../lib/policy/condition.ts';
import { escalations, passesAnyRole } from '../../lib/policy/escalation.ts';
import { type Grant, grantsAtLarge, grantsOf } from '../../lib/policy/reach.ts';
import { covers } from '../../lib/policy/wildcard.ts';
import { adminStatements, attachedOfAws, type Held, isBounded, labelsOf } from './_admin.ts';
import { isOfCi, webTrusts } from './_oidc.ts';

type Role = View<'AWS::IAM::Role'>;

/** What builds and deploys, with the roles that it takes: for `uses`. */
export const PIPELINES = {
  projects: table('AWS::CodeBuild::Project'),
  pipelines: table('AWS::CodePipeline::Pipeline', 'roles'),
  applications: table('AWS::CodeDeploy::Application', 'roles'),
};
interface Pipelines {
  readonly projects: Table<View<'AWS::CodeBuild::Project'>>;
  readonly pipelines: Table<View<'AWS::CodePipeline::Pipeline', 'roles'>>;
  readonly applications: Table<View<'AWS::CodeDeploy::Application', 'roles'>>;
}

/** Does a build project, a pipeline, a deployment or a workflow outside AWS take the role? */
export function isForPipelines({ arn, trust }: Role, { projects, pipelines, applications }: Pipelines): boolean {
  return anyOf(
    () => issuersOf(trust).length > 0,
    () => projects.having('roles', arn).some(() => true),
    () => pipelines.having('roles', arn).some(() => true),
    () => applications.having('roles', arn).some(() => true),
  );
}

/** What takes the role, as far as it is known. */
export function takersOf({ arn, trust }: Role, { projects, pipelines, applications }: Pipelines): readonly string[] {
  return [
    ...issuersOf(trust),
    ...ifKnown(() => projects.having('roles', arn).all(), []).map(({ id }) => `CodeBuild ${id}`),
    ...ifKnown(() => pipelines.having('roles', arn).all(), []).map(({ id }) => `CodePipeline ${id}`),
    ...ifKnown(() => applications.having('roles', arn).all(), []).map(({ id }) => `CodeDeploy ${id}`),
  ];
}

/** The issuers of the tokens with which builds and deployments elsewhere take the role. */
function issuersOf(trust: string): readonly string[] {
  const issuers = webTrusts(trust).filter(isOfCi);
  return [...new Set(issuers.map(({ issuer }) => issuer))];
}

/** Policies of AWS that are too much for a pipeline, whatever AWS makes of them. */
const BROAD = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];

/** Something that a pipeline must not be allowed, and the statements by which it is. */
type Excess = { readonly allowed: string; readonly statements: readonly string[] };

/** What a role for pipelines is allowed too much, within its permissions boundary. */
export function excessOf(role: Role, held: Held): readonly Excess[] {
  const isFree = !isBounded(held);
  const admin = isFree ? adminStatements(held) : [];
  if (admin.length > 0) return [{ allowed: 'all actions on all resources', statements: admin }];
  const attached = isFree ? attachedOfAws(role, BROAD) : [];
  const found: readonly Excess[] = [
    ...attached.map(({ name }) => ({ allowed: `all of ${name}`, statements: [name] })),
    { allowed: 'iam:PassRole for roles at large', statements: labelsOf(held, passesAnyRole(held)) },
    ...escalations(held).map(({ actions, grantedBy }) => ({
      allowed: actions.join(' + '),
      statements: labelsOf(held, grantedBy),
    })),
    onAll(held, 'codepipeline:PutApprovalResult', '*'),
    onAll(held, 'secretsmanager:GetSecretValue', 'secret:*'),
  ];
  return found.filter(({ statements }) => statements.length > 0);
}

const REGION = /^(arn:[^:]*:[^:]*:)[^:]+/;

/** Is the action allowed on all there is, in a region at least? Not where conditions look at tags of what it is done to. */
function onAll(held: Held, action: string, resource: string): Excess {
  const { account, partition } = held;
  const targets = `arn:${partition}:${action.split(':', 1)[0]}:*:${account}:${resource}`;
  const isOnAll = ({ pattern, ref }: Grant) =>
    covers(pattern.replace(REGION, '$1*'), targets) &&
    !ref.statement.conditions.some((one) => isFirm(one) && one.key.includes(':resourcetag/'));
  // Where the boundary leaves nothing of it, nothing is granted.
  const isGranted = grantsAtLarge(held, { action, targets }).length > 0;
  const grants = isGranted ? grantsOf(held.policies, { action, targets }).filter(isOnAll) : [];
  return { allowed: `${action} on all`, statements: labelsOf(held, [...new Set(grants.map(({ ref }) => ref))]) };
}
