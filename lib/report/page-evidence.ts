import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Json } from '../core/model.ts';
import { type Part, soft, text } from './page-parts.ts';
import { cut, number, visible } from './text.ts';

const EVIDENCE_MAX = 2000;

/** JSON that opens below its label; nothing where there is none. */
export function evidence(label: string, json: Json | undefined): Part {
  if (json === undefined || json === null || isEmpty(json)) return null;
  const body = JSON.stringify(json).length > EVIDENCE_MAX ? beginning(json) : value(json);
  return html`<details class="evidence">
    <summary class="small">${label}</summary>
    ${body}
  </details>`;
}

const isEmpty = (json: Json): boolean => typeof json === 'object' && Object.keys(json ?? {}).length === 0;

/** Too large to be laid out. */
function beginning(json: Json): Part {
  const all = JSON.stringify(json, null, 2);
  const start = cut(all, EVIDENCE_MAX).split('\n').map(visible).join('\n');
  return [
    html`<pre>${start}</pre>`,
    html`<p>${soft(number(all.length), ' characters in all; they are in findings.json')}</p>`,
  ];
}

/** Fields as terms, lists as lists. */
function value(json: Json | undefined): VNode {
  if (json === undefined || json === null) return html`<span class="soft">none</span>`;
  if (typeof json !== 'object') return html`<code>${text(String(json))}</code>`;
  if (isEmpty(json)) return html`<span class="soft">empty</span>`;
  if (isList(json)) return list(json);
  return html`<dl>
    ${Object.entries(json).map(([name, field]) => [html`<dt>${text(name, 200)}</dt>`, html`<dd>${value(field)}</dd>`])}
  </dl>`;
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

function list(entries: readonly Json[]): VNode {
  const isShort = entries.every((entry) => typeof entry !== 'object');
  if (isShort) return html`<span>${entries.map((entry, index) => [index > 0 ? ', ' : '', value(entry)])}</span>`;
  return html`<ol>
    ${entries.map((entry) => html`<li>${value(entry)}</li>`)}
  </ol>`;
}
