import { coverageRatio, judgedIn } from '../core/coverage.ts';
import { changesOf } from '../report/digest.ts';
import type { AccountOutcome, Report } from './model.ts';

/** What Amazon CloudWatch gets to know of a run, and in which unit. */
export const METRICS = {
  Completed: 'Count',
  DurationSeconds: 'Seconds',
  Coverage: 'Percent',
  FailedCritical: 'Count',
  FailedHigh: 'Count',
  FailedMedium: 'Count',
  FailedLow: 'Count',
  FailedInformational: 'Count',
  New: 'Count',
  Resolved: 'Count',
  AccountsJudged: 'Count',
  AccountsNotJudged: 'Count',
  Calls: 'Count',
  Throttles: 'Count',
} as const;
export type Metric = keyof typeof METRICS;

const NAMESPACE = 'Ronda';

/** What takes a structured line: the functions' logger. */
interface Lines {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
}

/**
 * Writes the metrics of a published run as one line of the log, from which CloudWatch takes them (embedded metric format): no call, no
 * permission. A repeat writes them again: read them with Maximum or Minimum, never with Sum.
 */
export function writeMetrics(log: Lines, report: Report, stack: string): void {
  log.info('metrics', runMetrics(report, stack));
}

/**
 * The metrics of a run with the directive that makes them metrics, as members of one object (Amazon CloudWatch user guide, "Specification:
 * Embedded metric format"). CloudWatch takes points that are up to two weeks old.
 */
export function runMetrics(report: Report, stack: string): Readonly<Record<string, unknown>> {
  const metrics = Object.entries(METRICS).map(([Name, Unit]) => ({ Name, Unit }));
  return {
    _aws: {
      Timestamp: Date.parse(report.header.endedAt),
      CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [['Stack']], Metrics: metrics }],
    },
    Stack: stack,
    ...valuesOf(report),
  };
}

function valuesOf(report: Report): Readonly<Record<Metric, number>> {
  const { startedAt, endedAt, scope, accounts, summary, calls } = report.header;
  const { critical, high, medium, low, informational } = summary.failed;
  const judged = new Set(accounts.filter(isJudged).map(({ account }) => account));
  const changes = changesOf(report);
  return {
    Completed: 1,
    DurationSeconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    // A run that gave no verdict at all has covered nothing, although nothing is missing in it.
    Coverage: summary.coverage.length === 0 ? 0 : 100 * coverageRatio(summary.coverage),
    FailedCritical: critical,
    FailedHigh: high,
    FailedMedium: medium,
    FailedLow: low,
    FailedInformational: informational,
    New: changes.filter(({ change }) => change === 'new').length,
    Resolved: changes.filter(({ change }) => change === 'resolved').length,
    AccountsJudged: judged.size,
    AccountsNotJudged: scope.accounts.filter((account) => !judged.has(account)).length,
    Calls: calls.reduce((sum, { calls }) => sum + calls, 0),
    Throttles: calls.reduce((sum, { throttled }) => sum + throttled, 0),
  };
}

/** Of an account that could not be entered, or whose step did not finish, every verdict is UNKNOWN. */
function isJudged({ summary }: AccountOutcome): boolean {
  return judgedIn(summary.statuses).judged > 0;
}
