import { membersOf, stringsOf, unreadable } from './elements.ts';

const TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
const TYPE_OF = new Map(TYPES.map((type) => [type.toLowerCase(), type]));
const ACCOUNT = /^\d{12}$/;
/** An account id with hyphens, which Amazon SQS documents. */
const HYPHENATED_ACCOUNT = /^(\d{4})-(\d{4})-(\d{4})$/;
/** Unique ids of users and roles (IAM identifiers). A policy shows one in place of an ARN once the principal is deleted. */
const UNIQUE_ID = /^(?:AIDA|AROA)[A-Z0-9]{12,}$/;

/** One entry of a Principal or NotPrincipal element. */
export type Principal = {
  readonly type: (typeof TYPES)[number];
  readonly value: string;
};

/** Reads a Principal element: '*', an ARN or account id, a map by type, or a list of these. '*' reads as `{AWS: '*'}`. */
export function readPrincipals(value: unknown, place: string): readonly Principal[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((one) => readEntry(one, place));
}

function readEntry(value: unknown, place: string): readonly Principal[] {
  if (typeof value === 'string') return [{ type: 'AWS', value }];
  return membersOf(value, place).flatMap(([name, values]) => {
    const type = TYPE_OF.get(name.toLowerCase());
    if (type === undefined) throw unreadable(place, `has an unknown type ${JSON.stringify(name)}`);
    return stringsOf(values, `${place} ${type}`).map((value) => ({ type, value }));
  });
}

/**
 * Who a principal is:
 * - 'everyone': '*', or an ARN whose account is a wildcard (IAM rejects it, yet imported templates hold it);
 * - 'account': a principal of the account that `account` names, or all of it;
 * - 'service': an AWS service; 'federated': an identity provider, or a web identity such as 'accounts.google.com';
 * - 'deleted': the unique id of a user or role that is gone; it matches nobody, and its account cannot be told;
 * - 'unresolved': fixed, but its account cannot be told: canonical users, CloudFront origin access identities.
 */
export type Identity =
  | { readonly kind: 'everyone' | 'service' | 'federated' | 'deleted' | 'unresolved' }
  | { readonly kind: 'account'; readonly account: string };

/** Says who a principal is. No account id is guessed from a part of some text. */
export function identify(principal: Principal): Identity {
  const { type, value } = principal;
  if (type === 'Service') return { kind: 'service' };
  if (value === '*') return { kind: 'everyone' };
  if (type === 'Federated') return { kind: 'federated' };
  if (type === 'CanonicalUser') return { kind: 'unresolved' };
  const account = accountOf(value);
  if (account !== undefined) return { kind: 'account', account };
  if (UNIQUE_ID.test(value)) return { kind: 'deleted' };
  return value.includes('*') || value.includes('?') ? { kind: 'everyone' } : { kind: 'unresolved' };
}

/** Does the list hold everyone, as '*' or `{AWS: '*'}`? */
export function hasEveryone(principals: readonly Principal[]): boolean {
  return principals.some(({ type, value }) => type === 'AWS' && value === '*');
}

/** The principal as evidence shows it: 'AWS arn:aws:iam::111122223333:root'. */
export function principalText({ type, value }: Principal): string {
  return `${type} ${value}`;
}

/** The account field of an ARN when it is twelve digits; undefined for any other text. */
export function accountOfArn(arn: string): string | undefined {
  const [prefix, , , , account] = arn.split(':', 5);
  return prefix === 'arn' && account !== undefined && ACCOUNT.test(account) ? account : undefined;
}

/** Is this an account id: twelve digits? */
export function isAccountId(text: string): boolean {
  return ACCOUNT.test(text);
}

function accountOf(value: string): string | undefined {
  if (isAccountId(value)) return value;
  return accountOfArn(value) ?? HYPHENATED_ACCOUNT.exec(value)?.slice(1).join('');
}
