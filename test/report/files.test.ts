import { expect, it } from 'vitest';
import { reportFiles } from '../../lib/report/files.ts';
import { finding, reportOf } from '../support/report.ts';

it('makes every file of a run, each with its type', () => {
  const files = [...reportFiles(reportOf({ findings: [finding()] }))];
  expect(files.map(({ name, contentType }) => [name, contentType])).toEqual([
    ['findings.json', 'application/json; charset=utf-8'],
    ['findings.csv', 'text/csv; charset=utf-8; header=present'],
    ['index.html', 'text/html; charset=utf-8'],
  ]);
  for (const { body } of files) expect(body.length).toBeGreaterThan(0);
});
