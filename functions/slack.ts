import { getSecret } from '@aws-lambda-powertools/parameters/secrets';
import { getParameter } from '@aws-lambda-powertools/parameters/ssm';
import type { SNSEvent } from 'aws-lambda';
import { type SlackTarget, slackTarget } from '../lib/report/slack-api.ts';
import { type Clock, deliverAll } from '../lib/run/slack.ts';

/** SNS to Slack. What Slack does not take is thrown, so that it is tried again and then kept in the dead-letter queue. */
export async function handler({ Records }: SNSEvent, clock: Clock): Promise<void> {
  const notices = Records.map(({ Sns }) => Sns);
  await deliverAll(await targetOf(), notices, clock);
}

/** The URL and the token are secrets: they are in no environment, no error and no log. */
async function targetOf(): Promise<SlackTarget> {
  const { WEBHOOK_PARAMETER: parameter, WEBHOOK_SECRET: secret } = process.env;
  if (!parameter && !secret) throw new Error('the environment has neither WEBHOOK_PARAMETER nor WEBHOOK_SECRET');
  const text = parameter
    ? await getParameter(parameter, { maxAge: 300, decrypt: true })
    : await getSecret(secret!, { maxAge: 300 });
  const target = typeof text === 'string' ? slackTarget(text) : undefined;
  if (!target) throw new Error(`${parameter || secret} holds neither a URL nor {"token": …, "channel": …}`);
  return target;
}
