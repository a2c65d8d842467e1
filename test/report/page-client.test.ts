import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportPage } from '../../lib/report/html.ts';
import { standingOf } from '../../lib/report/page/client/answers.ts';
import { type Data, dataOf, rowOf, unpacked } from '../../lib/report/page/client/data.ts';
import { groupsBy } from '../../lib/report/page/client/groups.ts';
import { find, type Query } from '../../lib/report/page/client/query.ts';
import { routeOf } from '../../lib/report/page/client/route.ts';
import { packed } from '../../lib/report/page/encode.ts';
import { linkTo } from '../../lib/report/page/parts.ts';
import { scoreOf } from '../../lib/report/page/score.ts';
import { ACCOUNT, checkInfo, DENIED, finding, HOSTILE, reportOf } from '../support/report.ts';
import { dataIn } from './_data.ts';

const waiver = { owner: 'me', reason: 'why', expires: '2026-12-31' };
const data = dataIn(
  reportPage(
    reportOf({
      accounts: [ACCOUNT, '444455556666'],
      findings: [
        finding({
          id: 'a',
          severity: 'critical',
          owner: 'Web, shop',
          change: 'new',
          firstSeen: '2025-12-30T00:00:00Z',
          resource: { id: 'Shop-Pictures' },
        }),
        finding({
          id: 'b',
          firstSeen: '2025-11-01T00:00:00Z',
          owner: 'data',
          resource: { id: 'logs', region: 'us-east-1', tags: { Name: 'Old Logs' } },
        }),
        finding({
          id: 'c',
          check: 'ec2-x',
          severity: 'low',
          message: 'the internet reaches SSH',
          resource: { id: 'i-1', type: 'AWS::EC2::Instance', account: '444455556666' },
        }),
        finding({
          id: 'd',
          check: 'ec2-x',
          severity: 'low',
          waiver,
          resource: { id: 'i-2', type: 'AWS::EC2::Instance' },
        }),
        finding({
          id: 'e',
          status: 'UNKNOWN',
          gap: DENIED,
          severity: 'medium',
          resource: { id: 'logs', region: 'us-east-1', tags: { Name: 'Old Logs' } },
          check: 's3-tls',
        }),
        finding({ id: 'f', status: 'PASS', change: 'resolved', resource: { id: 'fixed' } }),
        finding({ id: 'g', status: 'PASS', resource: { id: 'never listed' } }),
      ],
      header: {
        frameworks: [
          { id: 'cis', name: 'CIS', requirements: [{ ref: '1', checks: ['ec2-x'], notAsked: 0 }] },
          { id: 'pci', name: 'PCI', requirements: [{ ref: '1', checks: ['ec2-x', 's3-tls'], notAsked: 0 }] },
        ],
      },
    }),
  ),
);
const idsOf = (query: Query, of: Data = data) => [...find(of, query).rows].map((row) => of.ids[row]!);

