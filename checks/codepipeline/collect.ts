import {
  type ActionDeclaration,
  CodePipelineClient,
  GetPipelineCommand,
  paginateListPipelines,
} from '@aws-sdk/client-codepipeline';
import { listed } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { resource, type TypeOf } from '../../lib/aws/resource.ts';

/**
 * Where AWS does not offer CodePipeline (botocore's endpoints). A host that does not exist says there that no pipeline does;
 * elsewhere it is a gap. AWS is asked all the same: it may offer the service by now.
 */
const NOT_OFFERED = new Set(['ap-east-2', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'mx-central-1']);

const codePipeline = service(CodePipelineClient);
const listPipelines = codePipeline.pages(paginateListPipelines, 'codepipeline:ListPipelines');
const listPipelinesIfOffered = codePipeline.pages(paginateListPipelines, 'codepipeline:ListPipelines', {
  absent: ['NoSuchHost'],
});
const getPipeline = codePipeline.call(GetPipelineCommand, 'codepipeline:GetPipeline', {
  gone: ['PipelineNotFoundException'],
});

export const pipeline = resource(
  'AWS::CodePipeline::Pipeline',
  {
    scope: 'regional',
    operations: [listPipelines, listPipelinesIfOffered],
    async *list(aws) {
      const operation = NOT_OFFERED.has(aws.region) ? listPipelinesIfOffered : listPipelines;
      for await (const page of aws.pages(operation, { maxResults: 1000 })) yield* listed(page.pipelines);
    },
    found: (p, { account, region, partition }) => ({
      id: p.name,
      arn: `arn:${partition}:codepipeline:${region}:${account}:${p.name}`,
      base: {},
    }),
  },
  (facet) => ({
    /** The roles that it works with: its own, those of its actions, and those that its CloudFormation actions hand on. */
    roles: facet([getPipeline], async (aws, { id }) => {
      const structure = (await aws.call(getPipeline, { name: id }))?.pipeline;
      const actions = listed(structure?.stages).flatMap((stage) => listed(stage.actions));
      return [...new Set([structure?.roleArn, ...actions.flatMap(rolesOf)])];
    }),
  }),
);

function rolesOf({ roleArn, configuration }: ActionDeclaration): readonly string[] {
  return [roleArn, configuration?.['RoleArn']].filter((role) => role !== undefined);
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::CodePipeline::Pipeline': TypeOf<typeof pipeline>;
  }
}
