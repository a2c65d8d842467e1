import { existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pMap from 'p-map';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checks } from '../../checks/index.ts';
import { parseConfig } from '../../lib/config/file.ts';
import { configSchema } from '../../lib/config/schema.ts';
import { parseWaivers } from '../../lib/config/waivers.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import { mistakesIn } from '../../lib/core/settings.ts';
import { METRICS } from '../../lib/run/metrics.ts';
import { ronda } from '../support/command.ts';
import { isInstalled, root, run } from './_stack.ts';

const HAS_AWS = await isInstalled('aws');
const registered: readonly AnyCheck[] = checks;
const PAGES = ['README.md', 'docs/deployment.md', 'docs/gate.md'];
const GUIDE = 'docs/deployment.md';
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const guide = read(GUIDE);
const params = parse(read('infra/params.yml')) as Readonly<Record<string, unknown>>;
/** Those too that are only shown. */
const PARAMS = [
  ...Object.keys(params),
  ...[...read('infra/params.yml').matchAll(/^# (\w+): \d+$/gm)].map(([, name]) => name!),
];
const memberRole = parse(read('infra/member-role.yml')) as {
  readonly Parameters: Readonly<Record<string, { readonly Default?: string }>>;
};

/** The blocks of a language. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, name]) => name === language).map(([, , block]) => block!);
/** What is written in single backticks, outside of blocks. */
const words = (text: string): string[] =>
  [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, word]) => word!);
/** A part of the stack. Tags such as !Ref stay unread. */
const part = (name: string): Readonly<Record<string, any>> => parse(read(`infra/${name}.yml`), { logLevel: 'silent' });

interface Call {
  readonly program: string;
  readonly words: readonly string[];
}

