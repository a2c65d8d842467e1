import * as z from 'zod';
import type { AnyCheck } from '../core/evaluate.ts';
import { UserError } from '../core/errors.ts';
import type { Severity } from '../core/model.ts';
import { mistakesIn } from '../core/settings.ts';
import { isAtLeast, SEVERITIES } from '../core/severity.ts';
import { keys } from '../store/store.ts';
import type { Report, StoredFinding } from './model.ts';

/** How many findings an answer names; the report has them all. An answer must stay under Lambda's 6 MB. */
const NAMED = 100;

const globs = z.array(z.string().min(1)).optional();
const requestSchema = z.strictObject({
  failOn: z.enum(SEVERITIES as ['critical', 'high', 'medium', 'low', 'informational']).default('high'),
  checks: globs,
  skip: globs,
  services: globs,
  regions: globs,
});
export type GateRequest = z.input<typeof requestSchema>;

export interface GateAnswer {
  /** Nothing at or above the severity fails, and everything there could be judged. */
  readonly ok: boolean;
  readonly failed: number;
  readonly unknown: number;
  readonly counts: Report['header']['summary']['statuses'];
  readonly findings: readonly Pick<StoredFinding, 'id' | 'check' | 'status' | 'severity' | 'message' | 'resource'>[];
  readonly reportUrl: string;
}

/** Reads a request; throws a UserError that names what it cannot use. */
export function readRequest(event: unknown, checks: readonly AnyCheck[]): z.output<typeof requestSchema> {
  const parsed = requestSchema.safeParse(event ?? {});
  if (!parsed.success) throw new UserError(z.prettifyError(parsed.error));
  const wrong = mistakesIn(checks, parsed.data)[0];
  if (wrong) throw new UserError(`${wrong.path.join('.')}: ${wrong.message}`);
  return parsed.data;
}

/** What decides at a severity: the failed findings, and those that could not be judged. */
export function deciding(
  { findings }: Pick<Report, 'findings'>,
  failOn: Severity,
): { failed: StoredFinding[]; unknown: StoredFinding[] } {
  const relevant = findings.filter(({ severity }) => isAtLeast(severity, failOn));
  return {
    failed: relevant.filter(({ status }) => status === 'FAIL'),
    unknown: relevant.filter(({ status }) => status === 'UNKNOWN'),
  };
}

export function gateAnswer(report: Report, failOn: Severity, where: { bucket: string; region: string }): GateAnswer {
  const { failed, unknown } = deciding(report, failOn);
  return {
    ok: failed.length + unknown.length === 0,
    failed: failed.length,
    unknown: unknown.length,
    counts: report.header.summary.statuses,
    findings: [...failed, ...unknown].slice(0, NAMED).map(({ id, check, status, severity, message, resource }) => ({
      id,
      check,
      status,
      severity,
      message,
      resource,
    })),
    reportUrl: consoleUrl(where, keys.report(report.header, 'index.html')),
  };
}

/** The object's page in the S3 console: whoever may read it can open it, and the link does not expire. */
export function consoleUrl({ bucket, region }: { bucket: string; region: string }, key: string): string {
  return `https://${region}.console.aws.amazon.com/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`;
}
