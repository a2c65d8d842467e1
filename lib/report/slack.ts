import type { ContextBlock, HeaderBlock, SectionBlock } from '@slack/types';
import * as z from 'zod';
import { SEVERITIES } from '../core/severity.ts';
import { CHANGES, changeWords } from './digest.ts';
import { asCode, asText, escapeSlack } from './markdown.ts';
import { detailsKey, EVENT_TYPE } from './sns.ts';
import { cut, number, plural, visible } from './text.ts';

type SlackBlock = ContextBlock | HeaderBlock | SectionBlock;
export interface SlackMessage {
  /** What notifications show, and clients without blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}
export interface SlackDigest {
  readonly digest: SlackMessage;
  /** What a thread below the digest tells of each severity, worst first. */
  readonly details: readonly SlackMessage[];
}

/** Slack's limits (Block Kit reference) are 50 blocks, 3,000 characters of a section and 150 of a header. There is room for the line that counts what is left out. */
const MAX_BLOCKS = 45;
const MAX_SECTION = 2_900;
const MAX_HEADER = 150;
/** Of a field: Slack allows ten with 2,000 characters each. */
const MAX_FIELD = 500;
/** All blocks of a message share one more limit, undocumented, of about 13,000 characters: as JSON they have less. */
const MAX_TOTAL = 11_500;

/** The parts of our own notification that are shown; whatever is shaped otherwise came from somebody else. */
const ours = z.object({
  version: z.literal('1.0'),
  source: z.literal('custom'),
  content: z.object({ title: z.string(), description: z.string(), nextSteps: z.array(z.string()) }),
  metadata: z.object({ eventType: z.literal(EVENT_TYPE), additionalContext: z.record(z.string(), z.string()) }),
});
type Ours = z.infer<typeof ours>;
const alarm = z.object({ AlarmName: z.string(), NewStateValue: z.string(), NewStateReason: z.string() });

/** A message of the topic as Slack shows it: one of ours in blocks, with its details; an alarm or anything else as plain text. */
export function slackDigest(alertMessage: string): SlackDigest {
  const json = parsed(alertMessage);
  const own = ours.safeParse(json);
  if (own.success) return { digest: digestOf(own.data), details: detailsOf(own.data) };
  const rung = alarm.safeParse(json);
  const text = rung.success
    ? `${rung.data.AlarmName} is in state ${rung.data.NewStateValue}: ${rung.data.NewStateReason}`
    : alertMessage;
  return { digest: plain(text), details: [] };
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

function digestOf({ content, metadata }: Ours): SlackMessage {
  const context = metadata.additionalContext;
  const title = cutEscaped(visible(content.title), MAX_HEADER);
  const steps = content.nextSteps.map((step) => `• ${unlinked(step)}`).join('\n');
  const link = `${pageOf(context['page'])}   run ${asCode(context['run'] ?? 'unknown')}`;
  const start: SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    { type: 'section', fields: countsOf(context).map(mrkdwn) },
  ];
  const end: SlackBlock[] = [
    ...(steps === '' ? [] : [section(`*Next*\n${steps}`)]),
    { type: 'context', elements: [mrkdwn(link)] },
  ];
  const paragraphs = unlinked(content.description).split(/\n{2,}/);
  const pieces = paragraphs.flatMap((paragraph) =>
    piecesOf(paragraph.split('\n').filter((line) => line.trim() !== '')),
  );
  return { text: title, blocks: [...start, ...fitting(pieces, sizeOf([...start, ...end])), ...end] };
}

function detailsOf({ metadata }: Ours): SlackMessage[] {
  return SEVERITIES.flatMap((severity) => {
    const text = metadata.additionalContext[detailsKey(severity)]?.trim();
    if (!text) return [];
    const title = `Details: ${severity}`;
    const start: SlackBlock[] = [{ type: 'header', text: { type: 'plain_text', text: title, emoji: false } }];
    return [{ text: title, blocks: [...start, ...fitting(piecesOf(unlinked(text).split('\n')), sizeOf(start))] }];
  });
}

/** Our own texts hold no raw `<` or `>`; a forged one must not bring links or mentions either. */
const unlinked = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true }) as const;
const section = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(cut(text, MAX_SECTION)) });

/** At most three facts, side by side. */
function countsOf(context: Readonly<Record<string, string>>): string[] {
  const count = (name: string) => Number(context[name] ?? 0) || 0;
  const told = (names: readonly (readonly [name: string, words: string])[]) =>
    names.flatMap(([name, words]) => (count(name) > 0 ? [`${number(count(name))} ${words}`] : []));
  const changed = told([
    ...CHANGES.map((change) => [change, changeWords(change)] as const),
    ['expired', count('expired') === 1 ? 'waiver expired' : 'waivers expired'],
    ['expiring', count('expiring') === 1 ? 'waiver expiring' : 'waivers expiring'],
    ['lost', 'can no longer be judged'],
  ]);
  const failing = told(SEVERITIES.map((severity) => [severity, severity] as const));
  const whose = context['owner'] === undefined ? '' : ` for ${asText(context['owner'], 60)}`;
  const coverage = escapeSlack(visible(context['coverage'] ?? 'unknown'));
  return [
    ...(changed.length > 0 ? [`*Since the last run*\n${changed.join('\n')}`] : []),
    `*Failing now${whose}*\n${failing.join('\n') || 'nothing'}`,
    `*Could not be judged${whose}*\n${number(count('unknown'))}`,
    `*Coverage of the run*\n${coverage}`,
  ].map((text) => cut(text, MAX_FIELD));
}

function pageOf(page = ''): string {
  if (!URL.canParse(page) || new URL(page).protocol !== 'https:') return `report: ${asCode(page || 'unknown', 400)}`;
  return `<${escapeSlack(new URL(page).href.replaceAll('|', '%7C'))}|Open the report>`;
}

/** Pieces as sections; what does not fit is counted. */
function fitting(pieces: readonly string[], taken: number): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  let total = taken;
  let left = 0;
  for (const text of pieces) {
    const block = section(text);
    const size = sizeOf([block]);
    if (left > 0 || total + size > MAX_TOTAL || blocks.length >= MAX_BLOCKS) {
      left += text.split('\n').filter((line) => line.startsWith('•')).length || 1;
      continue;
    }
    blocks.push(block);
    total += size;
  }
  return left === 0 ? blocks : [...blocks, section(`${plural(left, 'more line')} in the report`)];
}

/** Lines in pieces that fit a section. */
function piecesOf(lines: readonly string[]): string[] {
  const pieces: string[] = [];
  for (const line of lines) {
    const piece = cut(line, MAX_SECTION);
    const last = pieces.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= MAX_SECTION)
      pieces[pieces.length - 1] = `${last}\n${piece}`;
    else pieces.push(piece);
  }
  // A section that shows nothing is refused.
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
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
