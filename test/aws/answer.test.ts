import { describe, expect, it } from 'vitest';
import { each, isNamed, listed, whole } from '../../lib/aws/answer.ts';

describe('a list', () => {
  it('may be empty', () => expect(listed([])).toEqual([]));
  it('is what the answer holds', () => expect(listed(['a'])).toEqual(['a']));
  it('that the answer lacks is no empty list', () => expect(() => listed(undefined)).toThrow('lacks its list'));
});

describe('items in our shape', () => {
  it.each([
    ['none', [], []],
    ['all', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
    ['a part of one lacks', [{ id: 'a' }, {}], undefined],
    ['the list lacks', undefined, undefined],
  ])('%s', (_name, items: { id?: string }[] | undefined, shaped) => {
    expect(each(items, ({ id }) => id)).toEqual(shaped);
  });
});

describe('fields', () => {
  it.each([[{}], [{ a: 1, b: null, c: false, d: '' }]])('that are all there: %j', (fields) => {
    expect(whole(fields)).toBe(fields);
  });
  it('of which one lacks', () => expect(whole({ a: 1, b: undefined })).toBeUndefined());
});

describe('a name', () => {
  it.each([
    ['is among the names', ['b', 'a'], true],
    ['is among the names, of which one lacks', [undefined, 'a'], true],
    ['is not among the names', ['b'], false],
    ['is not among no names', [], false],
    ['may be the one that lacks', ['b', undefined], undefined],
  ])('%s', (_name, names, found) => expect(isNamed('a', names)).toBe(found));
});
