import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { clearCaches } from '@aws-lambda-powertools/parameters';
import type { SNSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handler as slack } from '../../functions/slack.ts';
import { FORMATS } from '../../lib/core/formats.ts';
import { packed } from '../../lib/report/page/encode.ts';
import type { Profile } from '../emulator/profile.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';
import {
  FOUND,
  formsOf,
  hashOf,
  holdersOf,
  KEYS,
  layersOf,
  PLANTED,
  plantedWorld,
  ROLE,
  SHOWN,
} from '../support/planted.ts';
import { slackServer, TOKEN } from '../support/slack.ts';

const AT_ONCE: Profile = { credentialReportPolls: 0 };
const BUCKET = 'ronda-reports-111122223333';
/** What answers with something that is a secret. */
const TELLING: readonly (readonly [service: string, operation: string])[] = [
  ['ec2', 'DescribeInstanceAttribute'],
  ['ec2', 'DescribeLaunchTemplateVersions'],
  ['autoscaling', 'DescribeLaunchConfigurations'],
  ['codebuild', 'BatchGetProjects'],
  ['codepipeline', 'GetPipeline'],
  ['iam', 'GetAccountAuthorizationDetails'],
];

/** Checks that read all of that. */
const READING = ['*-user-data-no-secrets', 'iam-cicd-role-least-privilege', 'iam-role-cross-account-external-id'];

let emulator: Emulator;
let folder: string;
let calls: Readonly<Record<string, number>>;
/** Everything that was printed, thrown, sent or kept, by name. */
const witnesses = new Map<string, readonly Buffer[]>();
let findings: readonly { id: string; check: string; status: string; evidence?: unknown }[];

const witness = (name: string, bytes: Buffer | string) => witnesses.set(name, layersOf(Buffer.from(bytes)));

async function command(...args: string[]): Promise<string> {
  const { out, err } = await ronda(...args);
  witness(`what is printed by ronda ${args.slice(0, 2).join(' ')} (${witnesses.size})`, `${out}\n${err}`);
  return out;
}
const region = ['--regions', 'eu-west-1'];

beforeAll(async () => {
  const server = await slackServer();
  emulator = await startEmulator({
    profile: AT_ONCE,
    world: plantedWorld({
      '/ronda/webhook': server.url,
      '/ronda/bot': JSON.stringify({ token: TOKEN, channel: 'C0123456789', api: server.api }),
      '/ronda/nobody': `http://127.0.0.1:2/${PLANTED['the URL of a Slack webhook']}`,
    }),
  });
  useEmulator(emulator);
  for (const [name, value] of Object.entries(KEYS)) vi.stubEnv(name, value);
  folder = await mkdtemp(join(tmpdir(), 'ronda-secrets-'));
  const place = (name: string) => join(folder, name);

  const night = ['audit', ...region, '--out', place('night'), '--save-inventory', '--formats', ...FORMATS];
  await command(...night, '--topic', 'arn:aws:sns:eu-west-1:111122223333:ronda');
  const { findings: found } = JSON.parse(await command(...night, '--json')) as { findings: typeof findings };
  findings = found;
  calls = emulator.stats().calls;
  await command('audit', '--services', 'ec2', '--inventory', place('night'), '--out', place('again'));
  await command('diff', place('night'));
  await command('report', place('night'), '--out', place('redacted'), '--redact', '--formats', ...FORMATS);
  const written = ['sarif', 'junit', 'markdown'].flatMap((format) => [`--${format}`, place(`gate.${format}`)]);
  await command('gate', ...region, '--checks', ...READING, ...written);
  const secretive = findings.find(({ check, status }) => check.endsWith('-user-data-no-secrets') && status === 'FAIL')!;
  await command('verify', secretive.id, '--in', place('night'));
  await command('verify', secretive.id, '--in', place('night'), '--json');
  const assumed = ['--role', ROLE, '--external-id', PLANTED['the external id that a role is assumed with']];
  await command(
    'audit',
    '--checks',
    ...READING,
    ...region,
    ...assumed,
    '--save-inventory',
    '--out',
    `s3://${BUCKET}/x`,
  );

  vi.stubEnv('RONDA_DEBUG', '1');
  for (const [service, operation] of TELLING) {
    for (const kind of ['truncated', 'garbage', 'html', 'status'] as const) {
      emulator.setProfile({ ...AT_ONCE, faults: [{ service, operation, kind }] });
      await command('audit', '--checks', ...READING, ...region, '--save-inventory', '--out', place(kind));
    }
  }
  for (const kind of ['status', 'html', 'garbage', 'reset'] as const) {
    emulator.setProfile({ ...AT_ONCE, faults: [{ service: 'sts', kind, status: 403 }] });
    await command('audit', '--checks', READING[0]!, ...region, '--out', place('refused'), ...assumed);
  }
  emulator.setProfile(AT_ONCE);
  await command('audit', '--role', `${ROLE}-of-nobody`, ...assumed.slice(2), '--out', place('refused'));

  for (const name of ['/ronda/webhook', '/ronda/bot', '/ronda/nobody', '/orders/db', '/ronda/none'])
    await delivered(name, server);
  await server.close();

  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) witness(join(entry.parentPath, entry.name), await readFile(join(entry.parentPath, entry.name)));
  for (const [key, { body }] of emulator.objects) witness(`s3://${key}`, Buffer.from(body));
  witness('the messages on the topic', JSON.stringify(emulator.messages));
}, 300_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** What Slack's function logs and throws when it passes on two messages, where Slack takes the first and refuses the second. */
async function delivered(parameter: string, server: Awaited<ReturnType<typeof slackServer>>): Promise<void> {
  vi.stubEnv('WEBHOOK_PARAMETER', parameter);
  clearCaches();
  const said: string[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => void said.push(words.join(' '))),
  );
  for (const answers of [[], [{ status: 403, body: `no_service ${server.url} ${TOKEN}` }]]) {
    server.pass(60_000);
    server.answers.push(...answers);
    const event = { Records: [{ Sns: { MessageId: `${parameter}${answers.length}`, Message: 'news' } }] };
    await slack(event as unknown as SNSEvent, { getRemainingTimeInMillis: () => 60_000 }).catch((error: unknown) => {
      for (let one = error as Error | undefined; one; one = one.cause as Error | undefined)
        said.push(String(one.stack), JSON.stringify(one));
    });
    server.answers.length = 0;
  }
  for (const spy of spies) spy.mockRestore();
  said.push(JSON.stringify(server.taken));
  witness(`what the function for Slack says of ${parameter}`, said.join('\n'));
}

