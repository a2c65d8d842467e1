import { witnesses } from './knowledge.ts';
import { attempt, Unknown } from './view.ts';

type Question = () => boolean;

/** Is one of the answers yes? A yes decides, whatever else is unknown; without one, what is unknown is thrown on. */
export function anyOf(...questions: readonly Question[]): boolean {
  return witnesses(questions, (ask) => ask()).length > 0;
}

/** Are all answers yes? A no decides, whatever else is unknown; without one, what is unknown is thrown on. */
export function allOf(...questions: readonly Question[]): boolean {
  return !anyOf(...questions.map((ask) => () => !ask()));
}

/** The best source's answer, or the next one's where that is unknown. For facts that two sources tell. */
export function firstKnown<R>(best: () => R, next: () => R): R {
  const answer = attempt(best);
  return answer instanceof Unknown ? next() : answer;
}
