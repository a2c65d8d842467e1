import { attempt, Unknown } from './view.ts';

/**
 * Answers a question that must not end the check where it cannot be answered: `otherwise` stands in for the answer.
 * For severities and words only: a status that rests on it would be a guess. Whatever stops the question counts, an oddness
 * in another resource too, since that must not hide a finding about this one.
 */
export function ifKnown<R, O>(question: () => R, otherwise: O): R | O {
  try {
    return question();
  } catch {
    return otherwise;
  }
}

/** What a resource refers to, found in a table or a list; where it is not there (another account's), the check ends as UNKNOWN. */
export function required<V>(found: V | undefined, what: string): V {
  if (found !== undefined) return found;
  throw new Unknown({ reason: 'failed', operation: 'inventory', detail: `${what} is not among what was read` });
}

/** For an answer of a shape that AWS does not document: it is unknown like what could not be read, and of no weight for others. */
export function unreadable(detail: string): never {
  throw new Unknown({ reason: 'failed', operation: 'inventory', detail });
}

/**
 * The items that pass the test: "is there one?" with the evidence. Items of which it is not known are left out when others pass,
 * and end the check as UNKNOWN when none does.
 */
export function witnesses<T>(items: readonly T[], test: (item: T) => boolean): T[] {
  const found: T[] = [];
  let unknown: Unknown | undefined;
  for (const item of items) {
    const answer = attempt(() => test(item));
    if (answer instanceof Unknown) unknown ??= answer;
    else if (answer) found.push(item);
  }
  if (found.length === 0 && unknown) throw unknown;
  return found;
}
