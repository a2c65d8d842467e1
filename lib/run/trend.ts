import { coverageRatio } from '../core/coverage.ts';
import type { RunHeader, TrendPoint } from './model.ts';

const NIGHTS = 30;

/**
 * The last nights up to this one, oldest first. Runs of a part of the checks or of the resources are none of them, and neither are
 * those on demand: they cannot be compared. Where the last run looked at other accounts, the trend begins anew.
 */
export function trendOf(
  latest: (Pick<RunHeader, 'scope'> & { readonly trend?: readonly TrendPoint[] }) | undefined,
  run: Pick<RunHeader, 'date' | 'run' | 'scope' | 'summary'>,
  isOnDemand: boolean,
): readonly TrendPoint[] {
  const isSame = latest?.scope.accounts.some((account) => run.scope.accounts.includes(account));
  const before = isSame ? (latest?.trend ?? []) : [];
  const others = before.filter((point) => point.run !== run.run);
  if (isOnDemand || Object.keys(run.scope.filters).length > 0) return others;
  return [...others, pointOf(run)].toSorted((a, b) => (a.run < b.run ? -1 : 1)).slice(-NIGHTS);
}

function pointOf({ date, run, summary }: Pick<RunHeader, 'date' | 'run' | 'summary'>): TrendPoint {
  return { date, run, failed: summary.failed, coverage: coverageRatio(summary.coverage) };
}
