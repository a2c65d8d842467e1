import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { user } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';
import { columnsWith, columnsWithout, DOCUMENT, encoded, person, report, REPORT_TIME, userRow } from './_fixtures.ts';

const { aws, collected } = collector(user);
const denied = awsError('AccessDenied');
const gap = { reason: 'denied', operation: 'iam:GetAccountAuthorizationDetails', detail: 'access denied' };
const details = () => aws().on(GetAccountAuthorizationDetailsCommand);
const reported = (answer: object) => {
  aws().on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  aws().on(GetCredentialReportCommand).resolves(answer);
};

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
  expect((await collected()).rows.map(({ facets }) => facets['credentials'])).toEqual([
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
  const { rows } = await collected();
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
  expect((await collected()).rows).toMatchObject([
    { facets: { credentials: { gap: { detail: `the answer lacks ${field}` } } } },
  ]);
});

it('a report without a column is a gap', async () => {
  details().resolves({ UserDetailList: [person('alice')] });
  reported(report([userRow('alice', { password_enabled: 'true' })], columnsWithout('mfa_active')));
  expect((await collected()).rows).toMatchObject([
    { facets: { credentials: { gap: { detail: 'the answer lacks mfaActive' } } } },
  ]);
});

it('a line that is cut short is a gap in what is cut off, and harms no other', async () => {
  details().resolves({ UserDetailList: [person('alice'), person('bob')] });
  const whole = report([userRow('bob', { mfa_active: 'true' })]);
  const text = `${new TextDecoder().decode(whole.Content)}\nalice,${person('alice').Arn},N/A,true`;
  reported({ ...whole, Content: new TextEncoder().encode(text) });
  expect((await collected()).rows).toMatchObject([
    { facets: { credentials: { gap: { detail: 'the answer lacks passwordLastUsed' } } } },
    { facets: { credentials: { value: { mfaActive: true } } } },
  ]);
});

it('credentials of a denied report are gaps, and the users are still there', async () => {
  details().resolves({ UserDetailList: [person('alice')] });
  aws().on(GenerateCredentialReportCommand).rejects(denied);
  expect((await collected()).rows).toMatchObject([
    { facets: { credentials: { gap: { reason: 'denied', operation: 'iam:GenerateCredentialReport' } } } },
  ]);
});
