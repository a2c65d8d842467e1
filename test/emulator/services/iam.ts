import type {
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GetAccountPasswordPolicyResponse,
  GetAccountSummaryResponse,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  ListAccountAliasesRequest,
  ListAccountAliasesResponse,
  ListMFADevicesRequest,
  ListMFADevicesResponse,
  ListUsersRequest,
  ListUsersResponse,
} from '@aws-sdk/client-iam';
import type { Described } from '../defaults/common.ts';
import type { Iam } from '../defaults/iam.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';
import { credentialReport } from './credential-report.ts';

const PAGES: PageRules = {
  min: 1,
  max: 1000,
  byDefault: 100,
  badSize: (size) =>
    new AwsError(
      400,
      'ValidationError',
      `1 validation error detected: Value '${size}' at 'maxItems' failed to satisfy constraint: Member must have value ${size < 1 ? 'greater than or equal to 1' : 'less than or equal to 1000'}`,
    ),
  badToken: () => new AwsError(400, 'ValidationError', 'The supplied marker is invalid.'),
};

interface Paged {
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

function pageOf<T>(items: readonly T[], { MaxItems, Marker }: Paged, context: Context) {
  const { items: found, next } = page(items, context, PAGES, MaxItems, Marker);
  return { found, more: { IsTruncated: next !== undefined, ...(next ? { Marker: next } : {}) } };
}

type Details = Described<GetAccountAuthorizationDetailsResponse>;

export const iam = {
  ...credentialReport,

  GetAccountAuthorizationDetails(input: GetAccountAuthorizationDetailsRequest, context: Context): Details {
    const { Users, Groups, Roles, Policies, AwsPolicies } = context.account.iam;
    const wants = (kind: NonNullable<typeof input.Filter>[number]) =>
      !input.Filter?.length || input.Filter.includes(kind);
    const all = [
      ...(wants('User') ? Users.map(withoutCredentials).map((one) => ['UserDetailList', one] as const) : []),
      ...(wants('Group') ? Groups.map((one) => ['GroupDetailList', one] as const) : []),
      ...(wants('Role') ? Roles.map((one) => ['RoleDetailList', one] as const) : []),
      ...(wants('LocalManagedPolicy') ? Policies.map((one) => ['Policies', one] as const) : []),
      ...(wants('AWSManagedPolicy') ? AwsPolicies.map((one) => ['Policies', one] as const) : []),
    ];
    const { found, more } = pageOf(all, input, context);
    const lists: Record<string, object[]> = {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    };
    for (const [list, one] of found) lists[list]!.push(one);
    return { ...(lists as Details), ...more };
  },

  GetAccountSummary(_input: object, { account }: Context): Described<GetAccountSummaryResponse> {
    const { Users, Groups, Roles, Policies, Root } = account.iam;
    const devices = Users.flatMap(({ MFADevices }) => MFADevices ?? []).length + (Root.MFADevices?.length ?? 0);
    const SummaryMap: Record<string, number> = {
      Users: Users.length,
      UsersQuota: 5000,
      Groups: Groups.length,
      GroupsQuota: 300,
      Roles: Roles.length,
      RolesQuota: 1000,
      Policies: Policies.length,
      PoliciesQuota: 1500,
      PolicyVersionsInUse: Policies.length,
      PolicyVersionsInUseQuota: 10000,
      InstanceProfiles: Roles.flatMap(({ InstanceProfileList }) => InstanceProfileList ?? []).length,
      InstanceProfilesQuota: 1000,
      ServerCertificates: 0,
      ServerCertificatesQuota: 20,
      Providers: 0,
      MFADevices: devices,
      MFADevicesInUse: devices,
      AccountMFAEnabled: Root.MFADevices?.length ? 1 : 0,
      AccountAccessKeysPresent: Root.AccessKeys?.some(({ Status }) => Status === 'Active') ? 1 : 0,
      AccountPasswordPresent: Root.Password ? 1 : 0,
      AccountSigningCertificatesPresent: 0,
      AccessKeysPerUserQuota: 2,
      AttachedPoliciesPerUserQuota: 10,
      GroupsPerUserQuota: 10,
      SigningCertificatesPerUserQuota: 2,
      GlobalEndpointTokenVersion: 1,
    };
    return { SummaryMap };
  },

  GetAccountPasswordPolicy(_input: object, { account }: Context): Described<GetAccountPasswordPolicyResponse> {
    const { PasswordPolicy } = account.iam;
    if (!PasswordPolicy) throw notFound(`The Password Policy with domain name ${account.id} cannot be found.`);
    return { PasswordPolicy };
  },

  ListUsers(input: ListUsersRequest, context: Context): Described<ListUsersResponse> {
    const users = context.account.iam.Users.filter(({ Path }) => Path!.startsWith(input.PathPrefix ?? '/'));
    const { found, more } = pageOf(users, input, context);
    return {
      Users: found.map(({ UserName, UserId, Arn, Path, CreateDate, Password }) => ({
        UserName,
        UserId,
        Arn,
        Path,
        CreateDate,
        ...(Password?.LastUsed ? { PasswordLastUsed: Password.LastUsed } : {}),
      })),
      ...more,
    };
  },

  ListMFADevices(input: ListMFADevicesRequest, context: Context): Described<ListMFADevicesResponse> {
    const users = input.UserName
      ? [userNamed(input.UserName, context)]
      : context.account.iam.Users.filter(isCaller(context));
    const devices = users.flatMap(({ UserName, MFADevices = [] }) =>
      MFADevices.map((device) => ({ UserName, ...device })),
    );
    const { found, more } = pageOf(devices, input, context);
    return { MFADevices: found, ...more };
  },

  ListAccessKeys(input: ListAccessKeysRequest, context: Context): Described<ListAccessKeysResponse> {
    const users = input.UserName
      ? [userNamed(input.UserName, context)]
      : context.account.iam.Users.filter(isCaller(context));
    const keys = users.flatMap(({ UserName, AccessKeys = [] }) =>
      AccessKeys.map(({ AccessKeyId, Status, CreateDate }) => ({ UserName, AccessKeyId, Status, CreateDate })),
    );
    const { found, more } = pageOf(keys, input, context);
    return { AccessKeyMetadata: found, ...more };
  },

  GetLoginProfile(input: GetLoginProfileRequest, context: Context): Described<GetLoginProfileResponse> {
    const { UserName, Password } = userNamed(input.UserName ?? '', context);
    if (!Password) throw notFound(`Login Profile for User ${UserName} cannot be found.`);
    return { LoginProfile: { UserName, CreateDate: Password.CreateDate, PasswordResetRequired: false } };
  },

  ListAccountAliases(input: ListAccountAliasesRequest, context: Context): Described<ListAccountAliasesResponse> {
    const { found, more } = pageOf(context.account.iam.Aliases, input, context);
    return { AccountAliases: found, ...more };
  },
};

type User = Iam['Users'][number];

/** IAM leaves the list of inline policies out where a user has none. */
function withoutCredentials({ Password: _p, MFADevices: _m, AccessKeys: _k, UserPolicyList, ...user }: User) {
  return UserPolicyList?.length ? { ...user, UserPolicyList } : user;
}

function userNamed(name: string, { account }: Context): User {
  const user = account.iam.Users.find(({ UserName }) => UserName === name);
  if (!user) throw notFound(`The user with name ${name} cannot be found.`);
  return user;
}

function isCaller({ callerArn }: Context) {
  return ({ Arn }: User) => Arn === callerArn;
}

function notFound(message: string): AwsError {
  return new AwsError(404, 'NoSuchEntity', message);
}
