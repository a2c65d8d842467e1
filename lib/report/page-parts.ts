import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { type Changed, changeWords } from './digest.ts';
import { cut, number, visible, when } from './text.ts';

/** The small parts of the page. Spaces between parts are written as strings: line ends in a template are no spaces. */

export type Part = VNode | string | null | readonly Part[];

const TEXT_MAX = 1000;

/** Text of others: one visible line of bounded length, kept apart from the direction of what surrounds it. */
export const text = (value: string, max = TEXT_MAX): VNode => html`<bdi>${cut(visible(value), max)}</bdi>`;
export const soft = (...parts: readonly Part[]): VNode => html`<span class="soft small">${parts}</span>`;
export const strong = (...parts: readonly Part[]): VNode => html`<strong>${parts}</strong>`;
export const time = (instant: string): VNode => html`<time datetime=${visible(instant)}>${when(instant)}</time>`;
export const badge = (kind: string, words = kind): VNode => html`<span class=${`badge ${kind}`}>${words}</span>`;
export const changeBadge = (change: Changed['change'] | undefined): Part =>
  change ? badge(change, changeWords(change)) : null;
export const items = (parts: readonly Part[], kind = ''): VNode =>
  html`<ul class=${`list ${kind}`}>
    ${parts.map((part) => html`<li>${part}</li>`)}
  </ul>`;
export const capital = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

/** An id within the page: what links lead to. */
export const anchor = (kind: 'check' | 'finding', id: string): string =>
  `${kind}-${id.slice(0, 100).replaceAll(/[^\w-]/g, '_')}`;

export const JSON_FILE: VNode = html`<a href="findings.json">findings.json</a>`;
export const CSV_FILE: VNode = html`<a href="findings.csv">findings.csv</a>`;

/** What the page does not name. */
export function more(count: number): Part {
  return count > 0
    ? html`<p class="soft">${['and ', number(count), ' more in ', JSON_FILE, ' and ', CSV_FILE]}</p>`
    : null;
}

export function section(id: string, title: string, parts: readonly Part[]): VNode {
  return html`<section id=${id} aria-labelledby=${`${id}-title`}>
    <h2 id=${`${id}-title`}>${title}</h2>
    ${parts}
  </section>`;
}

interface Card {
  readonly id?: string;
  readonly badge: VNode;
  readonly title: Part;
  readonly subtitle?: Part;
  readonly count: Part;
  readonly body: readonly Part[];
}
/** What opens on a click, on Enter, and when a link leads into it. */
export function card({ id, badge: mark, title, subtitle = null, count, body }: Card): VNode {
  const words = html`<span class="title"
    ><h3>${title}</h3>
    ${subtitle === null ? null : soft(subtitle)}</span
  >`;
  const summary = html`<summary><span>${mark}</span>${words}<span class="number">${count}</span></summary>`;
  return html`<details class="card" id=${id}>
    ${summary}
    <div class="body">${body}</div>
  </details>`;
}

/** A table of numbers: the first column names what the others count. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): VNode {
  const head = columns.map((name, index) => html`<th scope="col" class=${index > 0 ? 'n' : ''}>${name}</th>`);
  const body = rows.map(tableRow);
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}

function tableRow([name = '', ...counts]: readonly string[]): VNode {
  const cells = counts.map((count) => html`<td class="n">${count}</td>`);
  return html`<tr>
    ${[html`<th scope="row">${text(name)}</th>`, cells]}
  </tr>`;
}
