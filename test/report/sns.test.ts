import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../lib/core/causes.ts';
import { causeOf, type GapGroup } from '../../lib/core/coverage.ts';
import type { Expiry } from '../../lib/core/expiries.ts';
import type { Gap, Severity } from '../../lib/core/model.ts';
import { OWNER_RULES } from '../../lib/core/owners.ts';
import { SEVERITIES } from '../../lib/core/severity.ts';
import type { Waiver } from '../../lib/core/waivers.ts';
import { type Alert, alertsOf, type Notification } from '../../lib/report/sns.ts';
import { number } from '../../lib/report/text.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { ACCOUNT, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

/** The one message that tells everybody everything. */
function alertOf(report: Report, page?: string): Alert | undefined {
  const alerts = alertsOf(report, { page });
  expect(alerts.length).toBeLessThanOrEqual(1);
  return alerts[0];
}
const told = (alert: Alert | undefined) => JSON.parse(alert!.message) as Notification;
/** What is outside of code: there, chat clients see links, mentions and styles. */
const outsideCode = (markdown: string) => markdown.replaceAll(/`[^`]*`/g, '');

function limits({ subject, message, attributes }: Alert): void {
  const { version, source, content, metadata } = JSON.parse(message) as Notification;
  expect([version, source, content.textType]).toEqual(['1.0', 'custom', 'client-markdown']);
  expect(content.title.length).toBeLessThanOrEqual(250);
  expect(content.description.length).toBeLessThanOrEqual(8000);
  expect(content.description).not.toBe('');
  expect(subject).toMatch(/^[\x20-\x7E]{1,99}$/);
  expect(Object.values(metadata.additionalContext).every((value) => typeof value === 'string')).toBe(true);
  const size = Buffer.byteLength(message) + Buffer.byteLength(JSON.stringify(attributes));
  expect(size).toBeLessThan(262_144);
  for (const values of Object.values(attributes)) for (const value of values) expect(value).not.toBe('');
}

describe('the alert', () => {
  it.each([
    ['nothing', reportOf()],
    ['what failed before', reportOf({ findings: [finding({ firstSeen: '2025-01-01T00:00:00.000Z' })] })],
    ['what could not be judged before', reportOf({ findings: [finding({ status: 'UNKNOWN', gap: DENIED })] })],
    ['what passes', reportOf({ findings: [finding({ status: 'PASS' })] })],
  ])('is silent about %s', (_name, report) => {
    expect(alertOf(report)).toBeUndefined();
  });

  it.each([
    [
      'new',
      reportOf({ findings: [finding({ change: 'new' }), finding()] }),
      'Ronda: 1 new in 111122223333',
      'high',
      ['new'],
    ],
    [
      'worse',
      reportOf({ findings: [finding({ change: 'worse', severity: 'critical' })] }),
      'Ronda: 1 worse in 111122223333',
      'critical',
      ['worse'],
    ],
    [
      'resolved',
      reportOf({ findings: [finding({ change: 'resolved', status: 'PASS' })] }),
      'Ronda: 1 resolved in 111122223333',
      'high',
      ['resolved'],
    ],
    [
      'unseen',
      reportOf({ findings: [finding({ change: 'unseen', status: 'UNKNOWN', gap: DENIED })] }),
      'Ronda: 1 no longer seen in 111122223333',
      'high',
      ['unseen'],
    ],
    ['gone', reportOf({ gone: [gone({ severity: 'low' })] }), 'Ronda: 1 resolved in 111122223333', 'low', ['resolved']],
    [
      'not listed',
      reportOf({ gone: [gone({ change: 'unseen', severity: 'medium' })] }),
      'Ronda: 1 no longer seen in 111122223333',
      'medium',
      ['unseen'],
    ],
    [
      'all of it',
      reportOf({
        findings: [finding({ change: 'new', severity: 'low' }), finding({ change: 'worse', severity: 'medium' })],
        gone: [gone(), gone({ change: 'unseen' })],
      }),
      'Ronda: 1 new, 1 worse, 1 no longer seen, 1 resolved in 111122223333',
      'high',
      ['new', 'worse', 'unseen', 'resolved'],
    ],
    [
      'a first run',
      reportOf({ firstRunOf: [ACCOUNT], findings: [finding(), finding({ severity: 'low' })] }),
      'Ronda: first look at 111122223333: 1 high, 1 low',
      'high',
      ['first-run'],
    ],
    [
      'a first run where nothing fails',
      reportOf({ firstRunOf: [ACCOUNT] }),
      'Ronda: first look at 111122223333: nothing failed',
      'informational',
      ['first-run'],
    ],
  ] as const)('tells of what is %s', (_name, report, subject, severity, change) => {
    const alert = alertOf(report)!;
    limits(alert);
    expect(alert.subject).toBe(subject);
    expect(told(alert).content.title).toBe(subject);
    const owner = subject.endsWith('nothing failed') ? [] : ['unowned'];
    expect(alert.attributes).toEqual({ severity: [severity], account: [ACCOUNT], owner, change });
  });

  it('says what, where and why, by severity; then what is not seen; then the good news', () => {
    const findings = [
      finding({ change: 'new', severity: 'critical', resource: { id: 'a' } }),
      finding({ change: 'new', severity: 'critical', resource: { id: 'b', region: 'us-east-1' } }),
      finding({ change: 'worse', severity: 'medium', message: 'port 22 is open to 0.0.0.0/0', resource: { id: 'c' } }),
      finding({
        change: 'unseen',
        status: 'UNKNOWN',
        gap: DENIED,
        message: 'could not be read',
        resource: { id: 'd' },
      }),
      finding({ change: 'resolved', status: 'PASS', message: 'private', resource: { id: 'e' } }),
    ];
    const { content, metadata } = told(
      alertOf(reportOf({ findings, gone: [gone({ arn: 'arn:aws:s3:::f' })] }), 'https://example.test/report'),
    );
    expect(content.description.split('\n')).toEqual([
      '*Critical*',
      '• new: Title of s3-bucket-not-public: `a`, `b` in eu-west-1, us-east-1: the policy lets everyone read',
      '',
      '*Medium*',
      '• worse: Title of s3-bucket-not-public: `c` in eu-west-1: port 22 is open to 0.0.0.0/0',
      '',
      '*No longer seen*',
      '• Title of s3-bucket-not-public: `d` in eu-west-1: could not be read',
      '',
      '*Resolved*',
      '• Title of s3-bucket-not-public: `e` in eu-west-1: private',
      '• Title of s3-bucket-not-public: `arn:aws:s3:::f` in eu-west-1: the resource is gone',
    ]);
    expect(content.nextSteps).toEqual([
      'Open the report: `https://example.test/report`',
      'Fix `s3-bucket-not-public`: `aws s3 fix --name &lt;name&gt;`',
      'To see again: allow `s3:GetBucketPolicy` to the role that reads',
    ]);
    expect(metadata).toMatchObject({
      threadId: '20260101T000000Z-abc123',
      eventType: 'ronda-run',
      additionalContext: {
        new: '2',
        worse: '1',
        unseen: '1',
        resolved: '2',
        critical: '2',
        coverage: '80%',
        unknown: '1',
        page: 'https://example.test/report',
      },
    });
    expect(metadata.relatedResources).toContain('arn:aws:s3:::a');
  });

  it('tells equal things in one line', () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      finding({ change: 'new', resource: { id: `bucket-${index + 10}` } }),
    );
    const { description } = told(alertOf(reportOf({ findings }))).content;
    expect(description).toContain(
      '`bucket-10`, `bucket-11`, `bucket-12` and 37 more in eu-west-1: the policy lets everyone read',
    );
    expect(description.split('\n')).toHaveLength(2);
  });

  it('counts what it leaves out, and says where it is', () => {
    const findings = Array.from({ length: 600 }, (_, index) =>
      finding({ change: 'new', message: `reason ${index} ${'why '.repeat(20)}` }),
    );
    const alert = alertOf(reportOf({ findings }))!;
    limits(alert);
    const { description } = told(alert).content;
    const lines = description.split('\n').filter((line) => line.startsWith('•')).length;
    expect(description).toContain(
      `${600 - lines} more findings: see \`runs/date=2026-01-01/run=20260101T000000Z-abc123/index.html\``,
    );
  });

  it('has one summary for first runs, with the worst first and what was not seen', () => {
    const findings = [
      ...Array.from({ length: 5000 }, (_, index) =>
        finding({
          check: `s3-check-${index % 70}`,
          severity: (['low', 'critical'] as Severity[])[index % 2]!,
          message: `m${index}`,
        }),
      ),
      finding({ status: 'UNKNOWN', gap: DENIED }),
    ];
    const alert = alertOf(reportOf({ firstRunOf: [ACCOUNT], findings }))!;
    limits(alert);
    const { description } = told(alert).content;
    expect(description).toMatch(
      /^First look at 111122223333: 2,500 critical, 2,500 low\. 99\.9% of what was asked could be judged, 1 could not\.\n\n\*Critical\*/,
    );
  });

  it('is about the accounts in which something happened', () => {
    const report = reportOf({
      accounts: [ACCOUNT, '444455556666', '777788889999'],
      firstRunOf: ['444455556666'],
      findings: [finding({ resource: { account: '444455556666' } })],
      gone: [gone()],
    });
    const alert = alertOf(report)!;
    limits(alert);
    expect(alert.subject).toBe('Ronda: first look at 444455556666: 1 high; 1 resolved in 111122223333');
    expect(alert.attributes).toEqual({
      severity: ['high'],
      account: [ACCOUNT, '444455556666'],
      owner: ['unowned'],
      change: ['first-run', 'resolved'],
    });
    expect(told(alert).content.description).toContain(`${ACCOUNT} eu-west-1`);
  });

  it('stays within the size of a message for a large organisation, and says what it leaves out', () => {
    const accounts = Array.from({ length: 7_000 }, (_, index) => String(100_000_000_000 + index));
    const findings = accounts.map((account, index) =>
      finding({
        change: 'new',
        severity: SEVERITIES[index % 5]!,
        message: '漢'.repeat(500),
        resource: { account },
        owner: `${'"'.repeat(250)}${index}`,
      }),
    );
    const alert = alertOf(reportOf({ accounts, findings }))!;
    limits(alert);
    expect(alert.attributes.account).toHaveLength(6001);
    expect(alert.attributes.account.at(-1)).toBe('more');
    expect(alert.attributes.owner.at(-1)).toBe('more');
    for (const severity of SEVERITIES) {
      const details = told(alert).metadata.additionalContext[`details-${severity}`]!;
      const lines = details.split('\n').filter((line) => line.startsWith('•')).length;
      expect(details).toContain(`${number(1400 - lines)} more findings: see`);
    }
  });

  it('leaves out a command that would have to be cut', () => {
    const report = reportOf({ findings: [finding({ change: 'new' })] });
    const long = { ...report.header.checks[0]!, fix: `aws ${'x'.repeat(1000)}` };
    expect(told(alertOf({ ...report, header: { ...report.header, checks: [long] } })).content.nextSteps).toHaveLength(
      1,
    );
    expect(told(alertOf({ ...report, header: { ...report.header, checks: [] } })).content.nextSteps).toHaveLength(1);
  });

  it.each(Object.entries(HOSTILE))('lets %s do nothing', (_name, text) => {
    const resource = { id: text, arn: text, region: text };
    const report = reportOf({
      findings: [
        finding({ change: 'new', message: text, resource }),
        finding({
          change: 'unseen',
          status: 'UNKNOWN',
          gap: { reason: 'denied', operation: text, detail: text },
          resource,
        }),
      ],
      gone: [gone({ arn: text, check: text })],
      accounts: [ACCOUNT, text],
      firstRunOf: [text],
    });
    const alert = alertOf(report)!;
    limits({ ...alert, attributes: { severity: [], account: [], owner: [], change: [] } });
    const { content, metadata } = told(alert);
    const plain = outsideCode([content.title, content.description, ...content.nextSteps].join('\n')).replaceAll(
      /^\*[\w ]+\*$/gm,
      '',
    );
    expect(plain).not.toMatch(/[<>`*_~|#@[\]!\\]|:\/\/|:\w+:|\w\.\p{L}|&(?!amp;|lt;|gt;)/u);
    expect(content.description).not.toMatch(/[<>]/);
    expect(JSON.stringify(content)).not.toMatch(/\\u[dD][89a-fA-F]|\\u00[01]/);
    for (const arn of metadata.relatedResources) expect(arn).toMatch(/^arn:[\w+=,.:/-]+$/);
    expect(alert.message.isWellFormed()).toBe(true);
  });
});

const bulletsOf = (alert: Alert | undefined) =>
  told(alert)
    .content.description.split('\n')
    .filter((line) => line.startsWith('•'));

describe('causes', () => {
  const line = (cause: Cause | undefined, change: 'new' | 'unwaived' = 'new') =>
    bulletsOf(
      alertOf(reportOf({ findings: [finding({ change, resource: { id: 'a' }, ...(cause && { cause }) })] })),
    )[0];
  const start = '• new: Title of s3-bucket-not-public: `a` in eu-west-1: the policy lets everyone read';
  it.each<[string, Cause | undefined, string]>([
    ['none that is known', undefined, start],
    ['a resource that is new', { kind: 'resource-created' }, `${start}; the resource was created`],
    [
      'what changed',
      { kind: 'resource-changed', before: { acl: 'private' }, after: { acl: '<all>' } },
      `${start}; the resource was changed: \`{"acl":"private"}\` → \`{"acl":"&lt;all&gt;"}\``,
    ],
    [
      'messages, where there are no fields',
      { kind: 'resource-changed', before: 'it is private', after: 'everyone reads' },
      `${start}; the resource was changed: \`it is private\` → \`everyone reads\``,
    ],
    ['time', { kind: 'time-passed' }, `${start}; time passed`],
    ['what the message says anyway', { kind: 'coverage-lost', gap: DENIED }, start],
  ])('%s', (_name, cause, words) => expect(line(cause)).toBe(words));

  it('a waiver that ended is news, with why', () => {
    expect(line({ kind: 'waiver-ended', why: 'expired' }, 'unwaived')).toBe(
      '• no longer waived: Title of s3-bucket-not-public: `a` in eu-west-1: the policy lets everyone read; a waiver ended: it expired',
    );
  });
  it('a waiver that begins is not', () => {
    const waiver = { owner: 'web', reason: 'a site', expires: '2026-06-30' };
    expect(alertsOf(reportOf({ findings: [finding({ change: 'waived', waiver })] }))).toEqual([]);
  });
  it('are told once for all that share them; of what differs, the kind alone', () => {
    const changed = (...pairs: [string, string][]) =>
      pairs.map(([before, after]) => finding({ change: 'new', cause: { kind: 'resource-changed', before, after } }));
    const last = (findings: StoredFinding[]) => bulletsOf(alertOf(reportOf({ findings })));
    expect(last(changed(['a', 'b'], ['a', 'b']))).toEqual([expect.stringMatching(/changed: `a` → `b`$/)]);
    expect(last(changed(['a', 'b'], ['c', 'd']))).toEqual([expect.stringMatching(/; the resource was changed$/)]);
  });
  it('of different kinds have lines of their own', () => {
    const kinds = ['resource-created', 'time-passed'] as const;
    const findings = kinds.map((kind) => finding({ change: 'new', cause: { kind } }));
    expect(bulletsOf(alertOf(reportOf({ findings })))).toHaveLength(2);
  });
  it('a first look has none', () => {
    const report = reportOf({ firstRunOf: [ACCOUNT], findings: [finding(), finding({ owner: 'web' })] });
    expect(bulletsOf(alertOf(report))[0]).toMatch(/ in eu-west-1, owner web: the policy lets everyone read$/);
  });
});

