import { DescribeKeyCommand, GetKeyRotationStatusCommand, ListKeysCommand } from '@aws-sdk/client-kms';
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
