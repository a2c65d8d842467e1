import { coverageRatio, merged } from '../core/coverage.ts';
import type { Severity } from '../core/model.ts';
import { bySeverity, SEVERITIES } from '../core/severity.ts';
import type { AccountResult, CheckInfo, Report, RunHeader } from '../run/model.ts';
import { keys } from '../store/store.ts';
import {
  accountsOf,
  CHANGES,
  changeCounts,
  type Changed,
  changesOf,
  changeWords,
  toldOf,
  failed,
  placesOf,
  severityCounts,
  whatOpens,
} from './digest.ts';
import { asCode, asText } from './markdown.ts';
import { cut, number, percent, plural } from './text.ts';

/** One message to a topic. Each attribute is a list, so that a subscription can filter on any of its values. */
export interface Alert {
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/**
 * The body: a custom notification of Amazon Q Developer in chat applications (its administrator guide, "Custom notifications").
 * Other JSON on a topic is dropped by that service. `additionalContext` holds strings alone.
 */
export interface Notification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: typeof EVENT_TYPE;
    readonly relatedResources: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}
export const EVENT_TYPE = 'ronda-run';

/** SNS wants fewer than 100 characters in a subject (API reference, Publish). */
const SUBJECT_MAX = 99;
const TITLE_MAX = 250;
/** Of the 8,000 that a description may have, without the line that counts what is left out. */
const DESCRIPTION_MAX = 7_800;
const NAMES = 3;
const RESOURCES = 20;
/** How a chat client shows this list is not documented: only names that mean nothing to it are in it. */
const ORDINARY_ARN = /^arn:[\w+=,.:/-]{1,400}$/;
const FIXES = 3;
const COMMAND_MAX = 400;

/** What a run has to tell: what changed, or a summary of an account's first run. Undefined on a quiet night. */
export function alertOf(report: Report, page = keys.report(report.header, 'index.html')): Alert | undefined {
  const { header } = report;
  const changes = changesOf(report);
  const first = header.accounts.filter(({ hasHistory }) => !hasHistory);
  if (changes.length === 0 && first.length === 0) return undefined;
  const title = titleOf(changes, first, header);
  const lines = [...firstLooks(first, report), ...changeSections(changes, header)];
  const notification: Notification = {
    version: '1.0',
    source: 'custom',
    id: header.run,
    content: {
      textType: 'client-markdown',
      title: cut(title, TITLE_MAX),
      description: within(lines, DESCRIPTION_MAX, page),
      nextSteps: nextSteps(report, changes, page),
      keywords: ['ronda', ...new Set(changes.map(({ severity }) => severity))],
    },
    metadata: {
      threadId: header.run,
      summary: cut(title, TITLE_MAX),
      eventType: EVENT_TYPE,
      relatedResources: [...new Set(changes.map(({ arn }) => arn).filter((arn) => ORDINARY_ARN.test(arn)))].slice(
        0,
        RESOURCES,
      ),
      additionalContext: contextOf(report, changes, page),
    },
  };
  return {
    subject: cut(title.replaceAll(/[^\x20-\x7E]/g, '?'), SUBJECT_MAX),
    message: JSON.stringify(notification, null, 2),
    attributes: attributesOf(report, changes, first),
  };
}

function titleOf(changes: readonly Changed[], first: readonly AccountResult[], { scope }: RunHeader): string {
  const parts = [
    ...(first.length > 0
      ? [
          `first look at ${asText(accountsOf(first.map(({ account }) => account)))}: ${severityCounts(failedIn(first)) || 'nothing failed'}`,
        ]
      : []),
    ...(changes.length > 0 ? [`${changeCounts(changes)} in ${asText(accountsOf(scope.accounts))}`] : []),
  ];
  return `Ronda: ${parts.join('; ')}`;
}

const failedIn = (accounts: readonly AccountResult[]) => merged(accounts.map(({ summary }) => summary)).failed;

/** A piece of the description, and how many things are left out with it. */
interface Line {
  readonly text: string;
  readonly counts: number;
}
/** A heading stands or falls with its first line. */
function under(title: string, [first, ...rest]: readonly Line[]): Line[] {
  return first ? [{ ...first, text: `\n*${title}*\n${first.text}` }, ...rest] : [];
}

function firstLooks(first: readonly AccountResult[], report: Report): Line[] {
  if (first.length === 0) return [];
  const summary = merged(first.map((account) => account.summary));
  const accounts = new Set(first.map(({ account }) => account));
  const findings = failed(report).filter(({ resource }) => accounts.has(resource.account));
  const unknown = summary.statuses.UNKNOWN;
  const covered = `${percent(coverageRatio(summary.coverage))} of what was asked could be judged${unknown > 0 ? `, ${number(unknown)} could not` : ''}.`;
  return [
    {
      text: `First look at ${asText(accountsOf([...accounts]))}: ${severityCounts(summary.failed) || 'nothing failed'}. ${covered}`,
      counts: 0,
    },
    ...sections(findings.map(toldOf), report.header, ({ check, severity }) => `${severity} ${check}`),
  ];
}