describe('the search', () => {
  const value = PLANTED['user data of an instance'];
  it.each<[string, Buffer]>([
    ...formsOf(value).map((form): [string, Buffer] => [form, Buffer.from(`before ${form} after`)]),
    ...[0, 1, 2].map((length): [string, Buffer] => [
      `base64 after ${length} bytes`,
      Buffer.from(Buffer.from(`${'-'.repeat(length)}${value}----`).toString('base64')),
    ]),
    ['gzip', gzipSync(JSON.stringify({ value }))],
    [
      'the data of a page',
      Buffer.from(`<script>${packed([value, Array.from({ length: 99 }, (_, index) => Math.sin(index))])}</script>`),
    ],
  ])('finds a secret as %s', (_name, bytes) =>
    expect(holdersOf(value, new Map([['here', layersOf(bytes)]]))).toEqual(['here']),
  );
  it('finds nothing where there is nothing', () =>
    expect(holdersOf(value, new Map([['here', layersOf(gzipSync('{"value":"other"}'))]]))).toEqual([]));
});

it('the run was told of the secrets, and left something of every kind', () => {
  for (const [service, operation] of TELLING) expect(calls[`${service}:${operation}`]).toBeGreaterThan(0);
  const names = [...witnesses.keys()].join('\n');
  for (const kind of [/index\.html/, /findings\.csv/, /\.sarif/, /junit\.xml/, /ocsf\.json/, /asff\.json/, /\.md/])
    expect(names).toMatch(kind);
  expect(names).toMatch(/inventory.*AWS-EC2-Instance\.ndjson\.gz/);
  expect(names).toMatch(new RegExp(`s3://${BUCKET}/x/inventory`));
  expect(emulator.messages.length).toBeGreaterThan(0);
});

it.each(FOUND)('%s is found, and told by a hash', (place) => {
  const telling = findings.filter(({ status, evidence }) => {
    return status === 'FAIL' && JSON.stringify(evidence ?? null).includes(hashOf(PLANTED[place]));
  });
  expect(telling.map(({ check }) => check)).toEqual([expect.stringMatching(/user-data-no-secrets$/)]);
});

it.each(Object.entries(PLANTED))('%s is in nothing that is printed, thrown, sent or kept', (_place, value) =>
  expect(holdersOf(value, witnesses)).toEqual([]),
);

it.each(Object.entries(SHOWN))('%s is shown: SECURITY.md says so', (_place, value) => {
  const holders = holdersOf(value, witnesses);
  expect(holders.some((name) => /inventory.*\.ndjson\.gz/.test(name))).toBe(true);
  // But not to people outside.
  expect(holders.filter((name) => name.startsWith(join(folder, 'redacted')))).toEqual([]);
});
