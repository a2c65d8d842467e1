import type {
  Account,
  OrganizationalUnit,
  OrganizationFeatureSet,
  Policy,
  PolicyType,
  PolicyTypeSummary,
  PolicyTargetSummary,
  Root,
  Tag,
} from '@aws-sdk/client-organizations';
import { LONG_AGO, type Described } from './common.ts';

interface PolicyFile {
  readonly Id: string;
  readonly Name: string;
  readonly Description?: string;
  readonly Type: PolicyType;
  readonly AwsManaged?: boolean;
  readonly Document: object;
  /** The ids of what it is attached to. */
  readonly Targets: readonly string[];
}

/** An organisation as the description has it. */
export interface OrganizationFile {
  readonly Id: string;
  readonly ManagementAccount: string;
  readonly FeatureSet?: OrganizationFeatureSet;
  readonly RootId: string;
  readonly PolicyTypes?: Described<PolicyTypeSummary>[];
  readonly OrganizationalUnits?: readonly { readonly Id: string; readonly Name: string; readonly ParentId?: string }[];
  /** Its accounts, the management account included; those without a parent are in the root. */
  readonly Accounts: readonly (Described<Account> & {
    readonly Id: string;
    readonly ParentId?: string;
    readonly Tags?: Described<Tag>[];
  })[];
  /** Beside those of AWS, which are attached to everything. */
  readonly Policies?: readonly PolicyFile[];
  /** The members that may read the organisation as its management account may. */
  readonly DelegatedAdministrators?: readonly string[];
}

export interface Organization {
  readonly id: string;
  readonly management: string;
  readonly featureSet: OrganizationFeatureSet;
  readonly delegated: readonly string[];
  readonly roots: readonly Described<Root>[];
  /** By the id of what they are in. */
  readonly units: ReadonlyMap<string, readonly Described<OrganizationalUnit>[]>;
  readonly accountsIn: ReadonlyMap<string, readonly Described<Account>[]>;
  readonly accounts: readonly Described<Account>[];
  /** By the id of the account. */
  readonly tags: ReadonlyMap<string, Described<Tag>[]>;
  readonly policies: readonly {
    readonly policy: Described<Policy>;
    readonly targets: Described<PolicyTargetSummary>[];
  }[];
}

const EVERYTHING = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

export function organizationOf(file: OrganizationFile): Organization {
  const { Id, ManagementAccount, RootId } = file;
  const arn = (kind: string, id: string) => `arn:aws:organizations::${ManagementAccount}:${kind}/${Id}/${id}`;
  const PolicyTypes = file.PolicyTypes ?? [];
  const root = { Id: RootId, Arn: arn('root', RootId), Name: 'Root', PolicyTypes };
  const units = (file.OrganizationalUnits ?? []).map((unit) => ({
    ParentId: RootId,
    ...unit,
    Arn: arn('ou', unit.Id),
  }));
  const accounts = file.Accounts.map(({ Tags: _tags, ...account }) => ({
    ParentId: RootId,
    Arn: arn('account', account.Id),
    Email: `aws+${account.Id}@harbour.example`,
    State: 'ACTIVE' as const,
    Status: (account.State === 'CLOSED' ? 'SUSPENDED' : (account.State ?? 'ACTIVE')) as 'ACTIVE',
    JoinedMethod: 'CREATED' as const,
    JoinedTimestamp: LONG_AGO,
    ...account,
  }));
  const targets: readonly Described<PolicyTargetSummary>[] = [
    { TargetId: RootId, Arn: root.Arn, Name: 'Root', Type: 'ROOT' },
    ...units.map((one) => ({ TargetId: one.Id, Arn: one.Arn, Name: one.Name, Type: 'ORGANIZATIONAL_UNIT' as const })),
    ...accounts.map((one) => ({ TargetId: one.Id, Arn: one.Arn, Name: one.Name, Type: 'ACCOUNT' as const })),
  ];
  const policies = [...awsPolicies(PolicyTypes, targets), ...(file.Policies ?? [])].map((policy) => ({
    policy: {
      PolicySummary: {
        Id: policy.Id,
        Arn: policy.AwsManaged
          ? `arn:aws:organizations::aws:policy/${policy.Type.toLowerCase()}/${policy.Id}`
          : arn('policy', `${policy.Type.toLowerCase()}/${policy.Id}`),
        Name: policy.Name,
        Description: policy.Description ?? '',
        Type: policy.Type,
        AwsManaged: policy.AwsManaged ?? false,
      },
      Content: JSON.stringify(policy.Document),
    },
    targets: targets.filter(({ TargetId }) => policy.Targets.includes(TargetId!)),
  }));
  return {
    id: Id,
    management: ManagementAccount,
    featureSet: file.FeatureSet ?? 'ALL',
    delegated: file.DelegatedAdministrators ?? [],
    roots: [root],
    units: byParent(units),
    accountsIn: byParent(accounts),
    accounts: accounts.map(({ ParentId: _p, ...account }) => account),
    tags: new Map(file.Accounts.map((account) => [account.Id, account.Tags ?? []])),
    policies,
  };
}

/** Those that AWS attaches to everything once their kind is enabled. */
function awsPolicies(
  types: readonly Described<PolicyTypeSummary>[],
  targets: readonly Described<PolicyTargetSummary>[],
): PolicyFile[] {
  const managed = { Description: 'Allows access to every operation', AwsManaged: true };
  const full: PolicyFile[] = [
    {
      ...managed,
      Id: 'p-FullAWSAccess',
      Name: 'FullAWSAccess',
      Type: 'SERVICE_CONTROL_POLICY',
      Document: EVERYTHING,
      Targets: [],
    },
    {
      ...managed,
      Id: 'p-RCPFullAWSAccess',
      Name: 'RCPFullAWSAccess',
      Type: 'RESOURCE_CONTROL_POLICY',
      Document: { ...EVERYTHING, Statement: { ...EVERYTHING.Statement, Principal: '*' } },
      Targets: [],
    },
  ];
  const everything = targets.map(({ TargetId }) => TargetId!);
  return full.map((policy) => ({
    ...policy,
    Targets: types.some(({ Type }) => Type === policy.Type) ? everything : [],
  }));
}

function byParent<T extends { readonly ParentId: string }>(
  items: readonly T[],
): ReadonlyMap<string, Omit<T, 'ParentId'>[]> {
  const groups = Map.groupBy(items, ({ ParentId }) => ParentId);
  return new Map([...groups].map(([parent, list]) => [parent, list.map(({ ParentId: _p, ...item }) => item)]));
}
