import { setTimeout } from 'node:timers/promises';
import { slackDigest, type SlackMessage } from '../report/slack.ts';
import { postedAs, refusal, retryAfterMs, slackRequest, type SlackTarget, unreachable } from '../report/slack-api.ts';

/** What is known of the time that is left, as Lambda tells it. */
export interface Clock {
  getRemainingTimeInMillis(): number;
}
interface Notice {
  readonly MessageId: string;
  readonly Message: string;
}

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

/** Posts messages of the topic to Slack. What Slack does not take is thrown; tried again, nothing is said twice. */
export async function deliverAll(target: SlackTarget, notices: readonly Notice[], clock: Clock): Promise<void> {
  const pace = pacemaker();
  for (const notice of notices) await deliver(target, notice, { clock, pace });
  for (const { MessageId } of notices) unfinished.delete(MessageId);
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
async function deliver(target: SlackTarget, { MessageId, Message }: Notice, { clock, pace }: Tempo): Promise<void> {
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
