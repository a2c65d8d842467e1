import type { Report } from '../run/model.ts';

/**
 * A run as one document, described by schemas/findings.schema.json. One finding a line, so that it can be searched with line tools;
 * `notListed` counts the PASS and SKIP that a very large run leaves to the NDJSON objects.
 */
export function findingsJson({ header, findings }: Report): string {
  const { format, tool, date, run, startedAt, endedAt, scope, summary, accounts, calls, checks } = header;
  const notListed = Object.values(summary.statuses).reduce((sum, count) => sum + count, 0) - findings.length;
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
    coverage: summary.coverage,
    gaps: summary.gaps,
    accounts: accounts.map(({ account, hasHistory, gone }) => ({ account, hasHistory, gone })),
    calls,
    checks,
    notListed,
    findings,
  };
  return `{\n${Object.entries(members)
    .map(([name, value]) => `${JSON.stringify(name)}: ${Array.isArray(value) ? lines(value) : JSON.stringify(value)}`)
    .join(',\n')}\n}\n`;
}

function lines(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
}
