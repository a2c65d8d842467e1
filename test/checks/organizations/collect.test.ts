import 'aws-sdk-client-mock-vitest/extend';
import {
  type Account,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
} from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { memberAccount, organizationAccount, policy } from '../../../checks/organizations/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const SELF = '111122223333';
const MANAGEMENT = '444455556666';
const arnOf = (id: string) => `arn:aws:organizations::${MANAGEMENT}:account/o-harbour001/${id}`;
const account = (Id: string, more: object = {}): Account => ({
  Id,
  Arn: arnOf(Id),
  Name: `name-${Id}`,
  State: 'ACTIVE',
  ...more,
});
const organization = (MasterAccountId: string | undefined) => ({
  Organization: { Id: 'o-harbour001', MasterAccountId, FeatureSet: 'ALL' as const },
});
const ENABLED = { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' } as const;
const RESOURCE = { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' } as const;
const root = (...PolicyTypes: object[]) => ({ Roots: [{ Id: 'r-ab12', PolicyTypes }] });

describe('accounts', () => {
  const { aws, collected } = collector(organizationAccount);

  it('are listed, twenty at a time', async () => {
    aws()
      .on(ListAccountsCommand)
      .resolvesOnce({ Accounts: [account(SELF)], NextToken: 't' })
      .resolvesOnce({ Accounts: [account(MANAGEMENT, { State: undefined, Status: 'SUSPENDED' })] });
    const { rows, cell } = await collected();
    expect(rows).toMatchObject([
      { identity: { id: SELF, arn: arnOf(SELF), region: 'global' }, base: { name: `name-${SELF}`, state: 'ACTIVE' } },
      { identity: { id: MANAGEMENT }, base: { state: 'SUSPENDED' } },
    ]);
    expect(cell).not.toHaveProperty('gap');
    expect(aws()).toHaveReceivedNthCommandWith(ListAccountsCommand, 1, { MaxResults: 20 });
  });

  it('are none of a stand-alone account', async () => {
    aws().on(ListAccountsCommand).rejects(awsError('AWSOrganizationsNotInUseException'));
    expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  });

  it('are a gap in a member', async () => {
    aws().on(ListAccountsCommand).rejects(awsError('AccessDeniedException'));
    expect((await collected()).cell).toMatchObject({
      gap: { reason: 'denied', operation: 'organizations:ListAccounts' },
    });
  });

  it('of no known state have a gap', async () => {
    aws()
      .on(ListAccountsCommand)
      .resolves({ Accounts: [account(SELF, { State: undefined })] });
    expect((await collected()).rows).toMatchObject([{ missing: { state: { detail: 'the answer lacks state' } } }]);
  });
});

describe('members', () => {
  const { aws, collected } = collector(memberAccount);
  const tree = (types: object[] = [ENABLED]) => {
    aws()
      .on(ListRootsCommand)
      .resolves(root(...types));
    aws().on(ListOrganizationalUnitsForParentCommand).resolves({ OrganizationalUnits: [] });
    aws()
      .on(ListOrganizationalUnitsForParentCommand, { ParentId: 'r-ab12' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-ab12-apps' }] });
    aws()
      .on(ListOrganizationalUnitsForParentCommand, { ParentId: 'ou-ab12-apps' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-ab12-prod' }] });
    aws()
      .on(ListAccountsForParentCommand, { ParentId: 'r-ab12' })
      .resolves({ Accounts: [account(MANAGEMENT)] });
    aws().on(ListAccountsForParentCommand, { ParentId: 'ou-ab12-apps' }).resolves({ Accounts: [] });
    aws()
      .on(ListAccountsForParentCommand, { ParentId: 'ou-ab12-prod' })
      .resolves({ Accounts: [account(SELF, { State: undefined, Status: 'ACTIVE' })] });
  };
  const gapOf = async () => (await collected()).cell.gap;

  it('have their place in the tree, read unit by unit', async () => {
    aws().on(DescribeOrganizationCommand).resolves(organization(MANAGEMENT));
    tree([ENABLED, { Type: 'TAG_POLICY', Status: 'PENDING_ENABLE' }]);
    const { rows, cell } = await collected();
    expect(cell).not.toHaveProperty('gap');
    expect(rows).toMatchObject([
      {
        identity: { id: MANAGEMENT, arn: arnOf(MANAGEMENT), account: SELF, region: 'global' },
        base: { isManagementAccount: true, path: [MANAGEMENT, 'r-ab12'], policyTypes: ['SERVICE_CONTROL_POLICY'] },
      },
      {
        identity: { id: SELF },
        base: {
          name: `name-${SELF}`,
          state: 'ACTIVE',
          isManagementAccount: false,
          path: [SELF, 'ou-ab12-prod', 'ou-ab12-apps', 'r-ab12'],
        },
      },
    ]);
    const inputs = aws()
      .calls()
      .map(({ args }) => args[0].input as object);
    expect(inputs).toHaveLength(8);
    expect(inputs.filter((input) => !('MaxResults' in input))).toEqual([{}]);
    expect(inputs.filter((input) => 'MaxResults' in input && input.MaxResults !== 20)).toEqual([]);
  });

  it('are none of a stand-alone account', async () => {
    aws().on(DescribeOrganizationCommand).rejects(awsError('AWSOrganizationsNotInUseException'));
    expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
    expect(aws()).not.toHaveReceivedCommand(ListRootsCommand);
  });

  it('are the member alone where it may not see the tree', async () => {
    aws().on(DescribeOrganizationCommand).resolves(organization(MANAGEMENT));
    aws().on(ListRootsCommand).rejects(awsError('AccessDeniedException'));
    const { rows, cell } = await collected();
    expect(cell).not.toHaveProperty('gap');
    expect(rows).toMatchObject([
      {
        identity: { id: SELF, arn: arnOf(SELF) },
        base: { name: null, state: null, isManagementAccount: false, path: null, policyTypes: null },
      },
    ]);
  });

  it.each([
    [
      'the organisation is not known',
      () => aws().on(DescribeOrganizationCommand).rejects(awsError('AccessDeniedException')),
      'DescribeOrganization',
    ],
    [
      'the management account is not known',
      () => aws().on(DescribeOrganizationCommand).resolves(organization(undefined)),
      'DescribeOrganization',
    ],
    [
      'the management account is refused',
      () => {
        aws().on(DescribeOrganizationCommand).resolves(organization(SELF));
        aws().on(ListRootsCommand).rejects(awsError('AccessDeniedException'));
      },
      'ListRoots',
    ],
    [
      'a member is throttled',
      () => {
        aws().on(DescribeOrganizationCommand).resolves(organization(MANAGEMENT));
        aws().on(ListRootsCommand).rejects(awsError('TooManyRequestsException'));
      },
      'ListRoots',
    ],
    [
      'a unit is refused',
      () => {
        aws().on(DescribeOrganizationCommand).resolves(organization(SELF));
        tree();
        aws().on(ListAccountsForParentCommand).rejects(awsError('AccessDeniedException'));
      },
      'ListAccountsForParent',
    ],
  ])('are a gap where %s', async (_name, given, operation) => {
    given();
    expect(await gapOf()).toMatchObject({ operation: `organizations:${operation}` });
  });

  it.each([
    [
      'a root',
      () =>
        aws()
          .on(ListRootsCommand)
          .resolves({ Roots: [{ PolicyTypes: [] }] }),
    ],
    [
      'the policy types of a root',
      () =>
        aws()
          .on(ListRootsCommand)
          .resolves({ Roots: [{ Id: 'r-ab12' }] }),
    ],
    ['the roots', () => aws().on(ListRootsCommand).resolves({})],
    [
      'a unit',
      () =>
        aws()
          .on(ListOrganizationalUnitsForParentCommand, { ParentId: 'r-ab12' })
          .resolves({ OrganizationalUnits: [{}] }),
    ],
    [
      'an account',
      () =>
        aws()
          .on(ListAccountsForParentCommand, { ParentId: 'r-ab12' })
          .resolves({ Accounts: [{}] }),
    ],
  ])('are a gap where the answer lacks %s', async (_name, given) => {
    aws().on(DescribeOrganizationCommand).resolves(organization(SELF));
    tree();
    given();
    expect(await gapOf()).toMatchObject({ reason: 'failed' });
  });

  it('have an ARN of the organisation, or none', async () => {
    aws()
      .on(DescribeOrganizationCommand)
      .resolves({ Organization: { MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' } });
    aws().on(ListRootsCommand).rejects(awsError('AccessDeniedException'));
    expect(await collected()).toMatchObject({ rows: [], cell: { gap: { reason: 'failed' } } });
  });
});

describe('policies', () => {
  const { aws, collected } = collector(policy);
  const summary = (Id: string, Type: string, AwsManaged = false) => ({
    Id,
    Arn: `arn:aws:organizations::${MANAGEMENT}:policy/o-harbour001/${Type}/${Id}`,
    Name: Id,
    Type,
    AwsManaged,
  });
  const listing = (...types: object[]) => {
    aws().on(DescribeOrganizationCommand).resolves(organization(SELF));
    aws()
      .on(ListRootsCommand)
      .resolves(root(...types));
    aws()
      .on(ListPoliciesCommand, { Filter: 'SERVICE_CONTROL_POLICY' })
      .resolves({
        Policies: [
          summary('p-FullAWSAccess', 'SERVICE_CONTROL_POLICY', true),
          summary('p-guard', 'SERVICE_CONTROL_POLICY'),
        ] as never,
      });
    aws()
      .on(ListPoliciesCommand, { Filter: 'RESOURCE_CONTROL_POLICY' })
      .resolves({
        Policies: [
          summary('p-RCPFullAWSAccess', 'RESOURCE_CONTROL_POLICY', true),
          summary('p-tls', 'RESOURCE_CONTROL_POLICY'),
        ] as never,
      });
  };

  it('are those of the kinds that are in force; the one that every target has is left out', async () => {
    listing(ENABLED, RESOURCE);
    expect((await collected([])).rows).toMatchObject([
      { identity: { id: 'p-FullAWSAccess', managedBy: 'aws' }, base: { kind: 'SERVICE_CONTROL_POLICY' } },
      { identity: { id: 'p-guard' }, base: { name: 'p-guard', kind: 'SERVICE_CONTROL_POLICY' } },
      { identity: { id: 'p-tls' }, base: { kind: 'RESOURCE_CONTROL_POLICY' } },
    ]);
    expect(aws()).toHaveReceivedCommandWith(ListPoliciesCommand, { Filter: 'SERVICE_CONTROL_POLICY', MaxResults: 20 });
  });

  it.each([
    ['only service control policies', [ENABLED], ['p-FullAWSAccess', 'p-guard']],
    ['none yet', [{ ...ENABLED, Status: 'PENDING_ENABLE' }], []],
    ['none any more', [{ ...ENABLED, Status: 'PENDING_DISABLE' }], []],
  ])('%s', async (_name, types, ids) => {
    listing(...types);
    expect((await collected([])).rows.map(({ identity }) => identity.id)).toEqual(ids);
    expect(aws().commandCalls(ListPoliciesCommand)).toHaveLength(ids.length > 0 ? 1 : 0);
  });

  it('are a gap in a member', async () => {
    aws().on(DescribeOrganizationCommand).resolves(organization(MANAGEMENT));
    aws().on(ListRootsCommand).rejects(awsError('AccessDeniedException'));
    expect((await collected([])).cell).toMatchObject({
      gap: { detail: expect.stringContaining('may not see') as string },
    });
  });

  it('are none of a stand-alone account', async () => {
    aws().on(DescribeOrganizationCommand).rejects(awsError('AWSOrganizationsNotInUseException'));
    expect(await collected([])).toMatchObject({ rows: [], cell: { rows: 0 } });
  });

  it('have their content and their targets', async () => {
    listing(ENABLED);
    const Content = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}';
    aws().on(DescribePolicyCommand).resolves({ Policy: { Content } });
    aws()
      .on(ListTargetsForPolicyCommand)
      .resolves({ Targets: [{ TargetId: 'r-ab12' }] });
    aws()
      .on(ListTargetsForPolicyCommand, { PolicyId: 'p-guard', NextToken: undefined })
      .resolves({ Targets: [{ TargetId: SELF }], NextToken: 't' });
    aws()
      .on(ListTargetsForPolicyCommand, { PolicyId: 'p-guard', NextToken: 't' })
      .resolves({ Targets: [{ TargetId: 'ou-ab12-apps' }] });
    const [, guard] = (await collected()).rows;
    expect(guard!.facets).toEqual({
      statements: {
        value: [{ index: 0, effect: 'Deny', actions: ['s3:*'], resources: ['*'], conditions: [] }],
      },
      targets: { value: [SELF, 'ou-ab12-apps'] },
    });
    expect(aws()).toHaveReceivedCommandWith(ListTargetsForPolicyCommand, { PolicyId: 'p-guard', MaxResults: 20 });
  });

  it.each([
    ['is broken', { Policy: { Content: '{' } }, {}, ['statements', 'targets']],
    ['is missing', {}, { Targets: [{}] }, ['statements', 'targets']],
  ])('whose content %s have a gap there', async (_name, content, targets, gaps) => {
    listing(ENABLED);
    aws().on(DescribePolicyCommand).resolves(content);
    aws().on(ListTargetsForPolicyCommand).resolves(targets);
    for (const { facets } of (await collected()).rows)
      expect(Object.keys(facets).filter((name) => 'gap' in facets[name]!)).toEqual(gaps);
  });

  it('that were deleted meanwhile are left out', async () => {
    listing(ENABLED);
    aws().on(DescribePolicyCommand).rejects(awsError('PolicyNotFoundException'));
    aws().on(ListTargetsForPolicyCommand).rejects(awsError('PolicyNotFoundException'));
    expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  });
});
