import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { number } from '../../text.ts';
import { evidenceParts } from '../evidence.ts';
import { type Details, WAIVER_ENDS } from '../model.ts';
import { badge, linkTo, type Part, soft, text } from '../parts.ts';
import { changeBadge, severityBadge, stateBadge } from './cells.ts';
import { Command } from './copy.ts';
import { type Data, detailsAt, type Row, rowOf } from './data.ts';
import { block, factList } from './facts.ts';
import { factsOf, othersPart, tagsPart } from './finding-facts.ts';
import { isTyping } from './hooks.ts';
import { memory } from './memory.ts';

interface Viewing {
  readonly data: Data;
  readonly id: string;
}

/** One finding: what is the case, what shows it, why it matters, how to repair it. */
export function FindingPage({ data, id }: Viewing): VNode {
  const row = data.ids.indexOf(id);
  useFindingKeys(data, row);
  const details = useDetails(data, row);
  if (row === -1) return missing(data, id);
  const finding = rowOf(data, row);
  const { check, name, label, message, variant, change } = finding;
  return html`<article class="page finding">
    <div class="title">
      <p class="marks">
        ${[stateBadge(finding), finding.state === 'failed' ? null : severityBadge(finding.severity), changeBadge(change)]}
        ${soft(text(check.id))}
      </p>
      ${steps(data, row)}
    </div>
    <h1 tabindex="-1">${text(check.title)}</h1>
    <p class="lead">
      ${[html`<b>${text(name, 300)}</b>`, label ? [' ', soft(text(label, 300))] : null, ': ', variant ? [text(variant), ': '] : null, text(message)]}
    </p>
    <div class="split">
      <div>
        ${[waiverPart(data, row), gapPart(data, row), evidencePart(details), whyPart(finding), fixPart(finding)]}
      </div>
      <aside aria-label="Facts">
        ${factList(factsOf(data, finding, details))} ${tagsPart(details)} ${othersPart(data, finding)}
      </aside>
    </div>
  </article>`;
}

/** Undefined until they are there; null where the page does not hold them. */
function useDetails(data: Data, row: number): Details | null | undefined {
  const [details, setDetails] = useState<{ row: number; value: Details | null }>();
  useEffect(() => {
    if (row === -1) return undefined;
    let isWanted = true;
    void (async () => {
      const value = (await detailsAt(data, row)) ?? null;
      if (isWanted) setDetails({ row, value });
    })();
    return () => {
      isWanted = false;
    };
  }, [data, row]);
  return details?.row === row ? details.value : undefined;
}

function useFindingKeys(data: Data, row: number): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') location.hash = memory.list;
      const step = { j: 1, k: -1 }[event.key] ?? 0;
      const next = step === 0 ? undefined : neighbourOf(row, step);
      if (next !== undefined) location.hash = linkTo('finding', data.ids[next]);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [data, row]);
}

function neighbourOf(row: number, step: number): number | undefined {
  const at = memory.rows.indexOf(row);
  return at === -1 ? undefined : memory.rows[at + step];
}

function steps(data: Data, row: number): VNode {
  const at = memory.rows.indexOf(row);
  const step = (offset: number, words: string) => {
    const next = neighbourOf(row, offset);
    return next === undefined ? null : html`<a class="button" href=${linkTo('finding', data.ids[next])}>${words}</a>`;
  };
  return html`<nav class="steps" aria-label="Neighbours">
    <span class="soft small">${at === -1 ? '' : `${number(at + 1)} of ${number(memory.rows.length)}`}</span>
    ${step(-1, 'Previous')} ${step(1, 'Next')}
    <a class="button" href=${memory.list}>Back to the list</a>
  </nav>`;
}

function missing({ leftOut }: Data, id: string): VNode {
  const why =
    leftOut > 0
      ? `It may be one of the ${number(leftOut)} mildest that did not fit into the page: they are in findings.json.`
      : 'It passes now, does not apply, or its resource is gone: findings.json and the page of changes tell.';
  return html`<section class="page">
    <h1 tabindex="-1">Not among the findings of this run</h1>
    <p>${[html`<code>${text(id, 100)}</code>`, ` ${why}`]}</p>
    <p><a href="#/changes">What changed</a></p>
  </section>`;
}

function waiverPart({ waivers, columns }: Data, row: number): Part {
  const waiver = waivers[columns.waiver[row]! - 1];
  const end = WAIVER_ENDS[columns.waiverEnd[row]! - 1];
  if (waiver) {
    const { owner, reason, ticket, expires } = waiver;
    return block('Accepted risk', [
      html`<p>${text(reason)}</p>`,
      html`<p>${soft('accepted by ', text(owner), ' until ', text(expires), ticket ? [', ', text(ticket)] : null)}</p>`,
    ]);
  }
  return end ? block('A waiver that names it does not cover it', html`<p>${ENDS[end]}</p>`) : null;
}
const ENDS = {
  expired: 'It expired.',
  outlived: 'What was accepted is not what is found now.',
  removed: 'It was taken out.',
} as const;

function gapPart({ gaps, columns }: Data, row: number): Part {
  const gap = gaps[columns.gap[row]! - 1];
  if (!gap) return null;
  return block('Why it could not be judged', [
    html`<p>
      ${[badge('unknown', gap.reason), ' ', html`<code>${text(gap.operation)}</code>`, ' ', text(gap.detail)]}
    </p>`,
    html`<p>${['To see it: ', text(gap.opens)]}</p>`,
  ]);
}

function evidencePart(details: Details | null | undefined): Part {
  if (details === undefined) return block('Evidence', html`<p class="soft">…</p>`);
  if (details === null)
    return block('Evidence', html`<p class="soft">It did not fit into the page: findings.json has it.</p>`);
  return details[0] ? block('Evidence', evidenceParts(details[0])) : null;
}

function whyPart({ check }: Row): Part {
  return check.why ? block('Why it matters', html`<p>${text(check.why)}</p>`) : null;
}

function fixPart({ check, state }: Row): Part {
  if (!check.fix || state === 'resolved') return null;
  return block('How to fix it', html`<${Command} value=${check.fix} label="the command" />`);
}
