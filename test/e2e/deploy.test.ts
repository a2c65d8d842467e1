import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../lib/core/model.ts';
import type { RunHeader } from '../../lib/run/model.ts';
import type { ItemKey } from '../../lib/run/steps/collect.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { keys, type RunKey } from '../../lib/store/store.ts';
import { isInstalled, osls, packaged, run, type Stack } from '../infra/_stack.ts';
import { execute, type Execution, type Steps } from '../support/machine.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { type Proxy, startProxy } from '../support/proxy.ts';

const HAS_TOOLS = (await isInstalled('moto_server')) && (await isInstalled('aws')) && (await isInstalled('python3'));
/** Regions into which moto puts no thousand images of its own. */
const LOOKED_AT = 'mx-central-1';
const BLOCKED = 'ap-southeast-7';
const HOME = '123456789012';

/** An AWS that we did not write: the stack is deployed into it, its functions run from their archives, and the stack is removed. */
describe.skipIf(!HAS_TOOLS)('deployed', () => {
  let moto: Moto;
  let proxy: Proxy;
  let stack: Stack;
  let environment: Record<string, string>;
  let variables: Record<string, string>;
  let s3: S3Client;

  beforeAll(async () => {
    [moto, stack] = await Promise.all([startMoto(), packaged('--param', 'memberRole=ronda-member')]);
    proxy = await startProxy(moto.endpoint);
    environment = {
      AWS_ENDPOINT_URL: proxy.endpoint,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    };
    Object.assign(process.env, environment);
    s3 = new S3Client({ forcePathStyle: true });
    const archives = ['plan', 'collect', 'evaluate', 'publish', 'gate', 'doctor'].map((name) =>
      run('python3', ['-m', 'zipfile', '-e', join(stack.package, `${name}.zip`), stack.package]),
    );
    await Promise.all([...archives, osls(stack.folder, ['deploy', '--package', 'package'], environment)]);
    variables = { ...(await variablesOf('plan')), ...(await variablesOf('publish')) };
    Object.assign(process.env, variables, { POWERTOOLS_LOG_LEVEL: 'SILENT' });
    const config = new PutObjectCommand({
      Bucket: variables['REPORT_BUCKET'],
      Key: 'config/ronda.yml',
      Body: `regions: [${LOOKED_AT}]`,
    });
    await Promise.all([s3.send(config), seed()]);
  }, 300_000);
  afterAll(async () => {
    await Promise.all([moto.close(), proxy.close()]);
    await rm(stack.folder, { recursive: true });
  });

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

  /** The state machine, with the packaged functions; `over` stands in for some of them. */
  async function started(name: string, startedAt: string, over: Partial<Steps> = {}): Promise<Execution> {
    const [plan, collect, evaluate, publish] = await Promise.all(
      ['plan', 'collect', 'evaluate', 'publish'].map(handler),
    );
    const steps: Steps = {
      Plan: ({ execution }) => plan({ execution, startedAt }),
      Collect: (item) => collect(item, context),
      Evaluate: (key) => evaluate(key),
      Publish: (key) => publish(key, context),
      ...over,
    };
    return execute(steps, s3Store(variables['REPORT_BUCKET']!), name);
  }
  const published = () =>
    proxy.asked.filter(({ service, body }) => service === 'sns' && body.includes('Action=Publish'));

  let night: RunKey;
  it('a night runs through, from the archives, as the scan role', { timeout: 120_000 }, async () => {
    const { output, calls } = await started('e2e00000-1', '2026-11-22T02:00:00.000Z');
    night = (output as { run: RunKey }).run;
    // There is no organization: the account of the stack is all there is.
    const item = (region: string) => ({ run: night, account: HOME, region, part: 1 });
    expect(calls.Collect).toEqual(['global', LOOKED_AT].map(item));
    expect(calls.Evaluate).toEqual([{ run: night, account: HOME }]);
    const header = (await stored(keys.latest)) as RunHeader;
    expect(header.run).toBe(night.run);
    expect(header.summary.statuses.PASS).toBeGreaterThan(0);
    expect(header.summary.statuses.FAIL).toBeGreaterThan(0);
    expect(published()).toHaveLength(1);
    const { Contents } = await s3.send(
      new ListObjectsV2Command({ Bucket: variables['REPORT_BUCKET'], Prefix: keys.report(night, 'index.html') }),
    );
    expect(Contents).toHaveLength(1);
  });

  it('what the emulator cannot answer is UNKNOWN with a reason, and nothing else', async () => {
    const cells = (await stored(keys.inventory(night, HOME, 'global', '_cells.json'))) as Cell[];
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

  describe('in an organization', () => {
    const MEMBERS = ['payments', 'data', 'sandbox', 'closed', 'broken'] as const;
    let ids: Readonly<Record<string, string>>;
    const killed = () => Object.assign(new Error('the function was stopped'), { name: 'Sandbox.Timedout' });
    const header = async ({ output }: Execution) =>
      (await stored(keys.report((output as { run: RunKey }).run, 'run.json'))) as RunHeader;
    const gapsOf = ({ summary }: RunHeader, reason: string) => summary.gaps.filter((gap) => gap.reason === reason);

    beforeAll(async () => {
      await aws('organizations', 'create-organization', '--feature-set', 'ALL');
      for (const name of MEMBERS)
        await aws('organizations', 'create-account', '--account-name', name, '--email', `${name}@harbour.example`);
      const { Accounts } = await aws('organizations', 'list-accounts');
      ids = Object.fromEntries(Accounts.map(({ Name, Id }: { Name: string; Id: string }) => [Name, Id]));
      const config = `regions: [${LOOKED_AT}, ${BLOCKED}]\nskip: ['ec2-*', 'rds-*']\n`;
      await s3.send(
        new PutObjectCommand({ Bucket: variables['REPORT_BUCKET'], Key: 'config/ronda.yml', Body: config }),
      );
      // moto lets everybody in everywhere: what AWS would refuse is refused before it.
      proxy.refuse = ({ service, region, body }) => {
        if (service === 'sts' && body.includes(`iam%3A%3A${ids['closed']}%3A`))
          return { code: 'AccessDenied', message: 'not authorized to perform: sts:AssumeRole' };
        if (region === BLOCKED && service !== 's3')
          return {
            code: service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDeniedException',
            message: 'is not authorized to perform this with an explicit deny in a service control policy',
          };
        return undefined;
      };
    });

    let first: Execution;
    it(
      'every account is judged; what cannot be entered, is blocked or dies is said, and does not stop the run',
      { timeout: 300_000 },
      async () => {
        const collect = await handler('collect');
        let kills = 0;
        first = await started('e2e00000-2', '2026-11-23T02:00:00.000Z', {
          Collect: async (item: ItemKey) => {
            if (item.account === ids['broken'] && item.region === LOOKED_AT) throw killed();
            const collected = await collect(item, context);
            if (item.account === ids['data'] && item.region === 'global' && (kills += 1) === 1) throw killed();
            return collected;
          },
        });
        expect(kills).toBe(2);
        const whole = await header(first);
        expect(whole.scope.accounts.toSorted()).toEqual(
          [HOME, ...Object.values(ids).filter((id) => id !== HOME)].toSorted(),
        );
        expect(Object.values(whole.scope.names ?? {})).toEqual(expect.arrayContaining([...MEMBERS]));
        expect(gapsOf(whole, 'denied')).toMatchObject([{ operation: 'sts:AssumeRole', accounts: [ids['closed']] }]);
        expect(gapsOf(whole, 'blocked').map(({ regions }) => regions)).toContainEqual([BLOCKED]);
        const died = whole.summary.gaps.find(({ operation }) => operation === 'collect');
        expect(died).toMatchObject({ accounts: [ids['broken']], regions: [LOOKED_AT] });
        for (const name of ['payments', 'data', 'sandbox'] as const) {
          const one = whole.accounts.find(({ account }) => account === ids[name])!;
          expect(one.summary.statuses.PASS + one.summary.statuses.FAIL).toBeGreaterThan(10);
        }
        expect(first.calls.Collect.filter((item) => (item as ItemKey).account === ids['closed'])).toEqual([]);
      },
    );

    it('a repeat changes nothing, and tells nobody twice', { timeout: 300_000 }, async () => {
      const before = { header: await header(first), told: published().length };
      const [evaluate, publish] = await Promise.all(['evaluate', 'publish'].map(handler));
      for (const key of first.calls.Evaluate) await evaluate(key);
      await publish({ run: (first.output as { run: RunKey }).run }, context);
      const { endedAt: _, ...again } = await header(first);
      const { endedAt: __, ...known } = before.header;
      expect(again).toEqual(known);
      expect(published()).toHaveLength(before.told);
    });

    it('a night in which nothing happens is quiet', { timeout: 300_000 }, async () => {
      const told = published().length;
      const quiet = await started('e2e00000-3', '2026-11-24T02:00:00.000Z', {
        Collect: async (item: ItemKey) => {
          if (item.account === ids['broken'] && item.region === LOOKED_AT) throw killed();
          return (await handler('collect'))(item, context);
        },
      });
      expect((await header(quiet)).summary.statuses).toEqual((await header(first)).summary.statuses);
      expect(published()).toHaveLength(told);
    });
  });

  it('is removed, and leaves the reports', { timeout: 300_000 }, async () => {
    await osls(stack.folder, ['remove'], environment);
    await expect(aws('cloudformation', 'describe-stacks', '--stack-name', 'ronda-dev')).rejects.toThrow(
      'does not exist',
    );
    expect(((await stored(keys.report(night, 'run.json'))) as RunHeader).run).toBe(night.run);
  });
});
