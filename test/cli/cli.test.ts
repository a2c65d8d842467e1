import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
});
beforeEach(async () => {
  emulator.setProfile({});
  folder = await mkdtemp(join(tmpdir(), 'ronda-cli-'));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => emulator.close());

const audit = (...args: string[]) => ronda('audit', '--regions', 'eu-west-1', '--out', folder, ...args);

describe('help', () => {
  it.each([['--help'], ['audit', '--help'], ['checks', '--help'], ['role', '--help'], ['report', '--help']])(
    '%s %s',
    async (...args) => {
      const { code, out } = await ronda(...args.filter(Boolean));
      expect(code).toBe(0);
      expect(out).toContain('Usage: ronda');
    },
  );
  it('of audit names the exit codes', async () =>
    expect((await ronda('audit', '--help')).out).toMatch(/Exit codes[^]*inconclusive/));
  it('--version', async () => expect(await ronda('--version')).toMatchObject({ code: 0, out: '9.9.9\n' }));
});

describe('what cannot be understood is said on one screen, with exit code 3', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['adit'], /unknown command 'adit'/],
    ['an unknown option', ['audit', '--bucket'], /unknown option '--bucket'/],
    ['a wrong severity', ['audit', '--fail-on', 'bad'], /Allowed choices are critical, high/],
    [
      'checks that match nothing',
      ['audit', '--checks', 's4-*'],
      /--checks: no check is called "s4-\*"; ronda checks lists them all/,
    ],
    ['options that exclude each other', ['audit', '--services', 's3', '--checks', 'iam-*'], /no check is left to run/],
    [
      'a configuration that is not there',
      ['audit', '--config', '/no/ronda.yml'],
      /cannot read the configuration \/no\/ronda.yml/,
    ],
    ['a check that does not exist', ['checks', 'show', 'x-y'], /no check is called "x-y"/],
    ['an inventory that is not there', ['audit', '--inventory', '/tmp/no-such-ronda-folder'], /holds no inventory/],
    ['a run that is not there', ['report', '/tmp/no-such-ronda-folder'], /holds no run/],
    [
      'a region that is not enabled',
      ['audit', '--services', 'kms', '--regions', 'mars-*'],
      /no enabled region of this account is called "mars-\*"/,
    ],
    ['a format that is none', ['audit', '--formats', 'pdf'], /Allowed choices are sarif, junit, ocsf/],
    ['a tag without a value', ['audit', '--tag', 'app'], /tag app: write key=value/],
  ])('%s', async (_name, args, message) => {
    const { code, err } = await ronda(...args);
    expect(err).toMatch(message);
    expect(err.split('\n').length).toBeLessThan(24);
    expect(code).toBe(3);
  });
  it('credentials that AWS does not know', async () => {
    emulator.setProfile({ faults: [{ service: 'sts', kind: 'status', status: 403 }] });
    expect(await audit('--services', 'kms')).toMatchObject({
      code: 3,
      err: expect.stringContaining('Check the credentials'),
    });
  });
  it('a configuration with a mistake names its line', async () => {
    const path = join(folder, 'ronda.yml');
    await writeFile(path, '# mine\nparams:\n  kms-key-rotation-enabled:\n    maxPeriod: 1\n');
    const { code, err } = await audit('--config', path);
    expect(code).toBe(3);
    expect(err).toContain(
      `${path}:4: params.kms-key-rotation-enabled.maxPeriod: kms-key-rotation-enabled has no param "maxPeriod"; it has: maxPeriodDays`,
    );
  });
});

describe('checks', () => {
  it('list', async () => {
    const { out } = await ronda('checks');
    expect(out).toContain('kms-key-rotation-enabled');
    expect(out).toMatch(/\d+ checks\n$/);
  });
  it('list, narrowed, as JSON', async () => {
    const { out } = await ronda('checks', 'list', '--checks', 'kms-key-rotation-*', '--json');
    expect(JSON.parse(out)).toMatchObject([{ id: 'kms-key-rotation-enabled', service: 'kms' }]);
  });
  it('show', async () =>
    expect((await ronda('checks', 'show', 'kms-key-rotation-enabled')).out).toMatch(
      /maxPeriodDays: 365[^]*kms:GetKeyRotationStatus/,
    ));
});

