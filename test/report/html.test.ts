import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reportPage } from '../../lib/report/html.ts';
import { ACCOUNT, checkInfo, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

/** Words of the page as a reader sees them. */
const wordsOf = (page: string) =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('the page', () => {
  it('allows the one style sheet and nothing else', () => {
    const page = reportPage(reportOf({ findings: [finding()] }));
    const styles = [...page.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style]) => style!);
    expect(styles).toHaveLength(1);
    const hash = createHash('sha256').update(styles[0]!).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.indexOf('content-security-policy')).toBeLessThan(page.indexOf('<style>'));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\sstyle=|\son\w+=|https?:/i);
  });

  it.each(Object.entries(HOSTILE))('holds %s as text alone', (_name, text) => {
    const own = {
      check: text,
      message: text,
      resource: { id: text, arn: text, region: text, type: text, tags: { [text]: text } },
    };
    const page = reportPage(
      reportOf({
        accounts: [text, ACCOUNT],
        findings: [
          finding({ ...own, evidence: { [text]: [text, { [text]: text }] } }),
          finding({ ...own, status: 'UNKNOWN', gap: { reason: 'failed', operation: text, detail: text } }),
        ],
        checks: [checkInfo(text, { title: text, why: text, fix: text })],
        gone: [gone({ check: text, arn: text })],
        header: {
          tool: text,
          date: text,
          startedAt: text,
          scope: { partition: 'aws', accounts: [text], regions: [], filters: { [text]: text } },
        },
      }),
    );
    expect(page.match(/<(?:script|img|iframe|link)/gi) ?? []).toEqual([]);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page.match(/href="(?!#|findings\.)/g) ?? []).toEqual([]);
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(page.length).toBeLessThan(150_000);
  });

  it('says what there is to know of a finding', () => {
    const one = finding({
      message: 'the policy lets everyone read',
      change: 'new',
      variant: 'acl',
      firstSeen: '2025-12-31T00:00:00.000Z',
      evidence: {
        principals: ['*'],
        rule: { port: 22, open: true },
        none: null,
        nothing: [],
        statements: [{ sid: 'a' }],
      },
      resource: { tags: { Owner: 'me' } },
    });
    const words = wordsOf(reportPage(reportOf({ findings: [one] })));
    for (const text of [
      ...['Title of s3-bucket-not-public', 'Why s3-bucket-not-public matters.', 'aws s3 fix --name <name>'],
      ...[one.resource.id, one.resource.arn, 'eu-west-1', 'AWS::S3::Bucket', 'acl: the policy lets everyone read'],
      ...['read 2026-01-01 00:01 UTC, first seen 2025-12-31 00:00 UTC (1 day ago)', 'new'],
      ...['Evidence', 'principals', '*', 'port', '22', 'true', 'none', 'empty', 'sid', 'Tags', 'Owner'],
      ...[
        '1 high',
        'Coverage 100%: everything that was asked could be judged',
        'Since the last run: 1 new',
        '1,204 calls in 42 s',
      ],
    ]) {
      expect(words).toContain(text);
    }
  });

  it('says what was not seen, why, and what would open it', () => {
    const findings = [
      finding({ status: 'UNKNOWN', gap: DENIED, change: 'unseen' }),
      finding({ status: 'PASS' }),
      finding({ status: 'SKIP' }),
    ];
    const page = reportPage(reportOf({ findings }));
    const words = wordsOf(page);
    for (const text of [
      ...[
        'nothing failed of what could be judged',
        'Coverage 66.6%: 1 of 3 could not be judged',
        'access denied',
        '1 not judged',
      ],
      ...[
        'To see it: allow s3:GetBucketPolicy to the role that reads',
        'no longer seen',
        '1 passed, 1 did not apply: see findings.json',
      ],
    ]) {
      expect(words.toLowerCase()).toContain(text.toLowerCase());
    }
    expect(page).toContain(`id="finding-${findings[0]!.id}"`);
    expect(words).not.toContain(findings[1]!.resource.id);
  });

  it.each([
    ['an empty run', reportOf(), ['There was nothing to judge']],
    ['a first run', reportOf({ firstRunOf: [ACCOUNT] }), ['Since the last run: this is the first']],
    ['what is gone', reportOf({ gone: [gone({ arn: 'arn:x' })] }), ['arn:x', 'the resource is gone', 'resolved']],
    [
      'a limited run',
      reportOf({
        header: { scope: { partition: 'aws', accounts: [ACCOUNT], regions: [], filters: { checks: 's3-*' } } },
      }),
      ['Not everything was asked. This run was limited to checks s3-*'],
    ],
    [
      'several accounts',
      reportOf({ accounts: [ACCOUNT, '2'], findings: [finding({ status: 'UNKNOWN', gap: DENIED })] }),
      ['2 AWS accounts', `accounts ${ACCOUNT}`, `${ACCOUNT} eu-west-1`],
    ],
    ['a finding milder than its check', reportOf({ findings: [finding(), finding({ severity: 'low' })] }), ['low']],
    ['a check without words', reportOf({ findings: [finding()], checks: [] }), ['s3-bucket-not-public']],
    ['no calls', reportOf({ header: { calls: [] } }), ['0 calls']],
  ])('shows %s', (_name, report, texts) => {
    const words = wordsOf(reportPage(report));
    for (const text of texts) expect(words).toContain(text);
  });

  it('draws no coverage where there was nothing to judge', () => {
    expect(reportPage(reportOf())).not.toContain('<svg');
    expect(reportPage(reportOf({ findings: [finding()] }))).toContain('<svg');
  });

  it('points to the objects that hold what a very large run does not list', () => {
    const report = reportOf({ findings: [finding(), finding({ status: 'PASS' })] });
    const words = wordsOf(reportPage({ ...report, findings: report.findings.slice(0, 1) }));
    expect(words).toContain('1 passed, 0 did not apply: see findings/*.ndjson.gz');
  });

  it('shows the beginning of evidence that is too large', () => {
    const words = wordsOf(reportPage(reportOf({ findings: [finding({ evidence: { text: 'x'.repeat(5000) } })] })));
    expect(words).toContain('characters in all; they are in findings.json');
    expect(words).not.toContain('x'.repeat(2001));
  });

  it('stays small with 20,000 findings, names the worst, and counts the rest', () => {
    const findings = Array.from({ length: 20_000 }, (_, index) =>
      finding({
        check: `s3-check-${index % 40}`,
        severity: index % 40 === 7 ? 'critical' : 'low',
        evidence: { port: index },
      }),
    );
    const page = reportPage(reportOf({ findings }));
    expect(page.length).toBeLessThan(5_000_000);
    expect(page.match(/<article/g)).toHaveLength(3000);
    expect(page.indexOf('s3-check-7')).toBeLessThan(page.indexOf('s3-check-0'));
    expect(wordsOf(page)).toContain('and 300 more in findings.json and findings.csv');
    expect(page.match(/<details class="card"/g)).toHaveLength(40);
  });
});
