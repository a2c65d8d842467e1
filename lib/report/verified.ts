import { differenceIn } from '../core/causes.ts';
import type { Finding, Json } from '../core/model.ts';
import type { Outcome, Verified } from '../run/verify.ts';
import { causeKindWords, causeWords, nameOf, shortJson } from './digest.ts';
import { brief, middle, number, plural, visible, when } from './text.ts';

/** One finding before and after, for a terminal. Nothing in it can command the terminal. */
export function verifiedText(verified: Verified): string {
  const { before, after, cause, run } = verified;
  const { severity, check, variant, resource, id } = before;
  const what = [check, ...(variant ? [variant] : [])].map(visible).join(' ');
  return `${[
    `${what}  ${severity}  ${id}`,
    `  ${visible(resource.account)} ${visible(resource.region)}  ${middle(nameOf(resource), NAME_WIDTH)}`,
    `  before  ${sideOf(before)}  (${when(before.at)}, run ${visible(run.run)})`,
    `  now     ${after ? sideOf(after) : absentWords(verified)}`,
    ...(cause ? [`  because ${isTold(verified) ? causeKindWords(cause) : causeWords(cause)}`] : []),
    ...evidenceLines(verified),
    `${OUTCOMES[verified.outcome]} (${plural(verified.calls, 'call')}, ${seconds(verified.milliseconds)})`,
  ].join('\n')}\n`;
}

const NAME_WIDTH = 200;
const MESSAGE_WIDTH = 400;
const OUTCOMES: Readonly<Record<Outcome, string>> = {
  passes: 'It does not fail now.',
  gone: 'The resource is gone.',
  fails: 'It still fails.',
  unknown: 'It cannot be judged.',
};

function sideOf(finding: Finding & { readonly waiver?: { readonly owner: string; readonly expires: string } }): string {
  const { status, severity, message, waiver } = finding;
  const isRated = status === 'FAIL' || status === 'UNKNOWN';
  const accepted = waiver && `, accepted by ${brief(waiver.owner)} until ${visible(waiver.expires)}`;
  return `${status}${isRated ? ` ${severity}` : ''}  ${brief(message, MESSAGE_WIDTH)}${accepted ?? ''}`;
}

function absentWords({ verdicts }: Verified): string {
  if (!verdicts) return 'the resource is gone';
  const { PASS, FAIL, SKIP, UNKNOWN } = verdicts;
  return `the list can be read: ${number(FAIL)} fail, ${number(PASS)} pass, ${number(SKIP)} do not apply, ${number(UNKNOWN)} unknown`;
}

/** Whether the lines below the cause say what differs. */
const isTold = (verified: Verified): boolean =>
  verified.cause?.kind === 'resource-changed' && evidenceLines(verified).length > 0;

function evidenceLines({ before, after }: Verified): string[] {
  if (!after || (before.evidence === undefined && after.evidence === undefined)) return [];
  const difference = differenceIn(before.evidence ?? {}, after.evidence ?? {});
  if (!isRecord(difference.before) || !isRecord(difference.after))
    return [`    evidence: ${shortJson(difference.before)} → ${shortJson(difference.after)}`];
  const is = difference.after;
  return Object.entries(difference.before).flatMap(([name, was]) =>
    isEmpty(was) && isEmpty(is[name]) ? [] : [`    ${brief(name)}: ${told(was)} → ${told(is[name])}`],
  );
}

/** Nothing found and nothing said are no difference worth a line. */
const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

const told = (value: Json | undefined): string => (value === undefined || value === null ? 'none' : shortJson(value));

function isRecord(value: Json): value is Readonly<Record<string, Json | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
