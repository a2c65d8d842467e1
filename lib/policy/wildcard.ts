const STAR = 42;
const QUESTION = 63;
/** Stand in for the literal characters that `${*}` and `${?}` write. Private use: no ARN or action holds them. */
const LITERAL_STAR = '\uE000';
const LITERAL_QUESTION = '\uE001';

/**
 * Does an IAM pattern match a value? `*` is any text, ':' and '/' included; `?` is one character; `${*}`, `${?}` and `${$}` are
 * these characters themselves (IAM JSON policy elements: Resource; Variables and tags). Case-sensitive, as ARNs and condition
 * values are. Other variables are compared as they are written. Time: at most pattern x value, never more.
 */
export function matches(pattern: string, value: string): boolean {
  if (pattern === '*') return true;
  return hasEscape(pattern)
    ? glob(unescaped(pattern), guarded(value), false, false)
    : glob(pattern, value, false, false);
}

/** As `matches`, for action names, whose letter case plays no part (IAM JSON policy elements: Action). */
export function matchesAction(pattern: string, action: string): boolean {
  return pattern === '*' || glob(pattern, action, true, false);
}

/**
 * Does a pattern match everything that another pattern matches? Judged one pattern against one pattern: true is certain; false
 * can also mean that only several patterns together would do it.
 */
export function covers(pattern: string, other: string, ignoreCase = false): boolean {
  return pattern === '*' || glob(unescaped(pattern), unescaped(other), ignoreCase, true);
}

/** Is there any text that both patterns match? */
export function overlaps(pattern: string, other: string, ignoreCase = false): boolean {
  const one = folded(unescaped(pattern), ignoreCase);
  const two = folded(unescaped(other), ignoreCase);
  if (two === '*') return true;
  if (!hasWildcard(two)) return glob(one, two, false, false);
  if (!hasWildcard(one)) return glob(two, one, false, false);
  // rest[j] says whether one.slice(i + 1) and two.slice(j) meet; worked from the ends of both.
  let rest = Array.from({ length: two.length + 1 }, (_, j) => isAllStars(two, j));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    const row: boolean[] = [];
    for (let j = two.length; j >= 0; j -= 1) row[j] = meet(one.charCodeAt(i), two.charCodeAt(j), rest, row, j);
    rest = row;
  }
  return rest[0] === true;
}

/** Does the text hold a wildcard? Escaped ones count: nothing that IAM names holds a `*` or a `?`. */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

/** Is the text one fixed value: not empty, no wildcard, no policy variable (Amazon S3: The meaning of "public")? */
export function isFixed(text: string): boolean {
  return text !== '' && !hasWildcard(text) && !text.includes('${');
}

/** The greedy two-pointer match: on a mismatch only the last star is widened, as an earlier one could not do better. */
function glob(pattern: string, text: string, ignoreCase: boolean, textIsPattern: boolean): boolean {
  let p = 0;
  let star = -1;
  let mark = 0;
  for (let t = 0; t < text.length;) {
    const code = pattern.charCodeAt(p);
    if (code === STAR) {
      star = p;
      mark = t;
      p += 1;
    } else if (matchesOne(code, text.charCodeAt(t), ignoreCase, textIsPattern)) {
      p += 1;
      t += 1;
    } else if (star === -1) {
      return false;
    } else {
      p = star + 1;
      mark += 1;
      t = mark;
    }
  }
  return isAllStars(pattern, p);
}

function matchesOne(code: number, other: number, ignoreCase: boolean, textIsPattern: boolean): boolean {
  if (code === QUESTION) return !textIsPattern || other !== STAR;
  return code === other || (ignoreCase && lower(code) === lower(other));
}

function meet(a: number, b: number, rest: readonly boolean[], row: readonly boolean[], j: number): boolean {
  if (a === STAR) return rest[j] === true || row[j + 1] === true;
  if (b === STAR) return row[j + 1] === true || rest[j] === true;
  const isSame = a === b || a === QUESTION || b === QUESTION;
  return isSame && rest[j + 1] === true;
}

function isAllStars(pattern: string, from: number): boolean {
  let at = from;
  while (pattern.charCodeAt(at) === STAR) at += 1;
  return at >= pattern.length;
}

/** Folds the letters A to Z; action names hold no others. */
function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function folded(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}

function hasEscape(pattern: string): boolean {
  return pattern.includes('${');
}

function unescaped(pattern: string): string {
  if (!hasEscape(pattern)) return pattern;
  return pattern.replaceAll('${*}', LITERAL_STAR).replaceAll('${?}', LITERAL_QUESTION).replaceAll('${$}', '$');
}

function guarded(value: string): string {
  return value.replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_QUESTION);
}
