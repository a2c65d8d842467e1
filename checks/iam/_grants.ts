import { pass, skip } from '../../lib/core/check.ts';
import type { Verdict, View } from '../../lib/core/model.ts';
import { grantsFullAdmin } from '../../lib/policy/admin.ts';
import { bindings, isFirm } from '../../lib/policy/condition.ts';
import { labelOf, type Policy, type Statement } from '../../lib/policy/document.ts';
import { grantsAtLarge, grantsOf } from '../../lib/policy/reach.ts';
import { covers, hasWildcard, matchesAction } from '../../lib/policy/wildcard.ts';
import { type Document, policyOf } from './_admin.ts';

/** What holds documents of the account's own: a customer managed policy, or a principal with inline policies. */
export type Documented = View<'AWS::IAM::ManagedPolicy' | 'AWS::IAM::User' | 'AWS::IAM::Group' | 'AWS::IAM::Role'>;
export const DOCUMENTED = [
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::Role',
] as const satisfies readonly Documented['type'][];

/** A statement that grants too much, by the policy that it stands in, and the words that do it. */
export type TooMuch = { readonly policy: string; readonly statement: string; readonly grants: readonly string[] };

/** Is this a managed policy that is attached to nobody? */
export function isUnattached(holder: Documented): boolean {
  return holder.type === 'AWS::IAM::ManagedPolicy' && holder.attachmentCount === 0;
}

/** The verdict where documents grant nobody anything, or there are none; undefined where they are to be judged. */
export function idle(holder: Documented, includeUnattached = false): Verdict | undefined {
  if (holder.type === 'AWS::IAM::ManagedPolicy' && holder.attachmentCount === 0) {
    if (holder.boundaryCount > 0) return skip('only a permissions boundary, which grants nothing');
    if (!includeUnattached) return pass('unattached');
  }
  return holder.documents.length === 0 ? skip('no inline policies') : undefined;
}

/** Where documents are judged: whose account, which partition. */
type Place = Pick<Documented, 'account' | 'arn'>;

/** An action pattern that stands for all actions of a service, or of many: 's3:*', '*', 'i*:?*', 's3*'. */
const WHOLE_SERVICE = /^([^:]*):[*?]*\*[*?]*$|^([a-z0-9-]*)[*?]*\*[*?]*$/i;
/** A resource pattern of which only the service is fixed. Group 1: the region, 2: the account. */
const UNIVERSAL = /^(?:\*|\*:\*|arn:\*|arn:[^:]*:[^:]*(?::([*?]*)(?::([*?]*|\d{12})(?::[*?]*\*)?)?)?)$/;

/** A grant of all actions of a service. */
interface ServiceGrant {
  /** As the document writes it: 's3:*'. */
  readonly pattern: string;
  /** The part that names the service: 's3', or a pattern. */
  readonly service: string;
}

/** The Allow statements that grant all actions of a service, on all resources or (without `onAll`) on any. */
export function serviceGrants(
  { documents, account }: Pick<Documented, 'documents' | 'account'>,
  { onAll }: { readonly onAll: boolean },
  isMeant: (service: string) => boolean,
): readonly (TooMuch & { readonly services: readonly string[] })[] {
  return statementsIn(documents).flatMap(({ document, statement }) => {
    if (statement.effect === 'Deny' || (onAll && !isOnAll(statement, account))) return [];
    const grants = (statement.actions ?? []).flatMap(serviceGrant).filter(({ service }) => isMeant(service));
    if (grants.length === 0) return [];
    return [
      {
        policy: document.name,
        statement: labelOf(statement),
        grants: grants.map(({ pattern }) => pattern),
        services: grants.map(({ service }) => service),
      },
    ];
  });
}

/** Does a pattern for services ('s3', 'i*', '*') match a service? */
export function namesService(pattern: string, service: string): boolean {
  return matchesAction(pattern, service);
}

function serviceGrant(pattern: string): readonly ServiceGrant[] {
  const match = WHOLE_SERVICE.exec(pattern);
  return match ? [{ pattern, service: match[1] ?? `${match[2]}*` }] : [];
}

function isOnAll({ resources, notResources }: Statement, account: string): boolean {
  if (notResources) return true;
  return (resources ?? ['*']).some((resource) => {
    const match = UNIVERSAL.exec(resource);
    return match !== null && (match[2] === undefined || hasWildcard(match[2]) || ['', account].includes(match[2]));
  });
}

