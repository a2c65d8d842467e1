import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { accountWords, number } from '../../text.ts';
import { jsonParts } from '../evidence.ts';
import { badge, linkTo, type Part, soft, stackedBar, text } from '../parts.ts';
import type { PageCheck } from '../model.ts';
import { Command, CopyButton } from './copy.ts';
import { type Data, named } from './data.ts';
import { block, factList, mappingsOf, readsOf } from './facts.ts';
import { Filters } from './filters.ts';
import { FindingTable } from './findings.ts';
import { find } from './query.ts';
import type { Route } from './route.ts';
import { managerWord } from './words.ts';

interface Viewing {
  readonly data: Data;
  readonly route: Route;
}

/** One check: why, how to fix, and everything that it found. */
export function CheckPage({ data, route }: Viewing): VNode {
  const index = data.checks.findIndex(({ id }) => id.toWellFormed() === route.id);
  const found = useMemo(
    () => find(data, route.query, (row) => data.columns.check[row] === index),
    [data, route, index],
  );
  const check = data.checks[index];
  if (!check) return notFound(`No check ${route.id} ran`);
  return html`<section class="page">
    <p class="marks">${[badge(check.severity), soft(text(check.id))]}</p>
    <h1 tabindex="-1">${text(check.title)}</h1>
    <div class="split">
      <div>
        ${check.why ? block('Why it matters', html`<p>${text(check.why)}</p>`) : null}
        ${check.fix ? block('How to fix it', html`<${Command} value=${check.fix} label="the command" />`) : null}
      </div>
      <aside aria-label="Facts">${[verdicts(check), factList(factsOf(data, check))]}</aside>
    </div>
    <${Filters} data=${data} route=${route} found=${found} without=${['service', 'framework']} />
    <${FindingTable} data=${data} route=${route} found=${found} isOfOneCheck=${true} />
  </section>`;
}

const KINDS = [
  ['FAIL', 'failed'],
  ['UNKNOWN', 'not judged'],
  ['waived', 'accepted'],
  ['PASS', 'passed'],
  ['SKIP', 'did not apply'],
] as const;

/** How all of its verdicts came out, those that the page does not list too. */
function verdicts({ counts }: PageCheck): Part {
  const words = KINDS.filter(([kind]) => counts[kind] > 0).map(([kind, word]) => `${number(counts[kind])} ${word}`);
  return [
    stackedBar(KINDS.map(([kind]) => [kind, counts[kind]])),
    html`<p class="small">${words.join(', ') || 'It met nothing to judge.'}</p>`,
  ];
}

function factsOf(data: Data, check: PageCheck): readonly (readonly [string, Part])[] {
  const { id, params, version } = check;
  return [
    ...readsOf(check),
    ...(Object.keys(params).length > 0 ? ([['Parameters', jsonParts(params)]] as const) : []),
    ...mappingsOf(data, id),
    ...(version ? ([['Version', html`<code>${text(version)}</code>`]] as const) : []),
  ];
}

/** One resource, and everything that was found about it. */
export function ResourcePage({ data, route }: Viewing): VNode {
  const index = data.resources.arn.findIndex((arn) => arn.toWellFormed() === route.id);
  const query = { status: 'all', ...route.query };
  const found = useMemo(() => find(data, query, (row) => data.columns.resource[row] === index), [data, route, index]);
  if (index === -1) return notFound('Nothing is wrong with this resource, or it is not in this run');
  const { resources } = data;
  const arn = resources.arn[index]!;
  const manager = managerWord(resources.manager[index]!);
  return html`<section class="page">
    <p class="marks">${soft(text(named(data.types, resources.type[index]!)))}</p>
    <h1 tabindex="-1">${text(resources.id[index]! || arn, 300)}</h1>
    ${factList([
      ['ARN', [html`<code>${text(arn, 2048)}</code>`, ' ', html`<${CopyButton} value=${arn} label="the ARN" />`]],
      ['Account', text(accountWords(named(data.accounts, resources.account[index]!), data.accountNames))],
      ['Region', text(named(data.regions, resources.region[index]!))],
      ...(manager ? ([['Managed by', manager]] as const) : []),
    ])}
    <${Filters}
      data=${data}
      route=${{ ...route, query }}
      found=${found}
      without=${['service', 'account', 'region', 'owner', 'framework']}
    />
    <${FindingTable} data=${data} route=${route} found=${found} isOfOneResource=${true} />
  </section>`;
}

export function notFound(words: string): VNode {
  return html`<section class="page">
    <h1 tabindex="-1">${words}</h1>
    <p><a href=${linkTo('findings')}>All findings</a></p>
  </section>`;
}
