import type {
  ListAnalyzersRequest,
  ListAnalyzersResponse,
  ListFindingsRequest,
  ListFindingsResponse,
} from '@aws-sdk/client-accessanalyzer';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const invalid = (what: string) => new AwsError(400, 'ValidationException', `${what} is not valid`);
const PAGES: PageRules = {
  min: 1,
  max: 100,
  byDefault: 50,
  badSize: () => invalid('maxResults'),
  badToken: () => invalid('nextToken'),
};

export const accessanalyzer = {
  ListAnalyzers(input: ListAnalyzersRequest, context: Context): Described<ListAnalyzersResponse> {
    const analyzers = context.here.accessanalyzer.Analyzers.filter(({ type }) => !input.type || type === input.type);
    const { items, next } = page(analyzers, context, PAGES, input.maxResults, input.nextToken);
    return { analyzers: items.map(({ Findings: _f, ...analyzer }) => analyzer), ...(next ? { nextToken: next } : {}) };
  },

  ListFindings(input: ListFindingsRequest, context: Context): Described<ListFindingsResponse> {
    const analyzer = context.here.accessanalyzer.Analyzers.find(({ arn }) => arn === input.analyzerArn);
    if (!analyzer) throw new AwsError(404, 'ResourceNotFoundException', 'The analyzer does not exist.');
    if (analyzer.type !== 'ACCOUNT' && analyzer.type !== 'ORGANIZATION')
      throw invalid('ListFindings of an analyzer that is not for external access');
    const findings = (analyzer.Findings ?? []).filter((finding) =>
      Object.entries(input.filter ?? {}).every(([field, { eq }]) =>
        eq?.includes(String((finding as Record<string, unknown>)[field])),
      ),
    );
    const { items, next } = page(findings, context, PAGES, input.maxResults, input.nextToken);
    return { findings: items, ...(next ? { nextToken: next } : {}) };
  },
};
