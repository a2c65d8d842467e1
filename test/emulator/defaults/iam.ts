import type {
  AttachedPolicy,
  GroupDetail,
  ManagedPolicyDetail,
  PasswordPolicy,
  RoleDetail,
  ServerCertificateMetadata,
  ServiceSpecificCredentialMetadata,
  SigningCertificate,
  SSHPublicKeyMetadata,
  UserDetail,
} from '@aws-sdk/client-iam';
import { letterId, LONG_AGO, type Described } from './common.ts';
import { AWS_MANAGED_POLICIES } from './managed-policies.ts';

/** A policy document: written as JSON, answered URL-encoded. */
export type Document = object | string;

export interface AccessKey {
  AccessKeyId?: string;
  Status?: 'Active' | 'Inactive';
  CreateDate?: string;
  LastUsedDate?: string;
  LastUsedRegion?: string;
  LastUsedService?: string;
}

/** Sign-in data, which the credential report and the list calls tell. */
export interface Credentials {
  Password?: { CreateDate?: string; LastUsed?: string; LastChanged?: string; NextRotation?: string };
  MFADevices?: { SerialNumber?: string; EnableDate?: string }[];
  AccessKeys?: AccessKey[];
  SSHPublicKeys?: Described<SSHPublicKeyMetadata>[];
  SigningCertificates?: Described<SigningCertificate>[];
  ServiceSpecificCredentials?: Described<ServiceSpecificCredentialMetadata>[];
}

interface Attached {
  /** Names of policies of the account or of AWS, or ARNs. */
  AttachedManagedPolicies?: (string | AttachedPolicy)[];
}
type InlinePolicies = { PolicyName: string; PolicyDocument: Document }[];

export type UserFile = Omit<
  Described<UserDetail>,
  'AttachedManagedPolicies' | 'UserPolicyList' | 'PermissionsBoundary'
> &
  Attached &
  Credentials & { UserPolicyList?: InlinePolicies; PermissionsBoundary?: string };
type GroupFile = Omit<Described<GroupDetail>, 'AttachedManagedPolicies' | 'GroupPolicyList'> &
  Attached & { GroupPolicyList?: InlinePolicies };
type RoleFile = Omit<
  Described<RoleDetail>,
  keyof Attached | 'AssumeRolePolicyDocument' | 'RolePolicyList' | 'PermissionsBoundary'
> &
  Attached & {
    AssumeRolePolicyDocument?: Document;
    RolePolicyList?: InlinePolicies;
    PermissionsBoundary?: string;
    InstanceProfile?: boolean;
  };
type PolicyFile = Described<ManagedPolicyDetail> & { Document?: Document };

export interface IamFile {
  Root?: Credentials & { CreateDate?: string };
  Users?: UserFile[];
  Groups?: GroupFile[];
  Roles?: RoleFile[];
  Policies?: PolicyFile[];
  PasswordPolicy?: Described<PasswordPolicy>;
  Aliases?: string[];
  ServerCertificates?: Described<ServerCertificateMetadata>[];
  /** The issuers, without 'https://'. */
  OpenIDConnectProviders?: string[];
  /** What the account, where it manages an organisation, manages of the root users of its members; null where it may not. */
  OrganizationsFeatures?: string[] | null;
}

export interface Iam {
  readonly Root: Credentials & { CreateDate: string };
  readonly Users: (Described<UserDetail> & Credentials)[];
  readonly Groups: Described<GroupDetail>[];
  readonly Roles: Described<RoleDetail>[];
  /** Customer managed policies. */
  readonly Policies: Described<ManagedPolicyDetail>[];
  /** AWS managed policies that something attaches. */
  readonly AwsPolicies: Described<ManagedPolicyDetail>[];
  readonly PasswordPolicy: Described<PasswordPolicy> | undefined;
  readonly Aliases: readonly string[];
  readonly ServerCertificates: readonly Described<ServerCertificateMetadata>[];
  /** The ARNs. */
  readonly OpenIDConnectProviders: readonly string[];
  readonly OrganizationsFeatures: readonly string[] | null;
  /** Role name -> trust policy as an object. */
  readonly trust: ReadonlyMap<string, Document>;
}

function serverCertificateOf(
  certificate: Described<ServerCertificateMetadata>,
  account: string,
): Described<ServerCertificateMetadata> {
  const name = certificate.ServerCertificateName!;
  return {
    Path: '/',
    ServerCertificateName: name,
    ServerCertificateId: letterId('ASCA', account, name),
    Arn: iamArn(account, 'server-certificate', certificate.Path, name),
    UploadDate: LONG_AGO,
    ...certificate,
  };
}

