import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { accountWords, ago, number } from '../../text.ts';
import { badge, linkTo, type Part, soft, text } from '../parts.ts';
import { type Data, named, type Row, rowOf } from './data.ts';
import type { Group } from './groups.ts';
import { replaceHash } from './hooks.ts';
import { SEVERITY_NAMES } from './query.ts';
import type { Route } from './route.ts';
import type { Sort } from './sort.ts';
import { changeWord, stateWord } from './words.ts';

const cell = (kind: string, ...parts: readonly Part[]): VNode =>
  html`<div role="cell" class=${`cell ${kind}`}>${parts}</div>`;
const line = (...parts: readonly Part[]): VNode => html`<span class="line">${parts}</span>`;
const quiet = (...parts: readonly Part[]): VNode => html`<span class="line soft small">${parts}</span>`;

export const severityBadge = (severity: number): VNode => badge(SEVERITY_NAMES[severity]!);
export const stateBadge = ({ state, severity }: Pick<Row, 'state' | 'severity'>): VNode =>
  state === 'failed' ? severityBadge(severity) : badge(state, stateWord(state));
export const changeBadge = (change: string | undefined): Part =>
  change ? badge(`change ${change}`, changeWord(change)) : null;

/** Where a resource is; with its account where there are several. */
function placeLines(data: Data, { account, region }: Pick<Row, 'account' | 'region'>): Part {
  return data.accounts.length > 1
    ? [line(text(region)), quiet(text(accountWords(account, data.accountNames)))]
    : line(text(region));
}

/** One finding as a row of a table. */
export function findingCells(data: Data, row: number, isOfOneCheck: boolean, isOfOneResource: boolean): VNode {
  const finding = rowOf(data, row);
  const { id, check, name, label, type, message, variant, change, firstSeen, owner } = finding;
  const called = [text(name, 300), label ? [' ', soft(text(label, 300))] : null];
  const to = linkTo('finding', id);
  const told = [variant ? [text(variant), ': '] : null, text(message)];
  const main = isOfOneCheck
    ? [html`<a class="line" href=${to}>${called}</a>`, quiet(told)]
    : [html`<a class="line" href=${to}>${text(check.title)}</a>`, quiet(told)];
  const place = placeLines(data, finding);
  const side = isOfOneCheck ? [line(text(owner)), quiet(text(type))] : [line(called), quiet(text(type))];
  return html`<${Cells}>
    ${cell('mark', stateBadge(finding))} ${cell('main', main)} ${isOfOneResource ? null : cell('side', side)}
    ${cell('place', place)} ${cell('age', [line(ageOf(firstSeen, data)), changeBadge(change)])}
  <//>`;
}

const Cells = ({ children }: { readonly children: VNode }): VNode => children;

/** How long it has been failing, in a short form. */
function ageOf(firstSeen: string, { endedAt }: Data): string {
  return firstSeen === '' ? '' : ago(firstSeen, endedAt);
}

export function checkGroupCells(data: Data, { key, rows, counts, news }: Group, query: Route['query']): VNode {
  const { id, title } = data.checks[key]!;
  const { sort: _, ...rest } = query;
  return html`<${Cells}>
    ${cell('mark', severityBadge(counts.findIndex((count) => count > 0)))}
    ${cell('main', [html`<a class="line" href=${linkTo('check', id, rest)}>${text(title)}</a>`, quiet(text(id))])}
    ${cell('side', severityCounts(counts))}
    ${cell('place', news > 0 ? badge('change new', `${number(news)} new`) : null)}
    ${cell('age number', line(number(rows.length)))}
  <//>`;
}

export function resourceGroupCells(data: Data, { key, rows, counts, news }: Group): VNode {
  const { resources, columns } = data;
  const account = named(data.accounts, resources.account[key]!);
  const region = named(data.regions, resources.region[key]!);
  const type = named(data.types, resources.type[key]!);
  const name = resources.id[key]! || resources.arn[key]! || '(no name)';
  const owner = named(data.owners, columns.owner[rows[0]!]!);
  const label = resources.label[key]!;
  const to = html`<a class="line" href=${linkTo('resource', resources.arn[key])}
    >${[text(name, 300), label ? [' ', soft(text(label, 300))] : null]}</a
  >`;
  return html`<${Cells}>
    ${cell('mark', severityBadge(counts.findIndex((count) => count > 0)))}
    ${cell('main', [to, quiet(text(type), owner ? [' · ', text(owner)] : null)])}
    ${cell('side', severityCounts(counts))} ${cell('place', placeLines(data, { account, region }))}
    ${cell('age number', [line(number(rows.length)), news > 0 ? badge('change new', `${number(news)} new`) : null])}
  <//>`;
}

function severityCounts(counts: readonly number[]): Part {
  return html`<span class="counts">
    ${counts.map((count, index) =>
      count > 0
        ? html`<span class=${`count ${SEVERITY_NAMES[index]}`} title=${`${number(count)} ${SEVERITY_NAMES[index]}`}
            >${number(count)}<span class="away">${` ${SEVERITY_NAMES[index]} `}</span></span
          >`
        : null,
    )}
  </span>`;
}

export type Column = readonly [kind: string, name: string, sort?: Sort];

/** Names of columns; those that sort are buttons. */
export function headCells(route: Route, columns: readonly Column[]): VNode {
  const current = route.query['sort'] ?? '';
  return html`<${Cells}>
    ${columns.map(([kind, name, sort]) =>
      sort === undefined
        ? html`<div role="columnheader" class=${`cell ${kind}`} key=${kind}>${name}</div>`
        : html`<div role="columnheader" class=${`cell ${kind}`} key=${kind} aria-sort=${directionOf(current, sort)}>
            <button type="button" onClick=${() => replaceHash(sortedBy(route, sort))}>
              ${[name, html`<span class="arrow" aria-hidden="true">${arrowOf(current, sort)}</span>`]}
            </button>
          </div>`,
    )}
  <//>`;
}

const DIRECTIONS: Readonly<Record<string, string>> = { up: 'ascending', down: 'descending', '': 'none' };
function turnOf(current: string, sort: Sort): '' | 'up' | 'down' {
  if (current === sort) return 'up';
  return current === `-${sort}` ? 'down' : '';
}
const directionOf = (current: string, sort: Sort): string => DIRECTIONS[turnOf(current, sort)]!;
const arrowOf = (current: string, sort: Sort): string => ({ up: ' ↑', down: ' ↓', '': '' })[turnOf(current, sort)];

/** Up, down, and back to worst first. */
function sortedBy({ page, id, query }: Route, sort: Sort): string {
  const { sort: current = '', ...rest } = query;
  const next = { '': sort, up: `-${sort}`, down: '' }[turnOf(current, sort)];
  return linkTo(page, id, next === '' ? rest : { ...rest, sort: next });
}
