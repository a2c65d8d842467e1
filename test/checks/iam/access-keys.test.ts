import {
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accessKey } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';
import { beforeReport, columnsWith, person, report, REPORT_TIME, reportIsMade, userRow } from './_fixtures.ts';

const { aws, collected } = collector(accessKey);
const given = (people: object[], answer: object, isNew = true) => {
  aws().on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList: people });
  reportIsMade(aws(), isNew, answer);
};
afterEach(() => vi.restoreAllMocks());
const TAGS = { Tags: [{ Key: 'team', Value: 'a' }] };

it('are the slots of the report that hold one, inactive ones too', async () => {
  const columns = {
    access_key_1_active: 'true',
    access_key_1_last_rotated: '2025-01-01T00:00:00+00:00',
    access_key_1_last_used_date: '2025-06-01T00:00:00Z',
    access_key_2_last_rotated: '2024-01-01T00:00:00+00:00',
  };
  given(
    [person('alice', TAGS), person('bob')],
    report([userRow('alice', columns), userRow('bob'), userRow('gone', columns)]),
  );
  const { rows, cell } = await collected();
  const owner = { userName: 'alice', userArn: 'arn:aws:iam::111122223333:user/alice' };
  expect(rows).toMatchObject([
    {
      identity: { id: 'alice/access-key-1', arn: `${owner.userArn}/access-key-1`, tags: { team: 'a' } },
      base: { ...owner, slot: 1 },
      facets: {
        state: {
          value: {
            active: true,
            created: '2025-01-01T00:00:00.000Z',
            lastUsed: '2025-06-01T00:00:00.000Z',
            reportTime: REPORT_TIME,
          },
        },
      },
    },
    {
      identity: { id: 'alice/access-key-2', arn: `${owner.userArn}/access-key-2` },
      base: { ...owner, slot: 2 },
      facets: { state: { value: { active: false, created: '2024-01-01T00:00:00.000Z', lastUsed: null } } },
    },
  ]);
  expect(cell).toEqual({ type: 'AWS::IAM::AccessKey', account: '111122223333', region: 'global', rows: 2 });
  expect(aws().commandCalls(GetAccountAuthorizationDetailsCommand)).toHaveLength(1);
  expect(aws().commandCalls(GetCredentialReportCommand)).toHaveLength(1);
});

it('an active key in the second slot alone is found', async () => {
  given([person('alice')], report([userRow('alice', { access_key_2_active: 'true' })]));
  const { rows } = await collected();
  expect(rows).toMatchObject([
    { identity: { id: 'alice/access-key-2' }, facets: { state: { value: { active: true, created: null } } } },
  ]);
});

it('a slot that the report does not describe is a gap, not an empty slot', async () => {
  given([person('alice')], report([userRow('alice', { access_key_1_active: 'maybe', access_key_2_last_rotated: '' })]));
  expect((await collected()).rows).toMatchObject([
    { identity: { id: 'alice/access-key-1' }, facets: { state: { gap: { detail: 'the answer lacks active' } } } },
    { identity: { id: 'alice/access-key-2' }, facets: { state: { gap: { detail: 'the answer lacks created' } } } },
  ]);
});

it.each([
  ['is new', person('fresh'), []],
  ['is new under an old name', person('fresh', { CreateDate: new Date('2026-01-01T00:00:00Z') }), [userRow('fresh')]],
])('of a user who %s are not known: that is a gap of the cell', async (_name, fresh, lines) => {
  given([fresh, person('bob')], report([...lines, userRow('bob', { access_key_1_active: 'true' })]));
  const { rows, cell } = await collected();
  expect(rows.map(({ identity }) => identity.id)).toEqual(['bob/access-key-1']);
  expect(cell).toMatchObject({
    gap: { detail: `the credential report of ${REPORT_TIME} does not know this user yet` },
  });
});

it.each([
  ['2 additional access keys', true],
  ['N/A', false],
  ['', false],
])('beyond the second are a gap of the cell: %j', async (info, isGap) => {
  const line = userRow('alice', { access_key_1_active: 'true', additional_credentials_info: info });
  given([person('alice')], report([line], columnsWith('additional_credentials_info')));
  const { rows, cell } = await collected();
  expect(rows).toHaveLength(1);
  expect(cell.gap?.detail ?? '').toBe(
    isGap ? 'could not be read: Error: alice has more access keys than the credential report tells' : '',
  );
});

