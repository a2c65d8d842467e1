import { describe, expect, it } from 'vitest';
import type { Gap } from '../../lib/core/model.ts';
import {
  accountsOf,
  callsByService,
  changeCounts,
  changesOf,
  coverageByService,
  groupByCheck,
  nameOf,
  nothingFailed,
  notJudged,
  notListed,
  placesOf,
  severityCounts,
  sinceLastRun,
  whatOpens,
  worstFirst,
} from '../../lib/report/digest.ts';
import { ACCOUNT, checkInfo, DENIED, finding, gone, reportOf } from '../support/report.ts';

describe('worstFirst', () => {
  it('puts the worst first, then what is new, whatever order it is given', () => {
    const findings = [
      finding({ severity: 'low' }),
      finding({ severity: 'critical', check: 'b', resource: { id: '2' } }),
      finding({ severity: 'critical', check: 'b', resource: { id: '1' } }),
      finding({ severity: 'critical', check: 'a' }),
      finding({ severity: 'critical', check: 'z', change: 'new' }),
      finding({ severity: 'critical', check: 'z', change: 'worse' }),
    ];
    const ordered = worstFirst(findings).map(({ severity, check, change, resource }) => [
      severity,
      check,
      change ?? resource.id,
    ]);
    expect(ordered.slice(0, 5)).toEqual([
      ['critical', 'z', 'new'],
      ['critical', 'z', 'worse'],
      ['critical', 'a', findings[3]!.resource.id],
      ['critical', 'b', '1'],
      ['critical', 'b', '2'],
    ]);
    expect(worstFirst(findings.toReversed())).toEqual(worstFirst(findings));
  });
});

describe('groupByCheck', () => {
  it('orders by the worst finding, then by how many there are', () => {
    const findings = [
      finding({ check: 'few', severity: 'high' }),
      finding({ check: 'many', severity: 'high' }),
      finding({ check: 'many', severity: 'medium' }),
      finding({ check: 'worst', severity: 'critical' }),
    ];
    const groups = groupByCheck(reportOf({ findings }), findings);
    expect(groups.map(({ check, severity }) => [check.id, severity])).toEqual([
      ['worst', 'critical'],
      ['many', 'high'],
      ['few', 'high'],
    ]);
  });

  it('describes a check that the header does not know by its id', () => {
    const findings = [finding({ check: 's3-old-check' })];
    expect(groupByCheck(reportOf({ findings, checks: [] }), findings)[0]!.check).toMatchObject({
      id: 's3-old-check',
      title: 's3-old-check',
      service: 's3',
    });
  });
});

describe('changes', () => {
  it('are those of findings and those of resources that are gone, worst first', () => {
    const findings = [
      finding({ change: 'new' }),
      finding({ status: 'PASS', change: 'resolved', severity: 'critical' }),
      finding(),
    ];
    const report = reportOf({
      findings,
      gone: [gone({ change: 'unseen', severity: 'medium', arn: 'arn:x' }), gone({ severity: 'low' })],
    });
    const changes = changesOf(report);
    expect(changes.map(({ change, severity }) => [change, severity])).toEqual([
      ['resolved', 'critical'],
      ['new', 'high'],
      ['unseen', 'medium'],
      ['resolved', 'low'],
    ]);
    expect(changes[2]).toMatchObject({ name: 'arn:x', account: ACCOUNT, message: 'could not be listed' });
    expect(changeCounts(changes)).toBe('1 new, 1 no longer seen, 2 resolved');
  });

  it.each([
    ['nothing changed', {}, 'nothing changed'],
    ['first run', { firstRunOf: [ACCOUNT] }, 'this is the first'],
    ['something changed', { gone: [gone()] }, '1 resolved'],
    ['first run of one of two', { accounts: [ACCOUNT, '2'], firstRunOf: ['2'] }, 'the first for 1 account'],
    ['both', { accounts: [ACCOUNT, '2'], firstRunOf: ['2'], gone: [gone()] }, '1 resolved; the first for 1 account'],
  ])('%s', (_name, parts, words) => {
    expect(sinceLastRun(reportOf(parts))).toBe(words);
  });
});

describe('nothingFailed', () => {
  it.each([
    ['all passed', [finding({ status: 'PASS' as const })], 'nothing failed'],
    ['nothing applied', [finding({ status: 'SKIP' as const })], 'nothing failed'],
    [
      'something was not seen',
      [finding({ status: 'PASS' as const }), finding({ status: 'UNKNOWN' as const, gap: DENIED })],
      'nothing failed of what could be judged',
    ],
    ['there was nothing', [], 'there was nothing to judge'],
  ])('%s', (_name, findings, words) => {
    expect(nothingFailed(reportOf({ findings }))).toBe(words);
  });
});

