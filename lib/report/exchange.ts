import type { Gone } from '../core/diff.ts';
import type { Cause } from '../core/causes.ts';
import type { Report, RunHeader, StoredFinding } from '../run/model.ts';
import { jsonText } from './text.ts';

/** What formats that other systems keep say of a run, so that all of them say the same. */

/**
 * What other systems are to know: every verdict but a SKIP that closes nothing, and what was not met again. Of the latter, what is
 * resolved comes as SKIP, because there is nothing left to judge, and what could not be listed as UNKNOWN.
 */
export function exchanged({ header, findings }: Report): StoredFinding[] {
  return [...findings.filter(({ status, change }) => status !== 'SKIP' || change !== undefined), ...notMet(header)];
}

function notMet({ accounts, endedAt }: RunHeader): StoredFinding[] {
  return accounts.flatMap(({ account, gone, causes }) =>
    gone.map((one) => notMetIn(account, one, causes[one.id], endedAt)),
  );
}

function notMetIn(account: string, gone: Gone, cause: Cause | undefined, at: string): StoredFinding {
  const { id, check, severity, firstSeen, change, type, region, arn } = gone;
  const gap = cause?.kind === 'coverage-lost' ? cause.gap : undefined;
  const isGone = change === 'resolved';
  return {
    id,
    check,
    status: isGone ? 'SKIP' : 'UNKNOWN',
    severity,
    message: isGone ? 'the resource is gone' : 'could not be listed',
    resource: { type, id: arn, arn, account, region },
    at,
    firstSeen,
    change,
    ...(cause && { cause }),
    ...(gap && { gap }),
  };
}

export interface Requirement {
  readonly standard: string;
  /** With the name of its standard: "CIS AWS Foundations Benchmark 7.0 1.4". */
  readonly name: string;
}

/** The requirements that each check answers to, by its id; nothing where the run was not told. */
export function requirementsByCheck({ frameworks = [] }: RunHeader): ReadonlyMap<string, readonly Requirement[]> {
  const pairs = frameworks.flatMap(({ name: standard, requirements }) =>
    requirements.flatMap(({ ref, checks }) =>
      checks.map((check) => [check, { standard, name: `${standard} ${ref}` }] as const),
    ),
  );
  return new Map(
    [...Map.groupBy(pairs, ([check]) => check)].map(([check, own]) => [
      check,
      own.map(([, requirement]) => requirement),
    ]),
  );
}

/** A JSON array with one item a line. */
export function jsonLines(items: readonly unknown[]): string {
  return items.length === 0 ? '[]\n' : `[\n${items.map((item) => jsonText(item)).join(',\n')}\n]\n`;
}
