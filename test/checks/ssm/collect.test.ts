import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { managedInstance } from '../../../checks/ssm/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(managedInstance);

it('lists instances and other machines, fifty at a time', async () => {
  const instance = {
    InstanceId: 'i-1',
    PingStatus: 'Online',
    LastPingDateTime: new Date('2025-12-31T00:00:00Z'),
  } as const;
  aws()
    .on(DescribeInstanceInformationCommand)
    .resolvesOnce({ InstanceInformationList: [instance], NextToken: 'more' })
    .resolves({ InstanceInformationList: [{ InstanceId: 'mi-1', PingStatus: 'ConnectionLost' }] });
  const arn = 'arn:aws:ssm:eu-west-1:111122223333:managed-instance/';
  const { rows } = await collected();
  expect(rows).toMatchObject([
    { identity: { id: 'i-1', arn: `${arn}i-1` } },
    { identity: { id: 'mi-1', arn: `${arn}mi-1` } },
  ]);
  expect(rows.map(({ base }) => base)).toEqual([
    { pingStatus: 'Online', lastPing: '2025-12-31T00:00:00.000Z' },
    { pingStatus: 'ConnectionLost', lastPing: null },
  ]);
  expect(aws().commandCalls(DescribeInstanceInformationCommand)[0]!.args[0].input).toMatchObject({ MaxResults: 50 });
});

it('an answer without status is a gap', async () => {
  aws()
    .on(DescribeInstanceInformationCommand)
    .resolves({ InstanceInformationList: [{ InstanceId: 'i-1' }] });
  expect((await collected()).rows).toMatchObject([
    { missing: { pingStatus: { detail: 'the answer lacks pingStatus' } } },
  ]);
});

it('a denied list is a gap of the cell', async () => {
  aws().on(DescribeInstanceInformationCommand).rejects(awsError('AccessDeniedException'));
  expect((await collected()).cell).toMatchObject({
    rows: 0,
    gap: { reason: 'denied', operation: 'ssm:DescribeInstanceInformation' },
  });
});
