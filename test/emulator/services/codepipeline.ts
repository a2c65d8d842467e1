import type {
  GetPipelineInput,
  GetPipelineOutput,
  ListPipelinesInput,
  ListPipelinesOutput,
} from '@aws-sdk/client-codepipeline';
import { arn, LONG_AGO, type Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const PAGES: PageRules = {
  min: 1,
  max: 1000,
  byDefault: 1000,
  badSize: (size) =>
    new AwsError(
      400,
      'ValidationException',
      `1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000`,
    ),
  badToken: () => new AwsError(400, 'InvalidNextTokenException', 'The next token is not valid.'),
};
const TIMES = { created: LONG_AGO, updated: LONG_AGO };

export const codepipeline = {
  ListPipelines(input: ListPipelinesInput, context: Context): Described<ListPipelinesOutput> {
    const summaries = context.here.codepipeline.Pipelines.map(({ name, version, pipelineType, executionMode }) => ({
      name,
      version,
      pipelineType,
      executionMode,
      ...TIMES,
    }));
    const { items, next } = page(summaries, context, PAGES, input.maxResults, input.nextToken);
    return { pipelines: items, ...(next ? { nextToken: next } : {}) };
  },

  GetPipeline({ name }: GetPipelineInput, context: Context): Described<GetPipelineOutput> {
    const pipeline = context.here.codepipeline.Pipelines.find((one) => one.name === name);
    const account = context.account.id;
    if (!pipeline)
      throw new AwsError(
        400,
        'PipelineNotFoundException',
        `Account '${account}' does not have a pipeline with name '${name}'`,
      );
    const pipelineArn = arn('codepipeline', { account, region: context.region }, name!);
    return { pipeline, metadata: { pipelineArn, ...TIMES } };
  },
};
