import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { accountWords, number, percent, plural } from '../../text.ts';
import { badge, bar, linkTo, type Part, soft, text } from '../parts.ts';
import type { PageGap, PlaceCounts } from '../model.ts';
import { Command } from './copy.ts';
import type { Data } from './data.ts';
import { block } from './facts.ts';

const NAMED = 200;
const IAM_ACTION = /^[a-z0-9-]+:[A-Za-z0-9]+$/;

/** What was not seen, why, and what would open it. */
export function CoveragePage({ data }: { readonly data: Data }): VNode {
  const { gaps, regained, services, calls, accountNames } = data;
  const places = data.places.map((place) => ({ ...place, name: accountWords(place.name, accountNames) }));
  const total = services.reduce((sum, { judged, unknown }) => sum + judged + unknown, 0);
  const unknown = services.reduce((sum, service) => sum + service.unknown, 0);
  return html`<section class="page">
    <h1 tabindex="-1">Coverage</h1>
    <p class="lead">
      ${
        unknown === 0
          ? `Everything that was asked could be judged: ${plural(total, 'verdict')}.`
          : `${number(unknown)} of ${number(total)} could not be judged, for ${plural(gaps.length, 'cause')}. Nothing of it counts as passed, nor as failed.`
      }
    </p>
    ${gaps.length > 0 ? block('Causes', gapTable(data, gaps)) : null} ${opensAll(gaps)}
    ${regained.length > 0 ? block('Seen again since the last run', regainedList(data)) : null}
    <div class="columns">
      ${block('Services', placeTable('Service', services))}
      ${block(data.accounts.length > 1 ? 'Accounts' : 'Regions', placeTable(data.accounts.length > 1 ? 'Account' : 'Region', places))}
      ${calls.length > 0 ? block('Calls to AWS', callTable(data)) : null}
    </div>
  </section>`;
}

/** The statement that would let the role read what it was denied. */
function opensAll(gaps: readonly PageGap[]): Part {
  const denied = gaps.filter(({ reason, operation }) => reason === 'denied' && IAM_ACTION.test(operation));
  const actions = [...new Set(denied.map(({ operation }) => operation))].toSorted();
  if (actions.length === 0) return null;
  const findings = denied.reduce((sum, gap) => sum + gap.findings, 0);
  const statement = JSON.stringify({ Effect: 'Allow', Action: actions, Resource: '*' }, null, 2);
  return block(`To judge ${number(findings)} more`, [
    html`<p>${'Allow the role that reads:'}</p>`,
    html`<${Command} value=${statement} label="the statement" />`,
    html`<p>
      ${soft('A denial may come from somewhere else than the role: from the policy of a resource or of a key, or of the organisation.')}
    </p>`,
  ]);
}

function gapTable(data: Data, gaps: readonly PageGap[]): Part {
  return [
    html`<table class="wide">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">What was asked</th>
          <th scope="col">What would open it</th>
          <th scope="col">Where</th>
          <th scope="col" class="n">Not judged</th>
        </tr>
      </thead>
      <tbody>
        ${gaps.slice(0, NAMED).map(
          (gap, index) =>
            html`<tr key=${index}>
              ${gapCells(data, gap)}
            </tr>`,
        )}
      </tbody>
    </table>`,
    gaps.length > NAMED
      ? html`<p class="soft">${`and ${number(gaps.length - NAMED)} more causes in findings.json`}</p>`
      : null,
  ];
}

function gapCells(
  data: Data,
  { reason, operation, detail, opens, isNew, findings, checks, regions, accounts }: PageGap,
): Part {
  const where = [regions.join(', '), data.accounts.length > 1 ? plural(accounts.length, 'account') : ''].filter(
    Boolean,
  );
  return [
    html`<td>${[badge('unknown', reason), isNew ? [' ', badge('change unseen', 'new')] : null]}</td>`,
    html`<td>
      ${[html`<code>${text(operation)}</code>`, html`<br />`, soft(text(detail, 300))]}
      <details>
        <summary class="small">${plural(checks.length, 'check')}</summary>
        <ul class="plain small">
          ${checks.map(
            (check) =>
              html`<li key=${check}><a href=${linkTo('check', check, { status: 'unknown' })}>${text(check)}</a></li>`,
          )}
        </ul>
      </details>
    </td>`,
    html`<td>${text(opens)}</td>`,
    html`<td>${text(where.join('; '), 400)}</td>`,
    html`<td class="n">${number(findings)}</td>`,
  ];
}

function regainedList({ regained }: Data): Part {
  return html`<ul class="plain">
    ${regained
      .slice(0, NAMED)
      .map(
        ({ operation, detail }, index) =>
          html`<li key=${index}>${[html`<code>${text(operation)}</code>`, ' ', soft(text(detail, 300))]}</li>`,
      )}
  </ul>`;
}

function placeTable(what: string, places: readonly PlaceCounts[]): Part {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${what}</th>
        <th scope="col" class="n">Judged</th>
        <th scope="col" class="n">Not judged</th>
        <th scope="col" class="n">Coverage</th>
      </tr>
    </thead>
    <tbody>
      ${places.map(({ name, judged, unknown }) => {
        const share = judged / (judged + unknown);
        return html`<tr key=${name}>
          <th scope="row">${[text(name), bar(share)]}</th>
          <td class="n">${number(judged)}</td>
          <td class="n">${number(unknown)}</td>
          <td class="n">${percent(share)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function callTable({ calls }: Data): Part {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Service</th>
        <th scope="col" class="n">Calls</th>
        <th scope="col" class="n">Throttled</th>
      </tr>
    </thead>
    <tbody>
      ${calls.map(
        (call) =>
          html`<tr key=${call.service}>
            <th scope="row">${text(call.service)}</th>
            <td class="n">${number(call.calls)}</td>
            <td class="n">${number(call.throttled)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
