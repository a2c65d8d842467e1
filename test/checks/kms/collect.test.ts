import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { key } from '../../../checks/kms/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(key);
const Keys = [{ KeyId: 'k1', KeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k1' }];
const symmetric = {
  KeyId: 'k1',
  KeyManager: 'CUSTOMER',
  KeyState: 'Enabled',
  KeySpec: 'SYMMETRIC_DEFAULT',
  Origin: 'AWS_KMS',
};

it('reads metadata once for both facets, and rotation', async () => {
  aws().on(ListKeysCommand).resolves({ Keys });
  aws()
    .on(DescribeKeyCommand)
    .resolves({ KeyMetadata: symmetric as never });
  aws().on(GetKeyRotationStatusCommand).resolves({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
  const { rows, cell } = await collected();
  expect(rows).toMatchObject([
    { identity: { id: 'k1' }, facets: { rotation: { value: { enabled: true, periodInDays: 365 } } } },
  ]);
  expect(cell).toMatchObject({ rows: 1 });
  expect(aws().commandCalls(DescribeKeyCommand)).toHaveLength(1);
});

it.each([
  ['managed by AWS', { KeyManager: 'AWS' }],
  ['disabled', { KeyState: 'Disabled' }],
  ['asymmetric', { KeySpec: 'RSA_2048' }],
  ['imported', { Origin: 'EXTERNAL' }],
  ['a replica', { MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA' } }],
])('does not ask for the rotation of a key that is %s', async (_name, difference) => {
  aws().on(ListKeysCommand).resolves({ Keys });
  aws()
    .on(DescribeKeyCommand)
    .resolves({ KeyMetadata: { ...symmetric, ...difference } as never });
  expect((await collected()).rows).toMatchObject([{ facets: { rotation: { value: null } } }]);
  expect(aws().commandCalls(GetKeyRotationStatusCommand)).toHaveLength(0);
});

it('a key whose policy shuts the auditor out is unknown, and stops no other', async () => {
  aws()
    .on(ListKeysCommand)
    .resolves({ Keys: [...Keys, { KeyId: 'k2', KeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k2' }] });
  aws().on(DescribeKeyCommand, { KeyId: 'k1' }).rejects(awsError('AccessDeniedException'));
  aws()
    .on(DescribeKeyCommand, { KeyId: 'k2' })
    .resolves({ KeyMetadata: symmetric as never });
  aws().on(GetKeyRotationStatusCommand).resolves({ KeyRotationEnabled: false });
  const { rows } = await collected();
  const gap = { reason: 'denied', operation: 'kms:DescribeKey', detail: 'access denied' };
  expect(rows).toMatchObject([
    { facets: { metadata: { gap }, rotation: { gap } } },
    { facets: { rotation: { value: { enabled: false } } } },
  ]);
});

it('reads the policy of a key, and when it is deleted', async () => {
  aws().on(ListKeysCommand).resolves({ Keys });
  const DeletionDate = new Date('2026-01-20T00:00:00Z');
  aws()
    .on(DescribeKeyCommand)
    .resolves({ KeyMetadata: { ...symmetric, KeyState: 'PendingDeletion', DeletionDate } as never });
  aws().on(GetKeyPolicyCommand, { KeyId: 'k1', PolicyName: 'default' }).resolves({ Policy: '{}' });
  expect((await collected(['metadata', 'policy'])).rows).toMatchObject([
    { facets: { metadata: { value: { deletionDate: '2026-01-20T00:00:00.000Z' } }, policy: { value: '{}' } } },
  ]);
});

it('does not ask for the policy of a key that is managed by AWS: it is fixed', async () => {
  aws().on(ListKeysCommand).resolves({ Keys });
  aws()
    .on(DescribeKeyCommand)
    .resolves({ KeyMetadata: { ...symmetric, KeyManager: 'AWS' } as never });
  expect((await collected(['policy'])).rows).toMatchObject([{ facets: { policy: { value: null } } }]);
  expect(aws().commandCalls(GetKeyPolicyCommand)).toHaveLength(0);
});

it.each<[string, () => unknown, object]>([
  [
    'is denied',
    () => aws().on(GetKeyPolicyCommand).rejects(awsError('AccessDeniedException')),
    { reason: 'denied', operation: 'kms:GetKeyPolicy' },
  ],
  ['is not in the answer', () => aws().on(GetKeyPolicyCommand).resolves({}), { detail: 'the answer lacks policy' }],
])('a policy that %s is a gap', async (_name, given, gap) => {
  aws().on(ListKeysCommand).resolves({ Keys });
  aws()
    .on(DescribeKeyCommand)
    .resolves({ KeyMetadata: symmetric as never });
  given();
  expect((await collected(['policy'])).rows).toMatchObject([{ facets: { policy: { gap } } }]);
});

it('a key without a manager is asked for its policy', async () => {
  aws().on(ListKeysCommand).resolves({ Keys });
  aws().on(DescribeKeyCommand).resolves({});
  aws().on(GetKeyPolicyCommand).rejects(awsError('NotFoundException'));
  expect((await collected(['policy'])).rows).toEqual([]);
});

it('an answer without rotation status is a gap, not "off"', async () => {
  aws().on(ListKeysCommand).resolves({ Keys });
  aws()
    .on(DescribeKeyCommand)
    .resolves({ KeyMetadata: symmetric as never });
  aws().on(GetKeyRotationStatusCommand).resolves({});
  expect((await collected()).rows).toMatchObject([
    { facets: { rotation: { gap: { detail: 'the answer lacks enabled' } } } },
  ]);
});

it('a key deleted since it was listed is left out', async () => {
  aws().on(ListKeysCommand).resolves({ Keys });
  aws().on(DescribeKeyCommand).rejects(awsError('NotFoundException'));
  expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
});

it('a denied list is a gap of the cell, not an account without keys', async () => {
  aws().on(ListKeysCommand).rejects(awsError('AccessDeniedException'));
  expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'denied', operation: 'kms:ListKeys' } });
});
