import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateText } from '../../lib/report/gate.ts';
import { findingsJson } from '../../lib/report/json.ts';
import { readBaseline } from '../../lib/run/baseline.ts';
import { decide, type GateRules, gateAnswer, readRequest, tagOf } from '../../lib/run/gate.ts';
import type { StoredFinding } from '../../lib/run/model.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { ndjsonWriter } from '../../lib/store/ndjson.ts';
import { keys } from '../../lib/store/store.ts';
import { checks } from '../support/audited.ts';
import { DENIED, finding, HOSTILE, reportOf } from '../support/report.ts';

const waiver = { owner: 'web', reason: 'a public site', expires: '2026-06-30' };
const bad = finding({ severity: 'high' });
const dark = finding({ severity: 'high', status: 'UNKNOWN', gap: DENIED });
const good = finding({ status: 'PASS' });
const HIGH = { failOn: 'high' } as const;
const baseline = (...before: readonly StoredFinding[]) => ({
  name: 'before',
  failing: new Map(before.filter(({ status }) => status === 'FAIL').map(({ id, severity }) => [id, severity])),
  unknown: new Set(before.filter(({ status }) => status === 'UNKNOWN').map(({ id }) => id)),
});

describe('a gate', () => {
  it.each<[string, readonly StoredFinding[], Partial<GateRules>, string]>([
    ['lets through what passes', [good], {}, 'pass'],
    ['lets nothing to judge through', [], {}, 'pass'],
    ['cannot tell of nothing where coverage was asked for', [], { minCoverage: 0.9 }, 'inconclusive'],
    ['stops what fails', [bad, good], {}, 'fail'],
    ['stops what fails, whatever else is unknown', [bad, dark], {}, 'fail'],
    ['lets through what is milder', [finding({ severity: 'medium' })], {}, 'pass'],
    ['stops what is worse', [finding({ severity: 'critical' })], {}, 'fail'],
    ['lets through what is waived', [{ ...bad, waiver }], {}, 'pass'],
    ['cannot tell where something could not be judged', [dark, good], {}, 'inconclusive'],
    ['can tell where only milder things could not be judged', [{ ...dark, severity: 'low' }], {}, 'pass'],
    ['lets through what failed before', [bad], { baseline: baseline(bad) }, 'pass'],
    ['stops what is worse than before', [bad], { baseline: baseline({ ...bad, severity: 'low' }) }, 'fail'],
    [
      'lets through what is milder than before',
      [bad],
      { baseline: baseline({ ...bad, severity: 'critical' }) },
      'pass',
    ],
    ['stops what was unknown before', [bad], { baseline: baseline({ ...bad, status: 'UNKNOWN' }) }, 'fail'],
    ['cannot tell what is unknown since', [dark], { baseline: baseline(good) }, 'inconclusive'],
    ['lets through what was unknown before as well', [dark], { baseline: baseline(dark) }, 'pass'],
    [
      'cannot tell below the coverage asked for',
      [{ ...dark, severity: 'low' }, good],
      { minCoverage: 0.51 },
      'inconclusive',
    ],
    ['can tell at the coverage asked for', [{ ...dark, severity: 'low' }, good], { minCoverage: 0.5 }, 'pass'],
  ])('%s', (_name, findings, rules, result) =>
    expect(decide(reportOf({ findings }), { ...HIGH, ...rules }).result).toBe(result),
  );
  it('counts what the baseline excuses', () =>
    expect(decide(reportOf({ findings: [bad, finding()] }), { ...HIGH, baseline: baseline(bad) })).toMatchObject({
      failed: [{}],
      known: 1,
    }));
});

describe('a baseline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  it('is a findings.json', async () => {
    const path = file('findings.json', findingsJson(reportOf({ findings: [bad, dark, good] })));
    const { failing, unknown } = await readBaseline(path, memoryStore());
    expect([[...failing], [...unknown]]).toEqual([[[bad.id, 'high']], [dark.id]]);
  });
  it.each([
    ['2026-01-02', 'r2'],
    ['r1', 'r1'],
    ['latest', 'r2'],
  ])('is a stored run: %s', async (name, run) => {
    const store = memoryStore();
    for (const [date, id] of [
      ['2026-01-01', 'r1'],
      ['2026-01-02', 'r2'],
    ] as const) {
      const writer = ndjsonWriter<StoredFinding>(store, keys.findings({ date, run: id }, '1'));
      await writer.write({ ...bad, id: `of ${id}` });
      await writer.close();
      await store.put(keys.report({ date, run: id }, 'run.json'), '{}', 'application/json');
      await store.put(keys.latest, JSON.stringify({ date, run: id }), 'application/json');
    }
    expect(await readBaseline(name, store)).toMatchObject({ name: run, failing: new Map([[`of ${run}`, 'high']]) });
  });
  it.each([
    ['is not there', '/no/findings.json', /cannot read the baseline \/no\/findings.json: ENOENT/],
    ['is no JSON', file('bad.json', '{'), /the baseline .*bad.json is not JSON/],
    ['is something else', file('other.json', '{"a":1}'), /the baseline .*other.json holds no findings/],
    ['is no run', 'r9', /holds no run r9/],
  ])('that %s is refused', (_name, name, message) =>
    expect(readBaseline(name, memoryStore())).rejects.toThrow(message),
  );
});

