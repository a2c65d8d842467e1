import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../lib/run/model.ts';
import { reportPage } from '../../lib/report/html.ts';
import { ACCOUNT, checkInfo, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';
import { ARGUMENTS, CHROMIUM, hasChromium, noiseOf } from './_browser.ts';
import { contrasts } from './_contrast.ts';
import { manyFindings } from './_many.ts';

const NARROW = { width: 360, height: 740 };
const waiver = { owner: 'me', reason: 'a public site', ticket: 'T-1', expires: '2026-12-31' };

const target = finding({
  check: 's3-bucket-tls-only',
  severity: 'low',
  evidence: { port: 22, cidrs: ['0.0.0.0/0'], statement: { Sid: 'Open', Principal: '*' } },
  firstSeen: '2025-12-01T00:00:00.000Z',
  owner: 'web',
  variant: 'ssh',
  resource: { id: 'shop-pictures', tags: { Owner: 'web' } },
});
const neighbour = finding({ check: 'ec2-medium', resource: { id: 'shop-pictures' }, severity: 'medium' });
const unknown = finding({ status: 'UNKNOWN', gap: DENIED, resource: { id: 'dark' } });
const accepted = finding({ check: 'ec2-medium', severity: 'medium', waiver, resource: { id: 'accepted' } });
const report = reportOf({
  findings: [
    target,
    neighbour,
    unknown,
    accepted,
    finding({ status: 'PASS', change: 'resolved', resource: { id: 'repaired' } }),
    finding({ status: 'PASS', resource: { id: 'always good' } }),
    ...(['critical', 'high', 'medium', 'low', 'informational'] as const).map((severity) =>
      finding({
        severity,
        check: `ec2-${severity}`,
        change: 'new',
        cause: { kind: 'resource-created' },
        resource: { id: `i-${severity}`, region: 'us-east-1' },
      }),
    ),
    ...Object.values(HOSTILE).flatMap((text) => [
      finding({
        check: 's3-hostile',
        severity: 'informational',
        message: text,
        owner: text,
        evidence: { [text]: [text] },
        resource: { id: text, arn: text, tags: { [text]: text } },
      }),
      finding({
        check: text,
        severity: 'low',
        status: 'UNKNOWN',
        gap: { reason: 'failed', operation: text, detail: text },
      }),
    ]),
  ],
  checks: [
    checkInfo('s3-bucket-tls-only', {
      title: 'Buckets ask for TLS',
      reads: ['s3:GetBucketPolicy'],
      params: { days: 9 },
    }),
    checkInfo('s3-hostile', {
      title: HOSTILE['script']!,
      why: HOSTILE['end of style']!,
      fix: HOSTILE['event handler']!,
    }),
    ...['critical', 'high', 'medium', 'low', 'informational'].map((severity) => checkInfo(`ec2-${severity}`)),
    checkInfo('s3-bucket-not-public'),
    checkInfo('s3-quiet'),
  ],
  gone: [gone({ arn: 'arn:aws:s3:::gone' })],
  header: {
    waivers: [{ waiver: { check: 'ec2-*', resource: 'accepted', ...waiver }, covers: 1, outlived: 0 }],
    frameworks: [
      {
        id: 'cis',
        name: 'CIS Benchmark',
        requirements: [
          { ref: '1.1', checks: ['s3-bucket-tls-only'], notAsked: 0 },
          { ref: '1.2', checks: ['s3-quiet'], notAsked: 1 },
        ],
      },
    ],
    checklists: [
      {
        id: 'house',
        name: 'House rules',
        lines: [
          {
            ref: 'A1',
            section: 'Data',
            label: 'Nothing in plain text',
            routes: ['AWS API'],
            checks: ['s3-bucket-tls-only'],
            notAsked: 0,
          },
          {
            ref: 'A2',
            section: 'People',
            label: 'Everybody was trained',
            routes: ['attestation'],
            checks: [],
            notAsked: 0,
          },
        ],
      },
    ],
  },
});

if (!hasChromium) console.warn(`SKIPPED: no browser at ${CHROMIUM}, so nobody looks at the page`);

it.runIf(process.env['CI'] === 'true')('has a browser', () => {
  expect(hasChromium).toBe(true);
});

describe.skipIf(!hasChromium)('the page in a browser', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS] });
    folder = mkdtempSync(join(tmpdir(), 'ronda-page-'));
    write('index.html', reportPage(report));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const urlOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  /** Opens the page, uses it, and asks that it stayed silent: no message, no error, no dialog, no request but for itself. */
  async function open(
    hash: string,
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions & { readonly file?: string } = {},
  ): Promise<void> {
    const { file = 'index.html', ...contextOptions } = options;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
    const page = await context.newPage();
    const noise = noiseOf(page, urlOf(file));
    await page.goto(urlOf(file) + hash);
    await page.locator('html.ready').waitFor();
    await use(page);
    await context.close();
    expect(noise).toEqual([]);
  }

  const rows = (page: Page) => page.locator('.rows .row');
  const heading = (page: Page) => page.locator('main > :not([hidden]) h1').textContent();
  const result = (page: Page) => page.locator('.result').textContent();
  const said = async (page: Page, text: string) =>
    page.locator('.result', { hasText: new RegExp(`^${text}$`) }).waitFor();

  const EVERY_PAGE = [
    ...['', '#/findings?status=all', '#/checks?status=all', '#/resources?status=all', `#/finding/${target.id}`],
    ...['#/check/s3-hostile?status=all', '#/changes', '#/coverage', '#/frameworks', '#/frameworks/cis', '#/checklists'],
    ...['#/checklists/house', '#/waivers', `#/finding/${unknown.id}`, `#/finding/${accepted.id}`, '#/nowhere'],
    ...['#/finding/none', '#/check/none', '#/resource/none', '#/frameworks/none', '#/checklists/none'],
    `#/resource/${encodeURIComponent(target.resource.arn)}`,
  ];

  /** Goes from page to page in one tab, and tells what is wrong on each. */
  async function wrongOn<Wrong>(
    pages: readonly string[],
    look: (page: Page) => Promise<readonly Wrong[]>,
    options: BrowserContextOptions = {},
  ): Promise<readonly (readonly [string, Wrong])[]> {
    const wrong: [string, Wrong][] = [];
    await open('', visit, options);
    return wrong;

    async function visit(page: Page): Promise<void> {
      for (const hash of pages) {
        await page.evaluate((next) => (location.hash = next), hash || '#/summary');
        await page.waitForFunction((next) => history.state?.isKnown && location.hash === next, hash || '#/summary');
        await page.evaluate(openAll);
        for (const one of await look(page)) wrong.push([hash, one]);
      }
    }
  }

  it('opens every page in silence, hostile names and all', async () => {
    const wrong = await wrongOn(EVERY_PAGE, async (page) => {
      expect(await heading(page)).toBeTruthy();
      return page.locator('main :is(script, img, iframe, link, [onerror])').allTextContents();
    });
    expect(wrong).toEqual([]);
  });

  it('shows hostile text as text, on the page of its finding too', async () => {
    const hostile = report.findings.filter(({ check }) => check === 's3-hostile').map(({ id }) => `#/finding/${id}`);
    expect(hostile).toHaveLength(Object.keys(HOSTILE).length);
    const wrong = await wrongOn(hostile, async (page) => {
      await page.locator('.finding .block :is(.fields, pre)').first().waitFor();
      const markup = await page.locator('main :is(script, img, iframe, link, [onerror])').allTextContents();
      const hidden = await page.evaluate(
        () => /[\u202E\u2066\u0000-\u0008\u001B\u009B]/.exec(document.body.textContent) ?? [],
      );
      return [...markup, ...hidden];
    });
    expect(wrong).toEqual([]);
  });

  it('is under its policy: a script or a style that got in would do nothing', async () => {
    const page = await browser.newPage();
    write(
      'forged.html',
      reportPage(report).replace(
        '<main',
        '<script>document.title = "forged"</script><style>main { display: none }</style><img src="https://evil.example/x"><main',
      ),
    );
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(urlOf('forged.html'));
    await page.locator('html.ready').waitFor();
    expect(await page.title()).toBe('Ronda: 111122223333, 2026-01-01');
    expect(await page.locator('main').isVisible()).toBe(true);
    expect(refused.filter((text) => text.includes('Content Security Policy'))).toHaveLength(3);
    const written = await page.evaluate(() => {
      try {
        document.querySelector('main')!.innerHTML = '<b>forged</b>';
        return 'written';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(written).toBe('TypeError');
    await page.close();
  });

  it('says what is worst without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(urlOf('index.html'));
    expect(await page.getByText('The worst findings').isVisible()).toBe(true);
    expect(await page.getByText('i-critical').isVisible()).toBe(true);
    expect(await page.locator('#parts').isVisible()).toBe(false);
    await context.close();
  });

  it('leads from the summary to what it counts', async () => {
    await open('', async (page) => {
      expect(await page.locator('#plain').count()).toBe(0);
      await page.locator('.severities').getByText('critical').click();
      await said(page, '1 finding');
      expect(new URL(page.url()).hash).toBe('#/findings?severity=critical');
      expect(await rows(page).getByRole('link').textContent()).toBe('Title of ec2-critical');
      expect(await page.locator('#summary').isVisible()).toBe(false);
    });
  });

  it('filters by what is chosen, and by more of the same', async () => {
    await open('#/findings', async (page) => {
      await page.locator('.chip.critical').click();
      await said(page, '1 finding');
      await page.locator('.chip.low').click();
      await said(page, '3 findings');
      expect(new URL(page.url()).hash).toBe('#/findings?severity=critical%2Clow');
      await page.getByLabel('Region').selectOption('us-east-1');
      await said(page, '2 findings');
      await page.getByLabel('Status').selectOption('all');
      await page.getByRole('link', { name: 'Clear' }).click();
      await page.getByLabel('Status').selectOption('waived');
      await said(page, '1 finding');
      expect(await rows(page).textContent()).toContain('accepted risk');
      await page.getByLabel('Status').selectOption('resolved');
      await rows(page).getByText('repaired').waitFor();
    });
  });

  it.each([
    ['owner', 'web', 1],
    ['framework', 'cis', 1],
    ['service', 'ec2', 6],
    ['account', ACCOUNT, 33],
    ['change', 'new', 5],
  ])('opens filtered by %s when the address says so', async (name, value, count) => {
    await open(`#/findings?${name}=${value}`, async (page) => {
      expect(await result(page)).toBe(`${count} finding${count === 1 ? '' : 's'}`);
    });
  });

  it('calls the accounts of an organization by their names, and finds them', async () => {
    const OTHER = '444455556666';
    const names = { [OTHER]: `shop ${HOSTILE['script']}` };
    const scope = { ...report.header.scope, accounts: [ACCOUNT, OTHER], names };
    const findings = [finding({ resource: { id: 'a' } }), finding({ resource: { id: 'b', account: OTHER } })];
    write('organization.html', reportPage(reportOf({ findings, header: { scope } })));
    const options = { file: 'organization.html' };
    await open(
      '#/findings',
      async (page) => {
        await page.keyboard.press('/');
        await page.keyboard.type('SHOP');
        await said(page, '1 finding');
        expect(await rows(page).locator('.place').textContent()).toContain(`${names[OTHER]} (${OTHER})`);
        await page.keyboard.press('Escape');
        await said(page, '2 findings');
        const choices = await page.getByLabel('Account').locator('option').allTextContents();
        expect(choices).toEqual(['any', `${ACCOUNT} (1)`, `${names[OTHER]} (${OTHER}) (1)`]);
        await page.getByLabel('Account').selectOption(OTHER);
        await said(page, '1 finding');
        expect(new URL(page.url()).hash).toBe(`#/findings?account=${OTHER}`);
      },
      options,
    );
    const wherever = `${names[OTHER]} (${OTHER})`;
    for (const hash of [`#/finding/${findings[1]!.id}`, '#/coverage', ''])
      await open(hash, async (page) => expect(await page.locator('main').innerText()).toContain(wherever), options);
  });

  it('searches as one types, and keeps it in the address', async () => {
    await open('#/findings', async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('SHOP tls');
      await said(page, '1 finding');
      expect(new URL(page.url()).hash).toBe('#/findings?q=SHOP+tls');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
      await page.keyboard.type(' nothing');
      await said(page, 'Nothing found');
      await page.keyboard.press('Escape');
      await said(page, '33 findings');
      await page.keyboard.press('Escape');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    });
  });

  it('sorts up, down, and back to worst first', async () => {
    await open('#/findings?service=ec2', async (page) => {
      const names = () => rows(page).locator('.side .line:first-child').allTextContents();
      const byWorst = await names();
      expect(byWorst[0]).toBe('i-critical');
      const button = page.getByRole('button', { name: 'Resource' });
      const header = page.getByRole('columnheader', { name: 'Resource' });
      await button.click();
      expect(await header.getAttribute('aria-sort')).toBe('ascending');
      expect(await names()).toEqual(byWorst.toSorted());
      await button.click();
      expect(await header.getAttribute('aria-sort')).toBe('descending');
      expect(await names()).toEqual(byWorst.toSorted().toReversed());
      await button.click();
      expect(await header.getAttribute('aria-sort')).toBe('none');
      expect(await names()).toEqual(byWorst);
    });
  });

  it('groups by check and by resource, with the same filter', async () => {
    await open('#/findings?severity=medium%2Clow', async (page) => {
      expect(await result(page)).toBe('4 findings');
      await page.getByRole('link', { name: 'By check' }).click();
      await said(page, '3 checks, 4 findings');
      await page.getByRole('link', { name: 'By resource' }).click();
      await said(page, '3 resources, 4 findings');
      await rows(page).getByRole('link', { name: 'shop-pictures' }).click();
      expect(await heading(page)).toBe('shop-pictures');
      await said(page, '2 findings');
    });
  });

  it('a link opens a finding, with all that there is to know', async () => {
    await open(`#/finding/${target.id}`, async (page) => {
      await page.locator('.finding .fields').first().waitFor();
      const words = await page.locator('main').innerText();
      for (const text of [
        ...['Buckets ask for TLS', 'shop-pictures: ssh: the policy lets everyone read', 'low', 's3-bucket-tls-only'],
        ...['port', '22', '0.0.0.0/0', 'Principal', '*', 'Why s3-bucket-tls-only matters.', 'aws s3 fix --name <name>'],
        ...['arn:aws:s3:::shop-pictures', 'AWS::S3::Bucket', ACCOUNT, 'eu-west-1', 'web'],
        ...['2025-12-01 00:00 UTC (31 days ago)', '2026-01-01 00:01 UTC', 's3:GetBucketPolicy', 'days', '9'],
        ...['CIS Benchmark 1.1', 'House rules A1', 'Owner', target.id, 'Also on this resource', 'Title of ec2-medium'],
      ]) {
        expect(words).toContain(text);
      }
    });
  });

  it.each([
    [
      'what could not be judged',
      unknown.id,
      ['not judged', 'denied', 's3:GetBucketPolicy', 'To see it: allow s3:GetBucketPolicy'],
    ],
    ['an accepted risk', accepted.id, ['Accepted risk', 'a public site', 'accepted by me until 2026-12-31, T-1']],
    ['a finding that is not there', 'feed', ['Not among the findings of this run', 'feed']],
  ])('opens %s', async (_name, id, texts) => {
    await open(`#/finding/${id}`, async (page) => {
      const words = await page.locator('main').innerText();
      for (const text of texts) expect(words).toContain(text);
    });
  });

  it('goes back to where one was, filter and place', async () => {
    await open('#/findings?status=all', async (page) => {
      await page.evaluate(() => scrollTo(0, 900));
      await page.locator('[data-index="20"]').waitFor();
      const before = await page.evaluate(() => scrollY);
      await rows(page).nth(12).getByRole('link').click();
      await page.locator('.finding').waitFor();
      expect(await page.evaluate(() => [scrollY, document.activeElement?.tagName])).toEqual([0, 'H1']);
      await page.goBack();
      await rows(page).first().waitFor();
      expect(new URL(page.url()).hash).toBe('#/findings?status=all');
      expect(await page.evaluate(() => scrollY)).toBe(before);
    });
  });

  it('is used with the keyboard alone: j, k, Enter, Escape', async () => {
    await open('#/findings', async (page) => {
      const focused = () => page.evaluate(() => document.activeElement?.closest('.row')?.getAttribute('data-index'));
      await page.keyboard.press('j');
      expect(await focused()).toBe('0');
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('k');
      expect(await focused()).toBe('1');
      await page.keyboard.press('Enter');
      await page.getByText('2 of 33').waitFor();
      const first = await heading(page);
      await page.keyboard.press('j');
      await page.getByText('3 of 33').waitFor();
      expect(await heading(page)).not.toBe(first);
      await page.keyboard.press('Escape');
      await said(page, '33 findings');
      await page.getByRole('link', { name: 'Skip to the content' }).focus();
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
      expect(await heading(page)).toBe('Findings');
    });
  });

  it('reaches rows far below with the keyboard', async () => {
    await open('#/findings?status=all', async (page) => {
      for (let times = 0; times < 40; times += 1) await page.keyboard.press('j');
      await page.waitForFunction(() => document.activeElement?.closest('.row')?.getAttribute('data-index') === '39');
      const isInSight = await page.evaluate(() => {
        const { top, bottom } = document.activeElement!.closest('.row')!.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
      expect(isInSight).toBe(true);
    });
  });

  it.each([
    ['with a clipboard', () => {}],
    ['without one', () => Object.defineProperty(navigator, 'clipboard', { value: undefined })],
  ])('copies a command %s', async (_name, before) => {
    await open(`#/finding/${target.id}`, async (page) => {
      await page.evaluate(before);
      await page.getByRole('button', { name: 'Copy the command' }).click();
      await page.getByText('Copied').waitFor();
      await page.evaluate(() => (location.hash = '#/findings'));
      await page.getByPlaceholder('Search names').focus();
      await page.keyboard.press('Control+v');
      expect(await page.getByPlaceholder('Search names').inputValue()).toBe('aws s3 fix --name <name>');
    });
  });

  it('shows a check with its verdicts and all of its findings', async () => {
    await open('#/check/ec2-medium', async (page) => {
      expect(await heading(page)).toBe('Title of ec2-medium');
      const words = await page.locator('main').innerText();
      for (const text of ['2 failed, 1 accepted', 'Why ec2-medium matters.', '2 findings'])
        expect(words).toContain(text);
    });
  });

  it.each([
    [
      '#/changes',
      [
        'New: 5',
        'i-critical',
        'because the resource was created',
        'Resolved: 2',
        'repaired',
        'arn:aws:s3:::gone',
        'the resource is gone',
      ],
    ],
    [
      '#/coverage',
      ['could not be judged, for', 's3:GetBucketPolicy', 'allow s3:GetBucketPolicy to the role', '"Action": ['],
    ],
    ['#/frameworks', ['CIS Benchmark', '2 requirements: 1 failed, 1 not asked']],
    ['#/frameworks/cis', ['1.1', 'failed', 's3-bucket-tls-only', '1.2', 'not asked', '1 check more not in this run']],
    [
      '#/checklists/house',
      [
        'Data',
        'A1',
        'Nothing in plain text',
        'failed',
        'People',
        'by another route',
        'not answered from the AWS API: by attestation',
      ],
    ],
    ['#/waivers', ['in force', 'ec2-*', 'a public site', 'T-1', '2026-12-31']],
  ])('%s says what it should', async (hash, texts) => {
    await open(hash, async (page) => {
      const words = await page.locator('main').innerText();
      for (const text of texts) expect(words).toContain(text);
    });
  });

  it('marks where one is, and names it', async () => {
    await open('#/coverage', async (page) => {
      expect(await page.locator('#parts [aria-current=page]').textContent()).toContain('Coverage');
      expect(await page.title()).toBe('coverage - Ronda: 111122223333, 2026-01-01');
    });
  });

  it.each(['light', 'dark'] as const)('can be read in %s: contrast of at least 4.5', async (colorScheme) => {
    const wrong = await wrongOn(
      EVERY_PAGE,
      async (page) => {
        const pairs = await page.evaluate(contrasts);
        expect(pairs.length).toBeGreaterThan(15);
        return pairs.filter(({ ratio }) => ratio < 4.5);
      },
      { colorScheme, reducedMotion: 'reduce' },
    );
    expect(wrong).toEqual([]);
  });

  it('needs no sideways scrolling on a telephone', async () => {
    const wrong = await wrongOn(
      EVERY_PAGE,
      async (page) => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        return width > NARROW.width ? [width] : [];
      },
      { viewport: NARROW, hasTouch: true, isMobile: true },
    );
    expect(wrong).toEqual([]);
  });

  it('has one heading, its landmarks, and no step left out between headings, on every page', async () => {
    const wrong = await wrongOn(EVERY_PAGE, async (page) => {
      const roles = ['banner', 'main', 'contentinfo'] as const;
      const counts = await Promise.all(roles.map((role) => page.getByRole(role).count()));
      const levels = await page.evaluate(() =>
        [...document.querySelectorAll('main > :not([hidden]) :is(h1, h2, h3, h4)')].map(({ tagName }) =>
          Number(tagName[1]),
        ),
      );
      const steps = levels.filter((level, index) => index > 0 && level > levels[index - 1]! + 1);
      return [...counts.filter((count) => count !== 1), ...steps, ...levels.filter((level) => level === 1).slice(1)];
    });
    expect(wrong).toEqual([]);
  });

  it('prints dark on white and in full, whatever the theme', async () => {
    await open(
      '#/findings?status=all',
      async (page) => {
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        await page.locator('[data-index="61"]').waitFor();
        const pairs = await page.evaluate(contrasts);
        expect(pairs.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
        expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
        const cut = await page.evaluate(
          () =>
            [...document.querySelectorAll('.line')].filter((line) => line.scrollWidth > line.clientWidth + 1).length,
        );
        expect(cut).toBe(0);
      },
      { colorScheme: 'dark' },
    );
  });

  it('names everything that can be used', async () => {
    await open('#/findings?status=all', async (page) => {
      const nameless = await page.evaluate(
        () =>
          [...document.querySelectorAll('input, select, button, a')].filter(
            (node) =>
              !(
                node.textContent.trim() ||
                node.closest('label')?.textContent.trim() ||
                node.getAttribute('aria-label')
              ),
          ).length,
      );
      expect(nameless).toBe(0);
      expect(await page.locator('.result').getAttribute('role')).toBe('status');
      expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('63');
    });
  });

  describe('with 200,000 findings', () => {
    const many = (): Report => manyFindings(200_000);
    beforeAll(() => write('many.html', reportPage(many())));

    it('keeps few of them in the document, wherever one scrolls', async () => {
      await open(
        '#/findings?status=all',
        async (page) => {
          expect(await result(page)).toBe('200,000 findings');
          for (const share of [0, 0.5, 1]) {
            await page.evaluate((part) => scrollTo(0, document.body.scrollHeight * part), share);
            await page
              .locator(`[data-index="${[0, 100_000, 199_999][share * 2]}"]`)
              .first()
              .waitFor({ state: 'attached' });
            expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2000);
          }
        },
        { file: 'many.html' },
      );
    });

    it('finds one among them, and groups them all', async () => {
      await open(
        '#/findings?q=host-31337&status=all',
        async (page) => {
          await said(page, '5 findings');
          await page.evaluate(() => (location.hash = '#/resources?status=all'));
          await said(page, '40,000 resources, 200,000 findings');
          expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2000);
        },
        { file: 'many.html' },
      );
    });

    it('says of a mild finding where its evidence is', async () => {
      await open(
        '#/findings?sort=-severity',
        async (page) => {
          await rows(page).first().getByRole('link').click();
          await page.getByText('It did not fit into the page: findings.json has it.').waitFor();
        },
        { file: 'many.html' },
      );
    });

    it('prints a sensible number', async () => {
      await open(
        '#/findings',
        async (page) => {
          await page.emulateMedia({ media: 'print' });
          await page.getByText('195,500 more: on the screen, and in findings.csv').waitFor();
          expect(await rows(page).count()).toBe(500);
          expect(await page.locator('.filters').isVisible()).toBe(false);
        },
        { file: 'many.html' },
      );
    });
  });
});

function openAll(): void {
  for (const details of document.querySelectorAll('details')) details.open = true;
}
