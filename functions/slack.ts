import { setTimeout } from 'node:timers/promises';
import { getSecret } from '@aws-lambda-powertools/parameters/secrets';
import { getParameter } from '@aws-lambda-powertools/parameters/ssm';
import type { Context, SNSEvent, SNSMessage } from 'aws-lambda';
import { slackDigest, type SlackMessage } from '../lib/report/slack.ts';
import {
  postedAs,
  refusal,
  retryAfterMs,
  slackRequest,
  type SlackTarget,
  slackTarget,
  unreachable,
} from '../lib/report/slack-api.ts';

type Clock = Pick<Context, 'getRemainingTimeInMillis'>;

/** Slack takes one message a second in a channel (its documentation, "Rate limits"). */
const PACE_MS = 1_000;
/** Kept of the function's time for failing in order. */
const MARGIN_MS = 2_000;

/** How far a message came that could not be posted whole. Lambda tries again where it is warm, and must not say anything twice. */
interface Progress {
  posted: number;
  thread?: string | undefined;
}
const unfinished = new Map<string, Progress>();

/** SNS to Slack. What Slack does not take is thrown, so that it is tried again and then kept in the dead-letter queue. */
export async function handler({ Records }: SNSEvent, clock: Clock): Promise<void> {
  const target = await targetOf();
  const pace = pacemaker();
  for (const { Sns } of Records) await deliver(target, Sns, { clock, pace });
  for (const { Sns } of Records) unfinished.delete(Sns.MessageId);
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

/** Waits before every message but the first. */
function pacemaker(): () => Promise<void> {
  let isFirst = true;
  return async () => {
    if (!isFirst) await setTimeout(PACE_MS);
    isFirst = false;
  };
}

interface Tempo {
  readonly clock: Clock;
  pace(): Promise<void>;
}

/** The digest; below it, where the target has threads, the details of each severity. */
async function deliver(target: SlackTarget, { MessageId, Message }: SNSMessage, { clock, pace }: Tempo): Promise<void> {
  const { digest, details } = slackDigest(Message);
  const messages = target.kind === 'bot' ? [digest, ...details] : [digest];
  const progress = unfinished.get(MessageId) ?? { posted: 0 };
  unfinished.set(MessageId, progress);
  while (progress.posted < messages.length) {
    await pace();
    const ts = await post(target, messages[progress.posted]!, progress.thread, clock);
    progress.thread ??= ts;
    progress.posted += 1;
  }
}

async function post(
  target: SlackTarget,
  message: SlackMessage,
  thread: string | undefined,
  clock: Clock,
): Promise<string | undefined> {
  const timeLeft = () => Math.max(1, clock.getRemainingTimeInMillis() - MARGIN_MS);
  const request = { method: 'POST', redirect: 'manual', ...slackRequest(target, message, thread) } as const;
  const answer = await fetch(target.url, { ...request, signal: AbortSignal.timeout(timeLeft()) }).catch(unreachable);
  const body = await answer.text().catch(unreachable);
  if (answer.status !== 429) return postedAs(target, answer.status, body);
  // Messages of several owners arrive at the same time: they must not all come back at the same time.
  const wait = retryAfterMs(answer.headers.get('retry-after')) + Math.floor(Math.random() * PACE_MS);
  if (!(wait < timeLeft())) throw new Error(refusal(answer.status, body));
  await setTimeout(wait);
  return post(target, message, thread, clock);
}
