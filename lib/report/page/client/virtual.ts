import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from '@tanstack/virtual-core';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { number } from '../../text.ts';
import { isTyping, useMedia } from './hooks.ts';
import { memory } from './memory.ts';

/** Rows on paper; nobody reads more of them there. */
const PRINTED = 500;
const PHONE = '(max-width: 44rem)';

interface List {
  readonly count: number;
  /** Heights of a row in rem: on a wide screen, and on a telephone. */
  readonly heights: readonly [wide: number, narrow: number];
  readonly label: string;
  readonly columns: VNode;
  /** The cells of a row; the first link in them is what Enter follows. */
  readonly cells: (index: number) => VNode;
}

/** A table of any length: only the rows in sight are in the document. The page itself scrolls. j and k go from row to row. */
export function VirtualTable({ count, heights, label, columns, cells }: List): VNode {
  const isPrinting = useMedia('print');
  const size = useRem() * heights[useMedia(PHONE) ? 1 : 0];
  const body = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer(count, size, useTop(body));
  useRowKeys(count, body, virtualizer);
  const rows = isPrinting
    ? Array.from({ length: Math.min(count, PRINTED) }, (_, index) => ({ index, start: index * size }))
    : virtualizer.getVirtualItems().filter(({ index }) => index < count);
  const offset = (rows[0]?.start ?? 0) - (isPrinting ? 0 : virtualizer.options.scrollMargin);
  return html`<div class="table" role="table" aria-label=${label} aria-rowcount=${count + 1}>
    <div class="head" role="rowgroup">
      <div class="row" role="row" aria-rowindex="1">${columns}</div>
    </div>
    <div class="rows" role="rowgroup" ref=${body} style=${{ height: isPrinting ? 'auto' : `${count * size}px` }}>
      <div style=${{ transform: `translateY(${offset}px)` }}>
        ${rows.map(
          ({ index }) =>
            html`<div
              class="row"
              role="row"
              key=${index}
              data-index=${index}
              aria-rowindex=${index + 2}
              style=${{ height: `${size}px` }}
            >
              ${cells(index)}
            </div>`,
        )}
      </div>
    </div>
    ${
      isPrinting && count > PRINTED
        ? html`<p class="soft">${`and ${number(count - PRINTED)} more: on the screen, and in findings.csv`}</p>`
        : null
    }
  </div>`;
}

function useVirtualizer(count: number, size: number, scrollMargin: number): Virtualizer<Window, Element> {
  const [, redraw] = useReducer<number, unknown>((times) => times + 1, 0);
  const options: VirtualizerOptions<Window, Element> = {
    count,
    estimateSize: () => size,
    scrollMargin,
    overscan: 8,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: () => scrollY,
    scrollPaddingStart: 8 * parseFloat(getComputedStyle(document.documentElement).fontSize),
    scrollPaddingEnd: 32,
    onChange: redraw,
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  // The library names so what its adapters are to call.
  /* oxlint-disable no-underscore-dangle */
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  /* oxlint-enable no-underscore-dangle */
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);
  return virtualizer;
}

/** Where the rows begin in the document; what stands above them may grow and shrink. */
function useTop(body: { readonly current: HTMLElement | null }): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const now = Math.round((body.current?.getBoundingClientRect().top ?? 0) + scrollY);
    if (now !== top) setTop(now);
  });
  return top;
}

function useRem(): number {
  const [rem] = useState(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  return rem;
}

/** j and k, and the arrows once a row has the focus. */
function useRowKeys(
  count: number,
  body: { readonly current: HTMLElement | null },
  virtualizer: Virtualizer<Window, Element>,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = stepOf(event, body.current);
      if (step === 0 || count === 0) return;
      event.preventDefault();
      const next = Math.min(count - 1, Math.max(0, memory.activeRow + step));
      memory.activeRow = next;
      virtualizer.scrollToIndex(next, { align: 'auto' });
      focusRow(body, next);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [count, virtualizer, body]);
}

function stepOf(event: KeyboardEvent, body: HTMLElement | null): number {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return 0;
  if (event.key === 'j') return 1;
  if (event.key === 'k') return -1;
  if (!body?.contains(document.activeElement)) return 0;
  if (event.key === 'ArrowDown') return 1;
  return event.key === 'ArrowUp' ? -1 : 0;
}

const TRIES = 20;

/** The row may not be in the document yet: it is drawn after the scrolling. */
function focusRow(body: { readonly current: HTMLElement | null }, index: number, tries = TRIES): void {
  const link = body.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
  if (link) link.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusRow(body, index, tries - 1));
}
