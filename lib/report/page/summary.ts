import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Change } from '../../core/diff.ts';
import { coverageRatio, keyOf } from '../../core/coverage.ts';
import { SEVERITIES } from '../../core/severity.ts';
import type { Report, StoredFinding } from '../../run/model.ts';
import {
  accountsOf,
  changesOf,
  CHANGES,
  changeCounts,
  changeWords,
  type CheckGroup,
  groupByCheck,
  nothingFailed,
  sinceLastRun,
} from '../digest.ts';
import { accountWords, duration, number, percent, plural, visible } from '../text.ts';
import { badge, bar, capital, linkTo, type Part, soft, stackedBar, strong, text, time } from './parts.ts';
import { SCORE_WORDS, scoreOf } from './score.ts';
import { trendChart } from './trend-chart.ts';

const WORST_CHECKS = 8;
const SERVICES = 8;

/** What fits on one screen, and is there without the script. */
export function summarySection(report: Report, failing: readonly StoredFinding[]): VNode {
  const { header } = report;
  const groups = groupByCheck(report, failing);
  return html`<section id="summary" class="page">
    <div class="title">
      <h1 tabindex="-1">${headingOf(header.scope.accounts)}</h1>
      <p class="soft">${whenAndWhere(report)}</p>
    </div>
    ${limits(report)}
    <div class="tiles">${[scoreCard(report), coverageCard(report), severityCard(report)]}</div>
    <div class="pair">${[trendCard(report), changesCard(report)]}</div>
    <div class="pair">${[worstCard(groups, report), servicesCard(groups)]}</div>
  </section>`;
}

function headingOf(accounts: readonly string[]): string {
  return accounts.length === 1 ? `AWS account ${accountsOf(accounts)}` : plural(accounts.length, 'AWS account');
}

function whenAndWhere({ header }: Report): Part {
  const { scope, startedAt, endedAt } = header;
  const accounts =
    scope.accounts.length > 1
      ? [' ', text(scope.accounts.map((account) => accountWords(account, scope.names)).join(', '), 4000)]
      : null;
  return [
    'Looked at on ',
    time(endedAt),
    `, ${plural(scope.regions.length, 'region')} in ${duration(startedAt, endedAt)}`,
    accounts,
  ];
}

/** A run of a part must not read like a run of the whole. */
function limits({ header }: Report): Part {
  const filters = Object.entries(header.scope.filters).map(([name, value]) => `${name} ${value}`);
  return filters.length > 0
    ? html`<p class="notice">
        ${[strong('Not everything was asked.'), ' This run was limited to ', text(filters.join('; '))]}
      </p>`
    : null;
}

const card = (title: string, body: Part, kind = ''): VNode =>
  html`<section class=${`card ${kind}`}>
    <h2>${title}</h2>
    ${body}
  </section>`;

function scoreCard({ header }: Report): VNode {
  const { summary } = header;
  const score = scoreOf(summary);
  const meaning = `The share of what could be judged that passes, without accepted risks. ${SCORE_WORDS}`;
  const body =
    score === undefined
      ? [html`<p class="figure">–</p>`, html`<p>${soft('Nothing was judged that weighs.')}</p>`]
      : [
          html`<p class="figure" title=${meaning}>${percent(score)}</p>`,
          bar(score),
          html`<p title=${meaning}>${soft('passes, weighed by severity')}</p>`,
        ];
  return card('Score', body);
}

function coverageCard({ header }: Report): VNode {
  const { PASS, FAIL, SKIP, UNKNOWN } = header.summary.statuses;
  const all = PASS + FAIL + SKIP + UNKNOWN;
  if (all === 0) return card('Coverage', html`<p>${soft('There was nothing to judge.')}</p>`);
  const share = coverageRatio(header.summary.coverage);
  const rest =
    UNKNOWN === 0
      ? 'everything that was asked could be judged'
      : html`<a href=${linkTo('coverage')}>${`${number(UNKNOWN)} of ${number(all)} could not be judged`}</a>`;
  return card('Coverage', [
    html`<p class="figure">${percent(share)}</p>`,
    bar(share, 'cover'),
    html`<p>${soft(rest)}</p>`,
  ]);
}