it('role prints exactly what the enabled checks need', async () => {
  const policy = JSON.parse((await ronda('role', '--checks', 'kms-key-rotation-enabled')).out) as {
    Statement: { Action: string[] }[];
  };
  expect(policy.Statement[0]!.Action).toEqual([
    'ec2:DescribeRegions',
    'kms:DescribeKey',
    'kms:GetKeyRotationStatus',
    'kms:ListKeys',
    'sts:GetCallerIdentity',
  ]);
});

describe('audit', () => {
  it('keeps the run, prints one screen, and is done with 0 whatever it found', async () => {
    const { code, out } = await audit('--services', 's3', 'kms');
    expect(code).toBe(0);
    expect(out.split('\n').length).toBeLessThan(45);
    const written = await readdir(folder, { recursive: true });
    for (const name of [
      'run.json',
      'index.html',
      'findings.json',
      'findings.csv',
      'latest.json',
      'account=111122223333.json',
    ]) {
      expect(written.some((path) => path.endsWith(name))).toBe(true);
    }
    expect(written.some((path) => path.startsWith('inventory'))).toBe(false);
  });
  it('--json prints findings and nothing else', async () => {
    const { out, err } = await audit('--services', 'kms', '--json');
    expect(JSON.parse(out)).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ check: 'kms-key-rotation-enabled' })]),
    });
    expect(err).toBe('');
  });
  it('--save-inventory, then --inventory, gives the same verdicts without a call', async () => {
    const first = JSON.parse((await audit('--services', 'kms', 's3', '--save-inventory', '--json')).out) as {
      findings: { id: string; status: string }[];
    };
    emulator.resetStats();
    const again = JSON.parse(
      (await ronda('audit', '--services', 'kms', 's3', '--inventory', folder, '--out', join(folder, 'again'), '--json'))
        .out,
    ) as typeof first;
    const statuses = ({ findings }: typeof first) => Object.fromEntries(findings.map(({ id, status }) => [id, status]));
    expect(statuses(again)).toEqual(statuses(first));
    expect(emulator.stats().requests).toBe(0);
  });
  it('a damaged inventory names its object, and writes no run', async () => {
    await audit('--services', 'kms', '--save-inventory');
    const file = (await readdir(folder, { recursive: true })).find((path) => path.endsWith('AWS-KMS-Key.ndjson.gz'))!;
    const whole = await readFile(join(folder, file));
    await writeFile(join(folder, file), whole.subarray(0, whole.length - 9));
    const { code, err } = await ronda(
      'audit',
      '--services',
      'kms',
      '--inventory',
      folder,
      '--out',
      join(folder, 'again'),
    );
    expect(code).toBe(3);
    expect(err).toMatch(/AWS-KMS-Key.ndjson.gz is damaged/);
    expect(
      (await readdir(folder)).includes('again') &&
        (await readdir(join(folder, 'again'), { recursive: true })).some((path) => path.endsWith('run.json')),
    ).toBe(false);
  });
  it.each([
    ['1 when something fails', 'medium', {}, 1],
    ['0 when what fails is milder', 'critical', {}, 0],
    ['2 when it cannot be known', 'medium', { deny: ['kms:ListKeys'] }, 2],
  ] as const)('--fail-on: %s', async (_name, severity, profile, code) => {
    emulator.setProfile(profile as object);
    expect((await audit('--checks', 'kms-key-rotation-enabled', '--fail-on', severity)).code).toBe(code);
  });
  it('--tag keeps resources with the tag', async () => {
    const { out } = await audit('--services', 'ec2', '--tag', 'no-such-tag=x', '--json');
    const { findings } = JSON.parse(out) as { findings: { status: string }[] };
    expect(findings.filter(({ status }) => status !== 'UNKNOWN')).toEqual([]);
  });
  it('--tag finds buckets by tags that only a call of their own tells, and keeps one whose tags are denied', async () => {
    const found = async () => {
      const { out } = await audit('--checks', 's3-bucket-not-public', '--tag', 'Criticality=critical', '--json');
      return (JSON.parse(out) as { findings: { resource: { id: string } }[] }).findings.map(
        ({ resource }) => resource.id,
      );
    };
    expect(await found()).toContain('harbour-backups');
    expect(await found()).not.toContain('harbour-website-assets');
    emulator.setProfile({ deny: ['s3:GetBucketTagging'] });
    expect(await found()).toContain('harbour-website-assets');
  });
  it('--topic tells what is there on the first run, and nothing on a quiet second', async () => {
    const topic = 'arn:aws:sns:eu-west-1:111122223333:ronda';
    const before = emulator.messages.length;
    await audit('--services', 'kms', '--topic', topic);
    expect(emulator.messages.length).toBe(before + 1);
    await audit('--services', 'kms', '--topic', topic);
    expect(emulator.messages.length).toBe(before + 1);
  });
  it('--out s3:// keeps the run in a bucket', async () => {
    await ronda(
      'audit',
      '--services',
      'kms',
      '--regions',
      'eu-west-1',
      '--out',
      's3://ronda-reports-111122223333/nightly',
    );
    expect(
      [...emulator.objects.keys()].some((key) =>
        /^ronda-reports-111122223333\/nightly\/runs\/.*\/index\.html$/.test(key),
      ),
    ).toBe(true);
  });
});

