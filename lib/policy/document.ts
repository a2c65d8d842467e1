import { type Condition, readConditions } from './condition.ts';
import { elementsOf, namesOf, scalarOf, stringsOf, unreadable } from './elements.ts';
import { readJson } from './json.ts';
import { type Principal, readPrincipals } from './principal.ts';

/** A policy document, normalised. */
export type Policy = {
  readonly version: '2008-10-17' | '2012-10-17';
  readonly id?: string | undefined;
  readonly statements: readonly Statement[];
};

/**
 * One statement, normalised. Actions and resources stand as the document writes them.
 * - Of `actions` and `notActions` exactly one is there.
 * - Of `resources` and `notResources` at most one is there; neither: the resource that the policy is attached to (trust policies
 *   and the policies of Amazon ECR repositories name none).
 * - Of `principals` and `notPrincipals` at most one is there; neither: an identity policy, or a statement for nobody.
 */
export type Statement = {
  /** Its place in the document, from 0. */
  readonly index: number;
  readonly sid?: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions?: readonly string[] | undefined;
  readonly notActions?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly notResources?: readonly string[] | undefined;
  readonly principals?: readonly Principal[] | undefined;
  readonly notPrincipals?: readonly Principal[] | undefined;
  readonly conditions: readonly Condition[];
};

const POLICY = namesOf('Version', 'Id', 'Statement');
const STATEMENT = namesOf(
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
);

/**
 * Reads a policy document of any kind: JSON text, percent-encoded JSON text (IAM), or the parsed value. Scalars become lists,
 * names are read in any letter case, a missing Version is 2008-10-17 (IAM JSON policy elements: Version). An unknown or repeated
 * element, or a missing Statement, Effect or Action, throws an Error: what is meant cannot be told.
 */
export function parsePolicy(document: string | object): Policy {
  const value = typeof document === 'string' ? readJson(document) : document;
  const { Version, Id, Statement } = elementsOf(value, 'the document', POLICY);
  if (Statement === undefined) throw unreadable('the document', 'has no Statement');
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return {
    version: readVersion(Version),
    id: Id === undefined ? undefined : scalarOf(Id, 'Id'),
    statements: statements.map(readStatement),
  };
}

/** How evidence names a statement: by its Sid, else by its place from 1, as '#2'. */
export function labelOf(statement: Statement): string {
  return statement.sid || `#${statement.index + 1}`;
}

function readVersion(version: unknown): Policy['version'] {
  if (version === undefined) return '2008-10-17';
  if (version === '2008-10-17' || version === '2012-10-17') return version;
  throw unreadable('Version', 'is neither 2008-10-17 nor 2012-10-17');
}

function readStatement(value: unknown, index: number): Statement {
  const place = `statement ${index + 1}`;
  const found = elementsOf(value, place, STATEMENT);
  const statement: Statement = {
    index,
    sid: found.Sid === undefined ? undefined : scalarOf(found.Sid, `${place} Sid`),
    effect: readEffect(found.Effect, place),
    actions: optional(found.Action, `${place} Action`, stringsOf),
    notActions: optional(found.NotAction, `${place} NotAction`, stringsOf),
    resources: optional(found.Resource, `${place} Resource`, stringsOf),
    notResources: optional(found.NotResource, `${place} NotResource`, stringsOf),
    principals: optional(found.Principal, `${place} Principal`, readPrincipals),
    notPrincipals: optional(found.NotPrincipal, `${place} NotPrincipal`, readPrincipals),
    conditions: optional(found.Condition, `${place} Condition`, readConditions) ?? [],
  };
  assertOneOfEach(statement, place);
  return statement;
}

/** Valid values are Allow and Deny, in this letter case (IAM JSON policy elements: Effect). */
function readEffect(effect: unknown, place: string): Statement['effect'] {
  if (effect === 'Allow' || effect === 'Deny') return effect;
  throw unreadable(`${place} Effect`, 'is neither Allow nor Deny');
}

function optional<V>(value: unknown, place: string, read: (value: unknown, place: string) => V): V | undefined {
  return value === undefined ? undefined : read(value, place);
}

function assertOneOfEach(statement: Statement, place: string): void {
  const { actions, notActions, resources, notResources, principals, notPrincipals } = statement;
  if (!actions && !notActions) throw unreadable(place, 'has neither Action nor NotAction');
  if (actions && notActions) throw unreadable(place, 'has both Action and NotAction');
  if (resources && notResources) throw unreadable(place, 'has both Resource and NotResource');
  if (principals && notPrincipals) throw unreadable(place, 'has both Principal and NotPrincipal');
}
