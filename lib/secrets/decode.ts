export interface Decoded {
  readonly text: string;
  /** Is it something other than text? What text there is in it can still be searched. */
  readonly isBinary: boolean;
}

/** Decodes UTF-8, UTF-16 with a byte order mark, or latin1. */
export function decode(bytes: Buffer): Decoded {
  const text = decodeMarked(bytes) ?? decodeUtf8(bytes) ?? bytes.toString('latin1');
  return { text, isBinary: isBinary(text) };
}

function decodeMarked(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return undefined;
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** All control characters but those that layout and terminals use. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0007\u000e-\u001a\u001c-\u001f\u007f]/g;
/** Scripts hold a stray control character at most. */
const CHARACTERS_PER_CONTROL = 100;

function isBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  const controls = text.match(CONTROL)?.length ?? 0;
  return controls * CHARACTERS_PER_CONTROL > text.length;
}
