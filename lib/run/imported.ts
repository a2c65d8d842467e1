import { number, plural, visible } from '../report/text.ts';

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
