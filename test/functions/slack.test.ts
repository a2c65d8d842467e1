import { setTimeout } from 'node:timers/promises';
import { clearCaches } from '@aws-lambda-powertools/parameters';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SNSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/slack.ts';
import { alertsOf } from '../../lib/report/sns.ts';
import { finding, HOSTILE, reportOf } from '../support/report.ts';
import { slackServer, TOKEN } from '../support/slack.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(async () => {}) }));

const ssm = mockClient(SSMClient);
const secrets = mockClient(SecretsManagerClient);
let slack: Awaited<ReturnType<typeof slackServer>>;
const time = (ms: number) => ({ getRemainingTimeInMillis: () => ms });
const [ALERT] = alertsOf(
  reportOf({ findings: Object.values(HOSTILE).map((id) => finding({ change: 'new', message: id, resource: { id } })) }),
);
let count = 0;
const event = (...messages: string[]) =>
  ({
    Records: messages.map((Message) => ({ Sns: { MessageId: `m${(count += 1)}`, Message } })),
  }) as unknown as SNSEvent;
const waits = () => vi.mocked(setTimeout).mock.calls.map(([ms]) => ms);

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.spyOn(Math, 'random').mockReturnValue(0.25);
  slack = await slackServer();
  // Nobody waits: the time of Slack passes instead.
  vi.mocked(setTimeout).mockImplementation(async (ms) => slack.pass(ms!) as never);
});
beforeEach(() => {
  vi.stubEnv('WEBHOOK_PARAMETER', '/ronda/webhook');
  ssm
    .on(GetParameterCommand, { Name: '/ronda/webhook', WithDecryption: true })
    .resolves({ Parameter: { Value: slack.url } });
});
afterEach(() => {
  clearCaches();
  ssm.reset();
  secrets.reset();
  slack.taken.length = 0;
  slack.answers.length = 0;
  slack.pass(60_000);
  vi.mocked(setTimeout).mockClear();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await slack.close();
});

/** What an invocation says when it fails, down to the last cause. */
async function failure(run: Promise<void>): Promise<string> {
  const error = await run.then(
    () => expect.fail('it did not fail'),
    (thrown: unknown) => thrown as Error,
  );
  const words = [String(error.stack)];
  for (let cause = error.cause; cause; cause = (cause as Error).cause)
    words.push(String((cause as Error).stack ?? cause));
  return words.join('\n');
}

describe('SNS to Slack', () => {
  it('posts an alert that Slack takes', async () => {
    await handler(event(ALERT!.message), time(60_000));
    expect(slack.taken).toHaveLength(1);
    expect(slack.taken[0]!['text']).toBe(ALERT!.subject);
  });

  it('posts every record, an alarm too, and reads the secret once', async () => {
    await handler(
      event(ALERT!.message, '{"AlarmName":"a","NewStateValue":"ALARM","NewStateReason":"b"}', 'text'),
      time(60_000),
    );
    expect(waits()).toEqual([1_000, 1_000]);
    slack.pass(1_000);
    await handler(event('more'), time(60_000));
    expect(slack.taken.map((body) => body['text']).slice(1)).toEqual(['a is in state ALARM: b', 'text', 'more']);
    expect(ssm.commandCalls(GetParameterCommand)).toHaveLength(1);
  });

  it('takes the webhook from Secrets Manager', async () => {
    vi.stubEnv('WEBHOOK_PARAMETER', '');
    vi.stubEnv('WEBHOOK_SECRET', 'ronda-webhook');
    secrets.on(GetSecretValueCommand, { SecretId: 'ronda-webhook' }).resolves({ SecretString: slack.url });
    await handler(event('text'), time(60_000));
    expect(slack.taken).toHaveLength(1);
  });

  it('waits as long as Slack asks, and tries again', async () => {
    slack.answers.push({ status: 429, headers: { 'retry-after': '3' } }, { status: 429 });
    await handler(event('text'), time(60_000));
    expect(waits()).toEqual([3_250, 1_250]);
    expect(slack.taken).toHaveLength(1);
  });

  it.each([
    ['longer than it has', { status: 429, headers: { 'retry-after': '300' } }, 'Slack answered 429'],
    [
      'until a date',
      { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } },
      'Slack answered 429',
    ],
    ['and refuses', { status: 400, body: 'invalid_blocks' }, 'Slack answered 400 invalid_blocks'],
    ['and fails', { status: 503, body: '<html>' }, 'Slack answered 503'],
    ['and sends elsewhere', { status: 302, headers: { location: 'https://evil.example/' } }, 'Slack answered 302'],
  ])('throws when Slack has it wait %s', async (_name, answer, words) => {
    slack.answers.push(answer);
    const said = await failure(handler(event('text'), time(60_000)));
    expect(said).toContain(words);
    expect(said).not.toContain('secretsecret');
    expect(setTimeout).not.toHaveBeenCalled();
  });

  it.each([
    ['no server', 'http://127.0.0.1:2/services/secretsecret', 'Slack could not be reached: ECONNREFUSED'],
    ['no URL', 'secretsecret', '/ronda/webhook holds neither a URL nor'],
    ['half of a bot', '{"token":"secretsecret"}', '/ronda/webhook holds neither a URL nor'],
    ['credentials in it', 'https://user:secretsecret@127.0.0.1:1/', 'Slack could not be reached'],
    ['another protocol', 'ftp://127.0.0.1/secretsecret', 'Slack could not be reached'],
  ])('throws without naming the webhook: %s', async (_name, Value, words) => {
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value } });
    const said = await failure(handler(event('text'), time(60_000)));
    expect(said).toContain(words);
    expect(said).not.toContain('secretsecret');
  });

  it('throws where nobody set a webhook', async () => {
    vi.stubEnv('WEBHOOK_PARAMETER', '');
    vi.stubEnv('WEBHOOK_SECRET', '');
    await expect(handler(event('text'), time(60_000))).rejects.toThrow('neither WEBHOOK_PARAMETER nor WEBHOOK_SECRET');
  });
});

