import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { partitionOf } from '../../aws/partitions.ts';
import type { PartHealth } from './model.ts';
import { type Asked, broken, missing, works } from './parts.ts';

/** What a stack of Ronda's is made of, as far as a night depends on it. */
export interface Deployed {
  readonly bucket?: string | undefined;
  readonly topic?: string | undefined;
  /** The ARN of the state machine. */
  readonly machine?: string | undefined;
  /** The name of the schedule. */
  readonly schedule?: string | undefined;
  /** Names of the SSM parameter or the secret that holds where Slack messages go. */
  readonly parameter?: string | undefined;
  readonly secret?: string | undefined;
  /** The name of the function that answers for the stack's own roles. */
  readonly doctor?: string | undefined;
}
export interface Where {
  readonly region: string;
  readonly credentials?: AwsCredentialIdentityProvider | undefined;
}

const clientOptions = ({ region, credentials }: Where) => ({
  region,
  ...(credentials && { credentials }),
  customUserAgent: [['ronda']] as [string][],
});

const arnOf = (service: string, resource: string, { region }: Where): string =>
  `arn:${partitionOf(region)}:${service}:${region}:*:${resource}`;

/** Reads what a stack is made of from CloudFormation; with the part that says why where it cannot. */
export async function deployedIn(
  name: string,
  where: Where,
): Promise<{ readonly deployed: Deployed; readonly part: PartHealth }> {
  const client = new CloudFormationClient(clientOptions(where));
  const resource = arnOf('cloudformation', `stack/${name}/*`, where);
  let asked: Asked = { action: 'cloudformation:DescribeStacks', resource, purpose: `the stack ${name} cannot be read` };
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const { Parameters = [], StackStatus = 'unknown' } = Stacks?.[0] ?? {};
    asked = { ...asked, action: 'cloudformation:ListStackResources' };
    const ids = new Map<string, string>();
    for await (const page of paginateListStackResources({ client }, { StackName: name }))
      for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? [])
        if (LogicalResourceId && PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE')
          ids.set(LogicalResourceId, PhysicalResourceId);
    const given = (key: string) =>
      Parameters.find(({ ParameterKey }) => ParameterKey === key)?.ParameterValue || undefined;
    const deployed = {
      bucket: ids.get('ReportBucket'),
      topic: ids.get('Topic'),
      machine: ids.get('RunMachine'),
      schedule: ids.get('Nightly'),
      doctor: ids.get('DoctorLambdaFunction'),
      parameter: given('WebhookParameter'),
      secret: given('WebhookSecret'),
    };
    if (!deployed.bucket)
      return { deployed, part: missing('stack', `the stack ${name} has no ReportBucket: it is not one of Ronda's`) };
    // Whatever is on its way, was rolled back or failed is said as CloudFormation says it.
    const isDone = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(StackStatus);
    const part = { name: 'stack', state: isDone ? 'works' : 'failed', detail: `${name} is ${StackStatus}` } as const;
    return { deployed, part };
  } catch (error) {
    const isMissing = (error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message);
    const part = isMissing
      ? missing('stack', `there is no stack ${name} in ${where.region}`)
      : broken('stack', asked, error);
    return { deployed: {}, part };
  } finally {
    client.destroy();
  }
}

/** The schedule, the last run and where Slack messages go: metadata alone, no value is read. */
export async function deployedHealth(deployed: Deployed, where: Where): Promise<readonly PartHealth[]> {
  const { machine, parameter, secret } = deployed;
  return Promise.all([
    scheduleHealth(deployed, where),
    ...(machine ? [lastRunHealth(machine, where)] : []),
    ...(parameter ? [parameterHealth(parameter, where)] : []),
    ...(secret ? [secretHealth(secret, where)] : []),
  ]);
}

async function scheduleHealth({ schedule: Name, machine }: Deployed, where: Where): Promise<PartHealth> {
  if (!Name) return missing('schedule', 'the stack has no schedule: nothing starts the nightly run');
  const client = new SchedulerClient(clientOptions(where));
  const asked: Asked = {
    action: 'scheduler:GetSchedule',
    resource: arnOf('scheduler', `schedule/*/${Name}`, where),
    purpose: `the schedule ${Name} cannot be read`,
  };
  try {
    const { State, Target, ScheduleExpression, ScheduleExpressionTimezone } = await client.send(
      new GetScheduleCommand({ Name }),
    );
    if (State !== 'ENABLED')
      return missing(
        'schedule',
        `the schedule ${Name} is ${State ?? 'without a state'}: nothing starts the nightly run`,
      );
    if (machine && Target?.Arn !== machine)
      return missing('schedule', `the schedule ${Name} starts ${Target?.Arn ?? 'nothing'}, not the nightly run`);
    return works(
      'schedule',
      `${Name}: ${ScheduleExpression ?? 'at no known time'} ${ScheduleExpressionTimezone ?? ''}`.trim(),
    );
  } catch (error) {
    return broken('schedule', asked, error);
  } finally {
    client.destroy();
  }
}

/** What ended otherwise than well (AWS Step Functions API reference, ExecutionListItem). */
const ENDED_BADLY = ['FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];

/** The latest comes first (AWS Step Functions API reference, ListExecutions). */
async function lastRunHealth(stateMachineArn: string, where: Where): Promise<PartHealth> {
  const client = new SFNClient(clientOptions(where));
  const asked: Asked = {
    action: 'states:ListExecutions',
    resource: stateMachineArn,
    purpose: 'the last run cannot be told',
  };
  try {
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }));
    const last = executions?.[0];
    if (!last) return works('last run', 'there was none yet');
    const { status = 'unknown', startDate } = last;
    const detail = `${status}, started ${startDate?.toISOString() ?? 'at an unknown time'}`;
    return { name: 'last run', state: ENDED_BADLY.includes(status) ? 'failed' : 'works', detail };
  } catch (error) {
    return broken('last run', asked, error);
  } finally {
    client.destroy();
  }
}

async function parameterHealth(name: string, where: Where): Promise<PartHealth> {
  const client = new SSMClient(clientOptions(where));
  const asked: Asked = {
    action: 'ssm:DescribeParameters',
    resource: '*',
    purpose: `the parameter ${name} cannot be looked for`,
  };
  try {
    // SSM may answer with an empty page before the one that holds the parameter.
    let NextToken: string | undefined;
    do {
      const page = await client.send(
        new DescribeParametersCommand({
          ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: [name] }],
          ...(NextToken && { NextToken }),
        }),
      );
      const found = page.Parameters?.find(({ Name }) => Name === name);
      if (found)
        return works(
          'slack',
          `the parameter ${name} is there (${found.Type ?? 'of no known type'}); its value was not read`,
        );
      ({ NextToken } = page);
    } while (NextToken);
    return missing('slack', `there is no parameter ${name} in ${where.region}: Slack gets nothing`);
  } catch (error) {
    return broken('slack', asked, error);
  } finally {
    client.destroy();
  }
}

async function secretHealth(name: string, where: Where): Promise<PartHealth> {
  const client = new SecretsManagerClient(clientOptions(where));
  const asked: Asked = {
    action: 'secretsmanager:DescribeSecret',
    resource: arnOf('secretsmanager', `secret:${name}-??????`, where),
    purpose: `the secret ${name} cannot be looked for`,
  };
  try {
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    return DeletedDate
      ? missing('slack', `the secret ${name} is being deleted: Slack gets nothing`)
      : works('slack', `the secret ${name} is there; its value was not read`);
  } catch (error) {
    return broken('slack', asked, error);
  } finally {
    client.destroy();
  }
}
