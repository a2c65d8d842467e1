import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, worldWith } from './_kit.ts';

const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: "s3:*'()!*", Resource: 'ü' }] };
const world = worldWith({
  iam: {
    Root: {
      Password: { LastUsed: '-3d' },
      MFADevices: [{}],
      AccessKeys: [{ Status: 'Inactive' }],
      SigningCertificates: [{ UploadDate: '-8d' }, { Status: 'Inactive' }],
    },
    Users: [
      {
        UserName: 'a,b=c',
        Password: { CreateDate: '-30d', LastUsed: '-1d' },
        MFADevices: [{ SerialNumber: `arn:aws:iam::${ACCOUNT}:u2f/user/a` }],
        ServiceSpecificCredentials: [{ ServiceName: 'logs.amazonaws.com' }],
        AccessKeys: [{ CreateDate: '-10d' }, { Status: 'Inactive', LastUsedDate: '-5d', LastUsedService: 'iam' }],
        AttachedManagedPolicies: ['own', 'IAMUserChangePassword'],
        PermissionsBoundary: 'own',
      },
      { UserName: 'bare', UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: open }] },
    ],
    Groups: [{ GroupName: 'g', AttachedManagedPolicies: ['own'] }],
    Roles: [{ RoleName: 'r', Path: '/x/', AssumeRolePolicyDocument: open, InstanceProfile: true }],
    Policies: [{ PolicyName: 'own', Document: open }, { PolicyName: 'spare' }],
  },
});
const { call, failure, emulator } = await kit({ world });
const details = (Filter?: string[]) => call('iam', 'GetAccountAuthorizationDetails', Filter ? { Filter } : {});