it('--formats, or the configuration, writes a run in further formats beside the others', async () => {
  const config = join(folder, 'ronda.yml');
  await writeFile(config, 'formats: [ndjson]\n');
  const named = async (...args: string[]) => {
    await audit('--services', 'kms', ...args);
    return (await readdir(folder, { recursive: true })).filter((path) => /\.(sarif|md|ndjson)$/.test(path));
  };
  expect(await named()).toEqual([]);
  expect((await named('--formats', 'sarif', 'markdown')).map((path) => basename(path)).toSorted()).toEqual([
    'findings.md',
    'findings.sarif',
  ]);
  expect(await named('--config', config)).toHaveLength(3);
});

it('report writes further formats of a stored run', async () => {
  await audit('--services', 'kms');
  const target = join(folder, 'copy');
  await ronda('report', folder, '--out', target, '--formats', 'junit', 'ocsf', 'asff');
  expect(await readdir(target)).toEqual(
    expect.arrayContaining(['junit.xml', 'findings.ocsf.json', 'findings.asff.json']),
  );
});

it('says what Security Hub did not take, and the run is done all the same', async () => {
  const config = join(folder, 'ronda.yml');
  await writeFile(config, 'securityHub: true\n');
  const { code, err } = await audit('--services', 'kms', '--config', config);
  expect(code).toBe(0);
  expect(err).toMatch(/ronda: Security Hub took 0 findings; \d+ were not sent: /);
  expect(await readdir(join(folder, 'state'))).toEqual(['account=111122223333.ndjson.gz']);
});

it('report renders a stored run again', async () => {
  await audit('--services', 'kms');
  const target = join(folder, 'copy');
  const { code, out } = await ronda('report', folder, '--out', target);
  expect(code).toBe(0);
  expect(out).toContain(target);
  expect(await readdir(target)).toEqual(expect.arrayContaining(['findings.csv', 'findings.json', 'index.html']));
});

