import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { number, plural } from '../../text.ts';
import { badge, linkTo, type Part, soft, stackedBar, text } from '../parts.ts';
import type { Answering } from '../../../run/model.ts';
import { type Answer, ANSWER_WORDS, ANSWERS, standingOf } from './answers.ts';
import { notFound } from './check.ts';
import type { Data } from './data.ts';
import type { Route } from './route.ts';

interface Viewing {
  readonly data: Data;
  readonly route: Route;
}

/** Every framework or checklist with how its requirements stand. */
export function DocumentsPage({ data, route }: Viewing): VNode {
  const isChecklists = route.page === 'checklists';
  if (route.id !== '') return isChecklists ? checklist(data, route.id) : framework(data, route.id);
  const documents = isChecklists
    ? data.checklists.map(({ id, name, lines }) => ({ id, name, parts: lines }))
    : data.frameworks.map(({ id, name, requirements }) => ({ id, name, parts: requirements }));
  const what = isChecklists ? 'line' : 'requirement';
  return html`<section class="page">
    <h1 tabindex="-1">${isChecklists ? 'Checklists' : 'Frameworks'}</h1>
    <p class="soft">
      ${`A ${what} stands as the worst verdict of its checks. ${isChecklists ? 'A line without checks is answered by another route.' : 'Requirements that no check speaks to are not listed here.'}`}
    </p>
    <ul class="cards">
      ${documents.map(
        ({ id, name, parts }) =>
          html`<li key=${id} class="card">
            <h2><a href=${linkTo(route.page, id)}>${text(name)}</a></h2>
            ${standings(data, parts, what)}
          </li>`,
      )}
    </ul>
  </section>`;
}

function standings(data: Data, parts: readonly Answering[], what: string): Part {
  const counts = new Map<Answer, number>();
  for (const part of parts) {
    const { answer } = standingOf(data, part);
    counts.set(answer, (counts.get(answer) ?? 0) + 1);
  }
  const words = ANSWERS.filter((answer) => counts.has(answer)).map(
    (answer) => `${number(counts.get(answer)!)} ${ANSWER_WORDS[answer]}`,
  );
  return [
    stackedBar(ANSWERS.map((answer) => [answer, counts.get(answer) ?? 0])),
    html`<p class="small">${`${plural(parts.length, what)}: ${words.join(', ')}`}</p>`,
  ];
}

function framework(data: Data, id: string): VNode {
  const found = data.frameworks.find((one) => one.id === id);
  if (!found) return notFound(`No framework ${id}`);
  return html`<section class="page">
    <p class="marks"><a href="#/frameworks">Frameworks</a></p>
    <h1 tabindex="-1">${text(found.name)}</h1>
    <div class="card">${standings(data, found.requirements, 'requirement')}</div>
    <table class="wide">
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">Stands</th>
          <th scope="col">Checks</th>
        </tr>
      </thead>
      <tbody>
        ${found.requirements.map(
          (requirement) =>
            html`<tr key=${requirement.ref}>
              <th scope="row">${text(requirement.ref)}</th>
              <td>${standing(data, requirement)}</td>
              <td>${checkLinks(data, requirement)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function checklist(data: Data, id: string): VNode {
  const found = data.checklists.find((one) => one.id === id);
  if (!found) return notFound(`No checklist ${id}`);
  const sections = [...Map.groupBy(found.lines, ({ section }) => section)];
  return html`<section class="page">
    <p class="marks"><a href="#/checklists">Checklists</a></p>
    <h1 tabindex="-1">${text(found.name)}</h1>
    <div class="card">${standings(data, found.lines, 'line')}</div>
    ${sections.map(
      ([name, lines]) =>
        html`<h2 key=${name}>${text(name)}</h2>
          <table class="wide lines">
            <colgroup>
              <col class="ref" />
              <col />
              <col class="stands" />
              <col class="checks" />
            </colgroup>
            <thead class="away">
              <tr>
                <th scope="col">Line</th>
                <th scope="col">What is asked</th>
                <th scope="col">Stands</th>
                <th scope="col">Checks</th>
              </tr>
            </thead>
            <tbody>
              ${lines.map(
                (line) =>
                  html`<tr key=${line.ref}>
                    <th scope="row">${text(line.ref)}</th>
                    <td>${[text(line.label), html`<br />`, soft(routeWords(line.routes))]}</td>
                    <td>${standing(data, line)}</td>
                    <td>${checkLinks(data, line)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`,
    )}
  </section>`;
}

const OWN_ROUTE = 'AWS API';

/** Whether the AWS API can answer it at all, alone, or with something else. */
function routeWords(routes: readonly string[]): string {
  const others = routes.filter((route) => route !== OWN_ROUTE).join(', ');
  if (others === '') return 'answered from the AWS API';
  if (!routes.includes(OWN_ROUTE)) return `not answered from the AWS API: by ${others}`;
  return routes[0] === OWN_ROUTE
    ? `answered from the AWS API, and by ${others}`
    : `by ${others}; the AWS API answers a part`;
}

function standing(data: Data, part: Answering): Part {
  const { answer, failed, unknown } = standingOf(data, part);
  const counts = [failed > 0 ? `${number(failed)} failed` : '', unknown > 0 ? `${number(unknown)} not judged` : ''];
  return [badge(answer, ANSWER_WORDS[answer]), html`<br />`, soft(counts.filter(Boolean).join(', '))];
}

function checkLinks({ checks }: Data, { checks: ids, notAsked }: Answering): Part {
  const counts = new Map(checks.map((check) => [check.id, check.counts]));
  const items = ids.map((id) => {
    const { FAIL = 0, UNKNOWN = 0 } = counts.get(id) ?? {};
    const status = FAIL === 0 && UNKNOWN > 0 ? 'unknown' : '';
    const link = html`<a href=${linkTo('check', id, status ? { status } : {})}>${text(id)}</a>`;
    return html`<li key=${id}>${[link, FAIL > 0 ? [' ', html`<b class="fails">${number(FAIL)}</b>`] : null]}</li>`;
  });
  return [
    items.length > 0
      ? html`<ul class="plain small">
          ${items}
        </ul>`
      : null,
    notAsked > 0 ? soft(`${plural(notAsked, 'check')}${ids.length > 0 ? ' more' : ''} not in this run`) : null,
  ];
}
