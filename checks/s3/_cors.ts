import { covers, overlaps } from '../../lib/policy/wildcard.ts';
import type { CorsRule } from './_configurations.ts';

const WRITING: readonly string[] = ['PUT', 'POST', 'DELETE'];

/** What is wrong with rules for other origins: which origins may write that should not, and which may read that are everybody. */
export interface CorsProblems {
  readonly writing: readonly string[];
  readonly reading: readonly string[];
  readonly exposesToken: boolean;
}

/** `accepted` origins may write, as they stand in the rules. */
export function corsProblems(rules: readonly CorsRule[], accepted: readonly string[]): CorsProblems {
  const writers = rules.filter(({ methods }) => methods.some((method) => WRITING.includes(method)));
  return {
    writing: originsOf(writers).filter((origin) => isWeak(origin) && !accepted.includes(origin)),
    reading: originsOf(rules).filter((origin) => isEverybody(origin) && !accepted.includes(origin)),
    exposesToken: rules.some(({ exposedHeaders }) =>
      exposedHeaders.some((header) => header.toLowerCase() === 'x-amz-security-token'),
    ),
  };
}

/** Everybody, or anybody on the way: a page that came by plain HTTP says what somebody in between made it say. */
function isWeak(origin: string): boolean {
  return isEverybody(origin) || overlaps(origin, 'http://*');
}

function isEverybody(origin: string): boolean {
  return covers(origin, 'https://*') || covers(origin, 'http://*');
}

function originsOf(rules: readonly CorsRule[]): readonly string[] {
  return [...new Set(rules.flatMap(({ origins }) => origins))];
}
