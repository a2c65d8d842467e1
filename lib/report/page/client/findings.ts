import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { number, plural } from '../../text.ts';
import { linkTo, type Part } from '../parts.ts';
import { checkGroupCells, type Column, findingCells, headCells, resourceGroupCells } from './cells.ts';
import { type Data } from './data.ts';
import { Filters } from './filters.ts';
import { groupsBy } from './groups.ts';
import { memory } from './memory.ts';
import { find, type Found } from './query.ts';
import type { Route } from './route.ts';
import { VirtualTable } from './virtual.ts';

const HEIGHTS = [3.5, 6.5] as const;
const VIEWS = [
  ['findings', 'One by one'],
  ['checks', 'By check'],
  ['resources', 'By resource'],
] as const;

interface Viewing {
  readonly data: Data;
  readonly route: Route;
}

/** All findings: one by one, by check, or by resource. */
export function FindingsPage({ data, route }: Viewing): VNode {
  const found = useMemo(() => find(data, route.query), [data, route]);
  return html`<section class="page">
    <div class="title">
      <h1 tabindex="-1">Findings</h1>
      <nav class="views" aria-label="Grouping">
        ${VIEWS.map(
          ([page, name]) =>
            html`<a
              key=${page}
              href=${linkTo(page, '', route.query)}
              aria-current=${page === route.page ? 'page' : undefined}
              >${name}</a
            >`,
        )}
      </nav>
    </div>
    <${Filters} data=${data} route=${route} found=${found} />
    ${route.page === 'findings' ? html`<${FindingTable} data=${data} route=${route} found=${found} />` : null}
    ${route.page === 'checks' ? html`<${CheckTable} data=${data} route=${route} found=${found} />` : null}
    ${route.page === 'resources' ? html`<${ResourceTable} data=${data} route=${route} found=${found} />` : null}
  </section>`;
}

interface Listing extends Viewing {
  readonly found: Found;
  readonly isOfOneCheck?: boolean;
  readonly isOfOneResource?: boolean;
}

/** Findings, one a row; what is opened from here leads on to its neighbours. */
export function FindingTable({ data, route, found, isOfOneCheck = false, isOfOneResource = false }: Listing): VNode {
  const { rows } = found;
  useEffect(() => {
    memory.list = linkTo(route.page, route.id, route.query);
    memory.rows = rows;
    memory.activeRow = -1;
  }, [rows, route]);
  const side: Column = isOfOneCheck ? ['side', 'Owner'] : ['side', 'Resource', 'resource'];
  const names: readonly Column[] = [
    ['mark', 'Severity', 'severity'],
    isOfOneCheck ? ['main', 'Resource', 'resource'] : ['main', 'Finding', 'check'],
    ...(isOfOneResource ? [] : [side]),
    ['place', 'Where', 'place'],
    ['age', 'First seen', 'age'],
  ];
  return html`<div class=${isOfOneResource ? 'narrow' : ''}>
    ${countLine(rows.length, plural(rows.length, 'finding'), data)}
    <${VirtualTable}
      count=${rows.length}
      heights=${HEIGHTS}
      label="Findings"
      columns=${headCells(route, names)}
      cells=${(index: number) => findingCells(data, rows[index]!, isOfOneCheck, isOfOneResource)}
    />
  </div>`;
}

function CheckTable({ data, route, found }: Listing): VNode {
  const groups = useMemo(() => groupsBy(data, found.rows, 'check'), [data, found]);
  useListMemory(route);
  const names = [
    ['mark', 'Worst'],
    ['main', 'Check'],
    ['side', 'Severities'],
    ['place', ''],
    ['age number', 'Findings'],
  ] as const;
  return html`<div>
    ${countLine(groups.length, `${plural(groups.length, 'check')}, ${plural(found.rows.length, 'finding')}`, data)}
    <${VirtualTable}
      count=${groups.length}
      heights=${HEIGHTS}
      label="Checks with findings"
      columns=${headCells(route, names)}
      cells=${(index: number) => checkGroupCells(data, groups[index]!, route.query)}
    />
  </div>`;
}

function ResourceTable({ data, route, found }: Listing): VNode {
  const groups = useMemo(() => groupsBy(data, found.rows, 'resource'), [data, found]);
  useListMemory(route);
  const names = [
    ['mark', 'Worst'],
    ['main', 'Resource'],
    ['side', 'Severities'],
    ['place', 'Where'],
    ['age number', 'Findings'],
  ] as const;
  return html`<div>
    ${countLine(groups.length, `${plural(groups.length, 'resource')}, ${plural(found.rows.length, 'finding')}`, data)}
    <${VirtualTable}
      count=${groups.length}
      heights=${HEIGHTS}
      label="Resources with findings"
      columns=${headCells(route, names)}
      cells=${(index: number) => resourceGroupCells(data, groups[index]!)}
    />
  </div>`;
}

function useListMemory(route: Route): void {
  useEffect(() => {
    memory.list = linkTo(route.page, route.id, route.query);
    memory.rows = new Uint32Array();
    memory.activeRow = -1;
  }, [route]);
}

function countLine(count: number, words: string, { leftOut }: Data): Part {
  const hidden =
    leftOut > 0 ? `; ${number(leftOut)} more, the mildest, are in findings.json alone: this page holds no more` : '';
  return html`<p class="soft small result" role="status">
    ${count === 0 ? `Nothing found${hidden}` : `${words}${hidden}`}
  </p>`;
}
