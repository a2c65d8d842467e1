import type { Severity } from '../../lib/core/model.ts';
import { bindings, type Condition, isFirm, isNegated } from '../../lib/policy/condition.ts';
import { labelOf, parsePolicy, type Policy, type Statement } from '../../lib/policy/document.ts';
import { hasEveryone } from '../../lib/policy/principal.ts';
import { touchesActions } from '../../lib/policy/patterns.ts';
import { isFixed, matches } from '../../lib/policy/wildcard.ts';
import { isPullRequest, type Reach, repositoryOf, strictest, subjectOf, weakest, workflowOf } from './_github.ts';

const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';
const PROVIDER = ':oidc-provider/';
const GITHUB = 'token.actions.githubusercontent.com';
const EKS = 'oidc.eks.*.amazonaws.com*/id/*';
/** The issuers of systems that build and deploy, those whose tenant is part of the issuer included. */
const CI_ISSUERS = [
  GITHUB,
  `${GITHUB}/*`,
  'gitlab.com',
  'gitlab.*',
  'app.terraform.io',
  'agent.buildkite.com',
  'oidc.codefresh.io',
  'oidc.circleci.com/org/*',
  'api.bitbucket.org/2.0/workspaces/*',
  'api.pulumi.com/oidc',
  'scalr.io',
  '*.scalr.io',
  '*.app.spacelift.io',
  'vstoken.dev.azure.com/*',
];

/** Issuers that serve many tenants -> the claims that name the tenant. Where the tenant is part of the issuer, none is needed. */
export const SHARED_ISSUERS: Readonly<Record<string, readonly string[]>> = {
  [GITHUB]: ['sub', 'job_workflow_ref', 'repository', 'repository_id', 'repository_owner_id', 'enterprise_id'],
  'gitlab.com': ['sub'],
  'app.terraform.io': ['sub'],
  'agent.buildkite.com': ['sub'],
  'oidc.codefresh.io': ['sub'],
  'scalr.io': ['sub'],
  'api.pulumi.com/oidc': ['aud'],
  'oidc.vercel.com': ['aud', 'sub'],
  'cognito-identity.amazonaws.com': ['aud'],
  'accounts.google.com': ['aud', 'sub'],
};

/** A statement that lets the identities of one provider assume the role. */
export interface WebTrust {
  readonly statement: Statement;
  readonly issuer: string;
  /** The ARN of the provider; null for those that AWS knows itself ('accounts.google.com'). */
  readonly provider: string | null;
  /** The conditions on what the token says, those of Deny statements turned round. */
  readonly conditions: readonly Condition[];
  /** The other providers of the statement: a condition on a claim of theirs shuts this one out. */
  readonly others: readonly string[];
}

/** What is left open by one statement. */
export type Opening = {
  readonly statement: string;
  readonly issuer: string;
  readonly reason: string;
  readonly severity: Exclude<Severity, 'informational'>;
};
export interface OpenTrust {
  readonly opening: Opening;
  readonly provider: string | null;
  /** Is it harmless where the role only reads? */
  readonly isAboutWriting: boolean;
}

export interface TenancyRules {
  /** Issuer -> the claims that name its tenant. */
  readonly sharedIssuers: Readonly<Record<string, readonly string[]>>;
  readonly allowOrganizationWide: boolean;
  readonly requireRef: boolean;
}

/** The statements by which web identities assume a role, once per provider. Throws an Error for a malformed document. */
export function webTrusts(trust: string): readonly WebTrust[] {
  const policy = parsePolicy(trust);
  return policy.statements
    .filter((statement) => statement.effect === 'Allow' && touchesActions(statement, WEB_IDENTITY))
    .flatMap((statement) => {
      const providers = (statement.principals ?? []).flatMap(({ type, value }) => {
        const issuer = type === 'Federated' ? issuerOf(value) : undefined;
        return issuer === undefined ? [] : [{ issuer, provider: value.includes(PROVIDER) ? value : null }];
      });
      return providers.map(({ issuer, provider }) => ({
        statement,
        issuer,
        provider,
        conditions: [...statement.conditions, ...restrictions(policy, provider)],
        others: providers.map((one) => one.issuer).filter((one) => one !== issuer),
      }));
    });
}

/** Does a system that builds and deploys assume the role by web identity? */
export function isOfCi({ issuer }: Pick<WebTrust, 'issuer'>): boolean {
  return CI_ISSUERS.some((pattern) => matches(pattern, issuer));
}

/** What a statement leaves open that it should not, the gravest first; undefined where tenant and repository are pinned. */
export function openingOf(trust: WebTrust, rules: TenancyRules): OpenTrust | undefined {
  const { issuer, conditions, others } = trust;
  if (conditions.some((one) => isFirm(one) && others.some((other) => one.key.startsWith(`${other.toLowerCase()}:`))))
    return undefined;
  const tenancy = Object.entries(rules.sharedIssuers).find(([name]) => name === issuer)?.[1];
  if (issuer === GITHUB && tenancy) return githubOpening(trust, tenancy, rules);
  if (tenancy && !tenancy.some((claim) => isPinned(trust, claim)))
    return opened(trust, 'critical', `any tenant of ${issuer}`);
  if (matches(EKS, issuer) && !isServiceAccountPinned(trust))
    return opened(trust, 'medium', 'any service account of the cluster');
  return undefined;
}

