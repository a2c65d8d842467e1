import {
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetAccessKeyLastUsedCommand,
  GetCredentialReportCommand,
  type GetCredentialReportResponse,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListOrganizationsFeaturesCommand,
  ListServiceSpecificCredentialsCommand,
  type ListServiceSpecificCredentialsRequest,
  type ListServiceSpecificCredentialsResponse,
  paginateGetAccountAuthorizationDetails,
  paginateListAccessKeys,
  paginateListMFADevices,
  paginateListServerCertificates,
  paginateListSigningCertificates,
  paginateListSSHPublicKeys,
  paginateListVirtualMFADevices,
  type ServiceSpecificCredentialMetadata,
  type UserDetail,
  type VirtualMFADevice,
} from '@aws-sdk/client-iam';
import { createPaginator } from '@smithy/core';
import { parse } from 'csv-parse/sync';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { CallFailed, Gone } from '../../lib/aws/gaps.ts';
import { type Aws, service, source } from '../../lib/aws/operations.ts';

const iam = service(IAMClient);
/** The largest page of every list of IAM. */
const MaxItems = 1000;
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
/** Not paged: an account has 100 of them at most. */
export const listOpenIDConnectProviders = iam.call(ListOpenIDConnectProvidersCommand, 'iam:ListOpenIDConnectProviders');
export const listServerCertificates = iam.pages(paginateListServerCertificates, 'iam:ListServerCertificates');
const listVirtualMfaDevices = iam.pages(paginateListVirtualMFADevices, 'iam:ListVirtualMFADevices');
/** The SDK does not export a paginator, although the API pages this list. */
const listServiceSpecificCredentials = iam.pages(
  createPaginator<{ client: IAMClient }, ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse>(
    IAMClient,
    ListServiceSpecificCredentialsCommand,
    'Marker',
    'Marker',
    'MaxItems',
  ),
  'iam:ListServiceSpecificCredentials',
);
/** Refused to members of an organisation that manage nothing, and to stand-alone accounts: nothing is theirs to configure. */
const listOrganizationsFeatures = iam.call(ListOrganizationsFeaturesCommand, 'iam:ListOrganizationsFeatures', {
  absent: ['AccountNotManagementOrDelegatedAdministratorException', 'OrganizationNotFoundException'],
  answers: {
    ServiceAccessNotEnabledException: { $metadata: {}, EnabledFeatures: [] },
    OrganizationNotInAllFeaturesModeException: { $metadata: {}, EnabledFeatures: [] },
  },
});

/** All IAM users with their policies and groups; access keys belong to them too, so the chain is shared. */
export const users = source([getAccountAuthorizationDetails], async (aws) => {
  const found: UserDetail[] = [];
  for await (const page of aws.pages(getAccountAuthorizationDetails, { Filter: ['User'], MaxItems })) {
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
    /** Null where the answer leaves it out. */
    signingCertificatesPresent: summary?.AccountSigningCertificatesPresent ?? null,
  };
});

/** Null when the account has no password policy of its own. */
export const passwordPolicy = source([getAccountPasswordPolicy], async (aws) => {
  const answer = await aws.call(getAccountPasswordPolicy, {});
  const policy = answer?.PasswordPolicy;
  return (
    answer && {
      minimumLength: policy?.MinimumPasswordLength,
      requireSymbols: policy?.RequireSymbols,
      requireNumbers: policy?.RequireNumbers,
      requireUppercaseCharacters: policy?.RequireUppercaseCharacters,
      requireLowercaseCharacters: policy?.RequireLowercaseCharacters,
      /** How many passwords are remembered. Null where IAM leaves it out: all may be used again. */
      reusePrevention: policy?.PasswordReusePrevention ?? null,
      /** In days. Null where IAM leaves it out: passwords do not expire. */
      maxAge: policy?.MaxPasswordAge ?? null,
    }
  );
});

