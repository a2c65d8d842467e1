import {
  BatchImportFindingsCommand,
  type AwsSecurityFinding,
  InvalidAccessException,
  InvalidInputException,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { importWords, isWhole } from '../../lib/run/imported.ts';
import { batchesOf, toSecurityHub } from '../../lib/run/security-hub.ts';
import { DENIED, finding, gone, reportOf } from '../support/report.ts';

const hub = mockClient(SecurityHubClient);
const credentials = async () => ({ accessKeyId: 'x', secretAccessKey: 'x' });
const region = 'eu-central-1';
const options = { region, credentials };
const sent = (): AwsSecurityFinding[][] =>
  hub.commandCalls(BatchImportFindingsCommand).map(({ args }) => args[0].input.Findings!);

/** Takes everything. */
const taken = ({ Findings }: { Findings?: AwsSecurityFinding[] }) => ({
  SuccessCount: Findings!.length,
  FailedCount: 0,
});
beforeEach(() => {
  hub.reset();
  hub.on(BatchImportFindingsCommand).callsFake(taken);
});

describe('what is sent', () => {
  it('fails, changed or is resolved; the worst first, under the account’s default product in one region', async () => {
    const findings = [
      finding({ id: 'low', severity: 'low' }),
      finding({ id: 'pass', status: 'PASS' }),
      finding({ id: 'skip', status: 'SKIP' }),
      finding({ id: 'unknown', status: 'UNKNOWN', gap: DENIED }),
      finding({ id: 'hidden', status: 'UNKNOWN', gap: DENIED, firstSeen: '2025-12-01T00:00:00.000Z' }),
      finding({ id: 'fixed', status: 'PASS', change: 'resolved' }),
      finding({ id: 'critical', severity: 'critical' }),
    ];
    const report = reportOf({ findings, gone: [gone({ id: 'gone' })] });
    expect(await toSecurityHub(options)(report)).toEqual({ imported: 5, refused: [] });
    const ids = sent()
      .flat()
      .map(({ Id }) => Id);
    expect(ids.toSorted()).toEqual(['ronda/critical', 'ronda/fixed', 'ronda/gone', 'ronda/hidden', 'ronda/low']);
    expect(sent()[0]![0]).toMatchObject({
      Id: 'ronda/critical',
      ProductArn: 'arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default',
    });
    const archived = sent()[0]!
      .filter(({ RecordState }) => RecordState === 'ARCHIVED')
      .map(({ Id }) => Id);
    expect(archived.toSorted()).toEqual(['ronda/fixed', 'ronda/gone']);
  });

  it('is nothing where there is nothing to say', async () => {
    expect(await toSecurityHub(options)(reportOf({ findings: [finding({ status: 'PASS' })] }))).toEqual({
      imported: 0,
      refused: [],
    });
    expect(sent()).toEqual([]);
  });

  it('is of the account of the run, where it looked at an organization', async () => {
    const other = '444455556666';
    const findings = [finding({ id: 'own' }), finding({ id: 'other', resource: { account: other } })];
    const { header } = reportOf({ findings, accounts: ['111122223333', other], gone: [gone({ id: 'gone' })] });
    const told = { ...header, scope: { ...header.scope, home: '111122223333' } };
    await toSecurityHub(options)({ header: told, findings });
    const own = sent()
      .flat()
      .map(({ Id }) => Id!);
    expect(own).toContain('ronda/own');
    expect(own).not.toContain('ronda/other');
  });

  it('is at most 100 findings a call', async () => {
    const findings = Array.from({ length: 201 }, () => finding());
    expect(await toSecurityHub(options)(reportOf({ findings }))).toMatchObject({ imported: 201 });
    expect(sent().map(({ length }) => length)).toEqual([100, 100, 1]);
  });

  it('is at most 6 MB a call, and nothing is lost between calls', () => {
    const findings = Array.from({ length: 100 }, (_, index) => ({
      Id: String(index),
      // Three bytes each.
      Description: '\u6F22'.repeat(75_000),
    }));
    const batches = batchesOf(findings as AwsSecurityFinding[]);
    expect(batches.map(({ length }) => length)).toEqual([26, 26, 26, 22]);
    expect(batches.flat()).toEqual(findings);
    for (const batch of batches)
      expect(Buffer.byteLength(JSON.stringify({ Findings: batch }))).toBeLessThanOrEqual(6_000_000);
  });
});

describe('what Security Hub does not take', () => {
  it('is told one by one', async () => {
    hub.on(BatchImportFindingsCommand).resolves({
      SuccessCount: 1,
      FailedCount: 1,
      FailedFindings: [{ Id: 'ronda/b', ErrorCode: 'InvalidInput', ErrorMessage: 'too long' }],
    });
    const report = reportOf({ findings: [finding({ id: 'a' }), finding({ id: 'b' })] });
    const outcome = await toSecurityHub(options)(report);
    expect(outcome).toEqual({
      imported: 1,
      refused: [{ id: 'ronda/b', code: 'InvalidInput', message: 'too long' }],
    });
    expect(isWhole(outcome)).toBe(false);
    expect(importWords(outcome)).toBe(
      'Security Hub took 1 finding; refused 1 (the first, ronda/b: InvalidInput too long)',
    );
  });

  it('and what its answer does not count is not called taken', async () => {
    hub.on(BatchImportFindingsCommand).resolves({});
    const outcome = await toSecurityHub(options)(reportOf({ findings: [finding(), finding()] }));
    expect([outcome.imported, outcome.refused.length, isWhole(outcome)]).toEqual([0, 2, false]);
  });

  it('a batch that is wrong is named, and does not stop the others', async () => {
    hub
      .on(BatchImportFindingsCommand)
      .rejectsOnce(new InvalidInputException({ message: 'bad', $metadata: {} }))
      .callsFake(taken);
    const findings = Array.from({ length: 101 }, () => finding());
    const outcome = await toSecurityHub(options)(reportOf({ findings }));
    expect([outcome.imported, outcome.refused.length]).toEqual([1, 100]);
    expect(outcome.refused[0]).toMatchObject({ code: 'InvalidInputException', message: 'bad' });
  });

  it('an account without Security Hub is asked once', async () => {
    hub
      .on(BatchImportFindingsCommand)
      .rejects(
        new InvalidAccessException({ message: 'Account 1 is not subscribed to AWS Security Hub', $metadata: {} }),
      );
    const outcome = await toSecurityHub(options)(reportOf({ findings: Array.from({ length: 250 }, () => finding()) }));
    expect(sent()).toHaveLength(1);
    expect(outcome).toEqual({
      imported: 0,
      refused: [],
      notSent: {
        findings: 250,
        reason: 'InvalidAccessException: Account 1 is not subscribed to AWS Security Hub',
      },
    });
    expect(importWords(outcome)).toMatch(/^Security Hub took 0 findings; 250 were not sent: InvalidAccessException/);
  });

  it('and what there was no time for', async () => {
    const time = new AbortController();
    hub.on(BatchImportFindingsCommand).callsFake((input: { Findings?: AwsSecurityFinding[] }) => {
      time.abort();
      return taken(input);
    });
    const outcome = await toSecurityHub({ ...options, deadline: time.signal })(
      reportOf({ findings: Array.from({ length: 250 }, () => finding()) }),
    );
    expect(outcome).toEqual({
      imported: 100,
      refused: [],
      notSent: { findings: 150, reason: 'the time was up' },
    });
  });

  it('is told in one line in which nothing hides', () =>
    expect(importWords({ imported: 0, refused: [{ id: 'a\n', code: '\u001B[31m', message: '\u202E' }] })).not.toMatch(
      /\p{C}/u,
    ));
});

it('throttling is left to the client’s adaptive retries', async () => {
  await toSecurityHub(options)(reportOf({ findings: [finding()] }));
  const { config } = hub.commandCalls(BatchImportFindingsCommand)[0]!.thisValue as SecurityHubClient;
  expect(await config.region()).toBe(region);
  expect(await config.maxAttempts()).toBe(8);
  const { mode } = (await config.retryStrategy()) as { mode?: string };
  expect(mode).toBe('adaptive');
});
