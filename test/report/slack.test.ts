import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusal, retryAfterMs, type SlackMessage, slackMessage, unreachable } from '../../lib/report/slack.ts';
import { alertOf } from '../../lib/report/sns.ts';
import type { Report } from '../../lib/run/model.ts';
import { ACCOUNT, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';
import { slackProblems } from '../support/slack.ts';

const messageOf = (report: Report, page?: string) => slackMessage(alertOf(report, page)!.message);
const textsOf = ({ blocks }: SlackMessage) =>
  blocks.flatMap((block) =>
    block.type === 'context'
      ? block.elements.map((element) => ('text' in element ? element.text : ''))
      : [block.text?.text ?? ''],
  );
function expectTaken(message: SlackMessage): void {
  expect(slackProblems(message)).toEqual([]);
}

describe('our own message in Slack', () => {
  it('has a header, counts, a section for each severity, next steps and the link', () => {
    const findings = [
      finding({ change: 'new', severity: 'critical', resource: { id: 'a' } }),
      finding({ change: 'worse', resource: { id: 'b' } }),
      finding({ status: 'UNKNOWN', gap: DENIED }),
    ];
    const message = messageOf(
      reportOf({ findings, gone: [gone({ arn: 'arn:x' })] }),
      'https://console.example/s3?prefix=runs%2F&x=1',
    );
    expectTaken(message);
    expect(message.text).toBe('Ronda: 1 new, 1 worse, 1 resolved in 111122223333');
    expect(message.blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'section',
      'section',
      'section',
      'context',
    ]);
    expect(textsOf(message)).toEqual([
      'Ronda: 1 new, 1 worse, 1 resolved in 111122223333',
      '*Since the last run:* 1 new, 1 worse, 1 resolved\n*Failing now:* 1 critical, 1 high\n*Coverage:* 66.6%, 1 could not be judged',
      '*Critical*\n• new: Title of s3-bucket-not-public: `a` in eu-west-1: the policy lets everyone read',
      '*High*\n• worse: Title of s3-bucket-not-public: `b` in eu-west-1: the policy lets everyone read',
      '*Resolved*\n• Title of s3-bucket-not-public: `arn:x` in eu-west-1: the resource is gone',
      '*Next*\n• Open the report: `https://console.example/s3?prefix=runs%2F&amp;x=1`\n• Fix `s3-bucket-not-public`: `aws s3 fix --name &lt;name&gt;`',
      '<https://console.example/s3?prefix=runs%2F&amp;x=1|Open the report>   run `20260101T000000Z-abc123`',
    ]);
  });

  it.each([
    ['a key of the report bucket', undefined, 'report: `runs/date=2026-01-01/run=20260101T000000Z-abc123/index.html`'],
    ['another protocol', 'javascript:alert(1)', 'report: `javascript:alert(1)`'],
    ['a link that would end early', 'https://a.example/|x>y', '<https://a.example/%7Cx%3Ey|Open the report>'],
  ])('names the page that is %s', (_name, page, words) => {
    const message = messageOf(reportOf({ gone: [gone()] }), page);
    expectTaken(message);
    expect(textsOf(message).at(-1)).toContain(words);
  });

  it('says when nothing fails', () => {
    expect(textsOf(messageOf(reportOf({ firstRunOf: [ACCOUNT] })))[1]).toBe(
      '*Failing now:* nothing\n*Coverage:* 100%, 0 could not be judged',
    );
  });

  it('counts what is left out of a very large run', () => {
    const findings = Array.from({ length: 2000 }, (_, index) =>
      finding({
        change: 'new',
        severity: index % 2 ? 'low' : 'critical',
        message: `reason ${index} ${'& '.repeat(60)}`,
      }),
    );
    const message = messageOf(reportOf({ findings }));
    expectTaken(message);
    expect(textsOf(message).join('\n')).toMatch(/1,9\d\d more findings: see/);
  });

  it('leaves out what does not fit, and says how much that is', () => {
    const own = JSON.parse(alertOf(reportOf({ gone: [gone()] }))!.message);
    const line = `• ${'x'.repeat(700)}`;
    own.content.description = Array.from({ length: 60 }, () => line).join('\n');
    const message = slackMessage(JSON.stringify(own));
    expectTaken(message);
    const shown = textsOf(message)
      .join('\n')
      .split('\n')
      .filter((text) => text === line).length;
    expect(textsOf(message).join('\n')).toContain(`${60 - shown} more lines in the report`);
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
    });
    expectTaken(messageOf(report, text));
    expectTaken(messageOf(report));
  });

  it('lets a forged one bring no link and no mention', () => {
    const own = JSON.parse(alertOf(reportOf({ gone: [gone()] }))!.message);
    const evil = '<!channel> <https://evil.example|Open the report>';
    const forged = { ...own, content: { ...own.content, title: evil, description: evil, nextSteps: [evil] } };
    forged.metadata.additionalContext = { page: evil, run: evil, coverage: evil };
    const message = slackMessage(JSON.stringify(forged));
    expectTaken(message);
    expect(JSON.stringify(message)).not.toContain('<!');
    expect(JSON.stringify(message)).not.toContain('<https');
  });
});

