import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Announced, expiriesSince } from '../../lib/core/expiries.ts';
import type { Waiver, WaiverUse } from '../../lib/core/waivers.ts';

const WAIVER: Waiver = { check: 'c', resource: 'r', owner: 'web', reason: 'a site', expires: '2026-01-20' };
const WARN_DAYS = 14;
const use = (fields: Partial<Waiver> = {}, covers = 1): WaiverUse => ({
  waiver: { ...WAIVER, ...fields },
  covers,
  outlived: 0,
});

/** What is said on each of the given nights, as statuses. */
function said(nights: readonly (readonly [day: string, ...uses: WaiverUse[]])[]): string[][] {
  let state: Announced | undefined;
  return nights.map(([day, ...uses]) => {
    const told = expiriesSince(state, uses, new Date(`${day}T02:00:00Z`), WARN_DAYS);
    ({ state } = told);
    return told.expiries.map(({ status }) => status);
  });
}

describe('a waiver that ends', () => {
  it.each<[string, [string, ...WaiverUse[]][], string[][]]>([
    ['is nothing to speak of before its warning time', [['2026-01-05', use()]], [[]]],
    [
      'is announced once when its warning time begins',
      [
        ['2026-01-06', use()],
        ['2026-01-07', use()],
      ],
      [['expiring'], []],
    ],
    [
      'is announced once more when it has expired',
      [
        ['2026-01-20', use()],
        ['2026-01-21', use()],
        ['2026-01-22', use()],
      ],
      [['expiring'], ['expired'], []],
    ],
    ['is announced as expired though nobody was warned', [['2026-03-01', use()]], [['expired']]],
    [
      'is announced when it is the first night of all, and no night was missed',
      [['2026-01-10', use(), use({ resource: 'other' })]],
      [['expiring', 'expiring']],
    ],
    [
      'is not announced again after a night without anything to cover',
      [
        ['2026-01-10', use()],
        ['2026-01-11', use({}, 0)],
        ['2026-01-12', use()],
      ],
      [['expiring'], [], []],
    ],
    [
      'is another one when it is prolonged',
      [
        ['2026-01-10', use()],
        ['2026-01-11', use({ expires: '2026-06-30' })],
        ['2026-06-29', use({ expires: '2026-06-30' })],
      ],
      [['expiring'], [], ['expiring']],
    ],
    [
      'is another one when somebody else answers for it',
      [
        ['2026-01-10', use()],
        ['2026-01-11', use({ owner: 'data' })],
      ],
      [['expiring'], ['expiring']],
    ],
    [
      'is the same when it is reworded',
      [
        ['2026-01-10', use()],
        ['2026-01-11', use({ reason: 'the site', ticket: 'W-1' })],
      ],
      [['expiring'], []],
    ],
    ['is told once where the file says it twice', [['2026-01-10', use(), use()]], [['expiring']]],
    [
      'is forgotten with its entry',
      [['2026-01-10', use()], ['2026-01-11'], ['2026-01-12', use()]],
      [['expiring'], [], ['expiring']],
    ],
  ])('%s', (_name, nights, statuses) => expect(said(nights)).toEqual(statuses));
});

it('what was told is remembered by a stable key: a change of it would announce every waiver again', () => {
  const { state } = expiriesSince(undefined, [use()], new Date('2026-01-10T02:00:00Z'), WARN_DAYS);
  expect(state).toEqual({ announced: { f51ac26199b70592: 'expiring' } });
});

it('says each word at most once, whatever the nights', () => {
  const night = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.nat({ max: 2 }));
  fc.assert(
    fc.property(fc.array(night, { maxLength: 20 }), (nights) => {
      const days = nights
        .toSorted(([a], [b]) => a - b)
        .map(
          ([day, covers]) =>
            [new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10), use({}, covers)] as const,
        );
      const words = said(days).flat();
      expect(new Set(words).size).toBe(words.length);
      expect(words.join()).toMatch(/^(expiring)?,?(expired)?$/);
    }),
  );
});
