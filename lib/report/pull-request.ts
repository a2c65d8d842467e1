import type { CheckInfo, Report, StoredFinding } from '../run/model.ts';
import {
  accountsOf,
  causeWords,
  changeWords,
  coverageOf,
  failed,
  nameOf,
  nothingFailed,
  placeOf,
  severityCounts,
  sinceLastRun,
  whatOpens,
} from './digest.ts';
import { cut, number, plural, visible } from './text.ts';

/** GitHub takes so many characters in a comment (its answer to more: "Body is too long (maximum is 65536 characters)"). */
const TOTAL_MAX = 65_536;
/** Kept for what could not be judged, and for the lines that count what is left out. */
const GAPS_MAX = 12_000;
const REST_MAX = 500;
const NAME_MAX = 160;
const TEXT_MAX = 400;
const FIX_MAX = 600;

/**
 * A run as a comment on a pull request, in GitHub Flavored Markdown: what fails, worst first, with its cause and its fix, and what could
 * not be judged. Text of AWS can command nothing: what is not harmless stands in code, where GitHub knows no HTML, link or mention.
 */
export function findingsMarkdown(report: Report): string {
  const head = headOf(report);
  const gaps = gapsOf(report);
  const room = TOTAL_MAX - head.length - gaps.length - REST_MAX;
  return `${[head, failuresOf(report, room), gaps].filter((part) => part !== '').join('\n\n')}\n`;
}

function headOf(report: Report): string {
  const { scope, summary } = report.header;
  const counts = severityCounts(summary.failed);
  const place = text(accountsOf(scope.accounts));
  const { PASS, UNKNOWN } = summary.statuses;
  const more = [
    `${number(PASS)} passed`,
    ...(UNKNOWN > 0 ? [`${number(UNKNOWN)} could not be judged`] : []),
    ...(summary.waived > 0 ? [`${number(summary.waived)} waived`] : []),
    `coverage ${coverageOf(report.header)}`,
  ];
  return [
    `### Ronda: ${counts ? `${counts} in ${place}` : `${nothingFailed(report)} in ${place}`}`,
    '',
    `${more.join(', ')}. Since the last run: ${sinceLastRun(report)}.`,
  ].join('\n');
}

function failuresOf(report: Report, room: number): string {
  const findings = failed(report);
  const infos = new Map(report.header.checks.map((info) => [info.id, info]));
  const rows = findings.map((finding) => rowOf(finding, infos.get(finding.check), report));
  return table(['Severity', 'What fails', 'Resource', 'Where', 'Cause', 'Fix'], rows, room, 'finding');
}

function rowOf(finding: StoredFinding, info: CheckInfo | undefined, { header }: Report): string[] {
  const { severity, check, resource, change, message, cause } = finding;
  const changed = change ? `${changeWords(change)}: ` : '';
  const why = cause ? `; ${text(causeWords(cause))}` : '';
  return [
    severity,
    info ? text(info.title) : code(check, NAME_MAX),
    code(nameOf(resource), NAME_MAX),
    text(placeOf(resource, header)),
    `${changed}${text(message)}${why}`,
    fixOf(info),
  ];
}

/** A command is whole, or left to the report. */
function fixOf(info: CheckInfo | undefined): string {
  const fix = visible(info?.fix ?? '');
  if (fix.trim() === '') return '';
  return fix.length <= FIX_MAX ? code(fix, FIX_MAX) : 'in the report';
}

function gapsOf({ header }: Report): string {
  const { gaps, statuses } = header.summary;
  if (statuses.UNKNOWN === 0) return '';
  const rows = gaps.map((gap) => [
    code(gap.operation, NAME_MAX),
    `${gap.reason}: ${text(gap.detail)}`,
    number(gap.findings),
    text(whatOpens(gap)),
  ]);
  const heading = `#### ${plural(statuses.UNKNOWN, 'verdict')} could not be given`;
  return `${heading}\n\n${table(['Asked with', 'Cause', 'Verdicts', 'What opens it'], rows, GAPS_MAX, 'cause')}`;
}

/** As many rows as fit; the others are counted. */
function table(columns: readonly string[], rows: readonly (readonly string[])[], room: number, one: string): string {
  if (rows.length === 0) return '';
  const lines = [lineOf(columns), lineOf(columns.map(() => '---'))];
  let length = lines.join('\n').length;
  let shown = 0;
  for (const row of rows) {
    const line = lineOf(row);
    if (length + line.length + 1 > room) break;
    lines.push(line);
    length += line.length + 1;
    shown += 1;
  }
  const left = rows.length - shown;
  return left === 0 ? lines.join('\n') : `${lines.join('\n')}\n\n${plural(left, `more ${one}`)} in the report.`;
}

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Words without a character that GitHub acts on. A colon ends a word, a dot is in no host name; dollar signs begin mathematics. */
const PLAIN_WORD = /^(?:[\p{L}\p{M}\p{N},;()'"+=%/?→-]|:$|\.(?!\p{L}))*$/u;
/** Words that GitHub turns into links to issues and commits. */
const REFERENCE = /gh-\d|[0-9a-f]{7}/i;

/** A sentence: its harmless words as they are, the others as code. */
function text(raw: string, max = TEXT_MAX): string {
  return cut(visible(raw), max)
    .split(' ')
    .map((word) => (PLAIN_WORD.test(word) && !REFERENCE.test(word) ? word : code(word, max)))
    .join(' ');
}

/** A name: always as code. What would end the code, or the cell of a table around it, is spelled out. */
function code(raw: string, max: number): string {
  const spelled = visible(raw).replaceAll(/[`|]/g, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return `\`${cut(spelled, max) || ' '}\``;
}
