import type { Policy, Statement } from './document.ts';
import { coversAction, coversResource } from './patterns.ts';

/** A statement, and which of the judged policies it stands in. */
export interface StatementRef {
  /** The place in the list of policies, from 0. */
  readonly policy: number;
  readonly statement: Statement;
}

/** What policies say together about one action on one resource. */
export interface Decision {
  readonly isAllowed: boolean;
  /** The Allow statements that cover it, those with conditions included. */
  readonly allowedBy: readonly StatementRef[];
  /** The Deny statements without conditions that cover it. One is enough. */
  readonly deniedBy: readonly StatementRef[];
  /** The Deny statements that cover it under conditions: they do not decide. */
  readonly maybeDeniedBy: readonly StatementRef[];
}

export interface EvaluateOptions {
  /** Leaves Allow statements with conditions out. Default: they count as granted. */
  readonly ignoreConditioned?: boolean | undefined;
}

/**
 * Evaluates identity policies of one principal for one action ('iam:PassRole') on one resource (an ARN). Deny wins (Policy
 * evaluation logic). Conditions are not evaluated: what is allowed under one counts as allowed, what is denied under one does
 * not count as denied. Principals play no part. For permissions boundaries, ask again with the boundary alone.
 */
export function decide(
  policies: readonly Policy[],
  action: string,
  resource: string,
  options: EvaluateOptions = {},
): Decision {
  const allowedBy: StatementRef[] = [];
  const deniedBy: StatementRef[] = [];
  const maybeDeniedBy: StatementRef[] = [];
  for (const ref of statementsOf(policies, options)) {
    const { statement } = ref;
    if (!coversAction(statement, action) || !coversResource(statement, resource)) continue;
    if (statement.effect === 'Allow') allowedBy.push(ref);
    else if (statement.conditions.length === 0) deniedBy.push(ref);
    else maybeDeniedBy.push(ref);
  }
  return { isAllowed: allowedBy.length > 0 && deniedBy.length === 0, allowedBy, deniedBy, maybeDeniedBy };
}

/** As `decide`, and answers no more than whether it is allowed. */
export function allows(
  policies: readonly Policy[],
  action: string,
  resource: string,
  options: EvaluateOptions = {},
): boolean {
  return decide(policies, action, resource, options).isAllowed;
}

/** The statements of all policies; with `ignoreConditioned`, without the Allow statements that have conditions. */
export function statementsOf(
  policies: readonly Policy[],
  { ignoreConditioned = false }: EvaluateOptions,
): readonly StatementRef[] {
  return policies.flatMap(({ statements }, policy) =>
    statements
      .filter(({ effect, conditions }) => effect === 'Deny' || !ignoreConditioned || conditions.length === 0)
      .map((statement) => ({ policy, statement })),
  );
}
