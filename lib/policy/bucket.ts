import { areNarrow } from './address.ts';
import { bindings, comparesText, type Condition, isFirm } from './condition.ts';
import type { Policy, Statement } from './document.ts';
import { hasEveryone, isAccountId, type Principal } from './principal.ts';
import { isFixed } from './wildcard.ts';

export interface BucketPolicyOptions {
  /** The policy is an access point's: there s3:DataAccessPointArn fixes nobody. */
  readonly isAccessPoint?: boolean | undefined;
}

/** The keys that make a statement non-public when their values are fixed (Amazon S3: The meaning of "public"). */
const FIXING_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:principalorgid',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:userid',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointaccount',
]);
const ACCESS_POINT_ARN = 's3:dataaccesspointarn';
const ACCESS_POINT_ACCOUNT = 's3:dataaccesspointaccount';
const NETWORK_ORIGIN = 's3:accesspointnetworkorigin';

/**
 * Is a bucket policy public as S3 defines it? S3 begins with "public"; it is not when each Allow names fixed principals or one
 * of a few keys with fixed values. Only for when GetBucketPolicyStatus cannot be asked, and to explain its answer.
 */
export function isPublicBucketPolicy(policy: Policy, options: BucketPolicyOptions = {}): boolean {
  return publicBucketStatements(policy, options).length > 0;
}

/** The statements that make a bucket policy public. A Deny plays no part: it may narrow the access, but not what S3 calls it. */
export function publicBucketStatements(policy: Policy, options: BucketPolicyOptions = {}): readonly Statement[] {
  return policy.statements.filter(
    (statement) =>
      statement.effect === 'Allow' &&
      !hasFixedPrincipals(statement) &&
      !statement.conditions.some((condition) => fixesCaller(condition, options)),
  );
}

/**
 * Does a bucket policy hand its decisions to access points, so that an access point's policy can open the bucket? It does with an
 * Allow to everyone who comes through named access points or accounts, unless only access points inside of a VPC count.
 */
export function delegatesToAccessPoints(policy: Policy): boolean {
  return delegatingStatements(policy).length > 0;
}

/** The statements by which it does. */
export function delegatingStatements(policy: Policy): readonly Statement[] {
  return policy.statements.filter(
    ({ effect, principals = [], conditions }) =>
      effect === 'Allow' &&
      hasEveryone(principals) &&
      [ACCESS_POINT_ARN, ACCESS_POINT_ACCOUNT].some((key) => bindings(conditions, key).length > 0) &&
      !bindings(conditions, NETWORK_ORIGIN).some(({ values }) => values.every((value) => value === 'VPC')),
  );
}

function hasFixedPrincipals({ principals = [], notPrincipals }: Statement): boolean {
  return !notPrincipals && principals.every(isFixedPrincipal);
}

/** Web identities such as 'graph.facebook.com' stand for all of their users; the ARN of a provider is fixed. */
function isFixedPrincipal({ type, value }: Principal): boolean {
  return isFixed(value) && (type !== 'Federated' || value.startsWith('arn:'));
}

function fixesCaller(condition: Condition, { isAccessPoint = false }: BucketPolicyOptions): boolean {
  const { key, operator, values } = condition;
  if (!isFirm(condition) || values.length === 0) return false;
  if (key === 'aws:sourceip') return operator === 'ipaddress' && areNarrow(values);
  if (!comparesText(condition)) return false;
  if (key === ACCESS_POINT_ARN) return !isAccessPoint && values.every(isAccessPointOfFixedAccount);
  return FIXING_KEYS.has(key) && values.every(isFixed);
}

/** A wildcard is harmless in the name of the access point alone: 'arn:aws:s3:us-west-2:123456789012:accesspoint/*'. */
function isAccessPointOfFixedAccount(value: string): boolean {
  const [prefix, partition = '', service, region = '', account = '', ...resource] = value.split(':');
  const isFixedPlace =
    prefix === 'arn' && service === 's3' && isFixed(partition) && isFixed(region) && isAccountId(account);
  return isFixedPlace && resource.join(':').startsWith('accesspoint/');
}