describe('an old active key of an older report is looked at as it is now', () => {
  const UserName = 'alice';
  const created = beforeReport(300);
  const columns = { access_key_1_active: 'true', access_key_1_last_rotated: created };
  const metadata = { UserName, AccessKeyId: 'AKIA1', Status: 'Active' as const, CreateDate: new Date(created) };
  const stateOf = async (line: Record<string, string>, isNew = false) => {
    given([person(UserName)], report([userRow(UserName, line)]), isNew);
    const { rows, cell } = await collected();
    expect(cell).not.toHaveProperty('gap');
    return rows.map(({ identity, facets }) => [identity.id, facets['state']]);
  };
  const now = (...keys: object[]) => {
    aws()
      .on(ListAccessKeysCommand)
      .resolves({ AccessKeyMetadata: keys.map((key) => ({ ...metadata, ...key })) });
    aws()
      .on(GetAccessKeyLastUsedCommand)
      .resolves({
        AccessKeyLastUsed: { LastUsedDate: new Date('2025-12-31T23:00:00Z'), ServiceName: 's3', Region: 'eu-west-1' },
      });
  };
  const calls = () => aws().commandCalls(ListAccessKeysCommand).length;
  const fresh = { AccessKeyId: 'AKIA9', CreateDate: new Date('2025-12-31T22:00:01Z') };
  const used = { created, lastUsed: '2025-12-31T23:00:00.000Z', reportTime: null };

  it.each([
    ['used since', {}, true],
    ['deactivated since', { Status: 'Inactive' }, false],
  ])('was %s', async (_name, difference, active) => {
    now(fresh, difference);
    expect(await stateOf(columns)).toEqual([['alice/access-key-1', { value: { ...used, active } }]]);
  });

  it.each([
    ['and no other is there', []],
    ['and one younger than the report took its place', [fresh]],
  ])('was deleted since, %s', async (_name, keys) => {
    now(...keys);
    expect(await stateOf(columns)).toEqual([]);
  });

  it('was deleted since, and that of the other slot was not', async () => {
    const second = { access_key_2_active: 'true', access_key_2_last_rotated: beforeReport(200) };
    now({ CreateDate: new Date(beforeReport(200)) });
    expect(await stateOf({ ...columns, ...second })).toEqual([
      ['alice/access-key-2', { value: { ...used, created: beforeReport(200), active: true } }],
    ]);
    expect(calls()).toBe(1);
  });

  it.each([
    ['another old key', [{ CreateDate: new Date(beforeReport(299)) }]],
    ['a key of the very second of the report', [{ CreateDate: new Date(REPORT_TIME) }]],
    ['two keys of one second', [{}, { AccessKeyId: 'AKIA2' }]],
    ['a key without creation', [{ CreateDate: undefined }]],
  ])('cannot be told where IAM lists %s', async (_name, keys) => {
    now(...keys);
    expect(await stateOf(columns)).toMatchObject([
      ['alice/access-key-1', { gap: { operation: 'iam:ListAccessKeys' } }],
    ]);
  });

  it.each([
    [ListAccessKeysCommand, 'iam:ListAccessKeys'],
    [GetAccessKeyLastUsedCommand, 'iam:GetAccessKeyLastUsed'],
  ] as const)('is unknown where that may not be asked: %s', async (command, operation) => {
    now({});
    aws()
      .on(command as never)
      .rejects(awsError('AccessDenied'));
    expect(await stateOf(columns)).toEqual([
      ['alice/access-key-1', { gap: { reason: 'denied', operation, detail: 'access denied' } }],
    ]);
  });

  it('its user was deleted since', async () => {
    aws().on(ListAccessKeysCommand).rejects(awsError('NoSuchEntityException'));
    expect(await stateOf(columns)).toEqual([]);
  });

  it.each([
    ['is new', columns, true],
    ['tells of an inactive key', { ...columns, access_key_1_active: 'false' }, false],
    ['tells of a key of 44 days', { ...columns, access_key_1_last_rotated: beforeReport(44) }, false],
  ])('no call where the report %s', async (_name, line, isNew) => {
    expect(await stateOf(line, isNew)).toMatchObject([['alice/access-key-1', { value: { reportTime: REPORT_TIME } }]]);
    expect(calls()).toBe(0);
  });

  it('one second more is old', async () => {
    const age = beforeReport(44, 1);
    now({ CreateDate: new Date(age) });
    expect(await stateOf({ ...columns, access_key_1_last_rotated: age })).toMatchObject([
      ['alice/access-key-1', { value: { created: age, reportTime: null } }],
    ]);
  });
});
