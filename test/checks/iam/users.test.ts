import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccessKeyLastUsedCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
} from '@aws-sdk/client-iam';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { user } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';
import {
  beforeReport,
  columnsWith,
  columnsWithout,
  DOCUMENT,
  encoded,
  person,
  report,
  REPORT_TIME,
  reportIsMade,
  userRow,
} from './_fixtures.ts';

const { aws, collected } = collector(user);
const denied = awsError('AccessDenied');
const gap = { reason: 'denied', operation: 'iam:GetAccountAuthorizationDetails', detail: 'access denied' };
const details = () => aws().on(GetAccountAuthorizationDetailsCommand);
const reported = (answer: object) => reportIsMade(aws(), true, answer);
afterEach(() => vi.restoreAllMocks());

it('are read with all that the one chain tells', async () => {
  const alice = person('alice', {
    Path: '/team/',
    GroupList: ['admins'],
    AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: 'arn:aws:iam::111122223333:policy/p' }],
    UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded }],
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/b' },
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  details().resolves({ UserDetailList: [alice] });
  const { rows, cell } = await collected([]);
  expect(rows).toMatchObject([
    {
      identity: { id: 'alice', arn: alice.Arn, region: 'global', tags: { team: 'a' } },
      base: {
        uniqueId: 'AIDAalice',
        path: '/team/',
        created: '2020-05-01T10:00:00.000Z',
        groups: ['admins'],
        attachedPolicies: [{ name: 'p', arn: 'arn:aws:iam::111122223333:policy/p' }],
        documents: [{ name: 'inline', text: DOCUMENT }],
        permissionsBoundary: 'arn:aws:iam::aws:policy/b',
      },
    },
  ]);
  expect(rows[0]).not.toHaveProperty('missing');
  expect(cell).not.toHaveProperty('gap');
  const [call] = aws().commandCalls(GetAccountAuthorizationDetailsCommand);
  expect(call!.args[0].input).toMatchObject({ Filter: ['User'], MaxItems: 1000 });
  expect(aws().commandCalls(GenerateCredentialReportCommand)).toHaveLength(0);
});

it('without inline policies and boundary have none: IAM leaves those elements out', async () => {
  details().resolves({ UserDetailList: [person('alice')] });
  const { rows } = await collected([]);
  expect(rows).toMatchObject([{ base: { documents: [], permissionsBoundary: null } }]);
  expect(rows[0]).not.toHaveProperty('missing');
});

it.each([
  ['groups', { GroupList: undefined }],
  ['created', { CreateDate: undefined }],
  ['path', { Path: undefined }],
  ['attachedPolicies', { AttachedManagedPolicies: undefined }],
  ['attachedPolicies', { AttachedManagedPolicies: [{ PolicyName: 'p' }] }],
  ['attachedPolicies', { AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/p' }] }],
  ['documents', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: encoded }, { PolicyName: 'q' }] }],
  ['documents', { UserPolicyList: [{ PolicyDocument: encoded }] }],
  ['permissionsBoundary', { PermissionsBoundary: {} }],
])('an answer that lacks %s leaves a gap: %j', async (field, difference) => {
  details().resolves({ UserDetailList: [person('alice', difference)] });
  const [row] = (await collected([])).rows;
  expect(row!.missing).toMatchObject({ [field]: { detail: `the answer lacks ${field}` } });
  expect(row!.base).not.toHaveProperty(field);
});

it('come in pages, and a failing page costs them all', async () => {
  details()
    .resolvesOnce({ UserDetailList: [person('alice')], Marker: 'm' })
    .resolves({ UserDetailList: [person('bob')] });
  expect((await collected([])).rows.map(({ identity }) => identity.id)).toEqual(['alice', 'bob']);
  aws().reset();
  details()
    .resolvesOnce({ UserDetailList: [person('alice')], Marker: 'm' })
    .rejects(denied);
  expect((await collected([])).cell).toMatchObject({ gap });
});

it('an answer without the list is a gap, not an account without users', async () => {
  details().resolves({});
  expect((await collected([])).cell).toMatchObject({
    rows: 0,
    gap: { detail: expect.stringContaining('lacks its list') },
  });
});