describe('gate', () => {
  const gate = (...args: string[]) => ronda('gate', '--regions', 'eu-west-1', '--baseline-in', folder, ...args);
  const rotation = ['--checks', 'kms-key-rotation-enabled', '--fail-on', 'medium'];
  it.each<[string, string[], object, number, RegExp]>([
    ['stops what fails', rotation, {}, 1, /^FAIL: \d+ findings? at or above medium\n/],
    [
      'cannot tell what is denied',
      rotation,
      { deny: ['kms:ListKeys'] },
      2,
      /^INCONCLUSIVE[^]*to see it: allow kms:ListKeys/,
    ],
    ['lets through what is good', ['--arn', 'arn:aws:s3:::harbour-orders-exports'], {}, 0, /^PASS/],
    [
      'wants the coverage that is asked for',
      [...rotation, '--fail-on', 'critical', '--min-coverage', '100%'],
      { deny: ['kms:ListKeys'] },
      2,
      /coverage 0% is below the 100%/,
    ],
  ])('%s', async (_name, args, profile, code, words) => {
    emulator.setProfile(profile as object);
    const answer = await gate(...args);
    expect(answer.out).toMatch(words);
    expect(answer.code).toBe(code);
  });
  it('excuses what the last night had as well, and keeps nothing itself', async () => {
    await audit('--services', 'kms');
    const kept = await readdir(folder, { recursive: true });
    const { code, out } = await gate(...rotation, '--new-since', 'latest');
    expect(code).toBe(0);
    expect(out).toMatch(/\d known since \d{8}T\d{6,9}Z-[0-9a-f]{6}\n$/);
    expect(await readdir(folder, { recursive: true })).toEqual(kept);
  });
  it('excuses what is waived', async () => {
    const file = join(folder, 'waivers.yml');
    const expires = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await writeFile(
      file,
      `waivers:\n  - { check: kms-*, resource: '*', owner: me, reason: later, expires: ${expires} }\n`,
    );
    const { code, out } = await gate(...rotation, '--waivers', file);
    // One key of the example account cannot be described.
    expect(code).toBe(2);
    expect(out).toMatch(/^INCONCLUSIVE[^]*, [1-9]\d* waived\n$/);
  });
  it('reads what its scope needs and nothing else', async () => {
    emulator.resetStats();
    await gate('--arn', 'arn:aws:kms:eu-west-1:*');
    const asked = new Set(Object.keys(emulator.stats().calls).map((call) => call.split(':')[0]));
    expect([...asked].toSorted()).toEqual(['ec2', 'kms', 'organizations', 'sts']);
  });
  it('writes what CI systems read', async () => {
    const [sarif, junit, markdown] = ['a.sarif', 'a.xml', 'a.md'].map((name) => join(folder, name));
    await gate(...rotation, '--sarif', sarif!, '--junit', junit!, '--markdown', markdown!);
    expect(JSON.parse(await readFile(sarif!, 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(await readFile(junit!, 'utf8')).toMatch(/^<\?xml/);
    expect(await readFile(markdown!, 'utf8')).toContain('aws kms enable-key-rotation');
  });
  it.each<[string, string[], RegExp]>([
    ['a baseline that is not there', ['--new-since', '2020-01-01'], /holds no run 2020-01-01/],
    ['a share that is none', ['--min-coverage', 'all'], /--min-coverage all: write a share such as 99%/],
    [
      'a stack that cannot be read',
      ['--stack', 'nope'],
      /the stack nope cannot be read \(cloudformation:ListStackResources\)/,
    ],
    ['a name that is no ARN', ['--arn', 'orders'], /--arn orders: write a whole ARN; .*\*orders\*/],
    ['a scope that nothing speaks of', ['--arn', 'arn:aws:polly:*'], /no check speaks of what is in scope/],
    [
      'waivers that are not there',
      ['--waivers', '/no/waivers.yml'],
      /cannot read the waivers \/no\/waivers.yml: ENOENT/,
    ],
  ])('refuses %s', async (_name, args, words) => {
    const { code, err } = await gate(...args);
    expect(err).toMatch(words);
    expect(code).toBe(3);
  });
});

describe('diff', () => {
  it('says what changed between two runs of the same scope, and why', async () => {
    await audit('--checks', 'kms-key-rotation-enabled');
    await audit('--checks', 'kms-key-not-pending-deletion');
    emulator.setProfile({ deny: ['kms:GetKeyRotationStatus'] });
    await audit('--checks', 'kms-key-rotation-enabled');
    const { code, out } = await ronda('diff', folder);
    expect(code).toBe(0);
    expect(out).toMatch(/^From \S+ to \S+: \d no longer seen\n/);
    expect(out).toContain('because it could not be read');
    const asJson = JSON.parse((await ronda('diff', folder, '--json')).out) as { differences: { change: string }[] };
    expect(asJson.differences.map(({ change }) => change)).toContain('unseen');
  });
  it('needs two runs', async () => {
    await audit('--checks', 'kms-key-rotation-enabled');
    const { code, err } = await ronda('diff', folder);
    expect(err).toMatch(/holds no run of the same scope before/);
    expect(code).toBe(3);
  });
});
