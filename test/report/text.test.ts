import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ago,
  cut,
  displayWidth,
  duration,
  firstOf,
  jsonText,
  middle,
  percent,
  plural,
  visible,
  when,
} from '../../lib/report/text.ts';
import { HOSTILE } from '../support/report.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('jsonText', () => {
  it.each([...Object.entries(HOSTILE), ['no character', '\uFFFE\u{E0001}\u{1F600}']])(
    'gives %s back, and hides nothing in the file',
    (_name, text) => {
      for (const space of [undefined, 2]) {
        const json = jsonText({ [text]: [text] }, space);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
        expect(json.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }
    },
  );
});

describe('visible', () => {
  it.each([
    ['plain text', 'my-bucket äöü 漢 👍', 'my-bucket äöü 漢 👍'],
    ['line ends and tabs', 'a\r\n\tb', String.raw`a\r\n\tb`],
    ['an escape sequence', '\u001B[31m', String.raw`\u{1b}[31m`],
    ['a one-character escape', '\u009B2J', String.raw`\u{9b}2J`],
    ['a direction override', 'a\u202Eb', String.raw`a\u{202e}b`],
    ['a lone surrogate', 'a\uD83Db', String.raw`a\u{d83d}b`],
    ['a line separator', 'a\u2028b', String.raw`a\u{2028}b`],
    ['something with no width', 'a\u200Bb\uFEFF', String.raw`a\u{200b}b\u{feff}`],
    ['nothing', '', ''],
  ])('shows %s', (_name, given, shown) => {
    expect(visible(given)).toBe(shown);
  });

  it('leaves nothing hidden, and nothing to do the second time', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        const shown = visible(given);
        expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe('cut', () => {
  it.each([
    ['short', 'abc', 3, 'abc'],
    ['long', 'abcdef', 5, 'ab...'],
    ['between the halves of a character', 'ab👍cdefgh', 6, 'ab...'],
  ])('%s', (_name, given, max, expected) => {
    expect(cut(given, max)).toBe(expected);
  });

  it('is never longer than asked and always well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 40 }), (given, max) => {
        const short = cut(given, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('middle', () => {
  it.each([
    ['fits', 'abcdef', 6, 'abcdef'],
    ['keeps both ends', 'abcdefghij', 7, 'ab...ij'],
    ['gives the odd column to the beginning', 'abcdefghij', 8, 'abc...ij'],
    ['counts wide characters as two columns', '漢字漢字漢字', 8, '漢...字'],
    ['counts a family as one character of two columns', '👨‍👩‍👧👨‍👩‍👧', 4, '👨‍👩‍👧👨‍👩‍👧'],
    ['counts a combining mark as none', 'e\u0301e\u0301', 2, 'e\u0301e\u0301'],
  ])('%s', (_name, given, width, expected) => {
    expect(middle(given, width)).toBe(expected);
  });

  it('is never wider than asked', () => {
    const texts = fc.oneof(anyText, fc.string({ unit: 'grapheme' }), fc.constantFrom(...Object.values(HOSTILE)));
    fc.assert(
      fc.property(texts, fc.integer({ min: 3, max: 80 }), (given, width) => {
        expect(displayWidth(middle(visible(given), width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    [1, '100%'],
    [0.9999, '99.9%'],
    [0.999999999, '99.9%'],
    [0.973, '97.3%'],
    [0.29, '29%'],
    [0.0001, 'under 0.1%'],
    [0, '0%'],
  ])('%d as a share reads %s', (share, words) => {
    expect(percent(share)).toBe(words);
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.420Z', '0.4 s'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:42Z', '42 s'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:03:20Z', '3 min 20 s'],
    ['2026-01-01T00:00:10Z', '2026-01-01T00:00:00Z', '0 s'],
    ['yesterday', '2026-01-01T00:00:00Z', 'unknown time'],
  ])('from %s to %s is %s', (from, to, words) => {
    expect(duration(from, to)).toBe(words);
  });

  it.each([
    ['2025-12-31T23:59:00Z', 'today'],
    ['2025-12-30T23:59:00Z', '1 day ago'],
    ['2022-12-30T23:59:00Z', '1,097 days ago'],
    ['2026-01-02T00:00:00Z', 'today'],
    ['never', ''],
  ])('%s was %s', (instant, words) => {
    expect(ago(instant, '2026-01-01T00:00:00Z')).toBe(words);
  });

  it.each([
    ['2026-01-31T02:15:59.999Z', '2026-01-31 02:15 UTC'],
    ['2026-01-31T02:15:00+02:00', '2026-01-31 00:15 UTC'],
    ['\u001B[2J', String.raw`\u{1b}[2J`],
  ])('%s is shown as %s', (instant, words) => {
    expect(when(instant)).toBe(words);
  });

  it('counts', () => {
    expect([plural(1, 'finding'), plural(1204, 'finding'), plural(0, 'entry', 'entries')]).toEqual([
      '1 finding',
      '1,204 findings',
      '0 entries',
    ]);
    expect([firstOf(['a', 'b'], 2), firstOf(['a', 'b', 'c'], 1), firstOf([], 3)]).toEqual(['a, b', 'a and 2 more', '']);
  });
});
