import { GenerateCredentialReportCommand, GetCredentialReportCommand } from '@aws-sdk/client-iam';
import type { AwsStub } from 'aws-sdk-client-mock';
import { vi } from 'vitest';
import type { View } from '../../../lib/core/model.ts';
import { NOW } from '../../support/cases.ts';

/** The 22 columns in the order of real reports. */
const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];
const FLAGS = /(_enabled|_active)$/;

export const REPORT_TIME = '2025-12-31T22:00:00.000Z';

/** A credential report as IAM answers it. Columns that a row does not name are 'false' or 'N/A'. */
export function report(rows: readonly Record<string, string>[], columns: readonly string[] = COLUMNS) {
  const lines = rows.map((row) => columns.map((column) => cell(row, column)).join(','));
  const text = [columns.join(','), ...lines].join('\n');
  return { Content: new TextEncoder().encode(text), GeneratedTime: new Date(REPORT_TIME) };
}

function cell(row: Record<string, string>, column: string): string {
  const text = row[column] ?? (FLAGS.test(column) ? 'false' : 'N/A');
  return text.includes(',') ? `"${text}"` : text;
}

/** IAM makes a report for this run, or hands out one that it made before. No test waits for it. */
export function reportIsMade(aws: AwsStub<any, any, any>, isNew: boolean, answer: object): void {
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void) => {
    queueMicrotask(run);
    return 0 as never;
  });
  const generate = aws.on(GenerateCredentialReportCommand);
  if (isNew) generate.resolvesOnce({ State: 'STARTED' });
  generate.resolves({ State: 'COMPLETE' });
  aws.on(GetCredentialReportCommand).resolves(answer);
}

/** The report's row of a user. */
export function userRow(name: string, columns: Record<string, string> = {}): Record<string, string> {
  return { user: name, arn: `arn:aws:iam::111122223333:user/${name}`, ...columns };
}

export const columnsWithout = (name: string): string[] => COLUMNS.filter((column) => column !== name);
export const columnsWith = (name: string): string[] => [...COLUMNS, name];

export const CREATED = new Date('2020-05-01T10:00:00Z');
/** A policy document, and how IAM answers it. */
export const DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';
export const encoded = encodeURIComponent(DOCUMENT);

/** The live account summary of a root user with a password and MFA. */
export const SUMMARY = { mfaEnabled: 1, accessKeysPresent: 0, passwordPresent: 1, signingCertificatesPresent: 0 };
/** The report's line of a root user with a password alone, made for the run. */
export const ROOT_CREDENTIALS = {
  passwordEnabled: true,
  passwordLastUsed: null,
  accessKey1Active: false,
  accessKey1LastRotated: null,
  accessKey1LastUsed: null,
  accessKey2Active: false,
  accessKey2LastRotated: null,
  accessKey2LastUsed: null,
  certificate1Active: false,
  certificate2Active: false,
  reportTime: REPORT_TIME,
  isReportNew: true,
};
/** A password policy that asks for everything. */
export const PASSWORD_POLICY = {
  minimumLength: 14,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercaseCharacters: true,
  requireLowercaseCharacters: true,
  reusePrevention: 24,
  maxAge: null,
};

/** What every user has. */
export const USER = {
  uniqueId: 'AIDA1',
  path: '/',
  created: CREATED.toISOString(),
  groups: [],
  attachedPolicies: [],
  documents: [],
  permissionsBoundary: null,
};
const NO_PASSWORD = { passwordEnabled: false, passwordLastUsed: null, passwordLastChanged: null };
/** What the report tells of a user's sign-in; without a password by default. */
export const credentialsWith = (more: Partial<Credentials> = {}): Credentials => ({
  ...NO_PASSWORD,
  mfaActive: false,
  reportTime: REPORT_TIME,
  ...more,
});
type Credentials = View<'AWS::IAM::User', 'credentials'>['credentials'];

/** A user who may sign in to the console, or may not. */
export const userWithPassword = (id: string, passwordEnabled: boolean) => ({
  ...USER,
  id,
  arn: `arn:aws:iam::111122223333:user/${id}`,
  credentials: credentialsWith({ passwordEnabled }),
});

/** A user as IAM answers one without inline policies. */
export const person = (UserName: string, more: object = {}) => ({
  UserName,
  UserId: `AIDA${UserName}`,
  Arn: `arn:aws:iam::111122223333:user/${UserName}`,
  Path: '/',
  CreateDate: CREATED,
  GroupList: [],
  AttachedManagedPolicies: [],
  Tags: [],
  ...more,
});

/** An instant before the report was made, in days; with seconds to miss a boundary by. */
export function beforeReport(days: number, seconds = 0): string {
  return new Date(Date.parse(REPORT_TIME) - (days * 86_400 + seconds) * 1000).toISOString();
}

/** An instant before the time of all cases, in days; with seconds to miss a boundary by. */
export function daysAgo(days: number, seconds = 0): string {
  return new Date(NOW.getTime() - (days * 86_400 + seconds) * 1000).toISOString();
}
