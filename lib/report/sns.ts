import { createHash } from 'node:crypto';
import type { Cause } from '../core/causes.ts';
import { causeOf, coverageRatio, judgedIn, keyOf } from '../core/coverage.ts';
import type { Expiry } from '../core/expiries.ts';
import type { Gap, Json, Severity } from '../core/model.ts';
import { OWNER_RULES, type OwnerRules } from '../core/owners.ts';
import { bySeverity, SEVERITIES } from '../core/severity.ts';
import type { CheckInfo, Report, RunHeader, StoredFinding } from '../run/model.ts';
import { keys } from '../store/store.ts';
import {
  accountsOf,
  causeName,
  causeWords,
  CHANGES,
  changeCounts,
  type Changed,
  changeWords,
  isNews,
  placeOf,
  placesOf,
  severityCounts,
  toldOf,
  whatOpens,
} from './digest.ts';
import { asCode, asText } from './markdown.ts';
import {
  changedAccounts,
  type Ending,
  failedOnFirst,
  isTelling,
  type News,
  newsByOwner,
  newsOf,
  type Owned,
} from './news.ts';
import { cut, firstOf, jsonText, number, percent, plural } from './text.ts';

/** One message to a topic. Each attribute is a list, so that a subscription can filter on any of its values. */
export interface Alert {
  /** Tells the messages of one run apart, and is the same whenever the run is published again. */
  readonly id: string;
  readonly subject: string;
  readonly message: string;
  /** `severity` is the worst that the message tells of, `change` every kind of it, `account` and `owner` all that it is about. */
  readonly attributes: Readonly<Record<'severity' | 'account' | 'owner' | 'change', readonly string[]>>;
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
/** Where the context holds what a thread is told of a severity. */
export const detailsKey = (severity: Severity): string => `details-${severity}`;

/** SNS wants fewer than 100 characters in a subject (API reference, Publish). */
const SUBJECT_MAX = 99;
const TITLE_MAX = 250;
/** Of the 8,000 that a description may have, without the line that counts what is left out. */
const DESCRIPTION_MAX = 7_700;
/** Of one severity, in bytes of JSON: five of them and everything else stay under the 256 KiB of a message. */
const DETAILS_MAX = 9_000;
/** More lines than this never fit. */
const DETAILED = 250;
/** In bytes of JSON; attributes count as part of a message. */
const ACCOUNTS_MAX = 90_000;
const OWNERS_MAX = 30_000;
const NAMES = 3;
const RESOURCES = 20;
/** How a chat client shows this list is not documented: only names that mean nothing to it are in it. */
const ORDINARY_ARN = /^arn:[\w+=,.:/-]{1,400}$/;
const FIXES = 3;
const COMMAND_MAX = 400;
const OWNER_MAX = 60;
const SIDE_MAX = 120;

export interface Telling {
  /** Where people open the run's page; its key in the store by default. */
  readonly page?: string | undefined;
  /** Waivers of which nobody was told yet that they end. */
  readonly expiries?: readonly Expiry[] | undefined;
  /** Who is told of what: each owner gets a message of their own. Without rules, one message tells everybody everything. */
  readonly owners?: OwnerRules | undefined;
}

/** What a run has to tell: what changed, what ends, what cannot be judged any more, a summary of first runs. None on a quiet night. */
export function alertsOf(report: Report, { page, expiries = [], owners }: Telling = {}): Alert[] {
  const news = newsOf(report, expiries, owners ?? OWNER_RULES);
  const link = page ?? keys.report(report.header, 'index.html');
  return (owners ? newsByOwner(news, owners) : [news])
    .filter(isTelling)
    .map((one) => alertOf(one, report.header, link));
}

function alertOf(news: News, header: RunHeader, page: string): Alert {
  const { owner, changes } = news;
  const title = titleOf(news, header);
  const id = owner === undefined ? 'all' : createHash('sha256').update(owner).digest('hex').slice(0, 16);
  const scene: Scene = { header, page, isRouted: owner !== undefined };
  const notification: Notification = {
    version: '1.0',
    source: 'custom',
    id: owner === undefined ? header.run : `${header.run}-${id}`,
    content: {
      textType: 'client-markdown',
      title: cut(title, TITLE_MAX),
      description: within(linesOf(news, scene), scene, { max: DESCRIPTION_MAX, sizeOf: (text) => text.length + 1 }),
      nextSteps: nextSteps(news, scene),
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
      additionalContext: { ...contextOf(news, scene), ...detailsOf(news, scene) },
    },
  };
  return {
    id,
    subject: cut(title.replaceAll(/[^\x20-\x7E]/g, '?'), SUBJECT_MAX),
    message: jsonText(notification, 2),
    attributes: attributesOf(news, header),
  };
}

/** What every line needs to know. */
interface Scene {
  readonly header: RunHeader;
  readonly page: string;
  /** Everything in the message has the owner that its title names. */
  readonly isRouted: boolean;
}

function titleOf(news: News, header: RunHeader): string {
  const { owner, changes, lost, ending, first } = news;
  const what = [
    changeCounts(changes),
    ...(['expired', 'expiring'] as const).map((status) => endingCount(ending, status)),
    lost.length === 0 ? '' : `coverage lost for ${leastOf(news)}${plural(lost.length, 'verdict')}`,
  ].filter((words) => words !== '');
  const parts = [
    ...(first.length > 0 ? [`first look at ${asText(accountsOf(first))}: ${failedWords(news, header)}`] : []),
    ...(what.length > 0 ? [`${what.join(', ')}${inAccounts(changedAccounts(news))}`] : []),
  ];
  return `Ronda${owner === undefined ? '' : ` for ${asText(owner, OWNER_MAX)}`}: ${parts.join('; ')}`;
}

/** Before a number of UNKNOWNs, of which the report may name some. */
const leastOf = ({ isCut }: News): string => (isCut ? 'at least ' : '');

function endingCount(ending: readonly Ending[], status: Expiry['status']): string {
  const count = ending.filter((one) => one.status === status).length;
  return count === 0 ? '' : `${plural(count, 'waiver')} ${status}`;
}

const inAccounts = (accounts: ReadonlySet<string>): string =>
  accounts.size === 0 ? '' : ` in ${asText(accountsOf([...accounts]))}`;

/** What fails on a first look. That nothing does is good news only of what could be judged, and of what nobody accepted. */
function failedWords({ onFirst }: News, { accounts }: RunHeader): string {
  const counts = severityCounts(countsOf(onFirst));
  if (counts !== '') return counts;
  if (onFirst.length > 0) return 'nothing failed of what could be judged';
  const isAccepted = accounts.some(({ hasHistory, summary }) => !hasHistory && summary.waived > 0);
  return isAccepted ? 'nothing failed but what is accepted' : 'nothing failed';
}

function countsOf(findings: readonly StoredFinding[]): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };
  for (const { severity, status } of findings) if (status === 'FAIL') counts[severity] += 1;
  return counts;
}