it('a document that cannot be decoded costs that user alone', async () => {
  const broken = person('alice', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: '%7' }] });
  details().resolves({ UserDetailList: [broken, person('bob')] });
  const { rows, cell } = await collected([]);
  expect(rows.map(({ identity }) => identity.id)).toEqual(['bob']);
  expect(cell).toMatchObject({ gap: { detail: expect.stringContaining('URIError') } });
});

it('get their credentials from the report, whatever the spelling of its values', async () => {
  details().resolves({ UserDetailList: [person('alice'), person('a,b'), person('never')] });
  reported(
    report(
      [
        userRow('alice', {
          password_enabled: 'true',
          password_last_used: '2025-12-01T10:00:00+00:00',
          password_last_changed: '2024-01-01T00:00:00Z',
          mfa_active: 'TRUE',
        }),
        userRow('a,b', { password_enabled: 'FALSE', mfa_active: 'False' }),
        userRow('never', { password_enabled: 'true', password_last_used: 'no_information' }),
      ],
      columnsWith('additional_credentials_info'),
    ),
  );
  expect((await collected(['credentials'])).rows.map(({ facets }) => facets['credentials'])).toEqual([
    {
      value: {
        passwordEnabled: true,
        passwordLastUsed: '2025-12-01T10:00:00.000Z',
        passwordLastChanged: '2024-01-01T00:00:00.000Z',
        mfaActive: true,
        reportTime: REPORT_TIME,
      },
    },
    {
      value: {
        passwordEnabled: false,
        passwordLastUsed: null,
        passwordLastChanged: null,
        mfaActive: false,
        reportTime: REPORT_TIME,
      },
    },
    { value: expect.objectContaining({ passwordEnabled: true, passwordLastUsed: null }) },
  ]);
  expect(aws().commandCalls(GetCredentialReportCommand)).toHaveLength(1);
});

it('whom the report does not know yet have no credentials to judge', async () => {
  const fresh = person('fresh');
  // Deleted and created again since the report was made: its line tells of the other one.
  const again = person('again', { CreateDate: new Date('2025-12-31T22:00:00.001Z') });
  const justInTime = person('just-in-time', { CreateDate: new Date(REPORT_TIME) });
  const undated = person('undated', { CreateDate: undefined });
  details().resolves({ UserDetailList: [fresh, again, justInTime, undated] });
  reported(report(['again', 'just-in-time', 'undated', 'gone'].map((name) => userRow(name))));
  const unknown = {
    gap: {
      reason: 'failed',
      operation: 'iam:GetCredentialReport',
      detail: `the credential report of ${REPORT_TIME} does not know this user yet`,
    },
  };
  const { rows } = await collected(['credentials']);
  expect(rows.map(({ identity, facets }) => [identity.id, facets['credentials']])).toEqual([
    ['fresh', unknown],
    ['again', unknown],
    ['just-in-time', { value: expect.objectContaining({ passwordEnabled: false }) }],
    ['undated', unknown],
  ]);
});

it.each([
  ['passwordEnabled', 'password_enabled', 'not_supported'],
  ['passwordEnabled', 'password_enabled', ''],
  ['mfaActive', 'mfa_active', 'N/A'],
  ['passwordLastUsed', 'password_last_used', ''],
  ['passwordLastUsed', 'password_last_used', 'yesterday'],
  ['passwordLastChanged', 'password_last_changed', '2024-01-01T00:00:00'],
  ['passwordLastChanged', 'password_last_changed', '2024-13-01T00:00:00Z'],
])('an unheard-of value is a gap: %s of %s = %j', async (field, column, value) => {
  details().resolves({ UserDetailList: [person('alice')] });
  reported(report([userRow('alice', { [column]: value })]));
  expect((await collected(['credentials'])).rows).toMatchObject([
    { facets: { credentials: { gap: { detail: `the answer lacks ${field}` } } } },
  ]);
});

it('a report without a column is a gap', async () => {
  details().resolves({ UserDetailList: [person('alice')] });
  reported(report([userRow('alice', { password_enabled: 'true' })], columnsWithout('mfa_active')));
  expect((await collected(['credentials'])).rows).toMatchObject([
    { facets: { credentials: { gap: { detail: 'the answer lacks mfaActive' } } } },
  ]);
});

