import { beforeEach, describe, expect, it } from 'vitest';
import { check, fail, pass } from '../../lib/core/check.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Cell } from '../../lib/core/model.ts';
import type { Waiver } from '../../lib/core/waivers.ts';
import { compareRuns } from '../../lib/run/compare.ts';
import { evaluateAccount } from '../../lib/run/evaluate.ts';
import type { Report } from '../../lib/run/model.ts';
import { publish } from '../../lib/run/publish.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { keys } from '../../lib/store/store.ts';
import { ACCOUNT, GAP, inventoryOf, rowOf } from '../support/inventory.ts';

const PLACE = { type: 'Test::Thing', region: 'eu-west-1' };
const judge = (fields: object = {}): AnyCheck => ({
  ...check({
    id: 'test-thing-small',
    title: 'Things are small',
    severity: 'high',
    why: 'Big things break.',
    fix: 'aws test shrink',
    resource: 'Test::Thing' as never,
    params: { max: 5 },
    evaluate: ({ size }: { size: number }, { params }: { params: { max: number } }) =>
      size <= params.max ? pass('small', { size }) : fail('big', { size }),
  } as never),
  version: 'v1',
  ...fields,
});
const waiver: Waiver = {
  check: 'test-*',
  resource: 'a',
  owner: 'web',
  reason: 'must be big',
  expires: '2026-01-02',
};

interface Night {
  readonly sizes?: Readonly<Record<string, number>>;
  readonly places?: readonly Omit<Cell, 'rows' | 'account'>[];
  readonly checks?: readonly AnyCheck[];
  readonly waivers?: readonly Waiver[];
}
let store = memoryStore();
let day = 0;
beforeEach(() => {
  store = memoryStore();
  day = 0;
});

async function night({ sizes = {}, places = [PLACE], checks = [judge()], waivers = [] }: Night): Promise<Report> {
  day += 1;
  const date = `2026-01-0${day}`;
  const now = new Date(`${date}T03:00:00Z`);
  const run = { date, run: `r${day}` };
  const rows = Object.entries(sizes).map(([id, size]) => rowOf('Test::Thing', id, 'eu-west-1', { size }));
  await evaluateAccount(ACCOUNT, inventoryOf(rows, places), { store, run, checks, now, waivers });
  const regions = places.map(({ region }) => region);
  const scope = { partition: 'aws', accounts: [ACCOUNT], regions, filters: {} };
  return publish({ store, run, tool: 'ronda', startedAt: now.toISOString(), now, scope, checks, calls: [] });
}

const told = ({ findings }: Report) =>
  findings.filter(({ change }) => change).map(({ resource, change, cause }) => [resource.id, change, cause]);

describe('the second night says why', () => {
  const big = { kind: 'resource-changed', before: { size: 3 }, after: { size: 9 } };
  const small = { kind: 'resource-changed', before: { size: 9 }, after: { size: 3 } };
  it.each<[name: string, first: Night, second: Night, changes: unknown[]]>([
    ['a resource was changed', { sizes: { a: 3 } }, { sizes: { a: 9 } }, [['a', 'new', big]]],
    ['a resource was repaired', { sizes: { a: 9 } }, { sizes: { a: 3 } }, [['a', 'resolved', small]]],
    ['a resource was created', {}, { sizes: { a: 9 } }, [['a', 'new', { kind: 'resource-created' }]]],
    [
      'a list was not whole before',
      { places: [{ ...PLACE, gap: GAP }] },
      { sizes: { a: 9 } },
      [['a', 'new', { kind: 'coverage-regained' }]],
    ],
    [
      'a region was not looked at before',
      { places: [{ ...PLACE, region: 'us-east-1' }] },
      { sizes: { a: 9 } },
      [['a', 'new', { kind: 'scope-changed' }]],
    ],
    ['a check is new', { sizes: { a: 9 }, checks: [] }, { sizes: { a: 9 } }, [['a', 'new', { kind: 'check-added' }]]],
    [
      'a check was changed',
      { sizes: { a: 9 }, checks: [judge({ evaluate: () => pass('fine') })] },
      { sizes: { a: 9 }, checks: [judge({ version: 'v2' })] },
      [['a', 'new', { kind: 'check-changed' }]],
    ],
    [
      'a parameter was changed',
      { sizes: { a: 4 } },
      { sizes: { a: 4 }, checks: [judge({ params: { max: 2 } })] },
      [['a', 'new', { kind: 'parameter-changed', before: { max: 5 }, after: { max: 2 } }]],
    ],
    [
      'a waiver began',
      { sizes: { a: 9 } },
      { sizes: { a: 9 }, waivers: [waiver] },
      [
        [
          'a',
          'waived',
          { kind: 'waiver-began', waiver: { owner: 'web', reason: 'must be big', expires: '2026-01-02' } },
        ],
      ],
    ],
    ['nothing changed', { sizes: { a: 9, b: 1 } }, { sizes: { a: 9, b: 2 } }, []],
  ])('%s', async (_name, first, second, changes) => {
    await night(first);
    expect(told(await night(second))).toEqual(changes);
    expect(await differences()).toEqual(changes);
  });
});

