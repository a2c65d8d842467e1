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
  nothingFailed,
  notJudged,
  placeOf,
  placesOf,
  sinceLastRun,
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

function coverageFact({ header }: Report): Part {
  const { PASS, FAIL, SKIP, UNKNOWN } = header.summary.statuses;
  const all = PASS + FAIL + SKIP + UNKNOWN;
  if (all === 0) return 'There was nothing to judge.';
  return html`<strong>Coverage ${coverageOf(header)}:</strong> ${
    UNKNOWN === 0
      ? 'everything that was asked could be judged'
      : html`<a href="#coverage">${number(UNKNOWN)} of ${number(all)} could not be judged</a>`
  }${bar(coverageRatio(header.summary.coverage))}` as unknown as Part;
}

const bar = (share: number): VNode => html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  <rect width=${(share * 100).toFixed(2)} height="4" />
</svg>`;

function findingsOf(report: Report): VNode {
  const groups = groupByCheck(report, failed(report));
  let left = PER_PAGE;
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${groups.length === 0 ? html`<p>${capital(nothingFailed(report))}.</p>` : null}
    ${groups.map((group) => {
      const named = group.findings.slice(0, Math.min(PER_CHECK, left));
      left -= named.length;
      return checkCard(group, named, report);
    })}
  </section>`;
}

function checkCard({ check, severity, findings }: CheckGroup, named: readonly StoredFinding[], report: Report): VNode {
  const news = changeCounts(findings);
  return html`<details class="card" id=${`check-${check.id}`}>
    <summary>
      <span>${badge(severity)}</span>
      <span class="title"><h3>${text(check.title)}</h3><span class="soft small">${text(check.id)}</span></span>
      <span class="number">${plural(findings.length, 'finding')}${news ? [' ', html`<span class="badge new">${news}</span>`] : null}</span>
    </summary>
    <div class="body">
      <div class="about">
        ${check.why ? html`<p><strong>Why:</strong> ${text(check.why)}</p>` : null}
        ${check.fix ? html`<div><strong>Fix:</strong><pre class="command" tabindex="0"><code>${text(check.fix)}</code></pre></div>` : null}
      </div>
      ${named.map((finding) => findingArticle(finding, severity, report))} ${more(findings.length - named.length)}
    </div>
  </details>`;
}

const more = (count: number): Part =>
  count > 0 ? html`<p class="soft">and ${number(count)} more in <a href="findings.json">findings.json</a> and <a href="findings.csv">findings.csv</a></p>` : null;

