import { stringify } from 'csv-stringify/sync';
import type { Report, StoredFinding } from '../run/model.ts';
import { causeWords } from './digest.ts';
import { visible } from './text.ts';

/** Columns are only ever added, at the end. */
const COLUMNS: readonly (readonly [name: string, value: (finding: StoredFinding, title: string) => string])[] = [
  ['id', ({ id }) => id],
  ['status', ({ status }) => status],
  ['severity', ({ severity }) => severity],
  ['change', ({ change }) => change ?? ''],
  ['check', ({ check }) => check],
  ['variant', ({ variant }) => variant ?? ''],
  ['title', (_, title) => title],
  ['account', ({ resource }) => resource.account],
  ['region', ({ resource }) => resource.region],
  ['type', ({ resource }) => resource.type],
  ['resource', ({ resource }) => resource.id],
  ['arn', ({ resource }) => resource.arn],
  ['message', ({ message }) => message],
  ['first_seen', ({ firstSeen }) => firstSeen ?? ''],
  ['read_at', ({ at }) => at],
  ['gap_reason', ({ gap }) => gap?.reason ?? ''],
  ['gap_operation', ({ gap }) => gap?.operation ?? ''],
  ['gap_detail', ({ gap }) => gap?.detail ?? ''],
  ['evidence', ({ evidence }) => (evidence === undefined ? '' : JSON.stringify(evidence))],
  ['tags', ({ resource }) => (resource.tags ? JSON.stringify(resource.tags) : '')],
  ['cause', ({ cause }) => (cause ? causeWords(cause) : '')],
  ['managed_by', ({ resource }) => resource.managedBy ?? ''],
  ['owner', ({ owner }) => owner ?? ''],
  ['waiver_owner', ({ waiver }) => waiver?.owner ?? ''],
  ['waiver_expires', ({ waiver }) => waiver?.expires ?? ''],
  ['waiver_reason', ({ waiver }) => waiver?.reason ?? ''],
];

/** So many rows are written at a time: the cells of a large run take several times the memory of its text. */
const ROWS_EACH = 5000;

/** RFC 4180 in UTF-8 with a header, one line a finding. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export function findingsCsv({ header, findings }: Report): string {
  const titles = new Map(header.checks.map(({ id, title }) => [id, title]));
  const row = (finding: StoredFinding) =>
    COLUMNS.map(([, value]) => visible(value(finding, titles.get(finding.check) ?? '')));
  const written = (part: readonly StoredFinding[], isFirst: boolean) =>
    stringify(part.map(row), {
      header: isFirst,
      columns: COLUMNS.map(([name]) => name),
      record_delimiter: '\r\n',
      escape_formulas: true,
      quoted_string: true,
    });
  const parts = [written(findings.slice(0, ROWS_EACH), true)];
  for (let from = ROWS_EACH; from < findings.length; from += ROWS_EACH)
    parts.push(written(findings.slice(from, from + ROWS_EACH), false));
  return parts.join('');
}
