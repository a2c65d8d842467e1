import { actionsFor, scanPolicy, selectionOf } from '../aws/permissions.ts';
import { PLAN_ACTIONS } from '../aws/plan.ts';
import type { Product } from './program.ts';
import { scopeOf, type ScopeOptions } from './scope.ts';

export async function roleCommand(options: ScopeOptions, product: Product): Promise<void> {
  const { checks } = await scopeOf(options, product.checks);
  const actions = actionsFor(selectionOf(checks), await product.resources());
  process.stdout.write(`${JSON.stringify(scanPolicy([...PLAN_ACTIONS, ...actions]), null, 2)}\n`);
}
