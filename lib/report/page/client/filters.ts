import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { changeWord, stateWord } from './words.ts';
import { accountWords, number, visible } from '../../text.ts';
import { capital, linkTo } from '../parts.ts';
import type { Data } from './data.ts';
import { isTyping, replaceHash, useRested } from './hooks.ts';
import { ANY, type Choice, type FacetName, type Found, type Query, SEVERITY_NAMES, wantedOf } from './query.ts';
import type { Route } from './route.ts';

const REST_MS = 120;
const SELECTS: readonly FacetName[] = ['status', 'service', 'account', 'region', 'owner', 'framework', 'change'];
const MEANT: Readonly<Partial<Record<FacetName, string>>> = { framework: 'answers to' };

interface Filtering {
  readonly data: Data;
  readonly route: Route;
  readonly found: Found;
  /** Facets that mean nothing here. */
  readonly without?: readonly FacetName[];
}

/** Everything that narrows the list. It lives in the address alone. */
export function Filters({ data, route, found, without = [] }: Filtering): VNode {
  const set = (changes: Query) => replaceHash(linkTo(route.page, route.id, withChanges(route.query, changes)));
  const isNarrowed = Object.keys(route.query).some((name) => name !== 'sort');
  const names = SELECTS.filter((name) => !without.includes(name) && isChoice(name, found, route.query));
  return html`<form
    class="filters"
    role="search"
    aria-label="Findings"
    onSubmit=${(event: Event) => event.preventDefault()}
  >
    <${Search}
      key=${`${route.page}/${route.id}`}
      value=${route.query['q'] ?? ''}
      onChange=${(q: string) => set({ q })}
    />
    <${Severities}
      query=${route.query}
      choices=${found.choices.severity}
      onChange=${(severity: string) => set({ severity })}
    />
    <div class="selects">
      ${names.map(
        (name) =>
          html`<${Select}
            key=${name}
            name=${name}
            data=${data}
            choices=${found.choices[name]}
            query=${route.query}
            onChange=${(value: string) => set({ [name]: value })}
          />`,
      )}
      ${isNarrowed ? html`<a class="button" href=${linkTo(route.page, route.id)}>Clear</a>` : null}
    </div>
  </form>`;
}

/** Empty values leave the address. */
function withChanges(query: Query, changes: Query): Query {
  return Object.fromEntries(Object.entries({ ...query, ...changes }).filter(([, value]) => value !== ''));
}

/** One account, or no owner at all, is nothing to choose. */
function isChoice(name: FacetName, { choices }: Found, query: Query): boolean {
  return name === 'status' || choices[name].length > 1 || query[name] !== undefined;
}

function Search({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }): VNode {
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const rested = useRested(typed, REST_MS);
  // What the address was last told: its echo must not undo what was typed meanwhile.
  const told = useRef(value);
  useEffect(() => {
    if (rested === told.current || rested !== typed) return;
    told.current = rested;
    onChange(rested);
  }, [rested]);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (typed === '') field.current?.blur();
    setTyped('');
  };
  return html`<label class="search">
    <span class="away">Search</span>
    <input
      ref=${field}
      type="search"
      placeholder="Search names, checks, messages"
      autocomplete="off"
      spellcheck=${false}
      value=${typed}
      onInput=${(event: { currentTarget: HTMLInputElement }) => setTyped(event.currentTarget.value)}
      onKeyDown=${onEscape}
    />
    <kbd aria-hidden="true">/</kbd>
  </label>`;
}

interface Severing {
  readonly query: Query;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}

function Severities({ query, choices, onChange }: Severing): VNode {
  const chosen = wantedOf('severity', query) ?? [];
  const counts = new Map(choices.map(({ value, count }) => [value, count]));
  const toggled = (name: string) => SEVERITY_NAMES.filter((one) => chosen.includes(one) !== (one === name)).join(',');
  return html`<fieldset class="chips">
    <legend class="away">Severity</legend>
    ${SEVERITY_NAMES.filter((name) => counts.has(name)).map(
      (name) =>
        html`<label class=${`chip ${name}`} key=${name}>
          <input type="checkbox" checked=${chosen.includes(name)} onChange=${() => onChange(toggled(name))} />
          <span>${[name, ' ', html`<b>${number(counts.get(name)!)}</b>`]}</span>
        </label>`,
    )}
  </fieldset>`;
}

interface Selecting {
  readonly name: FacetName;
  readonly data: Data;
  readonly choices: readonly Choice[];
  readonly query: Query;
  readonly onChange: (value: string) => void;
}

function Select({ name, data, choices, query, onChange }: Selecting): VNode {
  const chosen = wantedOf(name, query)?.[0] ?? ANY;
  const isDefault = chosen === (name === 'status' ? 'failed' : ANY);
  const change = (value: string) => onChange(value === (name === 'status' ? 'failed' : ANY) ? '' : value);
  return html`<label class=${`select ${isDefault ? '' : 'set'}`}>
    <span>${capital(MEANT[name] ?? name)}</span>
    <select
      value=${chosen}
      onChange=${(event: { currentTarget: HTMLSelectElement }) => change(event.currentTarget.value)}
    >
      <option value=${ANY}>any</option>
      ${choices.map(
        ({ value, count }) =>
          html`<option key=${value} value=${value}>${`${choiceWords(name, value, data)} (${number(count)})`}</option>`,
      )}
    </select>
  </label>`;
}

function choiceWords(name: FacetName, value: string, data: Data): string {
  const { frameworks, checklists } = data;
  if (name === 'status') return stateWord(value);
  if (name === 'change') return changeWord(value);
  if (name === 'account') return visible(accountWords(value, data.accountNames));
  if (name !== 'framework') return visible(value);
  return [...frameworks, ...checklists].find(({ id }) => id === value)?.name ?? value;
}
