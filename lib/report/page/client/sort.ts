import { type Data, named } from './data.ts';

const SORTS = ['severity', 'check', 'resource', 'place', 'age'] as const;
export type Sort = (typeof SORTS)[number];

/** `age` is by first seen, oldest first; a minus before the name turns it round. Rows come worst first, and equals stay so. */
export function sorted(data: Data, rows: Uint32Array, sort: string): Uint32Array {
  const isReversed = sort.startsWith('-');
  const name = isReversed ? sort.slice(1) : sort;
  if (!(SORTS as readonly string[]).includes(name)) return rows;
  const ranks = ranksOf(data, name as Sort);
  // Rank and row in one number: numbers sort natively, and equals keep their order.
  const keyed = Float64Array.from(rows, (row) => {
    const rank = ranks(row);
    return (isReversed ? 2 ** 22 - rank : rank) * 2 ** 22 + row;
  }).toSorted();
  return Uint32Array.from(keyed, (key) => key % 2 ** 22);
}

function ranksOf(data: Data, sort: Sort): (row: number) => number {
  const { columns, resources } = data;
  if (sort === 'severity') return (row) => columns.severity[row]!;
  if (sort === 'check') {
    const ranks = ranked(data.checks.map(({ title }) => title));
    return (row) => ranks[columns.check[row]!]!;
  }
  if (sort === 'age') {
    const ranks = ranked(data.times);
    return (row) => ranks[columns.firstSeen[row]! - 1] ?? data.times.length;
  }
  const texts =
    sort === 'resource'
      ? resources.id
      : resources.id.map(
          (_, index) =>
            `${named(data.accounts, resources.account[index]!)} ${named(data.regions, resources.region[index]!)}`,
        );
  const ranks = ranked(texts);
  return (row) => ranks[columns.resource[row]!]!;
}

/** The place of each text in their order; equal texts share one. */
function ranked(texts: readonly string[]): Uint32Array {
  const unique = [...new Set(texts)].toSorted();
  const places = new Map(unique.map((text, index) => [text, index]));
  return Uint32Array.from(texts, (text) => places.get(text)!);
}
