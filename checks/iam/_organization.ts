import { table } from '../../lib/core/check.ts';
import { required } from '../../lib/core/knowledge.ts';
import type { Table, View } from '../../lib/core/model.ts';
import type { Trust } from '../../lib/policy/foreign.ts';

/** Where it is looked up who belongs to the organization: for `uses`. */
export const DIRECTORY = {
  accounts: table('AWS::::Account', 'organization'),
  members: table('AWS::Organizations::Account'),
};
export interface Directory {
  readonly accounts: Table<View<'AWS::::Account', 'organization'>>;
  readonly members: Table<View<'AWS::Organizations::Account'>>;
}

/** Trust in accounts (and organizations) by id, and in all of the own organization. A stand-alone account has none. */
export function organizationTrust(
  account: string,
  { accounts, members }: Directory,
  trusted: readonly string[],
): Trust {
  const own = () => required(accounts.get(account), `account ${account}`).organization;
  return {
    ...trustIn(trusted),
    // Each member knows the management account; the others can be listed by few.
    members: {
      get: (id) => (own() === null ? undefined : id === own()?.managementAccount ? { id: id! } : members.get(id)),
    },
    ownOrganization: () => own()?.id ?? null,
  };
}

/** Trust in accounts and organizations by id alone. */
export function trustIn(trusted: readonly string[]): Trust {
  return { accounts: trusted, organizations: trusted, members: { get: () => undefined }, ownOrganization: () => null };
}

/** Is this the organization of the audited account, which any member may ask for? */
export function isOwnOrganization(id: string, account: string, { accounts }: Pick<Directory, 'accounts'>): boolean {
  return required(accounts.get(account), `account ${account}`).organization?.id === id;
}
