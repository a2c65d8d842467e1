import type {
  BatchGetDeploymentGroupsInput,
  BatchGetDeploymentGroupsOutput,
  ListApplicationsInput,
  ListApplicationsOutput,
  ListDeploymentGroupsInput,
  ListDeploymentGroupsOutput,
} from '@aws-sdk/client-codedeploy';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const MOST_NAMES = 100;
const PAGES: PageRules = {
  min: 1,
  max: 100,
  byDefault: 100,
  badToken: () => new AwsError(400, 'InvalidNextTokenException', 'The next token was specified in an invalid format.'),
};

export const codedeploy = {
  ListApplications(input: ListApplicationsInput, context: Context): Described<ListApplicationsOutput> {
    const names = context.here.codedeploy.Applications.map(({ applicationName }) => applicationName);
    const { items, next } = page(names, context, PAGES, undefined, input.nextToken);
    return { applications: items, ...(next ? { nextToken: next } : {}) };
  },

  ListDeploymentGroups(input: ListDeploymentGroupsInput, context: Context): Described<ListDeploymentGroupsOutput> {
    const { applicationName } = input;
    const names = groupsOf(applicationName, context).map(({ deploymentGroupName }) => deploymentGroupName!);
    const { items, next } = page(names, context, PAGES, undefined, input.nextToken);
    return { applicationName, deploymentGroups: items, ...(next ? { nextToken: next } : {}) };
  },

  BatchGetDeploymentGroups(
    { applicationName, deploymentGroupNames = [] }: BatchGetDeploymentGroupsInput,
    context: Context,
  ): Described<BatchGetDeploymentGroupsOutput> {
    if (deploymentGroupNames.length === 0)
      throw new AwsError(400, 'DeploymentGroupNameRequiredException', 'Deployment Group name is missing');
    if (deploymentGroupNames.length > MOST_NAMES)
      throw new AwsError(400, 'BatchLimitExceededException', `No more than ${MOST_NAMES} names can be given.`);
    const groups = groupsOf(applicationName, context);
    return {
      deploymentGroupsInfo: groups.filter(({ deploymentGroupName }) =>
        deploymentGroupNames.includes(deploymentGroupName!),
      ),
    };
  },
};

function groupsOf(name: string | undefined, { here }: Context) {
  const application = here.codedeploy.Applications.find((one) => one.applicationName === name);
  if (!application)
    throw new AwsError(400, 'ApplicationDoesNotExistException', `No application found for name: ${name}`);
  return application.deploymentGroups ?? [];
}
