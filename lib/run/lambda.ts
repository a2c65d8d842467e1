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

/**
 * The two deadlines of a step whose work can be left to another: `pause` when no more is begun, and `deadline` when what is open is
 * closed. Of 15 minutes they are 12 and 14.
 */
export function deadlinesOf({ getRemainingTimeInMillis }: Pick<Context, 'getRemainingTimeInMillis'>): {
  readonly pause: AbortSignal;
  readonly deadline: AbortSignal;
} {
  const time = getRemainingTimeInMillis();
  const end = time - Math.min(MARGIN_MS, time / 4);
  const pause = end - Math.min(2 * MARGIN_MS, end / 3);
  return { pause: AbortSignal.timeout(pause), deadline: AbortSignal.timeout(end) };
}

/** Aborts a minute before the function's time is up. */
export function deadlineOf(context: Pick<Context, 'getRemainingTimeInMillis'>): AbortSignal {
  return AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - MARGIN_MS));
}
