import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrendPoint } from '../../lib/run/model.ts';
import { reportPage } from '../../lib/report/html.ts';
import { rowOf } from '../../lib/report/page/client/data.ts';
import { ACCOUNT, checkInfo, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';
import { dataIn, detailsIn } from './_data.ts';
import { manyFindings } from './_many.ts';

/** Words of the page as a reader without a script sees them. */
const wordsOf = (page: string) =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<script.*?<\/script>/gs, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
const without = (page: string) => page.replaceAll(/<script.*?<\/script>/gs, '');

describe('the page', () => {
  it('allows its one script and its one style sheet, and nothing else', () => {
    const page = reportPage(reportOf({ findings: [finding()] }));
    const [style] = /(?<=<style>).*?(?=<\/style>)/s.exec(page)!;
    const scripts = [...page.matchAll(/<script type="module">(.*?)<\/script>/gs)].map(([, script]) => script!);
    expect(scripts).toHaveLength(1);
    expect(page).toContain(
      `content="default-src 'none'; script-src 'sha256-${hashOf(scripts[0]!)}'; style-src 'sha256-${hashOf(style)}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"`,
    );
    expect(page.indexOf('content-security-policy')).toBeLessThan(page.indexOf('<style>'));
    expect(without(page)).not.toMatch(/<link|<img|<iframe|\sstyle=|\son\w+=|https?:/i);
    expect(
      page.match(/<script(?! type="(?:module"|application\/octet-stream" id="(?:data|details-\d+)"))/g),
    ).toBeNull();
  });

  it.each(Object.entries(HOSTILE))('holds %s as text alone', (_name, text) => {
    const own = {
      check: text,
      message: text,
      owner: text,
      resource: { id: text, arn: text, region: text, type: text, tags: { [text]: text, Name: text } },
    };
    const report = reportOf({
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
        frameworks: [{ id: text, name: text, requirements: [{ ref: text, checks: [text], notAsked: 0 }] }],
      },
    });
    const page = reportPage(report);
    expect(without(page).match(/<(?:script|img|iframe|link)/gi) ?? []).toEqual([]);
    expect(page.match(/<script/gi)).toHaveLength(3);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(without(page).match(/href="(?!#|findings\.)/g) ?? []).toEqual([]);
    expect(without(page).replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(page.length).toBeLessThan(500_000);
    expect(dataIn(page).checks[0]!.title).toBe(text || '(no name)');
  });

  it('says of the whole what there is to know, without a script too', () => {
    const findings = [
      finding({ change: 'new', resource: { id: 'open-bucket' } }),
      finding({ severity: 'low', check: 'ec2-x' }),
      finding({ severity: 'low', check: 'ec2-x', waiver: { owner: 'me', reason: 'why', expires: '2026-02-01' } }),
      finding({ status: 'UNKNOWN', gap: DENIED }),
      ...Array.from({ length: 5 }, () => finding({ status: 'PASS' })),
      finding({ status: 'SKIP' }),
    ];
    const words = wordsOf(reportPage(reportOf({ findings })));
    for (const text of [
      ...['AWS account 111122223333', 'Looked at on 2026-01-01 00:00 UTC, 2 regions in 42 s'],
      // 5 x 5 pass, 5 + 1 fail.
      ...['80.6%', 'passes, weighed by severity', '90%', '1 of 10 could not be judged'],
      ...['1 high', '1 low', '5 passed, 1 did not apply, 1 accepted', 'New', 'Title of s3-bucket-not-public'],
      ...[
        'The worst findings',
        'open-bucket',
        'the policy lets everyone read',
        'The trend begins with the second night.',
      ],
    ]) {
      expect(words).toContain(text);
    }
  });

  it.each([
    ['an empty run', reportOf(), ['There was nothing to judge', 'Nothing was judged that weighs']],
    ['a first run', reportOf({ firstRunOf: [ACCOUNT] }), ['This is the first.']],
    [
      'nothing that failed',
      reportOf({ findings: [finding({ status: 'PASS' }), finding({ status: 'UNKNOWN', gap: DENIED })] }),
      ['Nothing failed of what could be judged.', '50%'],
    ],
    [
      'a limited run',
      reportOf({
        header: { scope: { partition: 'aws', accounts: [ACCOUNT], regions: [], filters: { checks: 's3-*' } } },
      }),
      ['Not everything was asked. This run was limited to checks s3-*'],
    ],
    [
      'several accounts',
      reportOf({ accounts: [ACCOUNT, '2'], findings: [finding()] }),
      ['2 AWS accounts', `${ACCOUNT}, 2`],
    ],
    ['a check without words', reportOf({ findings: [finding()], checks: [] }), ['s3-bucket-not-public']],
    [
      'many findings',
      reportOf({ findings: Array.from({ length: 101 }, () => finding()) }),
      ['and 1 more in findings.json'],
    ],
  ])('shows %s', (_name, report, texts) => {
    const words = wordsOf(reportPage(report));
    for (const text of texts) expect(words).toContain(text);
  });

  it('draws the last nights, and says them', () => {
    const night = (date: string, critical: number, coverage: number): TrendPoint => {
      return { date, run: date, failed: { critical, high: 1, medium: 0, low: 0, informational: 0 }, coverage };
    };
    const trend = [night('2025-12-31', 0, 1), night('2026-01-01', 2, 0.5)];
    const page = reportPage(reportOf({ findings: [finding()], header: { trend } }));
    expect(page).toContain(
      'Failed findings of 2 nights. 2025-12-31: 1 high; coverage 100%. 2026-01-01: 2 critical, 1 high; coverage 50%.',
    );
    expect(page.match(/<g>/g)).toHaveLength(2);
    expect(wordsOf(page)).toContain('Failed findings, last 2 nights');
  });

  it('points to the objects that hold what a very large run does not list', () => {
    const report = reportOf({ findings: [finding(), finding({ status: 'PASS' })] });
    const words = wordsOf(reportPage({ ...report, findings: report.findings.slice(0, 1) }));
    expect(words).toContain('what passed in findings/*.ndjson.gz');
  });

  it('gives its script the beginning of evidence that is too large', () => {
    const page = reportPage(reportOf({ findings: [finding({ evidence: { text: 'x'.repeat(5000) } })] }));
    const [evidence] = detailsIn(page, 0)!;
    expect(evidence).toMatchObject({ length: 5011 });
    expect((evidence as { beginning: string }).beginning).toHaveLength(4000);
  });
});

describe('what the script is given', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 12 });
  const findings = fc.array(
    fc
      .record({
        check: fc.constantFrom('s3-a', 's3-b', 'ec2-c'),
        status: fc.constantFrom('FAIL', 'UNKNOWN', 'PASS', 'SKIP'),
        severity: fc.constantFrom('critical', 'high', 'medium', 'low', 'informational'),
        message: texts,
        change: fc.constantFrom(undefined, 'new', 'worse', 'unwaived', 'unseen', 'resolved', 'waived'),
        owner: fc.option(texts, { nil: undefined }),
        variant: fc.option(texts, { nil: undefined }),
        firstSeen: fc.constantFrom(undefined, '2025-01-01T10:11:12.131Z', 'some day'),
        id: texts,
        arn: texts,
        isArnById: fc.boolean(),
        region: texts,
        tags: fc.dictionary(texts, texts, { maxKeys: 2 }),
        evidence: fc.jsonValue({ maxDepth: 2 }),
      })
      .map(({ id, arn, isArnById, region, tags, change, owner, variant, firstSeen, evidence, ...rest }) =>
        finding({
          ...rest,
          ...(change && { change }),
          ...(owner !== undefined && { owner }),
          ...(variant !== undefined && { variant }),
          ...(firstSeen && { firstSeen }),
          evidence: evidence as never,
          resource: { id, arn: isArnById ? arn + id : arn, region, tags },
        }),
      ),
    { maxLength: 12 },
  );

  it('is every finding that failed, is unknown or changed, with all that the page shows of it', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const page = reportPage(reportOf({ findings: all }));
        const data = dataIn(page);
        const listed = all.filter(({ status, change }) => status === 'FAIL' || status === 'UNKNOWN' || change);
        expect(data.ids.toSorted()).toEqual(listed.map(({ id }) => id).toSorted());
        for (const one of listed) {
          const row = data.ids.indexOf(one.id);
          const shown = rowOf(data, row);
          const { resource } = one;
          expect(shown).toMatchObject({
            arn: resource.arn,
            type: resource.type,
            account: resource.account,
            region: resource.region,
            label: (resource.tags!['Name'] ?? '') === resource.id ? '' : (resource.tags!['Name'] ?? ''),
            message: one.message,
            owner: one.owner ?? '',
            variant: one.variant ?? '',
            change: one.change,
            firstSeen: one.firstSeen === '2025-01-01T10:11:12.131Z' ? '2025-01-01T10:11Z' : (one.firstSeen ?? ''),
            at: '2026-01-01T00:01Z',
            state: { FAIL: 'failed', UNKNOWN: 'unknown', PASS: 'resolved', SKIP: 'resolved' }[one.status],
          });
          expect(shown.check.id).toBe(one.check);
          expect(['critical', 'high', 'medium', 'low', 'informational'][shown.severity]).toBe(one.severity);
          expect(detailsIn(page, row)).toEqual(
            JSON.parse(JSON.stringify([{ value: one.evidence }, resource.tags, null])),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the cause of each UNKNOWN, and what would open it', () => {
    const lost = reportOf({ findings: [finding({ status: 'UNKNOWN', gap: DENIED })] });
    const [account] = lost.header.accounts;
    const header = { ...lost.header, accounts: [{ ...account!, lost: lost.header.summary.gaps }] };
    const data = dataIn(reportPage({ ...lost, header }));
    expect(data.gaps).toMatchObject([
      {
        operation: 's3:GetBucketPolicy',
        findings: 1,
        isNew: true,
        opens: 'allow s3:GetBucketPolicy to the role that reads',
      },
    ]);
    expect(data.columns.gap[0]).toBe(1);
  });

  it('counts the verdicts of each check, those that the page does not list too', () => {
    const report = reportOf({ findings: [finding(), finding({ status: 'PASS' }), finding({ status: 'SKIP' })] });
    expect(dataIn(reportPage(report)).checks[0]!.counts).toEqual({ PASS: 1, FAIL: 1, SKIP: 1, UNKNOWN: 0, waived: 0 });
  });

  it('is what is gone and why, what became of waivers, and what is read again', () => {
    const waiver = { check: '*', resource: '*', owner: 'me', reason: 'why', expires: '2025-12-31' };
    const lost = gone({ id: 'abc', arn: 'arn:x' });
    const report = reportOf({ gone: [lost], header: { waivers: [{ waiver, covers: 0, outlived: 0 }] } });
    const accounts = report.header.accounts.map((account) => {
      return { ...account, causes: { abc: { kind: 'resource-deleted' as const } }, regained: [DENIED] };
    });
    const data = dataIn(reportPage({ ...report, header: { ...report.header, accounts } }));
    expect(data.gone).toMatchObject([{ id: 'abc', arn: 'arn:x', cause: 'the resource was deleted' }]);
    expect(data.waiverUses).toMatchObject([{ status: 'expired', covers: 0 }]);
    expect(data.regained).toEqual([DENIED]);
  });
});

describe('what changed and what ends', () => {
  it('has a cause for each that the list of changes names, and for no other', () => {
    const cause = { kind: 'parameter-changed', before: { days: 90 }, after: { days: 60 } } as const;
    const findings = [
      finding({ severity: 'low', change: 'new', cause: { kind: 'resource-created' } }),
      ...Array.from({ length: 101 }, () => finding({ severity: 'high', change: 'worse', cause })),
      finding({ severity: 'critical', change: 'new' }),
      finding({ severity: 'medium', cause }),
    ];
    const { causes } = dataIn(reportPage(reportOf({ findings })));
    // Worst first: the critical one is row 0 and has no cause, the hundred and first that is worse is named nowhere.
    const words = 'a parameter of the check was changed: {"days":90} → {"days":60}';
    expect(causes).toEqual({
      ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [index + 1, words])),
      103: 'the resource was created',
    });
  });

  it.each([
    [undefined, 'expiring'],
    [14, 'expiring'],
    [9, 'active'],
    [10, 'expiring'],
  ])('a waiver that ends in 10 days, announced %s days before, is %s', (warnDays, status) => {
    const waiver = { check: '*', resource: '*', owner: 'me', reason: 'why', expires: '2026-01-11' };
    const waivers = [{ waiver, covers: 1, outlived: 0 }];
    const report = reportOf({ header: { waivers, ...(warnDays !== undefined && { warnDays }) } });
    expect(report.header.endedAt).toMatch(/^2026-01-01/);
    expect(dataIn(reportPage(report)).waiverUses).toMatchObject([{ status }]);
  });
});

describe('a very large run', () => {
  const BUDGET = 5_000_000;

  it('200,000 findings are all in the page, with evidence of the worst, in 5 MB', () => {
    const page = reportPage(manyFindings(200_000));
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(BUDGET);
    const data = dataIn(page);
    expect(data.count).toBe(200_000);
    expect(data.leftOut).toBe(0);
    expect(detailsIn(page, 0)).toBeDefined();
    const parts = page.match(/id="details-/g)!.length;
    expect(detailsIn(page, parts * data.detailsEach)).toBeUndefined();
    const left = new Intl.NumberFormat('en').format(200_000 - parts * data.detailsEach);
    expect(wordsOf(page)).toContain(`Evidence of the mildest ${left} findings is in findings.json`);
  });

  it('findings that do not fit are the mildest, and are counted', () => {
    const noise = (index: number) => createHash('sha512').update(String(index)).digest('base64').repeat(2);
    const findings = Array.from({ length: 40_000 }, (_, index) =>
      finding({ severity: index % 2 === 0 ? 'low' : 'high', message: noise(index) + noise(-index - 1) }),
    );
    const page = reportPage(reportOf({ findings }));
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(BUDGET);
    const data = dataIn(page);
    expect(data.count).toBeGreaterThan(20_000);
    expect(data.leftOut).toBe(40_000 - data.count);
    expect(data.columns.severity.filter((severity) => severity === 1)).toHaveLength(20_000);
    const left = new Intl.NumberFormat('en').format(data.leftOut);
    expect(wordsOf(page)).toContain(`The page holds no more: ${left} findings, the mildest, are in findings.json`);
  });
});
