import type {
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
  GetAccountPasswordPolicyResponse,
  GetAccountSummaryResponse,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  GetUserRequest,
  GetUserResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  ListAccountAliasesRequest,
  ListAccountAliasesResponse,
  ListMFADevicesRequest,
  ListMFADevicesResponse,
  ListOpenIDConnectProvidersResponse,
  ListOrganizationsFeaturesResponse,
  ListServerCertificatesRequest,
  ListServerCertificatesResponse,
  ListServiceSpecificCredentialsRequest,
  ListServiceSpecificCredentialsResponse,
  ListSigningCertificatesRequest,
  ListSigningCertificatesResponse,
  ListSSHPublicKeysRequest,
  ListSSHPublicKeysResponse,
  ListUsersRequest,
  ListUsersResponse,
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse,
} from '@aws-sdk/client-iam';
import type { Described } from '../defaults/common.ts';
import type { AccessKey, Iam } from '../defaults/iam.ts';
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
      ServerCertificates: account.iam.ServerCertificates.length,
      ServerCertificatesQuota: 20,
      Providers: account.iam.OpenIDConnectProviders.length,
      MFADevices: devices,
      MFADevicesInUse: devices,
      AccountMFAEnabled: Root.MFADevices?.length ? 1 : 0,
      AccountAccessKeysPresent: Root.AccessKeys?.some(({ Status }) => Status === 'Active') ? 1 : 0,
      AccountPasswordPresent: Root.Password ? 1 : 0,
      AccountSigningCertificatesPresent: Root.SigningCertificates?.length ?? 0,
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
      Users: found.map(signInOf),
      ...more,
    };
  },

  GetUser(input: GetUserRequest, context: Context): Described<GetUserResponse> {
    return { User: signInOf(ofUserOrCaller(input, context)[0]!) };
  },

  GetAccessKeyLastUsed(
    { AccessKeyId }: GetAccessKeyLastUsedRequest,
    { account }: Context,
  ): Described<GetAccessKeyLastUsedResponse> {
    const isIt = (key: AccessKey) => key.AccessKeyId === AccessKeyId;
    const user = account.iam.Users.find(({ AccessKeys = [] }) => AccessKeys.some(isIt));
    const key = user?.AccessKeys?.find(isIt);
    // To keys that do not exist IAM answers like to keys of others.
    if (!user || !key) throw new AwsError(403, 'AccessDenied', `User is not authorized to see ${AccessKeyId}.`);
    const { LastUsedDate, LastUsedRegion = 'us-east-1', LastUsedService = 's3' } = key;
    return {
      UserName: user.UserName,
      AccessKeyLastUsed: LastUsedDate
        ? { LastUsedDate, ServiceName: LastUsedService, Region: LastUsedRegion }
        : { ServiceName: 'N/A', Region: 'N/A' },
    };
  },

  ListVirtualMFADevices(
    input: ListVirtualMFADevicesRequest,
    context: Context,
  ): Described<ListVirtualMFADevicesResponse> {
    const { account } = context;
    const root = {
      UserId: account.id,
      Arn: `arn:aws:iam::${account.id}:root`,
      CreateDate: account.iam.Root.CreateDate,
    };
    const owners = [
      { user: root, devices: account.iam.Root.MFADevices },
      ...account.iam.Users.map((user) => ({ user: signInOf(user), devices: user.MFADevices })),
    ];
    const devices = owners.flatMap(({ user, devices = [] }) =>
      devices
        .filter(({ SerialNumber }) => SerialNumber!.includes(':mfa/'))
        .map((device) => ({ ...device, User: user })),
    );
    const { found, more } = pageOf(input.AssignmentStatus === 'Unassigned' ? [] : devices, input, context);
    return { VirtualMFADevices: found, ...more };
  },

  ListSSHPublicKeys(input: ListSSHPublicKeysRequest, context: Context): Described<ListSSHPublicKeysResponse> {
    const keys = ofUserOrCaller(input, context).flatMap((user) => user.SSHPublicKeys ?? []);
    const { found, more } = pageOf(keys, input, context);
    return { SSHPublicKeys: found, ...more };
  },

  ListSigningCertificates(
    input: ListSigningCertificatesRequest,
    context: Context,
  ): Described<ListSigningCertificatesResponse> {
    const certificates = ofUserOrCaller(input, context).flatMap((user) => user.SigningCertificates ?? []);
    const { found, more } = pageOf(certificates, input, context);
    return { Certificates: found, ...more };
  },

  ListServiceSpecificCredentials(
    input: ListServiceSpecificCredentialsRequest,
    context: Context,
  ): Described<ListServiceSpecificCredentialsResponse> {
    if (input.AllUsers && input.UserName)
      throw new AwsError(400, 'ValidationError', 'AllUsers cannot be specified together with UserName.');
    const users = input.AllUsers ? context.account.iam.Users : ofUserOrCaller(input, context);
    const credentials = users
      .flatMap((user) => user.ServiceSpecificCredentials ?? [])
      .filter(({ ServiceName }) => !input.ServiceName || ServiceName === input.ServiceName);
    const { found, more } = pageOf(credentials, input, context);
    return { ServiceSpecificCredentials: found, ...more };
  },

  ListServerCertificates(
    input: ListServerCertificatesRequest,
    context: Context,
  ): Described<ListServerCertificatesResponse> {
    const all = context.account.iam.ServerCertificates.filter(({ Path }) => Path!.startsWith(input.PathPrefix ?? '/'));
    const { found, more } = pageOf(all, input, context);
    return { ServerCertificateMetadataList: found, ...more };
  },

  ListOpenIDConnectProviders(_input: object, { account }: Context): Described<ListOpenIDConnectProvidersResponse> {
    return { OpenIDConnectProviderList: account.iam.OpenIDConnectProviders.map((Arn) => ({ Arn })) };
  },

  ListOrganizationsFeatures(_input: object, { account, world }: Context): Described<ListOrganizationsFeaturesResponse> {
    if (!world.organization)
      throw new AwsError(400, 'OrganizationNotFoundException', 'The account is not in an organization.');
    const features = account.iam.OrganizationsFeatures;
    if (!features) {
      const message = 'The account is neither the management account nor a delegated administrator for IAM.';
      throw new AwsError(400, 'AccountNotManagementOrDelegatedAdministratorException', message);
    }
    return { EnabledFeatures: features as never };
  },

  ListMFADevices(input: ListMFADevicesRequest, context: Context): Described<ListMFADevicesResponse> {
    const users = ofUserOrCaller(input, context);
    const devices = users.flatMap(({ UserName, MFADevices = [] }) =>
      MFADevices.map((device) => ({ UserName, ...device })),
    );
    const { found, more } = pageOf(devices, input, context);
    return { MFADevices: found, ...more };
  },

  ListAccessKeys(input: ListAccessKeysRequest, context: Context): Described<ListAccessKeysResponse> {
    const users = ofUserOrCaller(input, context);
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
function withoutCredentials(user: User) {
  const {
    Password: _password,
    MFADevices: _devices,
    AccessKeys: _keys,
    SSHPublicKeys: _ssh,
    SigningCertificates: _certificates,
    ServiceSpecificCredentials: _credentials,
    UserPolicyList,
    ...details
  } = user;
  return UserPolicyList?.length ? { ...details, UserPolicyList } : details;
}

/** A user as the lists of users tell of it. */
function signInOf({ UserName, UserId, Arn, Path, CreateDate, Password }: User) {
  return {
    UserName,
    UserId,
    Arn,
    Path,
    CreateDate,
    ...(Password?.LastUsed ? { PasswordLastUsed: Password.LastUsed } : {}),
  };
}

function ofUserOrCaller({ UserName }: { readonly UserName?: string | undefined }, context: Context): readonly User[] {
  return UserName ? [userNamed(UserName, context)] : context.account.iam.Users.filter(isCaller(context));
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