describe('a request to the function', () => {
  it('takes what the command line takes', () =>
    expect(
      readRequest({ stacks: ['orders'], tags: ['app=orders'], newSince: 'latest', minCoverage: 0.9 }, checks),
    ).toEqual({
      failOn: 'high',
      stacks: ['orders'],
      tags: ['app=orders'],
      newSince: 'latest',
      minCoverage: 0.9,
    }));
  it.each([
    [{ failon: 'high' }, /Unrecognized key/],
    [{ tags: ['orders'] }, /must be key=value/],
    [{ minCoverage: 99 }, /minCoverage/],
    [{ arns: ['orders'] }, /must be a whole ARN/],
    [{ checks: ['s4-*'] }, /checks.0: no check is called "s4-\*"/],
  ])('%o is refused', (event, message) => expect(() => readRequest(event, checks)).toThrow(message));
  it('is answered with the first hundred findings and a link', () => {
    const report = reportOf({ findings: Array.from({ length: 101 }, () => finding()) });
    const answer = gateAnswer(report, decide(report, HIGH), { bucket: 'b', region: 'eu-west-1' });
    expect(answer).toMatchObject({ result: 'fail', failed: 101, unknown: 0, known: 0, coverage: 1 });
    expect(answer.findings).toHaveLength(100);
    expect(answer.reportUrl).toContain('eu-west-1.console.aws.amazon.com/s3/object/b?');
  });
});

it('a tag may hold more equals signs', () => {
  expect(tagOf('a=b=c')).toEqual({ key: 'a', value: 'b=c' });
  expect(() => tagOf('a')).toThrow('tag a: write key=value');
});

describe('what a gate says', () => {
  const said = (findings: readonly StoredFinding[], rules: Partial<GateRules> = {}) => {
    const report = reportOf({ findings });
    const all = { ...HIGH, ...rules };
    return gateText(report, decide(report, all), { ...all, baseline: all.baseline?.name });
  };
  it('names what stands against it and what could not be judged', () => {
    const text = said([bad, dark, good]);
    expect(text).toMatch(/^FAIL: 1 finding at or above high\n {2}high {2}s3-bucket-not-public/);
    expect(text).toContain(bad.id);
    expect(text).toMatch(/1 verdict could not be given:\n {2}1 {2}\S+: .*; to see it: allow /);
  });
  it.each([
    [[good], {}, /^PASS: nothing stands against it\n\ncoverage 100%\n1 passed, 0 waived\n$/],
    [[dark], {}, /^INCONCLUSIVE: it may fail/],
    [[bad], { baseline: baseline(bad) }, /0 passed, 0 waived, 1 known since before\n$/],
    [
      [good, { ...dark, severity: 'low' as const }],
      { minCoverage: 0.9 },
      /coverage 50% is below the 90% that was asked for/,
    ],
  ])('%#', (findings, rules, words) => expect(said(findings, rules)).toMatch(words));
  it('does not call a gate good that met nothing', () => {
    expect(said([])).toMatch(/^PASS: nothing was judged, no resource is in scope\n\ncoverage of nothing\n/);
    expect(said([], { minCoverage: 0.9 })).toMatch(
      /^INCONCLUSIVE: nothing was judged.*\n\ncoverage of nothing is below the 90%/,
    );
  });
  it('never cuts the id of a finding away', () => {
    const long = finding({ id: '0123456789abcdef', message: 'm'.repeat(500), resource: { id: 'r'.repeat(500) } });
    expect(said([long])).toContain('(0123456789abcdef)\n');
  });
  it('fits on one screen, whatever was found', () => {
    const many = Array.from({ length: 500 }, (_, index) => finding({ severity: 'critical', check: `s3-${index}` }));
    const unknown = Array.from({ length: 50 }, (_, index) =>
      finding({ ...dark, id: `u${index}`, gap: { ...DENIED, operation: `s3:Get${index}` } }),
    );
    const lines = said([...many, ...unknown]).split('\n');
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(160);
  });
  it.each(Object.entries(HOSTILE))('is harmless with %s', (_name, text) => {
    const resource = { id: text, arn: text, region: text };
    expect(
      said([finding({ message: text, resource }), finding({ ...dark, gap: { ...DENIED, detail: text } })]),
    ).not.toMatch(/[^\P{C}\n]/u);
  });
});
