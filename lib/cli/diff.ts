import { differencesText } from '../report/differences.ts';
import { jsonText } from '../report/text.ts';
import { compareRuns } from '../run/compare.ts';
import { openStore } from '../store/open.ts';
import { runBefore, runIn } from '../run/runs.ts';

interface DiffOptions {
  readonly earlier?: string;
  readonly later?: string;
  readonly json?: boolean;
}

/** Prints what two stored runs say otherwise. */
export async function diffCommand(place: string, options: DiffOptions): Promise<void> {
  const store = await openStore(place);
  const later = await runIn(store, options.later);
  const earlier = options.earlier ? await runIn(store, options.earlier) : await runBefore(store, later);
  const differences = await compareRuns(store, earlier, later);
  process.stdout.write(
    options.json
      ? `${jsonText({ earlier, later, differences }, 2)}\n`
      : differencesText(differences, { earlier: earlier.run, later: later.run }),
  );
}