const GRAVEST = ['critical', 'high', 'medium', 'low'] as const;

/** The gravest of some openings; there is one at least. */
export function worstOf(openings: readonly Opening[]): Opening {
  return openings.toSorted((one, other) => GRAVEST.indexOf(one.severity) - GRAVEST.indexOf(other.severity))[0]!;
}

/** Values under StringEquals with a wildcard: they are compared as they are written, and never match. */
export function deadValues({ issuer, conditions }: WebTrust): readonly string[] {
  return bindings(conditions, keyOf(issuer, 'sub'))
    .filter((one) => !isLike(one))
    .flatMap(({ values }) => values.filter((value) => value.includes('*')));
}

function githubOpening(trust: WebTrust, tenancy: readonly string[], rules: TenancyRules): OpenTrust | undefined {
  const claims: Record<string, (value: string, isPattern: boolean) => Reach> = {
    sub: subjectOf,
    repository: repositoryOf,
    job_workflow_ref: workflowOf,
    repository_id: fixed('repository'),
    repository_owner: fixed('organization'),
    repository_owner_id: fixed('organization'),
    enterprise: fixed('organization'),
    enterprise_id: fixed('organization'),
  };
  const reaches = Object.entries(claims)
    .filter(([claim]) => tenancy.includes(claim) || claim === 'repository_owner' || claim === 'enterprise')
    .flatMap(([claim, read]) =>
      bound(trust, claim).map((one) => weakest(one.values.map((value) => read(value, isLike(one))))),
    );
  const reach = strictest(reaches);
  if (reach === 'open') return opened(trust, 'critical', 'repositories of any organization');
  if (reach === 'organization' && !rules.allowOrganizationWide)
    return opened(trust, 'medium', 'each repository of the organization');
  if (reach === 'unclear') return opened(trust, 'low', 'a subject of a form of its own, to be looked at by hand');
  const isReferencePinned =
    reach === 'reference' || ['ref', 'environment'].some((claim) => bound(trust, claim).some(isLiteral));
  if (!isReferencePinned && bound(trust, 'sub').some(({ values }) => values.some(isPullRequest)))
    return opened(trust, 'high', 'each pull request of the repository', true);
  if (bound(trust, 'aud').length === 0) return opened(trust, 'medium', 'tokens for any audience');
  return rules.requireRef && !isReferencePinned ? opened(trust, 'medium', 'each branch of the repository') : undefined;
}

const fixed = (reach: Reach) => (value: string, isPattern: boolean) => (isPattern && !isFixed(value) ? 'open' : reach);

/** Is a claim of another issuer than GitHub bound to fixed tenants? A subject has to be, up to the tenant's name. */
function isPinned(trust: WebTrust, claim: string): boolean {
  return bound(trust, claim).some((one) =>
    one.values.every((value) => !isLike(one) || isFixed(value) || (claim === 'sub' && TENANT_PREFIX.test(value))),
  );
}

/** 'project_path:acme/*', 'organization:acme:*': what kind of thing, its name, and the end of the name before any wildcard. */
const TENANT_PREFIX = /^[^:*?]+:[^:/*?]+[:/]/;

function isServiceAccountPinned(trust: WebTrust): boolean {
  return bound(trust, 'sub').some((one) =>
    one.values.every((value) => !isLike(one) || isFixed(value) || NAMESPACE.test(value)),
  );
}

const NAMESPACE = /^system:serviceaccount:[^:*?]+:/;

function bound({ issuer, conditions }: WebTrust, claim: string): readonly Condition[] {
  return bindings(conditions, keyOf(issuer, claim)).filter(({ values }) => values.length > 0);
}

const keyOf = (issuer: string, claim: string) => `${issuer}:${claim}`.toLowerCase();
const isLike = ({ operator }: Condition): boolean => operator.endsWith('like') || operator === 'arnequals';
const isLiteral = (one: Condition): boolean => one.values.every((value) => !isLike(one) || isFixed(value));

/** A Deny to everyone but some identities is a condition on the rest. It counts when that is all it asks. */
function restrictions({ statements }: Policy, provider: string | null): readonly Condition[] {
  return statements.flatMap(({ effect, conditions, principals = [], ...statement }) => {
    const [only, ...more] = conditions;
    const isOnProvider = hasEveryone(principals) || principals.some(({ value }) => value === provider);
    const isOfWebIdentity = touchesActions({ effect, conditions, ...statement }, WEB_IDENTITY);
    if (effect === 'Allow' || !only || more.length > 0 || !isOnProvider || !isOfWebIdentity) return [];
    if (!isNegated(only) || only.set === 'any') return [];
    return [{ ...only, operator: only.operator.replace('not', ''), set: undefined, ifExists: false }];
  });
}

function issuerOf(federated: string): string | undefined {
  if (federated.includes(PROVIDER)) return federated.slice(federated.indexOf(PROVIDER) + PROVIDER.length);
  return federated.startsWith('arn:') ? undefined : federated;
}

function opened(
  { statement, issuer, provider }: WebTrust,
  severity: Opening['severity'],
  reason: string,
  isAboutWriting = false,
): OpenTrust {
  return { opening: { statement: labelOf(statement), issuer, reason, severity }, provider, isAboutWriting };
}
