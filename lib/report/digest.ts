import { coverageRatio, type GapGroup, serviceOf, causeOf, keyOf } from '../core/coverage.ts';
import type { Cause } from '../core/causes.ts';
import type { Change } from '../core/diff.ts';
import type { Gap, Identity, Json, Severity } from '../core/model.ts';
import type { WaiverEnd } from '../core/waivers.ts';
import { bySeverity, SEVERITIES } from '../core/severity.ts';
import type { CheckInfo, Report, RunHeader, StoredFinding } from '../run/model.ts';
import { cut, firstOf, number, percent, plural, visible } from './text.ts';

/** What every format says of a run, so that all of them say the same. */

/** Everything that a check found, under the worst severity that it found. */
export interface CheckGroup {
  readonly check: CheckInfo;
  readonly severity: Severity;
  readonly findings: readonly StoredFinding[];
}

/** What people are told of; a waiver that begins is their own doing. */
type News = Exclude<Change, 'waived'>;

/** What became different since the last run. */
export interface Changed {
  readonly id: string;
  readonly change: News;
  readonly check: string;
  readonly severity: Severity;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  /** How the resource is called; its ARN where it was not met again. */
  readonly name: string;
  readonly message: string;
  readonly cause?: Cause | undefined;
  readonly owner?: string | undefined;
}

export const CHANGES: readonly News[] = ['new', 'worse', 'unwaived', 'unseen', 'resolved'];
const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  waived: 'waived',
  unwaived: 'no longer waived',
  new: 'new',
  worse: 'worse',
  unseen: 'no longer seen',
  resolved: 'resolved',
};
/** A change that people have to act on. */
export const isNews = ({ change }: Pick<Changed, 'change'>): boolean =>
  change === 'new' || change === 'worse' || change === 'unwaived';
export const changeWords = (change: Change): string => CHANGE_WORDS[change];

const RANK: Readonly<Record<string, number>> = { new: 0, worse: 1, unwaived: 1 };
const rank = ({ change }: StoredFinding): number => RANK[change ?? ''] ?? 2;
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Worst first; what is new before what is known; then in an order that is the same for every run. */
export function worstFirst(findings: readonly StoredFinding[]): StoredFinding[] {
  return findings.toSorted(
    (a, b) =>
      bySeverity(a, b) ||
      rank(a) - rank(b) ||
      byText(a.check, b.check) ||
      byText(a.resource.account, b.resource.account) ||
      byText(a.resource.region, b.resource.region) ||
      byText(a.resource.id, b.resource.id) ||
      byText(a.id, b.id),
  );
}

export const failed = ({ findings }: Report): StoredFinding[] =>
  worstFirst(findings.filter(({ status, waiver }) => status === 'FAIL' && !waiver));

/** Worst check first, then the one with most findings. */
export function groupByCheck({ header }: Report, findings: readonly StoredFinding[]): CheckGroup[] {
  const infos = new Map(header.checks.map((info) => [info.id, info]));
  return [...Map.groupBy(findings, ({ check }) => check)]
    .map(([id, own]) => ({
      check: infos.get(id) ?? unlisted(id),
      severity: own.toSorted(bySeverity)[0]!.severity,
      findings: worstFirst(own),
    }))
    .toSorted((a, b) => bySeverity(a, b) || b.findings.length - a.findings.length || byText(a.check.id, b.check.id));
}

/** A check that the run's header does not describe. */
export function unlisted(id: string): CheckInfo {
  const rest = { version: '', params: {}, isRelated: false };
  return { id, title: id, severity: 'informational', why: '', fix: '', service: serviceOf(id), ...rest };
}

/** Worst first, findings of this run and those whose resource was not met again. */
export function changesOf({ header, findings }: Report): Changed[] {
  const met = findings.flatMap((finding): Changed[] =>
    finding.change && finding.change !== 'waived' ? [{ ...toldOf(finding), change: finding.change }] : [],
  );
  const gone = header.accounts.flatMap(({ account, gone: lost, causes }) =>
    lost.map(({ id, change, check, severity, region, arn, owner }) => {
      const message = change === 'resolved' ? 'the resource is gone' : 'could not be listed';
      return { id, change, check, severity, account, region, arn, name: arn, message, cause: causes[id], owner };
    }),
  );
  return [...met, ...gone].toSorted(
    (a, b) =>
      bySeverity(a, b) ||
      CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
      byText(a.check, b.check) ||
      byText(a.arn, b.arn) ||
      byText(a.id, b.id),
  );
}

