import { describe, expect, it } from 'vitest';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type {
  Check,
  Gap,
  Identity,
  Json,
  Params,
  Row,
  Severity,
  TypeName,
  Use,
  Verdict,
  View,
} from '../../lib/core/model.ts';
import { table } from '../../lib/core/table.ts';
import { attempt, Unknown, viewer } from '../../lib/core/view.ts';

type Sees<T extends TypeName, K extends string> = T extends TypeName
  ? Omit<View<T, K>, keyof Identity> & Partial<Identity<T>>
  : never;
type Rows<U> = { [A in keyof U]?: U[A] extends Use<infer T, infer K> ? readonly Sees<T, K>[] : never };
interface Case<T extends TypeName, K extends string, U, P> {
  readonly name: string;
  readonly resource: Sees<T, K>;
  readonly with?: Rows<U>;
  readonly params?: Partial<P>;
  readonly variant?: string;
  readonly message?: string | RegExp;
  readonly evidence?: Json;
  /** Where evidence moves the severity; undefined for the check's own. */
  readonly severity?: Severity | undefined;
}
type AnyCase = Case<never, string, Record<string, unknown>, Params>;
type List<T extends TypeName, K extends string, U, P> = readonly Case<T, K, U, P>[];

/** The time of every case. */
export const NOW = new Date('2026-01-01T00:00:00Z');
const GAP: Gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' };

/**
 * A table of cases for one check. For every case it also withholds each thing that the case holds, one at a time (a facet, a
 * table, a field of the resource, a field of a looked-up row): the verdict may become UNKNOWN or stay, but never change into another.
 */
export function cases<T extends TypeName, K extends string, U, P extends Params>(
  check: Check<T, K, U, P>,
  expected: { pass: List<T, K, U, P>; fail: List<T, K, U, P>; skip?: List<T, K, U, P>; unknown?: List<T, K, U, P> },
): void {
  const all = Object.entries(expected).flatMap(([status, list]) =>
    list.map((one) => ({ status: status.toUpperCase(), one: one as unknown as AnyCase })),
  );
  describe(check.id, () => {
    it('has cases that pass and cases that fail', () => {
      expect(expected.pass.length).toBeGreaterThan(0);
      expect(expected.fail.length).toBeGreaterThan(0);
    });
    it.each(all.map(({ status, one }) => [status, one.name, one] as const))('%s: %s', (status, _name, one) => {
      const verdict = run(check, one);
      expect(verdict).toMatchObject({ status });
      if (one.message) expect(verdict.message).toMatch(one.message);
      if ('evidence' in one) expect(verdict.evidence).toEqual(one.evidence);
      if ('severity' in one) expect(verdict.severity).toBe(one.severity);
      for (const withheld of withholdable(check, one)) {
        expect([status, 'UNKNOWN'], `without ${withheld.join('.')}`).toContain(run(check, one, withheld).status);
      }
    });
    it('has no duplicate case', () => {
      const keys = all.map(({ one }) => JSON.stringify([one.resource, one.with, one.params, one.variant]));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    });
    it('reads all that it asks for', () => {
      const read = new Set<string>();
      for (const { one } of all) run(check, one, [], (name) => read.add(name));
      expect([...read].toSorted()).toEqual([...check.needs, ...Object.keys(check.uses as object)].toSorted());
    });
  });
}

/** A path to something the case holds: [facet or field], [table], [table, row, field]. */
type Path = readonly (string | number)[];

function withholdable(check: AnyCheck, one: AnyCase): Path[] {
  const tables = Object.keys(check.uses as object);
  const needs = check.needs as readonly string[];
  const fields = Object.keys(one.resource).filter((field) => needs.includes(field) || !(field in IDENTITY));
  const inRows = tables.flatMap((name) =>
    rowsOf(one, name).flatMap((row, index) =>
      Object.keys(row)
        .filter((field) => !(field in IDENTITY))
        .map((field) => [name, index, field]),
    ),
  );
  return [...fields.map((field) => [field]), ...tables.map((name) => [name]), ...inRows];
}

function run(check: AnyCheck, one: AnyCase, withheld: Path = [], onRead?: (name: string) => void): Verdict {
  const [first, index, field] = withheld;
  const view = viewer(check.needs, onRead)(row(check.resource[0]!, one.resource, check.needs, first as string));
  const tables = Object.fromEntries(
    Object.entries(check.uses as Record<string, Use>).map(([name, use]) => {
      const isWithheld = name === first && index === undefined;
      const rows = rowsOf(one, name).map((r, i) =>
        row(use.type, r, use.facets, name === first && i === index ? (field as string) : undefined),
      );
      const real = table(
        isWithheld ? [] : (rows.map(viewer(use.facets)) as { id: string }[]),
        isWithheld ? GAP : undefined,
      );
      return [name, new Proxy(real, { get: (t, p) => (onRead?.(name), Reflect.get(t, p) as unknown) })];
    }),
  );
  const context = {
    now: NOW,
    params: { ...check.params, ...one.params },
    variant: one.variant ?? check.variants[0],
    ...tables,
  };
  const result = attempt(() => check.evaluate(view as never, context as never));
  return result instanceof Unknown ? { status: 'UNKNOWN', message: result.gap.detail } : result;
}

const rowsOf = (one: AnyCase, name: string) =>
  ((one.with as Record<string, object[]> | undefined)?.[name] ?? []) as object[];

const IDENTITY: Identity = {
  type: '',
  id: 'id',
  arn: 'arn:aws:test:::id',
  account: '111122223333',
  region: 'eu-west-1',
  tags: {},
};

function row(type: string, given: object, facets: readonly string[], withheld?: string): Row {
  const { tags: _, ...identity } = IDENTITY;
  const base = Object.fromEntries(
    Object.entries(given).filter(([name]) => !facets.includes(name) && name !== withheld),
  );
  const own = Object.fromEntries(Object.entries(base).filter(([name]) => name in IDENTITY));
  const read = (name: string) =>
    name === withheld ? { gap: GAP } : { value: (given as Record<string, unknown>)[name] };
  return {
    identity: { ...identity, type, ...own },
    at: NOW.toISOString(),
    base,
    facets: Object.fromEntries(facets.map((name) => [name, read(name)])),
    ...(withheld !== undefined && withheld in given && !facets.includes(withheld) && { missing: { [withheld]: GAP } }),
  };
}