describe('what others publish to the topic', () => {
  const alarm = {
    AlarmName: 'ronda-failed',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed: 1 datapoint > 0',
    Trigger: { MetricName: 'Errors' },
  };

  it('shows an alarm in one sentence', () => {
    const message = slackMessage(JSON.stringify(alarm));
    expectTaken(message);
    expect(message.text).toBe('ronda-failed is in state ALARM: Threshold Crossed: 1 datapoint &gt; 0');
    expect(message.blocks).toMatchObject([{ type: 'section', text: { type: 'plain_text' } }]);
  });

  it.each([
    ['plain text', 'You have chosen to subscribe', 'You have chosen to subscribe'],
    ['lines', 'first\nsecond\u001B[2J', String.raw`first` + '\n' + String.raw`second\u{1b}[2J`],
    ['nothing', '', '(an empty message)'],
    ['blanks', ' \n ', '(an empty message)'],
    ['JSON of another kind', '{"a":1}', '{"a":1}'],
    ['JSON that is no object', '"text"', '"text"'],
    [
      'another custom notification',
      '{"version":"1.0","source":"custom","content":{"description":"<!here>"}}',
      '{"version":"1.0","source":"custom","content":{"description":"&lt;!here&gt;"}}',
    ],
  ])('shows %s as plain text', (_name, given, text) => {
    const message = slackMessage(given);
    expectTaken(message);
    expect(message.text).toBe(text);
  });

  it.each([
    ['long', 'x'.repeat(100_000)],
    ['long with much to escape', '&<>'.repeat(10_000)],
    ['long in wide characters', '👍'.repeat(10_000)],
    ...Object.entries(HOSTILE),
  ])('bounds and escapes %s', (_name, given) => {
    expectTaken(slackMessage(given));
    expectTaken(slackMessage(JSON.stringify({ ...alarm, AlarmName: given, NewStateReason: given })));
  });

  it('is taken by Slack whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 6000, size: 'max' }), fc.json()), (given) => {
        expectTaken(slackMessage(given));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is said of a failure', () => {
  it.each([
    [400, 'invalid_blocks\n', 'Slack answered 400 invalid_blocks'],
    [404, '<html>https://hooks.slack.example/services/secret</html>', 'Slack answered 404'],
    [500, '', 'Slack answered 500'],
  ])('%d %j', (status, body, words) => {
    expect(refusal(status, body)).toBe(words);
  });

  it.each([
    [
      new TypeError('Failed to parse URL from https://secret', {
        cause: { code: 'ERR_INVALID_URL', input: 'https://secret' },
      }),
      'ERR_INVALID_URL',
    ],
    [new DOMException('timed out', 'TimeoutError'), 'TimeoutError'],
  ])('%s', (error, word) => {
    expect(() => unreachable(error)).toThrow(new Error(`Slack could not be reached: ${word}`));
  });

  it.each([
    ['30', 30_000],
    ['0', 1_000],
    [null, 1_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', Number.NaN],
  ])('Retry-After: %s', (header, ms) => {
    expect(retryAfterMs(header)).toBe(ms);
  });
});
