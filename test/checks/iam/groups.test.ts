import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { group } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';
import { CREATED, DOCUMENT, encoded } from './_fixtures.ts';

const { aws, collected } = collector(group);
const chain = () => aws().on(GetAccountAuthorizationDetailsCommand);
const input = () => aws().commandCalls(GetAccountAuthorizationDetailsCommand)[0]!.args[0].input;
const attached = [{ PolicyName: 'p', PolicyArn: 'arn:aws:iam::aws:policy/p' }];

it('a group', async () => {
  const admins = {
    GroupName: 'admins',
    GroupId: 'AGPA1',
    Arn: 'arn:aws:iam::111122223333:group/admins',
    Path: '/',
    CreateDate: CREATED,
    GroupPolicyList: [{ PolicyName: 'inline', PolicyDocument: encoded }],
    AttachedManagedPolicies: attached,
  };
  chain().resolves({ GroupDetailList: [admins] });
  const { rows } = await collected();
  expect(rows).toMatchObject([
    {
      identity: { id: 'admins', arn: admins.Arn },
      base: {
        uniqueId: 'AGPA1',
        documents: [{ name: 'inline', text: DOCUMENT }],
        attachedPolicies: [{ name: 'p', arn: 'arn:aws:iam::aws:policy/p' }],
      },
    },
  ]);
  expect(rows[0]).not.toHaveProperty('missing');
  expect(input()).toMatchObject({ Filter: ['Group'], MaxItems: 1000 });
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
