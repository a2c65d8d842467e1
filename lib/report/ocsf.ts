import type { Json, Params, ParamValue, Severity } from '../core/model.ts';
import { causeOf } from '../core/coverage.ts';
import { OWNER_RULES } from '../core/owners.ts';
import type { CheckInfo, Report, RunHeader, StoredFinding } from '../run/model.ts';
import { causeWords, nameOf, whatOpens } from './digest.ts';
import { exchanged, jsonLines, type Requirement, requirementsByCheck } from './exchange.ts';
import { visible } from './text.ts';

/** What AWS Security Hub reads (its user guide, "Security Hub and OCSF"). */
const VERSION = '1.6.0';
const CATEGORY = 2;
const CLASS = 2003;
const SEVERITY_IDS: Readonly<Record<Severity, number>> = { informational: 1, low: 2, medium: 3, high: 4, critical: 5 };

interface Coded {
  readonly id: number;
  readonly name: string;
}
const CREATE: Coded = { id: 1, name: 'Create' };
const UPDATE: Coded = { id: 2, name: 'Update' };
const CLOSE: Coded = { id: 3, name: 'Close' };

interface Run {
  readonly header: RunHeader;
  readonly infos: ReadonlyMap<string, CheckInfo>;
  readonly requirements: ReadonlyMap<string, readonly Requirement[]>;
  /** Accounts that were never judged before. */
  readonly first: ReadonlySet<string>;
}

/** OCSF 1.6 Compliance Findings (class 2003) with the cloud profile: a JSON array with one event a line. SKIP is no event. */
export function findingsOcsf(report: Report): string {
  const { header } = report;
  const run: Run = {
    header,
    infos: new Map(header.checks.map((info) => [info.id, info])),
    requirements: requirementsByCheck(header),
    first: new Set(header.accounts.filter(({ hasHistory }) => !hasHistory).map(({ account }) => account)),
  };
  return jsonLines(exchanged(report).map((finding) => eventOf(finding, run)));
}

function eventOf(finding: StoredFinding, run: Run): object {
  const { check, severity, message, resource, evidence } = finding;
  const { header } = run;
  const info = run.infos.get(check);
  const activity = activityOf(finding, run);
  const [name, version] = header.tool.split(' ');
  return {
    activity_id: activity.id,
    activity_name: activity.name,
    category_uid: CATEGORY,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Compliance Finding',
    type_uid: CLASS * 100 + activity.id,
    type_name: `Compliance Finding: ${activity.name}`,
    severity_id: SEVERITY_IDS[severity],
    severity: capital(severity),
    time: instant(finding.at) ?? instant(header.endedAt) ?? 0,
    message: `${nameOf(resource)}: ${visible(message)}`,
    ...statusOf(finding),
    metadata: {
      version: VERSION,
      profiles: ['cloud'],
      product: { name, uid: name, vendor_name: name, ...(version && { version }) },
      event_code: check,
      uid: `${header.run}/${finding.id}`,
    },
    cloud: {
      provider: 'AWS',
      account: { uid: resource.account, type_id: 10, type: 'AWS Account' },
      cloud_partition: header.scope.partition,
      ...regionOf(finding),
    },
    finding_info: infoOf(finding, info, header),
    compliance: complianceOf(finding, info, run),
    ...(info?.fix && { remediation: { desc: visible(info.fix) } }),
    resources: [resourceOf(finding, header)],
    ...(evidence !== undefined && { evidences: [{ data: evidence }] }),
    unmapped: unmappedOf(finding),
  };
}

/** What changed, as OCSF says it; a finding that is as it was is one more report of the same. */
function activityOf({ change, resource }: StoredFinding, { first }: Run): Coded {
  if (change === 'resolved') return CLOSE;
  if (change === 'new' || first.has(resource.account)) return CREATE;
  return UPDATE;
}

/** Of a PASS that was none before there is no finding, and so no status of one. */
function statusOf({ status, change, waiver }: StoredFinding): object {
  if (change === 'resolved') return { status_id: 4, status: 'Resolved' };
  if (status !== 'FAIL' && status !== 'UNKNOWN') return {};
  if (!waiver) return { status_id: 1, status: 'New' };
  const { owner, reason, ticket, expires } = waiver;
  const comment = `${owner}: ${reason}${ticket ? ` (${ticket})` : ''}, until ${expires}`;
  return { status_id: 3, status: 'Suppressed', comment: visible(comment) };
}

