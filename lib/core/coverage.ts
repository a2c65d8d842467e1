import type { Finding, Gap, Severity, Status } from './model.ts';
import { SEVERITIES } from './severity.ts';

export interface Coverage {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  /** PASS and FAIL and SKIP: what could be answered. */
  readonly judged: number;
  readonly unknown: number;
}
/** One cause of UNKNOWNs: the same reason from the same operation. */
export interface GapGroup extends Gap {
  readonly findings: number;
  readonly checks: readonly string[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}
/** How the verdicts of one check came out; `waived` are FAILs that a waiver covers, and `FAIL` counts the others. */
type CheckCounts = Readonly<Record<Status | 'waived', number>> & { readonly check: string };

export interface Summary {
  readonly statuses: Readonly<Record<Status, number>>;
  /** FAILs by severity, without those that a waiver covers. */
  readonly failed: Readonly<Record<Severity, number>>;
  readonly passed: Readonly<Record<Severity, number>>;
  /** FAILs that a waiver covers. */
  readonly waived: number;
  /** Checks that gave a verdict, by id. */
  readonly checks: readonly CheckCounts[];
  readonly coverage: readonly Coverage[];
  /** Most findings first. */
  readonly gaps: readonly GapGroup[];
}

const NO_VERDICT = { PASS: 0, FAIL: 0, SKIP: 0, UNKNOWN: 0, waived: 0 };

/** Counts findings as they stream past. */
export function tally(): { add(finding: Finding & { readonly waiver?: object }): void; summary(): Summary } {
  const statuses = { PASS: 0, FAIL: 0, SKIP: 0, UNKNOWN: 0 };
  const failed = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };
  const passed = { ...failed };
  const byCheck = new Map<string, Record<keyof typeof NO_VERDICT, number>>();
  let waived = 0;
  const places = new Map<
    string,
    { account: string; region: string; service: string; judged: number; unknown: number }
  >();
  const causes = new Map<
    string,
    { gap: Gap; findings: number; checks: Set<string>; accounts: Set<string>; regions: Set<string> }
  >();

  function countCheck({ check, status }: Finding, isWaived: boolean): void {
    const counts = byCheck.get(check) ?? { ...NO_VERDICT };
    counts[isWaived ? 'waived' : status] += 1;
    byCheck.set(check, counts);
  }

  function countPlace({ check, resource, status }: Finding): void {
    const { account, region } = resource;
    const service = serviceOf(check);
    const key = `${account} ${region} ${service}`;
    const place = places.get(key) ?? { account, region, service, judged: 0, unknown: 0 };
    place[status === 'UNKNOWN' ? 'unknown' : 'judged'] += 1;
    places.set(key, place);
  }

  function countCause(finding: Finding): void {
    const { check, resource } = finding;
    const cause = causeOf(finding);
    const key = keyOf(cause);
    const group = causes.get(key) ?? {
      gap: cause,
      findings: 0,
      checks: new Set(),
      accounts: new Set(),
      regions: new Set(),
    };
    group.findings += 1;
    group.checks.add(check);
    group.accounts.add(resource.account);
    group.regions.add(resource.region);
    causes.set(key, group);
  }

  return {
    add(finding) {
      statuses[finding.status] += 1;
      if (finding.waiver) waived += 1;
      else if (finding.status === 'FAIL') failed[finding.severity] += 1;
      if (finding.status === 'PASS') passed[finding.severity] += 1;
      countCheck(finding, finding.waiver !== undefined);
      countPlace(finding);
      if (finding.status === 'UNKNOWN') countCause(finding);
    },
    summary: () => ({
      statuses,
      failed,
      passed,
      waived,
      checks: [...byCheck].map(([check, counts]) => ({ check, ...counts })).toSorted(byId),
      coverage: [...places.values()],
      gaps: [...causes.values()]
        .map(({ gap, findings, checks, accounts, regions }) => ({
          ...gap,
          findings,
          checks: [...checks].toSorted(),
          accounts: [...accounts].toSorted(),
          regions: [...regions].toSorted(),
        }))
        .toSorted((a, b) => b.findings - a.findings),
    }),
  };
}

/** The summaries of several accounts as one. */
export function merged(summaries: readonly Summary[]): Summary {
  const sums = <K extends string>(
    counts: readonly Readonly<Record<K, number>>[],
    names: readonly K[],
  ): Record<K, number> =>
    Object.fromEntries(names.map((name) => [name, counts.reduce((sum, count) => sum + count[name], 0)])) as Record<
      K,
      number
    >;
  return {
    statuses: sums(
      summaries.map(({ statuses }) => statuses),
      ['PASS', 'FAIL', 'SKIP', 'UNKNOWN'],
    ),
    failed: sums(
      summaries.map(({ failed }) => failed),
      SEVERITIES,
    ),
    passed: sums(
      summaries.map(({ passed }) => passed),
      SEVERITIES,
    ),
    waived: summaries.reduce((sum, summary) => sum + summary.waived, 0),
    checks: [
      ...Map.groupBy(
        summaries.flatMap(({ checks }) => checks),
        ({ check }) => check,
      ),
    ]
      .map(([check, counts]) => ({ check, ...sums(counts, ['PASS', 'FAIL', 'SKIP', 'UNKNOWN', 'waived']) }))
      .toSorted(byId),
    coverage: summaries.flatMap(({ coverage }) => coverage),
    gaps: [
      ...Map.groupBy(
        summaries.flatMap(({ gaps }) => gaps),
        keyOf,
      ).values(),
    ]
      .map(mergedGroup)
      .toSorted((a, b) => b.findings - a.findings),
  };
}

const byId = (a: CheckCounts, b: CheckCounts): number => (a.check < b.check ? -1 : 1);

function mergedGroup(groups: readonly GapGroup[]): GapGroup {
  const union = (key: 'checks' | 'accounts' | 'regions') =>
    [...new Set(groups.flatMap((group) => group[key]))].toSorted();
  return {
    ...groups[0]!,
    findings: groups.reduce((sum, { findings }) => sum + findings, 0),
    checks: union('checks'),
    accounts: union('accounts'),
    regions: union('regions'),
  };
}

/** Why a finding is UNKNOWN: its gap, or what the check says of what it read and could not judge. */
export function causeOf({ gap, check, message }: Pick<Finding, 'gap' | 'check' | 'message'>): Gap {
  return gap ?? { reason: 'failed', operation: check, detail: message };
}

/** Equal for gaps of one cause. */
export function keyOf({ reason, operation, detail }: Gap): string {
  return JSON.stringify([reason, operation, detail]);
}

/** How many of the verdicts answer anything. */
export function judgedIn({ PASS, FAIL, SKIP, UNKNOWN }: Summary['statuses']): Pick<Coverage, 'judged' | 'unknown'> {
  return { judged: PASS + FAIL + SKIP, unknown: UNKNOWN };
}

/** The share of what was asked that could be answered, 0 to 1. Nothing asked is 1. */
export function coverageRatio(places: readonly Pick<Coverage, 'judged' | 'unknown'>[]): number {
  let judged = 0;
  let unknown = 0;
  for (const place of places) {
    judged += place.judged;
    unknown += place.unknown;
  }
  return judged + unknown === 0 ? 1 : judged / (judged + unknown);
}

/** A check's service is its folder under checks/: the first word of its id. */
export function serviceOf(checkId: string): string {
  return checkId.split('-', 1)[0]!;
}
