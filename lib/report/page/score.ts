import type { Summary } from '../../core/coverage.ts';
import type { Severity } from '../../core/model.ts';
import { SEVERITIES } from '../../core/severity.ts';

/** How much one verdict weighs in the score. */
const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 10, high: 5, medium: 3, low: 1, informational: 0 };

/**
 * The share of what was judged that passes, from 0 to 1, each verdict weighed by its severity. It says nothing of what could not be
 * judged, nor of accepted risks. Undefined where nothing that weighs was judged.
 */
export function scoreOf({ passed, failed }: Pick<Summary, 'passed' | 'failed'>): number | undefined {
  const weigh = (counts: Readonly<Record<Severity, number>>) =>
    SEVERITIES.reduce((sum, severity) => sum + counts[severity] * WEIGHTS[severity], 0);
  const good = weigh(passed);
  const all = good + weigh(failed);
  return all === 0 ? undefined : good / all;
}

export const SCORE_WORDS = `Weights: ${SEVERITIES.map((severity) => `${severity} ${WEIGHTS[severity]}`).join(', ')}.`;
