import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { number, plural } from '../../text.ts';
import { CHANGE_CODES, NAMED_CHANGES, type PageGone } from '../model.ts';
import { badge, capital, linkTo, type Part, soft, text } from '../parts.ts';
import { severityBadge } from './cells.ts';
import { type Data, placeWords, rowOf } from './data.ts';
import { block } from './facts.ts';
import { changeWord } from './words.ts';

const MEANING: Readonly<Record<string, string>> = {
  new: 'They fail, and did not in the run before.',
  worse: 'They failed already, at a milder severity.',
  unwaived: 'A waiver covered them, and does not any more.',
  unseen: 'They failed, and could not be judged this time: they are taken to fail still.',
  resolved: 'They failed, and do not any more.',
  waived: 'They fail, and a waiver began to cover them.',
};

/** What is different from the run before. */
export function ChangesPage({ data }: { readonly data: Data }): VNode {
  const byChange = useMemo(() => rowsByChange(data), [data]);
  const blocks = CHANGE_CODES.map((change) => changeBlock(data, change, byChange.get(change) ?? []));
  return html`<section class="page">
    <h1 tabindex="-1">Since the last run</h1>
    ${blocks.some((one) => one !== null) ? blocks : html`<p class="lead">Nothing changed, as far as it could be seen.</p>`}
  </section>`;
}

function rowsByChange({ columns, count }: Data): ReadonlyMap<string, readonly number[]> {
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) => columns.change[row]! > 0);
  return Map.groupBy(rows, (row) => CHANGE_CODES[columns.change[row]! - 1]!);
}

function changeBlock(data: Data, change: string, rows: readonly number[]): Part {
  const gone = data.gone.filter((one) => one.change === change);
  const count = rows.length + gone.length;
  if (count === 0) return null;
  const items = [
    ...rows.slice(0, NAMED_CHANGES).map((row) => metItem(data, row)),
    ...gone.map((one) => goneItem(data, one)),
  ];
  return block(`${capital(changeWord(change))}: ${number(count)}`, [
    html`<p class="soft">${MEANING[change]}</p>`,
    html`<ul class="list">
      ${items.slice(0, NAMED_CHANGES)}
    </ul>`,
    rows.length > NAMED_CHANGES
      ? html`<p>
          <a href=${linkTo('findings', '', { change, status: 'all' })}>${`All ${plural(rows.length, 'finding')}`}</a>
        </p>`
      : null,
    items.length > NAMED_CHANGES ? html`<p class="soft">${'More in findings.json'}</p>` : null,
  ]);
}

function metItem(data: Data, row: number): VNode {
  const { id, check, name, severity, account, region, message } = rowOf(data, row);
  const place = placeWords(data, { account, region });
  const cause = data.causes[row];
  return html`<li key=${id}>
    ${severityBadge(severity)}
    <div>
      ${[html`<a href=${linkTo('finding', id)}>${text(name, 300)}</a>`, ' ', soft(text(place))]}
      <div class="small">${[text(check.title), ': ', text(message)]}</div>
      ${cause ? html`<div>${soft('because ', text(cause))}</div>` : null}
    </div>
  </li>`;
}

function goneItem(data: Data, { id, check, severity, account, region, arn, cause, change }: PageGone): VNode {
  const title = data.checks.find((one) => one.id === check)?.title ?? check;
  const place = placeWords(data, { account, region });
  const what = change === 'resolved' ? 'the resource is gone' : 'could not be listed';
  return html`<li key=${id}>
    ${badge(severity)}
    <div>
      ${[text(arn, 300), ' ', soft(text(place))]}
      <div class="small">${[text(title), ': ', cause ? text(cause) : what]}</div>
    </div>
  </li>`;
}
