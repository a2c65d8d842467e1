import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { jsonText } from '../report/text.ts';
import type { Alert } from '../report/sns.ts';

/** Sends alerts to an SNS topic, in the topic's own region. */
export function toTopic(topic: string): (alert: Alert) => Promise<void> {
  const client = new SNSClient({ region: topic.split(':')[3]! });
  return async ({ subject, message, attributes }) => {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes)
        .filter(([, values]) => values.length > 0)
        .map(([name, values]) => [name, { DataType: 'String.Array', StringValue: jsonText(values) }]),
    );
    await client.send(new PublishCommand({ TopicArn: topic, Subject: subject, Message: message, MessageAttributes }));
  };
}
