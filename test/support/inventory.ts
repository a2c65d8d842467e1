import type { Inventory } from '../../lib/core/evaluate.ts';
import type { Cell, Gap, Json, Row } from '../../lib/core/model.ts';

export const ACCOUNT = '111122223333';
export const GAP: Gap = { reason: 'denied', operation: 'x:Y', detail: 'access denied' };

/** A row of a test type, with every facet read. */
export function rowOf(
  type: string,
  id: string,
  region: string,
  base: object = {},
  facets: Record<string, Json> = {},
): Row {
  return {
    identity: { type, id, arn: `arn:aws:test:${region}:${ACCOUNT}:${type}/${id}`, account: ACCOUNT, region },
    at: '2026-01-01T00:00:00.000Z',
    base,
    facets: Object.fromEntries(Object.entries(facets).map(([name, value]) => [name, { value }])),
  };
}

/** An inventory in memory. Cells count their rows themselves; `isGlobal` types have one account-wide cell. */
export function inventoryOf(rows: readonly Row[], places: readonly Omit<Cell, 'rows' | 'account'>[]): Inventory {
  const isIn = (row: Row, { type, region }: Omit<Cell, 'rows' | 'account'>) =>
    row.identity.type === type && (region === 'global' || row.identity.region === region);
  return {
    cells: places.map((place) => ({ ...place, account: ACCOUNT, rows: rows.filter((row) => isIn(row, place)).length })),
    rows: (type, region = 'global') => rows.filter((row) => isIn(row, { type, region })),
  };
}
