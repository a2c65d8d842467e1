import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { toTopic } from '../../lib/run/alert.ts';

const sns = mockClient(SNSClient);
afterEach(() => sns.reset());
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:ronda';
const ALERT = {
  id: 'all',
  subject: 'Ronda: 1 new',
  message: '{}',
  attributes: { severity: ['high'], account: ['111122223333'], owner: [], change: ['new', 'resolved'] },
};

it('publishes in the region of the topic, with attributes that filter policies match', async () => {
  await toTopic(TOPIC)(ALERT);
  const [call] = sns.commandCalls(PublishCommand);
  expect(call!.args[0].input).toEqual({
    TopicArn: TOPIC,
    Subject: 'Ronda: 1 new',
    Message: '{}',
    MessageAttributes: {
      severity: { DataType: 'String.Array', StringValue: '["high"]' },
      account: { DataType: 'String.Array', StringValue: '["111122223333"]' },
      change: { DataType: 'String.Array', StringValue: '["new","resolved"]' },
    },
  });
  expect(await call!.thisValue.config.region()).toBe('eu-central-1');
});

it('throws what SNS refuses', async () => {
  sns.on(PublishCommand).rejects(new Error('AuthorizationError'));
  await expect(toTopic(TOPIC)(ALERT)).rejects.toThrow('AuthorizationError');
});
