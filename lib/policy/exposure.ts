import { type Bound, boundOf, type Guard, pinsOf, type Scope } from './bound.ts';
import { labelOf, type Policy, type Statement } from './document.ts';
import { touchesActions } from './patterns.ts';
import { SOURCE_KEYS } from './pin.ts';
import { identify, type Identity, principalText } from './principal.ts';

/** The classes of statements, the widest first. A statement with several principals is of the widest one's class. */
const KINDS = [
  /** Everyone, and no condition fixes the caller. */
  'public',
  /** Everyone from a fixed network, or through a fixed resource whose owner is not named. */
  'restricted',
  /** Everyone of named organizations. */
  'organization',
  /** Named accounts, not all of them the own one. */
  'accounts',
  /** Fixed principals whose account cannot be told. */
  'unresolved',
  /** Identity providers. */
  'federated',
  /** AWS services. */
  'service',
  'own-account',
  /** A Deny, no principal, or deleted ones only. */
  'nobody',
] as const;
export type ExposureKind = (typeof KINDS)[number];

/** Who a statement lets in, and by which of its words. The lists are sorted and free of repetition. */
export type Exposure = {
  readonly kind: ExposureKind;
  /** The statement's Sid, else its place from 1: '#2'. */
  readonly statement: string;
  /** As written: 'AWS *', 'Service sns.amazonaws.com', 'not AWS 111122223333'. */
  readonly principals: readonly string[];
  /** The accounts other than the own one that are let in by name. */
  readonly accounts: readonly string[];
  /** The organizations that are let in. 'own' where a variable names it and the scope does not know it. */
  readonly organizations: readonly string[];
  readonly services: readonly string[];
  /** For whom the services may act, as conditions on the source say; 'none' when nothing holds them (confused deputy). */
  readonly guard: Guard;
  readonly federated: readonly string[];
  readonly unresolved: readonly string[];
  /** Unique ids of deleted users and roles: they match nobody. */
  readonly deleted: readonly string[];
  /** The conditions that fix the caller: 'StringEquals aws:SourceAccount'. */
  readonly pins: readonly string[];
  /** The keys of all conditions, in lower case. */
  readonly conditionKeys: readonly string[];
};

/** A statement beside who it lets in. */
export interface Exposed {
  readonly statement: Statement;
  readonly exposure: Exposure;
}

/** One account that a statement lets in by name. */
export type TrustedAccount = Pick<Exposure, 'statement' | 'principals' | 'pins'> & { readonly account: string };

/** The actions that a role's trust policy grants. */
export const TRUST_ACTIONS: readonly string[] = ['sts:AssumeRole*'];
const ALL_ACTIONS: readonly string[] = ['*'];

/** Says who a statement lets in, judged by principals and conditions (see `readPin`). */
export function exposure(statement: Statement, scope: Scope): Exposure {
  const parties = partiesOf(statement);
  const pins = pinsOf(statement, scope);
  const everyone = parties.everyone.length > 0 ? boundOf(pins, scope) : undefined;
  const guards = parties.service.length > 0 ? pinsOf(statement, { account: scope.account, keys: SOURCE_KEYS }) : [];
  const guard = boundOf(guards, scope).kind;
  const foreign = parties.account.filter((account) => account !== scope.account);
  return {
    kind: statement.effect === 'Deny' ? 'nobody' : widest(parties, everyone, foreign),
    statement: labelOf(statement),
    principals: sorted([...textsOf(statement.principals, ''), ...textsOf(statement.notPrincipals, 'not ')]),
    accounts: sorted([...foreign, ...(everyone?.accounts ?? [])]),
    organizations: sorted(everyone?.organizations ?? []),
    services: sorted(parties.service),
    guard: guard === 'public' ? 'none' : guard,
    federated: sorted(parties.federated),
    unresolved: sorted(parties.unresolved),
    deleted: sorted(parties.deleted),
    pins: sorted([...pins, ...guards].map(({ condition }) => condition.text)),
    conditionKeys: sorted(statement.conditions.map(({ key }) => key)),
  };
}

/** The Allow statements that touch one of the actions ('sts:AssumeRole*'; default: any), and who each lets in. */
export function exposures(policy: Policy, scope: Scope, actions = ALL_ACTIONS): readonly Exposed[] {
  return policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .filter((statement) => actions.some((action) => touchesActions(statement, action)))
    .map((statement) => ({ statement, exposure: exposure(statement, scope) }));
}

/** The Allow statements that let everyone in. A Deny may still close one: see `closingDenies`. */
export function publicStatements(policy: Policy, scope: Scope, actions = ALL_ACTIONS): readonly Exposed[] {
  return exposures(policy, scope, actions).filter(({ exposure }) => exposure.kind === 'public');
}

/** The accounts other than the own one that Allow statements let in by name: once per statement and account. */
export function trustedAccounts(policy: Policy, scope: Scope, actions = ALL_ACTIONS): readonly TrustedAccount[] {
  return exposures(policy, scope, actions).flatMap(({ exposure: { accounts, statement, principals, pins } }) =>
    accounts.map((account) => ({ account, statement, principals, pins })),
  );
}

type Parties = Readonly<Record<Identity['kind'], string[]>>;

function partiesOf({ principals = [], notPrincipals }: Statement): Parties {
  const parties: Parties = { everyone: [], account: [], service: [], federated: [], unresolved: [], deleted: [] };
  // All but some are everyone, strangers included.
  if (notPrincipals) parties.everyone.push('not');
  for (const principal of principals) {
    const identity = identify(principal);
    parties[identity.kind].push(identity.kind === 'account' ? identity.account : principal.value);
  }
  return parties;
}

function widest(parties: Parties, everyone: Bound | undefined, foreign: readonly string[]): ExposureKind {
  const kinds = new Set<ExposureKind>(['nobody']);
  if (everyone) kinds.add(everyone.kind);
  if (foreign.length > 0) kinds.add('accounts');
  if (parties.account.length > foreign.length) kinds.add('own-account');
  for (const kind of ['service', 'federated', 'unresolved'] as const) if (parties[kind].length > 0) kinds.add(kind);
  return KINDS.find((kind) => kinds.has(kind))!;
}

function textsOf(principals: Statement['principals'] = [], prefix: string): readonly string[] {
  return principals.map((principal) => `${prefix}${principalText(principal)}`);
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)].toSorted();
}