describe('a bot', () => {
  const DETAILED = alertsOf(
    reportOf({
      findings: (['critical', 'high', 'low'] as const).map((severity) => finding({ change: 'new', severity })),
    }),
  )[0]!.message;
  const texts = () => slack.taken.map(({ text }) => text);
  const holds = (fields: object) =>
    ssm.on(GetParameterCommand).resolves({
      Parameter: { Value: JSON.stringify({ token: TOKEN, channel: 'C0123456789', api: slack.api, ...fields }) },
    });
  beforeEach(() => void holds({}));

  it('posts the digest, and each severity as a reply to it, one a second', async () => {
    await handler(event(DETAILED), time(60_000));
    expect(texts()).toEqual(['Ronda: 3 new in 111122223333', 'Details: critical', 'Details: high', 'Details: low']);
    expect(slack.taken.map(({ thread_ts }) => thread_ts)).toEqual([undefined, ...Array(3).fill(slack.taken[0]!['ts'])]);
    expect(waits()).toEqual([1_000, 1_000, 1_000]);
  });

  it('starts a thread for each message', async () => {
    await handler(event(DETAILED, DETAILED), time(60_000));
    const digests = slack.taken.filter(({ thread_ts }) => thread_ts === undefined);
    expect(digests).toHaveLength(2);
    expect(slack.taken.at(-1)!['thread_ts']).toBe(digests[1]!['ts']);
  });

  it('goes on where it stopped when it is invoked again, and says nothing twice', async () => {
    const again = event('first', DETAILED);
    slack.pass(60_000);
    const failing = handler(again, time(60_000));
    // The third message is the first reply.
    vi.mocked(setTimeout).mockImplementationOnce(async (ms) => slack.pass(ms!) as never);
    vi.mocked(setTimeout).mockImplementationOnce(async () => void slack.answers.push({ status: 503 }) as never);
    expect(await failure(failing)).toContain('Slack answered 503');
    expect(texts()).toEqual(['first', 'Ronda: 3 new in 111122223333']);
    slack.pass(60_000);
    await handler(again, time(60_000));
    expect(texts()).toEqual([
      'first',
      'Ronda: 3 new in 111122223333',
      'Details: critical',
      'Details: high',
      'Details: low',
    ]);
    expect(new Set(slack.taken.slice(2).map(({ thread_ts }) => thread_ts))).toEqual(new Set([slack.taken[1]!['ts']]));
  });

  it('waits as long as Slack asks within a thread', async () => {
    const limited = { status: 429, headers: { 'retry-after': '2' }, body: '{"ok":false,"error":"ratelimited"}' };
    slack.answers.push(limited);
    await handler(event(DETAILED), time(60_000));
    expect(waits()).toEqual([2_250, 1_000, 1_000, 1_000]);
    expect(texts()).toHaveLength(4);
  });

  it.each([
    ['another token', { token: 'xoxb-other' }, 'Slack answered 200 invalid_auth'],
    ['another channel', { channel: 'C9' }, 'Slack answered 200 channel_not_found'],
  ])('throws without naming its token: %s', async (_name, fields, words) => {
    holds(fields);
    const said = await failure(handler(event(DETAILED), time(60_000)));
    expect(said).toContain(words);
    expect(said).not.toContain('xoxb');
  });
});
