/** Text of any kind made fit to be read. Names, tags and messages come from AWS and may be hostile; nothing here trusts them. */

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/** Most texts by far. */
const PLAIN = /^[\x20-\x7E]*$/;

/** One line in which nothing hides: control characters, direction overrides, lone surrogates and the like are spelled out. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replaceAll(HIDDEN, (character) => NAMED[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Every hidden character but the line ends of the layout; in JSON they stand in strings alone. */
const HIDDEN_IN_JSON = /[^\n\P{C}]|[\p{Zl}\p{Zp}]/gu;

/** JSON in which nothing hides either: readers of it get the same value, and neither a terminal nor a reader of lines acts on it. */
export function jsonText(value: unknown, space?: number): string {
  return JSON.stringify(value, null, space).replaceAll(HIDDEN_IN_JSON, (character) =>
    character.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** At most `max` UTF-16 units, the last three of them dots where something was cut; never half a character. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 3).replace(/\p{Cs}$/u, '')}...`;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What terminals draw over two columns: East Asian wide and full-width characters, and emoji. */
const WIDE =
  /\p{Emoji_Presentation}|\uFE0F|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const BARE_MARKS = /^\p{M}+$/u;

function columns(grapheme: string): number {
  if (BARE_MARKS.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** How many columns of a terminal a line takes. */
export function displayWidth(line: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(line)) width += columns(segment);
  return width;
}

/** At most `width` columns, keeping both ends: the end of a name often tells more than its middle. */
export function middle(line: string, width: number): string {
  // A column holds at most a few dozen UTF-16 units of one grapheme: what lies beyond can be dropped before counting.
  const short = line.length > 4000 ? `${line.slice(0, 2000)}${line.slice(-2000)}` : line;
  if (short === line && displayWidth(line) <= width) return line;
  const parts = [...graphemes.segment(short)].map(({ segment }) => segment);
  const room = Math.max(0, width - 3);
  return `${fill(parts, Math.ceil(room / 2))}...${fill(parts.toReversed(), Math.floor(room / 2), true)}`;
}

function fill(parts: readonly string[], room: number, isReversed = false): string {
  const taken: string[] = [];
  let width = 0;
  for (const part of parts) {
    width += columns(part);
    if (width > room) break;
    taken.push(part);
  }
  return (isReversed ? taken.toReversed() : taken).join('');
}

/** A name or a sentence as a piece of a line on the terminal: nothing hides in it, and it floods no screen. */
export function brief(text: string, width = 200): string {
  return middle(visible(text), width);
}

/** What people call an account, with its id; the id alone where it has no name. */
export function accountWords(account: string, names: Readonly<Record<string, string>> = {}): string {
  return Object.hasOwn(names, account) ? `${names[account]} (${account})` : account;
}

const english = new Intl.NumberFormat('en');
export const number = (value: number): string => english.format(value);

/** "1 finding", "1,204 findings". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A share from 0 to 1. It is rounded down, so that nothing but everything reads as 100%. */
export function percent(share: number): string {
  const tenths = Math.floor(share * 1000 + 1e-9);
  return tenths === 0 && share > 0 ? 'under 0.1%' : `${tenths / 10}%`;
}

/** "2026-01-31 02:15 UTC"; what is no instant is shown as it is. */
export function when(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? visible(instant) : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Whole days from one instant to a later one, in words; '' where either is none. */
export function ago(instant: string, now: string): string {
  const days = Math.floor((Date.parse(now) - Date.parse(instant)) / 86_400_000);
  if (Number.isNaN(days)) return '';
  return days < 1 ? 'today' : `${plural(days, 'day')} ago`;
}

/** "0.4 s", "42 s", "3 min 20 s". */
export function duration(from: string, to: string): string {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  if (Number.isNaN(seconds)) return 'unknown time';
  if (seconds < 10) return `${Math.max(0, Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${number(Math.floor(whole / 60))} min ${whole % 60} s`;
}

/** "a, b and 3 more". */
export function firstOf(names: readonly string[], shown: number): string {
  const rest = names.length - shown;
  if (rest <= 0) return names.join(', ');
  return `${names.slice(0, shown).join(', ')} and ${number(rest)} more`;
}