/** The same report, of which some causes of UNKNOWN are new. */
function losing(report: Report, lost: readonly Gap[], regained: readonly Gap[] = []): Report {
  const groups = lost.map((gap): GapGroup => ({
    ...gap,
    findings: 1,
    checks: ['c'],
    accounts: [ACCOUNT],
    regions: ['r'],
  }));
  const accounts = report.header.accounts.map((account) => ({ ...account, lost: groups, regained }));
  return { ...report, header: { ...report.header, accounts } };
}

describe('lost coverage', () => {
  const blocked: Gap = { reason: 'blocked', operation: 'ec2:DescribeInstances', detail: 'an SCP' };
  const unknown = (gap: Gap | undefined, severity: Severity = 'medium') =>
    finding({ status: 'UNKNOWN', severity, message: 'the answer lacks a field', ...(gap && { gap }) });

  it('has a line for each cause, with what would open it', () => {
    const findings = [unknown(DENIED), unknown(blocked), unknown(blocked, 'critical'), unknown(undefined)];
    const alert = alertOf(losing(reportOf({ findings }), [DENIED, blocked, causeOf(findings[3]!)]))!;
    limits(alert);
    expect(alert.subject).toBe('Ronda: coverage lost for 4 verdicts in 111122223333');
    expect(alert.attributes).toMatchObject({ severity: ['critical'], account: [ACCOUNT], change: ['lost'] });
    expect(told(alert).content.description.split('\n')).toEqual([
      '*Can no longer be judged*',
      '• `ec2:DescribeInstances` blocked: 2 verdicts in eu-west-1: an organisation policy denies `ec2:DescribeInstances:` exempt the role that reads, or leave the region out',
      '• `s3:GetBucketPolicy` denied: 1 verdict in eu-west-1: allow `s3:GetBucketPolicy` to the role that reads',
      '• `s3-bucket-not-public` failed (the answer lacks a field): 1 verdict in eu-west-1: the check failed: this is worth a bug report',
    ]);
    expect(told(alert).content.nextSteps).toContain('To see again: allow `s3:GetBucketPolicy` to the role that reads');
    expect(told(alert).metadata.additionalContext).toMatchObject({ lost: '4', unknown: '4' });
  });

  it.each([
    ['that was lost before', [], []],
    ['that is back', [], [DENIED]],
  ])('is silent about coverage %s', (_name, lost, regained) => {
    expect(alertsOf(losing(reportOf({ findings: [unknown(blocked)] }), lost, regained))).toEqual([]);
  });

  it('tells what is back where there is something else to tell', () => {
    const alert = alertOf(losing(reportOf({ gone: [gone()] }), [], [DENIED]));
    expect(told(alert).content.description).toContain('*Can be judged again*\n• `s3:GetBucketPolicy` denied before');
  });
});

