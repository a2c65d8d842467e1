import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ifKnown, required, unreadable, witnesses } from '../../lib/core/knowledge.ts';
import type { Gap } from '../../lib/core/model.ts';
import { attempt, Unknown } from '../../lib/core/view.ts';

const GAP: Gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' };

function unread(): never {
  throw new Unknown(GAP);
}

describe('ifKnown', () => {
  it.each([[true], [false], [null], [undefined], [0]])('gives the answer %s', (answer) => {
    expect(ifKnown(() => answer, 'otherwise')).toBe(answer);
  });

  it('stands in for an answer that was not read', () => {
    expect(ifKnown(unread, 'otherwise')).toBe('otherwise');
  });

  it('stands in for an answer that is odd', () => {
    expect(ifKnown(() => BigInt('odd'), 'otherwise')).toBe('otherwise');
  });
});

describe('required', () => {
  it.each([[null], [false], [''], [0]])('gives what was found: %s', (found) => {
    expect(required(found, 'prefix list pl-1')).toBe(found);
  });

  it('takes what is not there as unknown, and names it', () => {
    expect(attempt(() => required(undefined, 'prefix list pl-1'))).toEqual(
      new Unknown({
        reason: 'failed',
        operation: 'inventory',
        detail: 'prefix list pl-1 is not among what was read',
      }),
    );
  });
});

it('what is of an undocumented shape is unknown', () => {
  const gap = { reason: 'failed', operation: 'inventory', detail: 'odd' } as const;
  expect(attempt(() => unreadable('odd'))).toEqual(new Unknown(gap));
});

describe('witnesses', () => {
  type Answer = boolean | 'unknown';
  const answerOf = (answer: Answer) => (answer === 'unknown' ? unread() : answer);
  const answers = array(constantFrom<Answer>(true, false, 'unknown'));

  it('is a three-valued "is there one?" that names all that is known to pass', () => {
    assert(
      property(answers, (items) => {
        const passing = items.filter((item) => item === true);
        const isUnknown = passing.length === 0 && items.includes('unknown');
        const found = attempt(() => witnesses(items, answerOf));
        expect(found).toEqual(isUnknown ? new Unknown(GAP) : passing);
      }),
    );
  });

  it('throws a bug on', () => {
    expect(() => witnesses(['odd'], (text) => BigInt(text) > 0n)).toThrow(SyntaxError);
  });
});
