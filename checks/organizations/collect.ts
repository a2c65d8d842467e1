import {
  DescribePolicyCommand,
  paginateListPolicies,
  paginateListTargetsForPolicy,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { each, listed } from '../../lib/aws/answer.ts';
import { paged, resource, type TypeOf } from '../../lib/aws/resource.ts';
import { parsePolicy, type Statement } from '../../lib/policy/document.ts';
import {
  accountsBelow,
  BRANCHES,
  type Leaf,
  listAccounts,
  organization,
  organizations,
  PAGE,
  ROOTS,
  rootsFor,
  stateOf,
} from '../../lib/aws/organization.ts';

const listPolicies = organizations.pages(paginateListPolicies, 'organizations:ListPolicies');
const describePolicy = organizations.call(DescribePolicyCommand, 'organizations:DescribePolicy', {
  gone: ['PolicyNotFoundException'],
});
const listTargets = organizations.pages(paginateListTargetsForPolicy, 'organizations:ListTargetsForPolicy', {
  gone: ['PolicyNotFoundException'],
});

/** The accounts of the organisation. Only its management account and delegated administrators may list them: elsewhere this is a gap. */
export const organizationAccount = resource('AWS::Organizations::Account', {
  scope: 'organization',
  operations: [listAccounts],
  list: paged(listAccounts, PAGE, (page) => page.Accounts),
  found: (a) => ({
    id: a.Id,
    arn: a.Arn,
    base: {
      name: a.Name,
      state: stateOf(a),
    },
  }),
});

interface Member {
  readonly management: string;
  readonly organization: string | undefined;
  /** Null: the account is a member that may not see the organisation's tree, not even where it hangs in it itself. */
  readonly leaf: Leaf | null;
}

/**
 * The accounts of the organisation and their places in its tree. A member that may not see the tree has one row here, for itself,
 * with no place: it is known to be a member, and that others answer for it.
 */
export const memberAccount = resource('AWS::Organizations::MemberAccount', {
  scope: 'organization',
  operations: [...ROOTS, ...BRANCHES],
  async *list(aws): AsyncGenerator<Member> {
    const own = await aws.read(organization);
    if (!own) return;
    const known = { management: own.managementAccount!, organization: own.id };
    const trees = await rootsFor(aws);
    if (!trees) yield { ...known, leaf: null };
    for (const root of trees ?? []) {
      for await (const leaf of accountsBelow(aws, root)) yield { ...known, leaf };
    }
  },
  found: ({ management, organization, leaf }, { account, partition }) => ({
    id: leaf ? leaf.account.Id : account,
    arn: leaf
      ? leaf.account.Arn
      : organization && `arn:${partition}:organizations::${management}:account/${organization}/${account}`,
    base: {
      name: leaf ? leaf.account.Name : null,
      state: leaf ? stateOf(leaf.account) : null,
      isManagementAccount: (leaf ? leaf.account.Id : account) === management,
      path: leaf?.path ?? null,
      policyTypes: leaf?.policyTypes ?? null,
    },
  }),
});

const KINDS: readonly PolicyType[] = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

/** The service and resource control policies, of the kinds that are in force. */
export const policy = resource(
  'AWS::Organizations::Policy',
  {
    scope: 'organization',
    operations: [...ROOTS, listPolicies],
    async *list(aws) {
      const trees = await rootsFor(aws);
      if (!trees) throw new Error("this account may not see the organisation's policies");
      const kinds = KINDS.filter((kind) => trees.some(({ policyTypes }) => policyTypes.includes(kind)));
      for (const Filter of kinds) {
        for await (const page of aws.pages(listPolicies, { Filter, ...PAGE })) {
          // RCPFullAWSAccess is attached to everything and cannot be detached: it says nothing, on many pages.
          yield* listed(page.Policies).filter(({ AwsManaged }) => !AwsManaged || Filter === 'SERVICE_CONTROL_POLICY');
        }
      }
    },
    found: (p) => ({
      id: p.Id,
      arn: p.Arn,
      managedBy: p.AwsManaged ? 'aws' : undefined,
      base: { name: p.Name, kind: p.Type },
    }),
  },
  (facet) => ({
    /** What its document says. */
    statements: facet([describePolicy], async (aws, { id }) => {
      const content = (await aws.call(describePolicy, { PolicyId: id }))?.Policy?.Content;
      return content === undefined ? undefined : asJson(parsePolicy(content).statements);
    }),
    /** The ids of the accounts, organizational units and roots that it is attached to. */
    targets: facet([listTargets], async (aws, { id }) => {
      const targets: (string | undefined)[] = [];
      for await (const page of aws.pages(listTargets, { PolicyId: id, ...PAGE }))
        targets.push(...listed(page.Targets).map(({ TargetId }) => TargetId));
      return each(targets, (target) => target);
    }),
  }),
);

/** Elements that a statement lacks stand as undefined in it, which an inventory cannot hold. */
function asJson(statements: readonly Statement[]): readonly Statement[] {
  return JSON.parse(JSON.stringify(statements)) as Statement[];
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::Organizations::Account': TypeOf<typeof organizationAccount>;
    'AWS::Organizations::MemberAccount': TypeOf<typeof memberAccount>;
    'AWS::Organizations::Policy': TypeOf<typeof policy>;
  }
}
