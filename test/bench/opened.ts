import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ARGUMENTS, CHROMIUM } from '../report/_browser.ts';

/** How a page behaves in a browser. Times in seconds from the moment of opening it. */
export interface Opened {
  readonly megabytes: number;
  /** Until the script has taken over: everything can be clicked. */
  readonly ready: number;
  /** Until the list of findings stands, once it was asked for. */
  readonly listed: number;
  /** Until a search has its answer. */
  readonly searched: number;
  readonly findings: string;
  /** Errors and messages; none where all is well. */
  readonly noise: readonly string[];
}

/** Opens a report page from a file in headless Chromium, goes to its findings and searches them. */
export async function opened(page: Uint8Array | string, search: string): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-scale-'));
  const file = join(folder, 'index.html');
  writeFileSync(file, page);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const noise: string[] = [];
    tab.on('console', (message) => noise.push(message.text()));
    tab.on('pageerror', (error) => noise.push(error.message));
    const ready = await seconds(async () => {
      await tab.goto(pathToFileURL(file).href);
      await tab.locator('html.ready').waitFor();
    });
    const listed = await seconds(async () => {
      await tab.evaluate(() => (location.hash = '#/findings'));
      await tab.locator('.rows .row').first().waitFor();
    });
    const findings = (await tab.locator('.result').textContent()) ?? '';
    const searched = await seconds(async () => {
      await tab.keyboard.press('/');
      await tab.keyboard.type(search);
      await tab.waitForFunction((before) => document.querySelector('.result')?.textContent !== before, findings);
    });
    return { megabytes: Buffer.byteLength(page) / 1e6, ready, listed, searched, findings, noise };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
