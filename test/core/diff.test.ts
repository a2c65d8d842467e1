import { describe, expect, it } from 'vitest';
import { changesSince, type Kept, type Known, type State } from '../../lib/core/diff.ts';
import type { Cell, Finding, Severity, Status } from '../../lib/core/model.ts';
import { GAP } from '../support/inventory.ts';

const TODAY = { account: '1', date: '2026-01-02', run: 'r2', at: '2026-01-02T00:00:00.000Z' };
const finding = (id: string, status: Status, severity: Severity = 'high'): Finding => ({
  id,
  status,
  severity,
  check: 'c',
  message: '',
  at: TODAY.at,
  resource: { type: 'T', id, arn: `arn:${id}`, account: '1', region: 'r' },
});
const known = {
  check: 'c',
  severity: 'high',
  type: 'T',
  region: 'r',
  arn: 'arn:a',
  firstSeen: '2025-12-01T00:00:00.000Z',
} as const;
const before: State = {
  account: '1',
  date: '2026-01-01',
  run: 'r1',
  at: '2026-01-01T00:00:00.000Z',
  failing: new Map([['a', known]]),
};

/** A night that remembers what it is told to. */
function night(last: State | undefined) {
  const changes = changesSince(last, TODAY);
  const failing = new Map<string, Known>();
  const keep = ({ id, ...one }: Kept) => failing.set(id, one);
  return {
    follow(one: Parameters<typeof changes.follow>[0]) {
      const { history, kept } = changes.follow(one);
      if (kept) keep(kept);
      return history;
    },
    close(...args: Parameters<typeof changes.close>) {
      const { gone, kept, remembered } = changes.close(...args);
      for (const one of kept) keep(one);
      return { gone, state: { ...remembered, failing } };
    },
  };
}
const cell = (gap?: typeof GAP, region = 'r'): Cell => ({
  type: 'T',
  account: '1',
  region,
  rows: 1,
  ...(gap && { gap }),
});

describe('a finding met again', () => {
  it.each([
    ['fails as before', finding('a', 'FAIL'), { firstSeen: known.firstSeen }, true],
    ['fails worse', finding('a', 'FAIL', 'critical'), { firstSeen: known.firstSeen, change: 'worse' }, true],
    ['fails less', finding('a', 'FAIL', 'low'), { firstSeen: known.firstSeen }, true],
    ['passes', finding('a', 'PASS'), { firstSeen: known.firstSeen, change: 'resolved' }, false],
    ['no longer applies', finding('a', 'SKIP'), { firstSeen: known.firstSeen, change: 'resolved' }, false],
    [
      'cannot be seen: stays as it was known',
      finding('a', 'UNKNOWN'),
      { firstSeen: known.firstSeen, change: 'unseen' },
      true,
    ],
  ] as const)('%s', (_name, now, history, isKept) => {
    const changes = night(before);
    expect(changes.follow(now)).toEqual(history);
    const { gone, state } = changes.close([cell()], ['c']);
    expect(gone).toEqual([]);
    expect(state.failing.has('a')).toBe(isKept);
  });
  it('is said to be unseen once, not every night, and is seen again without a word', () => {
    const nights = ['UNKNOWN', 'UNKNOWN', 'FAIL', 'UNKNOWN'] as const;
    let state: State = before;
    const said = nights.map((status) => {
      const changes = night(state);
      const { change } = changes.follow(finding('a', status));
      ({ state } = changes.close([cell()], ['c']));
      return change;
    });
    expect(said).toEqual(['unseen', undefined, undefined, 'unseen']);
  });
  it('takes its new severity along', () => {
    const changes = night(before);
    changes.follow(finding('a', 'FAIL', 'critical'));
    expect(changes.close([], []).state).toEqual({
      ...TODAY,
      failing: new Map([['a', { ...known, severity: 'critical' }]]),
      gaps: {},
    });
  });
});

it.each([
  ['who answers for it', { owner: 'web' }],
  ['that nobody does', {}],
])('a finding that is gone still says %s', (_name, owned) => {
  const first = night(before);
  first.follow({ ...finding('a', 'FAIL'), ...owned });
  const { state } = first.close([cell()], ['c']);
  expect(night(state).close([cell()], ['c']).gone).toEqual([{ id: 'a', ...known, ...owned, change: 'resolved' }]);
});

