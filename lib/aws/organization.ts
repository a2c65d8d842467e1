import {
  type Account,
  DescribeOrganizationCommand,
  type ListRootsResponse,
  OrganizationsClient,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
  paginateListTagsForResource,
  type PolicyTypeSummary,
} from '@aws-sdk/client-organizations';
import { listed } from './answer.ts';
import { type Aws, service, source } from './operations.ts';
import { tagsOf } from './resource.ts';

export const organizations = service(OrganizationsClient);
/** The most that any list of AWS Organizations returns at once. */
export const PAGE = { MaxResults: 20 } as const;

const describeOrganization = organizations.call(DescribeOrganizationCommand, 'organizations:DescribeOrganization', {
  absent: ['AWSOrganizationsNotInUseException'],
});
export const listAccounts = organizations.pages(paginateListAccounts, 'organizations:ListAccounts', {
  absent: ['AWSOrganizationsNotInUseException'],
});
const listTags = organizations.pages(paginateListTagsForResource, 'organizations:ListTagsForResource');
const listRoots = organizations.pages(paginateListRoots, 'organizations:ListRoots');
// Members that are no delegated administrators get AccessDeniedException, whatever their permissions.
const listRootsIfAllowed = organizations.pages(paginateListRoots, 'organizations:ListRoots', {
  absent: ['AccessDeniedException'],
});
const listUnits = organizations.pages(
  paginateListOrganizationalUnitsForParent,
  'organizations:ListOrganizationalUnitsForParent',
);
const listChildAccounts = organizations.pages(paginateListAccountsForParent, 'organizations:ListAccountsForParent');

/** The organization that the account belongs to, or null for a stand-alone account. Every member may ask. */
export const organization = source([describeOrganization], async (aws) => {
  const answer = await aws.call(describeOrganization, {});
  return (
    answer && {
      id: answer.Organization?.Id,
      managementAccount: answer.Organization?.MasterAccountId,
      /** ALL, or CONSOLIDATED_BILLING. */
      featureSet: answer.Organization?.FeatureSet,
    }
  );
});

interface Root {
  readonly id: string;
  /** The kinds of policy that are in force: those on their way in or out are not. */
  readonly policyTypes: readonly string[];
}

const allRoots = source([listRoots], async (aws) => {
  const pages = [];
  for await (const page of aws.pages(listRoots, PAGE)) pages.push(page);
  return pages.flatMap(rootsOn);
});
const visibleRoots = source([listRootsIfAllowed], async (aws) => {
  const pages = [];
  for await (const page of aws.pages(listRootsIfAllowed, PAGE)) pages.push(page);
  return pages.length > 0 ? pages.flatMap(rootsOn) : null;
});

export const ROOTS = [organization, allRoots, visibleRoots] as const;

/**
 * The roots of the organization (so far there is one in each): none for a stand-alone account, null where the account is a member
 * that may not see them. In the management account a refusal is a gap.
 */
export async function rootsFor(aws: Pick<Aws<typeof ROOTS>, 'read' | 'account'>): Promise<readonly Root[] | null> {
  const own = await aws.read(organization);
  if (!own) return [];
  if (!own.managementAccount) throw new Error('the answer lacks the management account');
  return own.managementAccount === aws.account ? await aws.read(allRoots) : await aws.read(visibleRoots);
}

function rootsOn({ Roots }: ListRootsResponse): Root[] {
  return listed(Roots).map(({ Id, PolicyTypes }) => ({ id: named(Id), policyTypes: enabled(PolicyTypes) }));
}

function enabled(types: readonly PolicyTypeSummary[] | undefined): string[] {
  return listed(types).flatMap(({ Type, Status }) => {
    if (!Type || !Status) throw new Error('a policy type in the answer lacks its name or status');
    return Status === 'ENABLED' ? [Type] : [];
  });
}

/** An account, and whose policies reach it: its own, those of its organizational units, and those of the root. */
export interface Leaf {
  readonly account: Account;
  /** From the account itself up to the root. */
  readonly path: readonly string[];
  readonly policyTypes: readonly string[];
}

export const BRANCHES = [listUnits, listChildAccounts] as const;

/** The accounts below a root: two lists for each root and organizational unit, and none for an account. */
export async function* accountsBelow(aws: Pick<Aws<typeof BRANCHES>, 'pages'>, root: Root): AsyncGenerator<Leaf> {
  const branches: (readonly string[])[] = [[root.id]];
  for (const path of branches) {
    const ParentId = path[0];
    for await (const page of aws.pages(listUnits, { ParentId, ...PAGE }))
      for (const { Id } of listed(page.OrganizationalUnits)) branches.push([named(Id), ...path]);
    for await (const page of aws.pages(listChildAccounts, { ParentId, ...PAGE }))
      for (const account of listed(page.Accounts))
        yield { account, path: [named(account.Id), ...path], policyTypes: root.policyTypes };
  }
}

/** What listing the accounts of a run may ask. */
export const DIRECTORY = [listAccounts, listTags, ...ROOTS, ...BRANCHES] as const;

/** Every account of the organization without its place in the tree; none for a stand-alone account. */
export async function* allAccounts(aws: Pick<Aws<typeof DIRECTORY>, 'pages'>): AsyncGenerator<Account> {
  for await (const page of aws.pages(listAccounts, PAGE)) yield* listed(page.Accounts);
}

/** The tags of an account of the organization. */
export async function tagsOfAccount(
  aws: Pick<Aws<typeof DIRECTORY>, 'pages'>,
  account: string,
): Promise<Readonly<Record<string, string>>> {
  const tags = [];
  for await (const page of aws.pages(listTags, { ResourceId: account })) tags.push(...listed(page.Tags));
  return tagsOf(tags)!;
}

/** ACTIVE, SUSPENDED, CLOSED and the ways there. Endpoints from before 2026 say it as Status alone. */
export function stateOf({ State, Status }: Account): string | undefined {
  return State ?? Status;
}

function named(id: string | undefined): string {
  if (!id) throw new Error('an item in the answer has no identifier');
  return id;
}