const WAIVER: Waiver = {
  check: 's3-*',
  resource: '*bucket-waived*',
  owner: 'web',
  reason: 'a public site',
  ticket: 'WEB-1',
  expires: '2026-01-10',
};
const expiry = (status: Expiry['status'], covers = 1, fields: Partial<Waiver> = {}): Expiry => ({
  status,
  use: { waiver: { ...WAIVER, ...fields }, covers, outlived: 0 },
});

describe('waivers that end', () => {
  it('are told with what they cover and who accepted it', () => {
    const applied = { owner: 'web', reason: 'a public site', expires: '2026-01-10' };
    const findings = [
      finding({ severity: 'medium', waiver: applied, resource: { id: 'bucket-waived' } }),
      finding({ severity: 'critical', waiver: applied, resource: { id: 'another' } }),
    ];
    const expiries = [expiry('expiring'), expiry('expired', 0, { check: 'ec2-*', ticket: undefined })];
    const [alert, ...others] = alertsOf(reportOf({ findings }), { expiries });
    expect(others).toEqual([]);
    limits(alert!);
    expect(alert!.subject).toBe('Ronda: 1 waiver expired, 1 waiver expiring in 111122223333');
    expect(alert!.attributes).toEqual({
      severity: ['medium'],
      account: [ACCOUNT],
      owner: ['web'],
      change: ['expiring', 'expired'],
    });
    expect(told(alert).content.description.split('\n')).toEqual([
      '*Accepted risks*',
      '• `s3-*` on `*bucket-waived*` expires after 2026-01-10: 1 finding, accepted by web, WEB-1: a public site',
      '• `ec2-*` on `*bucket-waived*` has expired, 2026-01-10 was its last day: it covers nothing now, accepted by web: a public site',
    ]);
  });
  it('have the severity of what they covered, and the accounts of the run where that is nothing', () => {
    const findings = [finding({ severity: 'low', waiverEnded: 'expired', resource: { id: 'bucket-waived' } })];
    const [ended] = alertsOf(reportOf({ findings }), { expiries: [expiry('expired')] });
    expect(ended!.attributes).toMatchObject({ severity: ['low'], account: [ACCOUNT] });
    const [unused] = alertsOf(reportOf(), { expiries: [expiry('expired', 0)] });
    expect(unused!.subject).toBe('Ronda: 1 waiver expired');
    expect(unused!.attributes).toMatchObject({ severity: ['informational'], account: [ACCOUNT] });
  });
});

