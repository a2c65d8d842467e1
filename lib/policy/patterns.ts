import type { Statement } from './document.ts';
import { covers, matches, matchesAction, overlaps } from './wildcard.ts';

/** A set of names: those that some pattern matches, or all but those. Neither: all of them. */
interface PatternSet {
  readonly only: readonly string[] | undefined;
  readonly except: readonly string[] | undefined;
}

/** Each action has a colon, each ARN begins alike: '*:*' and 'arn:*' say no less than '*'. */
const ALL_ACTIONS = '*:*';
const ALL_RESOURCES = 'arn:*';

/** A reference to `${aws:username}` and the like, but not to the escapes `${*}`, `${?}` and `${$}`. */
const VARIABLE = /\$\{(?![*?$]\})[^}]*\}/g;

/** Is this one action, such as 's3:GetObject', among those of the statement? Letter case plays no part. */
export function coversAction(statement: Statement, action: string): boolean {
  const matching = (pattern: string) => matchesAction(pattern, action);
  return statement.actions ? statement.actions.some(matching) : !statement.notActions?.some(matching);
}

/** Are all actions that a pattern matches among those of the statement? As with `covers`, false is not quite certain. */
export function coversActions(statement: Statement, pattern: string): boolean {
  return holdsAll(actionsOf(statement), pattern, true);
}

/** Is any action that a pattern such as 'sts:AssumeRole*' matches among those of the statement? */
export function touchesActions(statement: Statement, pattern: string): boolean {
  const { actions, notActions } = statement;
  if (actions) return actions.some((one) => overlaps(one, pattern, true));
  return !notActions?.some((one) => covers(one, pattern, true));
}

/**
 * Is this one resource among those of the statement? A policy variable matches no particular resource; where that would make a
 * Deny wider than it is for certain (NotResource), it matches any text.
 */
export function coversResource(statement: Statement, resource: string): boolean {
  const { effect, resources, notResources } = statement;
  if (resources) return resources.some((pattern) => matches(pattern, resource));
  return !notResources?.some((pattern) => matches(effect === 'Deny' ? widened(pattern) : pattern, resource));
}

/** Are all resources that a pattern matches among those of the statement? As with `covers`, false is not quite certain. */
export function coversResources(statement: Statement, pattern: string): boolean {
  return holdsAll(resourcesOf(statement), pattern, false);
}

/** Is any resource that a pattern matches among those of the statement? */
export function touchesResources(statement: Statement, pattern: string): boolean {
  const { resources, notResources } = statement;
  if (resources) return resources.some((one) => overlaps(one, pattern));
  return !notResources?.some((one) => covers(one, pattern));
}

/** Does one statement speak of all actions on all resources that another speaks of? As with `covers`, false is not quite certain. */
export function reachesAllOf(statement: Statement, other: Statement): boolean {
  return (
    includesSet(actionsOf(statement), actionsOf(other), ALL_ACTIONS, true) &&
    includesSet(resourcesOf(statement), resourcesOf(other), ALL_RESOURCES, false)
  );
}

function actionsOf({ actions, notActions }: Statement): PatternSet {
  return { only: actions, except: notActions };
}

function resourcesOf({ effect, resources, notResources }: Statement): PatternSet {
  return { only: resources, except: effect === 'Deny' ? notResources?.map(widened) : notResources };
}

function holdsAll({ only, except }: PatternSet, pattern: string, ignoreCase: boolean): boolean {
  if (only) return only.some((one) => covers(one, pattern, ignoreCase));
  return !except?.some((one) => overlaps(one, pattern, ignoreCase));
}

function includesSet(outer: PatternSet, inner: PatternSet, all: string, ignoreCase: boolean): boolean {
  if (inner.only) return inner.only.every((pattern) => holdsAll(outer, pattern === '*' ? all : pattern, ignoreCase));
  const { except } = inner;
  if (outer.only || !except) return holdsAll(outer, all, ignoreCase);
  return (outer.except ?? []).every((one) => except.some((other) => covers(other, one, ignoreCase)));
}

function widened(pattern: string): string {
  return pattern.replaceAll(VARIABLE, '*');
}
