import { checks as all } from '../checks/index.ts';
import { evaluateAccount } from '../lib/run/evaluate.ts';
import { storedInventory } from '../lib/run/inventory.ts';
import { deployment } from '../lib/run/deployment.ts';
import { log } from '../lib/run/log.ts';
import { readJson, type StoredPlan } from '../lib/run/stored.ts';
import { keys, type RunKey } from '../lib/store/store.ts';

/** Step 3: judges what was collected. It asks AWS nothing but the report bucket. */
export async function handler({ run }: { readonly run: RunKey }): Promise<{ readonly run: RunKey }> {
  const { store, checks, waivers, config } = await deployment(all);
  const { account, items } = await readJson<StoredPlan>(store, keys.report(run, 'plan.json'));
  const inventory = await storedInventory(store, run, account, items);
  const { summary } = await evaluateAccount(account, inventory, {
    store,
    run,
    checks,
    waivers,
    owners: config.owners,
    now: new Date(),
  });
  log.info('evaluated', { ...run, account, ...summary.statuses });
  return { run };
}
