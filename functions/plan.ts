import { checks as all } from '../checks/index.ts';
import { types } from '../checks/types.ts';
import { deployment } from '../lib/run/deployment.ts';
import { environment } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { scanCredentials } from '../lib/run/scan-credentials.ts';
import { planStep } from '../lib/run/steps.ts';
import { runKeyOf } from '../lib/store/store.ts';

interface PlanEvent {
  /** The execution's name and start, from the state machine's context. */
  readonly execution: string;
  readonly startedAt: string;
}

/** Step 1: what there is to look at. */
export async function handler({ execution, startedAt }: PlanEvent): ReturnType<typeof planStep> {
  const { store, checks, config } = await deployment(all);
  const run = runKeyOf(startedAt, execution.slice(0, 8));
  const planned = await planStep(
    { store, types, credentials: scanCredentials() },
    { run, startedAt, region: environment('AWS_REGION'), regions: config.regions ?? [], checks },
  );
  log.info('planned', { ...run, items: planned.items.length, checks: checks.length });
  return planned;
}
