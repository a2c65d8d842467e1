import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Severity } from '../core/model.ts';
import type { CheckInfo, Report, StoredFinding } from '../run/model.ts';
import { nameOf, placeOf, worstFirst } from './digest.ts';
import { cut, jsonText, plural, visible } from './text.ts';

/** Of more, GitHub code scanning keeps the 5,000 worst alone (its documentation, "SARIF results exceed one or more limits"). */
const RESULTS_MAX = 5_000;
const TEXT_MAX = 1_000;
/** GitHub reads `security-severity` as a CVSS score: from 9.0 critical, from 7.0 high, from 4.0 medium, above 0 low. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  informational: '0.0',
};

/**
 * SARIF 2.1.0 for code scanning. Resources have no file: each has a stable pseudo path, and its ARN as logical location. Waived findings
 * are suppressed results; what could not be judged is a notification of the tool, because a result would read as a finding.
 */
export function findingsSarif(report: Report): string {
  const { header, findings } = report;
  const failing = worstFirst(findings.filter(({ status }) => status === 'FAIL'));
  const shown = failing.slice(0, RESULTS_MAX);
  const [name, version] = header.tool.split(' ');
  const rules = header.checks.map(ruleOf);
  const indexes = new Map(header.checks.map(({ id }, index) => [id, index]));
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: name!, ...(version && { semanticVersion: version }), rules } },
        automationDetails: { id: `ronda/${header.scope.accounts.join('+').slice(0, 200)}/` },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: header.startedAt,
            endTimeUtc: header.endedAt,
            toolExecutionNotifications: [...notificationsOf(report), ...leftOut(failing.length - shown.length)],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: shown.map((finding) => resultOf(finding, indexes.get(finding.check))),
      },
    ],
  };
  return `${jsonText(log, 1)}\n`;
}

function ruleOf({ id, title, severity, why, fix, service }: CheckInfo): ReportingDescriptor {
  return {
    id,
    name: id,
    shortDescription: { text: visible(title) },
    fullDescription: { text: visible(why) || visible(title) },
    help: { text: `${visible(why)}\n\nFix: ${visible(fix)}` },
    defaultConfiguration: { level: levelOf(severity) },
    properties: { 'security-severity': SCORES[severity], tags: ['security', 'aws', service] },
  };
}

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  if (severity === 'critical' || severity === 'high') return 'error';
  return severity === 'medium' ? 'warning' : 'note';
}

function resultOf(finding: StoredFinding, ruleIndex: number | undefined): Result {
  const { id, check, severity, message, resource, waiver, change, firstSeen, owner } = finding;
  return {
    ruleId: check,
    ...(ruleIndex !== undefined && { ruleIndex }),
    kind: 'fail',
    level: levelOf(severity),
    message: { text: cut(`${nameOf(resource)}: ${visible(message)}`, TEXT_MAX) },
    locations: [locationOf(finding)],
    partialFingerprints: { 'rondaFinding/v1': id },
    ...(change && { baselineState: change === 'new' ? 'new' : 'updated' }),
    ...(waiver && {
      suppressions: [
        { kind: 'external', status: 'accepted', justification: cut(`${waiver.owner}: ${waiver.reason}`, TEXT_MAX) },
      ],
    }),
    properties: {
      severity,
      account: resource.account,
      region: resource.region,
      arn: resource.arn,
      ...(owner && { owner }),
      ...(firstSeen && { firstSeen }),
    },
  };
}

function locationOf({ resource }: StoredFinding): Location {
  return {
    physicalLocation: { artifactLocation: { uri: pathOf(resource) }, region: { startLine: 1 } },
    logicalLocations: [{ name: cut(nameOf(resource), TEXT_MAX), fullyQualifiedName: resource.arn, kind: 'resource' }],
  };
}

/** aws/ACCOUNT/REGION/SERVICE/NAME: the same for a resource in every run. */
function pathOf({ account, region, type, id }: StoredFinding['resource']): string {
  const service = type.split('::')[1] || 'account';
  const segments = ['aws', account, region, service.toLowerCase(), cut(id, TEXT_MAX)];
  return segments.map((segment) => encodeURIComponent(visible(segment) || '-')).join('/');
}

function notificationsOf({ header, findings }: Report): Notification[] {
  const checks = new Set(header.checks.map(({ id }) => id));
  return header.summary.gaps.map(({ reason, operation, detail, findings: count, checks: ids }) => ({
    level: 'warning',
    message: {
      text: cut(`${visible(operation)} ${reason}: ${visible(detail)}; ${plural(count, 'verdict')} unknown`, TEXT_MAX),
    },
    descriptor: { id: `not-judged/${reason}` },
    ...(ids[0] && checks.has(ids[0]) && { associatedRule: { id: ids[0] } }),
    properties: { checks: ids, places: placesOf(findings, header, operation) },
  }));
}

function placesOf(findings: readonly StoredFinding[], header: Report['header'], operation: string): string[] {
  const own = findings.filter(({ status, gap }) => status === 'UNKNOWN' && gap?.operation === operation);
  return [...new Set(own.map(({ resource }) => placeOf(resource, header)))].toSorted();
}

function leftOut(count: number): Notification[] {
  if (count <= 0) return [];
  const text = `${plural(count, 'finding')} left out, the mildest: code scanning keeps ${RESULTS_MAX}`;
  return [{ level: 'warning', message: { text }, descriptor: { id: 'left-out' } }];
}
