import { setTimeout } from 'node:timers/promises';
import { clearCaches } from '@aws-lambda-powertools/parameters';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SNSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/slack.ts';
import { alertOf } from '../../lib/report/sns.ts';
import { finding, HOSTILE, reportOf } from '../support/report.ts';
import { slackServer } from '../support/slack.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(async () => {}) }));

const ssm = mockClient(SSMClient);
const secrets = mockClient(SecretsManagerClient);
let slack: Awaited<ReturnType<typeof slackServer>>;
const time = (ms: number) => ({ getRemainingTimeInMillis: () => ms });
const ALERT = alertOf(
  reportOf({ findings: Object.values(HOSTILE).map((id) => finding({ change: 'new', message: id, resource: { id } })) }),
)!;
const event = (...messages: string[]) =>
  ({ Records: messages.map((Message) => ({ Sns: { Message } })) }) as unknown as SNSEvent;

beforeAll(async () => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  slack = await slackServer();
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
  vi.mocked(setTimeout).mockClear();
});
afterAll(async () => {
  vi.unstubAllEnvs();
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
    await handler(event(ALERT.message), time(60_000));
    expect(slack.taken).toHaveLength(1);
    expect(slack.taken[0]!['text']).toBe(ALERT.subject);
  });

  it('posts every record, an alarm too, and reads the secret once', async () => {
    await handler(
      event(ALERT.message, '{"AlarmName":"a","NewStateValue":"ALARM","NewStateReason":"b"}', 'text'),
      time(60_000),
    );
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
    expect(vi.mocked(setTimeout).mock.calls.map(([ms]) => ms)).toEqual([3_000, 1_000]);
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
    ['no URL', 'secretsecret', '/ronda/webhook does not hold a URL'],
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
