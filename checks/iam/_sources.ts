import {
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  type GetCredentialReportResponse,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { parse } from 'csv-parse/sync';
import { listed } from '../../lib/aws/answer.ts';
import { CallFailed } from '../../lib/aws/gaps.ts';
import { service, source } from '../../lib/aws/operations.ts';

const iam = service(IAMClient);
export const getAccountAuthorizationDetails = iam.pages(
  paginateGetAccountAuthorizationDetails,
  'iam:GetAccountAuthorizationDetails',
);
const getAccountSummary = iam.call(GetAccountSummaryCommand, 'iam:GetAccountSummary');
const getAccountPasswordPolicy = iam.call(GetAccountPasswordPolicyCommand, 'iam:GetAccountPasswordPolicy', {
  absent: ['NoSuchEntityException'],
});
/** LimitExceeded: no new report now; the one that exists is served all the same. */
const generateCredentialReport = iam.call(GenerateCredentialReportCommand, 'iam:GenerateCredentialReport', {
  absent: ['LimitExceededException'],
});
const getCredentialReport = iam.call(GetCredentialReportCommand, 'iam:GetCredentialReport', {
  absent: [
    'CredentialReportNotPresentException',
    'CredentialReportNotReadyException',
    'CredentialReportExpiredException',
  ],
});

/** All IAM users with their policies and groups; access keys belong to them too, so the chain is shared. */
export const users = source([getAccountAuthorizationDetails], async (aws) => {
  const found: UserDetail[] = [];
  for await (const page of aws.pages(getAccountAuthorizationDetails, { Filter: ['User'], MaxItems: 1000 })) {
    found.push(...listed(page.UserDetailList));
  }
  return found;
});

/** What IAM counts of the root user. Live, unlike the credential report. */
export const accountSummary = source([getAccountSummary], async (aws) => {
  const summary = (await aws.call(getAccountSummary, {}))?.SummaryMap;
  return {
    mfaEnabled: summary?.AccountMFAEnabled,
    accessKeysPresent: summary?.AccountAccessKeysPresent,
    /** Null where the answer leaves it out, as it did before root credentials could be removed. */
    passwordPresent: summary?.AccountPasswordPresent ?? null,
  };
});

/** Null when the account has no password policy of its own. */
export const passwordPolicy = source([getAccountPasswordPolicy], async (aws) => {
  const answer = await aws.call(getAccountPasswordPolicy, {});
  return answer && { minimumLength: answer.PasswordPolicy?.MinimumPasswordLength };
});

export interface CredentialReport {
  /** When IAM made the report, ISO 8601: up to four hours ago. */
  readonly time: string;
  readonly rows: readonly ReportRow[];
  readonly byArn: ReadonlyMap<string, ReportRow>;
}
/** One line of the report by column name; a column that the report lacks is undefined. */
export type ReportRow = Readonly<Partial<Record<Column, string>>>;
type Column =
  | 'user'
  | 'arn'
  | 'password_enabled'
  | 'password_last_used'
  | 'password_last_changed'
  | 'mfa_active'
  | `access_key_${Slot}_${'active' | 'last_rotated' | 'last_used_date'}`
  | 'additional_credentials_info';
export type Slot = 1 | 2;

/** Seconds between looks at a report in the making: a minute in all. */
const WAITS = [0.25, 0.25, 0.5, 1, 2, 4, 8, 14, 15, 15];

/** The account's credential report. IAM makes a new one when the last is older than four hours. */
export const credentialReport = source([generateCredentialReport, getCredentialReport], async (aws) => {
  for (const seconds of [0, ...WAITS]) {
    if (seconds > 0) await pause(seconds);
    const generated = await aws.call(generateCredentialReport, {});
    if (generated && generated.State !== 'COMPLETE') continue;
    const report = await aws.call(getCredentialReport, {});
    if (report) return read(report);
  }
  throw failure('iam:GenerateCredentialReport', 'the credential report was not ready within a minute');
});

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const failure = (operation: string, detail: string) => new CallFailed({ reason: 'failed', operation, detail });

/** User names may hold commas, and columns were added over time: hence a real parser, and columns by name. */
function read({ Content, GeneratedTime }: GetCredentialReportResponse): CredentialReport {
  if (!Content || !GeneratedTime) throw failure('iam:GetCredentialReport', 'the answer lacks the report or its time');
  const text = new TextDecoder().decode(Content);
  const rows = parse<ReportRow>(text, { columns: true, relax_column_count: true });
  return {
    time: GeneratedTime.toISOString(),
    rows,
    byArn: new Map(rows.flatMap((row) => (row.arn === undefined ? [] : [[row.arn, row]]))),
  };
}

/**
 * The line of a user, or undefined where the report does not know the user yet. A report that is older than the user may
 * hold a line of that name all the same: it tells of somebody who was deleted.
 */
export function rowOf(
  report: CredentialReport,
  arn: string | undefined,
  created: string | undefined,
): ReportRow | undefined {
  return created !== undefined && created <= report.time ? report.byArn.get(arn ?? '') : undefined;
}

/** For a user whom the report does not know. */
export function notReported(report: CredentialReport): CallFailed {
  return failure('iam:GetCredentialReport', `the credential report of ${report.time} does not know this user yet`);
}

/** What the report says of the root user. Throws CallFailed when it has no such line. */
export function rootCredentialsOf(report: CredentialReport) {
  const row = report.rows.find(({ user }) => user === '<root_account>');
  if (!row) throw failure('iam:GetCredentialReport', 'the credential report has no line for the root user');
  return {
    /** Null where the report does not tell, as it did before root credentials could be removed. */
    passwordEnabled: row.password_enabled === 'not_supported' ? null : flag(row.password_enabled),
    passwordLastUsed: time(row.password_last_used),
    accessKey1Active: flag(row.access_key_1_active),
    accessKey1LastRotated: time(row.access_key_1_last_rotated),
    accessKey1LastUsed: time(row.access_key_1_last_used_date),
    accessKey2Active: flag(row.access_key_2_active),
    accessKey2LastRotated: time(row.access_key_2_last_rotated),
    accessKey2LastUsed: time(row.access_key_2_last_used_date),
    reportTime: report.time,
  };
}

/** Lower case in reports, upper case in the documentation. Undefined for any other text. */
export function flag(text: string | undefined): boolean | undefined {
  const folded = text?.toLowerCase();
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}

/** Does a column say that there is nothing to tell (IAM user guide: credential reports)? */
export function isNone(text: string | undefined): boolean {
  return text === 'N/A' || text === 'no_information' || text === 'not_supported';
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/;

/** An instant as ISO 8601 in UTC; null for none; undefined for any other text. */
export function time(text: string | undefined): string | null | undefined {
  if (isNone(text)) return null;
  const instant = INSTANT.test(text ?? '') ? Date.parse(text!) : Number.NaN;
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}
