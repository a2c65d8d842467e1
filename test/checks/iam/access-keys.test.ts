import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
} from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { accessKey } from '../../../checks/iam/collect.ts';
import { collector } from '../../support/collected.ts';
import { columnsWith, person, report, REPORT_TIME, userRow } from './_fixtures.ts';

const { aws, collected } = collector(accessKey);
const given = (people: object[], answer: object) => {
  aws().on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList: people });
  aws().on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  aws().on(GetCredentialReportCommand).resolves(answer);
};
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
  const owner = { userName: 'alice', userArn: 'arn:aws:iam::111122223333:user/alice', reportTime: REPORT_TIME };
  expect(rows).toMatchObject([
    {
      identity: { id: 'alice/access-key-1', arn: `${owner.userArn}/access-key-1`, tags: { team: 'a' } },
      base: { ...owner, active: true, lastRotated: '2025-01-01T00:00:00.000Z', lastUsed: '2025-06-01T00:00:00.000Z' },
    },
    {
      identity: { id: 'alice/access-key-2', arn: `${owner.userArn}/access-key-2` },
      base: { ...owner, active: false, lastRotated: '2024-01-01T00:00:00.000Z', lastUsed: null },
    },
  ]);
  expect(cell).toEqual({ type: 'AWS::IAM::AccessKey', account: '111122223333', region: 'global', rows: 2 });
  expect(aws().commandCalls(GetAccountAuthorizationDetailsCommand)).toHaveLength(1);
  expect(aws().commandCalls(GetCredentialReportCommand)).toHaveLength(1);
});

it('an active key in the second slot alone is found', async () => {
  given([person('alice')], report([userRow('alice', { access_key_2_active: 'true' })]));
  const { rows } = await collected();
  expect(rows).toMatchObject([{ identity: { id: 'alice/access-key-2' }, base: { active: true, lastRotated: null } }]);
});

it('a slot that the report does not describe is a gap, not an empty slot', async () => {
  given([person('alice')], report([userRow('alice', { access_key_1_active: 'maybe', access_key_2_last_rotated: '' })]));
  expect((await collected()).rows).toMatchObject([
    { identity: { id: 'alice/access-key-1' }, missing: { active: {} } },
    { identity: { id: 'alice/access-key-2' }, missing: { lastRotated: {} } },
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
