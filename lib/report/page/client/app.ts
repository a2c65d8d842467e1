import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { ChangesPage } from './changes.ts';
import { CheckPage, notFound, ResourcePage } from './check.ts';
import { CoveragePage } from './coverage.ts';
import type { Data } from './data.ts';
import { FindingPage } from './finding.ts';
import { FindingsPage } from './findings.ts';
import { DocumentsPage } from './frameworks.ts';
import { useRoute } from './hooks.ts';
import type { Route } from './route.ts';
import { WaiversPage } from './waivers.ts';

/** The part of the page's navigation that each page belongs to. */
const PARTS: Readonly<Record<string, string>> = {
  '': 'summary',
  summary: 'summary',
  findings: 'findings',
  checks: 'findings',
  resources: 'findings',
  finding: 'findings',
  check: 'findings',
  resource: 'findings',
};

const TITLE = document.title;

export function App({ data }: { readonly data: Data }): VNode | null {
  const route = useRoute();
  const part = PARTS[route.page] ?? route.page;
  useEffect(() => {
    document.title = part === 'summary' ? TITLE : `${pageName(route)} - ${TITLE}`;
    document.querySelector('#summary')!.toggleAttribute('hidden', part !== 'summary');
    markCurrent(`#/${part}`);
  }, [route.page, route.id]);
  return part === 'summary' ? null : pageOf(data, route);
}

/** On a telephone the parts are wider than the screen: the current one comes into sight. */
function markCurrent(href: string): void {
  for (const link of document.querySelectorAll('#parts a')) {
    const isCurrent = link.getAttribute('href') === href;
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
    if (isCurrent) link.scrollIntoView({ block: 'nearest', inline: 'center' });
  }
}

function pageName({ page, id }: Route): string {
  return id === '' ? page : `${page} ${id}`;
}

function pageOf(data: Data, route: Route): VNode {
  const { page, id } = route;
  const key = `${page}/${id}`;
  if (page === 'findings' || page === 'checks' || page === 'resources')
    return html`<${FindingsPage} key="findings" data=${data} route=${route} />`;
  if (page === 'finding') return html`<${FindingPage} key=${key} data=${data} id=${id} />`;
  if (page === 'check') return html`<${CheckPage} key=${key} data=${data} route=${route} />`;
  if (page === 'resource') return html`<${ResourcePage} key=${key} data=${data} route=${route} />`;
  if (page === 'changes') return html`<${ChangesPage} data=${data} />`;
  if (page === 'coverage') return html`<${CoveragePage} data=${data} />`;
  if (page === 'frameworks' || page === 'checklists')
    return html`<${DocumentsPage} key=${key} data=${data} route=${route} />`;
  if (page === 'waivers') return html`<${WaiversPage} data=${data} />`;
  return notFound('There is no such page');
}