/** A piece of a text, written only where it is taken; and how many things are left out with it. */
interface Line {
  text(): string;
  readonly findings: number;
  /** Causes and waivers. */
  readonly others?: number;
}
/** A heading stands or falls with its first line. */
function under(title: string, [first, ...rest]: readonly Line[]): Line[] {
  return first ? [{ ...first, text: () => `\n*${title}*\n${first.text()}` }, ...rest] : [];
}

/** First looks; what got worse by severity; what ends, what cannot be seen any more; then the good news. */
function linesOf(news: News, scene: Scene): Line[] {
  const of = (...wanted: readonly Changed['change'][]) => news.changes.filter(({ change }) => wanted.includes(change));
  const told = failedOnFirst(news).map((finding) => ({ ...toldOf(finding), owner: finding.owner }));
  return [
    ...firstLook(news, scene),
    ...bySections(told, scene, ({ check, severity }) => `${severity} ${check}`),
    ...bySections(of('new', 'worse', 'unwaived'), scene, sameNews),
    ...under('Accepted risks', news.ending.map(endingLine)),
    ...under('Can no longer be judged', lossLines(news, scene)),
    ...under('No longer seen', grouped(of('unseen'), scene, sameNews)),
    ...under('Resolved', grouped(of('resolved'), scene, sameNews)),
    ...under('Can be judged again', regainedLines(news.regained)),
  ];
}

