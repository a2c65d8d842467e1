import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, anyOf, firstKnown } from '../../lib/core/logic.ts';
import type { Gap } from '../../lib/core/model.ts';
import { attempt, Unknown } from '../../lib/core/view.ts';

const GAP: Gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' };
const LATER: Gap = { ...GAP, operation: 'test:Later' };
const yes = () => true;
const no = () => false;
function unread(): never {
  throw new Unknown(GAP);
}
function unreadLater(): never {
  throw new Unknown(LATER);
}
function bug(): never {
  throw new TypeError('a bug');
}

describe('anyOf', () => {
  it.each([
    ['no question', [], false],
    ['only noes', [no, no], false],
    ['a yes', [no, yes], true],
    ['a yes after something unknown', [unread, yes], true],
    ['a yes before something unknown', [yes, unread], true],
  ])('answers %s', (_name, questions, answer) => {
    expect(anyOf(...questions)).toBe(answer);
  });

  it('does not know: noes and something unknown; tells the first gap', () => {
    expect(attempt(() => anyOf(no, unread, unreadLater))).toEqual(new Unknown(GAP));
  });

  it('throws a bug on', () => {
    expect(() => anyOf(bug, yes)).toThrow('a bug');
  });
});

describe('allOf', () => {
  it.each([
    ['no question', [], true],
    ['only yeses', [yes, yes], true],
    ['a no', [yes, no], false],
    ['a no after something unknown', [unread, no], false],
    ['a no before something unknown', [no, unread], false],
  ])('answers %s', (_name, questions, answer) => {
    expect(allOf(...questions)).toBe(answer);
  });

  it('does not know: yeses and something unknown; tells the first gap', () => {
    expect(attempt(() => allOf(yes, unread, unreadLater))).toEqual(new Unknown(GAP));
  });
});

describe('firstKnown', () => {
  it('takes the best source, and asks no other', () => {
    expect(firstKnown(() => 'best', bug as () => string)).toBe('best');
  });

  it('takes the next source where the best is unknown', () => {
    expect(firstKnown(unread, () => 'next')).toBe('next');
  });

  it('does not know where neither is known, and throws a bug on', () => {
    expect(attempt(() => firstKnown(unread, unreadLater))).toEqual(new Unknown(LATER));
    expect(() => firstKnown(bug, yes)).toThrow('a bug');
  });
});

it('withholding answers never turns one answer into another', () => {
  assert(
    property(array(constantFrom(yes, no)), array(constantFrom(true, false)), (questions, withheld) => {
      const fewer = questions.map((ask, index) => (withheld[index] ? unread : ask));
      for (const combine of [anyOf, allOf]) {
        const answer = attempt(() => combine(...fewer));
        expect([combine(...questions), new Unknown(GAP)]).toContainEqual(answer);
      }
    }),
  );
});
