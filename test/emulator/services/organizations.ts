import type {
  DescribeOrganizationResponse,
  DescribePolicyRequest,
  DescribePolicyResponse,
  ListAccountsForParentRequest,
  ListAccountsForParentResponse,
  ListAccountsRequest,
  ListAccountsResponse,
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  ListRootsRequest,
  ListRootsResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTargetsForPolicyRequest,
  ListTargetsForPolicyResponse,
} from '@aws-sdk/client-organizations';
import type { Described } from '../defaults/common.ts';
import type { Organization } from '../defaults/organization.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const invalid = (what: string) =>
  new AwsError(400, 'InvalidInputException', `You provided a value that does not match the required pattern: ${what}`);
const PAGES: PageRules = {
  min: 1,
  max: 20,
  byDefault: 20,
  badSize: () => invalid('MaxResults'),
  badToken: () => invalid('NextToken'),
};

interface Paged {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

function pageOf<T>(list: readonly T[], { MaxResults, NextToken }: Paged, context: Context) {
  const { items, next } = page(list, context, PAGES, MaxResults, NextToken);
  return { items, more: next ? { NextToken: next } : {} };
}

export const organizations = {
  DescribeOrganization(_input: object, context: Context): Described<DescribeOrganizationResponse> {
    const { id, management, featureSet, accounts } = ownOf(context);
    const owner = accounts.find((account) => account.Id === management);
    return {
      Organization: {
        Id: id,
        Arn: `arn:aws:organizations::${management}:organization/${id}`,
        FeatureSet: featureSet,
        MasterAccountId: management,
        MasterAccountArn: owner?.Arn,
        MasterAccountEmail: owner?.Email,
        AvailablePolicyTypes: [],
      },
    };
  },

  ListRoots(input: ListRootsRequest, context: Context): Described<ListRootsResponse> {
    const { items, more } = pageOf(readableOf(context).roots, input, context);
    return { Roots: items, ...more };
  },

  ListOrganizationalUnitsForParent(
    input: ListOrganizationalUnitsForParentRequest,
    context: Context,
  ): Described<ListOrganizationalUnitsForParentResponse> {
    const { items, more } = pageOf(childrenOf(input.ParentId, 'units', context), input, context);
    return { OrganizationalUnits: items, ...more };
  },

  ListAccountsForParent(
    input: ListAccountsForParentRequest,
    context: Context,
  ): Described<ListAccountsForParentResponse> {
    const { items, more } = pageOf(childrenOf(input.ParentId, 'accountsIn', context), input, context);
    return { Accounts: items, ...more };
  },

  ListAccounts(input: ListAccountsRequest, context: Context): Described<ListAccountsResponse> {
    const { items, more } = pageOf(readableOf(context).accounts, input, context);
    return { Accounts: items, ...more };
  },

  /** Of accounts alone: its other resources have no tags here. It takes no page size. */
  ListTagsForResource(input: ListTagsForResourceRequest, context: Context): Described<ListTagsForResourceResponse> {
    const tags = readableOf(context).tags.get(input.ResourceId ?? '');
    if (!tags)
      throw new AwsError(
        400,
        'TargetNotFoundException',
        "We can't find a root, OU, account, or policy with that TargetId.",
      );
    const { items, more } = pageOf(tags, { NextToken: input.NextToken }, context);
    return { Tags: items, ...more };
  },

  ListPolicies(input: ListPoliciesRequest, context: Context): Described<ListPoliciesResponse> {
    const summaries = readableOf(context).policies.map(({ policy }) => policy.PolicySummary!);
    const { items, more } = pageOf(
      summaries.filter(({ Type }) => Type === input.Filter),
      input,
      context,
    );
    return { Policies: items, ...more };
  },

  DescribePolicy(input: DescribePolicyRequest, context: Context): Described<DescribePolicyResponse> {
    return { Policy: policyOf(input.PolicyId, context).policy };
  },

  ListTargetsForPolicy(input: ListTargetsForPolicyRequest, context: Context): Described<ListTargetsForPolicyResponse> {
    const { items, more } = pageOf(policyOf(input.PolicyId, context).targets, input, context);
    return { Targets: items, ...more };
  },
};

/** The organisation that the caller's account is in: every member may ask for it. */
function ownOf({ world, account }: Context): Organization {
  const { organization } = world;
  if (organization?.accounts.some(({ Id }) => Id === account.id)) return organization;
  throw new AwsError(400, 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

/** The same for the management account and delegated administrators, who may read what is in it. */
function readableOf(context: Context): Organization {
  const organization = ownOf(context);
  const { management, delegated } = organization;
  if ([management, ...delegated].includes(context.account.id)) return organization;
  throw new AwsError(400, 'AccessDeniedException', "You don't have permissions to access this resource.");
}

function childrenOf<K extends 'units' | 'accountsIn'>(parent: string | undefined, kind: K, context: Context) {
  const organization = readableOf(context);
  const { roots, units } = organization;
  const known = [...roots, ...[...units.values()].flat()].some(({ Id }) => Id === parent);
  if (!known)
    throw new AwsError(
      400,
      'ParentNotFoundException',
      "We can't find a root or OU with the ParentId that you specified.",
    );
  return (organization[kind].get(parent!) ?? []) as ReturnType<Organization[K]['get']> & readonly object[];
}

function policyOf(id: string | undefined, context: Context) {
  const found = readableOf(context).policies.find(({ policy }) => policy.PolicySummary?.Id === id);
  if (!found)
    throw new AwsError(400, 'PolicyNotFoundException', "We can't find a policy with the PolicyId that you specified.");
  return found;
}
