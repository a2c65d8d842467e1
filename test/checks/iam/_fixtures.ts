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

/** An instant before the time of all cases, in days; with seconds to miss a boundary by. */
export function daysAgo(days: number, seconds = 0): string {
  return new Date(NOW.getTime() - (days * 86_400 + seconds) * 1000).toISOString();
}
