import {
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { account } from '../../../checks/account/collect.ts';
import { awsError, collector } from '../../support/collected.ts';
import { columnsWithout, report, REPORT_TIME } from './_fixtures.ts';

const { aws, collected } = collector(account);
const iam = () => aws(IAMClient);
const facet = async (name: string) => (await collected([name])).rows[0]!.facets[name];
const ROOT = { user: '<root_account>', arn: 'arn:aws:iam::111122223333:root' };

const reported = (answer: object) => {
  iam().on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  iam().on(GetCredentialReportCommand).resolves(answer);
};
const generated = () => iam().commandCalls(GenerateCredentialReportCommand).length;
const got = () => iam().commandCalls(GetCredentialReportCommand).length;
const after = async (milliseconds: number, pending: Promise<unknown>) => {
  await vi.advanceTimersByTimeAsync(milliseconds);
  return pending;
};

describe('the account summary', () => {
  it('tells what root has', async () => {
    const SummaryMap = { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, AccountPasswordPresent: 1, Users: 3 };
    iam().on(GetAccountSummaryCommand).resolves({ SummaryMap });
    expect(await facet('accountSummary')).toEqual({
      value: { mfaEnabled: 1, accessKeysPresent: 0, passwordPresent: 1 },
    });
  });

  it('may leave the password out', async () => {
    iam()
      .on(GetAccountSummaryCommand)
      .resolves({ SummaryMap: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 } });
    expect(await facet('accountSummary')).toEqual({
      value: { mfaEnabled: 0, accessKeysPresent: 0, passwordPresent: null },
    });
  });

  it.each([
    ['mfaEnabled', { AccountAccessKeysPresent: 0 }],
    ['accessKeysPresent', { AccountMFAEnabled: 0 }],
    ['mfaEnabled', undefined],
  ])('is a gap without %s', async (field, SummaryMap) => {
    iam().on(GetAccountSummaryCommand).resolves({ SummaryMap });
    expect(await facet('accountSummary')).toMatchObject({
      gap: { operation: 'iam:GetAccountSummary', detail: `the answer lacks ${field}` },
    });
  });

  it('is a gap when denied', async () => {
    iam().on(GetAccountSummaryCommand).rejects(awsError('AccessDenied'));
    expect(await facet('accountSummary')).toMatchObject({ gap: { reason: 'denied' } });
  });
});

describe('the password policy', () => {
  it('is null when the account has none of its own', async () => {
    iam().on(GetAccountPasswordPolicyCommand).rejects(awsError('NoSuchEntityException'));
    expect(await facet('passwordPolicy')).toEqual({ value: null });
  });

  it('has a minimum length, or is a gap', async () => {
    const policy = iam().on(GetAccountPasswordPolicyCommand);
    policy.resolves({ PasswordPolicy: { MinimumPasswordLength: 10 } });
    expect(await facet('passwordPolicy')).toEqual({ value: { minimumLength: 10 } });
    policy.resolves({ PasswordPolicy: {} });
    expect(await facet('passwordPolicy')).toMatchObject({ gap: { detail: 'the answer lacks minimumLength' } });
    policy.rejects(awsError('AccessDenied'));
    expect(await facet('passwordPolicy')).toMatchObject({ gap: { reason: 'denied' } });
  });
});

