import type { Policy, Statement } from './document.ts';
import { type EvaluateOptions, type StatementRef, statementsOf } from './evaluate.ts';
import {
  coversAction,
  coversActions,
  coversResource,
  coversResources,
  touchesActions,
  touchesResources,
} from './patterns.ts';

export interface AdminOptions extends EvaluateOptions {
  /** The account whose resources are meant, where a policy names it. */
  readonly account?: string | undefined;
  /** Default: 'aws'. */
  readonly partition?: string | undefined;
}

/** Whether policies grant everything, and the statements that decide it. */
export interface FullAdmin {
  readonly isGranted: boolean;
  /** The Allow statements that make up all actions on all resources. Empty when there are none. */
  readonly grantedBy: readonly StatementRef[];
  /** The unconditional Deny statements of the same breadth, any one of which takes the grant away. */
  readonly deniedBy: readonly StatementRef[];
}

/**
 * Whoever may do all of these on everything is an administrator. Beside one real action of each service stands a made-up one,
 * which only a wildcard matches: a list of named actions is not "all actions", however long.
 */
const PROBE_ACTIONS = [
  'iam:CreateUser',
  'iam:AnythingElse',
  's3:GetObject',
  's3:AnythingElse',
  'ec2:RunInstances',
  'ec2:AnythingElse',
  'organizations:LeaveOrganization',
  'organizations:AnythingElse',
];
const ALL_ACTIONS = '*:*';
const ALL_IAM = 'iam:*';

/**
 * Do identity policies together grant all actions on all resources? Statements on all resources are united: halves add up. An
 * Allow with NotAction or NotResource is such a grant unless it leaves out all of IAM (PowerUserAccess does). A Deny counts only
 * when it has no condition and the same breadth; conditions of an Allow do not shrink it, unless `ignoreConditioned`.
 */
export function grantsFullAdmin(policies: readonly Policy[], options: AdminOptions = {}): FullAdmin {
  const { account = '123456789012', partition = 'aws' } = options;
  const place: Place = {
    all: `arn:${partition}:*`,
    iam: `arn:${partition}:iam::${account}:*`,
    probes: probes(partition, account),
  };
  const refs = statementsOf(policies, options);
  const wide = refs.filter(({ statement }) => statement.effect === 'Allow' && isOnEverything(statement, place));
  const grantedBy = grantOf(wide);
  const deniedBy = refs.filter(({ statement }) => deniesEverything(statement, place));
  return { isGranted: grantedBy.length > 0 && deniedBy.length === 0, grantedBy, deniedBy };
}

interface Place {
  /** A pattern for all ARNs. */
  readonly all: string;
  /** A pattern for all ARNs of IAM. */
  readonly iam: string;
  readonly probes: readonly string[];
}

function probes(partition: string, account: string): readonly string[] {
  return [
    `arn:${partition}:iam::${account}:user/probe/anyone`,
    `arn:${partition}:s3:::probe-bucket/any/object`,
    `arn:${partition}:ec2:us-east-1:${account}:instance/i-00000000000000000`,
  ];
}

/** The statements that alone grant everything; else those that do so together; else none. */
function grantOf(wide: readonly StatementRef[]): readonly StatementRef[] {
  const alone = wide.filter(({ statement }) => grantsAlone(statement));
  if (alone.length > 0) return alone;
  const isGranted = PROBE_ACTIONS.every((action) => wide.some(({ statement }) => coversAction(statement, action)));
  if (!isGranted) return [];
  return wide.filter(({ statement }) => PROBE_ACTIONS.some((action) => coversAction(statement, action)));
}

function grantsAlone(statement: Statement): boolean {
  if (statement.notActions) return touchesActions(statement, ALL_IAM);
  return PROBE_ACTIONS.every((action) => coversAction(statement, action));
}

function isOnEverything(statement: Statement, { iam, probes }: Place): boolean {
  if (statement.notResources) return touchesResources(statement, iam);
  return probes.every((probe) => coversResource(statement, probe));
}

/** Here nothing is taken on trust from probes: what a Deny leaves open is open. */
function deniesEverything(statement: Statement, { all, iam }: Place): boolean {
  if (statement.effect === 'Allow' || statement.conditions.length > 0) return false;
  const actions = coversActions(statement, statement.notActions ? ALL_IAM : ALL_ACTIONS);
  return actions && coversResources(statement, statement.notResources ? iam : all);
}
