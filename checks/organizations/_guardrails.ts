import type { Table } from '../../lib/core/model.ts';
import { allOf, anyOf } from '../../lib/core/logic.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import type { Statement } from '../../lib/policy/document.ts';
import { coversAction, coversActions, coversResources, touchesResources } from '../../lib/policy/patterns.ts';
import { overlaps } from '../../lib/policy/wildcard.ts';

export const SERVICE_CONTROL = 'SERVICE_CONTROL_POLICY';
/** What nobody in a member account should be able to do: blind those who watch it, or take it away from them. */
export const GUARDS: readonly string[] = [
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'config:StopConfigurationRecorder',
  'guardduty:DeleteDetector',
  'organizations:LeaveOrganization',
];

interface ControlPolicy {
  readonly kind: string;
  readonly statements: readonly Statement[];
  readonly targets: readonly string[];
}
type Policies = Table<ControlPolicy>;

/**
 * Do control policies take anything away from an account? By a Deny on it, on one of its organizational units or on the root; or
 * where what a level allows leaves something out (AWS Organizations: SCP evaluation).
 */
export function isRestricted(path: readonly string[], policies: Policies): boolean {
  const levels = levelsOf(path, policies);
  return anyOf(
    ...levels.map((level) => () => level.some(({ statements }) => statements.some(isDeny))),
    ...levels.map((level) => () => leavesOut(level, allowsEverything)),
  );
}

/** Those of the actions that no control policy takes away from an account. Conditions, as for a break-glass role, are no matter. */
export function undenied(actions: readonly string[], path: readonly string[], policies: Policies): readonly string[] {
  const levels = levelsOf(path, policies);
  return witnesses(actions, (action) => !isDenied(action, levels));
}

function levelsOf(path: readonly string[], policies: Policies): readonly Policies[] {
  return path.map((id) => policies.having('targets', id));
}

function isDenied(action: string, levels: readonly Policies[]): boolean {
  return anyOf(
    ...levels.map(
      (level) => () => level.some((policy) => policy.statements.some((one) => denies(one, action, policy))),
    ),
    ...levels.map((level) => () => leavesOut(level, (statement) => allows(statement, action))),
  );
}

/** What no service control policy of a level allows is denied below it. Resource control policies of customers allow nothing. */
function leavesOut(level: Policies, isAllowed: (statement: Statement) => boolean): boolean {
  const service = level.having('kind', SERVICE_CONTROL);
  return allOf(
    () => service.some(() => true),
    () => service.every(({ statements }) => !statements.some(isAllowed)),
  );
}

const isDeny = ({ effect }: Statement): boolean => effect === 'Deny';

function allowsEverything(statement: Statement): boolean {
  const isWide = coversActions(statement, '*:*') && coversResources(statement, 'arn:*');
  return statement.effect === 'Allow' && statement.conditions.length === 0 && isWide;
}

function allows(statement: Statement, action: string): boolean {
  return statement.effect === 'Allow' && coversAction(statement, action);
}

function denies(statement: Statement, action: string, { kind }: ControlPolicy): boolean {
  // Few services have resource control policies: one that says "all actions" speaks of those services alone.
  const isMeant = kind === SERVICE_CONTROL || !statement.actions?.includes('*');
  return (
    isDeny(statement) && isMeant && coversAction(statement, action) && isAbout(statement, action.split(':', 1)[0]!)
  );
}

/** Some resources of the service will do: that is how the organisation's own trail is protected. */
function isAbout(statement: Statement, service: string): boolean {
  if (!statement.resources) return touchesResources(statement, `arn:*:${service}:*`);
  return statement.resources.some((resource) => overlaps(resource.split(':')[2] ?? '*', service));
}