function firstLook(news: News, { header, isRouted }: Scene): Line[] {
  const { first, onFirst } = news;
  if (first.length === 0) return [];
  const unknown = onFirst.filter(({ status }) => status === 'UNKNOWN').length;
  const looked = header.accounts.filter(({ hasHistory }) => !hasHistory);
  const share = percent(coverageRatio(looked.map(({ summary }) => judgedIn(summary.statuses))));
  const covered = [
    // How much of what has one owner could be judged is not counted.
    ...(isRouted ? [] : [`${share} of what was asked could be judged`]),
    ...(unknown > 0 ? [`${leastOf(news)}${number(unknown)} could not${isRouted ? ' be judged' : ''}`] : []),
  ].join(', ');
  const text = `First look at ${asText(accountsOf(first))}: ${failedWords(news, header)}.${covered === '' ? '' : ` ${covered}.`}`;
  return [{ text: () => text, findings: 0 }];
}

const sameNews = ({ check, severity, change, message, owner, cause }: Changed): string =>
  JSON.stringify([severity, change, check, message, owner, cause?.kind]);

type Told = Owned<Omit<Changed, 'change'>> & { readonly change?: Changed['change'] };

function bySections<T extends Told>(things: readonly T[], scene: Scene, key: (thing: T) => string): Line[] {
  return SEVERITIES.flatMap((severity) => {
    const own = things.filter((thing) => thing.severity === severity);
    return under(capital(severity), grouped(own, scene, key));
  });
}

/** Equal things as one line. */
function grouped<T extends Told>(things: readonly T[], { header, isRouted }: Scene, key: (thing: T) => string): Line[] {
  const titles = new Map(header.checks.map(({ id, title }) => [id, title]));
  const textOf = (group: readonly T[]): string => {
    const { check, change, message } = group[0]!;
    const names = group.slice(0, NAMES).map(({ name, arn }) => asCode(name || arn, 80));
    const more = group.length > NAMES ? ` and ${number(group.length - NAMES)} more` : '';
    const where = `${names.join(', ')}${more} in ${asText(placesOf(group, header))}${isRouted ? '' : ownersOf(group)}`;
    const why = new Set(group.map((thing) => thing.message)).size === 1 ? `: ${asText(message)}` : '';
    const what = `${changeOf(change)}${asText(titles.get(check) ?? check, 120)}`;
    return `• ${what}: ${where}${why}${causeIn(group)}`;
  };
  return [...Map.groupBy(things, key).values()].map((group) => ({
    text: () => textOf(group),
    findings: group.length,
  }));
}

const changeOf = (change: Changed['change'] | undefined): string =>
  change && isNews({ change }) ? `${changeWords(change)}: ` : '';

/** Who answers for a group, where somebody is named at all. */
function ownersOf(group: readonly { readonly owner: string }[]): string {
  const owners = [...new Set(group.map(({ owner }) => owner))].filter((owner) => owner !== OWNER_RULES.default);
  if (owners.length === 0) return '';
  const names = owners.map((owner) => asText(owner, OWNER_MAX));
  return `, ${owners.length === 1 ? 'owner' : 'owners'} ${firstOf(names, 2)}`;
}

/** The cause that a group has in common: with what is different where that is the same too, else its kind alone. */
function causeIn(group: readonly Told[]): string {
  const causes = group.flatMap(({ cause }) => (cause && !IS_SAID_ANYWAY.has(cause.kind) ? [cause] : []));
  if (causes.length < group.length) return '';
  const [words, ...others] = new Set(causes.map(causeText));
  if (others.length === 0) return `; ${words}`;
  const kinds = new Set(causes.map(causeName));
  return kinds.size === 1 ? `; ${[...kinds].join('')}` : '';
}
/** The message of what is gone or could not be listed says it, and the lines about coverage do. */
const IS_SAID_ANYWAY: ReadonlySet<Cause['kind']> = new Set(['resource-deleted', 'coverage-lost']);

function causeText(cause: Cause): string {
  if (!('before' in cause)) return asText(causeWords(cause));
  return `${causeName(cause)}: ${sideOf(cause.before)} → ${sideOf(cause.after)}`;
}
const sideOf = (side: Json): string => asCode(typeof side === 'string' ? side : JSON.stringify(side), SIDE_MAX);

const capital = (word: string): string => `${word[0]!.toUpperCase()}${word.slice(1)}`;

