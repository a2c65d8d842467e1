import type { Identity, Table, View } from '../../lib/core/model.ts';
import { type AdminOptions, grantsFullAdmin } from '../../lib/policy/admin.ts';
import { labelOf, parsePolicy } from '../../lib/policy/document.ts';
import { matches } from '../../lib/policy/wildcard.ts';

/** A policy document of IAM, as collected. */
export interface Document {
  readonly name: string;
  /** JSON text, as it was written. */
  readonly text: string;
}
type Owner = Pick<Identity, 'account' | 'arn'>;

const ADMINISTRATOR_ACCESS = 'arn:*:iam::aws:policy/AdministratorAccess';
/** The whole of that policy (AWS managed policy reference). The other policies of AWS are taken for narrower. */
const EVERYTHING: Document = {
  name: 'AdministratorAccess',
  text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
};

/** The documents that grant all actions on all resources, each by itself, with the statements that do. Throws for malformed ones. */
export function adminDocuments(
  documents: readonly Document[],
  owner: Owner,
  options: Pick<AdminOptions, 'ignoreConditioned'>,
) {
  return documents.flatMap(({ name, text }) => {
    const { isGranted, grantedBy } = grantsFullAdmin([parsePolicy(text)], { ...options, ...placeOf(owner) });
    return isGranted ? [{ name, statements: grantedBy.map(({ statement }) => labelOf(statement)) }] : [];
  });
}

/** May the user do everything, by all that is inline, attached or inherited from groups, and within the permissions boundary? */
export function isAdministrator(
  user: View<'AWS::IAM::User'>,
  groups: Table<View<'AWS::IAM::Group'>>,
  policies: Table<View<'AWS::IAM::ManagedPolicy'>>,
): boolean {
  const holders = [user, ...user.groups.flatMap((name) => groups.get(name) ?? [])];
  const held = holders.flatMap((holder) => [
    ...holder.documents,
    ...holder.attachedPolicies.flatMap(({ arn }) => documentsAt(arn, policies)),
  ]);
  const grantsAll = (documents: readonly Document[]) =>
    grantsFullAdmin(
      documents.map(({ text }) => parsePolicy(text)),
      placeOf(user),
    ).isGranted;
  return (
    grantsAll(held) && (user.permissionsBoundary === null || grantsAll(documentsAt(user.permissionsBoundary, policies)))
  );
}

function documentsAt(arn: string, policies: Table<View<'AWS::IAM::ManagedPolicy'>>): readonly Document[] {
  if (matches(ADMINISTRATOR_ACCESS, arn)) return [EVERYTHING];
  if (matches('arn:*:iam::aws:*', arn)) return [];
  return policies.get(arn)?.documents ?? [];
}

function placeOf({ account, arn }: Owner): Pick<AdminOptions, 'account' | 'partition'> {
  return { account, partition: arn.split(':')[1] };
}
