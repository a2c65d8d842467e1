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

/** As long as one item may take in all its parts: longer would keep the run from its end. */
const ITEM_MS = 5 * 60 * 60_000;

/**
 * The two deadlines of a step whose work can be left to another: `pause` when no more is begun, and `deadline` when what is open is
 * closed; and how many `parts` of that length an item may have. Of 15 minutes they are 12 and 14, and 20 parts. In a short time as much
 * is kept for finishing what is begun as for beginning: calls wait for their turn.
 */
export function deadlinesOf({ getRemainingTimeInMillis }: Pick<Context, 'getRemainingTimeInMillis'>): {
  readonly pause: AbortSignal;
  readonly deadline: AbortSignal;
  readonly parts: number;
} {
  const time = getRemainingTimeInMillis();
  const end = time - Math.min(MARGIN_MS, time / 4);
  const pause = end - Math.min(2 * MARGIN_MS, end / 2);
  return {
    pause: AbortSignal.timeout(Math.floor(pause)),
    deadline: AbortSignal.timeout(Math.floor(end)),
    parts: Math.round(ITEM_MS / time),
  };
}

/** Aborts a minute before the function's time is up. */
export function deadlineOf(context: Pick<Context, 'getRemainingTimeInMillis'>): AbortSignal {
  return AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - MARGIN_MS));
}
