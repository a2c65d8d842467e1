import { BatchGetProjectsCommand, ListProjectsCommand } from '@aws-sdk/client-codebuild';
import { describe, expect, it } from 'vitest';
import { project } from '../../../checks/codebuild/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(project);
const elsewhere = collector(project, 'ca-west-1');
const role = 'arn:aws:iam::111122223333:role/service-role/build';
const batchRole = 'arn:aws:iam::111122223333:role/service-role/build-batches';
const arnOf = (name: string) => `arn:aws:codebuild:eu-west-1:111122223333:project/${name}`;
const described = (name: string) => ({
  name,
  arn: arnOf(name),
  serviceRole: role,
  environment: {
    type: 'LINUX_CONTAINER' as const,
    image: 'aws/codebuild/standard:7.0',
    computeType: 'BUILD_GENERAL1_SMALL' as const,
    environmentVariables: [{ name: 'TOKEN', value: 'not-for-us' }],
  },
});
const lacks = (field: string) => ({ reason: 'failed', detail: `the answer lacks ${field}` });

it('reads names page by page, and describes each page in one call', async () => {
  aws()
    .on(ListProjectsCommand)
    .resolvesOnce({ projects: ['api', 'web'], nextToken: 'second' })
    .resolves({ projects: ['docs'] });
  aws()
    .on(BatchGetProjectsCommand)
    .callsFake(({ names }: { names: string[] }) => ({ projects: names.map(described) }));
  const { rows, cell } = await collected();
  expect(rows).toMatchObject(
    ['api', 'web', 'docs'].map((id) => ({ identity: { id, arn: arnOf(id) }, base: { roles: [role] } })),
  );
  expect(cell).toMatchObject({ rows: 3 });
  expect(aws().commandCalls(BatchGetProjectsCommand)).toHaveLength(2);
});

it('keeps the roles and nothing else of a project', async () => {
  aws()
    .on(ListProjectsCommand)
    .resolves({ projects: ['api'] });
  aws()
    .on(BatchGetProjectsCommand)
    .resolves({ projects: [described('api')] });
  const { rows } = await collected();
  expect(rows[0]!.base).toEqual({ roles: [role] });
  expect(JSON.stringify(rows)).not.toContain('not-for-us');
});

it.each([
  ['another role', batchRole, [role, batchRole]],
  ['the same role', role, [role]],
])('batches of builds may run with %s', async (_name, serviceRole, roles) => {
  aws()
    .on(ListProjectsCommand)
    .resolves({ projects: ['api'] });
  aws()
    .on(BatchGetProjectsCommand)
    .resolves({ projects: [{ ...described('api'), buildBatchConfig: { serviceRole } }] });
  expect((await collected()).rows).toMatchObject([{ base: { roles } }]);
});

it('describes nothing where there is no project', async () => {
  aws().on(ListProjectsCommand).resolves({ projects: [] });
  expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  expect(aws().commandCalls(BatchGetProjectsCommand)).toHaveLength(0);
});

it('a project deleted since it was listed is left out', async () => {
  aws()
    .on(ListProjectsCommand)
    .resolves({ projects: ['api', 'web'] });
  aws()
    .on(BatchGetProjectsCommand)
    .resolves({ projects: [described('web')], projectsNotFound: ['api'] });
  const { rows, cell } = await collected();
  expect(rows).toMatchObject([{ identity: { id: 'web' } }]);
  expect(cell).not.toHaveProperty('gap');
});

it('a project that the answer passes over is a gap', async () => {
  aws()
    .on(ListProjectsCommand)
    .resolves({ projects: ['api', 'web'] });
  aws()
    .on(BatchGetProjectsCommand)
    .resolves({ projects: [described('web')] });
  const gap = { reason: 'failed', detail: expect.stringContaining('no identifier') };
  expect(await collected()).toMatchObject({ rows: [{ identity: { id: 'web' } }], cell: { rows: 1, gap } });
});

it('does not guess a role', async () => {
  aws()
    .on(ListProjectsCommand)
    .resolves({ projects: ['api'] });
  aws()
    .on(BatchGetProjectsCommand)
    .resolves({ projects: [{ ...described('api'), serviceRole: undefined }] });
  expect((await collected()).rows).toMatchObject([{ missing: { roles: lacks('roles') } }]);
});

it.each([
  ['a denied list', ListProjectsCommand, 'codebuild:ListProjects'],
  ['a denied description', BatchGetProjectsCommand, 'codebuild:BatchGetProjects'],
])('%s is a gap, not a region without projects', async (_name, command, operation) => {
  aws()
    .on(ListProjectsCommand)
    .resolves({ projects: ['api'] });
  aws()
    .on(command as never)
    .rejects(awsError('AccessDeniedException'));
  expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'denied', operation } });
});

it.each([
  ['names', {}, { projects: [] }],
  ['projects', { projects: ['api'] }, {}],
])('an answer without %s is a gap', async (_name, list, answer) => {
  aws().on(ListProjectsCommand).resolves(list);
  aws().on(BatchGetProjectsCommand).resolves(answer);
  expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason: 'failed' } });
});

describe('a region in which AWS does not offer CodeBuild', () => {
  it('has no projects, since it has no host', async () => {
    aws().on(ListProjectsCommand).rejects(awsError('NoSuchHost'));
    const { cell } = await elsewhere.collected();
    expect(cell).toEqual({ type: 'AWS::CodeBuild::Project', account: '111122223333', region: 'ca-west-1', rows: 0 });
  });

  it('is asked all the same: AWS may offer it by now', async () => {
    aws()
      .on(ListProjectsCommand)
      .resolves({ projects: ['api'] });
    aws()
      .on(BatchGetProjectsCommand)
      .resolves({ projects: [described('api')] });
    expect((await elsewhere.collected()).cell).toMatchObject({ rows: 1 });
  });
});

it('a host that is not found where AWS offers CodeBuild is a gap', async () => {
  aws().on(ListProjectsCommand).rejects(awsError('NoSuchHost'));
  expect((await collected()).cell).toMatchObject({ gap: { operation: 'codebuild:ListProjects' } });
});
