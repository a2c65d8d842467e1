import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Gap, Severity } from '../core/model.ts';
import type { Report, StoredFinding } from '../run/model.ts';
import {
  callsByService,
  changeCounts,
  type Changed,
  changesOf,
  type CheckGroup,
  coverageByService,
  coverageOf,
  failed,
  groupByCheck,
  nameOf,
  nothingFailed,
  notJudged,
  placeOf,
  sinceLastRun,
  whatOpens,
} from './digest.ts';
import { evidence } from './page-evidence.ts';
import {
  anchor,
  badge,
  capital,
  card,
  changeBadge,
  items,
  more,
  type Part,
  section,
  soft,
  strong,
  table,
  text,
  time,
} from './page-parts.ts';
import { ago, duration, number, percent, plural } from './text.ts';

/** How much of a very large run the page names. The files beside it hold the rest, and the page says how much that is. */
const PER_CHECK = 200;
const PER_PAGE = 3000;
const PER_CAUSE = 50;
const CHANGES = 100;

export function findingsSection(report: Report): VNode {
  const groups = groupByCheck(report, failed(report));
  if (groups.length === 0) return section('findings', 'Findings', [html`<p>${capital(nothingFailed(report))}.</p>`]);
  let left = PER_PAGE;
  const cards = groups.map((group) => {
    const named = group.findings.slice(0, Math.min(PER_CHECK, left));
    left -= named.length;
    return checkCard(group, named, report);
  });
  return section('findings', 'Findings', cards);
}

function checkCard({ check, severity, findings }: CheckGroup, named: readonly StoredFinding[], report: Report): VNode {
  const news = changeCounts(findings);
  return card({
    id: anchor('check', check.id),
    badge: badge(severity),
    title: text(check.title),
    subtitle: text(check.id),
    count: [plural(findings.length, 'finding'), ' ', news ? badge('new', news) : null],
    body: [
      check.why ? html`<p>${[strong('Why:'), ' ', text(check.why)]}</p>` : null,
      check.fix
        ? [html`<p>${strong('Fix:')}</p>`, html`<pre class="command"><code>${text(check.fix, 4000)}</code></pre>`]
        : null,
      named.map((finding) => findingArticle(finding, severity, report)),
      more(findings.length - named.length),
    ],
  });
}

function findingArticle(finding: StoredFinding, ofGroup: Severity, { header }: Report): VNode {
  const { id, resource, severity, message, at, firstSeen, change, variant } = finding;
  const name = html`<a href=${`#${anchor('finding', id)}`}>${text(nameOf(resource), 300)}</a>`;
  const marks = [severity === ofGroup ? null : badge(severity), changeBadge(change), soft(placeOf(resource, header))];
  const age = firstSeen ? ago(firstSeen, header.endedAt) : '';
  const seen = firstSeen ? [', first seen ', time(firstSeen), age ? ` (${age})` : ''] : [];
  return html`<article class="finding" id=${anchor('finding', id)}>
    ${[
      html`<h4>${[name, marks]}</h4>`,
      html`<p>${[variant ? [text(variant), ': '] : null, text(message)]}</p>`,
      html`<p>${soft(text(resource.type), '  ', text(resource.arn, 400))}</p>`,
      html`<p>${soft('read ', time(at), seen)}</p>`,
      evidence('Evidence', finding.evidence),
      evidence('Tags', resource.tags),
    ]}
  </article>`;
}

/** What the findings above do not show: what is repaired or cannot be seen any more, and where to look for what is new. */
export function changesSection(report: Report): VNode {
  const changes = changesOf(report);
  const others = changes.filter((changed) => !isNews(changed));
  return section('changes', 'Since the last run', [
    html`<p>${capital(sinceLastRun(report))}.</p>`,
    newsCard(changes.filter(isNews)),
    others.length > 0
      ? items(
          others.slice(0, CHANGES).map((changed) => changeItem(changed, report)),
          'panel',
        )
      : null,
    more(others.length - CHANGES),
  ]);
}

const isNews = ({ change }: Changed): boolean => change === 'new' || change === 'worse';

