import type { Gap, Identity, Row } from './model.ts';

/** Thrown by reading a gap; caught by the engine and by tables, and by nothing else (lint forbids `try` in checks). */
export class Unknown {
  readonly gap: Gap;
  constructor(gap: Gap) {
    this.gap = gap;
  }
}

/** Runs a question: its answer, or the Unknown that it met. A bug is thrown on. */
export function attempt<R>(run: () => R): R | Unknown {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof Unknown) return thrown;
    throw thrown;
  }
}

function unknowable(gap: Gap): never {
  throw new Unknown(gap);
}

function untagged(identity: Identity): Identity {
  const { tags: _, ...rest } = identity;
  return rest;
}

const ROW = Symbol('row');
type Held = { readonly [ROW]: Row };

/** Builds a factory of views for one selection. Facets are getters on a shared prototype, so 100,000 views stay cheap. */
export function viewer(facets: readonly string[], onRead?: (facet: string) => void): (row: Row) => object {
  const prototype: object = {};
  // Tags that are a facet are read as one: where they could not be read, there must be nothing beside the gap.
  const hasTags = facets.includes('tags');
  for (const facet of facets) {
    Object.defineProperty(prototype, facet, {
      get(this: Held) {
        onRead?.(facet);
        const reading = this[ROW].facets[facet];
        if (reading && 'value' in reading) return reading.value;
        throw new Unknown(
          reading?.gap ?? {
            reason: 'not-scanned',
            operation: facet,
            detail: 'this part of the resource was not collected',
          },
        );
      },
    });
  }
  return (row) => {
    // Without facets nothing of the row is kept but what the view itself shows.
    const view = Object.create(prototype, facets.length > 0 ? { [ROW]: { value: row } } : {}) as object;
    for (const [field, gap] of Object.entries(row.missing ?? {}))
      Object.defineProperty(view, field, { get: () => unknowable(gap) });
    return Object.assign(view, hasTags ? untagged(row.identity) : row.identity, row.base);
  };
}
