import { describe, expect, it } from 'vitest';
import type { RunHeader, TrendPoint } from '../../lib/run/model.ts';
import { trendOf } from '../../lib/run/trend.ts';
import { finding, reportOf } from '../support/report.ts';

const { summary } = reportOf({ findings: [finding(), finding({ status: 'UNKNOWN' })] }).header;
const scopeOf = (accounts: readonly string[], filters = {}) => ({ partition: 'aws', accounts, regions: [], filters });
const runOf = (day: number, accounts = ['1'], filters = {}) => {
  const date = `2026-01-${String(day).padStart(2, '0')}`;
  return { date, run: `${date}T02`, scope: scopeOf(accounts, filters), summary };
};
const pointOf = (day: number): TrendPoint => {
  const { date, run } = runOf(day);
  return { date, run, failed: summary.failed, coverage: 0.5 };
};
const latestOf = (days: readonly number[], accounts = ['1']): Pick<RunHeader, 'trend' | 'scope'> => {
  return { trend: days.map(pointOf), scope: scopeOf(accounts) };
};
const daysOf = (trend: readonly TrendPoint[]) => trend.map(({ date }) => Number(date.slice(-2)));

describe('the trend', () => {
  it('says what failed and how much could be judged', () => {
    expect(trendOf(undefined, runOf(1), false)).toEqual([
      {
        date: '2026-01-01',
        run: '2026-01-01T02',
        failed: { critical: 0, high: 1, medium: 0, low: 0, informational: 0 },
        coverage: 0.5,
      },
    ]);
  });

  it.each<[string, Parameters<typeof trendOf>, number[]]>([
    ['begins with the first night', [undefined, runOf(3), false], [3]],
    ['goes on', [latestOf([1, 2]), runOf(3), false], [1, 2, 3]],
    ['holds a repeated run once', [latestOf([1, 2, 3]), runOf(3), false], [1, 2, 3]],
    ['holds a run that is published late in its place', [latestOf([1, 3]), runOf(2), false], [1, 2, 3]],
    ['leaves out runs on demand', [latestOf([1, 2]), runOf(3), true], [1, 2]],
    ['leaves out runs of a part', [latestOf([1, 2]), runOf(3, ['1'], { services: 's3' }), false], [1, 2]],
    ['goes on when an account joins', [latestOf([1, 2]), runOf(3, ['1', '2']), false], [1, 2, 3]],
    ['begins anew in another account', [latestOf([1, 2]), runOf(3, ['2']), false], [3]],
    [
      'holds thirty nights',
      [latestOf(Array.from({ length: 30 }, (_, day) => day + 1)), runOf(31), false],
      Array.from({ length: 30 }, (_, day) => day + 2),
    ],
  ])('%s', (_name, given, days) => expect(daysOf(trendOf(...given))).toEqual(days));

  it('of a run that knew none begins now', () => {
    const old = { scope: scopeOf(['1']) };
    expect(daysOf(trendOf(old, runOf(3), false))).toEqual([3]);
  });
});
