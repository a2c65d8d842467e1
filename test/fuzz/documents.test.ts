import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unknown } from '../../lib/core/view.ts';
import { parsePolicy } from '../../lib/policy/document.ts';
import { storedPolicy } from '../../lib/policy/stored.ts';
import { findSecrets } from '../../lib/secrets/find.ts';
import { readUserData } from '../../lib/secrets/user-data.ts';

const isAll = process.env['RONDA_FUZZ'] === 'all';
const PARAMETERS = { seed: Number(process.env['RONDA_FUZZ_SEED'] ?? 20_260_601), numRuns: isAll ? 50_000 : 1_000 };
/** EC2 takes so much user data (EC2 user guide: run commands at launch). */
const LONGEST = 16_384;

/** Letters that policies and scripts are made of, so that chance comes near to what is read. */
const LETTERS = [
  ...Array.from('{}[]":,.\\/=-_$%&*+ \t\r\n\0\u2028\uFFFF'),
  ...['Statement', 'Effect', 'Allow', 'Principal', 'Condition', 'arn:aws:iam::', 'password', 'secret', 'token', 'AKIA'],
  ...[
    '-----BEGIN',
    'PRIVATE KEY-----',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="',
    'curl -u ',
    '://',
  ],
];
const near = fc.array(fc.constantFrom(...LETTERS), { maxLength: 200 }).map((parts) => parts.join(''));
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 2_000 }), near, fc.json(), near.map(encodeURIComponent));

describe('a policy of whatever text', () => {
  it('is read, or is refused in words that are ours', () => {
    fc.assert(
      fc.property(text, (document) => {
        try {
          expect(parsePolicy(document).statements).toBeInstanceOf(Array);
        } catch (error) {
          expect((error as Error).message).toMatch(/^policy document: /);
        }
      }),
      PARAMETERS,
    );
  });

  it('of whatever value likewise, and is unknown where AWS holds it', () => {
    const part = fc.oneof(text, fc.anything({ maxDepth: 3, withNullPrototype: true }));
    const statement = fc.record(
      {
        Sid: part,
        Effect: fc.oneof(fc.constantFrom('Allow', 'Deny'), part),
        Action: part,
        Resource: part,
        Principal: part,
        Condition: part,
      },
      { requiredKeys: [] },
    );
    const policy = fc.record({
      Version: fc.oneof(fc.constant('2012-10-17'), part),
      Statement: fc.oneof(fc.array(statement), part),
    });
    fc.assert(
      fc.property(policy, (document) => {
        try {
          parsePolicy(document);
        } catch (error) {
          expect((error as Error).message).toMatch(/^policy document: /);
        }
        try {
          storedPolicy(
            JSON.stringify(document, (_, value: unknown) => (typeof value === 'bigint' ? 7 : value)),
            'x:Y',
          );
        } catch (error) {
          expect(error).toBeInstanceOf(Unknown);
        }
      }),
      PARAMETERS,
    );
  });
});

describe('user data of whatever bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }).map((array) => Buffer.from(array)),
    text.map((string) => Buffer.from(string)),
    fc.uint8Array({ maxLength: 200 }).map((array) => gzipSync(array)),
    // A header of gzip, and nothing that follows from it.
    fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from([0x1f, 0x8b, ...array])),
  );

  it('is searched', () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const { kind, matches } = readUserData(content.toString('base64'));
        expect(['text', 'empty', 'binary']).toContain(kind);
        for (const { line } of matches) expect(line).toBeGreaterThan(0);
      }),
      PARAMETERS,
    );
  });

  it('that is no base64 is searched as well', () => {
    fc.assert(
      fc.property(text, (string) => {
        expect(readUserData(string).matches).toBeInstanceOf(Array);
      }),
      PARAMETERS,
    );
  });
});

/** A regular expression that tries again and again would not end with texts that are made to mislead it. */
it('the longest user data is searched to its end, whatever it repeats', () => {
  const filled = (piece: string): string => piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST);
  const pieces = fc.array(fc.constantFrom(...LETTERS, 'a', '0', 'x='), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(pieces, fc.constantFrom('', '"', '@', 'x', '\n'), (parts, end) => {
      expect(findSecrets(filled(parts.join('')) + end)).toBeInstanceOf(Array);
    }),
    { ...PARAMETERS, numRuns: isAll ? 20_000 : 200 },
  );
});
