import type { ContextBlock, HeaderBlock, SectionBlock } from '@slack/types';
import * as z from 'zod';
import { SEVERITIES } from '../core/severity.ts';
import { CHANGES, changeWords } from './digest.ts';
import { asCode, escapeSlack } from './markdown.ts';
import { EVENT_TYPE } from './sns.ts';
import { cut, number, plural, visible } from './text.ts';

type SlackBlock = ContextBlock | HeaderBlock | SectionBlock;
export interface SlackMessage {
  /** What notifications show, and clients without blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

/** Slack's limits (Block Kit reference), with room for the line that counts what is left out. All blocks of a message share one more, undocumented: 12,000 is safe. */
const MAX_BLOCKS = 45;
const MAX_TOTAL = 11_500;
const MAX_SECTION = 2_900;
const MAX_HEADER = 150;

/** The parts of our own notification that are shown; whatever is shaped otherwise came from somebody else. */
const ours = z.object({
  version: z.literal('1.0'),
  source: z.literal('custom'),
  content: z.object({ title: z.string(), description: z.string(), nextSteps: z.array(z.string()) }),
  metadata: z.object({ eventType: z.literal(EVENT_TYPE), additionalContext: z.record(z.string(), z.string()) }),
});
const alarm = z.object({ AlarmName: z.string(), NewStateValue: z.string(), NewStateReason: z.string() });

/** A message of the topic as Slack shows it: one of ours in blocks; an alarm or anything else as plain text. */
export function slackMessage(alertMessage: string): SlackMessage {
  const json = parsed(alertMessage);
  const own = ours.safeParse(json);
  if (own.success) return notification(own.data);
  const rung = alarm.safeParse(json);
  return plain(
    rung.success
      ? `${rung.data.AlarmName} is in state ${rung.data.NewStateValue}: ${rung.data.NewStateReason}`
      : alertMessage,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function plain(message: string): SlackMessage {
  const text = cutEscaped(message.split('\n').map(visible).join('\n').trim() || '(an empty message)', MAX_SECTION);
  return {
    text: cut(text, MAX_SECTION),
    blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }],
  };
}

function notification({ content, metadata }: z.infer<typeof ours>): SlackMessage {
  const context = metadata.additionalContext;
  const title = cutEscaped(visible(content.title), MAX_HEADER);
  const steps = content.nextSteps.map((step) => `• ${unlinked(step)}`).join('\n');
  const end: SlackBlock[] = [
    ...(steps === '' ? [] : [section(`*Next*\n${steps}`)]),
    {
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          text: `${pageOf(context['page'])}   run ${asCode(context['run'] ?? 'unknown')}`,
          verbatim: true,
        },
      ],
    },
  ];
  const start: SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    section(counts(context)),
  ];
  return {
    text: title,
    blocks: [...start, ...fitting(unlinked(content.description), sizeOf([...start, ...end])), ...end],
  };
}

/** Our own texts hold no raw `<` or `>`; a forged one must not bring links or mentions either. */
const unlinked = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const section = (text: string): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: cut(text, MAX_SECTION), verbatim: true },
});

function counts(context: Readonly<Record<string, string>>): string {
  const count = (name: string) => Number(context[name] ?? 0) || 0;
  const changed = CHANGES.flatMap((change) =>
    count(change) > 0 ? [`${number(count(change))} ${changeWords(change)}`] : [],
  );
  const failing = SEVERITIES.flatMap((severity) =>
    count(severity) > 0 ? [`${number(count(severity))} ${severity}`] : [],
  ).join(', ');
  return [
    ...(changed.length > 0 ? [`*Since the last run:* ${changed.join(', ')}`] : []),
    `*Failing now:* ${failing || 'nothing'}`,
    `*Coverage:* ${escapeSlack(visible(context['coverage'] ?? 'unknown'))}, ${number(count('unknown'))} could not be judged`,
  ].join('\n');
}

function pageOf(page = ''): string {
  if (!URL.canParse(page) || new URL(page).protocol !== 'https:') return `report: ${asCode(page || 'unknown', 400)}`;
  return `<${escapeSlack(new URL(page).href.replaceAll('|', '%7C'))}|Open the report>`;
}

/** The description as sections, cut at its own line ends; what does not fit is counted. */
function fitting(description: string, taken: number): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let total = taken;
  let left = 0;
  for (const text of chunks(description)) {
    if (left > 0 || total + text.length > MAX_TOTAL || blocks.length >= MAX_BLOCKS) {
      left += text.split('\n').filter((line) => line.startsWith('•')).length || 1;
      continue;
    }
    blocks.push(section(text));
    total += text.length;
  }
  return left === 0 ? blocks : [...blocks, section(`${plural(left, 'more line')} in the report`)];
}

/** Paragraphs, each in pieces of whole lines that fit a section. */
function chunks(description: string): string[] {
  return description.split(/\n{2,}/).flatMap((paragraph) => {
    const pieces: string[] = [];
    for (const line of paragraph.split('\n').filter((text) => text.trim() !== '')) {
      const piece = cut(line, MAX_SECTION);
      const last = pieces.at(-1);
      if (last !== undefined && last.length + 1 + piece.length <= MAX_SECTION)
        pieces[pieces.length - 1] = `${last}\n${piece}`;
      else pieces.push(piece);
    }
    return pieces;
  });
}

function sizeOf(blocks: readonly SlackBlock[]): number {
  return JSON.stringify(blocks).length;
}

/** Escaped text of at most `max` characters that does not end within an entity. */
function cutEscaped(text: string, max: number): string {
  let short = cut(text, max);
  while (escapeSlack(short).length > max)
    short = cut(text, short.length - Math.max(1, Math.ceil((escapeSlack(short).length - max) / 5)));
  return escapeSlack(short);
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
