import type { Answering } from '../../../run/model.ts';
import type { Data } from './data.ts';

/** How a requirement stands: by the worst verdict of the checks that answer to it. */
export type Answer = (typeof ANSWERS)[number];
export const ANSWERS = ['failed', 'unknown', 'waived', 'partial', 'passed', 'nothing', 'unasked', 'elsewhere'] as const;

export const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  failed: 'failed',
  unknown: 'not judged',
  waived: 'accepted risk',
  partial: 'passed in part',
  passed: 'passed',
  nothing: 'nothing to judge',
  unasked: 'not asked',
  elsewhere: 'by another route',
};

interface Standing {
  readonly answer: Answer;
  readonly failed: number;
  readonly unknown: number;
}

/** A pass counts as whole only where every check that is mapped to it was asked. */
export function standingOf({ checks }: Pick<Data, 'checks'>, { checks: ids, notAsked }: Answering): Standing {
  const own = checks.filter(({ id }) => ids.includes(id)).map(({ counts }) => counts);
  const sum = (kind: 'PASS' | 'FAIL' | 'UNKNOWN' | 'waived') => own.reduce((total, counts) => total + counts[kind], 0);
  const failed = sum('FAIL');
  const unknown = sum('UNKNOWN');
  return { answer: answerOf(), failed, unknown };

  function answerOf(): Answer {
    if (failed > 0) return 'failed';
    if (unknown > 0) return 'unknown';
    if (sum('waived') > 0) return 'waived';
    if (sum('PASS') > 0) return notAsked > 0 ? 'partial' : 'passed';
    if (notAsked > 0) return 'unasked';
    return own.length > 0 ? 'nothing' : 'elsewhere';
  }
}
