import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, hasWildcard, isFixed, matches, matchesAction, overlaps } from '../../lib/policy/wildcard.ts';

describe('matches', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['?', '', false],
    ['?', 'a', true],
    ['??', 'a', false],
    ['a*', 'a', true],
    ['a*c', 'abbbc', true],
    ['a*c', 'abbb', false],
    ['*a*b', 'xaxab', true],
    ['arn:aws:s3:::*', 'arn:aws:s3:::bucket/a/b:c', true],
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/x', true],
    ['arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/X', false],
    ['a.c', 'abc', false],
    ['a?', 'a*', true],
    ['${*}', '*', true],
    ['${*}', 'a', false],
    ['${*}a', '*A', false],
    ['${?}*', '?a', true],
    ['${?}', 'a', false],
    ['${$}{*}', '${a}', true],
    ['${aws:username}', 'anna', false],
  ])('%j against %j: %s', (pattern, value, expected) => {
    expect(matches(pattern, value)).toBe(expected);
  });

  it('agrees with a plain reference on short texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (pattern, value) => {
        expect(matches(pattern, value)).toBe(reference(pattern, value));
        expect(matchesAction(pattern, value.toUpperCase())).toBe(reference(pattern, value));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(5000)],
    ['*'.repeat(5000), 'a'.repeat(5000)],
    [`${'*?'.repeat(2000)}b`, 'a'.repeat(5000)],
  ])('ends soon on hostile patterns (%#)', (pattern, value) => {
    expect(matches(pattern, value)).toBe(!pattern.endsWith('b'));
    expect(matchesAction(pattern, value)).toBe(!pattern.endsWith('b'));
  });
});

describe('matchesAction', () => {
  it.each([
    ['IAM:*', 'iam:CreateUser', true],
    ['s3:pu?object', 's3:PutObject', true],
    ['s3:Get*', 's3:PutObject', false],
    ['*', 'anything', true],
    ['s3:Get[', 's3:get{', false],
    ['AZ', 'az', true],
    ['@[', '`{', false],
    ['s3:?', 's3:*', true],
  ])('%j against %j: %s', (pattern, action, expected) => {
    expect(matchesAction(pattern, action)).toBe(expected);
  });
});

describe('covers', () => {
  it.each([
    ['*', 'anything*', true],
    ['s3:*', 's3:Get*', true],
    ['s3:Get*', 's3:*', false],
    ['a?', 'a*', false],
    ['a?', 'a?', true],
    ['a*', 'a?', true],
    ['a?*', 'a*', false],
    ['a?', 'ab', true],
    ['arn:aws:s3:::b*', 'arn:aws:s3:::b/*', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['${*}', '*', false],
    ['${*}', '${*}', true],
  ])('%j over %j: %s', (pattern, other, expected) => {
    expect(covers(pattern, other)).toBe(expected);
  });

  it('ignores letter case on demand', () => {
    expect([covers('S3:*', 's3:get*'), covers('S3:*', 's3:get*', true)]).toEqual([false, true]);
  });
});

describe('overlaps', () => {
  it.each([
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['a?c', 'ab?', true],
    ['a?', 'a', false],
    ['*', '', true],
    ['', '*', true],
    ['', '?', false],
    ['?', '**', true],
    ['sts:*', 'sts:AssumeRole*', true],
    ['sts:AssumeRoleWith*', 'sts:AssumeRole*', true],
    ['sts:TagSession', 'sts:AssumeRole*', false],
    ['${*}', 'a', false],
    ['a*a', 'a', false],
    ['x', 'x', true],
    ['A*', 'ab', false],
  ])('%j and %j: %s, either way round', (one, other, expected) => {
    expect([overlaps(one, other), overlaps(other, one)]).toEqual([expected, expected]);
  });

  it('ignores letter case on demand', () => {
    expect([overlaps('STS:A*', 'sts:*b'), overlaps('STS:A*', 'sts:*b', true)]).toEqual([false, true]);
  });
});

describe('patterns among themselves', () => {
  const unit = fc.constantFrom('a', 'b', '*', '?');
  const pattern = fc.string({ unit, maxLength: 5 });
  const value = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });

  it('what a pattern covers, it matches; what two patterns match, they overlap in', () => {
    fc.assert(
      fc.property(pattern, pattern, value, (one, other, value) => {
        const isInOther = matches(other, value);
        const isInOne = matches(one, value);
        expect(isInOne || !covers(one, other) || !isInOther).toBe(true);
        expect(overlaps(one, other) || !isInOne || !isInOther).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('overlap is symmetric, and no wider than what some short text shows', () => {
    const values = allTexts('abc', 6);
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 3 }), fc.string({ unit, maxLength: 3 }), (one, other) => {
        const isShown = values.some((value) => matches(one, value) && matches(other, value));
        expect([overlaps(one, other), overlaps(other, one)]).toEqual([isShown, isShown]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('fixed values', () => {
  it.each([
    ['vpc-0a1b', true],
    ['', false],
    ['vpc-*', false],
    ['vpc-?', false],
    ['${aws:SourceVpc}', false],
  ])('%j: %s', (text, expected) => {
    expect(isFixed(text)).toBe(expected);
  });

  it('knows both wildcards', () => {
    expect(['a*', 'a?', 'a'].map(hasWildcard)).toEqual([true, true, false]);
  });
});

/** The definition itself, by recursion. */
function reference(pattern: string, value: string): boolean {
  if (pattern === '') return value === '';
  const rest = pattern.slice(1);
  if (pattern.startsWith('*')) return reference(rest, value) || (value !== '' && reference(pattern, value.slice(1)));
  return value !== '' && (pattern.startsWith('?') || pattern[0] === value[0]) && reference(rest, value.slice(1));
}

function allTexts(letters: string, length: number): string[] {
  if (length === 0) return [''];
  const shorter = allTexts(letters, length - 1);
  return [...new Set(['', ...shorter, ...shorter.flatMap((text) => letters.split('').map((letter) => letter + text))])];
}
