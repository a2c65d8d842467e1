import {
  ACTION,
  DATE_TIME,
  GROUP_URL,
  ISSUERS,
  isPlainWord,
  isReadable,
  MANAGED_ARN,
  VERSION,
  WORLD,
} from './harmless.ts';
import { ID_PREFIXES, type Pseudonyms } from './pseudonyms.ts';
import { WORDS } from './words.generated.ts';

/** Finds in text what has a pseudonym, what must have one by its form, and what no text of the product's is written with. */
export interface Sentences {
  /** `own`: names that are replaced even where they are words of the language. */
  redacted(text: string, own?: readonly string[]): string;
  /** For keys, which people choose in words of their own: known names and telling forms alone. */
  redactedKey(text: string): string;
}
export interface Language {
  /** Words of the checks' titles and advice: a name that is one of them tells nothing in a sentence. */
  readonly vocabulary: ReadonlySet<string>;
  /** What was left readable where it stood for itself. */
  readonly kept: ReadonlySet<string>;
}

const EDGE = String.raw`[\p{L}\p{N}_]`;
/** Of AWS, whatever the names in it: taken out before names are looked for. */
const KEPT = new RegExp(
  [
    MANAGED_ARN,
    GROUP_URL,
    String.raw`(?<![\w./:-])(?:${ACTION})(?![\w-])`,
    String.raw`(?<![\w.-])[a-z0-9-]+\.amazonaws\.com(?:\.cn)?(?![\w.-]*\w)`,
    String.raw`(?<![\w.@/-])(?:${ISSUERS})(?![\w/-])`,
    String.raw`(?<![\d.:\w])(?:${WORLD})(?!\d)`,
    String.raw`(?<!\d)${DATE_TIME}(?!\d)`,
    String.raw`(?<![\w.])(?:${VERSION})(?![\w])`,
    String.raw`AWS(?:::[A-Za-z0-9]+){2}`,
  ].join('|'),
  'gu',
);
/** What is sensitive by its form, known or not. */
const TELLING = new RegExp(
  [
    String.raw`arn:[a-z-]+:[a-z0-9-]*:[a-z0-9-]*:(?:\d{12})?:[^\s"'<>(){}|]*[^\s"'<>(){}|.,;:]`,
    String.raw`[a-z][a-z0-9+]*:\/\/[^\s"'<>(){}|]*[^\s"'<>(){}|.,;:]`,
    String.raw`[^\s"'<>(){}|,;:=]+@[^\s"'<>(){}|,;:=]*[^\s"'<>(){}|.,;:=]`,
    String.raw`(?<!${EDGE})[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?!${EDGE})`,
    String.raw`(?<!${EDGE})(?:${ID_PREFIXES})-(?:[0-9a-f]{17}|[0-9a-f]{8})(?!${EDGE})`,
    String.raw`(?<![\w-])(?:o-[a-z0-9]{10,32}|r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})(?![\w-])`,
    String.raw`(?<!${EDGE})A(?:KIA|SIA|ROA|IDA|GPA|NPA|NVA|PKA|SCA|BIA|CCA|3T)[A-Z0-9]{12,}(?!${EDGE})`,
    String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.]*\d)`,
    String.raw`(?<![\w:.])(?=[0-9a-fA-F:]*:[0-9a-fA-F]*:)[0-9a-fA-F:]{2,39}(?:\/\d{1,3})?(?![\w:])`,
    String.raw`(?<!\d)\d{12}(?!\d)`,
    String.raw`(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:[a-z]{2,})(?![\w-]|\.\w)`,
    String.raw`(?<!${EDGE})(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,128}(?!${EDGE})`,
  ].join('|'),
  'gu',
);

/** Shorter names are as likely something else. */
const SHORTEST = 3;
/** A name that nothing else is like is replaced inside of longer words too. */
const DISTINCT = 6;
const DISTINCT_WORD = 12;

/** Works with what is known so far: names that are added later are not found. */
export function sentencesWith({ name, known }: Pseudonyms, { vocabulary, kept }: Language): Sentences {
  const isOrdinary = (text: string) =>
    text.length < SHORTEST ||
    /^\d{1,11}$/.test(text) ||
    (/^\p{L}+$/u.test(text) && (isPlainWord(text) || vocabulary.has(text.toLowerCase())));
  const byStart = Map.groupBy(
    [...known].filter(([text]) => !isOrdinary(text)).toSorted(([a], [b]) => b.length - a.length),
    ([text]) => text.slice(0, SHORTEST),
  );
  const cache = new Map<string, string>();

  function redacted(text: string, own: readonly string[] = []): string {
    const ordinary = own.filter((one) => one !== '' && isOrdinary(one) && known.has(one));
    if (ordinary.length > 0) return redactedWith(text, ordinary, withoutUnknown);
    const before = cache.get(text) ?? redactedWith(text, [], withoutUnknown);
    cache.set(text, before);
    return before;
  }

  function redactedWith(text: string, own: readonly string[], withoutRest: (text: string) => string): string {
    const withoutForms = (rest: string) => outside(rest, TELLING, withoutRest, name);
    return outside(
      text,
      KEPT,
      (rest) => withoutNames(rest, own, withoutForms),
      (same) => same,
    );
  }

  /** The longest known name at each place; what is between them by its form. */
  function withoutNames(text: string, own: readonly string[], withoutForms: (text: string) => string): string {
    let result = '';
    let start = 0;
    for (let index = 0; index < text.length; index += 1) {
      const found = nameAt(text, index, own);
      if (found === undefined) continue;
      result += withoutForms(text.slice(start, index)) + known.get(found)!;
      start = index + found.length;
      index = start - 1;
    }
    return result + withoutForms(text.slice(start));
  }

  function nameAt(text: string, index: number, own: readonly string[]): string | undefined {
    const entry = byStart
      .get(text.slice(index, index + SHORTEST))
      ?.find(([name_]) => text.startsWith(name_, index) && (isDistinct(name_) || isWhole(text, index, name_.length)));
    return entry?.[0] ?? own.find((one) => text.startsWith(one, index) && isWhole(text, index, one.length));
  }

  const isSaid = (word: string): boolean =>
    NO_WORD.test(word) ||
    kept.has(word) ||
    isReadable(word) ||
    SAID.has(word.toLowerCase()) ||
    vocabulary.has(word.toLowerCase());
  const isMadeOfSaid = (word: string): boolean => isSaid(word) || word.split(/[-/+&]/).every(isSaid);
  const withoutUnknown = (text: string): string =>
    text.replaceAll(WORD, (word) => (isMadeOfSaid(word) ? word : name(word)));

  return { redacted, redactedKey: (text) => redactedWith(text, [], (rest) => rest) };
}

/** Numbers and marks; a letter or two with them (v1, 5d, x) name nobody. */
const NO_WORD = /^(?:[^\p{L}]*|[^\p{L}]?\p{L}\d?)$/u;

/** Words of the product's sources, joined or not. */
export const isOfOurWords = (word: string): boolean =>
  word.split(/[-/+&]/).every((part) => part === '' || SAID.has(part.toLowerCase()));

const SAID: ReadonlySet<string> = new Set(WORDS.split(' '));
/** Between spaces and marks; a full stop at its end is none of it. */
const WORD = /[^\s"'\u2019()[\]{}<>|,;:!?=`]*[^\s"'\u2019()[\]{}<>|,;:!?=`.]/gu;

function isDistinct(text: string): boolean {
  return text.length >= DISTINCT_WORD || (text.length >= DISTINCT && /[^a-z]/.test(text));
}

const LETTER = /[\p{L}\p{N}_]/u;
const isWhole = (text: string, index: number, length: number): boolean =>
  !LETTER.test(text[index - 1] ?? ' ') && !LETTER.test(text[index + length] ?? ' ');

function outside(
  text: string,
  pattern: RegExp,
  rest: (text: string) => string,
  match: (text: string) => string,
): string {
  let result = '';
  let start = 0;
  for (const found of text.matchAll(pattern)) {
    result += rest(text.slice(start, found.index)) + match(found[0]);
    start = found.index + found[0].length;
  }
  return result + rest(text.slice(start));
}
