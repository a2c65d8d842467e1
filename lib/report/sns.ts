import type { Report } from '../run/model.ts';

/** One message to a topic. */
export interface Alert {
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** What is to be told of a run; undefined when nothing changed. */
export function alertOf({ header, findings }: Report): Alert | undefined {
  if (!findings.some(({ change }) => change)) return undefined;
  return { subject: `Ronda: ${header.run}`, message: JSON.stringify(header.summary.failed), attributes: { account: header.scope.accounts } };
}
