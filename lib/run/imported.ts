import { number, plural, visible } from '../report/text.ts';
import type { Report } from './model.ts';

/** What came of handing a run's findings to Security Hub. */
export interface Imported {
  readonly imported: number;
  /** What Security Hub refused, with its own words. */
  readonly refused: readonly Refusal[];
  /** What was not sent, and why: the others would have failed as well, or the time was up. */
  readonly notSent?: { readonly findings: number; readonly reason: string };
}
export interface Refusal {
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

export const isWhole = ({ refused, notSent }: Imported): boolean => refused.length === 0 && notSent === undefined;

/** What came of it, in one visible line. */
export function importWords({ imported, refused, notSent }: Imported): string {
  const [first] = refused;
  const parts = [
    `Security Hub took ${plural(imported, 'finding')}`,
    ...(first ? [`refused ${number(refused.length)} (the first, ${first.id}: ${first.code} ${first.message})`] : []),
    ...(notSent ? [`${number(notSent.findings)} were not sent: ${notSent.reason}`] : []),
  ];
  return visible(parts.join('; '));
}

interface Log {
  info(words: string): void;
  warn(words: string): void;
}

/** An import that says in the log what came of it. The client of Security Hub is loaded when it is needed. */
export function importLogged(
  options: { readonly region: string; readonly page: string; readonly deadline: AbortSignal },
  log: Log,
): (report: Report) => Promise<Imported> {
  return async (report) => {
    const { toSecurityHub } = await import('./security-hub.ts');
    const outcome = await toSecurityHub(options)(report);
    log[isWhole(outcome) ? 'info' : 'warn'](importWords(outcome));
    return outcome;
  };
}
