import { create } from 'xmlbuilder2';
import { describe, expect, it } from 'vitest';
import { findingsJunit } from '../../lib/report/junit.ts';
import type { Report } from '../../lib/run/model.ts';
import { DENIED, finding, HOSTILE, reportOf } from '../support/report.ts';

interface Element {
  readonly [name: string]: unknown;
}
/** The document as an XML parser reads it: it throws for what is not well-formed. */
const parsed = (report: Report) => {
  const text = findingsJunit(report);
  // What XML 1.0 does not allow in any form.
  expect(text).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  return create(text).end({ format: 'object' }) as unknown as { testsuites: Element };
};

describe('junit.xml', () => {
  it('has a suite for each account, region and service, and a case for each verdict', () => {
    const waiver = { owner: 'web', reason: 'a public site', expires: '2026-06-30' };
    const findings = [
      finding({ id: 'f1', resource: { id: 'a' } }),
      finding({ resource: { id: 'b' }, waiver }),
      finding({ id: 'f3', status: 'UNKNOWN', message: 'denied', gap: DENIED, resource: { id: 'c' } }),
      finding({ status: 'SKIP', message: 'not this one', resource: { id: 'd' } }),
      finding({ status: 'PASS', resource: { id: 'e' }, variant: 'read' }),
      finding({ status: 'PASS', check: 'ec2-x-y', resource: { id: 'f' } }),
    ];
    const { testsuites } = parsed(reportOf({ findings }));
    expect(testsuites).toMatchObject({ '@tests': '6', '@failures': '1', '@errors': '1', '@skipped': '2' });
    const suites = testsuites['testsuite'] as Element[];
    expect(suites.map((suite) => [suite['@name'], suite['@tests']])).toEqual([
      ['111122223333 eu-west-1 ec2', '1'],
      ['111122223333 eu-west-1 s3', '5'],
    ]);
    const cases = Object.fromEntries((suites[1]!['testcase'] as Element[]).map((one) => [one['@name'], one]));
    expect(cases).toMatchObject({
      a: { '@classname': 's3-bucket-not-public', failure: { '@type': 'high', '#': 'arn:aws:s3:::a\nfinding f1' } },
      b: { skipped: { '@message': 'waived by web until 2026-06-30: a public site' } },
      c: { error: { '@message': 'denied', '#': expect.stringContaining('finding f3\nallow ') } },
      d: { skipped: { '@message': 'not this one' } },
      e: { '@classname': 's3-bucket-not-public.read' },
    });
    expect(cases['e']).not.toHaveProperty('failure');
  });

  it('is a document without any finding', () =>
    expect(parsed(reportOf()).testsuites).toMatchObject({ '@tests': '0', '@failures': '0' }));

  it.each(Object.entries(HOSTILE))('is well-formed with %s', (_name, text) => {
    const waiver = { owner: text, reason: text, expires: '2026-06-30' };
    const resource = { id: text, arn: text, region: text };
    const findings = [
      finding({ message: text, resource }),
      finding({ message: text, resource, waiver }),
      finding({ status: 'UNKNOWN', message: text, resource, variant: text, gap: { ...DENIED, detail: text } }),
    ];
    expect(parsed(reportOf({ findings })).testsuites['@tests']).toBe('3');
  });
});
