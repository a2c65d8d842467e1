import { html } from 'htm/preact';
import { accountWords, ago, number, visible } from '../../text.ts';
import { jsonParts } from '../evidence.ts';
import type { Details } from '../model.ts';
import { linkTo, type Part, text, time } from '../parts.ts';
import { stateBadge } from './cells.ts';
import { CopyButton } from './copy.ts';
import { type Data, type Row, rowOf } from './data.ts';
import { factList, mappingsOf, readsOf } from './facts.ts';
import { managerWord } from './words.ts';

/** What is known of a finding besides what it says. */
export function factsOf(
  data: Data,
  finding: Row,
  details: Details | null | undefined,
): readonly (readonly [string, Part])[] {
  const { arn, type, account, region, owner, firstSeen, at, check, id, resource } = finding;
  const manager = managerWord(data.resources.manager[resource]!);
  const cause = details?.[2];
  const params = Object.keys(check.params).length > 0;
  return [
    ['Resource', html`<a href=${linkTo('resource', arn)}>${text(finding.name, 300)}</a>`],
    ['ARN', [html`<code>${text(arn, 2048)}</code>`, ' ', html`<${CopyButton} value=${arn} label="the ARN" />`]],
    ['Type', text(type)],
    ['Account', text(accountWords(account, data.accountNames))],
    ['Region', text(region)],
    ...(owner ? ([['Owner', text(owner)]] as const) : []),
    ...(manager ? ([['Managed by', manager]] as const) : []),
    ...(firstSeen ? ([['First seen', [time(firstSeen), agoWords(firstSeen, data)]]] as const) : []),
    ['Read at', time(at)],
    ...readsOf(check),
    ...(cause ? ([['Changed because', text(cause)]] as const) : []),
    ['Check', html`<a href=${linkTo('check', check.id)}>${text(check.id)}</a>`],
    ...(params ? ([['Parameters', jsonParts(check.params)]] as const) : []),
    ...mappingsOf(data, check.id),
    [
      'Finding',
      [html`<code>${text(id, 100)}</code>`, ' ', html`<${CopyButton} value=${id} label="the id of the finding" />`],
    ],
    [
      'Link',
      html`<${CopyButton}
        value=${`${location.href.split('#', 1)[0]}${linkTo('finding', id)}`}
        label="a link to this finding"
      />`,
    ],
  ];
}

function agoWords(instant: string, { endedAt }: Data): string {
  const words = ago(instant, endedAt);
  return words ? ` (${words})` : '';
}

export function tagsPart(details: Details | null | undefined): Part {
  const tags = Object.entries(details?.[1] ?? {});
  if (tags.length === 0) return null;
  return html`<h2>Tags</h2>
    ${factList(tags.map(([key, value]) => [visible(key) || '(no key)', text(value)] as const))}`;
}

/** What else is known of the same resource. */
export function othersPart(data: Data, { row, resource, arn }: Row): Part {
  const others: number[] = [];
  for (const [other, own] of data.columns.resource.entries()) if (own === resource && other !== row) others.push(other);
  if (others.length === 0) return null;
  return html`<h2>${'Also on this resource'}</h2>
    <ul class="plain">
      ${others.slice(0, OTHERS).map((other) => {
        const { id, check, state, severity } = rowOf(data, other);
        return html`<li key=${id}>
          ${[stateBadge({ state, severity }), ' ', html`<a href=${linkTo('finding', id)}>${text(check.title)}</a>`]}
        </li>`;
      })}
      ${
        others.length > OTHERS
          ? html`<li><a href=${linkTo('resource', arn)}>${`and ${number(others.length - OTHERS)} more`}</a></li>`
          : null
      }
    </ul>`;
}
const OTHERS = 8;
