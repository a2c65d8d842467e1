import type { Report } from '../run/model.ts';

/** One screen about a run. */
export function terminalSummary({ header }: Report, options: { readonly page?: string } = {}): string {
  const { FAIL, UNKNOWN } = header.summary.statuses;
  return `${FAIL} failed, ${UNKNOWN} unknown\n${options.page ?? ''}\n`;
}
