import { checks as all } from '../checks/index.ts';
import { types } from '../checks/types.ts';
import { deployment } from '../lib/run/deployment.ts';
import { environment } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { scanEntrances } from '../lib/run/scan-credentials.ts';
import { type PlanKeys, planStep } from '../lib/run/steps/plan.ts';
import { runKeyOf } from '../lib/store/store.ts';

interface PlanEvent {
  /** The execution's name and start, from the state machine's context. */
  readonly execution: string;
  readonly startedAt: string;
}

/** Step 1: what there is to look at, and how much of it at once. */
export async function handler({
  execution,
  startedAt,
}: PlanEvent): Promise<PlanKeys & { bucket: string; concurrency: number }> {
  const { store, checks, config } = await deployment(all);
  const run = runKeyOf(startedAt, execution.slice(0, 8));
  const { count, ...planned } = await planStep({
    store,
    types,
    entrances: scanEntrances(),
    run,
    startedAt,
    region: environment('AWS_REGION'),
    regions: config.regions ?? [],
    accounts: config.accounts,
    owners: config.owners,
    checks,
  });
  log.info('planned', { ...run, items: count, checks: checks.length });
  return { ...planned, bucket: environment('REPORT_BUCKET'), concurrency: Number(environment('CONCURRENCY')) };
}
