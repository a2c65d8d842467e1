import { isLiteral } from './placeholder.ts';
import type { Rule, Span } from './rule.ts';

// Names end in what they hold: DB_PASSWORD, clientSecret, api-key2; but not PASSWORD_FILE or SecretArn.
const PASSWORD = /(?<password>passw(?:or)?d|passphrase|(?<=[_.-])(?:pass|pwd))/.source;
const TOKEN = /(?<!(?:next|page|continuation|client)[_-]?)token/.source;
// In an ARN of Secrets Manager, the name of the secret follows.
const KEY = /(?<!:\d{12}:)secret|(?:api|access|secret|auth|account|encryption|private)[_-]?key/.source;
const NAME = `(?:${PASSWORD}|${TOKEN}|${KEY})\\d{0,2}`;
const QUOTE = /\\{0,3}["']/.source;
/** NAME=, "name": and name := with what may stand around them; quotes may be escaped (JSON within JSON). */
const ASSIGNED = new RegExp(`${NAME}(?:${QUOTE})?\\]?(?<operator>[ \\t]{0,8}(?::=|=>|=|:)[ \\t]{0,8})`, 'gi');
/** --name and -Name before a space. */
const FLAG = new RegExp(`(?<![\\w-])--?[a-z-]{0,40}${NAME}(?<operator>[ \\t]{1,4})`, 'gi');

/** A literal that is given to a name under which secrets are kept. */
export const assignedSecret: Rule = {
  name: 'assigned-secret',
  *find(text) {
    for (const names of [ASSIGNED, FLAG]) {
      for (const match of text.matchAll(names)) {
        const value = valueAt(text, match.index + match[0].length);
        if (value && isSecret(match, value)) yield { rule: 'assigned-secret', start: value.start, end: value.end };
      }
    }
  },
};

interface Value extends Omit<Span, 'rule'> {
  readonly text: string;
  readonly isQuoted: boolean;
  /** The character behind it. */
  readonly next: string;
}

const QUOTED_VALUE = /\\{0,3}["'](?<text>[^"'\\\r\n]{1,512})/dy;
const BARE_VALUE = /(?<text>[^\s"'`;,&|<>(){}[\]\\]{1,512})/dy;

function valueAt(text: string, position: number): Value | undefined {
  return read(QUOTED_VALUE, text, position, true) ?? read(BARE_VALUE, text, position, false);
}

function read(expression: RegExp, text: string, position: number, isQuoted: boolean): Value | undefined {
  expression.lastIndex = position;
  const range = expression.exec(text)?.indices?.groups?.['text'];
  if (!range) return undefined;
  const [start, end] = range;
  return { text: text.slice(start, end), start, end, isQuoted, next: text.charAt(end) };
}

const SHORTEST_PASSWORD = 5;
const SHORTEST_KEY = 8;

function isSecret(match: RegExpExecArray, value: Value): boolean {
  const isPassword = match.groups?.['password'] !== undefined;
  const isShell = match.groups?.['operator'] === '=';
  if (value.text.length < (isPassword ? SHORTEST_PASSWORD : SHORTEST_KEY)) return false;
  // Sentences and code are no values.
  if (/\s/.test(value.text) || !isLiteral(value.text)) return false;
  if (!isPassword) return isGenerated(value.text);
  return value.isQuoted || isBarePassword(value, isShell, match[0] === match[0].toUpperCase());
}

const EXPRESSION = /[([{`$]/;
const WORDS = /^[A-Za-z._-]+$/;
const MEMBER = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/;

/** Without quotes, a word may be a password only where a shell variable is set: elsewhere it is a keyword, a type or a variable. */
function isBarePassword({ text, next }: Value, isShell: boolean, isCapital: boolean): boolean {
  if (EXPRESSION.test(next)) return false;
  if (isShell && isCapital) return true;
  return !WORDS.test(text) && (isShell || !MEMBER.test(text));
}

const ACCESS_KEY_ID = /^(?:AKIA|ASIA)[A-Z2-7]{16}$/;
/** Names of resources are made of words, each perhaps numbered. */
const NUMBERED_WORD = /^(?:[a-z]*(?:[A-Z][a-z]+)*|[A-Z]+)\d{0,3}$/;
const DISTINCT_CHARACTERS = 6;

function isGenerated(value: string): boolean {
  if (!/[A-Za-z]/.test(value) || !/\d/.test(value) || new Set(value).size < DISTINCT_CHARACTERS) return false;
  if (ACCESS_KEY_ID.test(value)) return false;
  return !value.split(/[-_./:]/).every((part) => NUMBERED_WORD.test(part));
}
