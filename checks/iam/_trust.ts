import { witnesses } from '../../lib/core/knowledge.ts';
import type { Identity } from '../../lib/core/model.ts';
import { boundOf, closingDenies, pinsOf } from '../../lib/policy/bound.ts';
import { bindings, type Condition } from '../../lib/policy/condition.ts';
import { labelOf, parsePolicy, type Statement } from '../../lib/policy/document.ts';
import { type Exposed, exposures, publicStatements, TRUST_ACTIONS } from '../../lib/policy/exposure.ts';
import { OWN, readPin, SOURCE_KEYS, TRUST_KEYS } from '../../lib/policy/pin.ts';
import { strangersIn, type Trust } from '../../lib/policy/foreign.ts';
import { identify } from '../../lib/policy/principal.ts';
import { isFixed } from '../../lib/policy/wildcard.ts';
import { isOfCi, webTrusts } from './_oidc.ts';

/** A statement of a trust policy that lets any AWS principal in. */
export type OpenStatement = {
  /** The statement's Sid, else its place from 1. */
  readonly statement: string;
  readonly principals: readonly string[];
  readonly conditionKeys: readonly string[];
  /** Does it ask for a fixed external id, or for fixed addresses? Neither says who calls, but not everyone gets past. */
  readonly isHindered: boolean;
};

/** The statements by which everyone can assume a role of the account. Throws an Error for a malformed document. */
export function openStatements(trust: string, account: string): readonly OpenStatement[] {
  const policy = parsePolicy(trust);
  return publicStatements(policy, { account, keys: TRUST_KEYS }, TRUST_ACTIONS)
    .filter(({ statement }) => !closingDenies(policy, statement).some(({ conditions }) => conditions.every(isOfTrust)))
    .map(({ statement: { conditions }, exposure: { statement, principals, conditionKeys } }) => ({
      statement,
      principals,
      conditionKeys,
      isHindered: hasExternalId(conditions) || hasAddress(conditions),
    }));
}

/** A role, as far as its trust policy needs it. */
export type Trusting = Pick<Identity, 'account'> & { readonly trust: string };

/** A statement that lets somebody in whom nobody trusts. */
export type Strange = {
  /** The statement's Sid, else its place from 1. */
  readonly statement: string;
  /** Accounts and organizations. */
  readonly strangers: readonly string[];
  readonly conditionKeys: readonly string[];
};

/** The Allow statements for some actions, and who each lets in. Throws an Error for a malformed document. */
function trustsOf({ trust, account }: Trusting, actions = TRUST_ACTIONS): readonly Exposed[] {
  return exposures(parsePolicy(trust), { account, keys: TRUST_KEYS }, actions);
}

/** The statements that let other accounts, or organizations, in by name. */
export function foreignTrusts(role: Trusting, actions = TRUST_ACTIONS): readonly Exposed[] {
  return trustsOf(role, actions).filter(
    ({ exposure: { accounts, organizations } }) => accounts.length > 0 || organizations.some((one) => one !== OWN),
  );
}

/** Those of some statements that let strangers in. One that certainly does is an answer, whatever is unknown of the others. */
export function strangeOnes({ account }: Trusting, trusts: readonly Exposed[], trust: Trust): readonly Strange[] {
  const strangers = (one: Exposed) => strangersIn(one, { account, keys: TRUST_KEYS }, trust);
  return witnesses(trusts, (one) => strangers(one).length > 0).map((one) => ({
    statement: one.exposure.statement,
    strangers: strangers(one),
    conditionKeys: one.exposure.conditionKeys,
  }));
}

/** Are those who are let in nobody any more: users and roles that were deleted? */
export function hasDeleted(role: Trusting): boolean {
  return trustsOf(role).some(({ exposure }) => exposure.deleted.length > 0);
}

/** Must the caller know a secret between the two parties, or have signed in with MFA? */
export function isProven({ conditions }: Statement, acceptMfa: boolean): boolean {
  return hasExternalId(conditions) || (acceptMfa && conditions.some(requiresMfa));
}

/** With IfExists it would not: long-term keys leave aws:MultiFactorAuthPresent out (AWS global condition context keys). */
function requiresMfa({ operator, key, values, ifExists, set }: Condition): boolean {
  if (operator !== 'bool' || key !== 'aws:multifactorauthpresent' || ifExists || set) return false;
  return values.length > 0 && values.every((value) => value.toLowerCase() === 'true');
}

/** Who from outside may assume a role: another account (by name, or as one of everyone), or a system that builds and deploys. */
export function outsidersOf(role: Trusting, ciServices: readonly string[]): readonly string[] {
  const trusts = trustsOf(role).map(({ exposure }) => exposure);
  const services = trusts.flatMap((one) => one.services).filter((one) => ciServices.includes(globalName(one)));
  const issuers = webTrusts(role.trust)
    .filter(isOfCi)
    .map(({ issuer }) => issuer);
  const foreign = trusts.some(({ kind }) => OUTSIDE.has(kind)) ? ['another account'] : [];
  return [...new Set([...foreign, ...issuers, ...services])];
}

const OUTSIDE: ReadonlySet<string> = new Set(['public', 'restricted', 'organization', 'accounts']);

/** A statement that lets services in, and on whose behalf they may call. */
export type ServiceTrust = {
  readonly statement: string;
  readonly services: readonly string[];
  /** What the conditions on the source name; 'own-account' for nothing but that. */
  readonly source: string;
  readonly organizations: readonly string[];
};

/** The statements that let any of some services assume the role. */
export function serviceTrusts(role: Trusting, services: readonly string[]): readonly ServiceTrust[] {
  const scope = { account: role.account, keys: SOURCE_KEYS };
  return trustsOf(role, ['sts:AssumeRole']).flatMap(({ statement }) => {
    const named = servicesIn(statement).filter((service) => services.includes(globalName(service)));
    const { kind, organizations } = boundOf(pinsOf(statement, scope), scope);
    return named.length > 0 ? [{ statement: labelOf(statement), services: named, source: kind, organizations }] : [];
  });
}

function servicesIn({ principals = [] }: Statement): readonly string[] {
  return principals.filter((one) => identify(one).kind === 'service').map(({ value }) => value);
}

function globalName(service: string): string {
  const [name, ...rest] = service.replace(/\.cn$/, '').split('.');
  const isRegional = rest.length === 3 && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(rest[0]!);
  return isRegional ? [name, ...rest.slice(1)].join('.') : service.replace(/\.cn$/, '');
}

const isOfTrust = ({ key }: Condition): boolean => TRUST_KEYS.has(key);

function hasExternalId(conditions: readonly Condition[]): boolean {
  return bindings(conditions, 'sts:externalid').some(({ values }) => values.length > 0 && values.every(isFixed));
}

function hasAddress(conditions: readonly Condition[]): boolean {
  return conditions.some((condition) => condition.key === 'aws:sourceip' && readPin(condition) !== undefined);
}
