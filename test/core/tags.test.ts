import { describe, expect, it } from 'vitest';
import { hasTag, matchingTag } from '../../lib/core/tags.ts';

const wanted = { Class: ['a', 'b'], Other: ['c'] };

describe('matchingTag', () => {
  it.each<[Record<string, string> | undefined, string | undefined]>([
    [undefined, undefined],
    [{}, undefined],
    [{ Class: 'a' }, 'Class'],
    [{ Class: 'b' }, 'Class'],
    [{ Other: 'c' }, 'Other'],
    [{ Other: 'c', Class: 'a' }, 'Class'],
    [{ Other: 'c', Class: 'x' }, 'Other'],
    [{ Class: 'c' }, undefined],
    [{ Class: 'A' }, undefined],
    [{ class: 'a' }, undefined],
    [{ Third: 'a' }, undefined],
  ])('%j: %s', (tags, expected) => {
    expect(matchingTag(tags, wanted)).toBe(expected);
    expect(hasTag(tags, wanted)).toBe(expected !== undefined);
  });

  it('finds nothing where nothing is wanted, nor what only objects have', () => {
    expect(matchingTag({ Class: 'a' }, {})).toBeUndefined();
    expect(matchingTag({}, { toString: ['a'] })).toBeUndefined();
  });
});
