import { causeOf, type Coverage, type GapGroup, keyOf } from '../../core/coverage.ts';
import type { Identity, Json } from '../../core/model.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { statusOf, WARN_DAYS } from '../../core/waivers.ts';
import type { CheckInfo, Report, RunHeader, StoredFinding } from '../../run/model.ts';
import { callsByService, causeWords, coverageByService, unlisted, whatOpens, worstFirst } from '../digest.ts';
import { cut } from '../text.ts';
import { type Dictionary, dictionary } from './dictionary.ts';
import {
  CHANGE_CODES,
  DELTAS,
  type Details,
  type Evidence,
  type FindingColumns,
  MANAGERS,
  NAMED_CHANGES,
  type PageCheck,
  type PageData,
  type PageGap,
  type PlaceCounts,
  type ResourceColumns,
  STATUSES,
  WAIVER_ENDS,
} from './model.ts';

export const DETAILS_EACH = 1000;
const TEXT_MAX = 1000;
const ARN_MAX = 2048;
const EVIDENCE_MAX = 4000;

/** What the page lists: all but the PASS and SKIP that were so before, worst first. */
export function listedOf({ findings }: Report): readonly StoredFinding[] {
  return worstFirst(
    findings.filter(({ status, change }) => status === 'FAIL' || status === 'UNKNOWN' || change !== undefined),
  );
}

/** The run without evidence; `listed` are the findings that it names, of `all` that there are. */
export function pageDataOf({ header }: Report, listed: readonly StoredFinding[], all: number): PageData {
  const { summary, warnDays = WARN_DAYS } = header;
  const names = { accounts: dictionary(), regions: dictionary(), types: dictionary() };
  const checks = checksOf(header, listed);
  const places = resourcesOf(listed, names);
  const texts = { owners: dictionary(), messages: dictionary(), variants: dictionary(), times: dictionary() };
  const waivers = dictionary();
  const gaps = new Map(summary.gaps.map((gap, index) => [keyOf(gap), index + 1]));
  const findings = findingsOf(listed, { checks, resource: places.indexOf, gaps, waivers, ...texts });
  return {
    endedAt: header.endedAt,
    accounts: names.accounts.values,
    accountNames: header.scope.names ?? {},
    regions: names.regions.values,
    types: names.types.values,
    owners: texts.owners.values,
    messages: texts.messages.values,
    variants: texts.variants.values,
    times: texts.times.values,
    checks,
    gaps: gapsOf(header),
    waivers: waivers.values.map((text) => JSON.parse(text)),
    resources: places.columns,
    findings,
    causes: causesOf(listed),
    gone: header.accounts.flatMap(({ account, gone, causes }) =>
      gone.map(({ id, change, check, severity, region, arn }) => {
        const cause = causes[id] ? causeWords(causes[id]) : '';
        return { id, change, check, severity, account, region, arn: cut(arn, ARN_MAX), cause };
      }),
    ),
    regained: header.accounts.flatMap(({ regained }) => regained),
    waiverUses: header.waivers.map((use) => ({ ...use, status: statusOf(use, new Date(header.endedAt), warnDays) })),
    frameworks: header.frameworks ?? [],
    checklists: header.checklists ?? [],
    services: coverageByService(header).map(({ service, judged, unknown }) => ({ name: service, judged, unknown })),
    places: placesOf(summary.coverage, header.scope.accounts.length > 1 ? 'account' : 'region'),
    calls: callsByService(header),
    leftOut: all - listed.length,
    detailsEach: DETAILS_EACH,
  };
}

function checksOf({ checks, summary }: RunHeader, listed: readonly StoredFinding[]): readonly PageCheck[] {
  const counts = new Map(summary.checks.map(({ check, ...numbers }) => [check, numbers]));
  const known = new Set(checks.map(({ id }) => id));
  const others = [...new Set(listed.map(({ check }) => check))].filter((id) => !known.has(id));
  const pageCheck = (info: CheckInfo): PageCheck => {
    const { id, title, severity, service, why, fix, version, params, reads = [] } = info;
    const none = { PASS: 0, FAIL: 0, SKIP: 0, UNKNOWN: 0, waived: 0 };
    return {
      id,
      title: title || id || '(no name)',
      severity,
      service,
      why,
      fix,
      version,
      params,
      reads,
      counts: counts.get(id) ?? none,
    };
  };
  return [...checks, ...others.map(unlisted)].map(pageCheck);
}

function causesOf(listed: readonly StoredFinding[]): Readonly<Record<number, string>> {
  const rows = Map.groupBy(listed.keys(), (row) => listed[row]!.change);
  const named = CHANGE_CODES.flatMap((change) => (rows.get(change) ?? []).slice(0, NAMED_CHANGES));
  return Object.fromEntries(
    named.flatMap((row) => {
      const { cause } = listed[row]!;
      return cause ? [[row, causeWords(cause)]] : [];
    }),
  );
}

interface Names {
  readonly accounts: Dictionary;
  readonly regions: Dictionary;
  readonly types: Dictionary;
}

