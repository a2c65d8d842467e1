import {
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListOrganizationsFeaturesCommand,
  ListVirtualMFADevicesCommand,
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
    const SummaryMap = {
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 0,
      AccountPasswordPresent: 1,
      AccountSigningCertificatesPresent: 2,
      Users: 3,
    };
    iam().on(GetAccountSummaryCommand).resolves({ SummaryMap });
    expect(await facet('accountSummary')).toEqual({
      value: { mfaEnabled: 1, accessKeysPresent: 0, passwordPresent: 1, signingCertificatesPresent: 2 },
    });
  });

  it('may leave out the password and the certificates', async () => {
    iam()
      .on(GetAccountSummaryCommand)
      .resolves({ SummaryMap: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 } });
    expect(await facet('accountSummary')).toEqual({
      value: { mfaEnabled: 0, accessKeysPresent: 0, passwordPresent: null, signingCertificatesPresent: null },
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

  const POLICY = {
    MinimumPasswordLength: 10,
    RequireSymbols: true,
    RequireNumbers: false,
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: false,
  };
  const told = {
    minimumLength: 10,
    requireSymbols: true,
    requireNumbers: false,
    requireUppercaseCharacters: true,
    requireLowercaseCharacters: false,
  };

  it('tells what passwords must be, and may leave out what it does not ask for', async () => {
    const policy = iam().on(GetAccountPasswordPolicyCommand);
    policy.resolves({ PasswordPolicy: { ...POLICY, PasswordReusePrevention: 5, MaxPasswordAge: 90 } });
    expect(await facet('passwordPolicy')).toEqual({ value: { ...told, reusePrevention: 5, maxAge: 90 } });
    policy.resolves({ PasswordPolicy: POLICY });
    expect(await facet('passwordPolicy')).toEqual({ value: { ...told, reusePrevention: null, maxAge: null } });
  });

  it.each([
    ['minimumLength', { MinimumPasswordLength: undefined }],
    ['requireSymbols', { RequireSymbols: undefined }],
    ['requireNumbers', { RequireNumbers: undefined }],
    ['requireUppercaseCharacters', { RequireUppercaseCharacters: undefined }],
    ['requireLowercaseCharacters', { RequireLowercaseCharacters: undefined }],
  ])('is a gap without %s', async (field, difference) => {
    iam()
      .on(GetAccountPasswordPolicyCommand)
      .resolves({ PasswordPolicy: { ...POLICY, ...difference } });
    expect(await facet('passwordPolicy')).toMatchObject({ gap: { detail: `the answer lacks ${field}` } });
  });

  it('is a gap when denied', async () => {
    const policy = iam().on(GetAccountPasswordPolicyCommand);
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
          cert_2_active: 'true',
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
        certificate1Active: false,
        certificate2Active: true,
        reportTime: REPORT_TIME,
        isReportNew: false,
      },
    });
  });

  it.each([
    ['access_key_1_active', 'accessKey1Active'],
    ['access_key_2_last_rotated', 'accessKey2LastRotated'],
    ['password_enabled', 'passwordEnabled'],
    ['cert_1_active', 'certificate1Active'],
    ['cert_2_active', 'certificate2Active'],
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
  const made = (isReportNew: boolean) => ({ value: expect.objectContaining({ reportTime: REPORT_TIME, isReportNew }) });

  it('is asked for again until it is complete', async () => {
    const generate = iam().on(GenerateCredentialReportCommand);
    generate.resolvesOnce({ State: 'STARTED' }).resolvesOnce({ State: 'INPROGRESS' }).resolves({ State: 'COMPLETE' });
    iam()
      .on(GetCredentialReportCommand)
      .resolves(report([ROOT]));
    expect(await after(3_000, facet('rootCredentials'))).toEqual(made(true));
    expect([generated(), got()]).toEqual([3, 1]);
  });

  it.each([
    [
      'begun for somebody else a moment ago: new',
      [{ State: 'INPROGRESS' as const }, { State: 'COMPLETE' as const }],
      true,
    ],
    ['there already: of up to four hours ago', [{ State: 'COMPLETE' as const }], false],
    ['of a state that nobody knows at first', [{}, { State: 'COMPLETE' as const }], false],
  ])('is %s', async (_name, states, isNew) => {
    const generate = iam().on(GenerateCredentialReportCommand);
    for (const state of states) generate.resolvesOnce(state);
    iam()
      .on(GetCredentialReportCommand)
      .resolves(report([ROOT]));
    expect(await after(3_000, facet('rootCredentials'))).toEqual(made(isNew));
  });

  it('is not taken for new when IAM breaks off making it, and serves the one before', async () => {
    const generate = iam().on(GenerateCredentialReportCommand);
    generate.resolvesOnce({ State: 'STARTED' }).rejects(awsError('LimitExceededException'));
    iam()
      .on(GetCredentialReportCommand)
      .resolves(report([ROOT]));
    expect(await after(3_000, facet('rootCredentials'))).toEqual(made(false));
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
    expect(await after(1_000, facet('rootCredentials'))).toEqual(made(false));
    expect([generated(), got()]).toEqual([2, 2]);
  });

  it('is the existing one when IAM makes no new one now', async () => {
    iam().on(GenerateCredentialReportCommand).rejects(awsError('LimitExceededException'));
    iam()
      .on(GetCredentialReportCommand)
      .resolves(report([ROOT]));
    expect(await facet('rootCredentials')).toEqual(made(false));
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

describe('the virtual MFA devices of the root user', () => {
  const arnOf = (name: string) => `arn:aws:iam::111122223333:mfa/${name}`;
  const root = { Arn: 'arn:aws:iam::111122223333:root' };
  const someone = { Arn: 'arn:aws:iam::111122223333:user/root' };
  const given = (...devices: object[]) =>
    iam()
      .on(ListVirtualMFADevicesCommand)
      .resolvesOnce({ VirtualMFADevices: devices.slice(0, 1) as never, IsTruncated: true, Marker: 'm' })
      .resolves({ VirtualMFADevices: devices.slice(1) as never });

  it('are those in use by root, whatever their name, on every page', async () => {
    given(
      { SerialNumber: arnOf('root-laptop'), User: someone },
      { SerialNumber: arnOf('phone'), User: root },
      { SerialNumber: arnOf('root-account-mfa-device') },
      { User: root },
    );
    expect(await facet('rootVirtualMfaDevices')).toEqual({
      value: [arnOf('phone'), arnOf('root-account-mfa-device'), 'unnamed'],
    });
    const inputs = iam()
      .commandCalls(ListVirtualMFADevicesCommand)
      .map(({ args }) => args[0].input);
    expect(inputs).toMatchObject([{ AssignmentStatus: 'Assigned', MaxItems: 1000 }, { Marker: 'm' }]);
  });

  it('are unknown where one is of nobody', async () => {
    given({ SerialNumber: arnOf('phone'), User: someone }, { SerialNumber: arnOf('tablet') });
    expect(await facet('rootVirtualMfaDevices')).toMatchObject({ gap: { detail: 'a device in use lacks its user' } });
  });
});

describe('the features of the organization', () => {
  it.each([
    ['are those enabled', { EnabledFeatures: ['RootSessions' as const] }, { value: ['RootSessions'] }],
    ['are a gap where the answer lacks them', {}, { gap: { operation: 'iam:ListOrganizationsFeatures' } }],
  ])('%s', async (_name, answer, expected) => {
    iam().on(ListOrganizationsFeaturesCommand).resolves(answer);
    expect(await facet('organizationFeatures')).toMatchObject(expected);
  });

  it.each([
    ['AccountNotManagementOrDelegatedAdministratorException', { value: null }],
    ['OrganizationNotFoundException', { value: null }],
    ['ServiceAccessNotEnabledException', { value: [] }],
    ['OrganizationNotInAllFeaturesModeException', { value: [] }],
    ['AccessDenied', { gap: { reason: 'denied' } }],
  ])('after %s', async (code, expected) => {
    iam().on(ListOrganizationsFeaturesCommand).rejects(awsError(code));
    expect(await facet('organizationFeatures')).toMatchObject(expected);
  });
});