/** `global` is no region of AWS. */
function regionOf({ resource }: StoredFinding): { readonly region?: string } {
  return resource.region === 'global' ? {} : { region: resource.region };
}

function infoOf({ id, check, at, firstSeen }: StoredFinding, info: CheckInfo | undefined, header: RunHeader): object {
  const title = visible(info?.title ?? check);
  const first = instant(firstSeen);
  return {
    uid: id,
    title,
    ...(info?.why && { desc: visible(info.why) }),
    types: ['Software and Configuration Checks'],
    ...(first !== undefined && { created_time: first, first_seen_time: first }),
    last_seen_time: instant(at),
    modified_time: instant(header.endedAt),
    analytic: { uid: check, name: title, type_id: 1, type: 'Rule', ...(info?.version && { version: info.version }) },
    ...(info?.reads && info.reads.length > 0 && { data_sources: info.reads }),
  };
}

function complianceOf(finding: StoredFinding, info: CheckInfo | undefined, { requirements }: Run): object {
  const { check } = finding;
  const own = requirements.get(check) ?? [];
  return {
    control: check,
    ...(info && { desc: visible(info.title) }),
    ...(info && Object.keys(info.params).length > 0 && { control_parameters: parametersOf(info.params) }),
    ...(own.length > 0 && {
      standards: [...new Set(own.map(({ standard }) => standard))],
      requirements: own.map(({ name }) => name),
    }),
    ...verdictOf(finding),
  };
}

/** Warning is for what "did not yield a result due to missing information"; what there is nothing to judge about is neither. */
function verdictOf(finding: StoredFinding): object {
  const { status, message } = finding;
  const told = visible(message);
  if (status === 'PASS') return { status_id: 1, status: 'Pass', status_code: status, status_details: [told] };
  if (status === 'FAIL') return { status_id: 3, status: 'Fail', status_code: status, status_details: [told] };
  if (status === 'SKIP')
    return { status_id: 99, status: 'Not Applicable', status_code: status, status_details: [told] };
  const details = hasKnownCause(finding) ? [visible(causeOf(finding).detail), whatOpens(causeOf(finding))] : [];
  return {
    status_id: 2,
    status: 'Warning',
    status_code: finding.gap?.reason ?? (finding.change === 'unseen' ? 'not-listed' : 'failed'),
    status_details: [...new Set([told, ...details])],
  };
}

/** Of a resource that could not be listed, the cause may be among those of its type alone. */
const hasKnownCause = ({ gap, change }: StoredFinding): boolean => gap !== undefined || change !== 'unseen';

function parametersOf(params: Params): object[] {
  return Object.entries(params).map(([name, value]) => ({ name, ...valueOf(value) }));
}

function valueOf(value: ParamValue): object {
  if (Array.isArray(value)) return { values: value.map(String) };
  return { value: typeof value === 'string' ? value : JSON.stringify(value) };
}

function resourceOf({ resource, owner }: StoredFinding, { scope }: RunHeader): object {
  const { arn, id, type, region, tags, managedBy } = resource;
  return {
    uid: arn || id,
    name: id || arn,
    type,
    role_id: 1,
    role: 'Target',
    cloud_partition: scope.partition,
    ...(region !== 'global' && { region }),
    ...(owner !== undefined && owner !== OWNER_RULES.default && { owner: { name: owner } }),
    ...(managedBy && { labels: [`managed-by:${managedBy}`] }),
    ...(tags && { tags: Object.entries(tags).map(([name, value]) => ({ name, value })) }),
  };
}

/** What OCSF has no place for. */
function unmappedOf({ variant, change, cause, waiverEnded, gap, resource }: StoredFinding): Record<string, Json> {
  return {
    ...(variant !== undefined && { variant }),
    ...(change && { change }),
    ...(cause && { cause: causeWords(cause) }),
    ...(waiverEnded && { waiver_ended: waiverEnded }),
    ...(gap && { gap: { ...gap } }),
    ...(resource.areTagsUnknown && { are_tags_unknown: true }),
  };
}

/** Milliseconds of the epoch, as every time in OCSF. */
function instant(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

const capital = (word: string): string => `${word[0]!.toUpperCase()}${word.slice(1)}`;
