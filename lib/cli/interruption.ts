/** What a shell reports of a command that was interrupted: 128 and the number of the signal. */
export const INTERRUPTED = 130;

type Interrupted = Pick<NodeJS.Process, 'on' | 'off' | 'exit'> & { readonly stderr: { write(text: string): unknown } };

/**
 * Ctrl+C ends the reading, not the run: the signal is the deadline of what still asks AWS, so that open parts become gaps and what was
 * read is judged and kept. Pressed again, it ends the process at once.
 */
export function interruption(process: Interrupted = globalThis.process): {
  readonly signal: AbortSignal;
  /** From here on, Ctrl+C does what it always does. */
  done(): void;
} {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write('\nronda: stopping; what was read is judged and kept. Ctrl+C again leaves at once.\n');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  return { signal: controller.signal, done: () => void process.off('SIGINT', interrupt) };
}
