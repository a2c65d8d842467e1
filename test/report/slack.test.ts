import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackDigest, type SlackMessage } from '../../lib/report/slack.ts';
import { postedAs, refusal, retryAfterMs, slackRequest, slackTarget, unreachable } from '../../lib/report/slack-api.ts';
import { alertsOf } from '../../lib/report/sns.ts';
import type { Report } from '../../lib/run/model.ts';
import { ACCOUNT, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';
import { slackProblems } from '../support/slack.ts';

const alertOf = (report: Report, page?: string) => alertsOf(report, { page })[0]!;
const messageOf = (report: Report, page?: string) => slackDigest(alertOf(report, page).message).digest;
const detailsOf = (report: Report) => slackDigest(alertOf(report).message).details;
const textsOf = ({ blocks }: SlackMessage) =>
  blocks.flatMap((block) =>
    block.type === 'context'
      ? block.elements.map((element) => ('text' in element ? element.text : ''))
      : 'fields' in block && block.fields
        ? block.fields.map(({ text }) => text)
        : [block.text?.text ?? ''],
  );
const slackOf = (message: string) => slackDigest(message).digest;
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
      '*Since the last run*\n1 new\n1 worse\n1 resolved',
      '*Failing now*\n1 critical\n1 high',
      '*Could not be judged*\n1',
      '*Coverage of the run*\n66.6%',
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
    expect(textsOf(messageOf(reportOf({ firstRunOf: [ACCOUNT] }))).slice(1, 4)).toEqual([
      '*Failing now*\nnothing',
      '*Could not be judged*\n0',
      '*Coverage of the run*\n100%',
    ]);
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
    const own = JSON.parse(alertOf(reportOf({ gone: [gone()] })).message);
    const line = `• ${'x'.repeat(700)}`;
    own.content.description = Array.from({ length: 60 }, () => line).join('\n');
    const message = slackOf(JSON.stringify(own));
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
    const named = { ...report, findings: report.findings.map((one) => ({ ...one, owner: text.trim() || 'x' })) };
    for (const alert of alertsOf(named, { owners: { tags: [], accounts: {}, default: 'x' } })) {
      const { digest, details } = slackDigest(alert.message);
      [digest, ...details].forEach(expectTaken);
    }
  });

  it('lets a forged one bring no link and no mention', () => {
    const own = JSON.parse(alertOf(reportOf({ gone: [gone()] })).message);
    const evil = '<!channel> <https://evil.example|Open the report>';
    const forged = { ...own, content: { ...own.content, title: evil, description: evil, nextSteps: [evil] } };
    forged.metadata.additionalContext = { page: evil, run: evil, coverage: evil, owner: evil, 'details-high': evil };
    const { digest, details } = slackDigest(JSON.stringify(forged));
    for (const message of [digest, ...details]) {
      expectTaken(message);
      expect(JSON.stringify(message)).not.toContain('<!');
      expect(JSON.stringify(message)).not.toContain('<https');
    }
    expect(details).toHaveLength(1);
  });

  it('counts waivers and coverage too, and says whose it is', () => {
    const own = JSON.parse(alertOf(reportOf({ gone: [gone()] })).message);
    const counts = { expired: '2', expiring: '1', lost: '1204', owner: 'web' };
    const context = { ...own.metadata.additionalContext, ...counts };
    const message = slackOf(JSON.stringify({ ...own, metadata: { ...own.metadata, additionalContext: context } }));
    expectTaken(message);
    expect(textsOf(message).slice(1, 4)).toEqual([
      '*Since the last run*\n1 resolved\n2 waivers expired\n1 waiver expiring\n1,204 can no longer be judged',
      '*Failing now for web*\nnothing',
      '*Could not be judged for web*\n0',
    ]);
  });
});