/** The serial numbers of the virtual MFA devices that the root user signs in with. */
export const rootVirtualMfaDevices = source([listVirtualMfaDevices], async (aws) => {
  const serials: string[] = [];
  for await (const page of aws.pages(listVirtualMfaDevices, { AssignmentStatus: 'Assigned', MaxItems })) {
    for (const device of listed(page.VirtualMFADevices))
      if (isOfRoot(device)) serials.push(device.SerialNumber ?? 'unnamed');
  }
  return serials;
});

/** The name that the console once gave to every device of a root user; IAM may leave the user out there. */
const ROOT_DEVICE = ':mfa/root-account-mfa-device';

function isOfRoot({ User, SerialNumber }: VirtualMFADevice): boolean {
  if (SerialNumber?.endsWith(ROOT_DEVICE)) return true;
  if (User?.Arn) return User.Arn.endsWith(':root');
  throw failure('iam:ListVirtualMFADevices', 'a device in use lacks its user');
}

/** What the organisation manages of its members' root users; null for accounts that do not manage it. */
export const organizationFeatures = source([listOrganizationsFeatures], async (aws) => {
  const answer = await aws.call(listOrganizationsFeatures, {});
  return answer && listed(answer.EnabledFeatures);
});

/** The service-specific credentials of all users, by user name. The credential report knows nothing of them. */
export const serviceCredentials = source([listServiceSpecificCredentials], async (aws) => {
  const found: ServiceSpecificCredentialMetadata[] = [];
  for await (const page of aws.pages(listServiceSpecificCredentials, { AllUsers: true, MaxItems })) {
    found.push(...listed(page.ServiceSpecificCredentials));
  }
  return Map.groupBy(found, (credential) => {
    if (credential.UserName) return credential.UserName;
    throw failure('iam:ListServiceSpecificCredentials', 'a credential lacks the name of its user');
  });
});