it('a line that is cut short is a gap in what is cut off, and harms no other', async () => {
  details().resolves({ UserDetailList: [person('alice'), person('bob')] });
  const whole = report([userRow('bob', { mfa_active: 'true' })]);
  const text = `${new TextDecoder().decode(whole.Content)}\nalice,${person('alice').Arn},N/A,true`;
  reported({ ...whole, Content: new TextEncoder().encode(text) });
  expect((await collected(['credentials'])).rows).toMatchObject([
    { facets: { credentials: { gap: { detail: 'the answer lacks passwordLastUsed' } } } },
    { facets: { credentials: { value: { mfaActive: true } } } },
  ]);
});

it('credentials of a denied report are gaps, and the users are still there', async () => {
  details().resolves({ UserDetailList: [person('alice')] });
  aws().on(GenerateCredentialReportCommand).rejects(denied);
  expect((await collected(['credentials'])).rows).toMatchObject([
    { facets: { credentials: { gap: { reason: 'denied', operation: 'iam:GenerateCredentialReport' } } } },
  ]);
});

const UserName = 'alice';
const LIVE: readonly any[] = [
  GetLoginProfileCommand,
  GetUserCommand,
  ListMFADevicesCommand,
  ListAccessKeysCommand,
  GetAccessKeyLastUsedCommand,
  ListSSHPublicKeysCommand,
  ListSigningCertificatesCommand,
];
const liveCalls = () =>
  LIVE.flatMap((command) =>
    aws()
      .commandCalls(command)
      .map((call) => call.args[0].input as unknown),
  );
/** What a report says of alice, and what of her the collector makes of it. */
async function facetOf(name: string, columns: Record<string, string>, isNew: boolean, difference: object = {}) {
  details().resolves({ UserDetailList: [person(UserName, difference)] });
  reportIsMade(aws(), isNew, report([userRow(UserName, columns)]));
  const [row] = (await collected([name])).rows;
  return row?.facets[name];
}
const password = (lastUsed: string, mfa: boolean) => ({
  password_enabled: 'true',
  password_last_used: lastUsed,
  password_last_changed: beforeReport(400),
  mfa_active: String(mfa),
});
const key = (slot: 1 | 2, created: string, lastUsed = 'N/A') => ({
  [`access_key_${slot}_active`]: 'true',
  [`access_key_${slot}_last_rotated`]: created,
  [`access_key_${slot}_last_used_date`]: lastUsed,
});
const young = { CreateDate: new Date(beforeReport(44)) };

describe('what the report says for a user, or of this very run, is believed', () => {
  it.each([
    ['MFA, and a password used 44 days ago', 'credentials', password(beforeReport(44), true)],
    [
      'MFA, and a key used 44 days ago',
      'credentials',
      { mfa_active: 'true', ...key(1, beforeReport(99), beforeReport(44)) },
    ],
    ['one key, with MFA', 'keys', { mfa_active: 'true', ...key(2, beforeReport(1)) }],
    ['a password used, and no key', 'keys', password(beforeReport(1), false)],
    ['a password used 44 days ago', 'otherKeys', password(beforeReport(44), true)],
    ['a key created 44 days ago', 'otherKeys', key(1, beforeReport(44))],
  ])('%s: no call for %s', async (_name, facet, columns) => {
    expect(await facetOf(facet, columns, false)).toHaveProperty('value');
    expect(liveCalls()).toEqual([]);
  });

  it.each([
    ['no MFA', 'credentials', password(beforeReport(1), false)],
    ['an idle password', 'credentials', password(beforeReport(200), true)],
    ['two keys', 'keys', { ...key(1, beforeReport(200)), ...key(2, beforeReport(100)) }],
    ['nothing', 'credentials', {}],
    ['nothing', 'keys', {}],
  ])('%s in a new report: no call for %s', async (_name, facet, columns) => {
    expect(await facetOf(facet, columns, true)).toMatchObject({ value: { reportTime: REPORT_TIME } });
    expect(liveCalls()).toEqual([]);
  });

  it.each(['credentials', 'keys', 'otherKeys'])(
    'nothing yet, 44 days after it was created: no call for %s',
    async (facet) => {
      expect(await facetOf(facet, {}, false, young)).toHaveProperty('value');
      expect(liveCalls()).toEqual([]);
    },
  );
});

