import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, SANDBOX } from './_kit.ts';
import type { WorldFile } from './world.ts';

const world: WorldFile = {
  organization: {
    Id: 'o-small00001',
    ManagementAccount: ACCOUNT,
    RootId: 'r-smal',
    Accounts: [{ Id: ACCOUNT }, { Id: SANDBOX }, { Id: '222233334444' }],
    DelegatedAdministrators: ['222233334444'],
    Policies: [
      { Id: 'p-attachednot', Name: 'x', Type: 'SERVICE_CONTROL_POLICY', Document: {}, Targets: ['r-smal', SANDBOX] },
    ],
  },
  accounts: {
    [ACCOUNT]: {
      AlternateContacts: [{ AlternateContactType: 'SECURITY', EmailAddress: 'security@small.example' }],
      regions: {
        'us-east-1': {
          cloudtrail: {
            Trails: [
              { Name: 'org', S3BucketName: 'x', IsMultiRegionTrail: true, IsOrganizationTrail: true },
              { Name: 'own', S3BucketName: 'x', IsMultiRegionTrail: true },
            ],
          },
          accessanalyzer: { Analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS' }] },
        },
      },
    },
    [SANDBOX]: {},
    '222233334444': {},
    '999900001111': {},
  },
};
const { call } = await kit({ world });
const by = (account: string) => ({ accessKeyId: `AKIA${account}TEST`, region: 'us-east-1' });
const refusal = (service: string, operation: string, input: object, account = ACCOUNT) =>
  call(service, operation, input, by(account)).then(
    () => 'answered',
    (error: Error) => error.name,
  );

describe('the organisation', () => {
  const answers = [ACCOUNT, '222233334444', SANDBOX, '999900001111'];
  it.each([
    ['DescribeOrganization', ['answered', 'answered', 'answered', 'AWSOrganizationsNotInUseException']],
    ['ListRoots', ['answered', 'answered', 'AccessDeniedException', 'AWSOrganizationsNotInUseException']],
    ['ListAccounts', ['answered', 'answered', 'AccessDeniedException', 'AWSOrganizationsNotInUseException']],
  ])(
    '%s is for the management account, delegated administrators, members and strangers: %j',
    async (operation, said) => {
      const heard = await Promise.all(answers.map((account) => refusal('organizations', operation, {}, account)));
      expect(heard).toEqual(said);
    },
  );

  it.each([
    ['ListAccountsForParent', { ParentId: 'ou-smal-gone00000' }, 'ParentNotFoundException'],
    ['ListOrganizationalUnitsForParent', { ParentId: 'ou-smal-gone00000' }, 'ParentNotFoundException'],
    ['DescribePolicy', { PolicyId: 'p-gone00000' }, 'PolicyNotFoundException'],
    ['ListTargetsForPolicy', { PolicyId: 'p-gone00000' }, 'PolicyNotFoundException'],
    ['ListAccounts', { MaxResults: 21 }, 'InvalidInputException'],
    ['ListAccounts', { NextToken: 'x' }, 'InvalidInputException'],
  ])('%s of %j is refused: %s', async (operation, input, code) => {
    expect(await refusal('organizations', operation, input)).toBe(code);
  });

  it('lists page by page, and attaches nothing of AWS where no kind of policy is enabled', async () => {
    const first = await call('organizations', 'ListAccounts', { MaxResults: 2 }, by(ACCOUNT));
    const second = await call('organizations', 'ListAccounts', { NextToken: first.NextToken }, by(ACCOUNT));
    expect([first.Accounts.length, second.Accounts.length, second.NextToken]).toEqual([2, 1, undefined]);
    const targets = async (PolicyId: string) =>
      (await call('organizations', 'ListTargetsForPolicy', { PolicyId }, by(ACCOUNT))).Targets;
    expect(await targets('p-FullAWSAccess')).toEqual([]);
    expect(await targets('p-attachednot')).toMatchObject([{ Type: 'ROOT' }, { Type: 'ACCOUNT', TargetId: SANDBOX }]);
  });
});

describe("the organisation's trail in a member", () => {
  const TrailName = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/org`;

  it('is there with its status, without its event selectors', async () => {
    const { trailList } = await call('cloudtrail', 'DescribeTrails', {}, by(SANDBOX));
    expect(trailList).toMatchObject([{ TrailARN: TrailName, IsOrganizationTrail: true }]);
    expect(await call('cloudtrail', 'GetTrailStatus', { Name: TrailName }, by(SANDBOX))).toMatchObject({
      IsLogging: true,
    });
    expect(await refusal('cloudtrail', 'GetEventSelectors', { TrailName }, SANDBOX)).toBe('TrailNotFoundException');
  });

  it.each([
    [ACCOUNT, 2],
    ['999900001111', 0],
  ])('but in %s there are %i trails', async (account, count) => {
    expect((await call('cloudtrail', 'DescribeTrails', {}, by(account))).trailList).toHaveLength(count);
  });
});

describe('what is not there', () => {
  const analyzerArn = (name: string) => `arn:aws:access-analyzer:us-east-1:${ACCOUNT}:analyzer/${name}`;
  it.each([
    ['account', 'GetAlternateContact', { AlternateContactType: 'BILLING' }, 'ResourceNotFoundException'],
    ['access-analyzer', 'ListFindings', { analyzerArn: analyzerArn('gone') }, 'ResourceNotFoundException'],
    ['access-analyzer', 'ListFindings', { analyzerArn: analyzerArn('unused') }, 'ValidationException'],
    ['access-analyzer', 'ListAnalyzers', { maxResults: 101 }, 'ValidationException'],
    ['access-analyzer', 'ListAnalyzers', { nextToken: 'x' }, 'ValidationException'],
  ])('%s:%s of %j is refused: %s', async (service, operation, input, code) => {
    expect(await refusal(service, operation, input)).toBe(code);
  });

  it('analyzers are listed by kind', async () => {
    const list = async (type: string) =>
      (await call('access-analyzer', 'ListAnalyzers', { type }, by(ACCOUNT))).analyzers.length as number;
    expect([await list('ACCOUNT'), await list('ACCOUNT_UNUSED_ACCESS')]).toEqual([0, 1]);
  });
});
