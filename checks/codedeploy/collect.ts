import {
  BatchGetDeploymentGroupsCommand,
  CodeDeployClient,
  paginateListApplications,
  paginateListDeploymentGroups,
} from '@aws-sdk/client-codedeploy';
import { listed } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, type TypeOf } from '../../lib/aws/resource.ts';

const GONE = { gone: ['ApplicationDoesNotExistException'] };

const codeDeploy = service(CodeDeployClient);
const listApplications = codeDeploy.pages(paginateListApplications, 'codedeploy:ListApplications');
const listDeploymentGroups = codeDeploy.pages(paginateListDeploymentGroups, 'codedeploy:ListDeploymentGroups', GONE);
const batchGetDeploymentGroups = codeDeploy.call(
  BatchGetDeploymentGroupsCommand,
  'codedeploy:BatchGetDeploymentGroups',
  GONE,
);

/** The most names that AWS takes in one call (CodeDeploy API reference, BatchLimitExceededException). */
const MOST_NAMES = 100;

export const application = resource(
  'AWS::CodeDeploy::Application',
  {
    scope: 'regional',
    operations: [listApplications],
    list: paged(listApplications, {}, (page) => page.applications),
    found: (name, { account, region, partition }) => ({
      id: name,
      arn: `arn:${partition}:codedeploy:${region}:${account}:application:${name}`,
      base: {},
    }),
  },
  (facet) => ({
    /** The roles that CodeDeploy works with in the application's deployment groups. */
    roles: facet([listDeploymentGroups, batchGetDeploymentGroups], async (aws, { id: applicationName }) => {
      const names: string[] = [];
      for await (const page of aws.pages(listDeploymentGroups, { applicationName }))
        names.push(...listed(page.deploymentGroups));
      const roles = new Set<string | undefined>();
      for (const deploymentGroupNames of batchesOf(names)) {
        const answer = await aws.call(batchGetDeploymentGroups, { applicationName, deploymentGroupNames });
        const groups = listed(answer?.deploymentGroupsInfo);
        // AWS answers what it can: a group that it left out has a role that is not known.
        for (const name of deploymentGroupNames)
          roles.add(groups.find((group) => group.deploymentGroupName === name)?.serviceRoleArn);
      }
      return [...roles];
    }),
  }),
);

function* batchesOf(names: readonly string[]): Generator<string[]> {
  for (let start = 0; start < names.length; start += MOST_NAMES) yield names.slice(start, start + MOST_NAMES);
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::CodeDeploy::Application': TypeOf<typeof application>;
  }
}