describe('what an older report says against a user is asked again: password and MFA', () => {
  const used = new Date('2025-12-31T23:00:00Z');
  const set = new Date('2025-12-31T23:30:00Z');
  const now = () => {
    aws()
      .on(GetLoginProfileCommand)
      .resolves({ LoginProfile: { UserName, CreateDate: set } });
    aws()
      .on(GetUserCommand)
      .resolves({ User: { ...person(UserName), PasswordLastUsed: used } });
    aws()
      .on(ListMFADevicesCommand)
      .resolves({ MFADevices: [{ UserName, SerialNumber: 'arn:aws:iam::111122223333:mfa/alice', EnableDate: used }] });
  };
  const told = {
    passwordEnabled: true,
    passwordLastUsed: used.toISOString(),
    passwordLastChanged: set.toISOString(),
    mfaActive: true,
    reportTime: null,
  };

  it.each([
    ['a password without MFA', password(beforeReport(1), false)],
    ['a key without MFA', key(1, beforeReport(1))],
    ['a key of the second slot without MFA', key(2, beforeReport(1))],
    ['a password unused for 44 days and a second', password(beforeReport(44, 1), true)],
    ['a password never used, set 400 days ago', password('no_information', true)],
    ['nothing in use', { mfa_active: 'true' }],
    [
      'a key alone, unused for 44 days and a second',
      { mfa_active: 'true', ...key(1, beforeReport(99), beforeReport(44, 1)) },
    ],
  ])('%s', async (_name, columns) => {
    now();
    expect(await facetOf('credentials', columns, false)).toEqual({ value: told });
    expect(liveCalls()).toEqual([{ UserName }, { UserName }, { UserName, MaxItems: 1000 }]);
  });

  it('finds that the password is gone, and that nothing else has changed', async () => {
    aws().on(GetLoginProfileCommand).rejects(awsError('NoSuchEntityException'));
    aws()
      .on(GetUserCommand)
      .resolves({ User: person(UserName) });
    aws().on(ListMFADevicesCommand).resolves({ MFADevices: [] });
    expect(await facetOf('credentials', password(beforeReport(1), false), false)).toEqual({
      value: {
        passwordEnabled: false,
        passwordLastUsed: null,
        passwordLastChanged: beforeReport(400),
        mfaActive: false,
        reportTime: null,
      },
    });
  });

  it('keeps the time of the last change where the profile is older', async () => {
    now();
    const CreateDate = new Date(beforeReport(401));
    aws().on(GetLoginProfileCommand).resolves({ LoginProfile: { UserName, CreateDate } });
    const facet = await facetOf('credentials', password(beforeReport(1), false), false);
    expect(facet).toMatchObject({ value: { passwordLastChanged: beforeReport(400) } });
  });

  it.each([
    [GetLoginProfileCommand, 'iam:GetLoginProfile'],
    [GetUserCommand, 'iam:GetUser'],
    [ListMFADevicesCommand, 'iam:ListMFADevices'],
  ] as const)('is unknown where it may not be asked: %s', async (command, operation) => {
    now();
    aws()
      .on(command as never)
      .rejects(denied);
    expect(await facetOf('credentials', password(beforeReport(1), false), false)).toEqual({
      gap: { reason: 'denied', operation, detail: 'access denied' },
    });
  });

  it.each([
    [GetUserCommand, {}, 'the answer lacks passwordLastUsed'],
    [ListMFADevicesCommand, {}, 'could not be read: Error: the answer lacks its list'],
  ] as const)('is unknown where the answer is not whole: %s', async (command, answer, detail) => {
    now();
    aws()
      .on(command as never)
      .resolves(answer as never);
    const facet = await facetOf('credentials', password(beforeReport(1), false), false);
    expect(facet).toMatchObject({ gap: { detail } });
  });

  it('finds that the user is gone', async () => {
    now();
    aws().on(ListMFADevicesCommand).rejects(awsError('NoSuchEntityException'));
    expect(await facetOf('credentials', password(beforeReport(1), false), false)).toBeUndefined();
  });
});