/** What comparing the two stored runs says. */
const differences = async () =>
  (await compareRuns(store, { date: '2026-01-01', run: 'r1' }, { date: '2026-01-02', run: 'r2' })).map(
    ({ finding, change, cause }) => [finding.resource.id, change, cause],
  );

describe('two stored runs compared', () => {
  const list = 'Test::Thing in eu-west-1';
  it.each<[name: string, first: Night, second: Night, changes: unknown[]]>([
    ['a resource is gone', { sizes: { a: 9 } }, {}, [['a', 'resolved', { kind: 'resource-deleted' }]]],
    ['a good resource is gone', { sizes: { a: 1 } }, {}, []],
    [
      'a list cannot be read any more',
      { sizes: { a: 9 } },
      { places: [{ ...PLACE, gap: GAP }] },
      [[list, 'unseen', { kind: 'coverage-lost', gap: GAP }]],
    ],
    ['a list cannot be read still', { places: [{ ...PLACE, gap: GAP }] }, { places: [{ ...PLACE, gap: GAP }] }, []],
    ['a region is not looked at any more', { sizes: { a: 9 } }, { places: [] }, []],
    ['a check does not run any more', { sizes: { a: 9 } }, { checks: [] }, []],
    [
      'it got worse',
      { sizes: { a: 8 }, checks: [judge({ severity: 'low' })] },
      { sizes: { a: 9 } },
      [['a', 'worse', { kind: 'resource-changed', before: { size: 8 }, after: { size: 9 } }]],
    ],
    ['it got better', { sizes: { a: 8 } }, { sizes: { a: 9 }, checks: [judge({ severity: 'low' })] }, []],
    [
      'a waiver was taken out',
      { sizes: { a: 9 }, waivers: [waiver] },
      { sizes: { a: 9 } },
      [['a', 'unwaived', { kind: 'waiver-ended', why: 'removed' }]],
    ],
    ['a waiver holds', { sizes: { a: 9 }, waivers: [waiver] }, { sizes: { a: 9 }, waivers: [waiver] }, []],
  ])('%s', async (_name, first, second, changes) => {
    await night(first);
    await night(second);
    expect(await differences()).toEqual(changes);
  });
});

it('a waiver holds on its last day and ends on the next', async () => {
  const nights: unknown[] = [];
  for (const _ of [1, 2, 3, 4]) nights.push(told(await night({ sizes: { a: 9 }, waivers: [waiver] })));
  const ended = { kind: 'waiver-ended', why: 'expired' };
  expect(nights).toEqual([[], [], [['a', 'unwaived', ended]], []]);
});

it('a resource that is gone, and one that cannot be listed any more', async () => {
  await night({ sizes: { a: 9 } });
  const dark = await night({ places: [{ ...PLACE, gap: GAP }] });
  const id = dark.header.accounts[0]!.gone[0]!.id;
  expect(dark.header.accounts).toMatchObject([
    { gone: [{ change: 'unseen' }], causes: { [id]: { kind: 'coverage-lost' } }, lost: [GAP], regained: [] },
  ]);
  const gone = await night({});
  expect(gone.header.accounts).toMatchObject([
    { gone: [{ change: 'resolved' }], causes: { [id]: { kind: 'resource-deleted' } }, lost: [], regained: [GAP] },
  ]);
});

it('gives no causes where the run before is not there any more', async () => {
  await night({ sizes: { a: 3 } });
  await store.put(keys.report({ date: '2026-01-01', run: 'r1' }, 'run.json'), 'null', 'application/json');
  expect(told(await night({ sizes: { a: 9 } }))).toEqual([['a', 'new', undefined]]);
});

it('counts waived findings apart, and says what became of each waiver', async () => {
  const { header, findings } = await night({ sizes: { a: 9, b: 9 }, waivers: [waiver, { ...waiver, resource: 'c' }] });
  expect(header.summary).toMatchObject({ statuses: { FAIL: 2 }, failed: { high: 1 }, waived: 1 });
  expect(header.waivers).toMatchObject([{ covers: 1 }, { covers: 0 }]);
  expect(findings.find(({ resource }) => resource.id === 'a')).toMatchObject({ waiver: { owner: 'web' } });
});
