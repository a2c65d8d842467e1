import { GetPipelineCommand, ListPipelinesCommand } from '@aws-sdk/client-codepipeline';
import { describe, expect, it } from 'vitest';
import { pipeline } from '../../../checks/codepipeline/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(pipeline);
const elsewhere = collector(pipeline, 'ca-west-1');
const roleOf = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const arnOf = (name: string) => `arn:aws:codepipeline:eu-west-1:111122223333:${name}`;
const actionTypeId = { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' } as const;
const source = {
  name: 'Source',
  actionTypeId: { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' } as const,
  configuration: { Owner: 'harbour', OAuthToken: '****' },
};
const structure = (...actions: object[]) => ({
  pipeline: {
    name: 'release',
    roleArn: roleOf('release'),
    version: 3,
    stages: [
      { name: 'Source', actions: [source] },
      { name: 'Deploy', actions: actions.map((action) => ({ name: 'Deploy', actionTypeId, ...action })) },
    ],
  },
});
const listed = (name = 'release') =>
  aws()
    .on(ListPipelinesCommand)
    .resolves({ pipelines: [{ name }] });

it('reads pipelines in the largest pages', async () => {
  aws()
    .on(ListPipelinesCommand)
    .resolvesOnce({ pipelines: [{ name: 'release' }], nextToken: 'second' })
    .resolves({ pipelines: [{ name: 'website' }] });
  const { rows, cell } = await collected([]);
  expect(rows).toMatchObject(['release', 'website'].map((id) => ({ identity: { id, arn: arnOf(id) } })));
  expect(cell).toMatchObject({ rows: 2 });
  expect(
    aws()
      .commandCalls(ListPipelinesCommand)
      .map((call) => call.args[0].input),
  ).toMatchObject([{ maxResults: 1000 }, { maxResults: 1000, nextToken: 'second' }]);
  expect(aws().commandCalls(GetPipelineCommand)).toHaveLength(0);
});

it.each([
  ['its own role', structure({}), ['release']],
  ['the role of an action', structure({ roleArn: roleOf('deploy') }), ['release', 'deploy']],
  [
    'the role that a CloudFormation action hands on',
    structure({ configuration: { ActionMode: 'CREATE_UPDATE', RoleArn: roleOf('stacks') } }),
    ['release', 'stacks'],
  ],
  [
    'both roles of an action',
    structure({ roleArn: roleOf('deploy'), configuration: { RoleArn: roleOf('stacks') } }),
    ['release', 'deploy', 'stacks'],
  ],
  ['each role once', structure({ roleArn: roleOf('release') }, { roleArn: roleOf('release') }), ['release']],
])('knows %s', async (_name, answer, roles) => {
  listed();
  aws().on(GetPipelineCommand, { name: 'release' }).resolves(answer);
  expect((await collected()).rows).toMatchObject([{ base: {}, facets: { roles: { value: roles.map(roleOf) } } }]);
});

it('a pipeline deleted since it was listed is left out', async () => {
  listed();
  aws().on(GetPipelineCommand).rejects(awsError('PipelineNotFoundException'));
  expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
});

it('does not know the roles of a pipeline that it may not read', async () => {
  listed();
  aws().on(GetPipelineCommand).rejects(awsError('AccessDeniedException'));
  const gap = { reason: 'denied', operation: 'codepipeline:GetPipeline' };
  expect((await collected()).rows).toMatchObject([{ facets: { roles: { gap } } }]);
});

const { pipeline: whole } = structure({});
it.each([
  ['pipeline', {}],
  ['role', { pipeline: { ...whole, roleArn: undefined } }],
  ['stages', { pipeline: { ...whole, stages: undefined } }],
  ['actions', { pipeline: { ...whole, stages: [{ name: 'Source', actions: undefined }] } }],
])('an answer without its %s is a gap', async (_name, answer) => {
  listed();
  aws()
    .on(GetPipelineCommand)
    .resolves(answer as never);
  expect((await collected()).rows).toMatchObject([{ facets: { roles: { gap: { reason: 'failed' } } } }]);
});

it.each([
  ['a denied list', awsError('AccessDeniedException'), 'denied'],
  ['a host that is not found where AWS offers CodePipeline', awsError('NoSuchHost'), 'failed'],
])('%s is a gap, not a region without pipelines', async (_name, error, reason) => {
  aws().on(ListPipelinesCommand).rejects(error);
  const gap = { reason, operation: 'codepipeline:ListPipelines' };
  expect((await collected()).cell).toMatchObject({ rows: 0, gap });
});

describe('a region in which AWS does not offer CodePipeline', () => {
  it('has no pipelines, since it has no host', async () => {
    aws().on(ListPipelinesCommand).rejects(awsError('NoSuchHost'));
    expect((await elsewhere.collected()).cell).not.toHaveProperty('gap');
  });

  it('is asked all the same: AWS may offer it by now', async () => {
    listed();
    expect((await elsewhere.collected([])).cell).toMatchObject({ rows: 1 });
  });
});