function findingArticle(finding: StoredFinding, groupSeverity: string, { header }: Report): VNode {
  const { id, resource, severity, message, at, firstSeen, change, evidence, variant } = finding;
  const age = firstSeen ? ago(firstSeen, header.endedAt) : '';
  return html`<article class="finding" id=${`finding-${id}`}>
    <h4>
      <a href=${`#finding-${id}`}>${text(nameOf(resource), 300)}</a>
      ${severity === groupSeverity ? null : badge(severity)} ${change ? badge(change, changeWords(change)) : null}
      <span class="soft small">${placeOf(resource, header)}</span>
    </h4>
    <p>${variant ? [text(variant), ': '] : null}${text(message)}</p>
    <p class="soft small">
      ${resource.arn && resource.arn !== resource.id ? [text(resource.arn, 400), html`<br />`] : null} read ${time(at)}${
        firstSeen ? [', first seen ', time(firstSeen), age ? ` (${age})` : null] : null
      }
    </p>
    ${evidence === undefined || evidence === null ? null : evidenceOf(evidence)} ${tagsOf(resource.tags)}
  </article>`;
}

function evidenceOf(evidence: Json): VNode {
  return html`<details class="evidence">
    <summary class="small">Evidence</summary>
    ${JSON.stringify(evidence).length > EVIDENCE_MAX ? block(evidence) : value(evidence)}
  </details>`;
}

function tagsOf(tags: Readonly<Record<string, string>> | undefined): Part {
  if (!tags || Object.keys(tags).length === 0) return null;
  return html`<details class="evidence"><summary class="small">Tags</summary>${value(tags)}</details>`;
}

/** Too large to be laid out: its beginning as JSON. */
function block(evidence: Json): VNode {
  const json = JSON.stringify(evidence, null, 2);
  const start = cut(json, EVIDENCE_MAX).split('\n').map(visible).join('\n');
  return html`<pre>${start}</pre><p class="soft small">${number(json.length)} characters in all; they are in findings.json</p>` as unknown as VNode;
}

/** JSON as lists that people read: fields as terms, lists as lists. */
function value(json: Json | undefined): VNode {
  if (json === undefined || json === null) return html`<span class="soft">none</span>`;
  if (typeof json !== 'object') return html`<code>${text(String(json))}</code>`;
  if (Array.isArray(json)) return listOf(json as readonly Json[]);
  const fields = Object.entries(json as Readonly<Record<string, Json | undefined>>);
  if (fields.length === 0) return html`<span class="soft">empty</span>`;
  return html`<dl>
    ${fields.map(([name, field]) => html`<dt>${text(name, 200)}</dt><dd>${value(field)}</dd>`)}
  </dl>`;
}

function listOf(items: readonly Json[]): VNode {
  if (items.length === 0) return html`<span class="soft">empty</span>`;
  if (items.every((item) => typeof item !== 'object')) return html`<span>${items.map((item, index) => [index > 0 ? ', ' : '', value(item)])}</span>`;
  return html`<ol>
    ${items.map((item) => html`<li>${value(item)}</li>`)}
  </ol>`;
}

/** What is not among the failing findings any more, and how much is new there. */
function changesSection(report: Report): VNode {
  const changes = changesOf(report);
  const listed = changes.filter(({ change }) => change === 'resolved' || change === 'unseen');
  return html`<section id="changes" aria-labelledby="changes-title">
    <h2 id="changes-title">Since the last run</h2>
    <p>${capital(sinceLastRun(report))}.</p>
    ${news(changes.filter(({ change }) => change === 'new' || change === 'worse'))}
    ${listed.length > 0
      ? html`<ul class="list">
          ${listed.slice(0, CHANGES_NAMED).map((changed) => changeItem(changed, report))}
        </ul>`
      : null}
    ${more(listed.length - CHANGES_NAMED)}
  </section>`;
}

function news(changes: readonly Changed[]): Part {
  if (changes.length === 0) return null;
  const byCheck = [...Map.groupBy(changes, ({ check }) => check)];
  return html`<ul class="list">
    ${byCheck.map(
      ([check, own]) => html`<li>${badge(own[0]!.severity)} <a href=${`#check-${check}`}>${text(check)}</a> ${changeCounts(own)}</li>`,
    )}
  </ul>`;
}

function changeItem({ change, severity, check, name, message, account, region }: Changed, { header }: Report): VNode {
  return html`<li>
    ${badge(change, changeWords(change))} <strong>${text(name, 300)}</strong> <span class="soft">${placeOf({ account, region }, header)}</span>
    <br /><span class="small">${text(check)} (${severity}): ${text(message)}</span>
  </li>`;
}

function coverageSection(report: Report): VNode {
  const causes = notJudged(report);
  return html`<section id="coverage" aria-labelledby="coverage-title">
    <h2 id="coverage-title">Coverage</h2>
    <p>${coverageFact(report)}</p>
    ${causes.map((group) => causeCard(group, report))} ${causes.length > 0 ? services(report) : null}
  </section>`;
}

function causeCard({ cause, findings }: ReturnType<typeof notJudged>[number], { header }: Report): VNode {
  return html`<details class="card">
    <summary>
      <span>${badge('unknown', REASONS[cause.reason])}</span>
      <span class="title"><h3>${text(cause.operation)}</h3><span class="small soft">${text(cause.detail, 300)}</span></span>
      <span class="number">${number(cause.findings)} not judged</span>
    </summary>
    <div class="body">
      <p><strong>To see it:</strong> ${text(whatOpens(cause))}</p>
      <p><strong>Where:</strong> ${placesIn(cause.accounts, cause.regions, header.scope.accounts.length)}</p>
      <p><strong>Checks:</strong> ${text(cause.checks.join(', '), 4000)}</p>
      <ul class="list">
        ${findings.slice(0, PER_CAUSE).map(
          ({ id, check, resource, change }) =>
            html`<li id=${`finding-${id}`}>
              ${text(nameOf(resource), 300)} <span class="soft small">${placeOf(resource, header)}, ${text(check)}</span> ${change ? badge(change, changeWords(change)) : null}
            </li>`,
        )}
      </ul>
      ${more(cause.findings - Math.min(findings.length, PER_CAUSE))}
    </div>
  </details>`;
}

const REASONS: Readonly<Record<Gap['reason'], string>> = {
  denied: 'denied',
  blocked: 'blocked',
  throttled: 'throttled',
  failed: 'failed',
  'not-scanned': 'not scanned',
};

function placesIn(accounts: readonly string[], regions: readonly string[], all: number): VNode {
  return text(all > 1 ? `${regions.join(', ')}; accounts ${accounts.join(', ')}` : regions.join(', '), 4000);
}

/** Services that were not seen whole; what is not named was. */
function services({ header }: Report): Part {
  const incomplete = coverageByService(header).filter(({ unknown }) => unknown > 0);
  return html`<table>
    <caption>
      Services that could not be judged in full
    </caption>
    <thead>
      <tr>
        <th scope="col">Service</th>
        <th scope="col" class="n">Coverage</th>
        <th scope="col" class="n">Judged</th>
        <th scope="col" class="n">Not judged</th>
      </tr>
    </thead>
    <tbody>
      ${incomplete.map(
        ({ service, judged, unknown, share }) =>
          html`<tr>
            <th scope="row">${text(service)}</th>
            <td class="n">${percent(share)}</td>
            <td class="n">${number(judged)}</td>
            <td class="n">${number(unknown)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function callsSection({ header }: Report): VNode {
  const counts = callsByService(header);
  const total = counts.reduce((sum, { calls }) => sum + calls, 0);
  return html`<section id="calls" aria-labelledby="calls-title">
    <h2 id="calls-title">Calls to AWS</h2>
    <p>${plural(total, 'call')} in ${duration(header.startedAt, header.endedAt)}, every attempt counted.</p>
    ${counts.length > 0
      ? html`<table>
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col" class="n">Calls</th>
              <th scope="col" class="n">Throttled</th>
            </tr>
          </thead>
          <tbody>
            ${counts.map(
              ({ service, calls, throttled }) =>
                html`<tr>
                  <th scope="row">${text(service)}</th>
                  <td class="n">${number(calls)}</td>
                  <td class="n">${number(throttled)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`
      : null}
  </section>`;
}

function footOf({ header }: Report): VNode {
  return html`<footer class="small">
    <p>
      ${text(header.tool)}, run ${text(header.run)}, started ${time(header.startedAt)}, ${plural(header.checks.length, 'check')}. Everything is in
      <a href="findings.json"> findings.json</a> and <a href="findings.csv">findings.csv</a>.
    </p>
  </footer>`;
}

const capital = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
