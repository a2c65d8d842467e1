import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Json } from '../../core/model.ts';
import { number, visible } from '../text.ts';
import type { Evidence } from './model.ts';
import { type Part, soft, text } from './parts.ts';

/** What a verdict rests on, laid out; the beginning of it where it is very large. */
export function evidenceParts(evidence: Evidence): Part {
  if ('value' in evidence) return jsonParts(evidence.value);
  const lines = evidence.beginning.split('\n').map(visible).join('\n');
  return [
    html`<pre>${lines}</pre>`,
    html`<p>${soft(number(evidence.length), ' characters in all; they are in findings.json')}</p>`,
  ];
}

/** Fields as terms, lists as lists. */
export function jsonParts(json: Json | undefined): VNode {
  if (json === undefined || json === null) return html`<span class="soft">none</span>`;
  if (typeof json !== 'object') return html`<code>${text(String(json), 4000)}</code>`;
  if (Object.keys(json).length === 0) return html`<span class="soft">empty</span>`;
  if (isList(json)) return list(json);
  return html`<dl class="fields">
    ${Object.entries(json).map(([name, field]) => [
      html`<dt>${text(name, 200)}</dt>`,
      html`<dd>${jsonParts(field)}</dd>`,
    ])}
  </dl>`;
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

function list(entries: readonly Json[]): VNode {
  const isShort = entries.every((entry) => typeof entry !== 'object');
  if (isShort) return html`<span>${entries.map((entry, index) => [index > 0 ? ', ' : '', jsonParts(entry)])}</span>`;
  return html`<ol>
    ${entries.map((entry) => html`<li>${jsonParts(entry)}</li>`)}
  </ol>`;
}