describe('a finding met for the first time', () => {
  it('is new when it fails', () =>
    expect(night(before).follow(finding('b', 'FAIL'))).toEqual({ firstSeen: TODAY.at, change: 'new' }));
  it.each(['PASS', 'SKIP', 'UNKNOWN'] as const)('is nothing to speak of on %s', (status) =>
    expect(night(before).follow(finding('b', status))).toEqual({}),
  );
  it('is not called new on the first run of all', () =>
    expect(night(undefined).follow(finding('b', 'FAIL'))).toEqual({ firstSeen: TODAY.at }));
});

describe('a finding not met', () => {
  const closed = (cells: Cell[], checks: string[]) => night(before).close(cells, checks);
  it.each([
    ['its resource is gone', [cell()], ['c'], 'resolved', false],
    ['its resource is gone from an account-wide list', [cell(undefined, 'global')], ['c'], 'resolved', false],
    ['its list could not be read', [cell(GAP)], ['c'], 'unseen', true],
    ['its region was not part of the run', [cell(undefined, 'other')], ['c'], undefined, true],
    ['its check did not run', [cell()], [], undefined, true],
  ] as const)('%s', (_name, cells, checks, change, isKept) => {
    const { gone, state } = closed([...cells], [...checks]);
    expect(gone).toEqual(change ? [{ id: 'a', ...known, change }] : []);
    expect(state.failing.has('a')).toBe(isKept);
  });
  it('is said to be unseen once, not every night', () => {
    const first = closed([cell(GAP)], ['c']);
    expect(night(first.state).close([cell(GAP)], ['c']).gone).toEqual([]);
    expect(night(first.state).close([cell()], ['c']).gone).toMatchObject([{ id: 'a', change: 'resolved' }]);
  });
});

describe('a waiver', () => {
  const waiver = { owner: 'web', reason: 'a public site', expires: '2026-06-30' };
  const waived = (id: string) => ({ ...finding(id, 'FAIL'), waiver });
  const nights = (...seen: readonly (Finding & { waiver?: typeof waiver })[]) => {
    let state: State = before;
    return seen.map((one) => {
      const changes = night(state);
      const { change } = changes.follow(one);
      ({ state } = changes.close([cell()], ['c']));
      return change;
    });
  };
  it.each([
    ['begins for what fails', [waived('a'), waived('a')], ['waived', undefined]],
    ['begins with what it covers', [waived('b'), waived('b')], ['waived', undefined]],
    ['ends while it still fails', [waived('a'), finding('a', 'FAIL')], ['waived', 'unwaived']],
    ['ends as it gets worse', [waived('a'), finding('a', 'FAIL', 'critical')], ['waived', 'unwaived']],
    [
      'is said to have ended once',
      [waived('a'), finding('a', 'FAIL'), finding('a', 'FAIL')],
      ['waived', 'unwaived', undefined],
    ],
    [
      'is out of sight with what it covers',
      [waived('a'), finding('a', 'UNKNOWN'), waived('a')],
      ['waived', 'unseen', undefined],
    ],
  ] as const)('%s', (_name, seen, said) => expect(nights(...seen)).toEqual(said));
  it('is not called new on the first run of all', () =>
    expect(night(undefined).follow(waived('b'))).toEqual({ firstSeen: TODAY.at }));
});

describe('why something could not be judged', () => {
  const seen = (then: Record<string, string[]>, checks: string[], now: Record<string, string[]>) =>
    night({ ...before, gaps: then }).close([], checks, now).state.gaps;
  it.each([
    ['is kept', {}, ['c'], { denied: ['c'] }, { denied: ['c'] }],
    ['is forgotten when it is gone', { denied: ['c'] }, ['c'], {}, {}],
    ['is carried on where nobody asked', { denied: ['c'] }, ['d'], {}, { denied: ['c'] }],
    ['is carried on for the checks that did not run', { denied: ['c', 'd'] }, ['c'], {}, { denied: ['d'] }],
  ])('%s', (_name, then, checks, now, kept) => expect(seen(then, checks, now)).toEqual(kept));
});
