import { readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { findingsSarif } from '../../lib/report/sarif.ts';
import type { Report } from '../../lib/run/model.ts';
import { checkInfo, DENIED, finding, HOSTILE, reportOf } from '../support/report.ts';

const SCHEMA = new URL('../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url);
// The schema is draft-04, and names patterns that the unicode flag does not allow.
const ajv = new draft04.default({ strict: false, unicodeRegExp: false, allErrors: true });
formats.default(ajv as never);
const isValid = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

function sarifOf(report: Report): Log['runs'][number] {
  const text = findingsSarif(report);
  const log = JSON.parse(text) as Log;
  isValid(log);
  expect(isValid.errors ?? []).toEqual([]);
  return log.runs[0]!;
}

describe('findings.sarif', () => {
  it('is valid without any finding', () => expect(sarifOf(reportOf()).results).toEqual([]));

  it('gives each failing finding a place that stays, a fingerprint and a level', () => {
    const one = finding({ resource: { id: 'a b/c', arn: 'arn:aws:s3:::a b/c' }, owner: 'web' });
    const { results, tool } = sarifOf(reportOf({ findings: [one] }));
    expect(results).toMatchObject([
      {
        ruleId: one.check,
        ruleIndex: 0,
        kind: 'fail',
        level: 'error',
        message: { text: 'a b/c: the policy lets everyone read' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'aws/111122223333/eu-west-1/s3/a%20b%2Fc' },
              region: { startLine: 1 },
            },
            logicalLocations: [{ fullyQualifiedName: 'arn:aws:s3:::a b/c' }],
          },
        ],
        partialFingerprints: { 'rondaFinding/v1': one.id },
        properties: { severity: 'high', owner: 'web' },
      },
    ]);
    expect(results![0]).not.toHaveProperty('baselineState');
    expect(tool.driver).toMatchObject({ name: 'ronda', semanticVersion: '0.1.0', rules: [{ id: one.check }] });
  });

  it.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.0'],
    ['informational', 'note', '0.0'],
  ] as const)('%s is %s, with a score of %s', (severity, level, score) => {
    const checks = [checkInfo('s3-bucket-not-public', { severity })];
    const { results, tool } = sarifOf(reportOf({ findings: [finding({ severity })], checks }));
    expect(results).toMatchObject([{ level }]);
    expect(tool.driver.rules![0]).toMatchObject({
      defaultConfiguration: { level },
      properties: { 'security-severity': score },
    });
  });

  it.each([
    ['new', 'new'],
    ['worse', 'updated'],
    ['unwaived', 'updated'],
  ] as const)('what is %s has the baseline state %s', (change, baselineState) =>
    expect(sarifOf(reportOf({ findings: [finding({ change })] })).results).toMatchObject([{ baselineState }]),
  );

  it('suppresses what is waived, with the reason', () => {
    const waiver = { owner: 'web', reason: 'a public site', expires: '2026-06-30' };
    const [result] = sarifOf(reportOf({ findings: [finding({ waiver })] })).results!;
    expect(result!.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'web: a public site' },
    ]);
  });

  it('tells what could not be judged as a notification, not as a result', () => {
    const { results, invocations } = sarifOf(
      reportOf({
        findings: [
          finding({ status: 'UNKNOWN', gap: DENIED }),
          finding({ status: 'PASS' }),
          finding({ status: 'SKIP' }),
        ],
      }),
    );
    expect(results).toEqual([]);
    expect(invocations![0]!.toolExecutionNotifications).toMatchObject([
      {
        descriptor: { id: 'not-judged/denied' },
        properties: { checks: ['s3-bucket-not-public'], places: ['eu-west-1'] },
      },
    ]);
  });

  it('keeps the worst 5,000 and says how many it left out', () => {
    const many = Array.from({ length: 5_001 }, (_, index) => finding({ severity: index === 0 ? 'low' : 'high' }));
    const { results, invocations } = sarifOf(reportOf({ findings: many }));
    expect(results).toHaveLength(5_000);
    expect(results!.every(({ level }) => level === 'error')).toBe(true);
    expect(invocations![0]!.toolExecutionNotifications![0]!.message.text).toMatch(/^1 finding left out/);
  });

  it('names no rule that it does not describe', () => {
    const [result] = sarifOf(reportOf({ findings: [finding()], checks: [] })).results!;
    expect(result).not.toHaveProperty('ruleIndex');
  });

  it.each(Object.entries(HOSTILE))('is valid and harmless with %s', (_name, text) => {
    const waiver = { owner: text, reason: text, expires: '2026-06-30' };
    const one = finding({ message: text, waiver, resource: { id: text || 'x', arn: `arn:${text}`, region: text } });
    const [result] = sarifOf(reportOf({ findings: [one] })).results!;
    expect(result!.locations![0]!.physicalLocation!.artifactLocation!.uri).toMatch(/^aws(\/[\w.!~*'()%-]+){4}$/);
    expect(result!.message.text).not.toMatch(/\p{C}/u);
  });
});
