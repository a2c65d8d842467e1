import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportPage } from '../../lib/report/html.ts';
import { checkInfo, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const NARROW = { width: 360, height: 740 };

const target = finding({
  check: 's3-bucket-tls-only',
  severity: 'low',
  evidence: { port: 22, cidrs: ['0.0.0.0/0'] },
  firstSeen: '2025-12-01T00:00:00.000Z',
});
const unknown = finding({ status: 'UNKNOWN', gap: DENIED });
const report = reportOf({
  findings: [
    target,
    unknown,
    finding({ status: 'PASS', change: 'resolved' }),
    ...(['critical', 'high', 'medium', 'low', 'informational'] as const).map((severity) =>
      finding({ severity, check: `ec2-${severity}`, change: 'new' }),
    ),
    ...Object.values(HOSTILE).flatMap((text) => [
      finding({
        check: 's3-hostile',
        message: text,
        evidence: { [text]: [text] },
        resource: { id: text, arn: text, tags: { [text]: text } },
      }),
      finding({ check: text, status: 'UNKNOWN', gap: { reason: 'failed', operation: text, detail: text } }),
    ]),
  ],
  checks: [
    checkInfo('s3-bucket-tls-only'),
    checkInfo('s3-hostile', {
      title: HOSTILE['script']!,
      why: HOSTILE['end of style']!,
      fix: HOSTILE['event handler']!,
    }),
  ],
  gone: [gone()],
});

if (!hasChromium) console.warn(`SKIPPED: no browser at ${CHROMIUM}, so nobody looks at the page`);

it.runIf(process.env['CI'] === 'true')('has a browser', () => {
  expect(hasChromium).toBe(true);
});

describe.skipIf(!hasChromium)('the page in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    folder = mkdtempSync(join(tmpdir(), 'ronda-page-'));
    writeFileSync(join(folder, 'index.html'), reportPage(report));
    url = pathToFileURL(join(folder, 'index.html')).href;
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the page, uses it, and asks that it stayed silent: no message, no error, no dialog, no request but for itself. */
  async function open(
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
    hash = '',
  ): Promise<void> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('dialog', (dialog) => {
      noise.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) noise.push(request.url());
    });
    await page.goto(url + hash);
    await use(page);
    await context.close();
    expect(noise).toEqual([]);
  }

  it('opens in silence, hostile names and all', async () => {
    await open(async (page) => {
      expect(await page.title()).toBe('Ronda: 111122223333, 2026-01-01');
      await page.evaluate(openAll);
      expect(await page.locator('script, img, iframe, link, [onerror]').count()).toBe(0);
      expect(await page.getByText(HOSTILE['script']!).count()).toBeGreaterThan(2);
    });
  });

  it('is under its policy: a script or a style that got in would do nothing', async () => {
    const page = await browser.newPage();
    const forged = reportPage(report).replace(
      '<main',
      '<script>document.title = "forged"</script><style>main { display: none }</style><img src="https://evil.example/x"><main',
    );
    writeFileSync(join(folder, 'forged.html'), forged);
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(pathToFileURL(join(folder, 'forged.html')).href);
    expect(await page.title()).toBe('Ronda: 111122223333, 2026-01-01');
    expect(await page.locator('main').isVisible()).toBe(true);
    expect(refused.filter((text) => text.includes('Content Security Policy'))).toHaveLength(3);
    await page.close();
  });

  it('opens a check with the keyboard, and its evidence', async () => {
    await open(async (page) => {
      const card = page.locator('[id="check-s3-bucket-tls-only"]');
      const message = card.getByText(target.message);
      expect(await message.isVisible()).toBe(false);
      await card.locator('summary').first().focus();
      await page.keyboard.press('Enter');
      expect(await message.isVisible()).toBe(true);
      await card.getByText('Evidence').click();
      expect(await card.getByText('0.0.0.0/0').isVisible()).toBe(true);
      const fix = card.locator('.command');
      await fix.click();
      expect(await page.evaluate(() => String(getSelection()))).toBe('aws s3 fix --name <name>');
    });
  });

  it.each([
    ['a finding', target.id],
    ['what could not be judged', unknown.id],
  ])('opens at %s when a link leads there', async (_name, id) => {
    await open(
      async (page) => {
        const finding = page.locator(`#finding-${id}`);
        await finding.waitFor({ state: 'visible' });
        expect(await finding.evaluate((node) => node.getBoundingClientRect().top < innerHeight)).toBe(true);
      },
      {},
      `#finding-${id}`,
    );
  });

  it.each(['light', 'dark'] as const)('can be read: contrast of at least 4.5 in %s', async (colorScheme) => {
    await open(
      async (page) => {
        const pairs = await page.evaluate(contrasts);
        expect(pairs.length).toBeGreaterThan(100);
        expect(pairs.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
      },
      { colorScheme },
    );
  });

  it('needs no sideways scrolling on a telephone', async () => {
    await open(
      async (page) => {
        await page.evaluate(openAll);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(NARROW.width);
      },
      { viewport: NARROW },
    );
  });

  it('has one heading, its landmarks, and no step left out between headings', async () => {
    await open(async (page) => {
      const count = (role: 'banner' | 'main' | 'contentinfo' | 'navigation') => page.getByRole(role).count();
      expect([
        await count('banner'),
        await count('main'),
        await count('contentinfo'),
        await count('navigation'),
      ]).toEqual([1, 1, 1, 1]);
      const levels = await page.evaluate(() =>
        [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName[1])),
      );
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels.filter((level, index) => index > 0 && level > levels[index - 1]! + 1)).toEqual([]);
    });
  });

  it('prints what is closed on the screen', async () => {
    await open(async (page) => {
      await page.emulateMedia({ media: 'print' });
      const height = await page
        .locator('[id="check-s3-bucket-tls-only"] .finding')
        .evaluate((node) => node.getBoundingClientRect().height);
      expect(height).toBeGreaterThan(20);
    });
  });
});

function openAll(): void {
  for (const details of document.querySelectorAll('details')) details.open = true;
}

/** Runs in the page: each text's colour against what is behind it. */
function contrasts(): { text: string; ratio: number }[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color: string) => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const share = value / 255;
      return share <= 0.039_28 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (start: Element): string => {
    for (let node: Element | null = start; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pairs: { text: string; ratio: number }[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    if (!node.textContent?.trim()) continue;
    const [a, b] = [light(getComputedStyle(parent).color), light(behind(parent))].toSorted((x, y) => y - x);
    pairs.push({ text: node.textContent.slice(0, 40), ratio: (a! + 0.05) / (b! + 0.05) });
  }
  return pairs;
}
