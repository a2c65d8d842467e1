import { type Condition, isFirm } from './condition.ts';
import type { Policy, Statement } from './document.ts';
import { reachesAllOf } from './patterns.ts';
import { OWN, type Pin, readExemption, readPin } from './pin.ts';
import { hasEveryone } from './principal.ts';

/** From whose point of view a policy is judged, and which conditions may fix the caller. */
export interface Scope {
  /** The account that owns the resource. */
  readonly account: string;
  /** Its organization, where known: 'o-a1b2c3d4e5'. */
  readonly organization?: string | undefined;
  /** The condition keys (in lower case) that may fix the caller, such as TRUST_KEYS. Default: all that `readPin` knows. */
  readonly keys?: ReadonlySet<string> | undefined;
  /** Further conditions, of one service, that fix the caller ('sns:endpoint'). Asked only of firm ones, see `isFirm`. */
  readonly alsoPins?: ((condition: Condition) => boolean) | undefined;
}

/** How far a wildcard principal reaches under some pins, the tightest first. */
const BOUNDS = ['own-account', 'accounts', 'organization', 'restricted', 'public'] as const;
export type Guard = Exclude<(typeof BOUNDS)[number], 'public'> | 'none';
export interface Bound {
  readonly kind: (typeof BOUNDS)[number];
  /** The accounts other than the own one. */
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
}

const UNBOUND: Bound = { kind: 'public', accounts: [], organizations: [] };

/** The conditions of a statement that fix the caller, under the scope's rules. */
export function pinsOf(statement: Statement, scope: Scope): readonly Pin[] {
  return statement.conditions.flatMap((condition) => {
    const isKnown = !scope.keys || scope.keys.has(condition.key);
    const pin = (isKnown ? readPin(condition) : undefined) ?? readServicePin(condition, scope);
    return pin ? [pin] : [];
  });
}

/** How far everyone reaches under pins: they are AND-ed, so the tightest decides. */
export function boundOf(pins: readonly Pin[], scope: Scope): Bound {
  const bounds = pins.map((pin) => readBound(pin, scope));
  const kind = BOUNDS.find((kind) => bounds.some((bound) => bound.kind === kind));
  if (!kind) return UNBOUND;
  const tightest = bounds.filter((bound) => bound.kind === kind);
  return {
    kind,
    accounts: tightest.flatMap(({ accounts }) => accounts),
    organizations: tightest.flatMap(({ organizations }) => organizations),
  };
}

/**
 * The Deny statements that shut out everyone but fixed callers from all that an Allow grants, such as Deny to '*' unless
 * aws:PrincipalOrgID is the own organization. They close an Allow to everyone; a Deny with any other condition does not.
 */
export function closingDenies(policy: Policy, allow: Statement): readonly Statement[] {
  return policy.statements.filter(
    (statement) =>
      statement.effect === 'Deny' &&
      hasEveryone(statement.principals ?? []) &&
      statement.conditions.every((condition) => readExemption(condition) !== undefined) &&
      reachesAllOf(statement, allow),
  );
}

function readServicePin(condition: Condition, { alsoPins }: Scope): Pin | undefined {
  const isPin = alsoPins !== undefined && isFirm(condition) && alsoPins(condition);
  return isPin ? { condition, accounts: [], organizations: [], elsewhere: true } : undefined;
}

function readBound(pin: Pin, scope: Scope): Bound {
  const accounts = pin.accounts.filter((account) => account !== OWN && account !== scope.account);
  const organizations = pin.organizations.map((one) => (one === OWN ? (scope.organization ?? OWN) : one));
  if (pin.elsewhere) return { kind: 'restricted', accounts, organizations };
  if (organizations.length > 0) return { kind: 'organization', accounts, organizations };
  return { kind: accounts.length > 0 ? 'accounts' : 'own-account', accounts, organizations };
}
