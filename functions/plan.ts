import { checks as all } from '../checks/index.ts';
import { resources } from '../checks/resources.ts';
import { credentialsFrom } from '../lib/aws/credentials.ts';
import { deployment, environment } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { planStep } from '../lib/run/steps.ts';

interface PlanEvent {
  /** The execution's name and start, from the state machine's context. */
  readonly execution: string;
  readonly startedAt: string;
}

/** Step 1: what there is to look at. */
export async function handler({ execution, startedAt }: PlanEvent): ReturnType<typeof planStep> {
  const { store, checks, config } = await deployment(all);
  const region = environment('AWS_REGION');
  const run = {
    date: startedAt.slice(0, 10),
    run: `${startedAt.slice(0, 19).replaceAll(/[-:]/g, '')}Z-${execution.slice(0, 8)}`,
  };
  const credentials = credentialsFrom({
    role: environment('SCAN_ROLE_ARN'),
    externalId: environment('EXTERNAL_ID'),
    region,
  });
  const planned = await planStep(
    { store, resources, credentials },
    { run, startedAt, region, regions: config.regions ?? [], checks },
  );
  log.info('planned', { ...run, items: planned.items.length, checks: checks.length });
  return planned;
}
