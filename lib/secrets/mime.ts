/** One part of a MIME document. */
export interface Part {
  readonly bytes: Buffer;
  /** The line of the document on which it begins, counted from 1. */
  readonly line: number;
  /** Are the bytes other than those in the document? */
  readonly isEncoded: boolean;
}

/**
 * The parts of a MIME multipart document (RFC 2046), given as latin1; undefined for any other text. A part that is a multipart
 * document itself comes whole. Reads leniently: a part that is not closed ends with the document.
 */
export function mimeParts(document: string): Part[] | undefined {
  const { headers, body, bodyLine } = entity(document, 1);
  const boundary = boundaryOf(headers);
  if (boundary === undefined) return undefined;
  return sections(body, boundary, bodyLine).map(({ text, line }) => part(text, line));
}

function part(text: string, line: number): Part {
  const { headers, body, bodyLine } = entity(text, line);
  if (boundaryOf(headers) !== undefined) return { bytes: Buffer.from(text, 'latin1'), line, isEncoded: false };
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return { bytes: Buffer.from(body, 'base64'), line: bodyLine, isEncoded: true };
  if (encoding === 'quoted-printable') return { bytes: fromQuotedPrintable(body), line: bodyLine, isEncoded: true };
  return { bytes: Buffer.from(body, 'latin1'), line: bodyLine, isEncoded: false };
}

interface Entity {
  /** By name in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly bodyLine: number;
}

const HEADER = /^([A-Za-z][A-Za-z0-9-]*):(.*)$/;
const EMPTY_LINE = /\r?\n\r?\n/;
const CONTINUED = /\r?\n[ \t]+/g;

/** Headers up to the first empty line; a text that does not begin with headers is all body. */
function entity(text: string, line: number): Entity {
  const gap = EMPTY_LINE.exec(text);
  const head = gap ? text.slice(0, gap.index) : '';
  const headers = head
    .replaceAll(CONTINUED, ' ')
    .split('\n')
    .map((field) => HEADER.exec(field.trimEnd()));
  if (!gap || headers.includes(null)) return { headers: new Map(), body: text, bodyLine: line };
  const body = text.slice(gap.index + gap[0].length);
  return {
    headers: new Map(headers.map((header) => [header![1]!.toLowerCase(), header![2]!.trim()])),
    body,
    bodyLine: line + head.split('\n').length + 1,
  };
}

function boundaryOf(headers: ReadonlyMap<string, string>): string | undefined {
  const type = headers.get('content-type') ?? '';
  if (!/^multipart\//i.test(type)) return undefined;
  const match = /\bboundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(type);
  return match?.[1] ?? match?.[2];
}

interface Section {
  readonly text: string;
  readonly line: number;
}

/** What stands between the lines of the boundary. */
function sections(body: string, boundary: string, firstLine: number): Section[] {
  const found: Section[] = [];
  let open: { start: number; line: number } | undefined;
  let line = firstLine;
  let position = 0;
  while (position < body.length) {
    const end = endOfLine(body, position);
    const current = body.slice(position, end).trimEnd();
    const isClosing = current === `--${boundary}--`;
    if (isClosing || current === `--${boundary}`) {
      if (open) found.push({ text: body.slice(open.start, position), line: open.line });
      open = isClosing ? undefined : { start: end + 1, line: line + 1 };
    }
    position = end + 1;
    line += 1;
  }
  if (open) found.push({ text: body.slice(open.start), line: open.line });
  return found;
}

function endOfLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end === -1 ? text.length : end;
}

function fromQuotedPrintable(text: string): Buffer {
  const joined = text.replaceAll(/=[ \t]{0,80}\r?\n/g, '');
  const decoded = joined.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}