/** What is told of a finding outside of its report. */
export function toldOf(finding: StoredFinding): Omit<Changed, 'change'> {
  const { id, check, severity, message, resource, cause, owner } = finding;
  const { account, region, arn } = resource;
  return { id, check, severity, account, region, arn, name: resource.id, message, cause, owner };
}

const CAUSE_WORDS: Readonly<Record<Cause['kind'], string>> = {
  'resource-created': 'the resource was created',
  'resource-deleted': 'the resource was deleted',
  'resource-changed': 'the resource was changed',
  'related-changed': 'something that it depends on changed',
  'time-passed': 'time passed',
  'check-added': 'the check is new',
  'check-changed': 'the check judges otherwise now',
  'parameter-changed': 'a parameter of the check was changed',
  'waiver-began': 'a waiver began',
  'waiver-ended': 'a waiver ended',
  'coverage-lost': 'it could not be read',
  'coverage-regained': 'it could not be read before',
  'scope-changed': 'it was not looked at before',
};

/** The kind of a cause, in words. */
export const causeName = ({ kind }: Pick<Cause, 'kind'>): string => CAUSE_WORDS[kind];

/** Why a finding changed, in words, for where the difference itself is shown. */
export const causeKindWords = ({ kind }: Cause): string => CAUSE_WORDS[kind];

/** Why a finding changed, in words, with what is different where that is known. */
export function causeWords(cause: Cause): string {
  const words = CAUSE_WORDS[cause.kind];
  if (cause.kind === 'waiver-ended') return `${words}: ${ENDS[cause.why]}`;
  if (!('before' in cause)) return words;
  return `${words}: ${shortJson(cause.before)} → ${shortJson(cause.after)}`;
}

const ENDS: Readonly<Record<WaiverEnd, string>> = {
  expired: 'it expired',
  outlived: 'what was accepted is not what is found now',
  removed: 'it was taken out',
};
const SIDE_MAX = 300;
export const shortJson = (value: Json): string =>
  cut(visible(typeof value === 'string' ? value : JSON.stringify(value)), SIDE_MAX);

/** "3 new, 1 worse"; '' when nothing changed. */
export function changeCounts(changes: readonly { readonly change?: Change }[]): string {
  return CHANGES.flatMap((change) => {
    const count = changes.filter((changed) => changed.change === change).length;
    return count === 0 ? [] : [`${number(count)} ${changeWords(change)}`];
  }).join(', ');
}

/** "4 critical, 20 high"; '' when nothing failed. */
export function severityCounts(counts: Readonly<Record<Severity, number>>): string {
  return SEVERITIES.flatMap((severity) =>
    counts[severity] === 0 ? [] : [`${number(counts[severity])} ${severity}`],
  ).join(', ');
}

export const coverageOf = ({ summary }: RunHeader): string => percent(coverageRatio(summary.coverage));

/** Places by service, least covered first. */
export function coverageByService({
  summary,
}: RunHeader): { service: string; judged: number; unknown: number; share: number }[] {
  return [...Map.groupBy(summary.coverage, ({ service }) => service)]
    .map(([service, places]) => ({
      service,
      judged: places.reduce((sum, { judged }) => sum + judged, 0),
      unknown: places.reduce((sum, { unknown }) => sum + unknown, 0),
      share: coverageRatio(places),
    }))
    .toSorted((a, b) => a.share - b.share || byText(a.service, b.service));
}

const IAM_ACTION = /^[a-z0-9-]+:[A-Za-z0-9*]+$/;

