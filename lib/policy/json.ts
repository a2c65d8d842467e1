const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;

/**
 * Reads the text of a document: JSON, plain or percent-encoded (RFC 3986, as IAM returns documents; '+' stays '+'). White space
 * and a byte order mark around it are ignored. Throws an Error for any other text, and for JSON that names one thing twice in
 * one place: the grammar forbids it, and JSON.parse would silently keep the last.
 */
export function readJson(text: string): unknown {
  const json = plain(text.trim());
  if (json === '') throw new Error('policy document: the text is empty');
  const value = parse(json);
  if (countColons(json) !== countNames(value)) throw new Error('policy document: an element stands twice in one place');
  return value;
}

function plain(text: string): string {
  if (!text.startsWith('%')) return text;
  try {
    return decodeURIComponent(text).trim();
  } catch {
    throw new Error('policy document: the percent-encoding is broken');
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('policy document: the text is not JSON');
  }
}

/** How many names the text gives: each has one colon after it, and no other colon stands outside of a string. */
function countColons(json: string): number {
  let colons = 0;
  let isString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) isString = !isString;
    else if (isString && code === BACKSLASH) at += 1;
    else if (!isString && code === COLON) colons += 1;
  }
  return colons;
}

/** How many names survived the parsing, at any depth. A loop, not a recursion: hostile text may nest very deep. */
function countNames(value: unknown): number {
  let names = 0;
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) names += inner.length;
    for (const one of inner) rest.push(one);
  }
  return names;
}