/** What got worse by severity, then what cannot be seen any more, then the good news. */
function changeSections(changes: readonly Changed[], header: RunHeader): Line[] {
  const of = (...wanted: readonly Changed['change'][]) => changes.filter(({ change }) => wanted.includes(change));
  return [
    ...sections(of('new', 'worse'), header, sameNews),
    ...under('No longer seen', grouped(of('unseen'), header, sameNews)),
    ...under('Resolved', grouped(of('resolved'), header, sameNews)),
  ];
}

const sameNews = ({ check, severity, change, message }: Changed): string =>
  JSON.stringify([severity, change, check, message]);

type Told = Omit<Changed, 'change'> & { readonly change?: Changed['change'] };

function sections<T extends Told>(things: readonly T[], header: RunHeader, key: (thing: T) => string): Line[] {
  return SEVERITIES.flatMap((severity) => {
    const own = things.filter((thing) => thing.severity === severity);
    return under(capital(severity), grouped(own, header, key));
  });
}

/** Equal things as one line. */
function grouped<T extends Told>(things: readonly T[], header: RunHeader, key: (thing: T) => string): Line[] {
  const titles = new Map(header.checks.map(({ id, title }) => [id, title]));
  return [...Map.groupBy(things, key).values()].map((group) => {
    const { check, change, message } = group[0]!;
    const names = group
      .slice(0, NAMES)
      .map(({ name, arn }) => asCode(name || arn, 80))
      .join(', ');
    const more = group.length > NAMES ? ` and ${number(group.length - NAMES)} more` : '';
    const isNews = change === 'new' || change === 'worse';
    const why = new Set(group.map((thing) => thing.message)).size === 1 ? `: ${asText(message)}` : '';
    const what = `${isNews ? `${changeWords(change)}: ` : ''}${asText(titles.get(check) ?? check, 120)}`;
    return { text: `• ${what}: ${names}${more} in ${asText(placesOf(group, header))}${why}`, counts: group.length };
  });
}

const capital = (word: string): string => `${word[0]!.toUpperCase()}${word.slice(1)}`;

/** As many lines as fit; the rest is counted, and where to find it said. */
function within(lines: readonly Line[], max: number, page: string): string {
  let text = '';
  let left = 0;
  for (const line of lines) {
    const longer = text === '' ? line.text.trimStart() : `${text}\n${line.text}`;
    if (left > 0 || longer.length > max) left += line.counts;
    else text = longer;
  }
  return left === 0 ? text : `${text}\n\n${plural(left, 'more finding', 'more findings')}: see ${asCode(page, 160)}`;
}

/** The page, a fix for each of the worst checks, and the permissions that would open what cannot be seen any more. */
function nextSteps({ header, findings }: Report, changes: readonly Changed[], page: string): string[] {
  const infos = new Map(header.checks.map((info) => [info.id, info]));
  const toFix =
    changes.length > 0
      ? changes.filter(({ change }) => change === 'new' || change === 'worse')
      : findings.filter(({ status }) => status === 'FAIL');
  const worst = [...new Set(toFix.toSorted(bySeverity).map(({ check }) => check))].slice(0, FIXES);
  const hidden = findings.flatMap(({ change, gap }) => (change === 'unseen' && gap ? [asText(whatOpens(gap))] : []));
  return [
    `Open the report: ${asCode(page, 400)}`,
    ...worst.flatMap((check) => fixOf(infos.get(check))),
    ...[...new Set(hidden)].slice(0, FIXES).map((step) => `To see again: ${step}`),
  ];
}

/** A command is whole, or left to the report. */
function fixOf(info: CheckInfo | undefined): string[] {
  return info?.fix && info.fix.length <= COMMAND_MAX
    ? [`Fix ${asCode(info.id)}: ${asCode(info.fix, COMMAND_MAX)}`]
    : [];
}

function contextOf({ header }: Report, changes: readonly Changed[], page: string): Record<string, string> {
  const { statuses, failed: counts, coverage } = header.summary;
  return {
    page,
    run: header.run,
    accounts: accountsOf(header.scope.accounts),
    coverage: percent(coverageRatio(coverage)),
    ...Object.fromEntries(
      CHANGES.map((change) => [change, String(changes.filter((one) => one.change === change).length)]),
    ),
    ...Object.fromEntries(SEVERITIES.map((severity) => [severity, String(counts[severity])])),
    failed: String(statuses.FAIL),
    unknown: String(statuses.UNKNOWN),
  };
}

/** `severity` is the worst that the message tells of, `change` every kind of it, `account` every account that it is about. */
function attributesOf(
  { header }: Report,
  changes: readonly Changed[],
  first: readonly AccountResult[],
): Alert['attributes'] {
  const counts = failedIn(first);
  const severities = [
    ...changes.map(({ severity }) => severity),
    ...SEVERITIES.filter((severity: Severity) => first.length > 0 && counts[severity] > 0),
  ];
  const accounts = new Set([...first, ...changes].map(({ account }) => account));
  return {
    severity: [SEVERITIES.find((severity) => severities.includes(severity)) ?? 'informational'],
    account: header.scope.accounts.filter((account) => accounts.has(account)),
    change: [
      ...(first.length > 0 ? ['first-run'] : []),
      ...CHANGES.filter((change) => changes.some((one) => one.change === change)),
    ],
  };
}
