import type { Condition } from './condition.ts';
import { labelOf, type Policy, type Statement } from './document.ts';
import { coversActions, coversResources } from './patterns.ts';
import { hasEveryone } from './principal.ts';

/** What of a service is to be refused without TLS. */
export interface Target {
  /** A pattern for the actions: 's3:*'. */
  readonly actions: string;
  /** Patterns for the resources; statements may cover them between them. */
  readonly resources: readonly string[];
}

/** How far a resource policy refuses requests without TLS. */
export type TransportDenial = {
  /** Are all requests without TLS denied, for everyone? */
  readonly isDenied: boolean;
  /** The statements that deny them, by Sid, else by place ('#2'). */
  readonly statements: readonly string[];
  /** The resources that no such statement covers. */
  readonly open: readonly string[];
};

const TLS_VERSIONS = [1, 1.1, 1.2, 1.3];

/**
 * Does a policy deny everyone all requests without TLS? A statement counts when it denies '*' all of the actions, and its only
 * test is Bool (BoolIfExists) aws:SecureTransport false: each further test would let some request through.
 */
export function deniesInsecureTransport(policy: Policy, target: Target): TransportDenial {
  return denialOf(policy, target, isPlainRequest);
}

/** As `deniesInsecureTransport`, for a bucket ('arn:aws:s3:::name') and all of its objects. */
export function deniesWithoutTls(policy: Policy, bucketArn: string): TransportDenial {
  return deniesInsecureTransport(policy, bucketTarget(bucketArn));
}

/**
 * The lowest TLS version, 1 to 1.3, that a policy leaves to requests for a bucket and its objects, by Deny statements for
 * everyone whose only test is s3:TlsVersion; Infinity when it leaves none. Over plain HTTP the key is absent and such a Deny does
 * not match, so ask `deniesWithoutTls` as well.
 */
export function minimumTlsVersion(policy: Policy, bucketArn: string): number {
  const target = bucketTarget(bucketArn);
  const isLeft = (version: number) =>
    !denialOf(policy, target, (condition) => isTlsVersion(condition, version)).isDenied;
  return TLS_VERSIONS.find(isLeft) ?? Number.POSITIVE_INFINITY;
}

function bucketTarget(bucketArn: string): Target {
  return { actions: 's3:*', resources: [bucketArn, `${bucketArn}/*`] };
}

function denialOf(
  policy: Policy,
  { actions, resources }: Target,
  test: (condition: Condition) => boolean,
): TransportDenial {
  const denies = policy.statements.filter(
    (statement) => isDenyToEveryone(statement, actions) && statement.conditions.every(test),
  );
  const covering = denies.filter((statement) => resources.some((resource) => coversResources(statement, resource)));
  const open = resources.filter((resource) => !covering.some((statement) => coversResources(statement, resource)));
  return { isDenied: open.length === 0, statements: covering.map(labelOf), open };
}

function isDenyToEveryone(statement: Statement, actions: string): boolean {
  return statement.effect === 'Deny' && hasEveryone(statement.principals ?? []) && coversActions(statement, actions);
}

/** aws:SecureTransport is in each request's context, so set operators and IfExists change nothing. */
function isPlainRequest({ operator, key, values }: Condition): boolean {
  return (
    operator === 'bool' && key === 'aws:securetransport' && values.some((value) => value.toLowerCase() === 'false')
  );
}

function isTlsVersion({ operator, key, values }: Condition, version: number): boolean {
  if (key !== 's3:tlsversion') return false;
  return values.some((value) => {
    if (operator === 'numericlessthan') return version < Number(value);
    if (operator === 'numericlessthanequals') return version <= Number(value);
    return operator === 'numericequals' && version === Number(value);
  });
}