function endingLine({ use, status }: Ending): Line {
  const { check, resource, owner, reason, ticket, expires } = use.waiver;
  const what = `${asCode(check, 80)} on ${asCode(resource)}`;
  const by = `accepted by ${asText(owner, OWNER_MAX)}${ticket ? `, ${asText(ticket, OWNER_MAX)}` : ''}`;
  const still = use.covers === 0 ? 'it covers nothing now' : plural(use.covers, 'finding');
  const when =
    status === 'expired' ? `has expired, ${asText(expires)} was its last day` : `expires after ${asText(expires)}`;
  return { text: () => `• ${what} ${when}: ${still}, ${by}: ${asText(reason, 160)}`, findings: 0, others: 1 };
}

/** A line for each cause, with what would open it. */
function lossLines(news: News, { header }: Scene): Line[] {
  const groups = [...Map.groupBy(news.lost, (finding) => keyOf(causeOf(finding))).values()];
  return groups
    .toSorted((a, b) => b.length - a.length)
    .map((group) => {
      const gap = causeOf(group[0]!);
      const places = placesOf(
        group.map(({ resource }) => resource),
        header,
      );
      const count = `${leastOf(news)}${plural(group.length, 'verdict')} in ${asText(places)}`;
      return { text: () => `• ${gapName(gap)}: ${count}: ${asText(whatOpens(gap))}`, findings: 0, others: 1 };
    });
}

function regainedLines(regained: readonly Gap[]): Line[] {
  const names = new Set(regained.map(gapName));
  return [...names].map((name) => ({ text: () => `• ${name} before`, findings: 0, others: 1 }));
}

/** "`s3:GetBucketPolicy` denied"; what a check could not make out is told with it. */
function gapName({ reason, operation, detail }: Gap): string {
  const words = reason === 'failed' && detail !== '' ? ` (${asText(detail, 120)})` : '';
  return `${asCode(operation, 80)} ${reason.replace('-', ' ')}${words}`;
}

interface Budget {
  readonly max: number;
  sizeOf(text: string): number;
}

/** As many lines as fit; the rest is counted, and where to find it said. `beyond` counts findings that have no line. */
function within(lines: readonly Line[], { page }: Scene, { max, sizeOf }: Budget, beyond = 0): string {
  const taken: string[] = [];
  let size = 0;
  let isFull = false;
  let findings = beyond;
  let others = 0;
  for (const line of lines) {
    const text = isFull ? '' : line.text();
    size += sizeOf(text);
    isFull ||= size > max;
    if (!isFull) taken.push(text);
    else {
      findings += line.findings;
      others += line.others ?? 0;
    }
  }
  const text = taken.join('\n').trimStart();
  if (findings + others === 0) return text;
  const left = [
    ...(findings > 0 ? [plural(findings, 'more finding')] : []),
    ...(others > 0 ? [plural(others, 'more line')] : []),
  ];
  return `${text}\n\n${left.join(' and ')}: see ${asCode(page, 160)}`;
}

/** What a thread is told of each severity: why it matters, how it is fixed, and every resource. */
function detailsOf(news: News, scene: Scene): Record<string, string> {
  const first: readonly Told[] = failedOnFirst(news).map((finding) => ({ ...toldOf(finding), owner: finding.owner }));
  const things = [...news.changes.filter(isNews), ...first];
  return Object.fromEntries(
    SEVERITIES.flatMap((severity) => {
      const own = things.filter((thing) => thing.severity === severity);
      const shown = own.slice(0, DETAILED);
      const lines = [...Map.groupBy(shown, ({ check }) => check)].flatMap(([check, group]) =>
        checkLines(check, group, scene),
      );
      const budget = { max: DETAILS_MAX, sizeOf: (text: string) => Buffer.byteLength(jsonText(text)) };
      return own.length > 0 ? [[detailsKey(severity), within(lines, scene, budget, own.length - shown.length)]] : [];
    }),
  );
}

function checkLines(check: string, group: readonly Told[], { header, isRouted }: Scene): Line[] {
  const info = header.checks.find(({ id }) => id === check);
  const about = [...(info && info.why !== '' ? [asText(info.why, 300)] : []), ...fixOf(info)];
  const head = () => ['', `${asText(info?.title ?? check, 120)} (${asCode(check)})`, ...about].join('\n');
  const textOf = (thing: Told): string => {
    const name = asCode(thing.arn || thing.name, 200);
    const where = `${asText(placeOf(thing, header))}${isRouted ? '' : ownersOf([thing])}`;
    return `• ${changeOf(thing.change)}${name} in ${where}: ${asText(thing.message)}${causeIn([thing])}`;
  };
  return group.map((thing, index) => ({
    text: () => (index === 0 ? `${head()}\n${textOf(thing)}` : textOf(thing)),
    findings: 1,
  }));
}

