import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';

let emulator: Emulator;
let folder: string;
let file: string;
let failing: string;
let passing: string;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
});
beforeEach(async () => {
  emulator.setProfile({});
  folder = await mkdtemp(join(tmpdir(), 'ronda-waive-'));
  file = join(folder, 'waivers.yml');
  const { out } = await audit('--json');
  const { findings } = JSON.parse(out) as { findings: { id: string; status: string }[] };
  failing = findings.find(({ status }) => status === 'FAIL')!.id;
  passing = findings.find(({ status }) => status === 'PASS')!.id;
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => emulator.close());

const CHECK = 'kms-key-rotation-enabled';
const audit = (...args: string[]) =>
  ronda('audit', '--checks', CHECK, '--regions', 'eu-west-1', '--out', folder, ...args);
const WORDS = ['--owner', 'data', '--reason', 'imported next month'];
const waive = (...args: string[]) => ronda('waive', '--in', folder, '--file', file, ...args);
const accept = (id: string, ...args: string[]) => waive(id, ...WORDS, '--expires', '90d', ...args);
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('waive', () => {
  it('writes an entry that the next audit applies, and prints it with its place', async () => {
    const { code, out, err } = await accept(failing, '--ticket', 'SEC-12');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const written = await readFile(file, 'utf8');
    expect(written).toMatch(
      new RegExp(
        `^waivers:\n  - check: ${CHECK}\n    resource: arn:aws:kms:eu-west-1:111122223333:key/\\S+\n    accounts:\n      - "111122223333"\n    regions:\n      - eu-west-1\n    owner: data\n    reason: imported next month\n    ticket: SEC-12\n    expires: ${day(90)}\n    state: "?[0-9a-f]{12}"?\n$`,
      ),
    );
    expect(out).toContain(`${file}:2\n- check: ${CHECK}\n`);
    const { findings } = JSON.parse((await audit('--waivers', file, '--json')).out) as {
      findings: { id: string; waiver?: { owner: string } }[];
    };
    expect(findings.find(({ id }) => id === failing)?.waiver).toMatchObject({ owner: 'data', expires: day(90) });
    expect(findings.filter(({ waiver }) => waiver)).toHaveLength(1);
  });
  it('--any-state leaves the state open', async () => {
    await accept(failing, '--any-state');
    expect(await readFile(file, 'utf8')).not.toContain('state:');
  });
  it('--json prints what was written', async () => {
    const { out } = await accept(failing, '--json');
    expect(JSON.parse(out)).toMatchObject({ file, line: 2, waiver: { check: CHECK, owner: 'data' }, notes: [] });
  });
  it('takes the file of the configuration', async () => {
    const config = join(folder, 'ronda.yml');
    const own = join(folder, 'accepted.yml');
    await writeFile(config, `waivers:\n  file: ${own}\n`);
    await ronda('waive', failing, '--in', folder, '--config', config, ...WORDS, '--expires', day(10));
    expect(await readFile(own, 'utf8')).toContain(`expires: ${day(10)}`);
  });
  it('keeps comments, permissions and links', async () => {
    const real = join(folder, 'real.yml');
    const text = `# ours\nwaivers:\n- {check: s3-*, resource: x, owner: o, reason: r, expires: ${day(3)}} # soon\n`;
    await writeFile(real, text);
    await chmod(real, 0o640);
    await symlink(real, file);
    expect(await accept(failing)).toMatchObject({ code: 0 });
    expect(await readFile(real, 'utf8')).toMatch(
      new RegExp(`^${text.replaceAll(/[*{}?]/g, String.raw`\$&`)}- check: ${CHECK}\n`),
    );
    expect((await stat(real)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('waive refuses with exit code 3, and writes nothing', () => {
  const refused = async (message: RegExp, ...args: string[]) => {
    const before = await readFile(file, 'utf8').catch(() => undefined);
    const { code, err } = await waive(...args);
    expect(err).toMatch(message);
    expect(code).toBe(3);
    expect(await readFile(file, 'utf8').catch(() => undefined)).toBe(before);
  };
  it('what passes', () => refused(/is PASS: only what fails can be accepted/, passing, ...WORDS, '--expires', '9d'));
  it('what could not be read', async () => {
    emulator.setProfile({ deny: ['kms:ListKeys'] });
    const { findings } = JSON.parse((await audit('--json')).out) as { findings: { id: string }[] };
    await refused(/is UNKNOWN: only what fails/, findings[0]!.id, ...WORDS, '--expires', '9d');
  });
  it('what is not there', () => refused(/has no finding "00"/, '00', ...WORDS, '--expires', '9d'));
  it.each<[string, string | number, RegExp]>([
    ['too far away', 400, /--expires \S+ is more than 365 days away: \S+ is the latest day \(waivers\.maxDays/],
    ['over already', -1, /is over already; today is/],
    ['in words', 'tomorrow', /--expires tomorrow: write a day such as 2027-01-31/],
    ['no day', '2027-02-30', /--expires 2027-02-30: write a day/],
    ['without end', '99999d', /is more than 365 days away/],
  ])('an expiry that is %s', (_name, expires, message) =>
    refused(message, failing, ...WORDS, '--expires', typeof expires === 'number' ? day(expires) : expires),
  );
  it('an expiry beyond the configured time', async () => {
    const config = join(folder, 'ronda.yml');
    await writeFile(config, 'waivers:\n  maxDays: 30\n');
    await refused(/more than 30 days away/, failing, ...WORDS, '--expires', '31d', '--config', config);
  });
  it('an empty owner or reason, and missing ones', async () => {
    await refused(/--owner must not be empty/, failing, '--owner', ' ', '--reason', 'x', '--expires', '9d');
    await refused(/required option '--reason <words>' not specified/, failing, '--owner', 'x', '--expires', '9d');
  });
  it('what is covered already, by the line that covers it', async () => {
    await writeFile(
      file,
      `# ours\nwaivers:\n- {check: 'kms-*', resource: '*', owner: ops, reason: r, expires: '${day(3)}'}\n`,
    );
    await refused(
      new RegExp(`${file}:3 covers finding ${failing} already, until ${day(3)} \\(ops\\)`),
      failing,
      ...WORDS,
      '--expires',
      '9d',
    );
  });
  it('a file with a mistake, by its line', async () => {
    await writeFile(file, 'waivers:\n- check: kms-*\n  resources: x\n');
    await refused(new RegExp(`${file}:2: waivers.0.resource`), failing, ...WORDS, '--expires', '9d');
  });
  it('a file that cannot be written', () =>
    refused(
      /cannot (read|write) the waivers/,
      failing,
      ...WORDS,
      '--expires',
      '9d',
      '--file',
      join(folder, 'no', 'such', 'waivers.yml'),
    ));
});

describe('waivers', () => {
  const listed = async (...args: string[]) => ronda('waivers', '--in', folder, ...args);
  const entry = (resource: string, expires: string, rest = '') =>
    `- {check: ${CHECK}, resource: '${resource}', owner: o, reason: 'r of ${resource}', expires: '${expires}'${rest}}\n`;

  it('says what became of each, what needs somebody first', async () => {
    await writeFile(
      file,
      `waivers:\n${entry('*', day(200))}${entry('*eu-west-1*', day(5))}${entry('*-*', day(-1))}${entry('*9b33046e*', day(90), ', state: "000000000000"')}${entry('nothing', day(90))}`,
    );
    await audit('--waivers', file);
    const { waivers, isPartial } = JSON.parse((await listed('--json')).out) as {
      isPartial: boolean;
      waivers: { status: string; covers: number; waiver: { resource: string } }[];
    };
    expect(waivers.map(({ status, waiver }) => [status, waiver.resource])).toEqual([
      ['outlived', '*9b33046e*'],
      ['expired', '*-*'],
      ['expiring', '*eu-west-1*'],
      ['unused', 'nothing'],
      ['active', '*'],
    ]);
    expect(isPartial).toBe(true);
    const { code, out } = await listed();
    expect(code).toBe(0);
    expect(out).toMatch(/^5 waivers after run \S+\nThe run looked at a part alone/);
    expect(out).toContain(`active    until ${day(200)}  o  (covers `);
    expect(out).toContain('\n  kms-key-rotation-enabled  nothing\n  r of nothing\n');
  });
  it('warns as early as the configuration says', async () => {
    const config = join(folder, 'ronda.yml');
    await writeFile(config, 'waivers:\n  warnDays: 300\n');
    await writeFile(file, `waivers:\n${entry('*', day(200))}`);
    await audit('--waivers', file);
    expect((await listed('--config', config)).out).toContain(`expiring  until ${day(200)}`);
  });
  it('of a run without any says how to write one', async () =>
    expect(await listed()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Run \S+ knew no waivers\. ronda waive writes one/),
    }));
});

it.each([
  ['waive', /--any-state[^]*Comments and the form of the file stay/],
  ['waivers', /outlived[^]*waivers\.warnDays/],
])('%s --help', async (command, words) => expect((await ronda(command, '--help')).out).toMatch(words));
