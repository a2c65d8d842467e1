import { checks as all } from '../checks/index.ts';
import { deployment } from '../lib/run/deployment.ts';
import { log } from '../lib/run/log.ts';
import { type AccountKey, evaluateStep } from '../lib/run/steps/evaluate.ts';

/** Step 3: judges what was collected of one account. It asks AWS nothing but the report bucket. */
export async function handler({ run, account }: AccountKey): Promise<AccountKey> {
  const { store, checks, waivers, config } = await deployment(all);
  const { summary } = await evaluateStep({ store, checks, waivers, owners: config.owners }, { run, account });
  log.info('evaluated', { ...run, account, ...summary.statuses });
  return { run, account };
}
