import { describe, expect, it } from 'vitest';
import { check, fail, pass, rated, skip, table, unknown } from '../../lib/core/check.ts';
import { type AnyCheck, evaluate, type Inventory } from '../../lib/core/evaluate.ts';
import type { Finding, Json, TypeName } from '../../lib/core/model.ts';
import { ACCOUNT, GAP, inventoryOf, rowOf } from '../support/inventory.ts';

const NOW = new Date('2026-01-02T00:00:00Z');
const meta = { title: 'Things are good', severity: 'high', why: 'why', fix: 'fix' } as const;
/** Test types are not in ResourceTypes: these checks are built past the types on purpose. */
const made = (draft: object): AnyCheck => check({ ...meta, ...draft } as never);
const isGood = made({
  id: 'test-good',
  resource: 'Thing' as TypeName,
  evaluate: (thing: { good: boolean }) => (thing.good ? pass('good') : fail('bad')),
});
const findings = (checks: readonly AnyCheck[], inventory: Inventory): Promise<Finding[]> =>
  Array.fromAsync(evaluate(checks, inventory, NOW));
const statuses = async (checks: readonly AnyCheck[], inventory: Inventory) =>
  (await findings(checks, inventory)).map(({ status }) => status);
const things = (...ids: string[]) => ids.map((id) => rowOf('Thing', id, 'eu-west-1', { good: id !== 'b' }));
const place = { type: 'Thing', region: 'eu-west-1' };

