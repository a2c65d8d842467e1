// Takes pictures of the report's page, in a bright and in a dark theme, into docs/pictures.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { reportPage } from '../../lib/report/html.ts';
import { worstFirst } from '../../lib/report/digest.ts';
import { ARGUMENTS, CHROMIUM } from './_browser.ts';
import { afterNights } from './_nights.ts';
import { lean } from './_png.ts';

const TARGET = new URL('../../docs/pictures/', import.meta.url).pathname;

const report = await afterNights();
const folder = mkdtempSync(join(tmpdir(), 'ronda-pictures-'));
const file = join(folder, 'index.html');
writeFileSync(file, reportPage(report));
const failing = worstFirst(report.findings.filter(({ status, evidence }) => status === 'FAIL' && evidence));
const shown = failing.find(({ check }) => check === 's3-bucket-not-public') ?? failing[0];
const VIEWS: Readonly<Record<string, string>> = {
  summary: '',
  findings: '#/findings',
  finding: `#/finding/${shown!.id}`,
  changes: '#/changes',
  coverage: '#/coverage',
  frameworks: '#/frameworks',
  checklist: '#/checklists/infrastructure',
  waivers: '#/waivers',
};

mkdirSync(TARGET, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS] });
const darkroom = await browser.newPage();
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  for (const [name, hash] of Object.entries(VIEWS)) {
    await open(page, hash);
    writeFileSync(join(TARGET, `${name}-${colorScheme}.png`), await lean(darkroom, await page.screenshot()));
  }
}
await browser.close();
rmSync(folder, { recursive: true });
console.log(`The pictures: ${TARGET}`);

async function open(page: Page, hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(pathToFileURL(file).href + hash);
  await page.locator('html.ready').waitFor();
}
