import { describe, expect, it } from 'vitest';
import type { Severity } from '../../lib/core/model.ts';
import { type Alert, alertOf, type Notification } from '../../lib/report/sns.ts';
import { ACCOUNT, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

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
    expect(alert.attributes).toEqual({ severity: [severity], account: [ACCOUNT], change });
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
    expect(alert.subject).toBe('Ronda: first look at 444455556666: 1 high; 1 resolved in 3 accounts');
    expect(alert.attributes).toEqual({
      severity: ['high'],
      account: [ACCOUNT, '444455556666'],
      change: ['first-run', 'resolved'],
    });
    expect(told(alert).content.description).toContain(`${ACCOUNT} eu-west-1`);
  });

  it('stays within the size of a message for a large organisation', () => {
    const accounts = Array.from({ length: 5000 }, (_, index) => String(100_000_000_000 + index));
    const findings = accounts.map((account) =>
      finding({ change: 'new', message: '漢'.repeat(500), resource: { account } }),
    );
    limits(alertOf(reportOf({ accounts, findings }))!);
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
    limits({ ...alert, attributes: {} });
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
