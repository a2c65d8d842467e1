import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { number } from '../../text.ts';
import type { PageWaiver } from '../model.ts';
import { badge, linkTo, type Part, soft, text } from '../parts.ts';
import type { Data } from './data.ts';

const WORDS = {
  active: 'in force',
  expiring: 'ends soon',
  expired: 'expired',
  outlived: 'outlived',
  unused: 'covers nothing',
} as const;

/** Accepted risks, and what became of them. */
export function WaiversPage({ data }: { readonly data: Data }): VNode {
  const { waiverUses } = data;
  return html`<section class="page">
    <h1 tabindex="-1">Waivers</h1>
    ${
      waiverUses.length === 0
        ? html`<p class="lead">No risk is accepted.</p>`
        : html`<p class="lead">
              <a href=${linkTo('findings', '', { status: 'waived' })}>Findings that are accepted</a>
            </p>
            <table class="wide">
              <thead>
                <tr>
                  <th scope="col">Status</th>
                  <th scope="col">What is accepted</th>
                  <th scope="col">Why</th>
                  <th scope="col">Owner</th>
                  <th scope="col">Until</th>
                  <th scope="col" class="n">Covers</th>
                </tr>
              </thead>
              <tbody>
                ${waiverUses.map(
                  (use, index) =>
                    html`<tr key=${index}>
                      ${waiverCells(use)}
                    </tr>`,
                )}
              </tbody>
            </table>`
    }
  </section>`;
}

function waiverCells({ waiver, covers, outlived, status }: PageWaiver): Part {
  const { check, resource, owner, reason, ticket, expires, accounts = [], regions = [] } = waiver;
  const limits = [...accounts, ...regions, ...Object.entries(waiver.tags ?? {}).map((tag) => tag.join('='))];
  return [
    html`<td>${badge(status, WORDS[status])}</td>`,
    html`<td>
      ${[html`<code>${text(check)}</code>`, html`<br />`, html`<code>${text(resource, 400)}</code>`]}
      ${limits.length > 0 ? [html`<br />`, soft('only in ', text(limits.join(', '), 400))] : null}
    </td>`,
    html`<td>${[text(reason), ticket ? [html`<br />`, soft(text(ticket))] : null]}</td>`,
    html`<td>${text(owner)}</td>`,
    html`<td>${text(expires)}</td>`,
    html`<td class="n">
      ${[number(covers), outlived > 0 ? [html`<br />`, soft(`${number(outlived)} outlived`)] : null]}
    </td>`,
  ];
}