describe('the thread below', () => {
  it('tells each severity in a message of its own, worst first', () => {
    const findings = [
      finding({ change: 'new', severity: 'low', resource: { id: 'a' } }),
      finding({ change: 'new', severity: 'critical', resource: { id: 'b' } }),
      finding({ change: 'resolved', status: 'PASS', severity: 'medium' }),
    ];
    const details = detailsOf(reportOf({ findings }));
    details.forEach(expectTaken);
    expect(details.map(({ text }) => text)).toEqual(['Details: critical', 'Details: low']);
    expect(textsOf(details[0]!)).toEqual([
      'Details: critical',
      'Title of s3-bucket-not-public (`s3-bucket-not-public`)\nWhy s3-bucket-not-public matters.\nFix `s3-bucket-not-public`: `aws s3 fix --name &lt;name&gt;`\n• new: `arn:aws:s3:::b` in eu-west-1: the policy lets everyone read',
    ]);
  });
  it('is short enough whatever there is to tell, and counts what it leaves out', () => {
    const findings = Array.from({ length: 1000 }, (_, index) =>
      finding({ change: 'new', check: `s3-${index % 90}`, message: `"${index}" & ${'why '.repeat(index % 60)}` }),
    );
    const details = detailsOf(reportOf({ findings }));
    details.forEach(expectTaken);
    expect(textsOf(details[0]!).join('\n')).toMatch(/9\d\d more findings: see/);
  });
  it('says nothing of what it is not told', () => {
    expect(detailsOf(reportOf({ gone: [gone()] }))).toEqual([]);
    expect(slackDigest('text').details).toEqual([]);
  });
});

describe('where messages go', () => {
  const bot = { token: 'xoxb-1', channel: 'C1' };
  it.each([
    [
      'a webhook',
      ' https://hooks.slack.example/services/x\n',
      { kind: 'webhook', url: 'https://hooks.slack.example/services/x' },
    ],
    ['a bot', JSON.stringify(bot), { kind: 'bot', url: 'https://slack.com/api/chat.postMessage', ...bot }],
    [
      'a bot of another Slack',
      JSON.stringify({ ...bot, api: 'https://slack-gov.com/api' }),
      { kind: 'bot', url: 'https://slack-gov.com/api/chat.postMessage', ...bot },
    ],
    ['words', 'xoxb-1', undefined],
    ['nothing', '', undefined],
    ['a bot without a channel', '{"token":"xoxb-1"}', undefined],
    ['a token that breaks the header', JSON.stringify({ ...bot, token: 'a\nb' }), undefined],
    ['an address that is none', JSON.stringify({ ...bot, api: 'slack' }), undefined],
    ['half of an object', '{"token":', undefined],
    ['more than is known', JSON.stringify({ ...bot, user: 'x' }), undefined],
  ])('%s', (_name, secret, target) => expect(slackTarget(secret)).toEqual(target));

  it('a webhook is sent the message and nothing else; a bot names itself, its channel and the thread', () => {
    const message = slackOf('text');
    const webhook = slackRequest({ kind: 'webhook', url: 'https://x.example' }, message, 'ignored');
    expect(JSON.parse(webhook.body)).toEqual(message);
    expect(webhook.headers).not.toHaveProperty('authorization');
    const target = slackTarget(JSON.stringify(bot))!;
    const reply = slackRequest(target, message, '1.2');
    expect(JSON.parse(reply.body)).toEqual({
      ...message,
      channel: 'C1',
      thread_ts: '1.2',
      unfurl_links: false,
      unfurl_media: false,
    });
    expect(reply.headers).toMatchObject({ authorization: 'Bearer xoxb-1' });
    expect(JSON.parse(slackRequest(target, message).body)).not.toHaveProperty('thread_ts');
  });

  it('an answer is a refusal unless it says otherwise', () => {
    const [webhook, asBot] = [slackTarget('https://x.example')!, slackTarget(JSON.stringify(bot))!];
    expect(postedAs(webhook, 200, 'ok')).toBeUndefined();
    expect(postedAs(asBot, 200, '{"ok":true,"ts":"1.2"}')).toBe('1.2');
    expect(() => postedAs(webhook, 302, '')).toThrow('Slack answered 302');
    expect(() => postedAs(asBot, 200, '{"ok":false,"error":"not_in_channel"}')).toThrow(
      'Slack answered 200 not_in_channel',
    );
    expect(() => postedAs(asBot, 200, '<html>')).toThrow('Slack answered 200');
    expect(() => postedAs(asBot, 500, '{"ok":true}')).toThrow('Slack answered 500');
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
    const message = slackOf(JSON.stringify(alarm));
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
    const message = slackOf(given);
    expectTaken(message);
    expect(message.text).toBe(text);
  });

  it.each([
    ['long', 'x'.repeat(100_000)],
    ['long with much to escape', '&<>'.repeat(10_000)],
    ['long in wide characters', '👍'.repeat(10_000)],
    ...Object.entries(HOSTILE),
  ])('bounds and escapes %s', (_name, given) => {
    expectTaken(slackOf(given));
    expectTaken(slackOf(JSON.stringify({ ...alarm, AlarmName: given, NewStateReason: given })));
  });

  it('is taken by Slack whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 6000, size: 'max' }), fc.json()), (given) => {
        expectTaken(slackOf(given));
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
