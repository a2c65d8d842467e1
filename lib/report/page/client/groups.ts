import type { Data } from './data.ts';

/** Findings of one check or of one resource. */
export interface Group {
  /** The check or resource, as the data number it. */
  readonly key: number;
  readonly rows: readonly number[];
  /** How many of each severity, worst first. */
  readonly counts: readonly number[];
  readonly news: number;
}

/** Worst first: by the severities from the top. */
export function groupsBy(data: Data, rows: Uint32Array, column: 'check' | 'resource'): readonly Group[] {
  const keys = data.columns[column];
  const byKey = Map.groupBy(rows, (row) => keys[row]!);
  return [...byKey].map(([key, own]) => groupOf(data, key, own)).toSorted(worstFirst);
}

const NEWS = 3;

function groupOf({ columns }: Data, key: number, rows: readonly number[]): Group {
  const counts = [0, 0, 0, 0, 0];
  let news = 0;
  for (const row of rows) {
    counts[columns.severity[row]!]! += 1;
    const change = columns.change[row]!;
    // New, worse, no longer waived.
    if (change > 0 && change <= NEWS) news += 1;
  }
  return { key, rows, counts, news };
}

function worstFirst(a: Group, b: Group): number {
  const at = a.counts.findIndex((count, index) => count !== b.counts[index]);
  return at === -1 ? a.rows[0]! - b.rows[0]! : b.counts[at]! - a.counts[at]!;
}
