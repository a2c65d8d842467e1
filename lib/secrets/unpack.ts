import { gunzipSync } from 'node:zlib';
import { decode, type Decoded } from './decode.ts';
import { lineCounter } from './lines.ts';
import { mimeParts } from './mime.ts';

/** A text inside of what was unpacked. */
export interface Piece extends Decoded {
  readonly place: Place;
}

/** Where a piece begins in the outermost text. */
interface Place {
  /** Counted from 1. */
  readonly line: number;
  /** The lines of what was decoded from base64 are not lines of the outermost text. */
  readonly isInside: boolean;
}

/** More than this, over all pieces, is no script but a bomb. */
const MOST_BYTES = 2 * 1024 * 1024;
const DEEPEST = 5;

/**
 * All texts in a file as cloud-init reads it: gzip, MIME archives, their encoded parts, and files that a script carries in base64.
 * What cannot be unpacked is a binary piece.
 */
export function unpack(bytes: Buffer): Piece[] {
  const budget = { bytes: MOST_BYTES };

  function unpackAt(content: Buffer, place: Place, depth: number): Piece[] {
    budget.bytes -= content.length;
    if (budget.bytes < 0 || depth > DEEPEST) return [{ text: '', isBinary: true, place }];
    const inflated = inflate(content, budget.bytes);
    if (inflated) return unpackAt(inflated, place, depth + 1);
    const parts = mimeParts(content.toString('latin1'));
    const { text, isBinary } = decode(content);
    const piece = { text, isBinary: isBinary || isGzip(content), place };
    if (!parts) return [piece, ...embedded(piece, depth)];
    // The parts say whether there is anything but text; headers and what stands between the parts are read as well.
    const inner = parts.flatMap((part) => unpackAt(part.bytes, placeIn(place, part.line, part.isEncoded), depth + 1));
    return [{ ...piece, isBinary: parts.length === 0 && piece.isBinary }, ...inner];
  }

  /** Base64 within a script is unpacked when it holds text. Certificates and the like are no reason to call the script binary. */
  function embedded({ text, place }: Piece, depth: number): Piece[] {
    const lineAt = lineCounter(text);
    return base64In(text).flatMap(({ content, position }) => {
      if (!isGzip(content) && decode(content).isBinary) return [];
      return unpackAt(content, placeIn(place, lineAt(position), true), depth + 1).filter(({ isBinary }) => !isBinary);
    });
  }

  return unpackAt(bytes, { line: 1, isInside: false }, 0);
}

function placeIn(outer: Place, line: number, isEncoded: boolean): Place {
  return { line: lineIn(outer, line), isInside: outer.isInside || isEncoded };
}

/** The line of the outermost text for a line of a piece. */
export function lineIn(place: Place, line: number): number {
  return place.isInside ? place.line : place.line + line - 1;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Undefined for what is not gzip, is damaged, or would be longer than allowed. */
function inflate(bytes: Buffer, longest: number): Buffer | undefined {
  if (!isGzip(bytes) || longest < 1) return undefined;
  try {
    return gunzipSync(bytes, { maxOutputLength: longest });
  } catch {
    return undefined;
  }
}

/** Shorter ones are mostly words and names. */
const BASE64 = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40,}={0,2}/g;

function base64In(text: string): { content: Buffer; position: number }[] {
  return Array.from(text.matchAll(BASE64), ({ 0: run, index }) => ({
    content: Buffer.from(run, 'base64'),
    position: index,
  }));
}
