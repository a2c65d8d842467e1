import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { plural } from '../../text.ts';
import type { PageCheck } from '../model.ts';
import { linkTo, type Part, text } from '../parts.ts';
import type { Data } from './data.ts';

/** Names and what they stand for. */
export function factList(facts: readonly (readonly [name: string, value: Part])[]): VNode {
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div key=${name}>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The frameworks and checklists that a check answers to, with its requirements there. */
export function mappingsOf({ frameworks, checklists }: Data, check: string): readonly (readonly [string, Part])[] {
  const refsIn = (parts: readonly { readonly ref: string; readonly checks: readonly string[] }[]) =>
    parts.filter(({ checks }) => checks.includes(check)).map(({ ref }) => ref);
  const all = [
    ...frameworks.map(({ id, name, requirements }) => ({ page: 'frameworks', id, name, refs: refsIn(requirements) })),
    ...checklists.map(({ id, name, lines }) => ({ page: 'checklists', id, name, refs: refsIn(lines) })),
  ].filter(({ refs }) => refs.length > 0);
  if (all.length === 0) return [];
  const items = all.map(
    ({ page, id, name, refs }) =>
      html`<li key=${id}>${[html`<a href=${linkTo(page, id)}>${text(name)}</a>`, ' ', text(refs.join(', '))]}</li>`,
  );
  return [
    [
      'Answers to',
      html`<ul class="plain">
        ${items}
      </ul>`,
    ],
  ];
}

const FEW = 3;

/** The IAM actions that a check reads with. */
export function readsOf({ reads }: Pick<PageCheck, 'reads'>): readonly (readonly [string, Part])[] {
  if (reads.length === 0) return [];
  const words = text(reads.join(', '), 4000);
  if (reads.length <= FEW) return [['Read with', words]];
  return [
    [
      'Read with',
      html`<details>
        <summary>${plural(reads.length, 'permission')}</summary>
        ${words}
      </details>`,
    ],
  ];
}

/** A titled part of a page. */
export const block = (title: string, body: Part): VNode =>
  html`<section class="block">
    <h2>${title}</h2>
    ${body}
  </section>`;