describe('what an older report says against a user is asked again: access keys', () => {
  const CreateDate = new Date(beforeReport(300));
  const LastUsedDate = new Date('2025-12-31T23:00:00Z');
  const metadata = { UserName, AccessKeyId: 'AKIA1', Status: 'Active' as const, CreateDate };
  const now = () => {
    aws()
      .on(ListAccessKeysCommand)
      .resolves({ AccessKeyMetadata: [metadata, { ...metadata, AccessKeyId: 'AKIA2', Status: 'Inactive' }] });
    aws()
      .on(GetAccessKeyLastUsedCommand)
      .resolves({ AccessKeyLastUsed: { LastUsedDate, ServiceName: 's3', Region: 'eu-west-1' } })
      .on(GetAccessKeyLastUsedCommand, { AccessKeyId: 'AKIA2' })
      .resolves({ AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } } as never);
  };

  it.each([
    ['two active keys', { mfa_active: 'true', ...key(1, beforeReport(1)), ...key(2, beforeReport(1)) }],
    ['a key without MFA', key(1, beforeReport(1))],
    ['nothing in use', { mfa_active: 'true' }],
    ['a password unused for 44 days and a second, with MFA', password(beforeReport(44, 1), true)],
    ['a key created 44 days and a second ago, never used', { mfa_active: 'true', ...key(2, beforeReport(44, 1)) }],
  ])('%s', async (_name, columns) => {
    now();
    const created = beforeReport(300);
    expect(await facetOf('keys', columns, false)).toEqual({
      value: {
        accessKeys: [
          { active: true, created, lastUsed: LastUsedDate.toISOString() },
          { active: false, created, lastUsed: null },
        ],
        reportTime: null,
      },
    });
    expect(liveCalls()).toEqual([{ UserName, MaxItems: 1000 }, { AccessKeyId: 'AKIA1' }, { AccessKeyId: 'AKIA2' }]);
  });

  it('are those of the report otherwise', async () => {
    const columns = { mfa_active: 'true', ...key(1, beforeReport(1)), access_key_2_last_rotated: beforeReport(9) };
    expect(await facetOf('keys', columns, false)).toEqual({
      value: {
        accessKeys: [
          { active: true, created: beforeReport(1), lastUsed: null },
          { active: false, created: beforeReport(9), lastUsed: null },
        ],
        reportTime: REPORT_TIME,
      },
    });
  });

  it.each([
    ['list them', ListAccessKeysCommand, 'iam:ListAccessKeys'],
    ['see their use', GetAccessKeyLastUsedCommand, 'iam:GetAccessKeyLastUsed'],
  ] as const)('are unknown where Ronda may not %s', async (_name, command, operation) => {
    now();
    aws().reset();
    if (operation !== 'iam:ListAccessKeys') now();
    aws()
      .on(command as never, command === GetAccessKeyLastUsedCommand ? { AccessKeyId: 'AKIA1' } : {})
      .rejects(denied);
    expect(await facetOf('keys', {}, false)).toMatchObject({ gap: { reason: 'denied', operation } });
  });

  it.each([
    ['status', { AccessKeyMetadata: [{ ...metadata, Status: undefined }] }],
    ['creation', { AccessKeyMetadata: [{ ...metadata, CreateDate: undefined }] }],
  ])('are unknown where the answer lacks a %s', async (_name, answer) => {
    now();
    aws()
      .on(ListAccessKeysCommand)
      .resolves(answer as never);
    expect(await facetOf('keys', {}, false)).toMatchObject({ gap: { detail: 'the answer lacks accessKeys' } });
  });

  it('are unknown where the answer lacks the use', async () => {
    now();
    aws()
      .on(GetAccessKeyLastUsedCommand, { AccessKeyId: 'AKIA2' })
      .resolves({} as never);
    expect(await facetOf('keys', {}, false)).toMatchObject({ gap: { detail: 'the answer lacks accessKeys' } });
  });
});