/** Percent-encodes a policy document as IAM does (RFC 3986). */
function encodeDocument(document: Document): string {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

interface Making {
  readonly account: string;
  /** The ARNs of the account's own policies, by name. */
  readonly own: ReadonlyMap<string, string>;
}

/** Completes an account's IAM: identifiers, ARNs, paths, counts, and the AWS managed policies that are attached. */
export function iamOf(file: IamFile, account: string): Iam {
  const policies = file.Policies ?? [];
  const own = new Map(
    policies.map(({ PolicyName, Path }) => [PolicyName!, iamArn(account, 'policy', Path, PolicyName!)]),
  );
  const making = { account, own };
  const Users = (file.Users ?? []).map((user) => userOf(user, making));
  const Groups = (file.Groups ?? []).map((group) => groupOf(group, making));
  const Roles = (file.Roles ?? []).map((role) => roleOf(role, making));
  const attached = [...Users, ...Groups, ...Roles].flatMap((one) => one.AttachedManagedPolicies ?? []);
  const uses = attached.map(({ PolicyArn }) => PolicyArn!);
  const boundaries = [...Users, ...Roles].flatMap((one) => one.PermissionsBoundary?.PermissionsBoundaryArn ?? []);
  const aws = [...new Set([...uses, ...boundaries])].filter((one) => one.startsWith('arn:aws:iam::aws:')).toSorted();
  const detail = (policy: PolicyFile, arn: string) => ({
    ...policyDetail(policy, arn, account),
    AttachmentCount: countOf(arn, uses),
    PermissionsBoundaryUsageCount: countOf(arn, boundaries),
  });
  return {
    Root: { CreateDate: LONG_AGO, ...file.Root, ...credentials(file.Root ?? {}, account, '<root_account>', LONG_AGO) },
    Users,
    Groups,
    Roles,
    Policies: policies.map((policy) => detail(policy, own.get(policy.PolicyName!)!)),
    AwsPolicies: aws.map((arn) => detail(awsPolicy(arn), arn)),
    PasswordPolicy: file.PasswordPolicy && { ...PASSWORD_POLICY, ...file.PasswordPolicy },
    Aliases: file.Aliases ?? [],
    ServerCertificates: (file.ServerCertificates ?? []).map((certificate) => serverCertificateOf(certificate, account)),
    OpenIDConnectProviders: (file.OpenIDConnectProviders ?? []).map((issuer) =>
      iamArn(account, 'oidc-provider', '/', issuer),
    ),
    OrganizationsFeatures: file.OrganizationsFeatures ?? null,
    trust: new Map((file.Roles ?? []).map((role) => [role.RoleName!, role.AssumeRolePolicyDocument ?? {}])),
  };
}

function iamArn(account: string, kind: string, path: string | undefined, name: string): string {
  return `arn:aws:iam::${account}:${kind}${path ?? '/'}${name}`;
}

function countOf(wanted: string, all: readonly string[]): number {
  return all.filter((one) => one === wanted).length;
}

function userOf(user: UserFile, making: Making): Iam['Users'][number] {
  const { PermissionsBoundary, ...given } = user;
  const name = user.UserName!;
  return {
    Path: '/',
    UserId: letterId('AIDA', making.account, name),
    Arn: iamArn(making.account, 'user', user.Path, name),
    CreateDate: LONG_AGO,
    GroupList: [],
    ...given,
    ...boundaryOf(PermissionsBoundary, making),
    UserPolicyList: inlineOf(user.UserPolicyList),
    AttachedManagedPolicies: attachedOf(user, making),
    ...credentials(user, making.account, name, user.CreateDate ?? LONG_AGO),
  };
}

function groupOf(group: GroupFile, making: Making): Described<GroupDetail> {
  return {
    Path: '/',
    GroupId: letterId('AGPA', making.account, group.GroupName!),
    Arn: iamArn(making.account, 'group', group.Path, group.GroupName!),
    CreateDate: LONG_AGO,
    ...group,
    GroupPolicyList: inlineOf(group.GroupPolicyList),
    AttachedManagedPolicies: attachedOf(group, making),
  };
}

function roleOf(role: RoleFile, making: Making): Described<RoleDetail> {
  const { PermissionsBoundary, InstanceProfile, ...given } = role;
  return {
    Path: '/',
    RoleId: letterId('AROA', making.account, role.RoleName!),
    Arn: iamArn(making.account, 'role', role.Path, role.RoleName!),
    CreateDate: LONG_AGO,
    RoleLastUsed: {},
    Tags: [],
    InstanceProfileList: InstanceProfile ? [instanceProfile(role, making.account)] : [],
    ...given,
    ...boundaryOf(PermissionsBoundary, making),
    AssumeRolePolicyDocument: encodeDocument(role.AssumeRolePolicyDocument ?? { Version: '2012-10-17', Statement: [] }),
    RolePolicyList: inlineOf(role.RolePolicyList),
    AttachedManagedPolicies: attachedOf(role, making),
  };
}

function inlineOf(policies: InlinePolicies = []) {
  return policies.map(({ PolicyName, PolicyDocument }) => ({
    PolicyName,
    PolicyDocument: encodeDocument(PolicyDocument),
  }));
}

function attachedOf({ AttachedManagedPolicies = [] }: Attached, { own }: Making): AttachedPolicy[] {
  return AttachedManagedPolicies.map((one) => attachedPolicy(one, own));
}

/** IAM answers `Policy`, the documentation of the field says so; the API model's list of values does not have it. */
function boundaryOf(name: string | undefined, { own }: Making): Pick<Described<UserDetail>, 'PermissionsBoundary'> {
  if (!name) return {};
  const PermissionsBoundaryArn = attachedPolicy(name, own).PolicyArn;
  return { PermissionsBoundary: { PermissionsBoundaryType: 'Policy' as never, PermissionsBoundaryArn } };
}

const PASSWORD_POLICY = {
  MinimumPasswordLength: 6,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: false,
  ExpirePasswords: false,
};

function attachedPolicy(one: string | AttachedPolicy, own: ReadonlyMap<string, string>): AttachedPolicy {
  if (typeof one !== 'string') return one;
  if (one.startsWith('arn:')) return { PolicyName: one.split('/').at(-1), PolicyArn: one };
  return {
    PolicyName: one,
    PolicyArn: own.get(one) ?? `arn:aws:iam::aws:policy/${AWS_MANAGED_POLICIES[one]?.path ?? ''}${one}`,
  };
}

function awsPolicy(policyArn: string): PolicyFile {
  const PolicyName = policyArn.split('/').at(-1)!;
  const known = AWS_MANAGED_POLICIES[PolicyName];
  const Document = { Version: '2012-10-17', Statement: known?.statements ?? [] };
  return { PolicyName, Path: `/${known?.path ?? ''}`, CreateDate: '2015-02-06T18:39:46.000Z', Document };
}

function policyDetail(policy: PolicyFile, Arn: string, account: string): Described<ManagedPolicyDetail> {
  const { Document = { Version: '2012-10-17', Statement: [] }, ...given } = policy;
  const CreateDate = given.CreateDate ?? LONG_AGO;
  const version = { Document: encodeDocument(Document), VersionId: 'v1', IsDefaultVersion: true, CreateDate };
  return {
    Path: '/',
    PolicyId: letterId('ANPA', Arn.includes('::aws:') ? 'aws' : account, policy.PolicyName!),
    Arn,
    DefaultVersionId: 'v1',
    IsAttachable: true,
    CreateDate,
    UpdateDate: CreateDate,
    PolicyVersionList: [version],
    ...given,
  };
}

function instanceProfile(role: RoleFile, account: string) {
  const InstanceProfileName = role.RoleName!;
  return {
    Path: '/',
    InstanceProfileName,
    InstanceProfileId: letterId('AIPA', account, InstanceProfileName),
    Arn: `arn:aws:iam::${account}:instance-profile/${InstanceProfileName}`,
    CreateDate: role.CreateDate ?? LONG_AGO,
    Roles: [],
  };
}

function credentials(given: Credentials, account: string, name: string, created: string): Credentials {
  const result: Credentials = {
    MFADevices: (given.MFADevices ?? []).map((device) => ({
      SerialNumber: `arn:aws:iam::${account}:mfa/${name === '<root_account>' ? 'root-account-mfa-device' : name}`,
      EnableDate: created,
      ...device,
    })),
    AccessKeys: (given.AccessKeys ?? []).map((key, i) => ({
      AccessKeyId: letterId('AKIA', account, name, String(i)).slice(0, 20),
      Status: 'Active',
      CreateDate: created,
      ...key,
    })),
    SSHPublicKeys: (given.SSHPublicKeys ?? []).map((key, i) => ({
      UserName: name,
      SSHPublicKeyId: letterId('APKA', account, name, String(i)).slice(0, 20),
      Status: 'Active',
      UploadDate: created,
      ...key,
    })),
    SigningCertificates: (given.SigningCertificates ?? []).map((certificate, i) => ({
      UserName: name,
      CertificateId: letterId('', account, name, 'certificate', String(i)),
      CertificateBody: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
      Status: 'Active',
      UploadDate: created,
      ...certificate,
    })),
    ServiceSpecificCredentials: (given.ServiceSpecificCredentials ?? []).map((credential, i) => ({
      UserName: name,
      ServiceSpecificCredentialId: letterId('ACCA', account, name, String(i)).slice(0, 20),
      Status: 'Active',
      CreateDate: created,
      ...credential,
    })),
  };
  if (given.Password)
    result.Password = { CreateDate: created, LastChanged: given.Password.CreateDate ?? created, ...given.Password };
  return result;
}
