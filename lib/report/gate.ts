import type { Severity } from '../core/model.ts';
import type { Decision } from '../run/gate.ts';
import type { Report, StoredFinding } from '../run/model.ts';
import { causeOf } from '../core/coverage.ts';
import { nameOf, placeOf, whatOpens, worstFirst } from './digest.ts';
import { brief, cut, middle, number, percent, plural, visible } from './text.ts';

interface GateWords {
  readonly failOn: Severity;
  readonly baseline?: string | undefined;
  readonly minCoverage?: number | undefined;
}

/** How many findings and causes fit on one screen with everything else. */
const SHOWN = 8;
const CAUSES = 4;
const LINE_MAX = 160;
const NAME_WIDTH = 60;
const MESSAGE_WIDTH = 120;
const HEADS: Readonly<Record<Decision['result'], string>> = {
  pass: 'PASS: nothing stands against it',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE: it may fail, for all that could be seen',
};

/** Why a gate is open or shut, on one screen. Nothing in it can command the terminal. */
export function gateText(report: Report, decision: Decision, words: GateWords): string {
  const { header } = report;
  const { failed, unknown } = decision;
  const lines = [
    failed.length > 0
      ? `${HEADS.fail}: ${plural(failed.length, 'finding')} at or above ${words.failOn}`
      : headOf(decision, header),
    ...worstFirst(failed)
      .slice(0, SHOWN)
      .flatMap((finding) => findingLines(finding, report)),
    ...more(failed.length - SHOWN, 'finding'),
    ...unknownLines(unknown),
    '',
    coverageWords(decision, header, words),
    `${number(header.summary.statuses.PASS)} passed, ${number(header.summary.waived)} waived${words.baseline ? `, ${number(decision.known)} known since ${visible(words.baseline)}` : ''}`,
  ];
  return `${lines.map((line) => cut(line, LINE_MAX)).join('\n')}\n`;
}

/** A gate that met nothing is open, and a misspelt scope must not look like a good one. */
function headOf({ result }: Decision, { summary }: Report['header']): string {
  return isEmpty(summary) ? `${result.toUpperCase()}: nothing was judged, no resource is in scope` : HEADS[result];
}

const isEmpty = ({ statuses }: Report['header']['summary']): boolean =>
  Object.values(statuses).every((count) => count === 0);

function coverageWords({ coverage, isThin }: Decision, { summary }: Report['header'], { minCoverage = 0 }: GateWords) {
  const share = isEmpty(summary) ? 'coverage of nothing' : `coverage ${percent(coverage)}`;
  return isThin ? `${share} is below the ${percent(minCoverage)} that was asked for` : share;
}

function findingLines(finding: StoredFinding, { header }: Report): string[] {
  const { severity, check, resource, message, id } = finding;
  return [
    `  ${severity}  ${visible(check)}  ${middle(nameOf(resource), NAME_WIDTH)}  ${placeOf(resource, header)}`,
    `      ${brief(message, MESSAGE_WIDTH)}  (${visible(id)})`,
  ];
}

function unknownLines(unknown: readonly StoredFinding[]): string[] {
  if (unknown.length === 0) return [];
  const causes = [...Map.groupBy(unknown, (finding) => JSON.stringify(causeOf(finding)))].map(([, own]) => ({
    gap: causeOf(own[0]!),
    count: own.length,
  }));
  return [
    `${plural(unknown.length, 'verdict')} could not be given:`,
    ...causes
      .toSorted((a, b) => b.count - a.count)
      .slice(0, CAUSES)
      .map(
        ({ gap, count }) =>
          `  ${number(count)}  ${visible(gap.operation)}: ${visible(gap.detail)}; to see it: ${whatOpens(gap)}`,
      ),
    ...more(causes.length - CAUSES, 'other cause'),
  ];
}

const more = (count: number, what: string): string[] => (count > 0 ? [`  and ${plural(count, `more ${what}`)}`] : []);