function severityCard(report: Report): VNode {
  const { failed: counts, statuses, waived } = report.header.summary;
  const tiles = SEVERITIES.map((severity) => {
    const count = counts[severity];
    const parts = [html`<b>${number(count)}</b>`, ` ${severity}`];
    return html`<li class=${count > 0 ? `some ${severity}` : ''}>
      <a href=${linkTo('findings', '', { severity })}>${parts}</a>
    </li>`;
  });
  const accepted = html`<a href=${linkTo('findings', '', { status: 'waived' })}>${`${number(waived)} accepted`}</a>`;
  const others = [
    `${number(statuses.PASS)} passed, ${number(statuses.SKIP)} did not apply`,
    waived > 0 ? [', ', accepted] : null,
  ];
  return card(
    'Failed findings',
    [
      html`<ul class="severities">
        ${tiles}
      </ul>`,
      html`<p>${soft(others)}</p>`,
    ],
    'wide',
  );
}

function trendCard({ header }: Report): VNode {
  const nights = header.trend.length > 1 ? `Failed findings, last ${header.trend.length} nights` : 'Trend';
  return card(nights, trendChart(header.trend));
}

function changesCard(report: Report): VNode {
  const changes = changesOf(report);
  const rows = CHANGES.map((change) =>
    changeRow(
      change,
      changes.filter((one) => one.change === change),
    ),
  );
  const isFirst = report.header.accounts.some(({ hasHistory }) => !hasHistory);
  const isSilent = isFirst && changes.length === 0;
  return card('Since the last run', [
    isFirst ? html`<p>${`${capital(sinceLastRun(report))}.`}</p>` : null,
    isSilent
      ? null
      : html`<ul class="rows">
          ${rows}
        </ul>`,
    lostLine(report),
  ]);
}

/** What could be judged in the run before, and not in this one. */
function lostLine({ header }: Report): Part {
  const lost = new Set(header.accounts.flatMap((account) => account.lost.map(keyOf)));
  const words = `${plural(lost.size, 'new cause')} of verdicts that could not be given`;
  return lost.size > 0 ? html`<p class="small"><a href=${linkTo('coverage')}>${words}</a></p>` : null;
}

function changeRow(change: Change, own: readonly { readonly severity: string }[]): VNode {
  const bySeverity = SEVERITIES.map(
    (severity) => [severity, own.filter((one) => one.severity === severity).length] as const,
  );
  const words = capital(changeWords(change));
  if (own.length === 0) return html`<li class="none"><span>${words}</span><span></span><span class="n">0</span></li>`;
  return html`<li>
    <a href=${linkTo('changes')}>${words}</a>
    ${stackedBar(bySeverity)}
    <b class="n">${number(own.length)}</b>
  </li>`;
}

function worstCard(groups: readonly CheckGroup[], report: Report): VNode {
  if (groups.length === 0) return card('Worst checks', html`<p>${`${capital(nothingFailed(report))}.`}</p>`);
  const rows = groups.slice(0, WORST_CHECKS).map(({ check, severity, findings }) => {
    const news = changeCounts(findings);
    return html`<li>
      ${badge(severity)}
      <a href=${linkTo('check', check.id)}>${text(check.title)}</a>
      ${news ? badge('change new', news) : html`<span></span>`}
      <b class="n">${number(findings.length)}</b>
    </li>`;
  });
  const more = groups.length - WORST_CHECKS;
  return card('Worst checks', [
    html`<ul class="rows checks">
      ${rows}
    </ul>`,
    more > 0 ? html`<p class="small"><a href=${linkTo('checks')}>${`and ${plural(more, 'check')} more`}</a></p>` : null,
  ]);
}

/** Where it fails, the worst service first. */
function servicesCard(groups: readonly CheckGroup[]): VNode {
  const byService = [...Map.groupBy(groups, ({ check }) => check.service)].map(([service, own]) => {
    const findings = own.flatMap((group) => group.findings);
    const counts = SEVERITIES.map((one) => [one, findings.filter(({ severity }) => severity === one).length] as const);
    return { service, counts, total: findings.length };
  });
  const rows = byService
    .toSorted((a, b) => b.total - a.total || (a.service < b.service ? -1 : 1))
    .slice(0, SERVICES)
    .map(
      ({ service, counts, total }) =>
        html`<li>
          <a href=${linkTo('findings', '', { service })}>${text(service)}</a>
          ${stackedBar(counts)}
          <b class="n">${number(total)}</b>
        </li>`,
    );
  return card(
    'Failed by service',
    rows.length > 0
      ? html`<ul class="rows">
          ${rows}
        </ul>`
      : html`<p>${soft('None.')}</p>`,
  );
}

export const titleOf = ({ header }: Report): string =>
  `Ronda: ${accountsOf(header.scope.accounts)}, ${visible(header.date)}`;
