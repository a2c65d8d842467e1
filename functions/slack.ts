import { setTimeout } from 'node:timers/promises';
import { getSecret } from '@aws-lambda-powertools/parameters/secrets';
import { getParameter } from '@aws-lambda-powertools/parameters/ssm';
import type { Context, SNSEvent } from 'aws-lambda';
import { refusal, retryAfterMs, slackMessage, unreachable } from '../lib/report/slack.ts';

type Clock = Pick<Context, 'getRemainingTimeInMillis'>;

/** SNS to Slack. What Slack does not take is thrown, so that it is tried again and then kept in the dead-letter queue. */
export async function handler({ Records }: SNSEvent, clock: Clock): Promise<void> {
  const url = await webhook();
  for (const { Sns } of Records) await post(url, JSON.stringify(slackMessage(Sns.Message)), clock);
}

/** The URL is a secret: it is in no environment, no error and no log. */
async function webhook(): Promise<string> {
  const { WEBHOOK_PARAMETER: parameter, WEBHOOK_SECRET: secret } = process.env;
  if (!parameter && !secret) throw new Error('the environment has neither WEBHOOK_PARAMETER nor WEBHOOK_SECRET');
  const url = parameter
    ? await getParameter(parameter, { maxAge: 300, decrypt: true })
    : await getSecret(secret!, { maxAge: 300 });
  if (typeof url !== 'string' || !URL.canParse(url)) throw new Error(`${parameter || secret} does not hold a URL`);
  return url;
}

async function post(url: string, body: string, clock: Clock): Promise<void> {
  const timeLeft = () => Math.max(1, clock.getRemainingTimeInMillis() - 2_000);
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    redirect: 'manual',
  } as const;
  const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeLeft()) }).catch(unreachable);
  if (answer.ok) return;
  const wait = retryAfterMs(answer.headers.get('retry-after'));
  if (answer.status !== 429 || !(wait < timeLeft())) throw new Error(refusal(answer.status, await answer.text()));
  await setTimeout(wait);
  return post(url, body, clock);
}
