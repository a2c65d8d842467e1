import { fail, pass, rated, unknown } from '../../lib/core/check.ts';
import type { Verdict } from '../../lib/core/model.ts';
import { ageInDays } from '../../lib/core/time.ts';

interface Version {
  readonly engine: string;
  readonly engineVersion: string;
  readonly status: string;
}

/** Judges how long the standard support of a version lasts. After its end a database gets no fixes, or paid Extended Support. */
export function supportUntil(end: string | null, version: Version, warnDays: number, now: Date): Verdict {
  if (end === null)
    return unknown(`AWS tells no end of standard support of ${version.engine} ${version.engineVersion}`);
  const evidence = { ...version, standardSupportEnds: end };
  const daysLeft = -ageInDays(end, now);
  if (daysLeft <= 0) return fail(`standard support ended at ${end}`, evidence);
  const story = `in standard support until ${end}`;
  return daysLeft < warnDays ? rated('low', 'it ends soon', fail(story, evidence)) : pass(story, evidence);
}
