import type { Gap, Table } from './model.ts';
import { attempt, Unknown } from './view.ts';

/** Rows plus what is missing from them. Quantifiers follow Kleene's strong three-valued logic. */
export function table<V extends { readonly id: string; readonly arn?: string }>(
  rows: readonly V[],
  missing: Gap | undefined,
): Table<V> {
  let byName: Map<string, V> | undefined;
  const byField = new Map<string, Index<V>>();

  function find(test: (row: V) => boolean, wanted: boolean): boolean {
    let unknown = missing && new Unknown(missing);
    for (const row of rows) {
      const answer = attempt(() => test(row));
      if (answer instanceof Unknown) unknown ??= answer;
      else if (answer === wanted) return true;
    }
    if (unknown) throw unknown;
    return false;
  }

  return {
    get(idOrArn) {
      if (idOrArn === undefined || idOrArn === null) return undefined;
      byName ??= new Map(rows.flatMap((row) => [[row.id, row] as const, [row.arn ?? row.id, row] as const]));
      const row = byName.get(idOrArn);
      if (!row && missing) throw new Unknown(missing);
      return row;
    },
    some: (test) => find(test, true),
    every: (test) => !find(test, false),
    where(test) {
      const kept: V[] = [];
      let gap = missing;
      for (const row of rows) {
        const answer = attempt(() => test(row));
        if (answer instanceof Unknown) gap ??= answer.gap;
        else if (answer) kept.push(row);
      }
      return table(kept, gap);
    },
    having(field, value) {
      if (!byField.has(field)) byField.set(field, indexOf(rows, field, missing));
      const { rowsOf, gap } = byField.get(field)!;
      return table(rowsOf.get(value) ?? [], gap);
    },
    all() {
      if (missing) throw new Unknown(missing);
      return rows;
    },
  };
}

interface Index<V> {
  readonly rowsOf: ReadonlyMap<string, readonly V[]>;
  readonly gap: Gap | undefined;
}

function indexOf<V>(rows: readonly V[], field: keyof V & string, missing: Gap | undefined): Index<V> {
  const rowsOf = new Map<string, V[]>();
  let gap = missing;
  for (const row of rows) {
    const held = attempt(() => row[field]);
    if (held instanceof Unknown) gap ??= held.gap;
    else for (const value of new Set(Array.isArray(held) ? held : [held])) listed(rowsOf, value).push(row);
  }
  return { rowsOf, gap };
}

function listed<V>(rowsOf: Map<string, V[]>, value: string): V[] {
  const list = rowsOf.get(value) ?? [];
  if (list.length === 0) rowsOf.set(value, list);
  return list;
}
