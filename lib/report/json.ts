import type { AccountOutcome, Report } from '../run/model.ts';
import { notListed } from './digest.ts';
import { jsonText } from './text.ts';

/**
 * A run as one document, described by schemas/findings.schema.json. One finding a line, so that it can be searched with line tools;
 * `notListed` counts the PASS and SKIP that a very large run leaves to the NDJSON objects, and most UNKNOWN of very many.
 */
export function findingsJson(report: Report): string {
  const { header, findings } = report;
  const { format, tool, date, run, startedAt, endedAt, scope, summary, accounts, calls, checks } = header;
  const members = {
    format,
    tool,
    date,
    run,
    startedAt,
    endedAt,
    scope,
    statuses: summary.statuses,
    failed: summary.failed,
    passed: summary.passed,
    waived: summary.waived,
    verdicts: summary.checks,
    coverage: summary.coverage,
    gaps: summary.gaps,
    accounts: accounts.map(historyOf),
    waivers: header.waivers,
    calls,
    checks,
    notListed: notListed(report),
    findings,
  };
  return `{\n${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}: ${Array.isArray(value) ? lines(value) : jsonText(value)}`)
    .join(',\n')}\n}\n`;
}

function historyOf({ account, hasHistory, gone, causes, lost, regained }: AccountOutcome): object {
  return { account, hasHistory, gone: gone.map((one) => ({ ...one, cause: causes[one.id] })), lost, regained };
}

function lines(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => jsonText(item)).join(',\n')}\n]`;
}
