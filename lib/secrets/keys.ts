import { isVaried } from './placeholder.ts';
import type { Rule, Span } from './rule.ts';

const ACCESS_KEY_ID = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g;
const SECRET_ACCESS_KEY = /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
/** How far from its id a secret access key may stand, in characters. */
const NEARBY = 400;

/** A secret access key has no shape but its length: forty such characters are one only near an access key id. */
export const awsSecretAccessKey: Rule = {
  name: 'aws-secret-access-key',
  *find(text) {
    let found = 0;
    for (const { 0: id, index } of text.matchAll(ACCESS_KEY_ID)) {
      const from = Math.max(found, index - NEARBY);
      for (const match of text.slice(from, index + id.length + NEARBY).matchAll(SECRET_ACCESS_KEY)) {
        if (!isGenerated(match[0])) continue;
        const start = from + match.index;
        found = start + match[0].length;
        yield { rule: 'aws-secret-access-key', start, end: found };
      }
    }
  },
};

/** Hashes in hexadecimal, paths and words are as long by chance, but do not mix capital and small letters and digits. */
function isGenerated(value: string): boolean {
  return isVaried(value) && [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(value));
}

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** A line of a key, whatever stands before it: line breaks (written out in JSON), indentation, headers of an encrypted key. */
const KEY_MATERIAL = /[A-Za-z0-9+/]{40}/;
const LINES_BEFORE = 400;
/** An RSA key of 8192 bits has some 6,400 characters. */
const LONGEST_KEY = 8192;

/** A header alone is what scripts look for with grep; a key follows it with its material. */
export const privateKey: Rule = {
  name: 'private-key',
  *find(text) {
    for (const { 0: header, index } of text.matchAll(PRIVATE_KEY)) {
      const span = keyAt(text, index, index + header.length);
      if (span) yield span;
    }
  },
};

function keyAt(text: string, start: number, body: number): Span | undefined {
  const rest = text.slice(body, body + LONGEST_KEY);
  const end = rest.indexOf('-----');
  const material = end === -1 ? rest : rest.slice(0, end);
  const isKey = KEY_MATERIAL.test(material.slice(0, LINES_BEFORE)) && isVaried(material);
  return isKey ? { rule: 'private-key', start, end: body + material.length } : undefined;
}