/** What the guide's commands called, in order: they run in one shell, with stubs in the place of the programs that reach out. */
let folder: string;
let calls: readonly Call[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ronda-guide-'));
  const stubs = join(folder, 'stubs');
  await mkdir(stubs);
  // Fields end in the unit separator, calls in the record separator.
  const stub = `#!/bin/sh\n{ printf '%s\\037' "\${0##*/}" "$@"; printf '\\036'; } >> "$CALLS"\necho stub-answer\n`;
  for (const name of ['aws', 'npm', 'npx', 'git', 'sleep']) {
    await writeFile(join(stubs, name), stub);
    await chmod(join(stubs, name), 0o755);
  }
  for (const name of ['infra', 'serverless.yml']) await symlink(join(root, name), join(folder, name));
  for (const name of ['slack.txt', 'ronda.yml']) await writeFile(join(folder, name), '');
  const script = join(folder, 'guide.sh');
  await writeFile(script, `set -euo pipefail\n${blocks(guide, 'sh').join('\n')}`);
  const environment = {
    PATH: `${stubs}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    CALLS: join(folder, 'calls'),
  };
  await run('bash', [script], { cwd: folder, env: environment });
  await writeFile(join(folder, 'slack.txt'), '');
  const records = (await readFile(join(folder, 'calls'), 'utf8')).split('\u001E').slice(0, -1);
  calls = records.map((record) => {
    const [program, ...fields] = record.split('\u001F').slice(0, -1);
    return { program: program!, words: fields };
  });
});
afterAll(() => rm(folder, { recursive: true }));

const callsOf = (program: string) => calls.filter((call) => call.program === program).map((call) => call.words);
const optionsIn = (fields: readonly string[]) =>
  fields.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=', 1)[0]!);
const valueOf = (fields: readonly string[], option: string) => fields[fields.indexOf(option) + 1];
/** The words after an option, up to the next. */
const valuesOf = (fields: readonly string[], option: string) => {
  const rest = fields.slice(fields.indexOf(option) + 1);
  const end = rest.findIndex((word) => word.startsWith('--'));
  return end === -1 ? rest : rest.slice(0, end);
};

describe('the commands of the guide', () => {
  it('were all called', () => {
    expect(callsOf('aws').length).toBeGreaterThan(30);
    expect(callsOf('npx').length).toBeGreaterThan(12);
  });

  it('run what is installed, and never what a registry has', () => {
    for (const call of callsOf('npx')) {
      expect(call[0]).toBe('--no');
      expect(['osls', 'ronda']).toContain(call[1]);
    }
  });

  it('ask the framework for what it knows, with choices that there are', () => {
    const require = createRequire(import.meta.url);
    const commands = require(join(root, 'node_modules/osls/lib/cli/commands-schema/aws-service.js')) as ReadonlyMap<
      string,
      { readonly options: Readonly<Record<string, unknown>> }
    >;
    for (const [, program, command, ...rest] of callsOf('npx')) {
      if (program !== 'osls') continue;
      expect(Object.keys(commands.get(command!)!.options)).toEqual(expect.arrayContaining(optionsIn(rest)));
      expect(valueOf(rest, '--stage')).toBe('prod');
    }
    const given = PAGES.flatMap((page) => [...read(page).matchAll(/--param '?(\w+)=/g)].map(([, name]) => name!));
    expect(given.filter((name) => ![...PARAMS, 'name'].includes(name))).toEqual([]);
  });

  /** Of these the command line has no skeleton. */
  const OWN = ['s3 cp', 'cloudformation deploy', 'lambda invoke'];
  it.skipIf(!HAS_AWS)('are known to the AWS CLI with every option', { timeout: 300_000 }, async () => {
    const named = words(guide).flatMap((word) => (word.startsWith('aws ') ? [word.split(' ').slice(1)] : []));
    expect(named.length).toBeGreaterThan(2);
    const modelled = [...callsOf('aws'), ...named].filter((call) => !OWN.includes(call.slice(0, 2).join(' ')));
    const distinct = new Map(modelled.map((call) => [call.join(' '), call]));
    const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], AWS_REGION: 'eu-west-1' };
    const refused = await pMap(
      distinct,
      async ([line, call]) => {
        const skeleton = run('aws', [...call, '--generate-cli-skeleton', 'input'], { cwd: folder, env: environment });
        return skeleton.then(
          () => [],
          ({ stderr }: { stderr: string }) => [`${line}: ${stderr}`],
        );
      },
      { concurrency: 4 },
    );
    expect(refused.flat()).toEqual([]);
  });

  it.skipIf(!HAS_AWS)('(an option that there is not is noticed)', async () => {
    const wrong = run('aws', ['stepfunctions', 'redrive-execution', '--arn', 'x', '--generate-cli-skeleton', 'input']);
    await expect(wrong).rejects.toThrow('Unknown options');
  });

  it('ask for outputs and resources that the stack has', () => {
    const { Outputs } = part('parameters');
    const asked = [...guide.matchAll(/\$\(output (\w+)\)/g)].map(([, name]) => name!);
    expect(new Set(asked)).toEqual(new Set(['ReportBucketName', 'RunMachineArn', 'ExternalId']));
    for (const name of [...asked, 'TopicArn']) expect(Outputs).toHaveProperty(name);
    const resources = [...guide.matchAll(/\$\(resource (\w+)\)/g)].map(([, name]) => name!);
    expect(resources).toEqual(['ReportBucket', 'AccessLogs', 'ReportKey']);
    // What is named before the removal is what stays.
    const kept = Object.entries<Readonly<Record<string, unknown>>>(part('storage')['Resources'])
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
      .map(([name]) => name);
    expect(kept.toSorted()).toEqual(resources.toSorted());
  });

  it('give the role of the members every parameter that it asks for', () => {
    const all = Object.keys(memberRole.Parameters);
    const needed = all.filter((name) => memberRole.Parameters[name]!.Default === undefined);
    const named = (texts: readonly string[], pattern: RegExp) => texts.map((text) => pattern.exec(text)![1]!);
    for (const call of callsOf('aws')) {
      const isNew = call[1] === 'create-stack-set';
      if (!isNew && call[1] !== 'update-stack-set') continue;
      const given = named(valuesOf(call, '--parameters'), /^ParameterKey=(\w+),/);
      expect(all).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(expect.arrayContaining(isNew ? needed : all));
    }
    const [first, again] = callsOf('aws').filter(([, command]) => command === 'deploy');
    expect(named(valuesOf(first!, '--parameter-overrides'), /^(\w+)=/)).toEqual(expect.arrayContaining(needed));
    // It keeps the values of the stack that is there.
    expect(again).not.toContain('--parameter-overrides');
  });

  it('delegate exactly the actions on the organization that a run calls', async () => {
    const scan = JSON.parse(read('infra/scan-role-policy.json')) as { Statement: { Action: string[] }[] };
    const called = [
      ...scan.Statement[0]!.Action.filter((action) => action.startsWith('organizations:')),
      ...(JSON.parse(read('infra/organization-actions.json')) as string[]),
    ];
    const { Statement } = JSON.parse(await readFile(join(folder, 'delegation.json'), 'utf8')) as {
      Statement: { Action: string[]; Principal: unknown }[];
    };
    expect(Statement).toHaveLength(1);
    expect(Statement[0]!.Action).toEqual([...new Set(called)].toSorted());
    expect(Statement[0]!.Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:root' });
  });

  it('leave a file of waivers that the product takes', async () => {
    const text = await readFile(join(folder, 'waivers.yml'), 'utf8');
    const [{ expires } = { expires: '' }] = (parse(text) as { waivers: { expires: string }[] }).waivers;
    const now = new Date(Date.parse(expires) - 180 * 86_400_000);
    const waivers = parseWaivers('waivers.yml', text, {
      now,
      maxDays: 365,
      checkIds: registered.map(({ id }) => id),
    });
    expect(waivers.length).toBeGreaterThan(0);
    for (const waiver of waivers) expect(waiver.expires).toBe(expires);
  });
});

describe('a file of choices', () => {
  let own: string;
  beforeAll(async () => {
    own = await mkdtemp(join(tmpdir(), 'ronda-choices-'));
    await copyFile(join(root, 'serverless.yml'), join(own, 'serverless.yml'));
    for (const name of ['checks', 'functions', 'infra', 'lib', 'node_modules', 'package.json'])
      await symlink(join(root, name), join(own, name));
  });
  afterAll(() => rm(own, { recursive: true }));
  const printed = (...options: string[]) =>
    run(
      process.execPath,
      [join(root, 'node_modules/osls/bin/serverless.js'), 'print', '--format', 'json', ...options],
      {
        cwd: own,
        env: { PATH: process.env['PATH'], HOME: own },
        maxBuffer: 50_000_000,
      },
    );
  const chosen = async (...options: string[]) => {
    const { stdout } = await printed(...options);
    const { resources } = JSON.parse(stdout) as {
      resources: { Parameters: Readonly<Record<string, { readonly Default: unknown }>> };
    };
    return resources.Parameters;
  };

  it('is the copy that the guide makes and changes', async () => {
    const text = await readFile(join(folder, 'params.prod.yml'), 'utf8');
    expect(parse(text)).toEqual({ ...params, memberRole: 'ronda-member', webhookParameter: '/ronda/slack' });
  });

  it('counts for its stage in the place of the defaults, and less than the command line', async () => {
    await copyFile(join(folder, 'params.prod.yml'), join(own, 'params.prod.yml'));
    const [prod, dev] = await Promise.all([
      chosen('--stage', 'prod', '--param', 'email=night@example.com'),
      chosen('--stage', 'dev'),
    ]);
    expect(prod['MemberRole']!.Default).toBe('ronda-member');
    expect(prod['Email']!.Default).toBe('night@example.com');
    expect(dev['MemberRole']!.Default).toBe('');
  });

  it('with a misspelt choice stops the deployment, which says the name', async () => {
    const text = await readFile(join(folder, 'params.prod.yml'), 'utf8');
    await writeFile(join(own, 'params.typo.yml'), text.replace('minCoverage', 'mincoverage'));
    const stopped = await printed('--stage', 'typo').catch((error: { stdout: string; stderr: string }) => error);
    expect(`${stopped.stdout}${stopped.stderr}`).toMatch(/Threshold.*Value not found at "param" source/s);
  });
});

describe('the guide', () => {
  it('explains every choice, and no other', () => {
    const rows = [...guide.matchAll(/^\| ((?:`\w+`(?:, | or )?)+) +\|/gm)].map(([, names]) => names!);
    const named = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
    expect(named.filter((name) => !name.endsWith('Alarm')).toSorted()).toEqual(PARAMS.toSorted());
  });

  it('explains every alarm, and no other', () => {
    const named = [...guide.matchAll(/^\| `(\w+Alarm)`/gm)].map(([, name]) => name!);
    expect(named.toSorted()).toEqual(Object.keys(part('alarms')['Resources']).toSorted());
  });

  it('names the queries that there are', () => {
    const queries = Object.values<Readonly<Record<string, any>>>(part('athena')['Resources']).filter(
      ({ Type }) => Type === 'AWS::Athena::NamedQuery',
    );
    expect(queries.length).toBeGreaterThan(0);
    for (const { Properties } of queries) expect(guide).toContain(`\n- ${Properties.Name}\n`);
  });

  it('reckons with what there is', () => {
    const metrics = JSON.stringify(part('alarms')['Resources']).match(/"MetricName"/g)!.length;
    expect(guide).toContain(`${(metrics * 0.1).toFixed(2)} a month: seven metrics in five alarms`);
    expect(guide).toContain(`up to ${(Object.keys(METRICS).length * 0.3).toFixed(2)} a month: fourteen`);
    const { TimeoutSeconds } = JSON.parse(read('infra/audit.asl.json')) as { TimeoutSeconds: number };
    expect(guide).toContain('took ten hours');
    expect(TimeoutSeconds).toBe(10 * 3600);
  });

  it('shows configuration that the product takes', () => {
    const examples = blocks(guide, 'yaml');
    expect(examples).toHaveLength(1);
    for (const example of examples)
      expect(() => parseConfig('ronda.yml', example, (found) => mistakesIn(registered, found))).not.toThrow();
  });
});

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  it('points at files and headings that there are', () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-');
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
    const wrong = links.filter((link) => {
      if (link.startsWith('https://')) return false;
      const [path, anchor] = link.split('#') as [string, string | undefined];
      const target = path === '' ? join(root, page) : join(root, dirname(page), path);
      if (!existsSync(target) || anchor === undefined) return !existsSync(target);
      const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading!));
      return !headings.includes(anchor);
    });
    expect(wrong).toEqual([]);
    const paths = words(text).filter((word) => /^(?:infra|docs|lib|test|checks)\/[\w/.-]+$/.test(word));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('names settings that there are', () => {
    const known = [...Object.keys(configSchema.shape), ...PARAMS];
    const named = words(text).flatMap((word) => /^([a-z]\w+): \S+$/.exec(word)?.[1] ?? []);
    for (const name of named) expect(known).toContain(name);
    const ids = words(text).filter((word) => /^(?:iam|s3|ec2|vpc|rds|kms)-[a-z0-9-]+[a-z0-9]$/.test(word));
    for (const id of ids) expect(registered.map((check) => check.id)).toContain(id);
  });

  it('gives the command line options that it has, and never runs a package of that name from a registry', async () => {
    // "checks list" is a command of two words.
    const command = /(?<npx>npx )?(?<no>--no )?\bronda (?<name>(?:checks (?:list|show)|[a-z]+)) ?(?<rest>[^\n`|]*)/g;
    const shown = [...blocks(text, 'sh'), ...blocks(text, 'yaml'), ...words(text)]
      .map((one) => one.replaceAll('\\\n', ' '))
      .flatMap((one) => [...one.matchAll(command)]);
    expect(shown.length).toBeGreaterThan(3);
    const wrong: string[] = [];
    for (const { 0: line, groups } of shown) {
      const { npx, no, name = '', rest = '' } = groups!;
      const { out } = await ronda(...name.split(' '), '--help');
      const options = optionsIn(rest.split(/#| && /)[0]!.split(/[\s',]+/));
      const isKnown = options.every((option) => new RegExp(`--${option}\\b`).test(out));
      if (!out.includes(`Usage: ronda ${name.split(' ')[0]}`) || !isKnown || (npx && !no)) wrong.push(line);
    }
    expect(wrong).toEqual([]);
    // But where it is said not to write so.
    expect(text.match(/(?<!(?:not|never) `|: `)npx (?:ronda|osls)\b/g)).toBeNull();
  });
});
