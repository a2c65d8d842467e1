import { createLogUpdate } from 'log-update';
import type { Progress } from '../run/audit.ts';

/** One line that is written over while the audit runs; nothing where the output is not a terminal. */
export function progressLine(isWanted: boolean): { show: ((progress: Progress) => void) | undefined; done(): void } {
  if (!isWanted || !process.stderr.isTTY) return { show: undefined, done() {} };
  const line = createLogUpdate(process.stderr);
  return {
    show({ cells, done, rows, calls }) {
      line(`looking: ${done} of ${cells} places, ${rows} resources, ${calls} calls`);
    },
    done() {
      line.clear();
    },
  };
}
