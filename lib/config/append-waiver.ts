import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isNode, isSeq, LineCounter, parseDocument, type YAMLSeq } from 'yaml';
import { UserError } from '../core/errors.ts';
import type { Waiver } from '../core/waivers.ts';
import { parseWaivers, type WaiverRules } from './waivers.ts';

export interface Appended {
  /** The whole file. */
  readonly text: string;
  /** The entry as it stands in it. */
  readonly entry: string;
  /** Where the entry begins, from 1. */
  readonly line: number;
}

/**
 * Puts a waiver at the end of waivers.yml. All that is in the file stays as it is, to the letter where the list is written one entry
 * below the other. Throws a UserError where the result would not say what the file said and the waiver besides.
 */
export function withWaiver(path: string, text: string, waiver: Waiver, rules: WaiverRules): Appended {
  const before = text.trim() === '' ? [] : parseWaivers(path, text, rules);
  const says = (candidate: string): boolean => {
    try {
      return isDeepStrictEqual(parseWaivers(path, candidate, rules), [...before, waiver]);
    } catch {
      return false;
    }
  };
  const result = [inserted(text, waiver), rewritten(text, waiver)].find(
    (candidate) => candidate !== undefined && says(candidate),
  );
  if (result === undefined)
    throw new UserError(
      `${path}: the entry cannot be put in without changing others; add it by hand:\n${plain(waiver)}`,
    );
  const line = linesOfWaivers(result).at(-1)!;
  return { text: result, entry: plain(waiver), line };
}

/** The lines on which the waivers of a file begin, from 1. */
export function linesOfWaivers(text: string): readonly number[] {
  const lines = new LineCounter();
  const list = listIn(parseDocument(text, { lineCounter: lines }));
  return (list?.items ?? []).map((item) => (isNode(item) && item.range ? lines.linePos(item.range[0]).line : 1));
}

const plain = (waiver: Waiver): string => new Document([waiver]).toString(STYLE);
/** A long reason stays on its line. */
const STYLE = { lineWidth: 0 } as const;

function listIn(document: Document): YAMLSeq | undefined {
  const list = isMap(document.contents) ? document.get('waivers') : undefined;
  return isSeq(list) ? list : undefined;
}

/** The text with the entry after the last one; undefined where there is none, or the list is written in brackets. */
function inserted(text: string, waiver: Waiver): string | undefined {
  const list = listIn(parseDocument(text));
  const last = list?.items.at(-1);
  if (!list?.range || list.flow || !isNode(last) || !last.range) return undefined;
  const indent = ' '.repeat(list.range[0] - (text.lastIndexOf('\n', list.range[0] - 1) + 1));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const entry = plain(waiver)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line) + newline)
    .join('');
  const end = endOfLine(text, last.range[1]);
  const head = text.slice(0, end);
  return `${head}${head.endsWith('\n') ? '' : newline}${entry}${text.slice(end)}`;
}

/** The beginning of the line after a place, unless the place begins one. */
function endOfLine(text: string, place: number): number {
  if (text[place - 1] === '\n') return place;
  const next = text.indexOf('\n', place);
  return next === -1 ? text.length : next + 1;
}

/** The document written anew: comments stay, spaces may not. For files without an entry. */
function rewritten(text: string, waiver: Waiver): string {
  const document = parseDocument(text);
  const list = listIn(document);
  if (list) list.flow = false;
  if (list) list.add(document.createNode(waiver));
  else if (isMap(document.contents)) document.set('waivers', document.createNode([waiver]));
  else document.contents = document.createNode({ waivers: [waiver] }) as never;
  return document.toString(STYLE);
}
