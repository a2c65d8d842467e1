import * as z from 'zod';
import { coverageRatio } from '../core/coverage.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import { UserError } from '../core/errors.ts';
import type { Severity } from '../core/model.ts';
import { mistakesIn } from '../core/settings.ts';
import { isAtLeast, SEVERITIES } from '../core/severity.ts';
import { keys } from '../store/store.ts';
import { namesAllUnknown } from '../report/digest.ts';
import type { Baseline } from './baseline.ts';
import type { Report, StoredFinding } from './model.ts';

/** How many findings an answer names; the report has them all. An answer must stay under Lambda's 6 MB. */
const NAMED = 100;

export interface GateRules {
  readonly failOn: Severity;
  /** Only what was not so then counts. */
  readonly baseline?: Baseline | undefined;
  /** The share of what was asked that must have been answered, 0 to 1. */
  readonly minCoverage?: number | undefined;
}
/** Whether a release may go on, and what decides it. */
export interface Decision {
  readonly result: 'pass' | 'fail' | 'inconclusive';
  readonly failed: readonly StoredFinding[];
  readonly unknown: readonly StoredFinding[];
  /** Left out, because the baseline has them as well. */
  readonly known: number;
  readonly coverage: number;
  /** Its coverage is below what was asked for, or nothing was met that could be covered. */
  readonly isThin: boolean;
}

/** What decides: new findings at or above the severity, those that could not be judged, and how much was seen. */
export function decide({ header, findings }: Report, { failOn, baseline, minCoverage = 0 }: GateRules): Decision {
  const deciding = findings.filter(
    ({ status, severity, waiver }) =>
      !waiver && (status === 'FAIL' || status === 'UNKNOWN') && isAtLeast(severity, failOn),
  );
  const counting = deciding.filter((finding) => isNewTo(finding, baseline));
  const failed = counting.filter(({ status }) => status === 'FAIL');
  const unknown = counting.filter(({ status }) => status === 'UNKNOWN');
  const coverage = coverageRatio(header.summary.coverage);
  // A share of nothing is no answer.
  const isEmpty = Object.values(header.summary.statuses).every((count) => count === 0);
  const isThin = coverage < minCoverage || (isEmpty && minCoverage > 0);
  // Of very many the report names some: those that count may be among the others.
  const isOpen = unknown.length > 0 || isThin || !namesAllUnknown({ header, findings });
  return {
    result: failed.length > 0 ? 'fail' : isOpen ? 'inconclusive' : 'pass',
    failed,
    unknown,
    known: deciding.length - counting.length,
    coverage,
    isThin,
  };
}

/** What could not be judged then may have failed then: only a known failure, no milder than now, excuses one. */
function isNewTo({ id, status, severity }: StoredFinding, baseline: Baseline | undefined): boolean {
  if (!baseline) return true;
  const before = baseline.failing.get(id);
  if (status === 'UNKNOWN') return !baseline.unknown.has(id);
  return before === undefined || !isAtLeast(before, severity);
}

/** A name alone would match no ARN, and the gate be open by a mistake. */
export const ARN_PATTERN = /^(?:arn:|[*?])/;
const globs = z.array(z.string().min(1)).optional();
const requestSchema = z.strictObject({
  failOn: z.enum(SEVERITIES as ['critical', 'high', 'medium', 'low', 'informational']).default('high'),
  checks: globs,
  skip: globs,
  services: globs,
  regions: globs,
  tags: z.array(z.string().regex(/^[^=]+=/, 'must be key=value')).optional(),
  stacks: globs,
  arns: z.array(z.string().regex(ARN_PATTERN, 'must be a whole ARN; * stands for any text')).optional(),
  newSince: z.string().min(1).optional(),
  minCoverage: z.number().min(0).max(1).optional(),
});
export type GateRequest = z.input<typeof requestSchema>;

export interface GateAnswer {
  readonly result: Decision['result'];
  readonly failed: number;
  readonly unknown: number;
  readonly known: number;
  readonly coverage: number;
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

export function gateAnswer(
  { header }: Report,
  { result, failed, unknown, known, coverage }: Decision,
  where: { bucket: string; region: string },
): GateAnswer {
  return {
    result,
    failed: failed.length,
    unknown: unknown.length,
    known,
    coverage,
    counts: header.summary.statuses,
    findings: [...failed, ...unknown].slice(0, NAMED).map(({ id, check, status, severity, message, resource }) => ({
      id,
      check,
      status,
      severity,
      message,
      resource,
    })),
    reportUrl: consoleUrl(where, keys.report(header, 'index.html')),
  };
}

/** The object's page in the S3 console: whoever may read it can open it, and the link does not expire. */
export function consoleUrl({ bucket, region }: { bucket: string; region: string }, key: string): string {
  return `https://${region}.console.aws.amazon.com/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`;
}

/** `key=value` as a tag; the value may hold more of them. */
export function tagOf(pair: string): { readonly key: string; readonly value: string } {
  const [key, ...value] = pair.split('=');
  if (!key || value.length === 0) throw new UserError(`tag ${pair}: write key=value`);
  return { key, value: value.join('=') };
}