describe('what was not judged', () => {
  it('is grouped by cause, with the findings that it cost', () => {
    const findings = [
      finding({ status: 'UNKNOWN', message: 'thrown', check: 's3-a' }),
      finding({ status: 'UNKNOWN', gap: DENIED }),
      finding({ status: 'UNKNOWN', gap: DENIED, severity: 'critical' }),
    ];
    const causes = notJudged(reportOf({ findings }));
    expect(
      causes.map(({ cause, findings: own }) => [cause.reason, cause.operation, cause.findings, own.length]),
    ).toEqual([
      ['denied', 's3:GetBucketPolicy', 2, 2],
      ['failed', 's3-a', 1, 1],
    ]);
    expect(causes[0]!.findings[0]!.severity).toBe('critical');
  });

  it.each<[Gap['reason'], string, string]>([
    ['denied', 's3:GetBucketPolicy', 'allow s3:GetBucketPolicy to the role that reads'],
    ['denied', 'sts AssumeRole', 'allow sts AssumeRole'],
    ['blocked', 'ec2:DescribeInstances', 'an organisation policy denies ec2:DescribeInstances'],
    ['throttled', 'ec2:DescribeInstances', 'run again at a quieter time'],
    ['not-scanned', 'plan', 'widen its scope or give it more time'],
    ['failed', 'kms:DescribeKey', 'the call failed'],
    ['failed', 'kms-key-rotation-enabled', 'bug report'],
    ['denied', 'x\u001B[2J', String.raw`x\u{1b}[2J`],
  ])('%s of %j: %s', (reason, operation, words) => {
    expect(whatOpens({ reason, operation, detail: '' })).toContain(words);
  });

  it('is counted by service, least covered first', () => {
    const findings = [
      finding({ check: 's3-a', status: 'PASS' }),
      finding({ check: 'ec2-a', status: 'UNKNOWN', gap: DENIED }),
      finding({ check: 'ec2-a', resource: { region: 'us-east-1' } }),
      finding({ check: 'iam-a' }),
    ];
    expect(coverageByService(reportOf({ findings }).header)).toEqual([
      { service: 'ec2', judged: 1, unknown: 1, share: 0.5 },
      { service: 'iam', judged: 1, unknown: 0, share: 1 },
      { service: 's3', judged: 1, unknown: 0, share: 1 },
    ]);
  });

  it('says how much of a very large run is not listed', () => {
    const report = reportOf({ findings: [finding(), finding({ status: 'PASS' })] });
    expect([notListed(report), notListed({ ...report, findings: report.findings.slice(0, 1) })]).toEqual([0, 1]);
  });
});

describe('names and places', () => {
  const { header } = reportOf();
  const both = reportOf({ accounts: [ACCOUNT, '444455556666'] }).header;
  const at = (region: string, account = ACCOUNT) => ({ account, region });

  it.each([
    ['one', [at('eu-west-1'), at('eu-west-1')], header, 'eu-west-1'],
    ['two', [at('eu-west-1'), at('us-east-1')], header, 'eu-west-1, us-east-1'],
    ['many', [at('a'), at('b'), at('c')], header, 'a and 2 more'],
    ['with accounts', [at('a'), at('a', '444455556666')], both, `${ACCOUNT} a, 444455556666 a`],
  ])('%s', (_name, places, of, words) => {
    expect(placesOf(places, of)).toBe(words);
  });

  it.each([
    [{ id: 'name', arn: 'arn' }, 'name'],
    [{ id: '', arn: 'arn' }, 'arn'],
    [{ id: '', arn: '' }, '(no name)'],
    [{ id: 'a\nb', arn: 'arn' }, String.raw`a\nb`],
  ])('%j is called %s', (identity, name) => {
    expect(nameOf(identity)).toBe(name);
  });

  it('counts', () => {
    expect(severityCounts({ critical: 4, high: 0, medium: 1200, low: 0, informational: 1 })).toBe(
      '4 critical, 1,200 medium, 1 informational',
    );
    expect([accountsOf([ACCOUNT]), accountsOf([ACCOUNT, 'x']), accountsOf([])]).toEqual([
      ACCOUNT,
      '2 accounts',
      '0 accounts',
    ]);
    expect(callsByService(header)).toEqual([
      { service: 's3', calls: 1200, throttled: 3 },
      { service: 'iam', calls: 4, throttled: 0 },
    ]);
    expect(checkInfo('iam-x').service).toBe('iam');
  });
});
