import { witnesses } from '../core/knowledge.ts';
import { allOf, anyOf } from '../core/logic.ts';
import type { Table } from '../core/model.ts';
import { Unknown } from '../core/view.ts';
import { boundOf, pinsOf, type Scope } from './bound.ts';
import type { Exposed } from './exposure.ts';
import { OWN } from './pin.ts';
import { accountOfArn } from './principal.ts';

/** Whom a resource may let in beside its own account. */
export interface Trust {
  /** Accounts, and canonical users, by id. */
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
  /** The accounts of the own organization. */
  readonly members: Pick<Table<{ readonly id: string }>, 'get'>;
  /** The own organization's id; null for a stand-alone account. Asked only where it matters, as it may be unknown. */
  ownOrganization(): string | null;
}

/**
 * The accounts that are neither trusted by name nor members of the own organization. Where its members may not be listed, an
 * account is a stranger or not: unknown, and thrown.
 */
export function strangers(
  accounts: readonly string[],
  { accounts: trusted, members }: Pick<Trust, 'accounts' | 'members'>,
): readonly string[] {
  const unnamed = accounts.filter((account) => !trusted.includes(account));
  return witnesses(unnamed, (account) => members.get(account) === undefined);
}

/**
 * Those whom an Allow lets in by name and nobody trusts: accounts, organizations, identity providers of other accounts. A condition
 * that asks for a trusted organization keeps them out. Principals whose account cannot be told are unknown, unless trusted by name.
 */
export function strangersIn({ statement, exposure }: Exposed, scope: Scope, trust: Trust): readonly string[] {
  const parties = [
    ...exposure.accounts.map((name) => ({ name, isForeign: () => strangers([name], trust).length > 0 })),
    ...exposure.organizations.map((name) => ({ name, isForeign: () => !isTrusted(name, trust) })),
    ...exposure.federated.map((name) => ({ name, isForeign: () => isForeignProvider(name, scope, trust) })),
    ...exposure.unresolved.map((name) => ({ name, isForeign: () => !trust.accounts.includes(name) && untold(name) })),
  ];
  const found = witnesses(parties, ({ isForeign }) =>
    allOf(isForeign, () => !isPinned({ statement, exposure }, scope, trust)),
  );
  return found.map(({ name }) => name);
}

function isPinned({ statement }: Exposed, scope: Scope, trust: Trust): boolean {
  const { kind, organizations } = boundOf(pinsOf(statement, scope), scope);
  return kind === 'organization' && allOf(...organizations.map((one) => () => isTrusted(one, trust)));
}

function isTrusted(organization: string, { organizations, ownOrganization }: Trust): boolean {
  return anyOf(
    () => organization === OWN || organizations.includes(organization),
    () => organization === ownOrganization(),
  );
}

/** Web identities without an ARN stand for all of their users, wherever they come from: they are not this question's. */
function isForeignProvider(provider: string, { account }: Scope, trust: Trust): boolean {
  const owner = accountOfArn(provider);
  return owner !== undefined && owner !== account && strangers([owner], trust).length > 0;
}

function untold(principal: string): never {
  throw new Unknown({ reason: 'failed', operation: 'policy', detail: `whose ${principal} is cannot be told` });
}