describe('SSH keys and signing certificates', () => {
  const now = (Status: 'Active' | 'Inactive' | undefined) => {
    const item = { UserName, Status } as never;
    aws()
      .on(ListSSHPublicKeysCommand)
      .resolvesOnce({ SSHPublicKeys: [item], IsTruncated: true, Marker: 'm' })
      .resolves({ SSHPublicKeys: [item] });
    aws()
      .on(ListSigningCertificatesCommand)
      .resolves({ Certificates: [item] });
  };

  it.each([
    ['nothing', {}, false],
    ['an idle password', password(beforeReport(44, 1), true), false],
    ['an idle key', key(1, beforeReport(44, 1)), false],
  ])('are counted for a user with %s', async (_name, columns, isNew) => {
    now('Active');
    expect(await facetOf('otherKeys', columns, isNew)).toEqual({ value: { sshPublicKeys: 2, signingCertificates: 1 } });
    expect(liveCalls()).toMatchObject([{ UserName, MaxItems: 1000 }, { Marker: 'm' }, { UserName, MaxItems: 1000 }]);
  });

  it('are counted by a new report as far as it tells of them', async () => {
    now('Active');
    const columns = { cert_1_active: 'true', cert_2_active: 'false' };
    expect(await facetOf('otherKeys', columns, true)).toEqual({ value: { sshPublicKeys: 2, signingCertificates: 1 } });
    expect(aws().commandCalls(ListSigningCertificatesCommand)).toHaveLength(0);
  });

  it('are unknown where a new report does not tell of one', async () => {
    now('Active');
    expect(await facetOf('otherKeys', { cert_2_active: 'maybe' }, true)).toMatchObject({
      gap: { detail: 'the answer lacks signingCertificates' },
    });
  });

  it('count only while they are active', async () => {
    now('Inactive');
    expect(await facetOf('otherKeys', {}, false)).toEqual({ value: { sshPublicKeys: 0, signingCertificates: 0 } });
  });

  it('are unknown without their status', async () => {
    now(undefined);
    expect(await facetOf('otherKeys', {}, false)).toMatchObject({ gap: { detail: 'the answer lacks sshPublicKeys' } });
  });

  it('are not asked for where the user is in use', async () => {
    expect(await facetOf('otherKeys', password(beforeReport(1), false), false)).toEqual({ value: null });
    expect(await facetOf('otherKeys', {}, false, young)).toEqual({ value: null });
    expect(liveCalls()).toEqual([]);
  });
});

describe('service-specific credentials', () => {
  const credential = {
    UserName,
    Status: 'Active' as const,
    ServiceName: 'bedrock.amazonaws.com',
    ServiceSpecificCredentialId: 'ACCA1',
    CreateDate: new Date('2025-10-01T00:00:00Z'),
    ExpirationDate: new Date('2026-10-01T00:00:00Z'),
  };
  const list = () => aws().on(ListServiceSpecificCredentialsCommand);
  const all = async () => {
    details().resolves({ UserDetailList: [person(UserName), person('bob')] });
    return (await collected(['serviceCredentials'])).rows.map(({ facets }) => facets['serviceCredentials']);
  };

  it('are listed once for everybody, page by page', async () => {
    const { ExpirationDate: _, ...endless } = credential;
    list()
      .resolvesOnce({ ServiceSpecificCredentials: [credential], IsTruncated: true, Marker: 'm' })
      .resolves({ ServiceSpecificCredentials: [{ ...credential, UserName: 'carol' }, endless] });
    const told = {
      id: 'ACCA1',
      service: 'bedrock.amazonaws.com',
      status: 'Active',
      created: '2025-10-01T00:00:00.000Z',
      expires: '2026-10-01T00:00:00.000Z',
    };
    expect(await all()).toEqual([{ value: [told, { ...told, expires: null }] }, { value: [] }]);
    const inputs = aws()
      .commandCalls(ListServiceSpecificCredentialsCommand)
      .map(({ args }) => args[0].input);
    expect(inputs).toMatchObject([
      { AllUsers: true, MaxItems: 1000 },
      { AllUsers: true, Marker: 'm' },
    ]);
    for (const input of inputs) expect(input).not.toHaveProperty('UserName');
  });

  it.each(['ServiceSpecificCredentialId', 'ServiceName', 'Status', 'CreateDate'])(
    'are unknown for the one user of whom %s is missing',
    async (field) => {
      list().resolves({ ServiceSpecificCredentials: [{ ...credential, [field]: undefined }] });
      expect(await all()).toMatchObject([{ gap: { operation: 'iam:ListServiceSpecificCredentials' } }, { value: [] }]);
    },
  );

  it.each([
    ['of nobody', { ServiceSpecificCredentials: [{ ...credential, UserName: undefined as never }] }],
    ['without the list', {}],
  ])('are unknown for all after an answer %s', async (_name, answer) => {
    list().resolves(answer);
    expect(await all()).toMatchObject([{ gap: { reason: 'failed' } }, { gap: { reason: 'failed' } }]);
  });

  it('are unknown where they may not be listed', async () => {
    list().rejects(denied);
    expect(await all()).toMatchObject([{ gap: { reason: 'denied' } }, { gap: { reason: 'denied' } }]);
  });
});
