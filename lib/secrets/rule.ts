/** A secret in a text: from where to where it stands, and by which rule it was recognised. */
export interface Span {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** One way to recognise secrets. */
export interface Rule {
  readonly name: string;
  find(text: string): Iterable<Span>;
}

/**
 * A rule of one regular expression with the flags g and d. The secret is the group of that name, else the whole match.
 * To stay linear on hostile text, an expression repeats without bound only what nothing has to follow.
 */
export function rule(
  name: string,
  expression: RegExp,
  isSecret: (value: string, match: RegExpExecArray) => boolean,
): Rule {
  return {
    name,
    *find(text) {
      for (const match of text.matchAll(expression)) {
        const [start, end] = match.indices?.groups?.['secret'] ?? match.indices![0]!;
        if (isSecret(text.slice(start, end), match)) yield { rule: name, start, end };
      }
    },
  };
}
