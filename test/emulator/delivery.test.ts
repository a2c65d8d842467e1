import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, worldWith } from './_kit.ts';

const COUNT = 120;
const names = Array.from({ length: COUNT }, (_, n) => `n${String(n).padStart(3, '0')}`);
const serviceRoleArn = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const world = worldWith({
  Regions: ['eu-west-1'],
  regions: {
    'eu-west-1': {
      codebuild: { Projects: names.toReversed().map((name) => ({ name })) },
      codedeploy: {
        Applications: [
          { applicationName: 'shop' },
          ...names.slice(1).map((name) => ({
            applicationName: name,
            deploymentGroups: names.map((deploymentGroupName) => ({ deploymentGroupName, serviceRoleArn })),
          })),
        ],
      },
      codepipeline: { Pipelines: [{ name: 'release', version: 4 }] },
    },
  },
});
const { call, failure, pages } = await kit({ world });

/** These lists take no page size: AWS has one of its own. */
it.each([
  ['codebuild', 'ListProjects', {}, 'projects'],
  ['codedeploy', 'ListApplications', {}, 'applications'],
  ['codedeploy', 'ListDeploymentGroups', { applicationName: 'n001' }, 'deploymentGroups'],
])('%s:%s answers pages of 100', async (service, operation, input, list) => {
  const found = await pages(service, operation, input);
  expect(found.map((page) => page[list].length)).toEqual([100, 20]);
  expect(new Set(found.flatMap((page) => page[list])).size).toBe(COUNT);
});

describe('codebuild', () => {
  it('lists projects by name', async () =>
    expect((await call('codebuild', 'ListProjects')).projects.slice(0, 2)).toEqual(['n000', 'n001']));

  it('finds projects by name and by ARN, and says which it does not find', async () => {
    const arn = `arn:aws:codebuild:eu-west-1:${ACCOUNT}:project/n001`;
    const answer = await call('codebuild', 'BatchGetProjects', { names: ['n000', arn, 'gone'] });
    expect(answer.projects.map(({ name }: { name: string }) => name)).toEqual(['n000', 'n001']);
    expect(answer.projectsNotFound).toEqual(['gone']);
  });

  it.each([[[]], [names]])('describes 1 to 100 projects in a call', async (given) =>
    expect((await failure('codebuild', 'BatchGetProjects', { names: given.slice(0, 101) })).name).toBe(
      'InvalidInputException',
    ),
  );
});

describe('codedeploy', () => {
  const groups = (applicationName: string, deploymentGroupNames: readonly string[]) => ({
    applicationName,
    deploymentGroupNames,
  });

  it('describes the groups that exist, and passes over the others', async () => {
    const { deploymentGroupsInfo } = await call(
      'codedeploy',
      'BatchGetDeploymentGroups',
      groups('n001', ['n002', 'x']),
    );
    expect(deploymentGroupsInfo).toMatchObject([
      { applicationName: 'n001', deploymentGroupName: 'n002', serviceRoleArn },
    ]);
  });

  it.each([
    ['ListDeploymentGroups', { applicationName: 'x' }, 'ApplicationDoesNotExistException'],
    ['BatchGetDeploymentGroups', groups('x', ['n002']), 'ApplicationDoesNotExistException'],
    ['BatchGetDeploymentGroups', groups('n001', []), 'DeploymentGroupNameRequiredException'],
    ['BatchGetDeploymentGroups', groups('n001', names.slice(0, 101)), 'BatchLimitExceededException'],
  ])('%s refuses %j', async (operation, input, name) =>
    expect((await failure('codedeploy', operation, input)).name).toBe(name),
  );
});

describe('codepipeline', () => {
  it('tells the structure of a pipeline', async () =>
    expect(await call('codepipeline', 'GetPipeline', { name: 'release' })).toMatchObject({
      pipeline: { name: 'release', version: 4, pipelineType: 'V2' },
      metadata: { pipelineArn: `arn:aws:codepipeline:eu-west-1:${ACCOUNT}:release` },
    }));

  it('knows no other', async () =>
    expect((await failure('codepipeline', 'GetPipeline', { name: 'x' })).name).toBe('PipelineNotFoundException'));
});
