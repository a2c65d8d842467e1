import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check, fail, pass, table } from '../../lib/core/check.ts';
import { type AnyCheck, evaluate, type Inventory } from '../../lib/core/evaluate.ts';
import { allOf, anyOf } from '../../lib/core/logic.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import type { Row, Table, TypeName } from '../../lib/core/model.ts';
import { ACCOUNT, GAP, inventoryOf, rowOf } from '../support/inventory.ts';

interface Thing {
  readonly id: string;
  readonly good: boolean;
  readonly ref: string;
  readonly list: readonly string[];
  readonly colour: string;
}
type Ask = (thing: Thing, others: Table<Thing>) => boolean;

/** One check per way of asking; together they use everything that a check can ask with. */
const QUESTIONS: Readonly<Record<string, Ask>> = {
  base: (thing) => thing.good,
  facet: (thing) => thing.colour === 'red',
  get: (thing, others) => others.get(thing.ref)?.good === true,
  some: (_, others) => others.some(({ good }) => good),
  every: (_, others) => others.every(({ colour }) => colour === 'red'),
  none: (_, others) => !others.some(({ colour }) => colour === 'red'),
  where: (thing, others) => others.where(({ ref }) => ref === thing.id).some(({ good }) => good),
  nested: (_, others) => others.where(({ good }) => good).every(({ ref }) => others.get(ref) !== undefined),
  having: (thing, others) => others.having('list', thing.id).every(({ good }) => good),
  count: (_, others) => others.where(({ good }) => good).all().length > 1,
  either: (thing, others) =>
    anyOf(
      () => thing.good,
      () => others.some(({ colour }) => colour === 'red'),
    ),
  both: (thing, others) =>
    allOf(
      () => others.every(({ good }) => good),
      () => thing.colour === 'red',
    ),
  witness: (_, others) => witnesses(['a', 'b'], (id) => others.get(id)?.good === true).length > 0,
};
const checks: readonly AnyCheck[] = Object.entries(QUESTIONS).map(([name, ask]) =>
  check({
    id: `test-${name}`,
    title: '',
    severity: 'low',
    why: '',
    fix: '',
    resource: 'Thing' as TypeName,
    needs: ['colour'],
    uses: { others: table('Other' as TypeName, 'colour' as never) },
    evaluate: ((thing: Thing, { others }: { others: Table<Thing> }) =>
      ask(thing, others) ? pass('') : fail('')) as never,
  } as never),
);

const REGIONS = ['r1', 'r2'];
const PLACES = ['Thing', 'Other'].flatMap((type) => REGIONS.map((region) => ({ type, region })));
const id = fc.constantFrom('a', 'b', 'c');
const row = fc
  .record({
    type: fc.constantFrom('Thing', 'Other'),
    region: fc.constantFrom(...REGIONS),
    id,
    good: fc.boolean(),
    ref: id,
    list: fc.array(id, { maxLength: 2 }),
    colour: fc.constantFrom('red', 'blue'),
  })
  .map(({ type, region, id, good, ref, list, colour }) => rowOf(type, id, region, { good, ref, list }, { colour }));
const rows = fc.uniqueArray(row, { selector: ({ identity }) => identity.arn, maxLength: 10 });

/** Hides the listing of a cell, a facet, or a field of a row, as chance chooses. */
interface Loss {
  readonly cells: readonly number[];
  readonly parts: readonly { readonly row: number; readonly part: 'good' | 'ref' | 'list' | 'colour' }[];
  readonly isCutShort: boolean;
}
const loss: fc.Arbitrary<Loss> = fc.record({
  cells: fc.uniqueArray(fc.nat({ max: PLACES.length - 1 }), { maxLength: 2 }),
  parts: fc.array(fc.record({ row: fc.nat({ max: 9 }), part: fc.constantFrom('good', 'ref', 'list', 'colour') }), {
    maxLength: 4,
  }),
  isCutShort: fc.boolean(),
});

function withLoss(all: readonly Row[], { cells, parts, isCutShort }: Loss): Inventory {
  const lost = PLACES.filter((_, index) => cells.includes(index));
  const isLost = ({ identity }: Row) =>
    lost.some(({ type, region }) => identity.type === type && identity.region === region);
  // A list that was cut short keeps every second row; a denied one keeps none.
  const kept = all.filter((one, index) => !isLost(one) || (isCutShort && index % 2 === 0));
  const hidden = kept.map((one, index) =>
    parts.filter((part) => part.row === index).reduce((before, { part }) => hide(before, part), one),
  );
  return inventoryOf(
    hidden,
    PLACES.map((place) => (lost.includes(place) ? { ...place, gap: GAP } : place)),
  );
}

function hide(one: Row, part: string): Row {
  if (part === 'colour') return { ...one, facets: { colour: { gap: GAP } } };
  const { [part]: _, ...base } = one.base as Record<string, unknown>;
  return { ...one, base, missing: { ...one.missing, [part]: GAP } };
}

async function verdicts(inventory: Inventory) {
  return Array.fromAsync(evaluate(checks, inventory, new Date('2026-01-01T00:00:00Z')));
}

it('less knowledge never changes an answer into another answer, only into UNKNOWN; and nothing goes missing', async () => {
  let same = 0;
  let lost = 0;
  await fc.assert(
    fc.asyncProperty(rows, loss, async (all, losing) => {
      const full = new Map((await verdicts(inventoryOf(all, PLACES))).map((finding) => [finding.id, finding.status]));
      const partial = withLoss(all, losing);
      const after = await verdicts(partial);
      for (const { id, status } of after) {
        if (status === 'UNKNOWN') lost += 1;
        else {
          same += 1;
          expect(status).toBe(full.get(id));
        }
      }
      const ownCells = partial.cells.filter(({ type }) => type === 'Thing');
      const planned = ownCells.reduce((sum, cell) => sum + cell.rows + (cell.gap ? 1 : 0), 0) * checks.length;
      expect(after).toHaveLength(planned);
      expect(new Set(after.map((finding) => finding.id)).size).toBe(planned);
      for (const { resource } of after) expect(resource.account).toBe(ACCOUNT);
    }),
    { numRuns: 600 },
  );
  expect(same).toBeGreaterThan(1000);
  expect(lost).toBeGreaterThan(1000);
});
