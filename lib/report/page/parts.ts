import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { cut, visible, when } from '../text.ts';

/** The small parts of the page, on the server and in the browser. Spaces between parts are strings: line ends in a template are no spaces. */

export type Part = VNode | string | null | readonly Part[];

const TEXT_MAX = 1000;

/** Text of others: one visible line of bounded length, kept apart from the direction of what surrounds it. */
export const text = (value: string, max = TEXT_MAX): VNode => html`<bdi>${cut(visible(value), max)}</bdi>`;
export const soft = (...parts: readonly Part[]): VNode => html`<span class="soft small">${parts}</span>`;
export const strong = (...parts: readonly Part[]): VNode => html`<strong>${parts}</strong>`;
export const time = (instant: string): VNode => html`<time datetime=${visible(instant)}>${when(instant)}</time>`;
export const badge = (kind: string, words = kind): VNode => html`<span class=${`badge ${kind}`}>${words}</span>`;
export const capital = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
export const linkTo = (page: string, id = '', query: Readonly<Record<string, string>> = {}): string => {
  const path = id === '' ? page : `${page}/${encodeURIComponent(id.toWellFormed())}`;
  const search = new URLSearchParams(query).toString();
  return `#/${path}${search === '' ? '' : `?${search}`}`;
};

/** A share of a line that is filled; the words beside it say the same. Attributes, for the page's policy forbids styles. */
export function bar(share: number, kind = 'good'): VNode {
  const rect = html`<rect class=${kind} width=${(share * 100).toFixed(2)} height="4" />`;
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${rect}</svg>`;
}

/** Several counts as parts of one line. */
export function stackedBar(counts: readonly (readonly [kind: string, count: number])[]): VNode {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let x = 0;
  const rects = counts.map(([kind, count]) => {
    const width = total === 0 ? 0 : (count / total) * 100;
    const rect = html`<rect class=${kind} x=${x.toFixed(2)} width=${width.toFixed(2)} height="4" />`;
    x += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`;
}
