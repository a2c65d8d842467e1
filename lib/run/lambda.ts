import type { Context } from 'aws-lambda';
import manifest from '../../package.json' with { type: 'json' };

export const TOOL = `ronda ${manifest.version}`;
/** Kept of a Lambda's time for closing what is open and storing it. */
const MARGIN_MS = 60_000;

/** A variable that the stack sets. */
export function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment has no ${name}: deploy the function with its stack`);
  return value;
}

/** Aborts a minute before the function's time is up. */
export function deadlineOf(context: Pick<Context, 'getRemainingTimeInMillis'>): AbortSignal {
  return AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - MARGIN_MS));
}
