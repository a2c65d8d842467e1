import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Report, StoredFinding } from '../../run/model.ts';
import { namesAllUnknown, nameOf, notListed, placeOf } from '../digest.ts';
import { number, plural } from '../text.ts';
import { badge, type Part, soft, strong, text, time } from './parts.ts';

const PLAIN = 100;

/** The worst findings for who reads without a script; the script takes it away. */
export function plainSection(report: Report, worst: readonly StoredFinding[]): Part {
  if (worst.length === 0) return null;
  const more = worst.length - PLAIN;
  return html`<section id="plain" class="page">
    <h2>The worst findings</h2>
    <ol>
      ${worst.slice(0, PLAIN).map((finding) => plainItem(finding, report))}
    </ol>
    ${more > 0 ? html`<p>${['and ', number(more), ' more in ', JSON_FILE, ' and ', CSV_FILE]}</p>` : null}
  </section>`;
}

function plainItem({ severity, check, resource, message }: StoredFinding, { header }: Report): VNode {
  const title = header.checks.find(({ id }) => id === check)?.title ?? check;
  return html`<li>
    ${[badge(severity), ' ', strong(text(nameOf(resource), 300)), ' ', soft(text(placeOf(resource, header)))]}
    <br />
    ${[text(title), ': ', text(message)]}
  </li>`;
}

const JSON_FILE: VNode = html`<a href="findings.json">findings.json</a>`;
const CSV_FILE: VNode = html`<a href="findings.csv">findings.csv</a>`;

export function foot(report: Report, left: { readonly findings: number; readonly details: number }): Part {
  const { tool, run, startedAt, checks } = report.header;
  const passes = notListed(report) > 0 ? 'findings/*.ndjson.gz' : JSON_FILE;
  const named = namesAllUnknown(report)
    ? 'All that failed or could not be judged is in '
    : 'All that failed, and some of each cause of what could not be judged, is in ';
  const leftOut = [
    left.findings > 0 ? `The page holds no more: ${plural(left.findings, 'finding')}, the mildest, are in ` : '',
    left.details > 0 ? `Evidence of the mildest ${plural(left.details, 'finding')} is in ` : '',
  ].filter(Boolean);
  return [
    html`<p>
      ${[named, JSON_FILE, ' and ', CSV_FILE, ', what passed in ', passes, '. ']}
      ${leftOut.map((words) => [words, JSON_FILE, '. '])}
    </p>`,
    html`<p>
      ${[text(tool), ', run ', text(run), ', started ', time(startedAt), `, ${plural(checks.length, 'check')}. `]}
      <span class="keys">
        ${['Keys: ', html`<kbd>/</kbd>`, ' search, ', html`<kbd>j</kbd>`, ' ', html`<kbd>k</kbd>`, ' next and previous, ']}
        ${[html`<kbd>Enter</kbd>`, ' open, ', html`<kbd>Esc</kbd>`, ' back.']}
      </span>
    </p>`,
  ];
}