describe('GetAccountAuthorizationDetails', () => {
  it.each([
    ['User', { users: 2, groups: 0, roles: 0, policies: 0 }],
    ['Group', { users: 0, groups: 1, roles: 0, policies: 0 }],
    ['Role', { users: 0, groups: 0, roles: 1, policies: 0 }],
    ['LocalManagedPolicy', { users: 0, groups: 0, roles: 0, policies: 2 }],
    ['AWSManagedPolicy', { users: 0, groups: 0, roles: 0, policies: 1 }],
    [undefined, { users: 2, groups: 1, roles: 1, policies: 3 }],
  ])('with the filter %s answers only those', async (filter, counts) => {
    const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = await details(filter ? [filter] : undefined);
    expect({
      users: UserDetailList.length,
      groups: GroupDetailList.length,
      roles: RoleDetailList.length,
      policies: Policies.length,
    }).toEqual(counts);
  });

  it('encodes documents by RFC 3986', async () => {
    const { RoleDetailList, UserDetailList, Policies } = await details();
    const documents = [
      RoleDetailList[0].AssumeRolePolicyDocument,
      UserDetailList[1].UserPolicyList[0].PolicyDocument,
      Policies[0].PolicyVersionList[0].Document,
    ];
    for (const document of documents) {
      expect(document).toMatch(/^[\w.~%-]+$/);
      expect(JSON.parse(decodeURIComponent(document))).toEqual(open);
    }
  });

  it('counts attachments and boundaries, and completes ARNs', async () => {
    const { Policies, RoleDetailList, UserDetailList } = await details();
    const own = `arn:aws:iam::${ACCOUNT}:policy/own`;
    expect(Policies.map((one: object) => one)).toMatchObject([
      { Arn: own, AttachmentCount: 2, PermissionsBoundaryUsageCount: 1, DefaultVersionId: 'v1' },
      { PolicyName: 'spare', AttachmentCount: 0, PermissionsBoundaryUsageCount: 0 },
      { Arn: 'arn:aws:iam::aws:policy/IAMUserChangePassword', AttachmentCount: 1 },
    ]);
    expect(UserDetailList[0].PermissionsBoundary).toEqual({
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: own,
    });
    expect(RoleDetailList[0]).toMatchObject({
      Arn: `arn:aws:iam::${ACCOUNT}:role/x/r`,
      InstanceProfileList: [{ Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/r` }],
    });
  });

  it('leaves out the inline policies of a user who has none', async () => {
    const { UserDetailList } = await details(['User']);
    expect(UserDetailList[0]).not.toHaveProperty('UserPolicyList');
  });
});

describe('the credential report', () => {
  it('is made in steps, and read only when it is complete', async () => {
    emulator.setProfile({ credentialReportPolls: 3 });
    expect((await failure('iam', 'GetCredentialReport')).name).toBe('CredentialReportNotPresentException');
    const states = [];
    for (let i = 0; i < 3; i++) states.push((await call('iam', 'GenerateCredentialReport')).State);
    expect((await failure('iam', 'GetCredentialReport')).name).toBe('CredentialReportNotReadyException');
    states.push((await call('iam', 'GenerateCredentialReport')).State);
    expect(states).toEqual(['STARTED', 'INPROGRESS', 'INPROGRESS', 'COMPLETE']);
  });

  it('has 22 columns, the root row first, and quotes what must be quoted', async () => {
    const { Content, GeneratedTime } = await call('iam', 'GetCredentialReport');
    const rows: Record<string, string>[] = parse(Buffer.from(Content), { columns: true });
    expect(Object.keys(rows[0]!)).toHaveLength(22);
    expect(GeneratedTime).toEqual(emulator.world.now);
    expect(rows).toMatchObject([
      {
        user: '<root_account>',
        arn: `arn:aws:iam::${ACCOUNT}:root`,
        password_enabled: 'true',
        password_last_used: '2026-05-29T12:00:00+00:00',
        password_last_changed: 'not_supported',
        mfa_active: 'true',
        access_key_1_active: 'false',
        access_key_1_last_rotated: '2021-03-04T09:12:00+00:00',
        cert_1_active: 'true',
        cert_1_last_rotated: '2026-05-24T12:00:00+00:00',
        cert_2_active: 'false',
        cert_2_last_rotated: '2021-03-04T09:12:00+00:00',
      },
      {
        user: 'a,b=c',
        password_last_changed: '2026-05-02T12:00:00+00:00',
        mfa_active: 'true',
        cert_1_active: 'false',
        cert_1_last_rotated: 'N/A',
        access_key_1_active: 'true',
        access_key_1_last_used_date: 'N/A',
        access_key_2_active: 'false',
        access_key_2_last_used_date: '2026-05-27T12:00:00+00:00',
        access_key_2_last_used_service: 'iam',
      },
      { user: 'bare', password_enabled: 'false', password_last_used: 'N/A', access_key_1_active: 'false' },
    ]);
  });
});

describe('what is not there', () => {
  it.each([
    ['GetAccountPasswordPolicy', {}],
    ['GetLoginProfile', { UserName: 'bare' }],
    ['GetLoginProfile', { UserName: 'nobody' }],
    ['ListMFADevices', { UserName: 'nobody' }],
    ['ListAccessKeys', { UserName: 'nobody' }],
    ['ListSSHPublicKeys', { UserName: 'nobody' }],
    ['ListSigningCertificates', { UserName: 'nobody' }],
    ['ListServiceSpecificCredentials', { UserName: 'nobody' }],
    ['GetUser', { UserName: 'nobody' }],
  ])('%s of %o is NoSuchEntity', async (operation, input) => {
    const error = await failure('iam', operation, input);
    expect([error.name, error.$metadata.httpStatusCode]).toEqual(['NoSuchEntityException', 404]);
  });
});

it('tells in the summary that root keys count only while they are active', async () => {
  const { SummaryMap } = await call('iam', 'GetAccountSummary');
  expect(SummaryMap).toMatchObject({ AccountAccessKeysPresent: 0, AccountMFAEnabled: 1, MFADevices: 2, Policies: 2 });
  expect(SummaryMap.AccountSigningCertificatesPresent).toBe(2);
});

describe('what the report does not tell', () => {
  it('is the virtual MFA devices, with their owners', async () => {
    const { VirtualMFADevices } = await call('iam', 'ListVirtualMFADevices', { AssignmentStatus: 'Assigned' });
    expect(VirtualMFADevices).toMatchObject([
      {
        SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/root-account-mfa-device`,
        User: { Arn: `arn:aws:iam::${ACCOUNT}:root` },
      },
    ]);
    const unassigned = await call('iam', 'ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' });
    expect(unassigned.VirtualMFADevices).toEqual([]);
  });

  it('is the service-specific credentials, of all users or of one', async () => {
    const listed = (input: object) => call('iam', 'ListServiceSpecificCredentials', input);
    const own = { ServiceSpecificCredentials: [{ UserName: 'a,b=c', Status: 'Active' }] };
    expect(await listed({ AllUsers: true })).toMatchObject(own);
    expect(await listed({ AllUsers: true, ServiceName: 'logs.amazonaws.com' })).toMatchObject(own);
    const none = { ServiceSpecificCredentials: [] };
    expect(await listed({ AllUsers: true, ServiceName: 'bedrock.amazonaws.com' })).toMatchObject(none);
    expect(await listed({ UserName: 'bare' })).toMatchObject(none);
    const both = await failure('iam', 'ListServiceSpecificCredentials', { AllUsers: true, UserName: 'bare' });
    expect(both.name).toBe('ValidationError');
  });

  it('is the use of a key as it is now', async () => {
    const { AccessKeyMetadata } = await call('iam', 'ListAccessKeys', { UserName: 'a,b=c' });
    const uses = AccessKeyMetadata.map(({ AccessKeyId }: { AccessKeyId: string }) =>
      call('iam', 'GetAccessKeyLastUsed', { AccessKeyId }),
    );
    const [never, lately] = await Promise.all(uses);
    expect(never.AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' });
    expect(lately).toMatchObject({ UserName: 'a,b=c', AccessKeyLastUsed: { ServiceName: 'iam' } });
    const other = await failure('iam', 'GetAccessKeyLastUsed', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
    expect(other.name).toBe('AccessDenied');
  });

  it('is the features of the organisation, of which a stand-alone account has none', async () => {
    expect((await failure('iam', 'ListOrganizationsFeatures')).name).toBe('OrganizationNotFoundException');
  });
});
