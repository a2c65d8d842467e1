import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { UserError } from '../core/errors.ts';
import type { StackResource } from '../core/scope.ts';

/** What reading a stack asks of AWS, beside what the checks ask. */
const STACK_ACTION = 'cloudformation:ListStackResources';

/** The resources of stacks and of the stacks in them. Throws a UserError for a stack that cannot be read: its scope is not known then. */
export async function stackResources(
  names: readonly string[],
  options: { readonly region: string; readonly credentials?: AwsCredentialIdentityProvider },
): Promise<readonly StackResource[]> {
  const client = new CloudFormationClient(options);
  const lists = await Promise.all(names.map((name) => resourcesOf(client, name)));
  return lists.flat();
}

async function resourcesOf(client: CloudFormationClient, name: string): Promise<readonly StackResource[]> {
  const found: StackResource[] = [];
  try {
    for await (const page of paginateListStackResources({ client }, { StackName: name })) {
      for (const {
        ResourceType: type,
        PhysicalResourceId: id,
        ResourceStatus: status,
      } of page.StackResourceSummaries ?? [])
        if (type && id && status !== 'DELETE_COMPLETE') found.push({ type, id });
    }
  } catch (error) {
    const { message } = error as Error;
    throw new UserError(`the stack ${name} cannot be read (${STACK_ACTION}): ${message}`);
  }
  const nested = found.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const below = await Promise.all(nested.map(({ id }) => resourcesOf(client, id)));
  return [...found, ...below.flat()];
}