/** What would make the answer known. */
export function whatOpens({ reason, operation }: Gap): string {
  const name = visible(operation);
  if (operation === 'sts:AssumeRole')
    return 'make the role there, or let it trust this run: ronda role --member prints it';
  if (reason === 'denied') return IAM_ACTION.test(operation) ? `allow ${name} to the role that reads` : `allow ${name}`;
  if (reason === 'blocked')
    return `an organisation policy denies ${name}: exempt the role that reads, or leave the region out`;
  if (reason === 'throttled') return 'AWS slowed the calls down: run again at a quieter time';
  if (reason === 'not-scanned') return 'it was out of this run: widen its scope or give it more time';
  return IAM_ACTION.test(operation) ? 'the call failed: run again' : 'the check failed: this is worth a bug report';
}

/** UNKNOWNs by what caused them, most first, with those that the report lists. */
export function notJudged({
  header,
  findings,
}: Report): { readonly cause: GapGroup; readonly findings: readonly StoredFinding[] }[] {
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN');
  const listed = Map.groupBy(unknown, (finding) => keyOf(causeOf(finding)));
  return header.summary.gaps.map((cause) => ({ cause, findings: worstFirst(listed.get(keyOf(cause)) ?? []) }));
}

/** Most called first. */
export function callsByService({ calls }: RunHeader): { service: string; calls: number; throttled: number }[] {
  return [...Map.groupBy(calls, ({ service }) => service)]
    .map(([service, counts]) => ({
      service,
      calls: counts.reduce((sum, count) => sum + count.calls, 0),
      throttled: counts.reduce((sum, count) => sum + count.throttled, 0),
    }))
    .toSorted((a, b) => b.calls - a.calls || byText(a.service, b.service));
}

/** The one account of a run by name, or how many there are. */
export function accountsOf(accounts: readonly string[]): string {
  return accounts.length === 1 ? visible(accounts[0]!) : plural(accounts.length, 'account');
}

/** What changed, in words; on a first run nothing can be said to have. */
export function sinceLastRun(report: Report): string {
  const first = report.header.accounts.filter(({ hasHistory }) => !hasHistory);
  const counts = changeCounts(changesOf(report));
  if (first.length === 0) return counts || 'nothing changed';
  const seen =
    first.length === report.header.accounts.length
      ? 'this is the first'
      : `the first for ${plural(first.length, 'account')}`;
  return counts ? `${counts}; ${seen}` : seen;
}

/** Nothing failed is good news only where something was judged, and all of it. */
export function nothingFailed({ header }: Report): string {
  const { PASS, SKIP, UNKNOWN } = header.summary.statuses;
  if (UNKNOWN > 0) return 'nothing failed of what could be judged';
  return PASS + SKIP > 0 ? 'nothing failed' : 'there was nothing to judge';
}

/** Whether the report names every verdict that could not be given; of very many it names some of each cause. */
export function namesAllUnknown({ header, findings }: Report): boolean {
  return findings.filter(({ status }) => status === 'UNKNOWN').length === header.summary.statuses.UNKNOWN;
}

/** How many verdicts of a very large run the report does not list: PASS and SKIP, and of very many UNKNOWN most. */
export function notListed({ header, findings }: Report): number {
  const { PASS, FAIL, SKIP, UNKNOWN } = header.summary.statuses;
  return PASS + FAIL + SKIP + UNKNOWN - findings.length;
}

/** What a resource is called, in one visible line. */
export function nameOf({ id, arn }: Pick<Identity, 'id' | 'arn'>): string {
  return visible(id) || visible(arn) || '(no name)';
}

/** Where a resource is; with its account where a run has several. */
export function placeOf({ account, region }: Pick<Identity, 'account' | 'region'>, { scope }: RunHeader): string {
  return visible(scope.accounts.length > 1 ? `${account} ${region}` : region);
}

/** "eu-west-1", "eu-west-1, us-east-1", "eu-west-1 and 12 more". */
export function placesOf(resources: readonly Pick<Identity, 'account' | 'region'>[], header: RunHeader): string {
  const places = [...new Set(resources.map((resource) => placeOf(resource, header)))];
  return firstOf(places, places.length === 2 ? 2 : 1);
}
