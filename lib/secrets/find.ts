import { createHash } from 'node:crypto';
import { assignedSecret } from './assignments.ts';
import { COMMAND_RULES } from './commands.ts';
import { awsSecretAccessKey, privateKey } from './keys.ts';
import { lineCounter } from './lines.ts';
import type { Rule, Span } from './rule.ts';
import { TOKENS } from './tokens.ts';

/** A secret, told without the secret. */
export interface Match {
  /** The kind of secret: 'private-key', 'github-token', 'assigned-secret' and so on. */
  readonly pattern: string;
  /** Counted from 1. */
  readonly line: number;
  /** The first 12 hexadecimal digits of the secret's SHA-256, to recognise it by. */
  readonly hash: string;
}

/** The most telling first: where two recognise the same text, the first names it. */
const RULES: readonly Rule[] = [awsSecretAccessKey, privateKey, ...TOKENS, ...COMMAND_RULES, assignedSecret];

/**
 * The secrets in a text, in the order in which they stand there. Takes time in proportion to the text, whatever it holds.
 * For environment variables, pass a line NAME=value for each.
 */
export function findSecrets(text: string): Match[] {
  const lines = lineCounter(text);
  return distinctSpans(text)
    .toSorted((a, b) => a.start - b.start)
    .map(({ rule, start, end }) => ({ pattern: rule, line: lines(start), hash: hashOf(text.slice(start, end)) }));
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 12);
}

/** What the rules find, each stretch of the text once. */
function distinctSpans(text: string): Span[] {
  const taken = new Uint8Array(text.length);
  const spans: Span[] = [];
  for (const rule of RULES) {
    for (const span of rule.find(text)) {
      if (taken.subarray(span.start, span.end).includes(1)) continue;
      taken.fill(1, span.start, span.end);
      spans.push(span);
    }
  }
  return spans;
}
