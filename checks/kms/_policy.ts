import { boundOf, closingDenies, pinsOf, type Scope } from '../../lib/policy/bound.ts';
import type { Policy, Statement } from '../../lib/policy/document.ts';
import { exposures } from '../../lib/policy/exposure.ts';
import { SOURCE_KEYS, TRUST_KEYS } from '../../lib/policy/pin.ts';

/**
 * The keys that say who calls, or for whom a service does. kms:ViaService is not among them: anyone's account can go through the
 * service. Nor is aws:SourceIp, which is a place.
 */
const CALLER_KEYS: ReadonlySet<string> = new Set([...TRUST_KEYS, ...SOURCE_KEYS, 'kms:calleraccount']);

/** Whom a key policy lets in: the statements that are for everyone, and the other accounts that are named without an organization. */
export function callersOf(policy: Policy, account: string) {
  const scope = { account, keys: CALLER_KEYS };
  const exposed = exposures(policy, scope);
  const named = exposed.filter(({ statement }) => !isForOrganization(statement, scope));
  const open = exposed.filter(({ statement, exposure }) => exposure.kind === 'public' && !isClosed(policy, statement));
  return {
    everyone: open.map(({ exposure: { statement, principals, conditionKeys } }) => ({
      statement,
      principals,
      conditionKeys,
    })),
    accounts: [...new Set(named.flatMap(({ exposure }) => exposure.accounts))],
  };
}

/** An organization vouches for its accounts, as it does where everyone of it is let in. */
function isForOrganization(statement: Statement, scope: Scope): boolean {
  return boundOf(pinsOf(statement, scope), scope).kind === 'organization';
}

function isClosed(policy: Policy, statement: Statement): boolean {
  return closingDenies(policy, statement).some(({ conditions }) => conditions.every(({ key }) => CALLER_KEYS.has(key)));
}
