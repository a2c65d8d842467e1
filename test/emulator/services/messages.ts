import type { GetSecretValueRequest, GetSecretValueResponse } from '@aws-sdk/client-secrets-manager';
import type {
  GetTopicAttributesInput,
  GetTopicAttributesResponse,
  PublishInput,
  PublishResponse,
} from '@aws-sdk/client-sns';
import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  GetParameterRequest,
  GetParameterResult,
} from '@aws-sdk/client-ssm';
import { arn, LONG_AGO, uuid, type Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const MAX_MESSAGE_BYTES = 262_144;
const MAX_SUBJECT = 100;

export const sns = {
  Publish(input: PublishInput, context: Context): Described<PublishResponse> {
    const { TopicArn = '', Message = '', Subject, MessageAttributes = {} } = input;
    topicOf(TopicArn, context);
    if (Message === '') throw invalid('Empty message');
    if (Buffer.byteLength(Message) > MAX_MESSAGE_BYTES) throw invalid('Message too long');
    if (Subject !== undefined && (Subject.length > MAX_SUBJECT || /[^\x20-\x7e]/.test(Subject) || Subject === ''))
      throw invalid('Subject');
    const MessageId = uuid('message', String(context.state.messages.length));
    context.state.messages.push({
      topicArn: TopicArn,
      messageId: MessageId,
      subject: Subject,
      message: Message,
      attributes: MessageAttributes,
    });
    return { MessageId };
  },

  GetTopicAttributes(input: GetTopicAttributesInput, context: Context): Described<GetTopicAttributesResponse> {
    const { TopicArn = '' } = input;
    const { Name, Attributes } = topicOf(TopicArn, context);
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const counts = { SubscriptionsConfirmed: '1', SubscriptionsPending: '0', SubscriptionsDeleted: '0' };
    return { Attributes: { TopicArn, Owner: context.account.id, DisplayName: Name, Policy, ...counts, ...Attributes } };
  },
};

function topicOf(topicArn: string, { here, account, region }: Context) {
  const topic = here.sns.Topics.find(({ Name }) => arn('sns', { account: account.id, region }, Name) === topicArn);
  if (!topic) throw new AwsError(404, 'NotFound', 'Topic does not exist');
  return topic;
}

function invalid(reason: string): AwsError {
  return new AwsError(400, 'InvalidParameter', `Invalid parameter: ${reason}`);
}

const AGENT = {
  PingStatus: 'Online',
  AgentVersion: '3.3.2299.0',
  IsLatestVersion: true,
  PlatformType: 'Linux',
  PlatformName: 'Amazon Linux',
  PlatformVersion: '2023',
  ResourceType: 'EC2Instance',
} as const;
const AGENT_PAGES: PageRules = {
  min: 5,
  max: 50,
  byDefault: 10,
  badSize: () => new AwsError(400, 'ValidationException', 'MaxResults must be between 5 and 50.'),
  badToken: () => new AwsError(400, 'InvalidNextToken', 'The specified token is not valid.'),
};

export const ssm = {
  DescribeInstanceInformation(
    input: DescribeInstanceInformationRequest,
    context: Context,
  ): Described<DescribeInstanceInformationResult> {
    const wanted = input.Filters?.find(({ Key }) => Key === 'InstanceIds')?.Values;
    const all = context.here.ssm.InstanceInformation.map((one) => ({ ...AGENT, ...one }));
    const named = all.filter(({ InstanceId }) => wanted?.includes(InstanceId!) ?? true);
    const { items, next } = page(named, context, AGENT_PAGES, input.MaxResults, input.NextToken);
    return { InstanceInformationList: items, ...(next ? { NextToken: next } : {}) };
  },

  GetParameter(input: GetParameterRequest, { here, account, region }: Context): Described<GetParameterResult> {
    const { Name = '', WithDecryption } = input;
    const Value = here.ssm.Parameters[Name];
    if (Value === undefined) throw new AwsError(400, 'ParameterNotFound', '');
    const ARN = arn('ssm', { account: account.id, region }, `parameter/${Name.replace(/^\//, '')}`);
    const shown = WithDecryption ? Value : Buffer.from(Value).toString('base64');
    const Parameter = {
      Name,
      Type: 'SecureString',
      Value: shown,
      Version: 1,
      LastModifiedDate: LONG_AGO,
      ARN,
      DataType: 'text',
    };
    return { Parameter: Parameter as Described<GetParameterResult>['Parameter'] };
  },
};

export const secretsmanager = {
  GetSecretValue(input: GetSecretValueRequest, { here, account, region }: Context): Described<GetSecretValueResponse> {
    const place = { account: account.id, region };
    const Name = Object.keys(here.secretsmanager).find(
      (one) => one === input.SecretId || secretArn(place, one) === input.SecretId,
    );
    if (!Name) throw new AwsError(400, 'ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return {
      ARN: secretArn(place, Name),
      Name,
      SecretString: here.secretsmanager[Name],
      VersionId: uuid('secret', Name),
      VersionStages: ['AWSCURRENT'],
      CreatedDate: LONG_AGO,
    };
  },
};

/** Secrets Manager adds six letters to the name. */
function secretArn(place: { account: string; region: string }, name: string): string {
  return arn('secretsmanager', place, `secret:${name}-${uuid('secret', name).slice(0, 6)}`);
}
