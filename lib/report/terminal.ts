import { styleText } from 'node:util';
import type { Severity } from '../core/model.ts';
import { SEVERITIES } from '../core/severity.ts';
import type { Report, StoredFinding } from '../run/model.ts';
import {
  accountsOf,
  callsByService,
  changeCounts,
  coverageOf,
  failed,
  nameOf,
  nothingFailed,
  notJudged,
  placeOf,
  placesOf,
  sinceLastRun,
  whatOpens,
} from './digest.ts';
import { displayWidth, duration, firstOf, middle, number, plural, visible, when } from './text.ts';

export interface TerminalOptions {
  /** Where the page is. Shown whole: it is there to be copied. */
  readonly page?: string | undefined;
  /** By default as the terminal of this process says; off where there is none, and with NO_COLOR. */
  readonly color?: boolean;
  /** Columns; by default those of this process's terminal. */
  readonly width?: number;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;
interface Screen {
  readonly paint: Paint;
  readonly width: number;
}

/** How many groups of findings and causes of UNKNOWN fit on one screen with everything else. */
const GROUPS = 6;
const CAUSES = 3;
const INDENT = 10;
/** So much of a name is always shown. */
const NAME_LEAST = 12;
const COLORS: Readonly<Record<Severity, Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  informational: 'blue',
};

