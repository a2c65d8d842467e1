import 'aws-sdk-client-mock-vitest/extend';
import { ListAnalyzersCommand, ListFindingsCommand } from '@aws-sdk/client-accessanalyzer';
import { describe, expect, it } from 'vitest';
import { analyzer, regionSettings } from '../../../checks/accessanalyzer/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const arn = 'arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/account';
const AT = new Date('2025-12-01T00:00:00Z');
const summary = {
  arn,
  name: 'account',
  type: 'ACCOUNT',
  status: 'ACTIVE',
  createdAt: AT,
  tags: { owner: 'security' },
} as const;
const finding = {
  id: 'f1',
  resourceType: 'AWS::S3::Bucket',
  resource: 'arn:aws:s3:::exports',
  condition: {},
  createdAt: AT,
  analyzedAt: AT,
  updatedAt: AT,
  status: 'ACTIVE',
  resourceOwnerAccount: '111122223333',
} as const;

describe('regions', () => {
  const { aws, collected } = collector(regionSettings);

  it.each([
    ['have one row, with analyzers', [summary], 1],
    ['have one row, without', [], 1],
  ])('%s', async (_name, analyzers, rows) => {
    aws()
      .on(ListAnalyzersCommand)
      .resolves({ analyzers: [...analyzers] });
    expect(await collected()).toMatchObject({
      rows: [
        {
          identity: {
            id: 'eu-west-1',
            arn: 'arn:aws:access-analyzer:eu-west-1:111122223333:region-settings',
            region: 'eu-west-1',
          },
        },
      ],
      cell: { rows },
    });
  });

  it('in which AWS does not offer the service have none', async () => {
    aws().on(ListAnalyzersCommand).rejects(awsError('NoSuchHost'));
    const { rows, cell } = await collected();
    expect(rows).toEqual([]);
    expect(cell).not.toHaveProperty('gap');
  });

  it('that refuse to tell are a gap', async () => {
    aws().on(ListAnalyzersCommand).rejects(awsError('AccessDeniedException'));
    expect((await collected()).cell).toMatchObject({
      rows: 0,
      gap: { reason: 'denied', operation: 'access-analyzer:ListAnalyzers' },
    });
  });
});

describe('analyzers', () => {
  const { aws, collected } = collector(analyzer);

  it('are listed page by page', async () => {
    aws()
      .on(ListAnalyzersCommand)
      .resolvesOnce({ analyzers: [summary], nextToken: 't' })
      .resolvesOnce({ analyzers: [{ ...summary, arn: `${arn}-2`, name: 'second', status: undefined }] });
    const { rows } = await collected([]);
    expect(rows).toMatchObject([
      { identity: { id: 'account', arn, tags: { owner: 'security' } }, base: { kind: 'ACCOUNT', status: 'ACTIVE' } },
      { identity: { id: 'second' }, missing: { status: { detail: 'the answer lacks status' } } },
    ]);
    expect(aws()).toHaveReceivedNthCommandWith(ListAnalyzersCommand, 1, { maxResults: 100 });
  });

  it.each([
    ['NoSuchHost', undefined],
    ['AccessDeniedException', { reason: 'denied' }],
  ])('are none on %s, which may be a gap', async (code, gap) => {
    aws().on(ListAnalyzersCommand).rejects(awsError(code));
    const { rows, cell } = await collected([]);
    expect([rows, cell.gap]).toEqual([[], gap && expect.objectContaining(gap)]);
  });

  it('have the active findings of this account', async () => {
    aws()
      .on(ListAnalyzersCommand)
      .resolves({ analyzers: [{ ...summary, type: 'ORGANIZATION' }] });
    aws()
      .on(ListFindingsCommand)
      .resolvesOnce({
        findings: [{ ...finding, isPublic: true, resourceControlPolicyRestriction: 'APPLICABLE' }],
        nextToken: 't',
      })
      .resolvesOnce({ findings: [{ ...finding, id: 'f2', resource: undefined, error: 'ACCESS_DENIED' }] });
    expect((await collected()).rows[0]!.facets['activeFindings']).toEqual({
      value: [
        {
          id: 'f1',
          resource: 'arn:aws:s3:::exports',
          createdAt: AT.toISOString(),
          isPublic: true,
          error: null,
          controlPolicy: 'APPLICABLE',
        },
        {
          id: 'f2',
          resource: null,
          createdAt: AT.toISOString(),
          isPublic: null,
          error: 'ACCESS_DENIED',
          controlPolicy: null,
        },
      ],
    });
    expect(aws()).toHaveReceivedCommandWith(ListFindingsCommand, {
      analyzerArn: arn,
      filter: { status: { eq: ['ACTIVE'] }, resourceOwnerAccount: { eq: ['111122223333'] } },
      maxResults: 100,
    });
  });

  it.each([
    ['for unused access: the question would be an error', { type: 'ACCOUNT_UNUSED_ACCESS' }],
    ['for access from inside', { type: 'ORGANIZATION_INTERNAL_ACCESS' }],
    ['that are not active', { status: 'FAILED' }],
  ] as const)('%s are not asked', async (_name, difference) => {
    aws()
      .on(ListAnalyzersCommand)
      .resolves({ analyzers: [{ ...summary, ...difference }] });
    expect((await collected()).rows).toMatchObject([{ facets: { activeFindings: { value: null } } }]);
    expect(aws()).not.toHaveReceivedCommand(ListFindingsCommand);
  });

  it('have a gap where a finding has no date, or the list lacks', async () => {
    aws()
      .on(ListAnalyzersCommand)
      .resolves({ analyzers: [summary] });
    for (const findings of [[{ ...finding, createdAt: undefined }], undefined]) {
      aws().on(ListFindingsCommand).resolves({ findings });
      expect((await collected()).rows).toMatchObject([{ facets: { activeFindings: { gap: { reason: 'failed' } } } }]);
    }
  });

  it('that were deleted meanwhile are left out', async () => {
    aws()
      .on(ListAnalyzersCommand)
      .resolves({ analyzers: [summary] });
    aws().on(ListFindingsCommand).rejects(awsError('ResourceNotFoundException'));
    expect((await collected()).rows).toEqual([]);
  });
});
