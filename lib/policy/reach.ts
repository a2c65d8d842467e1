import { bindings, type Condition, isNegated } from './condition.ts';
import type { Policy, Statement } from './document.ts';
import { type StatementRef, statementsOf } from './evaluate.ts';
import { coversAction, coversResource } from './patterns.ts';
import { covers, matches, overlaps } from './wildcard.ts';

/** What one principal may do: its identity policies together, within its permissions boundary. */
export interface Authority {
  readonly policies: readonly Policy[];
  /** Null where it has none. */
  readonly boundary: readonly Policy[] | null;
}

/** What is asked of an authority. */
export interface Question {
  /** 'iam:PassRole'. */
  readonly action: string;
  /** A pattern for all that the action may be done to: 'arn:aws:iam::111122223333:role/*'. */
  readonly targets: string;
  /** Is one target enough? Default: no, only a grant on targets at large counts, not one on named targets. */
  readonly isAnyEnough?: boolean | undefined;
  /** For iam:PassRole: the services ('ec2.amazonaws.com') one of which is to get the role. Default: any service. */
  readonly passedTo?: readonly string[] | undefined;
}

const PASSED_TO_SERVICE = 'iam:passedtoservice';
/** A name of which nothing is fixed: '*' after the last ':' or '/'. */
const BARE_NAME = /(?:^|[:/])[*?]*\*[*?]*$/;
const REFERENCE = /\$\{(?![*?$]\})/;

/** A resource pattern on which an Allow grants the action. */
export interface Grant {
  readonly ref: StatementRef;
  /** As the document writes it; what was asked for, where an Allow names what it leaves out. */
  readonly pattern: string;
}

/**
 * The Allow statements by which the action may be done to targets at large: on '*', on all targets, or on all of some path; not
 * where names or parts of names are given. The boundary takes it away when it allows nothing of the kind. See `grantsOf`.
 */
export function grantsAtLarge(authority: Authority, question: Question): readonly StatementRef[] {
  const { targets, isAnyEnough = false } = question;
  return within(authority, (policies) => {
    const grants = grantsOf(policies, question).filter(({ pattern }) => isAnyEnough || isAtLarge(pattern, targets));
    return [...new Set(grants.map(({ ref }) => ref))];
  });
}

/**
 * All patterns among the targets on which policies grant an action. A Deny counts when it holds without conditions. Conditions
 * play no part, but for iam:PassedToService, which decides which service may get a role.
 */
export function grantsOf(policies: readonly Policy[], question: Question): readonly Grant[] {
  const denies = spoken(policies, 'Deny', question);
  const isClosed = (pattern: string) => denies.some(({ statement }) => closes(statement, pattern, question.targets));
  return spoken(policies, 'Allow', question).flatMap((ref) =>
    patternsOf(ref.statement, question.targets)
      .filter((pattern) => !isClosed(pattern))
      .map((pattern) => ({ ref, pattern })),
  );
}

/** The Allow statements by which the action may be done to one resource (an ARN). Conditions as with `grantsAtLarge`. */
export function grantsOn(authority: Authority, action: string, resource: string): readonly StatementRef[] {
  return within(authority, (policies) => {
    const question = { action, targets: resource };
    const isDenied = spoken(policies, 'Deny', question).some(({ statement }) => coversResource(statement, resource));
    if (isDenied) return [];
    return spoken(policies, 'Allow', question).filter(({ statement }) => coversResource(statement, resource));
  });
}

/** The pattern of all resources of the service that an action belongs to: 'arn:aws:ec2:*' for ec2:RunInstances. */
export function resourcesOf(action: string, partition: string): string {
  return `arn:${partition}:${action.split(':', 1)[0]}:*`;
}

type Grants = (policies: readonly Policy[]) => readonly StatementRef[];

/** A boundary grants nothing; what it does not allow as well is not allowed. */
function within({ policies, boundary }: Authority, grants: Grants): readonly StatementRef[] {
  const granted = grants(policies);
  return granted.length > 0 && (boundary === null || grants(boundary).length > 0) ? granted : [];
}

/** The statements that speak of the action: each Allow that may hold, each Deny that holds for certain. */
function spoken(policies: readonly Policy[], effect: Statement['effect'], question: Question): readonly StatementRef[] {
  return statementsOf(policies, {}).filter(
    ({ statement }) =>
      statement.effect === effect && speaksOf(statement, question.action) && isInForce(statement, question),
  );
}

const spokenOf = new WeakMap<Statement, Map<string, boolean>>();

/** Many principals share the long policies of AWS: each is asked once about each action. */
function speaksOf(statement: Statement, action: string): boolean {
  const known = spokenOf.get(statement) ?? new Map<string, boolean>();
  spokenOf.set(statement, known);
  const answer = known.get(action) ?? coversAction(statement, action);
  known.set(action, answer);
  return answer;
}

function isInForce({ effect, conditions }: Statement, { passedTo }: Question): boolean {
  if (effect === 'Allow')
    return !passedTo || passedTo.some((service) => conditions.every((one) => admits(one, service)));
  if (conditions.length === 0) return true;
  return passedTo !== undefined && passedTo.every((service) => conditions.every((one) => isMetFor(one, service)));
}

/** Can the condition hold where this service gets the role? Other conditions can. */
function admits(condition: Condition, service: string): boolean {
  if (condition.key !== PASSED_TO_SERVICE) return true;
  if (isNegated(condition)) return !names(condition, service);
  return bindings([condition], PASSED_TO_SERVICE).length === 0 || names(condition, service);
}

/** Does the condition hold for certain where this service gets the role? */
function isMetFor(condition: Condition, service: string): boolean {
  if (condition.key !== PASSED_TO_SERVICE || condition.set) return false;
  const isNamed = names(condition, service);
  return isNegated(condition) ? !isNamed : isNamed && bindings([condition], PASSED_TO_SERVICE).length > 0;
}

/** In China some services are called 'ec2.amazonaws.com.cn'. */
function names({ operator, values }: Condition, service: string): boolean {
  const isPattern = operator.endsWith('like');
  return [service, `${service}.cn`].some((name) =>
    values.some((value) => (isPattern ? matches(value, name) : value === name)),
  );
}

/** The patterns among the targets on which an Allow grants. */
function patternsOf({ resources, notResources }: Statement, targets: string): readonly string[] {
  if (notResources) return notResources.some((one) => covers(one, targets)) ? [] : [targets];
  return (resources ?? ['*']).filter((one) => meets(one, targets));
}

/** Has a pattern anything in common with the targets? Part by part, where it has all parts of an ARN: no target's name holds a colon. */
function meets(pattern: string, targets: string): boolean {
  const [one, other] = [partsOf(pattern), partsOf(targets)];
  if (!one || !other) return overlaps(pattern, targets);
  return one.every((part, index) => overlaps(part, other[index]!));
}

/** The six parts of an ARN; undefined for text with fewer. */
function partsOf(arn: string): readonly string[] | undefined {
  const parts = arn.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** A variable, such as `${aws:username}`, stands for few targets, the principal itself most of the time. */
function isAtLarge(pattern: string, targets: string): boolean {
  if (REFERENCE.test(pattern)) return false;
  return covers(pattern, targets) || (BARE_NAME.test(pattern) && meets(pattern, targets));
}

/** Does a Deny take back all of what a pattern grants among the targets, or all but named ones? */
function closes({ resources, notResources }: Statement, pattern: string, targets: string): boolean {
  if (notResources) return !notResources.some((one) => isAtLarge(one, targets));
  return (resources ?? ['*']).some((one) => covers(one, pattern) || covers(one, targets));
}
