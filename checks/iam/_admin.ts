import { table } from '../../lib/core/check.ts';
import { required, witnesses } from '../../lib/core/knowledge.ts';
import type { Identity, Table, View } from '../../lib/core/model.ts';
import { type AdminOptions, grantsFullAdmin } from '../../lib/policy/admin.ts';
import { labelOf, parsePolicy, type Policy, type Statement } from '../../lib/policy/document.ts';
import { escalations, type Subject } from '../../lib/policy/escalation.ts';
import type { StatementRef } from '../../lib/policy/evaluate.ts';
import { matches } from '../../lib/policy/wildcard.ts';

/** A policy document of IAM, as collected. */
export interface Document {
  readonly name: string;
  /** JSON text, as it was written. */
  readonly text: string;
}
type Owner = Pick<Identity, 'account' | 'arn'>;

/** Where the managed policies of roles and groups are looked up: for `uses`. */
export const ATTACHED = {
  policies: table('AWS::IAM::ManagedPolicy'),
  awsPolicies: table('AWS::IAM::AWSManagedPolicy'),
};
/** As ATTACHED, for users: they inherit what their groups hold. */
export const INHERITED = { groups: table('AWS::IAM::Group'), ...ATTACHED };

export interface Attached {
  readonly policies: Table<View<'AWS::IAM::ManagedPolicy'>>;
  readonly awsPolicies: Table<View<'AWS::IAM::AWSManagedPolicy'>>;
}
export interface Inherited extends Attached {
  readonly groups: Table<View<'AWS::IAM::Group'>>;
}

type User = View<'AWS::IAM::User'>;
type Group = View<'AWS::IAM::Group'>;
type Role = View<'AWS::IAM::Role'>;
/** Who holds policies. */
export type Holder = User | Group | Role;

/** All policies of a holder together, for lib/policy to judge. */
export interface Held extends Subject {
  /** The names of `policies`, in their order. */
  readonly names: readonly string[];
}

/** The documents that grant all actions on all resources, each by itself, with the statements that do. Throws for malformed ones. */
export function adminDocuments(
  documents: readonly Document[],
  owner: Owner,
  options: Pick<AdminOptions, 'ignoreConditioned'>,
) {
  return documents.flatMap((document) => {
    const { isGranted, grantedBy } = grantsFullAdmin([policyOf(document)], { ...options, ...placeOf(owner) });
    return isGranted ? [{ name: document.name, statements: grantedBy.map(({ statement }) => labelOf(statement)) }] : [];
  });
}

/** All that a user, group or role holds: inline, attached, or inherited from groups; and its permissions boundary. */
export function heldBy(holder: Group | Role, tables: Attached): Held;
export function heldBy(holder: Holder, tables: Inherited): Held;
export function heldBy(holder: Holder, tables: Attached & Partial<Inherited>): Held {
  const groups = 'groups' in holder ? holder.groups.flatMap((name) => tables.groups?.get(name) ?? []) : [];
  const holders = [holder, ...groups];
  const attached = holders.flatMap(({ attachedPolicies }) => attachedPolicies.map(({ arn }) => arn));
  const documents = [
    ...holders.flatMap((one) => one.documents),
    ...attached.flatMap((arn) => documentsAt(arn, tables)),
  ];
  const boundary = 'permissionsBoundary' in holder ? holder.permissionsBoundary : null;
  return {
    ...placeOf(holder),
    arn: holder.arn,
    sources: [...groups.map(({ arn }) => arn), ...attached, ...(boundary === null ? [] : [boundary])],
    policies: documents.map(policyOf),
    names: documents.map(({ name }) => name),
    boundary: boundary === null ? null : documentsAt(boundary, tables).map(policyOf),
  };
}

/** May the holder do everything, by all that it holds and within its permissions boundary? */
export function isAdministrator(holder: Group | Role, tables: Attached): boolean;
export function isAdministrator(holder: Holder, tables: Inherited): boolean;
export function isAdministrator(holder: Holder, tables: Attached & Partial<Inherited>): boolean {
  const held = heldBy(holder, tables as Inherited);
  return adminStatements(held).length > 0 && !isBounded(held);
}