/** One screen about a run: at most 30 lines, whatever was found. Nothing in it can command the terminal. */
export function terminalSummary(report: Report, { page, color, width }: TerminalOptions = {}): string {
  const { stdout } = process;
  const isColored = color ?? (stdout.isTTY && stdout.hasColors());
  const paint: Paint = (style, text) => (isColored ? styleText(style, text, { validateStream: false }) : text);
  const screen = { paint, width: Math.min(160, Math.max(60, width ?? stdout.columns ?? 80)) };
  const parts = [
    headOf(report, screen),
    worstOf(report, screen),
    coverage(report, screen),
    footOf(report, screen, page),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headOf({ header }: Report, { paint, width }: Screen): string[] {
  const { tool, scope, endedAt, summary } = header;
  const place = [visible(tool), accountsOf(scope.accounts), plural(scope.regions.length, 'region'), when(endedAt)].join(
    '  ',
  );
  const filters = Object.entries(scope.filters).map(([name, value]) => `${visible(name)} ${visible(value)}`);
  const counts = SEVERITIES.filter((severity) => summary.failed[severity] > 0).map((severity) =>
    paint(COLORS[severity], `${number(summary.failed[severity])} ${severity}`),
  );
  return [
    paint('bold', middle(place, width)),
    ...(header.isIncomplete ? [paint('yellow', 'stopped before the end: what was not read could not be judged')] : []),
    ...(filters.length > 0 ? [middle(`only: ${filters.join(', ')}`, width)] : []),
    ...(counts.length > 0 ? [counts.join('  ')] : []),
  ];
}

function worstOf(report: Report, screen: Screen): string[] {
  const findings = failed(report);
  if (findings.length === 0) return [nothingFailed(report)];
  const groups = [...Map.groupBy(findings, ({ check, severity }) => `${severity} ${check}`).values()];
  const left = groups.slice(GROUPS).reduce((sum, group) => sum + group.length, 0);
  const checks = new Set(groups.slice(GROUPS).map((group) => group[0]!.check)).size;
  return [
    ...groups.slice(0, GROUPS).flatMap((group) => groupLines(group, report, screen)),
    ...(left > 0
      ? [screen.paint('dim', `and ${plural(left, 'more finding', 'more findings')} of ${plural(checks, 'check')}`)]
      : []),
  ];
}

/** What one check found, in two lines: what and where, then why. */
function groupLines(group: readonly StoredFinding[], { header }: Report, { paint, width }: Screen): string[] {
  const { severity, check } = group[0]!;
  const room = width - INDENT;
  const places = group.map(({ resource }) => placeOf(resource, header));
  const news = changeCounts(group);
  const isOne = group.length === 1;
  const what = isOne ? nameOf(group[0]!.resource) : plural(group.length, 'resource');
  const id = visible(check);
  const head = displayWidth(id) + 2 + (isOne ? Math.min(NAME_LEAST, displayWidth(what)) : displayWidth(what));
  const wheres = [placesOf(group.map((one) => one.resource), header), plural(new Set(places).size, 'place')]; // prettier-ignore
  const tails = wheres.map((where) => `  ${[where, ...(news ? [news] : [])].join('  ')}`);
  const tail = fitting([...tails, news && `  ${news}`], room - head);
  const first = `${id}  ${isOne ? middle(what, Math.max(NAME_LEAST, room - displayWidth(id) - displayWidth(tail) - 2)) : what}${tail}`;
  const label = severity === 'informational' ? 'INFO' : severity.toUpperCase();
  return [
    `${paint(COLORS[severity], label.padEnd(INDENT - 2))}  ${middle(first, room)}`,
    `${' '.repeat(INDENT)}${paint('dim', middle(whyOf(group, room), room))}`,
  ];
}

/** The message and, where there are several resources, the names of the first. */
function whyOf(group: readonly StoredFinding[], room: number): string {
  const messages = new Set(group.map(({ message }) => message)).size;
  const others = messages > 1 ? ` and ${plural(messages - 1, 'other reason')}` : '';
  const message = visible(group[0]!.message);
  const named = (count: number) => {
    const names = group.slice(0, count).map(({ resource }) => middle(nameOf(resource), 24));
    return `${others} (${names.join(', ')}${group.length > count ? ', ...' : ''})`;
  };
  const tail = group.length === 1 ? '' : fitting([named(2), named(1), others], room - displayWidth(message));
  return `${middle(message, Math.max(20, room - displayWidth(tail)))}${tail}`;
}

/** The first that fits; else the last, which is the shortest. */
const fitting = (texts: readonly string[], room: number): string =>
  texts.find((text) => displayWidth(text) <= room) ?? texts.at(-1)!;

function coverage(report: Report, { paint, width }: Screen): string[] {
  const { PASS, FAIL, SKIP, UNKNOWN } = report.header.summary.statuses;
  if (PASS + FAIL + SKIP + UNKNOWN === 0) return [];
  const { waived } = report.header.summary;
  const judged = `${number(PASS)} passed, ${number(SKIP)} did not apply${waived > 0 ? `, ${number(waived)} waived` : ''}`;
  if (UNKNOWN === 0) return [`${judged}; coverage ${coverageOf(report.header)}, nothing was left unseen`];
  const causes = notJudged(report);
  const count = Math.max(...causes.map(({ cause }) => number(cause.findings).length), 1);
  const left = causes.slice(CAUSES).reduce((sum, { cause }) => sum + cause.findings, 0);
  return [
    `${judged}; ${paint('yellow', `coverage ${coverageOf(report.header)}`)}, ${number(UNKNOWN)} could not be judged`,
    ...causes.slice(0, CAUSES).flatMap(({ cause }) => {
      const where = report.header.scope.accounts.length > 1 ? ` in ${accountsOf(cause.accounts)}` : '';
      const why = `${cause.reason}  ${visible(cause.operation)}${where}: ${visible(cause.detail)}`;
      return [
        `  ${number(cause.findings).padStart(count)}  ${middle(why, width - count - 4)}`,
        `  ${' '.repeat(count)}  ${paint('dim', middle(`to see it: ${whatOpens(cause)}`, width - count - 4))}`,
      ];
    }),
    ...(left > 0
      ? [paint('dim', `  and ${number(left)} more, of ${plural(causes.length - CAUSES, 'other cause')}`)]
      : []),
  ];
}

function footOf(report: Report, { paint, width }: Screen, page: string | undefined): string[] {
  const { header } = report;
  const services = callsByService(header);
  const calls = services.reduce((sum, service) => sum + service.calls, 0);
  const throttled = services.reduce((sum, service) => sum + service.throttled, 0);
  const names = services.map(({ service, calls: own }) => `${visible(service)} ${number(own)}`);
  const slowed = throttled > 0 ? `; ${number(throttled)} throttled` : '';
  const asked = fitting(
    [5, 4, 3, 2, 1, 0].map((shown) => {
      const byService = shown > 0 && names.length > 0 ? `: ${firstOf(names, shown)}` : '';
      return `${plural(calls, 'call')} in ${duration(header.startedAt, header.endedAt)}${byService}${slowed}`;
    }),
    width,
  );
  return [
    `since the last run: ${sinceLastRun(report)}`,
    middle(asked, width),
    ...(page === undefined ? [] : [`${paint('bold', 'report:')} ${visible(page)}`]),
  ];
}
