import * as z from 'zod';
import type { SlackMessage } from './slack.ts';

/** Where messages go. A webhook answers with no id of what it posted, so that only a bot can reply in a thread. */
export type SlackTarget =
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'bot'; readonly url: string; readonly token: string; readonly channel: string };

const botSchema = z.strictObject({
  token: z.string().regex(/^[\x21-\x7E]+$/),
  channel: z.string().min(1),
  /** Of another Slack, such as GovSlack. */
  api: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
});

/** Reads the secret: a webhook's URL, or {"token", "channel"} of a bot that may chat:write there. Undefined where it is neither. */
export function slackTarget(secret: string): SlackTarget | undefined {
  const text = secret.trim();
  if (!text.startsWith('{')) return URL.canParse(text) ? { kind: 'webhook', url: text } : undefined;
  const bot = botSchema.safeParse(parsed(text));
  if (!bot.success) return undefined;
  const { token, channel, api } = bot.data;
  return { kind: 'bot', url: new URL('chat.postMessage', api.endsWith('/') ? api : `${api}/`).href, token, channel };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What is sent for a message; in a thread where one is named by the `ts` of its first message. */
export function slackRequest(
  target: SlackTarget,
  message: SlackMessage,
  thread?: string,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  if (target.kind === 'webhook') return { headers: type, body: JSON.stringify(message) };
  const { token, channel } = target;
  const body = { channel, ...message, unfurl_links: false, unfurl_media: false, ...(thread && { thread_ts: thread }) };
  return { headers: { ...type, authorization: `Bearer ${token}` }, body: JSON.stringify(body) };
}

const answerSchema = z.object({ ok: z.boolean(), ts: z.string().optional(), error: z.string().optional() });

/** The `ts` of what a bot posted; a webhook names none. Throws what Slack said where it took nothing: chat.postMessage refuses with status 200. */
export function postedAs(target: SlackTarget, status: number, body: string): string | undefined {
  const isDone = status >= 200 && status < 300;
  if (target.kind === 'webhook' && isDone) return undefined;
  const answer = answerSchema.safeParse(parsed(body));
  if (isDone && answer.success && answer.data.ok) return answer.data.ts;
  throw new Error(refusal(status, answer.data?.error ?? body));
}

/** Slack names an error in one word; nothing else of an answer is repeated, since proxies quote the URL. */
export function refusal(status: number, body: string): string {
  const word = /^[a-z_]{1,50}$/.exec(body.trim())?.[0];
  return `Slack answered ${status}${word ? ` ${word}` : ''}`;
}

/** What fetch throws may quote the URL: only its code is kept. */
export function unreachable({ name, cause }: { readonly name: string; readonly cause?: unknown }): never {
  throw new Error(`Slack could not be reached: ${(cause as { code?: string } | undefined)?.code ?? name}`);
}

/** Retry-After in milliseconds: at least a second, as Slack takes one message a second; NaN for a date. */
export function retryAfterMs(header: string | null): number {
  return Math.max(1, Number(header)) * 1_000;
}