describe('find', () => {
  it.each<[string, Query, string[]]>([
    ['what failed, by default', {}, ['a', 'b', 'c']],
    ['everything', { status: 'all' }, ['a', 'f', 'b', 'e', 'd', 'c']],
    ['unknown', { status: 'unknown' }, ['e']],
    ['accepted', { status: 'waived' }, ['d']],
    ['resolved', { status: 'resolved' }, ['f']],
    ['one severity', { severity: 'critical' }, ['a']],
    ['two severities', { severity: 'critical,low' }, ['a', 'c']],
    ['a service', { service: 'ec2' }, ['c']],
    ['an account', { account: '444455556666' }, ['c']],
    ['a region', { region: 'us-east-1' }, ['b']],
    ['an owner, with a comma', { owner: 'Web, shop' }, ['a']],
    ['nobody', { owner: '(nobody)' }, ['c']],
    ['a framework', { framework: 'pci', status: 'all' }, ['e', 'd', 'c']],
    ['a change', { change: 'new' }, ['a']],
    ['two facets', { severity: 'low', service: 's3' }, []],
    ['what nothing has', { region: 'mars' }, []],
    ['a name in another case', { q: 'SHOP-pict' }, ['a']],
    ['a Name tag', { q: 'old' }, ['b']],
    ['a part of an ARN', { q: 'arn:aws:s3:::shop' }, ['a']],
    ['a message', { q: 'ssh' }, ['c']],
    ['a check by id', { q: 'ec2-x' }, ['c']],
    ['a check by title', { q: 'title of ec2' }, ['c']],
    ['a type', { q: 'instance' }, ['c']],
    ['an account by digits', { q: '4444' }, ['c']],
    ['an owner in words', { q: 'data' }, ['b']],
    ['words in several fields', { q: 'everyone us-east' }, ['b']],
    ['a word that is nowhere', { q: 'everyone nowhere' }, []],
    ['an id', { q: 'b', status: 'all', severity: 'high', region: 'us-east-1' }, ['b']],
    ['by age, oldest first', { sort: 'age' }, ['b', 'a', 'c']],
    ['by age, turned round', { sort: '-age' }, ['c', 'a', 'b']],
    ['by resource', { sort: 'resource' }, ['a', 'c', 'b']],
    ['by check', { sort: 'check' }, ['c', 'a', 'b']],
    ['by place', { sort: 'place' }, ['a', 'b', 'c']],
    ['by place, turned round', { sort: '-place' }, ['c', 'b', 'a']],
    ['mildest first', { sort: '-severity' }, ['c', 'b', 'a']],
    ['by nothing known', { sort: 'colour' }, ['a', 'b', 'c']],
  ])('%s', (_name, query, ids) => expect(idsOf(query)).toEqual(ids));

  it('counts what each other choice would find', () => {
    const { choices } = find(data, { severity: 'critical' });
    expect(choices.severity).toEqual([
      { value: 'critical', count: 1 },
      { value: 'high', count: 1 },
      { value: 'low', count: 1 },
    ]);
    expect(choices.service).toEqual([{ value: 's3', count: 1 }]);
    expect(choices.status).toEqual([{ value: 'failed', count: 1 }]);
  });

  it('a choice finds as many as it says', () => {
    const names = ['severity', 'status', 'service', 'account', 'region', 'owner', 'framework', 'change'] as const;
    const queries = fc.record(
      {
        severity: fc.constantFrom('critical', 'low', 'high,low'),
        status: fc.constantFrom('all', 'unknown', 'waived'),
        service: fc.constantFrom('ec2', 's3'),
        region: fc.constantFrom('us-east-1', 'eu-west-1'),
        framework: fc.constantFrom('cis', 'pci'),
        q: fc.constantFrom('a', 'logs', 'reach'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(queries, (query) => {
        const { choices } = find(data, query as Query);
        for (const name of names) {
          for (const { value, count } of choices[name])
            expect([name, value, idsOf({ ...(query as Query), [name]: value }).length]).toEqual([name, value, count]);
        }
      }),
    );
  });

  it('stays within what it is given', () => {
    const check = data.checks.findIndex(({ id }) => id === 'ec2-x');
    expect(
      [...find(data, { status: 'all' }, (row) => data.columns.check[row] === check).rows].map((row) => data.ids[row]),
    ).toEqual(['d', 'c']);
  });
});

describe('groups', () => {
  it('of checks, worst first, with what is new', () => {
    const groups = groupsBy(data, find(data, { status: 'all' }).rows, 'check');
    expect(groups.map(({ key, counts, news }) => [data.checks[key]!.id, counts, news])).toEqual([
      ['s3-bucket-not-public', [1, 2, 0, 0, 0], 1],
      ['s3-tls', [0, 0, 1, 0, 0], 0],
      ['ec2-x', [0, 0, 0, 2, 0], 0],
    ]);
  });
  it('of resources', () => {
    const groups = groupsBy(data, find(data, { status: 'all' }).rows, 'resource');
    expect(groups.map(({ key, rows }) => [data.resources.id[key], rows.length])).toEqual([
      ['Shop-Pictures', 1],
      ['logs', 2],
      ['fixed', 1],
      ['i-2', 1],
      ['i-1', 1],
    ]);
  });
});

describe('routes', () => {
  it.each([
    ['', { page: '', id: '', query: {} }],
    ['#/findings', { page: 'findings', id: '', query: {} }],
    [
      '#/findings?severity=critical%2Chigh&q=a+b',
      { page: 'findings', id: '', query: { severity: 'critical,high', q: 'a b' } },
    ],
    ['#/check/s3-a?status=all', { page: 'check', id: 's3-a', query: { status: 'all' } }],
    ['#/resource/arn%3Aaws%3As3%3A%3A%3Aa%2Fb', { page: 'resource', id: 'arn:aws:s3:::a/b', query: {} }],
    ['#/resource/arn:aws:s3:::a/b', { page: 'resource', id: 'arn:aws:s3:::a/b', query: {} }],
    ['#/check/%E0%A4%A', { page: 'check', id: '%E0%A4%A', query: {} }],
  ])('%s', (hash, route) => expect(routeOf(hash)).toEqual(route));

  it.each(Object.entries(HOSTILE))('a link leads back to %s', (_name, text) => {
    const hash = linkTo('resource', text || '-', { q: text });
    expect(hash).toMatch(/^#\/[\w%.!~*'()/?=&+-]+$/);
    expect(routeOf(hash)).toEqual({
      page: 'resource',
      id: (text || '-').toWellFormed(),
      query: { q: text.toWellFormed() },
    });
  });
});

it('what is packed can be unpacked in a browser', async () => {
  const value = { text: 'ü \u2028 </script>', list: [1, null] };
  const text = packed(value);
  expect(text).toMatch(/^[A-Za-z0-9+/=]+$/);
  expect(await unpacked(text)).toEqual(value);
});

it('a run of nothing has no rows', () => {
  const empty = dataIn(reportPage(reportOf()));
  expect(empty.count).toBe(0);
  expect(find(empty, {}).rows).toHaveLength(0);
});

it('a row without a name is called by its ARN, and one without both says so', () => {
  const nameless = dataIn(
    reportPage(
      reportOf({
        findings: [
          finding({ id: 'x', resource: { id: '', arn: 'arn:x' } }),
          finding({ id: 'y', resource: { id: '', arn: '' } }),
        ],
      }),
    ),
  );
  expect(['x', 'y'].map((id) => rowOf(nameless, nameless.ids.indexOf(id)).name)).toEqual(['arn:x', '(no name)']);
});

describe('a requirement stands', () => {
  const counts = { PASS: 0, FAIL: 0, SKIP: 0, UNKNOWN: 0, waived: 0 };
  const checks = {
    bad: { FAIL: 2, PASS: 1 },
    dark: { UNKNOWN: 1, PASS: 3 },
    accepted: { waived: 1 },
    good: { PASS: 1 },
    none: { SKIP: 1 },
    empty: {},
  };
  const known = {
    checks: Object.entries(checks).map(([id, own]) => ({ ...checkInfo(id), reads: [], counts: { ...counts, ...own } })),
  } as unknown as Pick<ReturnType<typeof dataOf>, 'checks'>;
  it.each<[string, string[], number, string]>([
    ['failed, whatever else', ['good', 'dark', 'bad', 'accepted'], 0, 'failed'],
    ['unknown rather than passed', ['good', 'dark'], 0, 'unknown'],
    ['unknown rather than accepted', ['accepted', 'dark'], 0, 'unknown'],
    ['accepted rather than passed', ['accepted', 'good'], 0, 'waived'],
    ['passed', ['good', 'none'], 0, 'passed'],
    ['passed in part where a check did not run', ['good'], 1, 'partial'],
    ['on nothing, where nothing was met', ['none', 'empty'], 0, 'nothing'],
    ['not asked, where a check of it did not run', ['empty'], 1, 'unasked'],
    ['not asked, where none of its checks ran', [], 2, 'unasked'],
    ['elsewhere, where it has no check', [], 0, 'elsewhere'],
  ])('%s', (_name, ids, notAsked, answer) => {
    expect(standingOf(known, { ref: '1', checks: ids, notAsked }).answer).toBe(answer);
  });
});

describe('the score', () => {
  const none = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };
  it.each([
    ['nothing judged', {}, {}, undefined],
    ['only what weighs nothing', { informational: 4 }, { informational: 4 }, undefined],
    ['all passed', { low: 1 }, {}, 1],
    ['all failed', {}, { low: 1 }, 0],
    ['a critical weighs ten low', { low: 10 }, { critical: 1 }, 0.5],
    ['a high weighs five', { high: 1 }, { low: 5 }, 0.5],
    ['a medium weighs three', { medium: 1 }, { low: 3 }, 0.5],
  ])('%s', (_name, passed, failed, score) => {
    expect(scoreOf({ passed: { ...none, ...passed }, failed: { ...none, ...failed } })).toBe(score);
  });
});