export interface CredentialReport {
  /** When IAM made the report, ISO 8601: up to four hours ago. */
  readonly time: string;
  /** Was it made for this run? Then it tells how things are; else how they were. */
  readonly isNew: boolean;
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
  | `cert_${Slot}_active`
  | 'additional_credentials_info';
export type Slot = 1 | 2;
const SLOTS = [1, 2] as const;

/** Seconds between looks at a report in the making: a minute in all. */
const WAITS = [0.25, 0.25, 0.5, 1, 2, 4, 8, 14, 15, 15];

/** The account's credential report. IAM makes a new one when the last is older than four hours. */
export const credentialReport = source([generateCredentialReport, getCredentialReport], async (aws) => {
  let isMaking = false;
  for (const seconds of [0, ...WAITS]) {
    if (seconds > 0) await pause(seconds);
    const generated = await aws.call(generateCredentialReport, {});
    isMaking ||= generated?.State === 'STARTED' || generated?.State === 'INPROGRESS';
    if (generated && generated.State !== 'COMPLETE') continue;
    const report = await aws.call(getCredentialReport, {});
    if (report) return read(report, isMaking && generated !== null);
  }
  throw failure('iam:GenerateCredentialReport', 'the credential report was not ready within a minute');
});

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const failure = (operation: string, detail: string) => new CallFailed({ reason: 'failed', operation, detail });

/** User names may hold commas, and columns were added over time: hence a real parser, and columns by name. */
function read({ Content, GeneratedTime }: GetCredentialReportResponse, isNew: boolean): CredentialReport {
  if (!Content || !GeneratedTime) throw failure('iam:GetCredentialReport', 'the answer lacks the report or its time');
  const text = new TextDecoder().decode(Content);
  const rows = parse<ReportRow>(text, { columns: true, relax_column_count: true });
  return {
    time: GeneratedTime.toISOString(),
    isNew,
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
    certificate1Active: flag(row.cert_1_active),
    certificate2Active: flag(row.cert_2_active),
    reportTime: report.time,
    isReportNew: report.isNew,
  };
}

/** Lower case in reports, upper case in the documentation. Undefined for any other text. */
function flag(text: string | undefined): boolean | undefined {
  const folded = text?.toLowerCase();
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}

/** Does a column say that there is nothing to tell (IAM user guide: credential reports)? */
export function isNone(text: string | undefined): boolean {
  return text === 'N/A' || text === 'no_information' || text === 'not_supported';
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/;

/** An instant as ISO 8601 in UTC; null for none; undefined for any other text. */
function time(text: string | undefined): string | null | undefined {
  if (isNone(text)) return null;
  const instant = INSTANT.test(text ?? '') ? Date.parse(text!) : Number.NaN;
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}

const DELETED = { gone: ['NoSuchEntityException'] };
const listMfaDevices = iam.pages(paginateListMFADevices, 'iam:ListMFADevices', DELETED);
const listAccessKeys = iam.pages(paginateListAccessKeys, 'iam:ListAccessKeys', DELETED);
const listSshPublicKeys = iam.pages(paginateListSSHPublicKeys, 'iam:ListSSHPublicKeys', DELETED);
const listSigningCertificates = iam.pages(paginateListSigningCertificates, 'iam:ListSigningCertificates', DELETED);
const getUser = iam.call(GetUserCommand, 'iam:GetUser', DELETED);
const getLoginProfile = iam.call(GetLoginProfileCommand, 'iam:GetLoginProfile', { absent: ['NoSuchEntityException'] });
const getAccessKeyLastUsed = iam.call(GetAccessKeyLastUsedCommand, 'iam:GetAccessKeyLastUsed');

/*
 * A report that was not made for this run may be four hours old: since then people may have enrolled MFA, used a password or
 * deactivated a key. What it says against a user is therefore asked again, live; what speaks for the user is not, and a report
 * that was made for this run is not either. Thresholds belong to the checks, so that a use or a creation longer ago than
 * LENIENT_DAYS counts as being against the user; a check that is set to less rests on the report, whose time it then tells.
 * A live call that fails makes a gap: nobody is accused of what was true once.
 */

/** A day less than the shortest time that a check gives by default: the report is older than the check's now. */
const LENIENT_DAYS = 44;

interface Owner {
  readonly id: string;
  readonly arn: string;
  readonly created: string;
}

/** What the report says of a user. */
interface Line {
  readonly report: CredentialReport;
  readonly row: ReportRow;
  readonly created: string;
}

function lineOf(report: CredentialReport, { arn, created }: Owner): Line {
  const row = rowOf(report, arn, created);
  if (!row) throw notReported(report);
  return { report, row, created };
}

export const CONSOLE_CALLS = [credentialReport, listMfaDevices, getLoginProfile, getUser] as const;

/** The password and MFA of a user. `reportTime` is null where live calls told it. */
export async function consoleCredentialsOf(aws: Aws<typeof CONSOLE_CALLS>, user: Owner) {
  const line = lineOf(await aws.read(credentialReport), user);
  const { report, row } = line;
  const told = {
    passwordEnabled: flag(row.password_enabled),
    /** Null when the password was never used, or not since 2014-10-20. */
    passwordLastUsed: time(row.password_last_used),
    passwordLastChanged: time(row.password_last_changed),
    mfaActive: flag(row.mfa_active),
    reportTime: report.time as string | null,
  };
  const isAccused = isWithoutMfa(row) || isPasswordIdle(line) || isDormant(line);
  if (report.isNew || !isAccused) return told;
  const [profile, details, devices] = await Promise.all([
    aws.call(getLoginProfile, { UserName: user.id }),
    aws.call(getUser, { UserName: user.id }),
    all(aws.pages(listMfaDevices, { UserName: user.id, MaxItems }), (page) => page.MFADevices),
  ]);
  return {
    passwordEnabled: profile !== null,
    passwordLastUsed: details?.User && (details.User.PasswordLastUsed?.toISOString() ?? null),
    passwordLastChanged: latest(told.passwordLastChanged, profile?.LoginProfile?.CreateDate),
    mfaActive: devices.length > 0,
    reportTime: null,
  };
}

/** The access keys of a user as they are now: asked once, however many resources want to know. */
const liveKeys = source([listAccessKeys, getAccessKeyLastUsed], async (aws) => {
  const asked = new Map<string, Promise<readonly AccessKey[]>>();
  const ask = async (UserName: string): Promise<readonly AccessKey[]> => {
    const keys = await all(aws.pages(listAccessKeys, { UserName, MaxItems }), (page) => page.AccessKeyMetadata);
    return Promise.all(
      keys.map(async ({ AccessKeyId, Status, CreateDate }) => {
        const use = AccessKeyId === undefined ? undefined : await aws.call(getAccessKeyLastUsed, { AccessKeyId });
        return {
          active: Status && Status === 'Active',
          created: CreateDate?.toISOString(),
          lastUsed: use?.AccessKeyLastUsed && (use.AccessKeyLastUsed.LastUsedDate?.toISOString() ?? null),
        };
      }),
    );
  };
  return (userName: string) => {
    if (!asked.has(userName)) asked.set(userName, ask(userName));
    return asked.get(userName)!;
  };
});

/** Undefined is what the answer lacked. */
interface AccessKey {
  readonly active: boolean | undefined;
  /** When the key was created: activating an old key again does not count. Null where the report does not tell. */
  readonly created: string | null | undefined;
  /** Null when the key was never used, or not since 2015-04-22. */
  readonly lastUsed: string | null | undefined;
}

export const KEY_CALLS = [credentialReport, liveKeys] as const;

/** The access keys of a user, active or not. `reportTime` is null where live calls told them. */
export async function accessKeysOf(aws: Aws<typeof KEY_CALLS>, user: Owner) {
  const line = lineOf(await aws.read(credentialReport), user);
  const ask = await aws.read(liveKeys);
  const isLive = !line.report.isNew && areKeysAccused(line);
  const keys = isLive ? await ask(user.id) : slotsOf(line.row).map((slot) => keyIn(line.row, slot));
  return { accessKeys: each(keys, whole), reportTime: isLive ? null : line.report.time };
}

/** The key in a slot of the report. Gone when it was deleted since the report was made. */
export async function accessKeyOf(aws: Aws<typeof KEY_CALLS>, userArn: string, userName: string, slot: Slot) {
  const report = await aws.read(credentialReport);
  const row = report.byArn.get(userArn)!;
  const told = keyIn(row, slot);
  const isAccused = told.active && isLongAgo(told.created, report);
  if (report.isNew || !isAccused) return { ...told, reportTime: report.time as string | null };
  const ask = await aws.read(liveKeys);
  const keys = await ask(userName);
  const same = keys.filter((key) => isSameSecond(key.created, told.created));
  if (same.length === 1) return { ...same[0]!, reportTime: null };
  // The report numbers keys and the list names them: what they share is the second of their creation.
  const isDeleted = same.length === 0 && keys.every((key) => isKnownOtherwise(key, report, row));
  if (isDeleted) throw new Gone('iam:ListAccessKeys');
  throw failure('iam:ListAccessKeys', 'the keys that IAM lists now are not those of the credential report');
}

/** Is the key of another slot, or younger than the report? */
function isKnownOtherwise({ created }: AccessKey, report: CredentialReport, row: ReportRow): boolean {
  return SLOTS.some((slot) => isSameSecond(created, keyIn(row, slot).created)) || (created ?? '') > report.time;
}

function isSameSecond(one: string | null | undefined, other: string | null | undefined): boolean {
  return Boolean(one && other) && Math.floor(Date.parse(one!) / 1000) === Math.floor(Date.parse(other!) / 1000);
}

export const OTHER_CALLS = [credentialReport, listSshPublicKeys, listSigningCertificates] as const;

/**
 * How many SSH keys and signing certificates of a user are active. IAM lists them user by user and tells of no use: so they are
 * asked for where a user shows no other sign of life in LENIENT_DAYS, and null elsewhere. A new report tells of certificates.
 */
export async function otherKeysOf(aws: Aws<typeof OTHER_CALLS>, user: Owner) {
  const line = lineOf(await aws.read(credentialReport), user);
  if (!isDormant(line)) return null;
  const input = { UserName: user.id, MaxItems };
  const [sshPublicKeys, certificates] = await Promise.all([
    all(aws.pages(listSshPublicKeys, input), (page) => page.SSHPublicKeys),
    line.report.isNew ? null : all(aws.pages(listSigningCertificates, input), (page) => page.Certificates),
  ]);
  return {
    sshPublicKeys: activeIn(sshPublicKeys),
    signingCertificates: certificates ? activeIn(certificates) : activeCertificatesIn(line.row),
  };
}

/** How many the report calls active; undefined where it does not tell. */
function activeCertificatesIn(row: ReportRow): number | undefined {
  const flags = SLOTS.map((slot) => flag(row[`cert_${slot}_active`]));
  return flags.includes(undefined) ? undefined : flags.filter(Boolean).length;
}

/** How many are active; undefined when one lacks its status. */
function activeIn(items: readonly { Status?: string | undefined }[]): number | undefined {
  if (items.some(({ Status }) => Status === undefined)) return undefined;
  return items.filter(({ Status }) => Status === 'Active').length;
}

function keyIn(row: ReportRow, slot: Slot): AccessKey {
  return {
    active: flag(row[`access_key_${slot}_active`]),
    created: time(row[`access_key_${slot}_last_rotated`]),
    lastUsed: time(row[`access_key_${slot}_last_used_date`]),
  };
}

/** Which slots hold a key. What the report cannot tell counts, so that it becomes a gap. A deactivated key keeps its creation. */
export function slotsOf(row: ReportRow): readonly Slot[] {
  const isEmpty = ({ active, created }: AccessKey) => active === false && created === null;
  return SLOTS.filter((slot) => !isEmpty(keyIn(row, slot)));
}

function activeKeysOf(row: ReportRow): readonly AccessKey[] {
  return SLOTS.map((slot) => keyIn(row, slot)).filter(({ active }) => active);
}

/** Can the user sign in or call, without MFA? */
function isWithoutMfa(row: ReportRow): boolean {
  return !flag(row.mfa_active) && (flag(row.password_enabled) || activeKeysOf(row).length > 0);
}

function isPasswordIdle({ report, row }: Line): boolean {
  const since = time(row.password_last_used) ?? time(row.password_last_changed);
  return Boolean(flag(row.password_enabled)) && isLongAgo(since, report);
}

function areKeysAccused(line: Line): boolean {
  const keys = activeKeysOf(line.row);
  return keys.length > 1 || (keys.length > 0 && isWithoutMfa(line.row)) || isDormant(line);
}

/** Was nothing of the user in use lately, who is not new? */
function isDormant(line: Line): boolean {
  const { report, row, created } = line;
  if (!isLongAgo(created, report)) return false;
  if (flag(row.password_enabled) && !isPasswordIdle(line)) return false;
  return activeKeysOf(row).every((key) => isLongAgo(key.lastUsed ?? key.created, report));
}

function isLongAgo(instant: string | null | undefined, { time: now }: CredentialReport): boolean {
  return !instant || Date.parse(now) - Date.parse(instant) > LENIENT_DAYS * 86_400_000;
}

function latest(one: string | null | undefined, other: Date | undefined): string | null | undefined {
  const instant = other?.toISOString();
  return instant && instant > (one ?? '') ? instant : one;
}

async function all<P, T>(pages: AsyncIterable<P>, items: (page: P) => readonly T[] | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...listed(items(page)));
  return found;
}