function newsCard(news: readonly Changed[]): Part {
  const byCheck = [...Map.groupBy(news, ({ check }) => check)];
  if (byCheck.length === 0) return null;
  const rows = byCheck.map(([check, own]) => [
    html`<span>${badge(own[0]!.severity)}</span>`,
    html`<a href=${`#${anchor('check', check)}`}>${text(check)}</a>`,
    html`<span>${changeCounts(own)}</span>`,
  ]);
  return card({
    badge: badge(news[0]!.severity),
    title: capital(changeCounts(news)),
    count: `by ${plural(byCheck.length, 'check')}`,
    body: [items(rows, 'checks')],
  });
}

function changeItem(
  { change, severity, check, name, arn, message, account, region }: Changed,
  { header }: Report,
): Part {
  const what = [
    changeBadge(change),
    ' ',
    strong(text(name || arn, 300)),
    ' ',
    soft(placeOf({ account, region }, header)),
  ];
  return [html`<div>${what}</div>`, html`<div class="small">${[text(check), ` (${severity}): `, text(message)]}</div>`];
}

/** "Coverage 97.3%: 34 of 1,234 could not be judged". */
export function coverageLine({ header }: Report): Part {
  const { PASS, FAIL, SKIP, UNKNOWN } = header.summary.statuses;
  const all = PASS + FAIL + SKIP + UNKNOWN;
  if (all === 0) return 'There was nothing to judge.';
  const rest =
    UNKNOWN === 0
      ? 'everything that was asked could be judged'
      : `${number(UNKNOWN)} of ${number(all)} could not be judged`;
  return [strong(`Coverage ${coverageOf(header)}:`), ` ${rest}`];
}

export function coverageSection(report: Report): VNode {
  const causes = notJudged(report);
  return section('coverage', 'Coverage', [
    html`<p>${coverageLine(report)}</p>`,
    causes.map((group) => causeCard(group, report)),
    causes.length > 0 ? services(report) : null,
  ]);
}

function causeCard({ cause, findings }: ReturnType<typeof notJudged>[number], { header }: Report): VNode {
  const where =
    header.scope.accounts.length > 1
      ? `${cause.regions.join(', ')}; accounts ${cause.accounts.join(', ')}`
      : cause.regions.join(', ');
  const named = findings.slice(0, PER_CAUSE);
  return card({
    badge: badge('unknown', REASONS[cause.reason]),
    title: text(cause.operation),
    subtitle: text(cause.detail, 300),
    count: `${number(cause.findings)} not judged`,
    body: [
      html`<p>${[strong('To see it:'), ' ', text(whatOpens(cause))]}</p>`,
      html`<p>${[strong('Where:'), ' ', text(where, 4000)]}</p>`,
      html`<p>${[strong('Checks:'), ' ', text(cause.checks.join(', '), 4000)]}</p>`,
      html`<ul class="list">
        ${named.map((finding) => unknownItem(finding, header))}
      </ul>`,
      more(cause.findings - named.length),
    ],
  });
}

function unknownItem({ id, check, resource, change }: StoredFinding, header: Report['header']): VNode {
  const what = [
    text(nameOf(resource), 300),
    ' ',
    soft(placeOf(resource, header), ', ', text(check)),
    ' ',
    changeBadge(change),
  ];
  return html`<li id=${anchor('finding', id)}>${what}</li>`;
}

const REASONS: Readonly<Record<Gap['reason'], string>> = {
  denied: 'denied',
  blocked: 'blocked',
  throttled: 'throttled',
  failed: 'failed',
  'not-scanned': 'not scanned',
};

/** Services that were not seen whole; what is not named was. */
function services({ header }: Report): Part {
  const incomplete = coverageByService(header).filter(({ unknown }) => unknown > 0);
  const rows = incomplete.map(({ service, judged, unknown, share }) => [
    service,
    percent(share),
    number(judged),
    number(unknown),
  ]);
  return table('Services that could not be judged in full', ['Service', 'Coverage', 'Judged', 'Not judged'], rows);
}

export function callsSection({ header }: Report): VNode {
  const counts = callsByService(header);
  const total = counts.reduce((sum, { calls }) => sum + calls, 0);
  const rows = counts.map(({ service, calls, throttled }) => [service, number(calls), number(throttled)]);
  return section('calls', 'Calls to AWS', [
    html`<p>${`${plural(total, 'call')} in ${duration(header.startedAt, header.endedAt)}`}</p>`,
    rows.length > 0 ? table('Every attempt is counted', ['Service', 'Calls', 'Throttled'], rows) : null,
  ]);
}
