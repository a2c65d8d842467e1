import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { findingsCsv } from '../../lib/report/csv.ts';
import { visible } from '../../lib/report/text.ts';
import { ACCOUNT, DENIED, finding, HOSTILE, reportOf } from '../support/report.ts';

const HEADER =
  'id,status,severity,change,check,variant,title,account,region,type,resource,arn,message,first_seen,read_at,gap_reason,gap_operation,gap_detail,evidence,tags,cause,managed_by,owner,waiver_owner,waiver_expires,waiver_reason';

const rowsOf = (csv: string) => parse(csv, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];

describe('findings.csv', () => {
  it('has the same columns in the same order, whatever there is', () => {
    expect(parse(findingsCsv(reportOf()))[0]!.join(',')).toBe(HEADER);
    expect(parse(findingsCsv(reportOf({ findings: [finding()] })))[0]!.join(',')).toBe(HEADER);
  });

  it('says what is known of a finding', () => {
    const known = finding({
      variant: 'ssh',
      change: 'new',
      firstSeen: '2026-01-01T00:00:00.000Z',
      evidence: { port: 22 },
      resource: { tags: { Owner: 'me' } },
    });
    const unknown = finding({ status: 'UNKNOWN', severity: 'low', gap: DENIED });
    const rows = rowsOf(findingsCsv(reportOf({ findings: [known, unknown] })));
    expect(rows[0]).toMatchObject({
      ...{ id: known.id, status: 'FAIL', severity: 'high', change: 'new', variant: 'ssh', account: ACCOUNT },
      ...{ title: 'Title of s3-bucket-not-public', evidence: '{"port":22}', tags: '{"Owner":"me"}', gap_reason: '' },
    });
    expect(rows[1]).toMatchObject({
      gap_reason: 'denied',
      gap_operation: 's3:GetBucketPolicy',
      evidence: '',
      tags: '',
      first_seen: '',
    });
  });

  it.each(Object.entries(HOSTILE))('holds %s in one line, and as no formula', (_name, text) => {
    const hostile = finding({ message: text, evidence: text, resource: { id: text, arn: text } });
    const csv = findingsCsv(reportOf({ findings: [hostile] }));
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    const [row] = rowsOf(csv);
    expect(row!['resource']).toBe(/^[=+\-@\uFF1D]/.test(text) ? `'${text}` : visible(text));
    for (const cell of Object.values(row!)) expect(cell).not.toMatch(/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/);
  });

  it('names a check that the header does not know by nothing', () => {
    expect(rowsOf(findingsCsv(reportOf({ findings: [finding()], checks: [] })))[0]).toMatchObject({
      title: '',
      check: 's3-bucket-not-public',
    });
  });
});
