import { styleText } from 'node:util';
import type { Gap } from '../core/model.ts';
import { type ShortReport, type Trouble, troublesOf } from '../run/doctor.ts';
import {
  type Allowance,
  type DoctorReport,
  isAccountWell,
  type Obstacle,
  type PartHealth,
  type Untried,
} from '../run/doctor/model.ts';
import { displayWidth, firstOf, jsonText, middle, number, plural, visible } from './text.ts';

export interface DoctorTextOptions {
  /** By default as the terminal of this process says. */
  readonly color?: boolean;
  /** Columns; by default those of this process's terminal. */
  readonly width?: number;
}
type Style = Parameters<typeof styleText>[0];
interface Screen {
  readonly paint: (style: Style, text: string) => string;
  readonly width: number;
}

/** Kinds of trouble that are listed: the rest is counted, and all is in the JSON. */
const TROUBLES = 5;
const LABEL = 10;

/** One screen about what works and what does not, with what mends it. Nothing in it can command the terminal. */
export function doctorText(report: DoctorReport, { color, width }: DoctorTextOptions = {}): string {
  const { stdout } = process;
  const isColored = color ?? (stdout.isTTY && stdout.hasColors());
  const screen: Screen = {
    paint: (style, text) => (isColored ? styleText(style, text, { validateStream: false }) : text),
    width: Math.min(160, Math.max(60, width ?? stdout.columns ?? 80)),
  };
  const sections = [
    [headline(report, screen)],
    accountLines(report, screen),
    report.parts.map((part) => partLine(part, screen)),
    patchLines(report, screen),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The whole report, or the short one, for programs. */
export function doctorJson(report: DoctorReport | ShortReport): string {
  return `${jsonText(report, 2)}\n`;
}

function headline({ tool, isWell, accounts, parts }: DoctorReport, { paint }: Screen): string {
  const name = visible(tool);
  if (isWell) return `${name} doctor: ${paint('green', 'all is well')}`;
  const ill = accounts.filter((one) => !isAccountWell(one)).length;
  const broken = parts.filter(({ state }) => state !== 'works').map((part) => part.name);
  const what = [...(ill > 0 ? [plural(ill, 'account')] : []), ...broken];
  return `${name} doctor: ${paint('red', `something is missing (${what.join(', ')})`)}`;
}

function accountLines(report: DoctorReport, screen: Screen): string[] {
  const { accounts, account: home, caller } = report;
  const troubles = troublesOf(accounts);
  const well = accounts.filter(isAccountWell);
  const left = troubles.slice(TROUBLES).reduce((sum, trouble) => sum + trouble.accounts.length, 0);
  return [
    ...(caller === undefined ? [] : [`${home}  entered as ${visible(caller)}`]),
    ...(accounts.length > 1
      ? [`${plural(accounts.length, 'account')}, ${number(well.length)} of them without a problem`]
      : []),
    ...(accounts.length === 1 ? single(accounts[0]!) : []),
    ...troubles.slice(0, TROUBLES).flatMap((trouble) => troubleLines(trouble, report, screen)),
    ...(left > 0 ? [`and ${plural(left, 'more account')} with other problems: --json`] : []),
  ];
}

/** What was tried, and what was not for want of anything to try it on. */
function single({ closed, actions, regions, probed }: DoctorReport['accounts'][number]): string[] {
  if (closed) return [];
  const count = (state: string) => actions.filter((one) => one.state === state).length;
  const answer = regions.filter(({ state }) => state === 'answers').length;
  const untried = (...whys: readonly (Untried | undefined)[]) =>
    actions.filter((one) => one.untried && whys.includes(one.untried)).length;
  const tried = [
    [count('works'), `of ${plural(actions.length, 'action')} work`],
    [untried('nothing-there'), 'found nothing to be tried on'],
    [untried('behind', 'no-region', 'no-time'), 'could not be reached'],
  ] as const;
  const where = probed === undefined ? 'none was tried in full' : `everything was tried in ${visible(probed)}`;
  return [
    labelled('actions', tried.flatMap(([some, what]) => (some > 0 ? [`${number(some)} ${what}`] : [])).join(', ')),
    ...(regions.length === 0
      ? []
      : [labelled('regions', `${number(answer)} of ${number(regions.length)} answer; ${where}`)]),
  ];
}

const labelled = (label: string, text: string): string => `  ${label.padEnd(LABEL)}${text}`;

function troubleLines(
  trouble: Trouble,
  { checks, regionalChecks, accounts }: DoctorReport,
  { paint, width }: Screen,
): string[] {
  const { closed, regionsGap, isCutShort, actions, regions, unread, unknown } = trouble;
  const who = firstOf(
    trouble.accounts.map(({ account, name }) => (name === undefined ? account : `${account} (${visible(name)})`)),
    3,
  );
  const room = width - LABEL - 2;
  const line = (label: string, text: string) => labelled(label, middle(text, room));
  const list = (label: string, names: readonly string[], before = '') =>
    names.length === 0 ? [] : [line(label, `${before}${fitting(names, room - before.length)}`)];
  const why = (gap: Gap) => `${visible(gap.operation)}: ${visible(gap.detail)}`;
  const named = (state: string) => actions.filter((one) => one.state === state).map(({ action }) => action);
  const failed = actions.filter(({ state }) => state === 'failed');
  const shut = regions.filter(({ state }) => state === 'blocked').map(({ region }) => region);
  const silent = regions.filter(({ state }) => state === 'failed');
  return [
    ...(accounts.length > 1 || closed ? [paint('bold', who)] : []),
    ...(closed ? [line('closed', why(closed))] : []),
    ...(regionsGap ? [line('regions', `not known: ${why(regionsGap)}`)] : []),
    ...list('denied', named('denied')),
    ...list('blocked', named('blocked'), 'by the organisation: '),
    ...list(
      'failed',
      failed.map(({ action, detail = '' }) => `${action} (${visible(detail)})`),
    ),
    ...list(
      'unread',
      unread.map(({ type, facet, detail }) => `${type}${facet === undefined ? '' : ` ${facet}`} (${visible(detail)})`),
    ),
    ...list('regions', shut, 'blocked by the organisation: '),
    ...list(
      'regions',
      silent.map(({ region, detail = '' }) => `${region} (${visible(detail)})`),
      'no answer: ',
    ),
    ...(shut.length + silent.length > 0
      ? [labelled('', `where ${plural(regionalChecks, 'check is', 'checks are')} UNKNOWN`)]
      : []),
    ...(isCutShort ? [line('time', 'it was up before everything was tried')] : []),
    ...list('UNKNOWN', unknown, `${number(unknown.length)} of ${plural(checks, 'check')}: `),
    ...(unknown.length > 0 ? [labelled('', 'of how many resources, only an audit can tell')] : []),
  ];
}

/** As many names as there is room for, at least one, and how many more there are. */
function fitting(names: readonly string[], room: number): string {
  for (let shown = names.length; shown > 1; shown -= 1) {
    const text = firstOf(names, shown);
    if (displayWidth(text) <= room) return text;
  }
  return firstOf(names, 1);
}

function partLine({ name, state, detail }: PartHealth, { paint }: Screen): string {
  const isFine = state === 'works';
  return `${paint(isFine ? 'green' : 'red', (isFine ? 'ok' : state).padEnd(8))}  ${name.padEnd(13)}${visible(detail)}`;
}

function patchLines({ patch }: DoctorReport, screen: Screen): string[] {
  const { allow, obstacles, next } = patch;
  return [
    ...allow.slice(0, TROUBLES).flatMap((one) => allowanceLines(one, screen)),
    ...(allow.length > TROUBLES
      ? [`and ${plural(allow.length - TROUBLES, 'further policy', 'further policies')}: --json`]
      : []),
    ...obstacles.slice(0, TROUBLES).map((one) => obstacleWords(one, screen.width)),
    ...(obstacles.length > TROUBLES ? [`and ${plural(obstacles.length - TROUBLES, 'further obstacle')}: --json`] : []),
    ...(next.length > 0 ? [screen.paint('bold', 'Then:'), ...next.map((step) => `  ${visible(step)}`)] : []),
  ];
}

function allowanceLines({ accounts, statement }: Allowance, { paint, width }: Screen): string[] {
  const whose =
    accounts.length > 0 ? `the role in ${firstOf(accounts, 3)} (ronda-missing.json)` : 'the caller of this command';
  const { Action, ...rest } = statement;
  const names = wrapped(
    Action.map((action) => JSON.stringify(action)),
    width - 8,
  );
  const [open, close] = jsonText({ ...rest, Action: [] }).split('"Action":[]') as [string, string];
  return [
    paint('bold', `Add to the policy of ${whose}:`),
    '{ "Version": "2012-10-17", "Statement": [',
    `  ${open}"Action":[`,
    ...names.map((line) => `    ${line}`),
    `  ]${close} ] }`,
  ];
}

/** The parts in lines of at most so many columns, with commas between them. */
function wrapped(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const [index, part] of parts.entries()) {
    const text = index === parts.length - 1 ? part : `${part},`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + text.length < width) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  }
  return lines;
}

/** Who must give way, and in what. */
function obstacleWords(
  { accounts, kind, isExplicit, policy, resource, actions, regions }: Obstacle,
  width: number,
): string {
  const whose = resource === undefined ? '' : ` of ${visible(resource)}`;
  const which = policy === undefined ? '' : ` ${visible(policy)}`;
  const isOrganisation = kind === 'service control policy' || kind === 'resource control policy';
  const demand = isExplicit ? 'Must let it through' : 'Must allow it';
  const keeper = isOrganisation ? 'The organisation must lift it' : demand;
  const what = regions.length > 0 ? `everything in ${fitting(regions, width)}` : fitting(actions, width);
  const verb = isExplicit ? 'denies' : 'does not allow';
  const article = kind === 'identity-based policy' ? 'an' : 'a';
  return `${keeper}: ${article} ${kind}${which}${whose} ${verb} ${what}, in ${firstOf(accounts, 3)}`;
}
