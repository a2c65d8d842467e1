import type { GenerateCredentialReportResponse, GetCredentialReportResponse } from '@aws-sdk/client-iam';
import { stringify } from 'csv-stringify/sync';
import type { Described } from '../defaults/common.ts';
import type { AccessKey, Credentials } from '../defaults/iam.ts';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import type { Context } from './context.ts';

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
const STARTED = 'No report exists. Starting a new report generation task';

export const credentialReport = {
  GenerateCredentialReport(_input: object, context: Context): Described<GenerateCredentialReportResponse> {
    const asked = (context.state.reportRequests.get(context.account.id) ?? 0) + 1;
    context.state.reportRequests.set(context.account.id, asked);
    if (isReady(context)) return { State: 'COMPLETE' };
    return asked === 1 ? { State: 'STARTED', Description: STARTED } : { State: 'INPROGRESS' };
  },

  GetCredentialReport(_input: object, context: Context): Described<GetCredentialReportResponse> {
    if (!context.state.reportRequests.has(context.account.id))
      throw new AwsError(410, 'ReportNotPresent', 'No report is present. Generate one using GenerateCredentialReport.');
    if (!isReady(context)) throw new AwsError(404, 'ReportInProgress', 'Report generation is in progress.');
    return {
      Content: csvOf(context.account),
      ReportFormat: 'text/csv',
      GeneratedTime: context.world.now.toISOString(),
    };
  },
};

function isReady({ state, account, profile }: Context): boolean {
  return (state.reportRequests.get(account.id) ?? 0) > (profile.credentialReportPolls ?? 1);
}

function csvOf({ id, iam }: Account): string {
  const root = row('<root_account>', `arn:aws:iam::${id}:root`, iam.Root.CreateDate, iam.Root);
  // AWS does not tell these two of the root user.
  root[5] = root[6] = 'not_supported';
  const users = iam.Users.map((user) => row(user.UserName!, user.Arn!, user.CreateDate!, user));
  return stringify([COLUMNS, root, ...users]).trimEnd();
}

function row(name: string, arn: string, created: string, credentials: Credentials): string[] {
  const { Password, MFADevices = [], AccessKeys = [], SigningCertificates = [] } = credentials;
  return [
    name,
    arn,
    time(created),
    String(Password !== undefined),
    Password ? (Password.LastUsed ? time(Password.LastUsed) : 'no_information') : 'N/A',
    Password ? time(Password.LastChanged) : 'N/A',
    Password ? time(Password.NextRotation) : 'N/A',
    String(MFADevices.length > 0),
    ...keyColumns(AccessKeys[0]),
    ...keyColumns(AccessKeys[1]),
    ...certificateColumns(SigningCertificates[0]),
    ...certificateColumns(SigningCertificates[1]),
  ];
}

function certificateColumns(certificate: NonNullable<Credentials['SigningCertificates']>[number] | undefined) {
  return [String(certificate?.Status === 'Active'), time(certificate?.UploadDate)];
}

function keyColumns(key: AccessKey | undefined): string[] {
  if (!key) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const used = key.LastUsedDate !== undefined;
  return [
    String(key.Status === 'Active'),
    time(key.CreateDate),
    time(key.LastUsedDate),
    used ? (key.LastUsedRegion ?? 'us-east-1') : 'N/A',
    used ? (key.LastUsedService ?? 's3') : 'N/A',
  ];
}

function time(iso: string | undefined): string {
  return iso ? iso.replace(/(\.\d+)?Z$/, '+00:00') : 'N/A';
}
