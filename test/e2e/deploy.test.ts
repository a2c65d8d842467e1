import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../lib/core/model.ts';
import type { RunHeader } from '../../lib/run/model.ts';
import { keys, type RunKey } from '../../lib/store/store.ts';
import { isInstalled, osls, packaged, run, type Stack } from '../infra/_stack.ts';

const HAS_TOOLS = (await isInstalled('moto_server')) && (await isInstalled('aws')) && (await isInstalled('python3'));
/** A region into which moto puts no thousand images of its own. */
const LOOKED_AT = 'mx-central-1';

/** An AWS that we did not write: the stack is deployed into it, its functions run from their archives, and the stack is removed. */
describe.skipIf(!HAS_TOOLS)('deployed', () => {
  let moto: ChildProcess;
  let stack: Stack;
  let environment: Record<string, string>;
  let variables: Record<string, string>;
  let s3: S3Client;

  beforeAll(async () => {
    const [server, made] = await Promise.all([startMoto(), packaged()]);
    moto = server.process;
    stack = made;
    environment = {
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    };
    Object.assign(process.env, environment);
    s3 = new S3Client({ forcePathStyle: true });
    const archives = ['plan', 'collect', 'evaluate', 'publish', 'gate'].map((name) =>
      run('python3', ['-m', 'zipfile', '-e', join(stack.package, `${name}.zip`), stack.package]),
    );
    await Promise.all([...archives, osls(stack.folder, ['deploy', '--package', 'package'], environment)]);
    variables = { ...(await variablesOf('gate')), ...(await variablesOf('publish')) };
    Object.assign(process.env, variables, { POWERTOOLS_LOG_LEVEL: 'SILENT' });
    const config = new PutObjectCommand({
      Bucket: variables['REPORT_BUCKET'],
      Key: 'config/ronda.yml',
      Body: `regions: [${LOOKED_AT}]`,
    });
    await Promise.all([s3.send(config), seed()]);
  }, 300_000);
  afterAll(async () => {
    moto.kill();
    await once(moto, 'exit');
    await rm(stack.folder, { recursive: true });
  });

  async function startMoto(): Promise<{ process: ChildProcess; url: string }> {
    const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    server.stdout.resume();
    const url = await new Promise<string>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`moto_server ended with ${code}`)));
      // It goes on reading: a full pipe would stop the server.
      createInterface(server.stderr).on('line', (line) => {
        const at = /Running on (http:\S+)/.exec(line)?.[1];
        if (at) resolve(at);
      });
    });
    return { process: server, url };
  }

  const aws = async (...options: string[]) => {
    const { stdout } = await run('aws', [...options, '--output', 'json']);
    return stdout ? (JSON.parse(stdout) as any) : undefined;
  };
  const variablesOf = async (name: string) =>
    (await aws('lambda', 'get-function-configuration', '--function-name', `ronda-dev-${name}`)).Environment
      .Variables as Record<string, string>;
  const handler = async (name: string) =>
    (await import(/* @vite-ignore */ pathToFileURL(join(stack.package, 'dist', name, 'index.mjs')).href)).handler;
  const context = { getRemainingTimeInMillis: () => 900_000 };
  const stored = async (key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: variables['REPORT_BUCKET'], Key: key }));
    return JSON.parse(await Body!.transformToString()) as unknown;
  };

  /** One bucket that is wrong: anybody may list it. */
  async function seed(): Promise<void> {
    await aws(
      's3api',
      'create-bucket',
      '--bucket',
      'harbour-open',
      '--create-bucket-configuration',
      'LocationConstraint=eu-west-1',
    );
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:*',
          Resource: ['arn:aws:s3:::harbour-open', 'arn:aws:s3:::harbour-open/*'],
        },
      ],
    };
    await aws('s3api', 'put-bucket-policy', '--bucket', 'harbour-open', '--policy', JSON.stringify(policy));
  }

  let night: RunKey;
  it('a night runs through, from the archives, as the scan role', { timeout: 120_000 }, async () => {
    const [plan, collect, evaluate, publish] = await Promise.all(
      ['plan', 'collect', 'evaluate', 'publish'].map(handler),
    );
    const { run: key, items } = await plan({ execution: 'e2e00000-1', startedAt: '2026-11-22T02:00:00.000Z' });
    night = key;
    expect(items).toEqual(['global', LOOKED_AT].map((region) => ({ run: key, region })));
    await Promise.all(items.map((item: unknown) => collect(item, context)));
    await evaluate({ run: key });
    await publish({ run: key });
    const header = (await stored(keys.latest)) as RunHeader;
    expect(header.run).toBe(key.run);
    expect(header.summary.statuses.PASS).toBeGreaterThan(0);
    expect(header.summary.statuses.FAIL).toBeGreaterThan(0);
    const { Contents } = await s3.send(
      new ListObjectsV2Command({ Bucket: variables['REPORT_BUCKET'], Prefix: keys.report(key, 'index.html') }),
    );
    expect(Contents).toHaveLength(1);
  });

  it('what the emulator cannot answer is UNKNOWN with a reason, and nothing else', async () => {
    const { account } = (await stored(keys.report(night, 'plan.json'))) as { account: string };
    const cells = (await stored(keys.inventory(night, account, 'global', 'cells.json'))) as Cell[];
    // moto fails with an error page on roles that its CloudFormation made.
    const unread = cells.filter(({ gap }) => gap);
    expect(unread.map(({ type }) => type)).toContain('AWS::IAM::Role');
    for (const { gap } of unread)
      expect(gap).toMatchObject({ reason: 'failed', operation: expect.stringMatching(/^\w+:\w+$/) });
    const { summary } = (await stored(keys.report(night, 'run.json'))) as RunHeader;
    expect(summary.statuses.UNKNOWN).toBeGreaterThan(0);
  });

  it('services keep their names in the archives: pacing and the counts of calls go by them', async () => {
    const { calls } = (await stored(keys.report(night, 'run.json'))) as RunHeader;
    const services = new Set(calls.map(({ service }) => service));
    for (const service of ['ec2', 'iam', 's3', 'sts']) expect(services).toContain(service);
  });

  it('the gate names the open bucket and says no', { timeout: 120_000 }, async () => {
    const gate = await handler('gate');
    const answer = await gate({ failOn: 'medium', services: ['s3'] }, context);
    expect(answer.result).toBe('fail');
    expect(answer.findings.map(({ resource }: { resource: { id: string } }) => resource.id)).toContain('harbour-open');
    expect(answer.reportUrl).toContain(variables['REPORT_BUCKET']);
    expect(((await stored(keys.latest)) as RunHeader).run).toBe(night.run);
  });

  it(
    'the gate of a stack speaks of its resources alone, and excuses what stood there last night',
    { timeout: 120_000 },
    async () => {
      const gate = await handler('gate');
      const { StackResourceSummaries } = await aws(
        'cloudformation',
        'list-stack-resources',
        '--stack-name',
        'ronda-dev',
      );
      const ids = StackResourceSummaries.map((one: { PhysicalResourceId: string }) => one.PhysicalResourceId);
      const request = { failOn: 'low', services: ['s3', 'iam'], stacks: ['ronda-dev'] };
      const answer = await gate(request, context);
      expect(answer.counts.PASS).toBeGreaterThan(0);
      for (const { resource } of answer.findings)
        if (!resource.arn.startsWith('ronda:')) expect(ids).toContain(resource.id);
      expect(await gate({ ...request, newSince: 'latest' }, context)).toMatchObject({
        failed: 0,
        known: answer.failed + answer.unknown,
      });
      await expect(gate({ stacks: ['nope'] }, context)).rejects.toThrow('the stack nope cannot be read');
    },
  );

  it('is removed, and leaves the reports', { timeout: 300_000 }, async () => {
    await osls(stack.folder, ['remove'], environment);
    await expect(aws('cloudformation', 'describe-stacks', '--stack-name', 'ronda-dev')).rejects.toThrow(
      'does not exist',
    );
    expect(((await stored(keys.latest)) as RunHeader).run).toBe(night.run);
  });
});
