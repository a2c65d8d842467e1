import { createHash } from 'node:crypto';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { coverageRatio } from '../core/coverage.ts';
import type { Gap, Json } from '../core/model.ts';
import { SEVERITIES } from '../core/severity.ts';
import type { Report, StoredFinding } from '../run/model.ts';
import {
  accountsOf,
  callsByService,
  changeCounts,
  type Changed,
  changesOf,
  changeWords,
  type CheckGroup,
  coverageByService,
  coverageOf,
  failed,
  groupByCheck,
  nameOf,
  notJudged,
  placeOf,
  placesOf,
  whatOpens,
} from './digest.ts';
import { STYLE } from './style.ts';
import { ago, cut, duration, number, percent, plural, visible, when } from './text.ts';

/** How much of a very large run the page names; the files beside it hold the rest, and the page says how much that is. */
const PER_CHECK = 200;
const PER_PAGE = 3000;
const PER_CAUSE = 50;
const CHANGES_NAMED = 100;
const EVIDENCE_MAX = 2000;
const TEXT_MAX = 1000;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

type Part = VNode | string | null | readonly Part[];

/**
 * The report as one page: no script, no network, works from a folder and from S3. It is built as a tree of nodes, so every text in it is
 * escaped by the renderer; the style sheet is the only thing that goes in as it is, and the policy allows no other.
 */
export function reportPage(report: Report): string {
  const { header } = report;
  const title = `Ronda: ${accountsOf(header.scope.accounts)}, ${visible(header.date)}`;
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="content-security-policy" content=${POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="robots" content="noindex" />
      <title>${title}</title>
      <style dangerouslySetInnerHTML=${{ __html: STYLE }}></style>
    </head>
    <body>
      <a class="skip" href="#main">Skip to the findings</a>
      ${headOf(report)}
      <main id="main">${findingsOf(report)}${changesSection(report)}${coverageSection(report)}${callsSection(report)}</main>
      ${footOf(report)}
    </body>
  </html>`;
  return `<!doctype html>\n${renderToString(page)}\n`;
}

/** Text of others: one visible line of bounded length, kept apart from the direction of what surrounds it. */
const text = (value: string, max = TEXT_MAX): VNode => html`<bdi>${cut(visible(value), max)}</bdi>`;
const time = (instant: string): VNode => html`<time datetime=${visible(instant)}>${when(instant)}</time>`;
const badge = (kind: string, words = kind): VNode => html`<span class=${`badge ${kind}`}>${words}</span>`;

function headOf(report: Report): VNode {
  const { scope, startedAt, endedAt, summary } = report.header;
  const filters = Object.entries(scope.filters);
  return html`<header>
    <h1>AWS account ${accountsOf(scope.accounts)}</h1>
    <p class="soft">
      Looked at on ${time(endedAt)} in ${duration(startedAt, endedAt)}, ${plural(scope.regions.length, 'region')}
      ${scope.accounts.length > 1 ? ['; accounts ', text(scope.accounts.join(', '))] : null}
    </p>
    ${filters.length > 0
      ? html`<p><strong>Not everything was asked.</strong> This run was limited to ${text(filters.map(([name, value]) => `${name} ${value}`).join('; '))}</p>`
      : null}
    <ul class="counts" aria-label="Failed findings by severity">
      ${SEVERITIES.map(
        (severity) =>
          html`<li class=${summary.failed[severity] > 0 ? `some ${severity}` : ''}><b>${number(summary.failed[severity])}</b> ${severity}</li>`,
      )}
    </ul>
    <ul class="facts">
      <li>${coverageFact(report)}</li>
      <li><strong>Since the last run:</strong> ${sinceLastRun(report)}</li>
      <li class="soft">
        ${number(summary.statuses.PASS)} passed and ${number(summary.statuses.SKIP)} did not apply; they are in <a href="findings.json">findings.json</a>
      </li>
    </ul>
    <nav aria-label="Sections">
      <ul>
        <li><a href="#findings">Findings</a></li>
        <li><a href="#changes">Changes</a></li>
        <li><a href="#coverage">Coverage</a></li>
        <li><a href="#calls">Calls</a></li>
      </ul>
    </nav>
  </header>`;
}
