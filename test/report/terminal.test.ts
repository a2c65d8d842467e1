import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { terminalSummary } from '../../lib/report/terminal.ts';
import { displayWidth } from '../../lib/report/text.ts';
import { ACCOUNT, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

const plain = { color: false, width: 80 };
const hostile = reportOf({
  accounts: Object.values(HOSTILE).slice(0, 12),
  findings: Object.values(HOSTILE).flatMap((text) => [
    finding({
      check: text,
      message: text,
      severity: 'critical',
      resource: { id: text, arn: text, region: text, account: text },
    }),
    finding({ check: text, status: 'UNKNOWN', gap: { reason: 'failed', operation: text, detail: text } }),
  ]),
  header: {
    tool: HOSTILE['terminal escape']!,
    calls: Object.values(HOSTILE).map((service) => ({ service, region: 'x', operation: 'x', calls: 1, throttled: 0 })),
    scope: { partition: 'aws', accounts: ['1', '2'], regions: [], filters: { tag: HOSTILE['terminal escape']! } },
  },
});
const large = reportOf({
  findings: Array.from({ length: 400 }, (_, index) => [
    finding({
      check: `ec2-check-${index % 90}`,
      severity: (['critical', 'high', 'medium', 'low'] as const)[index % 4]!,
      change: 'new',
    }),
    finding({ status: 'UNKNOWN', gap: { ...DENIED, operation: `ec2:Describe${index % 30}` } }),
  ]).flat(),
  gone: [gone(), gone({ change: 'unseen' })],
});

describe('a line that is too long', () => {
  const check = 'ec2-instance-admin-access-controlled-and-logged';
  const places = ['ap-southeast-2', 'eu-west-1'];
  const group = (message: string) =>
    places.map((region, index) => finding({ check, message, resource: { id: `i-0e6a65cf90c35556${index}`, region } }));
  const linesOf = (message: string, width: number) =>
    terminalSummary(reportOf({ findings: group(message) }), { color: false, width })
      .split('\n')
      .slice(3, 5);

  it.each([
    [120, `HIGH      ${check}  2 resources  ap-southeast-2, eu-west-1`],
    [80, `HIGH      ${check}  2 resources  2 places`],
    [70, `HIGH      ${check}  2 resources`],
  ])('of %d columns keeps the check and how many it concerns', (width, first) =>
    expect(linesOf('open', width)[0]).toBe(first),
  );
  it.each([
    ['the internet reaches SSH', `(i-0e6a65cf90c355560, i-0e6a65cf90c355561)`],
    ['the internet reaches SSH, and nothing protects it', '(i-0e6a65cf90c355560, ...)'],
    ['the internet reaches SSH, nothing protects it, and nobody has looked', ''],
  ])('says %j in full, and names as many resources as fit', (message, names) =>
    expect(linesOf(message, 90)[1]).toBe(`          ${message}${names && ` ${names}`}`),
  );
  it('counts fewer services rather than cutting their names', () => {
    const calls = Array.from({ length: 9 }, (_, index) => ({
      ...{ service: `elasticloadbalancing${index}`, region: 'x', operation: 'x', calls: 9 - index, throttled: 0 },
    }));
    expect(terminalSummary(reportOf({ header: { calls } }), { ...plain, width: 90 })).toContain(
      '\n45 calls in 42 s: elasticloadbalancing0 9, elasticloadbalancing1 8 and 7 more\n',
    );
  });
});

it('counts what is waived', () => {
  const waiver = { owner: 'web', reason: 'public', expires: '2026-06-30' };
  expect(terminalSummary(reportOf({ findings: [finding({ waiver }), finding({ status: 'PASS' })] }), plain)).toContain(
    '1 passed, 0 did not apply, 1 waived; coverage 100%',
  );
});

describe('the summary in a terminal', () => {
  it('says it all on one screen', () => {
    const findings = [
      finding({ severity: 'critical', change: 'new', resource: { id: 'my-bucket' } }),
      finding({ status: 'UNKNOWN', gap: DENIED }),
      finding({ status: 'PASS' }),
    ];
    expect(terminalSummary(reportOf({ findings }), { ...plain, page: '/tmp/ronda-report/index.html' })).toBe(
      [
        'ronda 0.1.0  111122223333  2 regions  2026-01-01 00:00 UTC',
        '1 critical',
        '',
        'CRITICAL  s3-bucket-not-public  my-bucket  eu-west-1  1 new',
        '          the policy lets everyone read',
        '',
        '1 passed, 0 did not apply; coverage 66.6%, 1 could not be judged',
        '  1  denied  s3:GetBucketPolicy: access denied',
        '     to see it: allow s3:GetBucketPolicy to the role that reads',
        '',
        'since the last run: 1 new',
        '1,204 calls in 42 s: s3 1,200, iam 4; 3 throttled',
        'report: /tmp/ronda-report/index.html',
        '',
      ].join('\n'),
    );
  });

  it('shows equal findings as one, with a count', () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      finding({ resource: { id: `bucket-${index + 10}`, region: index < 39 ? 'eu-west-1' : 'us-east-1' } }),
    );
    const lines = terminalSummary(reportOf({ findings }), plain).split('\n');
    expect(lines.filter((line) => line.includes('s3-bucket-not-public'))).toEqual([
      'HIGH      s3-bucket-not-public  40 resources  eu-west-1, us-east-1',
    ]);
    expect(lines).toContain('          the policy lets everyone read (bucket-10, bucket-11, ...)');
  });

  it('says when equal checks fail for other reasons', () => {
    const findings = [
      finding({ message: 'a', resource: { id: '1' } }),
      finding({ message: 'b', resource: { id: '2' } }),
    ];
    expect(terminalSummary(reportOf({ findings }), plain)).toContain('a and 1 other reason (1, 2)');
  });

  it.each([
    ['a large run', large],
    ['a hostile run', hostile],
  ])('fits %s on 30 lines of any width', (_name, report) => {
    for (const width of [70, 80, 120, 160]) {
      const lines = terminalSummary(report, { color: false, width, page: 'page' }).split('\n');
      expect(lines.length).toBeLessThanOrEqual(31);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it('counts what it does not show', () => {
    const shown = terminalSummary(large, plain);
    expect(shown).toMatch(/and 385 more findings of \d+ checks/);
    expect(shown).toMatch(/and 358 more, of 27 other causes/);
  });

  it.each([
    ['without colours', false],
    ['with colours', true],
  ])('lets nothing hostile command the terminal, %s', (_name, color) => {
    const shown = terminalSummary(hostile, { color, width: 80, page: HOSTILE['terminal escape']! });
    const own = shown.replaceAll(/\u001B\[\d+m/g, '');
    expect(own.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(color ? shown !== own : shown === own).toBe(true);
  });

  it('says the same with colours', () => {
    expect(stripVTControlCharacters(terminalSummary(large, { color: true, width: 80 }))).toBe(
      terminalSummary(large, plain),
    );
  });

  it.each([
    ['first run', reportOf({ firstRunOf: [ACCOUNT], findings: [finding()] }), 'since the last run: this is the first'],
    ['quiet night', reportOf({ findings: [finding({ status: 'PASS' })] }), 'nothing changed'],
    [
      'all is well',
      reportOf({ findings: [finding({ status: 'PASS' })] }),
      'nothing failed\n\n1 passed, 0 did not apply; coverage 100%, nothing was left unseen\n',
    ],
    [
      'not all was seen',
      reportOf({ findings: [finding({ status: 'UNKNOWN', gap: DENIED })] }),
      'nothing failed of what could be judged',
    ],
    ['nothing was there', reportOf({ header: { calls: [] } }), 'there was nothing to judge\n\nsince'],
    ['no calls', reportOf({ header: { calls: [] } }), '0 calls in 42 s\n'],
    [
      'a part of the account',
      reportOf({
        header: { scope: { partition: 'aws', accounts: [ACCOUNT], regions: ['a'], filters: { services: 's3' } } },
      }),
      '1 region  2026-01-01 00:00 UTC\nonly: services s3',
    ],
    ['a name that is empty', reportOf({ findings: [finding({ resource: { id: '', arn: '' } })] }), '(no name)'],
    ['several accounts', reportOf({ accounts: [ACCOUNT, '2'], findings: [finding()] }), `${ACCOUNT} eu-west-1`],
    [
      'a mild finding',
      reportOf({ findings: [finding({ severity: 'informational' })] }),
      'INFO      s3-bucket-not-public',
    ],
  ])('%s', (_name, report, words) => {
    expect(terminalSummary(report, plain)).toContain(words);
  });

  it('shows the page whole, however long its path', () => {
    const page = `s3://bucket/${'long/'.repeat(60)}index.html`;
    expect(terminalSummary(reportOf(), { ...plain, page })).toContain(`report: ${page}\n`);
    expect(terminalSummary(reportOf(), plain)).not.toContain('report:');
  });

  it('has no colours of its own accord where there is no terminal', () => {
    expect(terminalSummary(large, { width: 80 })).toBe(terminalSummary(large, plain));
  });
});