describe('the root user in the credential report', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['not_supported', null],
  ])('password_enabled %s', async (text, passwordEnabled) => {
    reported(
      report([
        {
          ...ROOT,
          password_enabled: text,
          password_last_used: '2025-12-01T00:00:00Z',
          access_key_1_active: 'true',
          access_key_1_last_rotated: '2020-01-01T00:00:00+00:00',
          access_key_2_last_used_date: '2021-01-01T00:00:00+00:00',
        },
      ]),
    );
    expect(await facet('rootCredentials')).toEqual({
      value: {
        passwordEnabled,
        passwordLastUsed: '2025-12-01T00:00:00.000Z',
        accessKey1Active: true,
        accessKey1LastRotated: '2020-01-01T00:00:00.000Z',
        accessKey1LastUsed: null,
        accessKey2Active: false,
        accessKey2LastRotated: null,
        accessKey2LastUsed: '2021-01-01T00:00:00.000Z',
        reportTime: REPORT_TIME,
      },
    });
  });

  it.each([
    ['access_key_1_active', 'accessKey1Active'],
    ['access_key_2_last_rotated', 'accessKey2LastRotated'],
    ['password_enabled', 'passwordEnabled'],
  ])('a report without %s is a gap', async (column, field) => {
    reported(report([ROOT], columnsWithout(column)));
    expect(await facet('rootCredentials')).toMatchObject({ gap: { detail: `the answer lacks ${field}` } });
  });

  it.each([
    ['no line for root', report([]), 'no line for the root user'],
    ['no content', { ...report([ROOT]), Content: undefined }, 'lacks the report or its time'],
    ['no time', { ...report([ROOT]), GeneratedTime: undefined }, 'lacks the report or its time'],
    [
      'a page of HTML in its place',
      { ...report([]), Content: new TextEncoder().encode('<html>"') },
      'could not be read',
    ],
  ])('a report with %s is a gap', async (_name, answer, detail) => {
    reported(answer);
    expect(await facet('rootCredentials')).toMatchObject({
      gap: { reason: 'failed', detail: expect.stringContaining(detail) },
    });
  });
});

describe('a report that takes its time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const made = { value: expect.objectContaining({ reportTime: REPORT_TIME }) };

  it('is asked for again until it is complete', async () => {
    const generate = iam().on(GenerateCredentialReportCommand);
    generate.resolvesOnce({ State: 'STARTED' }).resolvesOnce({ State: 'INPROGRESS' }).resolves({ State: 'COMPLETE' });
    iam()
      .on(GetCredentialReportCommand)
      .resolves(report([ROOT]));
    expect(await after(3_000, facet('rootCredentials'))).toEqual(made);
    expect([generated(), got()]).toEqual([3, 1]);
  });

  it.each([
    'CredentialReportNotPresentException',
    'CredentialReportNotReadyException',
    'CredentialReportExpiredException',
  ])('is asked for again after %s', async (code) => {
    iam().on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
    iam()
      .on(GetCredentialReportCommand)
      .rejectsOnce(awsError(code))
      .resolves(report([ROOT]));
    expect(await after(1_000, facet('rootCredentials'))).toEqual(made);
    expect([generated(), got()]).toEqual([2, 2]);
  });

  it('is the existing one when IAM makes no new one now', async () => {
    iam().on(GenerateCredentialReportCommand).rejects(awsError('LimitExceededException'));
    iam()
      .on(GetCredentialReportCommand)
      .resolves(report([ROOT]));
    expect(await facet('rootCredentials')).toEqual(made);
    expect([generated(), got()]).toEqual([1, 1]);
  });

  it.each([
    ['never complete', () => void iam().on(GenerateCredentialReportCommand).resolves({ State: 'INPROGRESS' })],
    ['of an unheard-of state', () => void iam().on(GenerateCredentialReportCommand).resolves({})],
    [
      'neither made nor there',
      () => {
        iam().on(GenerateCredentialReportCommand).rejects(awsError('LimitExceededException'));
        iam().on(GetCredentialReportCommand).rejects(awsError('CredentialReportNotPresentException'));
      },
    ],
  ])('is a gap after a minute when it is %s', async (_name, given) => {
    given();
    const pending = facet('rootCredentials');
    await vi.advanceTimersByTimeAsync(59_999);
    expect(generated()).toBe(10);
    const gap = {
      reason: 'failed',
      operation: 'iam:GenerateCredentialReport',
      detail: 'the credential report was not ready within a minute',
    };
    expect(await after(1, pending)).toEqual({ gap });
    expect(generated()).toBe(11);
  });

  it.each([GenerateCredentialReportCommand, GetCredentialReportCommand])(
    'is a gap at once when denied',
    async (command) => {
      iam().on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
      iam().on(command).rejects(awsError('AccessDenied'));
      expect(await facet('rootCredentials')).toMatchObject({ gap: { reason: 'denied' } });
    },
  );
});
