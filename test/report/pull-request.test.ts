import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsMarkdown } from '../../lib/report/pull-request.ts';
import { checkInfo, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

const CHECK = 's3-bucket-not-public';
const COLUMNS = { failures: 6, gaps: 4 };

/** The rows of every table, without headings, a cell each: as GitHub splits them, before it looks at anything else. */
function rowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (Severity|Asked with|---)/.test(line))
    .map((line) => line.slice(2, -2).split(' | '));
}
/** What is left for GitHub to act on: everything outside of code. */
const outsideOfCode = (markdown: string): string => markdown.replaceAll(/`[^`\n]+`/g, 'CODE');
/** Neither HTML nor entity, link, mention, style, code, mathematics, emoji, nor a reference to an issue. */
const HARMLESS = /^[^<>&[\]@*_~`$\\^{}!]*$/;

describe('findings.md', () => {
  it('says in a line that nothing failed', () =>
    expect(findingsMarkdown(reportOf({ findings: [finding({ status: 'PASS' })] }))).toBe(
      '### Ronda: nothing failed in 111122223333\n\n1 passed, coverage 100%. Since the last run: nothing changed.\n'.replace(
        '111122223333',
        '`111122223333`',
      ),
    ));

  it('counts in the first line, and tells each failure with its cause and its fix, worst first', () => {
    const waiver = { owner: 'web', reason: 'a public site', expires: '2026-06-30' };
    const findings = [
      finding({ severity: 'low', resource: { id: 'mild' } }),
      finding({
        severity: 'critical',
        change: 'new',
        cause: { kind: 'resource-created' },
        resource: { id: 'worst' },
      }),
      finding({ waiver, resource: { id: 'waived' } }),
      finding({ status: 'PASS', resource: { id: 'good' } }),
    ];
    const markdown = findingsMarkdown(reportOf({ findings, gone: [gone()] }));
    expect(markdown.split('\n').slice(0, 7)).toEqual([
      '### Ronda: 1 critical, 1 low in `111122223333`',
      '',
      '1 passed, 1 waived, coverage 100%. Since the last run: 1 new, 1 resolved.',
      '',
      '| Severity | What fails | Resource | Where | Cause | Fix |',
      '| --- | --- | --- | --- | --- | --- |',
      `| critical | Title of ${CHECK} | \`worst\` | eu-west-1 | new: the policy lets everyone read; the resource was created | \`aws s3 fix --name <name>\` |`,
    ]);
    expect(rowsOf(markdown).map(([severity, , name]) => [severity, name])).toEqual([
      ['critical', '`worst`'],
      ['low', '`mild`'],
    ]);
  });

  it('says what could not be judged, why, and what opens it', () => {
    const findings = [finding({ status: 'UNKNOWN', gap: DENIED }), finding({ status: 'UNKNOWN', gap: DENIED })];
    const markdown = findingsMarkdown(reportOf({ findings }));
    expect(markdown).toContain('### Ronda: nothing failed of what could be judged');
    expect(markdown).toContain('#### 2 verdicts could not be given');
    expect(rowsOf(markdown)).toEqual([
      ['`s3:GetBucketPolicy`', 'denied: access denied', '2', 'allow `s3:GetBucketPolicy` to the role that reads'],
    ]);
  });

  it('keeps what fits, and counts the rest', () => {
    const findings = [
      ...Array.from({ length: 2_000 }, () => finding({ message: 'the policy lets everyone read '.repeat(20) })),
      ...Array.from({ length: 500 }, (_, index) =>
        finding({ status: 'UNKNOWN', gap: { ...DENIED, operation: `s3:Get${index}` } }),
      ),
    ];
    const markdown = findingsMarkdown(reportOf({ findings }));
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.length).toBeGreaterThan(60_000);
    const rows = rowsOf(markdown);
    const failures = rows.filter(({ length }) => length === COLUMNS.failures).length;
    const causes = rows.filter(({ length }) => length === COLUMNS.gaps).length;
    expect(failures + causes).toBe(rows.length);
    expect(markdown).toContain(`\n${(2_000 - failures).toLocaleString('en')} more findings in the report.`);
    expect(markdown).toContain(`\n${(500 - causes).toLocaleString('en')} more causes in the report.`);
  });

  it.each([
    [600, /^`f+`$/],
    [601, /^in the report$/],
    [0, /^$/],
  ])('a command of %i characters is whole or not there', (length, fix) => {
    const checks = [checkInfo(CHECK, { fix: 'f'.repeat(length) })];
    expect(rowsOf(findingsMarkdown(reportOf({ findings: [finding()], checks })))[0]![5]).toMatch(fix);
  });

  it('names a check that the header does not describe', () =>
    expect(findingsMarkdown(reportOf({ findings: [finding()], checks: [] }))).toContain(`\`${CHECK}\``));

  it.each([
    ...Object.entries(HOSTILE),
    ['a table break', 'a | b \\| c \\\\| d |'],
    ['a mention', '@security-team and (@org/team)'],
    ['an issue', '#1 org/repo#2 GH-3 gh-4'],
    ['a commit', 'a5c3785ed8d6a35868bc169f07e40e889087fd2e'],
    ['mathematics', '$x$ and $$y$$'],
    ['an end of code', '`` ` ``` \\` \\'],
    ['spaces', '   '],
    ['an address', 'me@evil.example ftp://evil.example www.evil.example'],
  ])('has nothing in it that GitHub acts on, with %s', (_name, hostile) => expectHarmless(hostile));

  it('whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 50 }), expectHarmless));
    const telling = fc.constantFrom('`', '|', '\\', '<', '@', '#', ' ', 'a', '\n', '$', '.', ':', '/', '!', '[', '&');
    fc.assert(fc.property(fc.string({ unit: telling, maxLength: 30 }), expectHarmless));
  });
});

function expectHarmless(hostile: string): void {
  const markdown = findingsMarkdown(
    reportOf({
      findings: [
        finding({
          message: hostile,
          change: 'new',
          cause: { kind: 'resource-changed', before: hostile, after: hostile },
          resource: { id: hostile, arn: hostile, account: hostile, region: hostile },
        }),
        finding({ status: 'UNKNOWN', gap: { ...DENIED, operation: hostile, detail: hostile } }),
      ],
      checks: [checkInfo(CHECK, { title: hostile, fix: hostile })],
      accounts: [hostile],
    }),
  );
  expect(markdown.length).toBeLessThanOrEqual(65_536);
  expect(markdown.split('\n').filter((line) => /\p{C}/u.test(line))).toEqual([]);
  const outside = outsideOfCode(markdown);
  for (const line of outside.split('\n')) expect(line.replace(/^#{3,4} /, '')).toMatch(HARMLESS);
  expect(outside).not.toMatch(/#\d|gh-\d|www\.|:\/\/|[0-9a-f]{7}|:[\w+-]+:/i);
  // Every pipe is a border: no more and no fewer cells than the table has.
  const borders = markdown.split('\n').filter((line) => line.startsWith('|'));
  expect(borders.map((line) => line.split('|').length - 2)).toEqual([6, 6, 6, 4, 4, 4]);
}