/** Each resource once, in the order in which one check meets them: then the findings' pointers grow in small steps. */
function resourcesOf(
  listed: readonly StoredFinding[],
  { accounts, regions, types }: Names,
): { readonly columns: ResourceColumns; readonly indexOf: (resource: Identity) => number } {
  const keyed = new Map(listed.map(({ resource }) => [keyOfResource(resource), resource]));
  const sorted = [...keyed].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const index = new Map(sorted.map(([key], at) => [key, at]));
  const own = sorted.map(([, resource]) => resource);
  const prefixes = dictionary();
  const arns = own.map(arnOf);
  const columns: ResourceColumns = {
    id: own.map(({ id }) => cut(id, TEXT_MAX)),
    label: own.map(({ tags, id }) => (tags && tags['Name'] !== id ? cut(tags['Name'] ?? '', TEXT_MAX) : '')),
    prefix: arns.map(({ prefix }) => prefixes.code(prefix)),
    prefixes: prefixes.values,
    otherArns: arns.flatMap(({ prefix, arn }) => (prefix === undefined ? [cut(arn, ARN_MAX)] : [])),
    type: own.map(({ type }) => types.code(cut(type, TEXT_MAX))),
    account: own.map(({ account }) => accounts.code(cut(account, TEXT_MAX))),
    region: own.map(({ region }) => regions.code(cut(region, TEXT_MAX))),
    manager: own.map(({ managedBy }) => (managedBy ? MANAGERS.indexOf(managedBy) + 1 : 0)),
  };
  return { columns, indexOf: (resource) => index.get(keyOfResource(resource))! };
}

const keyOfResource = ({ type, account, region, id, arn }: Identity): string =>
  [type, account, region, id, arn].join('\n');

function arnOf({ arn, id }: Identity): { readonly arn: string; readonly prefix: string | undefined } {
  const isSplit = id.length > 0 && id.length <= TEXT_MAX && arn.length <= ARN_MAX && arn.endsWith(id);
  return { arn, prefix: isSplit ? arn.slice(0, arn.length - id.length) : undefined };
}

interface Pointers {
  readonly checks: readonly PageCheck[];
  readonly resource: (resource: Identity) => number;
  readonly gaps: ReadonlyMap<string, number>;
  readonly waivers: Dictionary;
  readonly owners: Dictionary;
  readonly messages: Dictionary;
  readonly variants: Dictionary;
  readonly times: Dictionary;
}

function findingsOf(listed: readonly StoredFinding[], to: Pointers): FindingColumns {
  const checks = new Map(to.checks.map(({ id }, index) => [id, index]));
  const column = (code: (finding: StoredFinding) => number) => listed.map(code);
  const columns: FindingColumns = {
    id: listed.map(({ id }) => id).join(' '),
    check: column(({ check }) => checks.get(check)!),
    resource: column(({ resource }) => to.resource(resource)),
    status: column(({ status }) => STATUSES.indexOf(status)),
    severity: column(({ severity }) => SEVERITIES.indexOf(severity)),
    change: column(({ change }) => (change ? CHANGE_CODES.indexOf(change) + 1 : 0)),
    message: column(({ message }) => to.messages.code(cut(message, TEXT_MAX))),
    variant: column(({ variant }) => to.variants.code(variant)),
    owner: column(({ owner }) => to.owners.code(owner && cut(owner, TEXT_MAX))),
    gap: column((finding) => (finding.status === 'UNKNOWN' ? (to.gaps.get(keyOf(causeOf(finding))) ?? 0) : 0)),
    waiver: column(({ waiver }) => to.waivers.code(waiver && JSON.stringify(waiver))),
    waiverEnd: column(({ waiverEnded }) => (waiverEnded ? WAIVER_ENDS.indexOf(waiverEnded) + 1 : 0)),
    at: column(({ at }) => to.times.code(minute(at))),
    firstSeen: column(({ firstSeen }) => to.times.code(firstSeen && minute(firstSeen))),
  };
  const deltas = Object.fromEntries(DELTAS.map((name) => [name, differences(columns[name])]));
  return { ...columns, ...deltas };
}

function differences(values: readonly number[]): number[] {
  return values.map((value, index) => value - (index > 0 ? values[index - 1]! : 0));
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/;
const TO_MINUTE = 16;

/** To the minute: few of them, and no reader asks for more. What is no instant stays as it is. */
function minute(instant: string): string {
  return ISO.test(instant) ? `${instant.slice(0, TO_MINUTE)}Z` : cut(instant, TEXT_MAX);
}

function gapsOf({ summary, accounts }: RunHeader): readonly PageGap[] {
  const lost = new Set(accounts.flatMap((account) => account.lost.map(keyOf)));
  return summary.gaps.map((gap: GapGroup) => ({
    ...gap,
    operation: cut(gap.operation, TEXT_MAX),
    detail: cut(gap.detail, TEXT_MAX),
    opens: cut(whatOpens(gap), TEXT_MAX),
    isNew: lost.has(keyOf(gap)),
  }));
}

/** Least covered first. */
function placesOf(coverage: readonly Coverage[], by: 'account' | 'region'): readonly PlaceCounts[] {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return [...Map.groupBy(coverage, (place) => place[by])]
    .map(([name, own]) => ({
      name,
      judged: sum(own.map(({ judged }) => judged)),
      unknown: sum(own.map(({ unknown }) => unknown)),
    }))
    .toSorted((a, b) => b.unknown - a.unknown || b.judged - a.judged);
}

/** What opens with the findings of one part; a part holds DETAILS_EACH of them. */
export function detailsOf(listed: readonly StoredFinding[], part: number): readonly Details[] {
  return listed
    .slice(part * DETAILS_EACH, (part + 1) * DETAILS_EACH)
    .map(({ evidence, resource, cause }) => [
      evidence === undefined ? null : evidenceOf(evidence),
      resource.tags ? shortTags(resource.tags) : null,
      cause ? causeWords(cause) : null,
    ]);
}

function evidenceOf(evidence: Json): Evidence {
  const length = JSON.stringify(evidence).length;
  return length <= EVIDENCE_MAX
    ? { value: evidence }
    : { beginning: cut(JSON.stringify(evidence, null, 2), EVIDENCE_MAX), length };
}

function shortTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [cut(key, TEXT_MAX), cut(value, TEXT_MAX)]));
}
