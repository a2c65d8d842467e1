import { createHash } from 'node:crypto';
import { html } from 'htm/preact';
import { Fragment, type VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Report, StoredFinding } from '../run/model.ts';
import { CLIENT } from './page/client.generated.ts';
import { DETAILS_EACH, detailsOf, listedOf, pageDataOf } from './page/data.ts';
import { packed } from './page/encode.ts';
import { linkTo } from './page/parts.ts';
import { STYLE } from './page/style.ts';
import { foot, plainSection } from './page/plain.ts';
import { summarySection, titleOf } from './page/summary.ts';
import { number, percent } from './text.ts';
import { coverageRatio } from '../core/coverage.ts';

/** No page is larger; the mildest evidence is left out first, then the mildest findings. */
const BUDGET = 5_000_000;
/** Kept for the words that say what was left out. */
const RESERVE = 2000;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(CLIENT)}`,
  `style-src ${hashOf(STYLE)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * The report as one page: no network, at home in a folder and in S3. What stands in it is built as a tree of nodes, on the server and
 * in the browser, so every text is escaped; its script and its style sheet are the only ones that its policy allows. The findings are
 * data in an element that nothing executes.
 */
export function reportPage(report: Report): string {
  const everything = listedOf(report);
  const failing = everything.filter(({ status, waiver }) => status === 'FAIL' && !waiver);
  const top = renderToString(documentHead(report)) + renderToString(documentTop(report, failing));
  const room = BUDGET - Buffer.byteLength(top) - CLIENT.length - RESERVE;
  const { listed, data } = fitting(report, everything, room);
  const details = detailsWithin(listed, room - data.length);
  const foot = documentFoot(report, {
    findings: everything.length - listed.length,
    details: Math.max(0, listed.length - details.length * DETAILS_EACH),
  });
  const parts = [element('data', data), ...details, `<script type="module">${CLIENT}</script>`];
  return `<!doctype html>\n<html lang="en">${top}${renderToString(foot)}${parts.join('\n')}</html>\n`;
}

/** As many findings as there is room for, worst first, and what the script is told of the run. */
function fitting(
  report: Report,
  everything: readonly StoredFinding[],
  room: number,
): { readonly listed: readonly StoredFinding[]; readonly data: string } {
  let listed = everything;
  let data = packed(pageDataOf(report, listed, everything.length));
  while (data.length > room && listed.length > 0) {
    listed = listed.slice(0, Math.floor((listed.length * room * 0.97) / data.length));
    data = packed(pageDataOf(report, listed, everything.length));
  }
  return { listed, data };
}

/** Evidence from the worst finding on, as far as there is room. */
function detailsWithin(listed: readonly StoredFinding[], room: number): readonly string[] {
  const details: string[] = [];
  let left = room;
  for (let part = 0; part * DETAILS_EACH < listed.length; part += 1) {
    const text = element(`details-${part}`, packed(detailsOf(listed, part)));
    left -= text.length + 1;
    if (left < 0) break;
    details.push(text);
  }
  return details;
}

/** Base64 cannot end the element, and nothing executes an element of this type. */
const element = (id: string, text: string): string =>
  `<script type="application/octet-stream" id="${id}">${text}</script>`;

function documentHead(report: Report): VNode {
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="content-security-policy" content=${POLICY} />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <title>${titleOf(report)}</title>
    <style dangerouslySetInnerHTML=${{ __html: STYLE }}></style>
  </head>`;
}

/** The body begins with it; HTML needs no tags of the body itself, and the page is put together from pieces. */
function documentTop(report: Report, failing: readonly StoredFinding[]): VNode {
  return html`<${Fragment}>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="top">
      <a class="brand" href="#/summary">${MARK} Ronda</a>
      <nav id="parts" aria-label="Parts" hidden>${partLinks(report)}</nav>
    </header>
    <main id="main" tabindex="-1">
      ${[summarySection(report, failing), html`<div id="app"></div>`, plainSection(report, failing)]}
    </main>
  <//>`;
}

function documentFoot(report: Report, left: Parameters<typeof foot>[1]): VNode {
  return html`<footer class="small soft">${foot(report, left)}</footer>`;
}

/** A moon behind a wall: somebody is awake. */
const MARK = html`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
  <path class="moon" d="M14.5 2.5a8 8 0 1 0 7 11.2A6.6 6.6 0 0 1 14.5 2.5Z" />
  <path class="wall" d="M2 22v-6h3v2h3v-2h3v2h3v-2h3v6Z" />
</svg>`;

function partLinks({ header }: Report): readonly VNode[] {
  const { summary, frameworks = [], checklists = [], waivers } = header;
  const failing = Object.values(summary.failed).reduce((sum, count) => sum + count, 0);
  const links: readonly (readonly [page: string, name: string, note: string])[] = [
    ['summary', 'Summary', ''],
    ['findings', 'Findings', number(failing)],
    ['changes', 'Changes', ''],
    ['coverage', 'Coverage', percent(coverageRatio(summary.coverage))],
    ...(frameworks.length > 0 ? ([['frameworks', 'Frameworks', '']] as const) : []),
    ...(checklists.length > 0 ? ([['checklists', 'Checklists', '']] as const) : []),
    ['waivers', 'Waivers', waivers.length > 0 ? number(waivers.length) : ''],
  ];
  return links.map(
    ([page, name, note]) =>
      html`<a href=${linkTo(page)}>${[name, note ? html`<span class="note">${note}</span>` : null]}</a>`,
  );
}
