import { cut, visible } from './text.ts';

/** Text for chat: the Markdown that Slack and Amazon Q Developer have in common. It holds no raw `<` or `>`, so no link and no mention. */

/** Words without a character that a chat client acts on. A colon ends a word (`:emoji:`, `https:`), a dot is in no host name. */
const PLAIN_WORD = /^(?:[\p{L}\p{N},;()'"+=%/$?-]|:$|\.(?!\p{L}))*$/u;

/** Escapes what Slack asks to be escaped in every text. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A name: always as code, where nothing is a link, a mention or a style. */
export function asCode(text: string, max = 120): string {
  return `\`${escapeSlack(cut(visible(text), max).replaceAll('`', "'")) || ' '}\``;
}

/** A sentence: its harmless words as they are, the others as code. */
export function asText(text: string, max = 240): string {
  return cut(visible(text), max)
    .split(' ')
    .map((word) => (PLAIN_WORD.test(word) ? word : asCode(word, max)))
    .join(' ');
}
