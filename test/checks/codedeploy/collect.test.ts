import {
  BatchGetDeploymentGroupsCommand,
  ListApplicationsCommand,
  ListDeploymentGroupsCommand,
} from '@aws-sdk/client-codedeploy';
import { expect, it } from 'vitest';
import { application } from '../../../checks/codedeploy/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(application);
const roleOf = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const group = (deploymentGroupName: string, role = 'deploy') => ({ deploymentGroupName, serviceRoleArn: roleOf(role) });

function groupsOf(...deploymentGroups: string[]) {
  aws()
    .on(ListApplicationsCommand)
    .resolves({ applications: ['shop'] });
  aws().on(ListDeploymentGroupsCommand).resolves({ deploymentGroups });
}

it('reads applications and their groups page by page, and describes the groups together', async () => {
  aws()
    .on(ListApplicationsCommand)
    .resolvesOnce({ applications: ['shop'], nextToken: 'second' })
    .resolves({ applications: ['warehouse'] });
  aws().on(ListDeploymentGroupsCommand, { applicationName: 'warehouse' }).resolves({ deploymentGroups: [] });
  aws()
    .on(ListDeploymentGroupsCommand, { applicationName: 'shop' })
    .resolvesOnce({ deploymentGroups: ['staging'], nextToken: 'second' })
    .resolves({ deploymentGroups: ['production'] });
  aws()
    .on(BatchGetDeploymentGroupsCommand, { applicationName: 'shop', deploymentGroupNames: ['staging', 'production'] })
    .resolves({ deploymentGroupsInfo: [group('staging'), group('production', 'deploy-production')] });
  const { rows, cell } = await collected();
  const arn = 'arn:aws:codedeploy:eu-west-1:111122223333:application:shop';
  expect(rows).toMatchObject([
    { identity: { id: 'shop', arn }, facets: { roles: { value: ['deploy', 'deploy-production'].map(roleOf) } } },
    { identity: { id: 'warehouse' }, facets: { roles: { value: [] } } },
  ]);
  expect(cell).toMatchObject({ rows: 2 });
  expect(aws().commandCalls(BatchGetDeploymentGroupsCommand)).toHaveLength(1);
});

it('describes at most 100 groups in a call, and names each role once', async () => {
  const names = Array.from({ length: 201 }, (_, index) => `ring-${index}`);
  groupsOf(...names);
  aws()
    .on(BatchGetDeploymentGroupsCommand)
    .callsFake(({ deploymentGroupNames }: { deploymentGroupNames: string[] }) => ({
      deploymentGroupsInfo: deploymentGroupNames.map((name) => group(name)),
    }));
  expect((await collected()).rows).toMatchObject([{ facets: { roles: { value: [roleOf('deploy')] } } }]);
  const asked = aws()
    .commandCalls(BatchGetDeploymentGroupsCommand)
    .map((call) => (call.args[0].input as { deploymentGroupNames: string[] }).deploymentGroupNames);
  expect(asked.map((batch) => batch.length)).toEqual([100, 100, 1]);
  expect(asked.flat()).toEqual(names);
});

it('asks for no groups where no check needs their roles', async () => {
  aws()
    .on(ListApplicationsCommand)
    .resolves({ applications: ['shop'] });
  expect((await collected([])).cell).toMatchObject({ rows: 1 });
  expect(aws().commandCalls(ListDeploymentGroupsCommand)).toHaveLength(0);
});

it.each([ListDeploymentGroupsCommand, BatchGetDeploymentGroupsCommand])(
  'an application deleted since it was listed is left out',
  async (command) => {
    groupsOf('production');
    aws()
      .on(command as never)
      .rejects(awsError('ApplicationDoesNotExistException'));
    expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  },
);

it.each([
  [ListDeploymentGroupsCommand, 'codedeploy:ListDeploymentGroups'],
  [BatchGetDeploymentGroupsCommand, 'codedeploy:BatchGetDeploymentGroups'],
] as const)('does not know the roles of groups that it may not read', async (command, operation) => {
  groupsOf('production');
  aws()
    .on(command as never)
    .rejects(awsError('AccessDeniedException'));
  expect((await collected()).rows).toMatchObject([{ facets: { roles: { gap: { reason: 'denied', operation } } } }]);
});

it.each([
  ['a group', { deploymentGroupsInfo: [group('staging')], errorMessage: 'production: unavailable' }],
  ['a role', { deploymentGroupsInfo: [group('staging'), { deploymentGroupName: 'production' }] }],
  ['the groups', {}],
])('an answer that lacks %s is a gap', async (_name, answer) => {
  groupsOf('staging', 'production');
  aws().on(BatchGetDeploymentGroupsCommand).resolves(answer);
  expect((await collected()).rows).toMatchObject([{ facets: { roles: { gap: { reason: 'failed' } } } }]);
});

it('an answer without the list of groups is a gap', async () => {
  groupsOf();
  aws().on(ListDeploymentGroupsCommand).resolves({});
  expect((await collected()).rows).toMatchObject([{ facets: { roles: { gap: { reason: 'failed' } } } }]);
});

it.each([['AccessDeniedException'], ['NoSuchHost']])(
  'a list that fails with %s is a gap, not a region without applications',
  async (code) => {
    aws().on(ListApplicationsCommand).rejects(awsError(code));
    expect((await collected()).cell).toMatchObject({ rows: 0, gap: { operation: 'codedeploy:ListApplications' } });
  },
);
