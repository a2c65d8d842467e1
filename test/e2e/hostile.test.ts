import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FORMATS } from '../../lib/core/formats.ts';
import { OWNER_RULES } from '../../lib/core/owners.ts';
import type { Waiver } from '../../lib/core/waivers.ts';
import { chosenFiles } from '../../lib/report/formats.ts';
import { slackDigest } from '../../lib/report/slack.ts';
import type { Alert, Notification } from '../../lib/report/sns.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { openStore } from '../../lib/store/open.ts';
import { changedWorld } from '../emulator/changes.ts';
import { TEXTS } from '../emulator/hostile/texts.ts';
import { hostility } from '../emulator/hostile/world.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { EXAMPLE, readWorld, type WorldFile } from '../emulator/world.ts';
import { ARGUMENTS, CHROMIUM, hasChromium, noiseOf } from '../report/_browser.ts';
import { harmlessText, READERS } from '../report/_harmless.ts';
import { audited, NOW, useEmulator } from '../support/audited.ts';
import { ronda } from '../support/command.ts';
import { slackProblems } from '../support/slack.ts';

const CHANGES = new URL('../emulator/changes/second-night.json', import.meta.url).pathname;
const PROFILE = { credentialReportPolls: 0 };
const NIGHTS = [
  { date: '2026-06-01', run: 'r1' },
  { date: '2026-06-02', run: 'r2' },
] as const;
const [, LAST] = NIGHTS;
/** Accepted, near its end, and outlived: by somebody whose words are no better. */
const WAIVERS: readonly Waiver[] = TEXTS.map((text, index) => ({
  check: ['s3-bucket-versioning-enabled', 'iam-user-console-mfa-enabled', 'ec2-instance-no-public-ip'][index % 3]!,
  resource: '*',
  tags: { [text]: '*' },
  owner: `${text} `,
  reason: `because ${text}`,
  ticket: text,
  expires: index % 2 === 0 ? '2026-06-08' : '2026-12-31',
  ...(index % 5 === 0 && { state: '0123456789ab' }),
}));

let folder: string;
let live: Emulator;
let report: Report;
let plain: Report;
const firstNight: Alert[] = [];
const alerts: Alert[] = [];
const prototypes = [Object.prototype, Array.prototype, String.prototype].map((one) => Object.getOwnPropertyNames(one));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-hostile-'));
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
  const hostile = hostility();
  const worlds = [readWorld(EXAMPLE), changedWorld(EXAMPLE, CHANGES)];
  live = await opened(worlds[1]!);
  plain = await audited({ isByTag: true });
  for (const [index, run] of NIGHTS.entries()) {
    await live.close();
    live = await opened(hostile(worlds[index]!));
    report = await audited({
      store: await openStore(folder),
      run,
      now: () => new Date(`${run.date}T02:00:00Z`),
      isByTag: true,
      waivers: WAIVERS,
      owners: OWNER_RULES,
      send: async (alert) => {
        alerts.push(alert);
        if (index === 0) firstNight.push(alert);
      },
      furtherFiles: (whole) => chosenFiles(whole, FORMATS),
    });
  }
}, 300_000);
afterAll(async () => {
  await live.close();
  rmSync(folder, { recursive: true });
});

async function opened(world: WorldFile): Promise<Emulator> {
  const emulator = await startEmulator({ now: NOW, world, profile: PROFILE });
  useEmulator(emulator);
  return emulator;
}

describe('the run', () => {
  const counts = ({ findings }: Report) => {
    const places = findings.map(({ check, variant, resource }) =>
      [check, variant, resource.type, resource.region].join(' '),
    );
    return Object.fromEntries([...Map.groupBy(places, (place) => place)].map(([place, own]) => [place, own.length]));
  };
  it('judges as much as in the same account without hostile names', () =>
    expect(counts(report)).toEqual(counts(plain)));
  it('reads every one of them', () => {
    const told = JSON.stringify(report.findings);
    expect(TEXTS.filter((text) => !told.includes(JSON.stringify(text.toWellFormed()).slice(1, -1)))).toEqual([]);
  });
  it('changes no prototype, and keeps a tag called __proto__', () => {
    expect([Object.prototype, Array.prototype, String.prototype].map((one) => Object.getOwnPropertyNames(one))).toEqual(
      prototypes,
    );
    expect(report.findings.filter(({ resource: { tags } }) => tags && Object.hasOwn(tags, '__proto__'))).not.toEqual(
      [],
    );
  });
});

