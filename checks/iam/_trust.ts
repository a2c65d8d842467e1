import { bindings, type Condition } from '../../lib/policy/condition.ts';
import { closingDenies } from '../../lib/policy/bound.ts';
import { parsePolicy } from '../../lib/policy/document.ts';
import { publicStatements, TRUST_ACTIONS } from '../../lib/policy/exposure.ts';
import { readPin, TRUST_KEYS } from '../../lib/policy/pin.ts';
import { isFixed } from '../../lib/policy/wildcard.ts';

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

const isOfTrust = ({ key }: Condition): boolean => TRUST_KEYS.has(key);

function hasExternalId(conditions: readonly Condition[]): boolean {
  return bindings(conditions, 'sts:externalid').some(({ values }) => values.length > 0 && values.every(isFixed));
}

function hasAddress(conditions: readonly Condition[]): boolean {
  return conditions.some((condition) => condition.key === 'aws:sourceip' && readPin(condition) !== undefined);
}