describe('findings', () => {
  it('gives one verdict per check and resource, with identity, severity and time of reading', async () => {
    expect(await findings([isGood], inventoryOf(things('a', 'b'), [place]))).toMatchObject([
      {
        check: 'test-good',
        status: 'PASS',
        severity: 'high',
        resource: { id: 'a', account: ACCOUNT },
        at: '2026-01-01T00:00:00.000Z',
      },
      { status: 'FAIL', message: 'bad', resource: { id: 'b' } },
    ]);
  });

  it.each([
    ['aws', 'SKIP'],
    ['service', 'SKIP'],
    ['landing-zone', 'FAIL'],
  ] as const)('of what %s manages: %s', async (managedBy, status) => {
    const [bad] = things('b');
    const managed = { ...bad!, identity: { ...bad!.identity, managedBy } };
    expect(await findings([isGood], inventoryOf([managed], [place]))).toMatchObject([
      { status, resource: { managedBy } },
    ]);
  });

  it('gives one verdict per variant, with ids of their own', async () => {
    const both = made({
      id: 'test-both',
      resource: 'Thing',
      variants: ['read', 'write'],
      evaluate: (_: object, { variant }: { variant: string }) => pass(variant),
    });
    const found = await findings([both], inventoryOf(things('a'), [place, { type: 'Thing', region: 'x', gap: GAP }]));
    expect(found.map(({ variant, status }) => [variant, status])).toEqual([
      ['read', 'PASS'],
      ['write', 'PASS'],
      ['read', 'UNKNOWN'],
      ['write', 'UNKNOWN'],
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(4);
  });

  it('judges every type that a check names', async () => {
    const two = made({
      id: 'test-two',
      resource: ['Thing', 'Other'],
      evaluate: ({ type }: { type: string }) => pass(type),
    });
    const inventory = inventoryOf(
      [...things('a'), rowOf('Other', 'o', 'eu-west-1')],
      [place, { type: 'Other', region: 'eu-west-1' }],
    );
    expect((await findings([two], inventory)).map(({ message }) => message)).toEqual(['Thing', 'Other']);
  });

  it('moves the severity with a reason', async () => {
    const worse = made({
      id: 'test-rated',
      resource: 'Thing',
      evaluate: () => rated('critical', 'it is public', fail('bad', { open: true })),
    });
    expect(await findings([worse], inventoryOf(things('a'), [place]))).toMatchObject([
      { severity: 'critical', message: 'bad (critical: it is public)', evidence: { open: true } },
    ]);
  });

  it.each([
    ['skip', skip('not here')],
    ['unknown', unknown('cannot be told')],
  ])('passes on %s', async (_name, verdict) => {
    expect(
      await findings(
        [made({ id: 'test-x', resource: 'Thing', evaluate: () => verdict })],
        inventoryOf(things('a'), [place]),
      ),
    ).toMatchObject([verdict]);
  });

  it('hands params and the time of reading to the check: a saved inventory says the same whenever it is judged', async () => {
    const timed = made({
      id: 'test-timed',
      resource: 'Thing',
      params: { days: 3 },
      evaluate: (_: object, { now, params }: { now: Date; params: { days: number } }) =>
        pass(`${now.toISOString()} ${params.days}`),
    });
    expect((await findings([timed], inventoryOf(things('a'), [place])))[0]!.message).toBe('2026-01-01T00:00:00.000Z 3');
  });
});

describe('the basis of a finding', () => {
  const facetted = made({ id: 'test-facet', resource: 'Thing', needs: ['part'], evaluate: () => pass('fine') });
  let count = 0;
  const basisOf = async (base: object, part: Json) => {
    count += 1;
    const row = rowOf('Thing', 'a', 'eu-west-1', base, { part, other: count });
    return (await findings([facetted], inventoryOf([row], [place])))[0]!.basis;
  };
  it('is short: it stands in every finding', async () =>
    expect(await basisOf({ x: 1 }, { y: 1 })).toMatch(/^[\w-]{12}$/));
  it('is the same for the same of what the check can see', async () =>
    expect(await basisOf({ x: 1 }, { y: 1, reportTime: 'a' })).toBe(
      await basisOf({ x: 1 }, { y: 1, reportTime: 'b' }),
    ));
  it.each([
    ['a base field', { x: 2 }, { y: 1 }],
    ['a facet', { x: 1 }, { y: 2 }],
  ])('is another with %s', async (_name, base, part) =>
    expect(await basisOf(base, part)).not.toBe(await basisOf({ x: 1 }, { y: 1 })),
  );
  it('is missing where a whole list could not be read', async () => {
    const [unknownList] = await findings([isGood], inventoryOf([], [{ ...place, gap: GAP }]));
    expect(unknownList).not.toHaveProperty('basis');
  });
});

describe('what another account knows of its organization', () => {
  const OTHER = '444455556666';
  const counts = made({
    id: 'test-counts',
    resource: 'Thing',
    uses: { things: table('Thing' as TypeName) },
    evaluate: (_: object, { things }: { things: { all(): readonly { id: string }[] } }) =>
      pass(
        things
          .all()
          .map(({ id }) => id)
          .join(),
      ),
  });
  const rows = things('a', 'b').map((row) =>
    row.identity.id === 'b' ? { ...row, identity: { ...row.identity, account: OTHER } } : row,
  );
  const cells = [ACCOUNT, OTHER].map((account) => ({ ...place, account, rows: 1 }));
  const shared = (account?: string) => ({ cells, rows: () => rows, ...(account && { account }) });

  it.each([
    [ACCOUNT, ['a']],
    [OTHER, ['b']],
    [undefined, ['a', 'b']],
  ])('is looked up here, and judged there: of %s', async (account, ids) => {
    const found = await findings([counts], shared(account));
    expect(found.map(({ resource, message }) => [resource.id, message])).toEqual(ids.map((id) => [id, 'a,b']));
  });

  it.each([
    [ACCOUNT, ['PASS']],
    [OTHER, ['FAIL', 'UNKNOWN']],
  ])('is missed there alone: of %s', async (account, expected) => {
    const [own, other] = cells;
    expect(await statuses([isGood], { ...shared(account), cells: [own!, { ...other!, gap: GAP }] })).toEqual(expected);
  });
});

describe('ids', () => {
  it('are stable: a change of this value would make every finding of every user new', async () => {
    expect((await findings([isGood], inventoryOf(things('a'), [place])))[0]!.id).toBe('0bcc4386ba72f968');
  });
  it('survive a renamed check', async () => {
    const inventory = inventoryOf(things('a'), [place]);
    const renamed = { ...isGood, id: 'test-renamed', formerly: 'test-good' };
    expect((await findings([renamed], inventory))[0]!.id).toBe((await findings([isGood], inventory))[0]!.id);
  });
  it('differ by region', async () => {
    const same = { identity: { ...rowOf('Thing', 'a', 'r1').identity, arn: 'arn:x' } };
    const rows = ['r1', 'r2'].map((region) => ({
      ...rowOf('Thing', 'a', region, { good: true }),
      identity: { ...same.identity, region },
    }));
    const found = await findings(
      [isGood],
      inventoryOf(rows, [
        { type: 'Thing', region: 'r1' },
        { type: 'Thing', region: 'r2' },
      ]),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });
});

describe('isolation', () => {
  const fragile = made({
    id: 'test-fragile',
    resource: 'Thing',
    evaluate: (thing: { good: boolean }) => {
      if (!thing.good) throw new TypeError('odd');
      return pass('good');
    },
  });
  it('a bug costs one finding and is said', async () => {
    expect(await findings([fragile, isGood], inventoryOf(things('a', 'b', 'c'), [place]))).toMatchObject([
      { status: 'PASS' },
      { status: 'PASS' },
      {
        status: 'UNKNOWN',
        gap: { reason: 'failed', operation: 'test-fragile', detail: 'could not be judged: TypeError: odd' },
      },
      { status: 'FAIL' },
      { status: 'PASS' },
      { status: 'PASS' },
    ]);
  });
  it('whatever is thrown', async () => {
    const odd = made({
      id: 'test-odd',
      resource: 'Thing',
      evaluate: () => {
        throw 'a string'; // eslint-disable-line
      },
    });
    expect(await findings([odd], inventoryOf(things('a'), [place]))).toMatchObject([
      { status: 'UNKNOWN', gap: { detail: 'could not be judged: a string' } },
    ]);
  });
});

describe('gaps', () => {
  it('an unlisted cell is one UNKNOWN per check, of the type in its place', async () => {
    expect(await findings([isGood], inventoryOf([], [{ ...place, gap: GAP }]))).toMatchObject([
      {
        status: 'UNKNOWN',
        message: 'x:Y: access denied',
        gap: GAP,
        resource: { type: 'Thing', id: 'Thing in eu-west-1', region: 'eu-west-1' },
      },
    ]);
  });
  it('a list cut short keeps what it gave', async () => {
    expect(await statuses([isGood], inventoryOf(things('a'), [{ ...place, gap: GAP }]))).toEqual(['PASS', 'UNKNOWN']);
  });
  const needs = made({
    id: 'test-facet',
    resource: 'Thing',
    needs: ['colour'],
    evaluate: ({ colour }: { colour: string }) => pass(colour),
  });
  it.each([
    ['denied', { colour: { gap: GAP } }, GAP],
    [
      'not collected',
      {},
      { reason: 'not-scanned', operation: 'colour', detail: 'this part of the resource was not collected' },
    ],
  ])('a facet that is %s', async (_name, facets, gap) => {
    expect(await findings([needs], inventoryOf([{ ...things('a')[0]!, facets }], [place]))).toMatchObject([
      { status: 'UNKNOWN', gap },
    ]);
  });
  it.each([
    ['read', { value: { a: 'b' } }, { status: 'PASS', message: '{"a":"b"}' }],
    ['denied', { gap: GAP }, { status: 'UNKNOWN', gap: GAP }],
  ])('tags that are a facet and %s, whatever the identity says', async (_name, tags, expected) => {
    const tagged = made({
      id: 'test-tags',
      resource: 'Thing',
      needs: ['tags'],
      evaluate: (thing: { tags: object }) => pass(JSON.stringify(thing.tags)),
    });
    const [row] = things('a');
    const identity = { ...row!.identity, tags: { other: 'x' } };
    expect(await findings([tagged], inventoryOf([{ ...row!, identity, facets: { tags } }], [place]))).toMatchObject([
      expected,
    ]);
  });
  it('a base field that the answer lacked', async () => {
    const row = { ...rowOf('Thing', 'a', 'eu-west-1'), missing: { good: GAP } };
    expect(await findings([isGood], inventoryOf([row], [place]))).toMatchObject([{ status: 'UNKNOWN', gap: GAP }]);
  });
});

describe('lookups', () => {
  const counts = made({
    id: 'test-lookup',
    resource: 'Thing',
    uses: { others: table('Other' as TypeName) },
    evaluate: (_: object, { others }: { others: { all(): readonly { id: string }[] } }) =>
      pass(
        others
          .all()
          .map(({ id }) => id)
          .join(),
      ),
  });
  const others = [rowOf('Other', 'r1', 'r1'), rowOf('Other', 'r2', 'r2')];
  const regional = [
    { type: 'Other', region: 'r1' },
    { type: 'Other', region: 'r2' },
  ];
  const messages = async (thing: string, places: typeof regional & { gap?: typeof GAP }[]) =>
    (
      await findings(
        [counts],
        inventoryOf([rowOf('Thing', 'a', thing), ...others], [{ type: 'Thing', region: thing }, ...places]),
      )
    ).map(({ message }) => message);

  it('a regional resource sees its own region', async () => expect(await messages('r1', regional)).toEqual(['r1']));
  it('an account-wide resource sees every region', async () =>
    expect(await messages('global', regional)).toEqual(['r1,r2']));
  it('account-wide types are seen from everywhere', async () =>
    expect(await messages('r3', [{ type: 'Other', region: 'global' }])).toEqual(['r1,r2']));
  it('a gap elsewhere does not matter', async () =>
    expect(await messages('r1', [regional[0]!, { ...regional[1]!, gap: GAP } as never])).toEqual(['r1']));
  it('a gap in any region matters to an account-wide resource', async () =>
    expect(await messages('global', [regional[0]!, { ...regional[1]!, gap: GAP } as never])).toEqual([
      'x:Y: access denied',
    ]));
  it('a gap in sight does', async () =>
    expect(await messages('r1', [{ ...regional[0]!, gap: GAP } as never])).toEqual(['x:Y: access denied']));
  it('a type that was not planned is not an empty one', async () =>
    expect(await messages('r1', [])).toEqual(['plan: this resource type was not part of the scan']));
  it('of a Region, no more is looked up than its own resources and what is account-wide', async () => {
    const asked: (string | undefined)[] = [];
    const inventory = inventoryOf([...things('a'), ...others], [place, ...regional]);
    const rows = (type: string, region?: string) => {
      if (type === 'Other') asked.push(region);
      return inventory.rows(type, region);
    };
    await findings([counts], { ...inventory, rows });
    expect(asked).toEqual(['eu-west-1']);
  });
  it('what is account-wide is read once for all Regions', async () => {
    const asked: (string | undefined)[] = [];
    const both = ['r1', 'r2'].map((region) => ({ type: 'Thing', region }));
    const inventory = inventoryOf(
      [rowOf('Thing', 'a', 'r1'), rowOf('Thing', 'b', 'r2'), ...others],
      [...both, { type: 'Other', region: 'global' }],
    );
    const rows = (type: string, region?: string) => {
      if (type === 'Other') asked.push(region);
      return inventory.rows(type, region);
    };
    const found = await findings([counts], { ...inventory, rows });
    expect(found.map(({ message }) => message)).toEqual(['r1,r2', 'r1,r2']);
    expect(asked).toEqual([undefined]);
  });
  it('tables are made once per type, facets and region', async () => {
    let loads = 0;
    const inventory = inventoryOf([...things('a', 'b'), ...others], [place, ...regional]);
    const rows = (type: string) => (type === 'Other' && (loads += 1), inventory.rows(type));
    await findings([counts, { ...counts, id: 'test-again' }], { ...inventory, rows });
    expect(loads).toBe(1);
  });
});

describe('a run that must not be believed', () => {
  it('fewer rows than the cells say', async () => {
    const inventory = inventoryOf(things('a', 'b'), [place]);
    await expect(findings([isGood], { ...inventory, rows: () => things('a') })).rejects.toThrow(
      'the inventory is not whole: Thing has 1 rows in eu-west-1, its cells say 2',
    );
  });
  it('a resource of another Region', async () => {
    const rows = () => [rowOf('Thing', 'a', 'eu-north-1')];
    await expect(findings([isGood], { ...inventoryOf(things('a'), [place]), rows })).rejects.toThrow(
      /holds arn:.*Thing\/a of eu-north-1 in eu-west-1/,
    );
  });
  it('a resource twice', async () => {
    await expect(findings([isGood], inventoryOf(things('a', 'a'), [place]))).rejects.toThrow(
      /holds arn:.*Thing\/a in eu-west-1 twice/,
    );
  });
});