describe.each(['as they are', 'redacted'])('the files of the run, %s,', (kind) => {
  let place: string;
  let told: Report;
  beforeAll(async () => {
    place = join(folder, `runs/date=${LAST.date}/run=${LAST.run}`);
    told = report;
    if (kind === 'as they are') return;
    place = join(folder, 'redacted');
    // Always the same: a pseudonym of a new key spells what is looked for one day.
    const key = join(folder, 'key');
    await writeFile(key, 'a'.repeat(64));
    const args = ['--redact-key', key, '--out', place, '--formats', ...FORMATS];
    const { code, err } = await ronda('report', folder, ...args);
    if (code !== 0) throw new Error(err);
    const { findings, accounts } = JSON.parse(readFileSync(join(place, 'findings.json'), 'utf8')) as Redacted;
    const judged = report.header.accounts.map((one, index) => ({ ...one, ...accounts[index] }));
    told = { header: { ...report.header, accounts: judged }, findings };
  });

  it.each(Object.keys(READERS))('%s', async (name) => {
    const text = await readFile(join(place, name), 'utf8');
    READERS[name]!(text, told);
    if (kind === 'redacted') expect(text).not.toMatch(/evil\.example|alert\(1|etc\/passwd|jndi|DROP TABLE/);
  });
});
interface Redacted {
  readonly findings: readonly StoredFinding[];
  readonly accounts: Report['header']['accounts'];
}

describe('messages', () => {
  it('one for each owner, whatever they are called', () => {
    const owners = firstNight.flatMap(({ attributes }) => attributes.owner);
    expect(firstNight.every(({ attributes }) => attributes.owner.length === 1)).toBe(true);
    expect(owners.length).toBeGreaterThan(3);
    expect(new Set(owners).size).toBe(owners.length);
  });
  it('are within the limits of SNS, and name nobody in code that a chat acts on', () => {
    for (const { subject, message, attributes } of alerts) {
      expect(subject).toMatch(/^[\x20-\x7E]{1,99}$/);
      expect(Buffer.byteLength(message) + Buffer.byteLength(JSON.stringify(attributes))).toBeLessThan(262_144);
      harmlessText(message.replaceAll(/^.*$/gm, (line) => line.slice(0, 1000)));
      const { content } = JSON.parse(message) as Notification;
      const outside = content.description.replaceAll(/`[^`]*`/g, '');
      expect(outside).not.toMatch(/[<>[\]_~@]|https?:|evil|:skull:/);
      expect(outside.replaceAll(/^\*[\w ]+\*$/gm, '')).not.toContain('*');
    }
  });
  it('are taken by Slack, and act on nothing', () => {
    const messages = alerts.flatMap(({ message }) => {
      const { digest, details } = slackDigest(message);
      return [digest, ...details];
    });
    expect(messages.length).toBeGreaterThan(alerts.length);
    expect(messages.flatMap(slackProblems)).toEqual([]);
  });
});

/** Findings whose resources are called by as many hostile texts as there are. */
function variety(findings: readonly StoredFinding[]): readonly StoredFinding[] {
  const found = TEXTS.map((text) => findings.find(({ resource: { id } }) => id.startsWith(text.toWellFormed())));
  const some = [...new Set(found)].flatMap((finding) => finding ?? []);
  expect(some.length).toBeGreaterThan(15);
  return some;
}

describe('on the terminal', () => {
  it.each([
    ['report', 0, () => ['report', folder]],
    ['diff', 0, () => ['diff', folder]],
    ['waivers', 0, () => ['waivers', '--in', folder]],
    ['gate', 1, () => ['gate', '--regions', 'eu-west-1', '--baseline-in', folder]],
    [
      'gate since the last run',
      1,
      () => ['gate', '--regions', 'eu-west-1', '--baseline-in', folder, '--new-since', 'r1'],
    ],
    ['audit', 0, () => ['audit', '--regions', 'eu-west-1', '--out', join(folder, 'again')]],
  ])('%s can command nothing', { timeout: 60_000 }, async (_name, expected, args) => {
    const { code, out, err } = await ronda(...args());
    expect({ code, err }).toMatchObject({ code: expected });
    harmlessText(out);
    harmlessText(err.replaceAll('\r', ''));
  });

  it('verify can command nothing', { timeout: 120_000 }, async () => {
    const failing = variety(report.findings.filter(({ status }) => status === 'FAIL'));
    for (const { id } of failing.filter((_, index) => index % 3 === 0)) {
      const { code, out, err } = await ronda('verify', id, '--in', folder);
      expect({ code, err }).not.toMatchObject({ code: 3 });
      harmlessText(out);
    }
  });

  it('JSON can command nothing either', async () => {
    for (const args of [
      ['diff', folder],
      ['waivers', '--in', folder],
      ['report', folder],
    ]) {
      const { code, out } = await ronda(...args, '--json');
      expect(code).toBe(0);
      JSON.parse(out);
      expect(out).not.toMatch(/[[\p{C}\p{Zl}\p{Zp}]--\n]/v);
    }
  });

  it('waive writes what it accepts and nothing else, or says why it cannot', { timeout: 120_000 }, async () => {
    const file = join(folder, 'waivers.yml');
    const failing = variety(report.findings.filter(({ status, waiver }) => status === 'FAIL' && !waiver));
    const written: string[] = [];
    for (const [index, { id, resource }] of failing.entries()) {
      const text = TEXTS[index % TEXTS.length]!;
      const words = ['--owner', `o${text}`, '--reason', `r${text}`, '--ticket', `t${text}`, '--expires', '30d'];
      const { code, out, err } = await ronda('waive', id, '--in', folder, '--file', file, ...words);
      harmlessText(out);
      harmlessText(err);
      if (code === 0) written.push(resource.arn);
      else expect(err).toMatch(/^ronda: .*(?:holds \* or \?|cannot be written)/s);
    }
    const { waivers } = parse(await readFile(file, 'utf8')) as { waivers: Waiver[] };
    expect(waivers.map((waiver) => waiver.resource)).toEqual(written);
    expect(written.length).toBeGreaterThan(10);
  });
});

describe.skipIf(!hasChromium)('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS] });
  });
  afterAll(() => browser.close());

  it('opens everywhere in silence, with nothing alive in it', { timeout: 120_000 }, async () => {
    const url = pathToFileURL(join(folder, `runs/date=${LAST.date}/run=${LAST.run}/index.html`)).href;
    const page = await browser.newPage();
    const noise = noiseOf(page, url);
    await page.goto(url);
    await page.locator('html.ready').waitFor();
    const wrong: unknown[] = [];
    const findings = variety(report.findings.filter(({ status }) => status === 'FAIL'));
    const pages = [
      ...['#/summary', '#/findings?status=all', '#/checks', '#/resources?status=all', '#/changes', '#/coverage'],
      ...['#/waivers', '#/findings?status=waived', ...findings.map(({ id }) => `#/finding/${id}`)],
      ...findings.map(({ resource }) => `#/resource/${encodeURIComponent(resource.arn.toWellFormed())}`),
    ];
    for (const hash of pages) wrong.push(...(await aliveOn(page, hash)));
    await page.close();
    expect(wrong).toEqual([]);
    expect(noise).toEqual([]);
  });

  async function aliveOn(page: Page, hash: string): Promise<readonly unknown[]> {
    await page.evaluate((next) => (location.hash = next), hash);
    await page.waitForFunction((next) => history.state?.isKnown && location.hash === next, hash);
    const told = await page.evaluate(() => {
      const alive = document.querySelectorAll('main :is(script, img, iframe, link, object, embed, style)');
      const handlers = [...document.querySelectorAll('body *')].filter((element) =>
        element.getAttributeNames().some((name) => name.startsWith('on') || name === 'srcdoc'),
      );
      const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
      return {
        alive: alive.length + handlers.length,
        away: links.filter((link) => !/^(?:#|findings\.(?:json|csv)$)/.test(link)),
        hidden: /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(
          document.querySelector('main')!.textContent.replaceAll('\n', ''),
        ),
        isWide: document.documentElement.scrollWidth > innerWidth,
      };
    });
    const isFine = told.alive === 0 && told.away.length === 0 && told.hidden === null && !told.isWide;
    return isFine ? [] : [{ hash: hash.slice(0, 100), ...told }];
  }
});