/** The statements that grant everything, permissions boundary aside: 'deploy #1'. Empty when it is not granted. */
export function adminStatements(held: Held): readonly string[] {
  const { isGranted, grantedBy } = grantsFullAdmin(held.policies, held);
  return isGranted ? labelsOf(held, grantedBy) : [];
}

/** Has the holder a permissions boundary that keeps an administrator from being one: by allowing less, or leaving no way around it? */
export function isBounded(held: Held): boolean {
  const { boundary, account, partition } = held;
  if (boundary === null) return false;
  if (!grantsFullAdmin(boundary, { account, partition }).isGranted) return true;
  return escalations({ ...held, policies: boundary, boundary: null }).length === 0;
}

const READING = /^[^:]+:(?:batchget|describe|get|head|list|lookup|query|scan|search|select|view)/i;

/** Do the policies grant anything but reading? By the names of actions, as AWS chooses them. */
export function mayWrite({ policies, boundary }: Held): boolean {
  const isWriting = ({ effect, actions }: Statement) =>
    effect === 'Allow' && !actions?.every((action) => READING.test(action));
  const areWriting = (list: readonly Policy[]) => list.some(({ statements }) => statements.some(isWriting));
  return areWriting(policies) && (boundary === null || areWriting(boundary));
}

/** How evidence names statements of what is held: by policy, and Sid or place: 'deploy #1'. */
export function labelsOf({ names }: Held, refs: readonly StatementRef[]): readonly string[] {
  return refs.map(({ policy, statement }) => `${names[policy]} ${labelOf(statement)}`);
}

/** The attached policies of AWS whose name is among those given, whatever path they are under. */
export function attachedOfAws({ attachedPolicies }: Pick<Holder, 'attachedPolicies'>, names: readonly string[]) {
  return attachedPolicies.filter(({ arn }) => isOfAws(arn) && names.includes(arn.split('/').at(-1)!));
}

/** Is this the ARN of a policy that AWS keeps? A policy of the account may well be called the same. */
export function isOfAws(arn: string): boolean {
  return matches('arn:*:iam::aws:policy/*', arn);
}

/** The names of the attached policies of AWS that grant everything: AdministratorAccess, as a rule. */
export function adminPoliciesOfAws(holder: Holder, tables: Pick<Attached, 'awsPolicies'>): readonly string[] {
  const attached = holder.attachedPolicies.filter(({ arn }) => isOfAws(arn));
  const isAdmin = ({ arn }: { readonly arn: string }) =>
    grantsFullAdmin(documentsOfAws(arn, tables).map(policyOf), placeOf(holder)).isGranted;
  return witnesses(attached, isAdmin).map(({ name }) => name);
}

/** The roles through which AWS itself keeps an account in order, and who decides about them. */
const PLATFORM_ROLES = [
  ['aws-reserved/sso.amazonaws.com/*', 'a permission set of IAM Identity Center, to be changed there'],
  ['OrganizationAccountAccessRole', 'the way of AWS Organizations into a member account'],
  ['AWSControlTowerExecution', 'the role that AWS Control Tower works through'],
] as const;

/** What a role of the platform is for; undefined for any other principal. */
export function platformRole(arn: string): string | undefined {
  return PLATFORM_ROLES.find(([role]) => matches(`arn:*:iam::*:role/${role}`, arn))?.[1];
}

function documentsAt(arn: string, tables: Attached): readonly Document[] {
  return isOfAws(arn) ? documentsOfAws(arn, tables) : (tables.policies.get(arn)?.documents ?? []);
}

/** IAM answers those in use; one that it left out is not known to grant nothing. */
function documentsOfAws(arn: string, { awsPolicies }: Pick<Attached, 'awsPolicies'>): readonly Document[] {
  return required(awsPolicies.get(arn), `the policy ${arn}`).documents;
}

const parsed = new WeakMap<Document, Policy>();

/** Reads a document; one that many hold is read once. Throws an Error for a malformed one. */
export function policyOf(document: Document): Policy {
  const policy = parsed.get(document) ?? parsePolicy(document.text);
  parsed.set(document, policy);
  return policy;
}

function placeOf({ account, arn }: Owner): Pick<Subject, 'account' | 'partition'> {
  return { account, partition: arn.split(':')[1]! };
}
