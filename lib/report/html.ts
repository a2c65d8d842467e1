import { createHash } from 'node:crypto';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { coverageRatio } from '../core/coverage.ts';
import { SEVERITIES } from '../core/severity.ts';
import type { Report } from '../run/model.ts';
import { accountsOf, notListed, sinceLastRun } from './digest.ts';
import { CSV_FILE, JSON_FILE, type Part, strong, text, time } from './page-parts.ts';
import { callsSection, changesSection, coverageLine, coverageSection, findingsSection } from './page-sections.ts';
import { STYLE } from './style.ts';
import { duration, number, plural, visible } from './text.ts';

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The report as one page: no script, no network, at home in a folder and in S3. It is built as a tree of nodes, so every text in it is
 * escaped by the renderer; the style sheet is the only thing that goes in as it is, and the policy allows no other.
 */
export function reportPage(report: Report): string {
  const page = html`<html lang="en">
    ${[documentHead(report), documentBody(report)]}
  </html>`;
  return `<!doctype html>\n${renderToString(page)}\n`;
}

function documentHead({ header }: Report): VNode {
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="content-security-policy" content=${POLICY} />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <title>${`Ronda: ${accountsOf(header.scope.accounts)}, ${visible(header.date)}`}</title>
    <style dangerouslySetInnerHTML=${{ __html: STYLE }}></style>
  </head>`;
}

function documentBody(report: Report): VNode {
  const sections = [findingsSection(report), changesSection(report), coverageSection(report), callsSection(report)];
  return html`<body>
    <a class="skip" href="#main">Skip to the findings</a>
    <header>${summary(report)}</header>
    <main id="main">${sections}</main>
    <footer class="small">${foot(report)}</footer>
  </body>`;
}

/** What fits on one screen. */
function summary(report: Report): Part {
  const { scope, startedAt, endedAt, summary: counts } = report.header;
  const { PASS, SKIP } = counts.statuses;
  const tiles = SEVERITIES.map((severity) => {
    const count = counts.failed[severity];
    return html`<li class=${count > 0 ? `some ${severity}` : ''}>
      ${[html`<b>${number(count)}</b>`, ` ${severity}`]}
    </li>`;
  });
  const facts = [
    [coverageLine(report), counts.coverage.length > 0 ? bar(coverageRatio(counts.coverage)) : null],
    [strong('Since the last run:'), ` ${sinceLastRun(report)}`],
    [
      `${number(PASS)} passed, ${number(SKIP)} did not apply: see `,
      notListed(report) > 0 ? 'findings/*.ndjson.gz' : JSON_FILE,
    ],
  ];
  return [
    html`<h1>${headingOf(scope.accounts)}</h1>`,
    html`<p class="soft">
      ${['Looked at on ', time(endedAt), `, ${plural(scope.regions.length, 'region')} in ${duration(startedAt, endedAt)}`]}
    </p>`,
    scope.accounts.length > 1 ? html`<p class="soft small">${text(scope.accounts.join(', '), 4000)}</p>` : null,
    limits(report),
    html`<ul class="counts" aria-label="Failed findings by severity">
      ${tiles}
    </ul>`,
    html`<ul class="facts">
      ${facts.map((fact) => html`<li>${fact}</li>`)}
    </ul>`,
    html`<nav aria-label="Sections">
      <ul>
        ${SECTIONS.map(([id, name]) => html`<li><a href=${`#${id}`}>${name}</a></li>`)}
      </ul>
    </nav>`,
  ];
}

function headingOf(accounts: readonly string[]): string {
  return accounts.length === 1 ? `AWS account ${accountsOf(accounts)}` : plural(accounts.length, 'AWS account');
}

const SECTIONS = [
  ['findings', 'Findings'],
  ['changes', 'Changes'],
  ['coverage', 'Coverage'],
  ['calls', 'Calls'],
] as const;

/** A run of a part must not read like a run of the whole. */
function limits({ header }: Report): Part {
  const filters = Object.entries(header.scope.filters).map(([name, value]) => `${name} ${value}`);
  return filters.length > 0
    ? html`<p>${[strong('Not everything was asked.'), ' This run was limited to ', text(filters.join('; '))]}</p>`
    : null;
}

function bar(share: number): VNode {
  const rect = html`<rect width=${(share * 100).toFixed(2)} height="4" />`;
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${rect}</svg>`;
}

function foot({ header }: Report): Part {
  const { tool, run, startedAt, checks } = header;
  const origin = [
    text(tool),
    ', run ',
    text(run),
    ', started ',
    time(startedAt),
    `, ${plural(checks.length, 'check')}. `,
  ];
  return html`<p>${[origin, 'All that failed or could not be judged is in ', JSON_FILE, ' and ', CSV_FILE, '.']}</p>`;
}