/** The page, a fix for each of the worst checks, and the permissions that would open what cannot be seen any more. */
function nextSteps({ changes, open, lost }: News, { header, page }: Scene): string[] {
  const infos = new Map(header.checks.map((info) => [info.id, info]));
  const toFix = changes.length > 0 ? changes.filter(isNews) : open.filter(({ status }) => status === 'FAIL');
  const worst = [...new Set(toFix.toSorted(bySeverity).map(({ check }) => check))].slice(0, FIXES);
  const hidden = [...open.filter(({ change }) => change === 'unseen'), ...lost].map((finding) => causeOf(finding));
  return [
    `Open the report: ${asCode(page, 400)}`,
    ...worst.flatMap((check) => fixOf(infos.get(check))),
    ...[...new Set(hidden.map((gap) => asText(whatOpens(gap))))].slice(0, FIXES).map((step) => `To see again: ${step}`),
  ];
}

/** A command is whole, or left to the report. */
function fixOf(info: CheckInfo | undefined): string[] {
  return info?.fix && info.fix.length <= COMMAND_MAX
    ? [`Fix ${asCode(info.id)}: ${asCode(info.fix, COMMAND_MAX)}`]
    : [];
}

function contextOf(news: News, { header, page }: Scene): Record<string, string> {
  const { owner, changes, open, lost, ending } = news;
  const counts = countsOf(open);
  const unknown = open.filter(({ status }) => status === 'UNKNOWN').length;
  const count = (status: Expiry['status']) => ending.filter((one) => one.status === status).length;
  return {
    page,
    run: header.run,
    ...(owner !== undefined && { owner: cut(owner, OWNER_MAX) }),
    accounts: accountsOf(header.scope.accounts),
    coverage: percent(coverageRatio(header.summary.coverage)),
    ...Object.fromEntries(
      CHANGES.map((change) => [change, String(changes.filter((one) => one.change === change).length)]),
    ),
    expiring: String(count('expiring')),
    expired: String(count('expired')),
    lost: String(lost.length),
    ...Object.fromEntries(SEVERITIES.map((severity) => [severity, String(counts[severity])])),
    failed: String(open.length - unknown),
    unknown: String(unknown),
  };
}

function attributesOf(news: News, header: RunHeader): Alert['attributes'] {
  const { owner, changes, lost, ending, first } = news;
  const { scope } = header;
  const onFirst = failedOnFirst(news);
  const named = ending.flatMap(({ findings }) => findings);
  const severities = new Set([...changes, ...lost, ...named, ...onFirst].map(({ severity }) => severity));
  const lostIn = news.isCut ? header.accounts.filter((one) => one.lost.length > 0) : [];
  const accounts = new Set([...first, ...changedAccounts(news), ...lostIn.map(({ account }) => account)]);
  const about = accounts.size > 0 ? scope.accounts.filter((account) => accounts.has(account)) : scope.accounts;
  const owners = new Set([...changes, ...onFirst, ...ending, ...lost].map((thing) => thing.owner));
  return {
    severity: [SEVERITIES.find((severity) => severities.has(severity)) ?? 'informational'],
    account: listed(about, ACCOUNTS_MAX),
    owner: listed(owner === undefined ? [...owners] : [owner], OWNERS_MAX),
    change: [
      ...(first.length > 0 ? ['first-run'] : []),
      ...CHANGES.filter((change) => changes.some((one) => one.change === change)),
      ...(['expiring', 'expired'] as const).filter((status) => ending.some((one) => one.status === status)),
      ...(lost.length > 0 ? ['lost'] : []),
    ],
  };
}

/** As many values as fit in a number of bytes; `more` in place of the others, for a subscription that must not miss them. */
function listed(values: readonly string[], max: number): string[] {
  const taken: string[] = [];
  let size = 0;
  for (const value of values) {
    size += Buffer.byteLength(jsonText(value)) + 1;
    if (size > max) return [...taken, 'more'];
    taken.push(value.toWellFormed());
  }
  return taken;
}