describe('owners', () => {
  const owners = { ...OWNER_RULES, accounts: { [ACCOUNT]: 'platform' }, default: 'security' };
  const subjects = (alerts: readonly Alert[]) => alerts.map(({ subject }) => subject);

  it('are named in a message for everybody', () => {
    const findings = [finding({ change: 'new', owner: 'web' }), finding({ change: 'new', owner: 'alice@example.com' })];
    const alert = alertOf(reportOf({ findings }))!;
    expect(alert.attributes.owner).toEqual(['web', 'alice@example.com']);
    expect(bulletsOf(alert).map((line) => /, owner (\S+):/.exec(line)?.[1])).toEqual(['web', '`alice@example.com`']);
    expect(alert.id).toBe('all');
  });

  it('have a message each, with nothing of anybody else', () => {
    const findings = [
      finding({ change: 'new', owner: 'web', resource: { id: 'web-new' } }),
      finding({ owner: 'web', severity: 'low', resource: { id: 'web-old' } }),
      finding({ change: 'resolved', status: 'PASS', owner: 'data', resource: { id: 'data-resolved' } }),
      finding({ status: 'UNKNOWN', gap: DENIED, owner: 'data', severity: 'critical', resource: { id: 'data-dark' } }),
      finding({ owner: 'quiet', resource: { id: 'quiet-old' } }),
    ];
    const report = losing(reportOf({ findings, gone: [gone({ arn: 'arn:gone' })] }), [DENIED], [DENIED]);
    const alerts = alertsOf(report, { owners, expiries: [expiry('expiring', 1, { owner: 'risk' })] });
    alerts.forEach(limits);
    expect(subjects(alerts)).toEqual([
      'Ronda for data: 1 resolved, coverage lost for 1 verdict in 111122223333',
      'Ronda for platform: 1 resolved in 111122223333',
      'Ronda for risk: 1 waiver expiring',
      'Ronda for web: 1 new in 111122223333',
    ]);
    expect(alerts.map(({ attributes }) => attributes)).toMatchObject([
      { owner: ['data'], severity: ['critical'], change: ['resolved', 'lost'] },
      { owner: ['platform'], severity: ['high'], change: ['resolved'] },
      { owner: ['risk'], severity: ['informational'], change: ['expiring'] },
      { owner: ['web'], severity: ['high'], change: ['new'] },
    ]);
    const web = told(alerts[3]);
    expect(web.metadata.additionalContext).toMatchObject({ owner: 'web', new: '1', high: '1', low: '1', unknown: '0' });
    expect(alerts[3]!.message).not.toMatch(/data-|quiet|platform|risk|, owner/);
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(4);
    expect(alerts.map(({ message }) => (JSON.parse(message) as Notification).id)).toEqual(
      alerts.map(({ id }) => `${report.header.run}-${id}`),
    );
  });

  it('are told of first looks at what is theirs', () => {
    const findings = [
      finding({ owner: 'web', severity: 'low' }),
      finding({ status: 'UNKNOWN', gap: DENIED, owner: 'data' }),
      finding({ owner: 'old', resource: { account: '444455556666' } }),
    ];
    const report = reportOf({ findings, accounts: [ACCOUNT, '444455556666'], firstRunOf: [ACCOUNT] });
    const alerts = alertsOf(report, { owners });
    expect(subjects(alerts)).toEqual([
      'Ronda for data: first look at 111122223333: nothing failed of what could be judged',
      'Ronda for web: first look at 111122223333: 1 low',
    ]);
    expect(told(alerts[0]).content.description).toBe(
      'First look at 111122223333: nothing failed of what could be judged. 1 could not be judged.',
    );
    expect(told(alerts[1]).content.description).toMatch(/^First look at 111122223333: 1 low\.\n/);
  });
  it.each([
    ['alone', undefined, 'Ronda for security: first look at 111122223333: nothing failed'],
    [
      'with its own news',
      'security',
      'Ronda for security: first look at 111122223333: nothing failed; 1 new in 444455556666',
    ],
  ])('where a first look finds nothing, the default owner hears it: %s', (_name, owner, subject) => {
    const findings = owner ? [finding({ owner, change: 'new', resource: { account: '444455556666' } })] : [];
    const report = reportOf({ findings, accounts: [ACCOUNT, '444455556666'], firstRunOf: [ACCOUNT] });
    expect(subjects(alertsOf(report, { owners }))).toEqual([subject]);
  });

  it('of hostile names are tamed outside of the attribute, which is theirs alone', () => {
    for (const owner of Object.values(HOSTILE).filter((text) => text.trim() !== '')) {
      const alerts = alertsOf(reportOf({ findings: [finding({ change: 'new', owner })] }), { owners });
      expect(alerts[0]!.attributes.owner).toEqual([
        owner.length > 9_999 && !owner.startsWith('x') ? 'more' : owner.toWellFormed(),
      ]);
      limits(alerts[0]!);
      expect(outsideCode(told(alerts[0]).content.title)).not.toMatch(/[<>`*_~|#@[\]!\\]|:\/\//u);
    }
  });

  it('together hear what everybody would hear', () => {
    const change = fc.constantFrom('new' as const, 'worse' as const, 'unwaived' as const, undefined);
    const spec = fc.record({ owner: fc.constantFrom('a', 'b', 'c', undefined), change });
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 12 }), (specs) => {
        const findings = specs.map(({ owner, change }) =>
          finding({ ...(owner && { owner }), ...(change && { change }) }),
        );
        const report = reportOf({ findings });
        const sum = (alerts: readonly Alert[], name: string) =>
          alerts.reduce((total, alert) => total + Number(told(alert).metadata.additionalContext[name]), 0);
        const [all, each] = [alertsOf(report), alertsOf(report, { owners })];
        for (const name of ['new', 'worse', 'unwaived']) expect(sum(each, name)).toBe(sum(all, name));
        expect(each.flatMap(({ attributes }) => attributes.owner)).toHaveLength(each.length);
        for (const alert of each) {
          const [owner] = alert.attributes.owner;
          const others = findings.filter((one) => (one.owner ?? 'platform') !== owner);
          for (const { resource } of others) expect(alert.message).not.toContain(`\`${resource.id}\``);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('details', () => {
  it('tell of each severity why it matters, how it is fixed, and every resource', () => {
    const findings = [
      ...['a', 'b', 'c', 'd'].map((id) => finding({ change: 'new', owner: 'web', resource: { id } })),
      finding({ change: 'worse', severity: 'low', check: 'ec2-x', resource: { id: 'e' } }),
      finding({ change: 'resolved', status: 'PASS', severity: 'medium' }),
    ];
    const { additionalContext } = told(alertOf(reportOf({ findings }))).metadata;
    expect(additionalContext['details-high']!.split('\n')).toEqual([
      'Title of s3-bucket-not-public (`s3-bucket-not-public`)',
      'Why s3-bucket-not-public matters.',
      'Fix `s3-bucket-not-public`: `aws s3 fix --name &lt;name&gt;`',
      ...['a', 'b', 'c', 'd'].map(
        (id) => `• new: \`arn:aws:s3:::${id}\` in eu-west-1, owner web: the policy lets everyone read`,
      ),
    ]);
    expect(additionalContext['details-low']).toContain('• worse: `arn:aws:s3:::e` in eu-west-1');
    expect(additionalContext['details-medium']).toBeUndefined();
  });
  it('do without what is not known of a check', () => {
    const report = reportOf({ findings: [finding({ change: 'new', resource: { id: 'a' } })] });
    const bare = { ...report, header: { ...report.header, checks: [] } };
    expect(told(alertOf(bare)).metadata.additionalContext['details-high']!.split('\n')).toEqual([
      's3-bucket-not-public (`s3-bucket-not-public`)',
      '• new: `arn:aws:s3:::a` in eu-west-1: the policy lets everyone read',
    ]);
  });
});