const KMS_LIMITS = ['kms:viaservice', 'kms:resourcealiases'];
const ANY_VALUE = /^[*?]*$/;
const KMS_LIMITING_PREFIXES = ['kms:encryptioncontext:', 'aws:resourcetag/'];

/** The Allow statements that let decrypt with every key of the account or of a region, without a condition that limits which. */
export function decryptGrants(
  { documents, account, arn }: Pick<Documented, 'documents'> & Place,
  { acceptViaService }: { readonly acceptViaService: boolean },
): readonly TooMuch[] {
  const partition = arn.split(':')[1]!;
  const targets = `arn:${partition}:kms:*:${account}:key/*`;
  return documents.flatMap((document) => {
    const policy = policyOf(document);
    const counted = adminStatementsOf(policy, { account, arn });
    const found = new Map<Statement, string[]>();
    for (const action of ['kms:Decrypt', 'kms:ReEncryptFrom']) {
      for (const { statement } of grantsAtLarge({ policies: [policy], boundary: null }, { action, targets })) {
        if (counted.has(statement) || isLimited(statement, acceptViaService)) continue;
        found.set(statement, [...(found.get(statement) ?? []), action]);
      }
    }
    return [...found].map(([statement, grants]) => ({ policy: document.name, statement: labelOf(statement), grants }));
  });
}

function isLimited({ conditions }: Statement, acceptViaService: boolean): boolean {
  return conditions.some(
    (condition) =>
      isFirm(condition) &&
      !condition.values.some((value) => ANY_VALUE.test(value)) &&
      ((KMS_LIMITS.includes(condition.key) && (acceptViaService || condition.key !== 'kms:viaservice')) ||
        KMS_LIMITING_PREFIXES.some((prefix) => condition.key.startsWith(prefix))),
  );
}

/** The Allow statements that let use roles at will: assume or pass any, or those of any account. */
export function roleGrants(
  { documents, account, arn }: Pick<Documented, 'documents'> & Place,
  { acceptPrefixes }: { readonly acceptPrefixes: boolean },
): readonly TooMuch[] {
  const targets = `arn:${arn.split(':')[1]}:iam::*:role/*`;
  return documents.flatMap((document) => {
    const policy = policyOf(document);
    const counted = adminStatementsOf(policy, { account, arn });
    const found = new Map<Statement, string[]>();
    for (const action of ['sts:AssumeRole', 'iam:PassRole']) {
      for (const { ref, pattern } of grantsOf([policy], { action, targets, isAnyEnough: true })) {
        if (counted.has(ref.statement) || !isAtWill(pattern, action, ref.statement, acceptPrefixes)) continue;
        found.set(ref.statement, [...(found.get(ref.statement) ?? []), `${action} on ${pattern}`]);
      }
    }
    return [...found].map(([statement, grants]) => ({ policy: document.name, statement: labelOf(statement), grants }));
  });
}

/** A role of which nothing is named: 'role/*', 'role/?*'. */
const ANY_ROLE = /^role\/[*?]+$/;

/** Not with a literal account, and a name of which at least the beginning is given. */
function isAtWill(pattern: string, action: string, { conditions }: Statement, acceptPrefixes: boolean): boolean {
  const [, , , , account, ...name] = pattern.split(':');
  if (account === undefined || hasWildcard(account) || name.length === 0) return true;
  const role = name.join(':');
  if (!hasWildcard(role) || (acceptPrefixes && !covers(role, 'role/*') && !ANY_ROLE.test(role))) return false;
  return action !== 'iam:PassRole' || bindings(conditions, 'iam:passedtoservice').length === 0;
}

/** The statements by which a policy is full admin: those are another check's. */
function adminStatementsOf(policy: Policy, { account, arn }: Place): ReadonlySet<Statement> {
  const { isGranted, grantedBy } = grantsFullAdmin([policy], { account, partition: arn.split(':')[1] });
  return new Set(isGranted ? grantedBy.map(({ statement }) => statement) : []);
}

function statementsIn(documents: readonly Document[]) {
  return documents.flatMap((document) => policyOf(document).statements.map((statement) => ({ document, statement })));
}
