import { describe, expect, it } from 'vitest';
import type { Gap } from '../../lib/core/model.ts';
import { reportPage } from '../../lib/report/html.ts';
import { findingsJson } from '../../lib/report/json.ts';
import { alertsOf } from '../../lib/report/sns.ts';
import { decide } from '../../lib/run/gate.ts';
import type { Report, RunHeader } from '../../lib/run/model.ts';
import { readReport } from '../../lib/run/publish.ts';
import { putJson } from '../../lib/run/stored.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { ndjsonWriter } from '../../lib/store/ndjson.ts';
import { keys } from '../../lib/store/store.ts';
import { ACCOUNT, finding, reportOf } from '../support/report.ts';

const RUN = { date: '2026-01-01', run: '20260101T000000Z-abc123' };
const CAUSES = 2000;
const EACH = 200_000 / (CAUSES * 5);
const blocked: Gap = { reason: 'blocked', operation: 'ec2:DescribeVpcs', detail: 'denied by a service control policy' };

/** A run that counts more UNKNOWN than a report can name; `listed` of them are stored here. */
async function runOf(unknown: number): Promise<Report> {
  const findings = [
    finding({ status: 'FAIL', severity: 'low' }),
    ...(['high', 'low'] as const).flatMap((severity) =>
      Array.from({ length: EACH + 10 }, () => finding({ status: 'UNKNOWN', severity, gap: blocked })),
    ),
    finding({ status: 'UNKNOWN', severity: 'low', gap: blocked, change: 'unseen' }),
    finding({ status: 'PASS' }),
  ];
  const { header } = reportOf({ findings });
  const group = header.summary.gaps[0]!;
  const gaps = Array.from({ length: CAUSES }, (_, n) => (n === 0 ? group : { ...group, detail: `cause ${n}` }));
  const summary = { ...header.summary, statuses: { ...header.summary.statuses, UNKNOWN: unknown }, gaps };
  const accounts = header.accounts.map((one) => ({ ...one, lost: [group] }));
  const stored: RunHeader = { ...header, summary, accounts };
  const store = memoryStore();
  await putJson(store, keys.report(RUN, 'run.json'), stored);
  const writer = ndjsonWriter(store, keys.findings(RUN, ACCOUNT));
  for (const one of findings) await writer.write(one);
  await writer.close();
  return readReport(store, RUN);
}

describe('a run with more UNKNOWN than a report can hold', async () => {
  const report = await runOf(1_400_000);

  it('names some of each cause and severity, and everything that failed or changed', () => {
    const named = report.findings.filter(({ status }) => status === 'UNKNOWN');
    const count = (severity: string) => named.filter((one) => one.severity === severity && !one.change).length;
    expect([count('high'), count('low')]).toEqual([EACH, EACH]);
    expect(report.findings.filter(({ status, change }) => status === 'FAIL' || change)).toHaveLength(2);
  });

  it('counts those that it does not name', () => {
    const { statuses, notListed } = JSON.parse(findingsJson(report)) as {
      statuses: Readonly<Record<string, number>>;
      notListed: number;
    };
    expect(statuses['UNKNOWN']).toBe(1_400_000);
    expect(notListed).toBe(1_400_000 + 2 - report.findings.length);
    expect(reportPage(report)).toContain('some of each cause of what could not be judged');
  });

  it('says in the alert that there are at least so many', () => {
    const [alert] = alertsOf(report);
    expect(alert!.subject).toContain(`coverage lost for at least ${2 * EACH + 1} verdicts`);
    expect(alert!.attributes.account).toEqual([ACCOUNT]);
  });

  it('lets nothing through a gate, whatever it names', () => {
    expect(decide(report, { failOn: 'critical' }).result).toBe('inconclusive');
  });
});

it('names all of them where they are no more than a report can hold', async () => {
  const report = await runOf(2 * (EACH + 10) + 1);
  expect(report.findings.filter(({ status }) => status === 'UNKNOWN')).toHaveLength(2 * (EACH + 10) + 1);
  expect(reportPage(report)).toContain('All that failed or could not be judged is in');
  expect(alertsOf(report)[0]!.subject).not.toContain('at least');
});
