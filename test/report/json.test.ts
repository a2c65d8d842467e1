import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, fail, pass } from '../../lib/core/check.ts';
import type { Cell } from '../../lib/core/model.ts';
import { findingsJson } from '../../lib/report/json.ts';
import { evaluateAccount } from '../../lib/run/evaluate.ts';
import type { Report } from '../../lib/run/model.ts';
import { publish } from '../../lib/run/publish.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import schema from '../../schemas/findings.schema.json' with { type: 'json' };
import { ACCOUNT, GAP, inventoryOf, rowOf } from '../support/inventory.ts';
import { DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const isValid = ajv.compile(schema);

function documentOf(report: Report): Record<string, any> {
  const document = JSON.parse(findingsJson(report)) as Record<string, any>;
  isValid(document);
  expect(isValid.errors ?? []).toEqual([]);
  return document;
}

const everything = reportOf({
  findings: [
    finding({
      change: 'new',
      firstSeen: '2026-01-01T00:00:00.000Z',
      evidence: { port: 22, open: true, to: ['::/0', null] },
    }),
    finding({ change: 'worse', variant: 'ssh', severity: 'critical', resource: { tags: { Owner: 'a', '': '' } } }),
    finding({ status: 'UNKNOWN', change: 'unseen', gap: DENIED }),
    finding({ status: 'UNKNOWN', message: 'no gap' }),
    finding({ status: 'PASS', change: 'resolved', firstSeen: '2025-01-01T00:00:00.000Z', evidence: null }),
    finding({ status: 'SKIP', evidence: 'text' }),
  ],
  gone: [gone(), gone({ change: 'unseen' })],
  firstRunOf: [],
  header: { scope: { partition: 'aws', accounts: [ACCOUNT], regions: [], filters: { severity: 'high' } } },
});

describe('findings.json', () => {
  it.each([
    ['everything at once', everything],
    ['nothing', reportOf()],
    ['no account', reportOf({ accounts: [] })],
    ['a first run', reportOf({ firstRunOf: [ACCOUNT], findings: [finding()] })],
    ['no calls', reportOf({ header: { calls: [] } })],
    ['two accounts', reportOf({ accounts: [ACCOUNT, '2'], findings: [finding({ resource: { account: '2' } })] })],
  ])('is valid for %s', (_name, report) => {
    documentOf(report);
  });

  it('says all that is known of a finding', () => {
    expect(documentOf(everything)['findings']).toEqual(JSON.parse(JSON.stringify(everything.findings)));
  });

  it('counts what a very large run leaves out', () => {
    const report = { ...everything, findings: everything.findings.filter(({ status }) => status !== 'PASS') };
    expect(documentOf(report)['notListed']).toBe(1);
    expect(documentOf(everything)['notListed']).toBe(0);
  });

  it('has one finding a line', () => {
    const lines = findingsJson(everything).split('\n');
    expect(lines.filter((line) => line.includes('"status"'))).toHaveLength(everything.findings.length);
  });

  it.each(Object.entries(HOSTILE))('carries %s unchanged', (_name, text) => {
    const report = reportOf({
      findings: [
        finding({ message: text, evidence: { [text]: text }, resource: { id: text, tags: { [text]: text } } }),
      ],
    });
    const [found] = documentOf(report)['findings'] as { message: string; evidence: object; resource: { id: string } }[];
    expect([found!.message, found!.resource.id]).toEqual([text, text]);
    expect(Buffer.from(findingsJson(report)).toString()).not.toContain('\uFFFD');
  });

  it('is valid whatever a check puts into its evidence', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (evidence, message) => {
        documentOf(reportOf({ findings: [finding({ evidence: evidence as null, message })] }));
      }),
    );
  });

  it.each([
    ['a member of the document', (document: any) => (document.extra = 1)],
    ['a field of a finding', (document: any) => (document.findings[0].waiver = {})],
    ['a field of a resource', (document: any) => (document.findings[0].resource.owner = 'me')],
    ['a status', (document: any) => (document.findings[0].status = 'MAYBE')],
    ['a field of a gone finding', (document: any) => (document.accounts[0].gone[0].name = 'x')],
    ['a time that is none', (document: any) => (document.findings[0].at = 'yesterday')],
    ['another format', (document: any) => (document.format = 2)],
    ['a member that is missing', (document: any) => delete document.notListed],
  ])('would not be valid with %s', (_name, change) => {
    const document = documentOf(everything);
    change(document);
    expect(isValid(document)).toBe(false);
  });
});

describe('findings.json of a run', () => {
  it('is valid as the engine makes it, on the first run and on the second', async () => {
    const store = memoryStore();
    const judge = check({
      id: 'test-thing-good',
      title: 'Things are good',
      severity: 'high',
      why: 'Bad things break.',
      fix: 'aws test fix',
      resource: 'Test::Thing' as never,
      needs: [],
      evaluate: (thing: any) => (thing.isGood ? pass('it is good') : fail('it is bad', { was: thing.isGood })),
    } as never);
    const places: Omit<Cell, 'rows' | 'account'>[] = [
      { type: 'Test::Thing', region: 'eu-west-1' },
      { type: 'Test::Thing', region: 'us-east-1', gap: GAP },
    ];
    const night = async (now: string, things: readonly [string, boolean][]) => {
      const run = { date: now.slice(0, 10), run: now };
      const rows = things.map(([id, isGood]) => rowOf('Test::Thing', id, 'eu-west-1', { isGood }));
      await evaluateAccount(ACCOUNT, inventoryOf(rows, places), { store, run, checks: [judge], now: new Date(now) });
      const scope = { partition: 'aws', accounts: [ACCOUNT], regions: ['eu-west-1'], filters: {} };
      return publish({
        store,
        run,
        tool: 'ronda 0.0.0',
        startedAt: now,
        now: new Date(now),
        scope,
        checks: [judge],
        calls: [],
      });
    };
    const first = documentOf(
      await night('2026-01-01T00:00:00.000Z', [
        ['a', false],
        ['b', false],
        ['c', true],
      ]),
    );
    const second = documentOf(
      await night('2026-01-02T00:00:00.000Z', [
        ['a', true],
        ['c', false],
      ]),
    );
    expect(first['accounts']).toEqual([{ account: ACCOUNT, hasHistory: false, gone: [], lost: [], regained: [] }]);
    expect(second['accounts']).toMatchObject([{ hasHistory: true, gone: [{ change: 'resolved' }] }]);
    expect(second['findings'].map(({ change }: any) => change)).toEqual(expect.arrayContaining(['new', 'resolved']));
  });
});
