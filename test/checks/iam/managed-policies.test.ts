import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { awsManagedPolicy, managedPolicy } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';
import { CREATED, DOCUMENT, encoded } from './_fixtures.ts';

const { aws, collected } = collector(managedPolicy);
const chain = () => aws().on(GetAccountAuthorizationDetailsCommand);
const input = () => aws().commandCalls(GetAccountAuthorizationDetailsCommand)[0]!.args[0].input;

const own = {
  PolicyName: 'own',
  PolicyId: 'ANPA1',
  Arn: 'arn:aws:iam::111122223333:policy/own',
  Path: '/',
  CreateDate: CREATED,
  UpdateDate: CREATED,
  AttachmentCount: 2,
  PermissionsBoundaryUsageCount: 1,
  DefaultVersionId: 'v2',
  PolicyVersionList: [
    { VersionId: 'v3', Document: encodeURIComponent('{"v":3}'), IsDefaultVersion: false },
    { VersionId: 'v2', Document: encoded, IsDefaultVersion: true },
  ],
};

it('a managed policy, by its default version alone', async () => {
  chain().resolves({ Policies: [own] });
  const { rows } = await collected();
  expect(rows).toMatchObject([
    {
      identity: { id: 'own', arn: own.Arn },
      base: { attachmentCount: 2, boundaryCount: 1, versionId: 'v2', documents: [{ name: 'own', text: DOCUMENT }] },
    },
  ]);
  expect(rows[0]).not.toHaveProperty('missing');
  expect(input()).toMatchObject({ Filter: ['LocalManagedPolicy'], MaxItems: 1000 });
});

it('the name is read from the ARN where the answer lacks it', async () => {
  chain().resolves({ Policies: [{ ...own, PolicyName: undefined }] });
  expect((await collected()).rows).toMatchObject([{ identity: { id: 'own' }, base: { documents: [{ name: 'own' }] } }]);
});

it('the default version is found by its id where no version is marked', async () => {
  const PolicyVersionList = own.PolicyVersionList.map(({ VersionId, Document }) => ({ VersionId, Document }));
  chain().resolves({ Policies: [{ ...own, PolicyVersionList }] });
  expect((await collected()).rows).toMatchObject([{ base: { documents: [{ text: DOCUMENT }] } }]);
});

it.each([
  ['no versions', { PolicyVersionList: undefined }],
  ['no default version', { PolicyVersionList: [own.PolicyVersionList[0]!] }],
  ['no document', { PolicyVersionList: [{ VersionId: 'v2', IsDefaultVersion: true }] }],
])('a policy with %s in the answer has a gap there', async (_name, difference) => {
  chain().resolves({ Policies: [{ ...own, ...difference }] });
  expect((await collected()).rows).toMatchObject([{ missing: { documents: {} } }]);
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

it('the policies of AWS that are in use, to look up and not to judge', async () => {
  const theirs = collector(awsManagedPolicy);
  chain().resolves({
    Policies: [{ ...own, Arn: 'arn:aws:iam::aws:policy/job-function/Billing', PolicyName: 'Billing' }],
  });
  const { rows } = await theirs.collected();
  expect(rows).toMatchObject([
    {
      identity: { id: 'Billing', arn: 'arn:aws:iam::aws:policy/job-function/Billing', managedBy: 'aws' },
      base: { documents: [{ name: 'Billing', text: DOCUMENT }] },
    },
  ]);
  expect(rows[0]).not.toHaveProperty('missing');
  expect(input()).toMatchObject({ Filter: ['AWSManagedPolicy'], MaxItems: 1000 });
});

it('a denied chain of the policies of AWS is a gap of the cell', async () => {
  const theirs = collector(awsManagedPolicy);
  chain().rejects(awsError('AccessDenied'));
  expect((await theirs.collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'denied' } });
});
