import {
  AccessAnalyzerClient,
  type AnalyzerSummary,
  type FindingSummary,
  paginateListAnalyzers,
  paginateListFindings,
} from '@aws-sdk/client-accessanalyzer';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { resource, type TypeOf } from '../../lib/aws/resource.ts';
import { looksOutside } from './_analyzers.ts';

const accessAnalyzer = service(AccessAnalyzerClient);
const listAnalyzers = accessAnalyzer.pages(paginateListAnalyzers, 'access-analyzer:ListAnalyzers', {
  absent: ['NoSuchHost'],
});
const listFindings = accessAnalyzer.pages(paginateListFindings, 'access-analyzer:ListFindings', {
  gone: ['ResourceNotFoundException'],
});
// AWS documents no maximum.
const PAGE = { maxResults: 100 } as const;

/** The analyzers of a region, or null where AWS does not offer the service there. */
const analyzers = source([listAnalyzers], async (aws): Promise<readonly AnalyzerSummary[] | null> => {
  const found: AnalyzerSummary[] = [];
  let isOffered = false;
  for await (const page of aws.pages(listAnalyzers, PAGE)) {
    isOffered = true;
    found.push(...listed(page.analyzers));
  }
  return isOffered ? found : null;
});

/** A region in which AWS offers IAM Access Analyzer: for questions about what a region has none of. */
export const regionSettings = resource('AWS::AccessAnalyzer::RegionSettings', {
  scope: 'regional',
  operations: [analyzers],
  async *list(aws) {
    if (await aws.read(analyzers)) yield aws.region;
  },
  found: (region, { partition, account }) => ({
    id: region,
    arn: `arn:${partition}:access-analyzer:${region}:${account}:region-settings`,
    base: {},
  }),
});

export const analyzer = resource(
  'AWS::AccessAnalyzer::Analyzer',
  {
    scope: 'regional',
    operations: [analyzers],
    async *list(aws) {
      yield* (await aws.read(analyzers)) ?? [];
    },
    found: (a) => ({ id: a.name, arn: a.arn, tags: a.tags, base: { kind: a.type, status: a.status } }),
  },
  (facet) => ({
    /** The active findings about this account's resources. Null for analyzers that do not look for access from outside, or not now. */
    activeFindings: facet([listFindings], async (aws, { arn, kind, status }) => {
      if (!looksOutside({ kind }) || status !== 'ACTIVE') return null;
      // An organisation's analyzer has the findings of all its accounts.
      const filter = { status: { eq: ['ACTIVE'] }, resourceOwnerAccount: { eq: [aws.account] } };
      const findings: FindingSummary[] = [];
      for await (const page of aws.pages(listFindings, { analyzerArn: arn, filter, ...PAGE }))
        findings.push(...listed(page.findings));
      return each(findings, findingOf);
    }),
  }),
);

function findingOf(finding: FindingSummary) {
  return whole({
    id: finding.id,
    resource: finding.resource ?? null,
    createdAt: finding.createdAt?.toISOString(),
    isPublic: finding.isPublic ?? null,
    /** What kept the analyzer from looking: there is no other statement in such a finding. */
    error: finding.error ?? null,
    /** Whether a resource control policy may narrow the access. */
    controlPolicy: finding.resourceControlPolicyRestriction ?? null,
  });
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::AccessAnalyzer::RegionSettings': TypeOf<typeof regionSettings>;
    'AWS::AccessAnalyzer::Analyzer': TypeOf<typeof analyzer>;
  }
}
