import { Logger } from '@aws-lambda-powertools/logger';
import { describe, expect, it, vi } from 'vitest';
import type { CallCount } from '../../lib/aws/counts.ts';
import type { Report } from '../../lib/run/model.ts';
import { type Metric, METRICS, runMetrics, writeMetrics } from '../../lib/run/metrics.ts';
import { ACCOUNT, DENIED, finding, gone, reportOf } from '../support/report.ts';

const OTHER = '444455556666';
const calls = (...counts: readonly (readonly [number, number])[]): CallCount[] =>
  counts.map(([calls, throttled]) => ({ service: 's3', region: 'r', operation: 'X', calls, throttled }));
const failing = (severity: 'critical' | 'high' | 'low') => finding({ severity });
const passing = () => finding({ status: 'PASS' });
const unknown = (account = ACCOUNT) => finding({ status: 'UNKNOWN', gap: DENIED, resource: { account } });
const waiver = { owner: 'team', reason: 'planned', expires: '2026-12-31' };

describe('the metrics of a run', () => {
  it.each<[string, Report, Partial<Record<Metric, number>>]>([
    [
      'what fails, by severity, without what is waived',
      reportOf({
        findings: [failing('critical'), failing('low'), failing('low'), finding({ severity: 'low', waiver })],
      }),
      { FailedCritical: 1, FailedHigh: 0, FailedMedium: 0, FailedLow: 2, FailedInformational: 0 },
    ],
    [
      'what is new and resolved, of what was met and of what is gone',
      reportOf({
        findings: [
          finding({ change: 'new' }),
          finding({ change: 'worse' }),
          finding({ change: 'waived', waiver }),
          finding({ status: 'PASS', change: 'resolved' }),
        ],
        gone: [gone(), gone({ change: 'unseen' })],
      }),
      { New: 1, Resolved: 2 },
    ],
    [
      'the share that could be judged',
      reportOf({ findings: [passing(), passing(), passing(), unknown()] }),
      { Coverage: 75 },
    ],
    ['whole', reportOf({ findings: [passing()] }), { Coverage: 100 }],
    ['no verdict covers nothing', reportOf(), { Coverage: 0, AccountsJudged: 0, AccountsNotJudged: 1 }],
    [
      'how long it took, from reading to publishing',
      reportOf({ header: { startedAt: '2026-01-01T23:59:30.000Z', endedAt: '2026-01-02T00:01:00.500Z' } }),
      { DurationSeconds: 90.5, Completed: 1 },
    ],
    ['every call', reportOf({ header: { calls: calls([1200, 3], [4, 0], [1, 1]) } }), { Calls: 1205, Throttles: 4 }],
    [
      'an account of which nothing could be judged',
      reportOf({ accounts: [ACCOUNT, OTHER], findings: [passing(), unknown(), unknown(OTHER)] }),
      { AccountsJudged: 1, AccountsNotJudged: 1 },
    ],
    [
      'an account that is in the scope and has no result',
      reportOf({
        findings: [passing()],
        header: { scope: { partition: 'aws', accounts: [ACCOUNT, OTHER], regions: [], filters: {} } },
      }),
      { AccountsJudged: 1, AccountsNotJudged: 1 },
    ],
  ])('%s', (_, report, expected) => {
    expect(runMetrics(report, 'ronda-dev')).toMatchObject(expected);
  });
});

// Amazon CloudWatch user guide, "Specification: Embedded metric format".
describe('the line', () => {
  const lineOf = (object: Readonly<Record<string, unknown>>) => {
    const { Timestamp, CloudWatchMetrics } = object['_aws'] as {
      Timestamp: number;
      CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[];
    };
    return { Timestamp, directive: CloudWatchMetrics[0]! };
  };

  it('defines each metric once, and holds its number and every dimension beside the definitions', () => {
    const object = runMetrics(reportOf({ findings: [passing()] }), 'ronda-dev');
    const { Timestamp, directive } = lineOf(object);
    expect(new Date(Timestamp).toISOString()).toBe('2026-01-01T00:00:42.000Z');
    expect(directive).toMatchObject({ Namespace: 'Ronda', Dimensions: [['Stack']] });
    expect(directive.Metrics.map(({ Name }) => Name)).toEqual(Object.keys(METRICS));
    expect(directive.Metrics.length).toBeLessThanOrEqual(100);
    for (const { Name, Unit } of directive.Metrics) {
      expect(object[Name]).toSatisfy(Number.isFinite);
      expect(['Count', 'Percent', 'Seconds']).toContain(Unit);
    }
    expect(object['Stack']).toBe('ronda-dev');
    expect(Object.keys(object).toSorted()).toEqual(['_aws', 'Stack', ...Object.keys(METRICS)].toSorted());
  });

  it('is one event of the log that is JSON and nothing else, with all of it at the root', () => {
    const written: string[] = [];
    const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const report = reportOf({ findings: [passing(), failing('high')] });
    try {
      writeMetrics(new Logger({ serviceName: 'ronda', logLevel: 'INFO' }), report, 'ronda-dev');
    } finally {
      output.mockRestore();
    }
    const lines = written.join('').trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0]!) as Record<string, unknown>;
    expect(line).toMatchObject(runMetrics(report, 'ronda-dev'));
    // Lambda keeps a line of its own making only where the level and an RFC 3339 time are not there.
    expect(line['level']).toBe('INFO');
    expect(new Date(line['timestamp'] as string).toISOString()).toBe(line['timestamp']);
  });
});
