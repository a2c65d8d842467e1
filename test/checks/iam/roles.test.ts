import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { role } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';
import { CREATED, DOCUMENT, encoded } from './_fixtures.ts';

const { aws, collected } = collector(role);
const chain = () => aws().on(GetAccountAuthorizationDetailsCommand);
const input = () => aws().commandCalls(GetAccountAuthorizationDetailsCommand)[0]!.args[0].input;
const attached = [{ PolicyName: 'p', PolicyArn: 'arn:aws:iam::aws:policy/p' }];

const deploy = {
  RoleName: 'deploy',
  RoleId: 'AROA1',
  Arn: 'arn:aws:iam::111122223333:role/deploy',
  Path: '/',
  CreateDate: CREATED,
  AssumeRolePolicyDocument: encoded,
  RolePolicyList: [],
  AttachedManagedPolicies: attached,
  InstanceProfileList: [{ Arn: 'arn:aws:iam::111122223333:instance-profile/deploy' }, {}],
  RoleLastUsed: { LastUsedDate: new Date('2025-11-01T00:00:00Z'), Region: 'eu-west-1' },
  Tags: [{ Key: 'team', Value: 'a' }],
};

it('a role, with its trust policy and its last use', async () => {
  chain().resolves({ RoleDetailList: [deploy as never] });
  const { rows } = await collected();
  expect(rows).toMatchObject([
    {
      identity: { id: 'deploy', arn: deploy.Arn, tags: { team: 'a' } },
      base: {
        uniqueId: 'AROA1',
        path: '/',
        trust: DOCUMENT,
        documents: [],
        permissionsBoundary: null,
        instanceProfiles: ['arn:aws:iam::111122223333:instance-profile/deploy', null],
        lastUsed: '2025-11-01T00:00:00.000Z',
        lastUsedRegion: 'eu-west-1',
      },
    },
  ]);
  expect(rows[0]).not.toHaveProperty('missing');
  expect(input()).toMatchObject({ Filter: ['Role'], MaxItems: 1000 });
});

it.each([
  ['never used', { RoleLastUsed: {} }, { lastUsed: null, lastUsedRegion: null }],
  ['used somewhere', { RoleLastUsed: { Region: 'eu-west-1' } }, { lastUsed: null, lastUsedRegion: 'eu-west-1' }],
])('a role that is %s', async (_name, difference, base) => {
  chain().resolves({ RoleDetailList: [{ ...deploy, ...difference } as never] });
  expect((await collected()).rows).toMatchObject([{ base }]);
});

it('a role whose use is not told has a gap there: never used would be a guess', async () => {
  const { RoleLastUsed: _, ...untold } = deploy;
  chain().resolves({ RoleDetailList: [untold as never] });
  const [row] = (await collected()).rows;
  expect(Object.keys(row!.missing ?? {}).toSorted()).toEqual(['lastUsed', 'lastUsedRegion']);
});

it.each([
  ['service-linked', 'aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport', 'service'],
  ['for a service, yet the customer’s own', 'service-role/deploy', undefined],
  ['of AWS Control Tower', 'aws-controltower-ForwardSnsNotificationRole', 'landing-zone'],
])('a role that is %s', async (_name, path, managedBy) => {
  chain().resolves({ RoleDetailList: [{ ...deploy, Arn: `arn:aws:iam::111122223333:role/${path}` } as never] });
  expect((await collected()).rows[0]?.identity.managedBy).toBe(managedBy);
});

it('a role without trust policy in the answer has a gap there', async () => {
  const { AssumeRolePolicyDocument: _, Path: __, ...partial } = deploy;
  chain().resolves({ RoleDetailList: [partial as never] });
  const [row] = (await collected()).rows;
  expect(Object.keys(row!.missing ?? {}).toSorted()).toEqual(['path', 'trust']);
});

it('roles before a failing page are kept', async () => {
  chain()
    .resolvesOnce({ RoleDetailList: [deploy as never], Marker: 'm' })
    .rejects(awsError('AccessDenied'));
  expect(await collected()).toMatchObject({
    rows: [{ identity: { id: 'deploy' } }],
    cell: { rows: 1, gap: { reason: 'denied' } },
  });
});

it('a denied chain is a gap of the cell', async () => {
  chain().rejects(awsError('AccessDenied'));
  const gap = { reason: 'denied', operation: 'iam:GetAccountAuthorizationDetails', detail: 'access denied' };
  expect((await collected()).cell).toMatchObject({ rows: 0, gap });
});

it('an answer without the list is a gap of the cell', async () => {
  chain().resolves({});
  expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'failed' } });
});
