import { actionsFor, scanPolicy, selectionOf } from '../aws/permissions.ts';
import { PLAN_ACTIONS } from '../aws/plan.ts';
import type { Product } from './program.ts';
import { scopeOf, type ScopeOptions } from './scope.ts';

interface RoleOptions extends ScopeOptions {
  readonly member?: boolean;
}

/** The policy, or the template of a role with it. */
export async function roleCommand(options: RoleOptions, product: Product): Promise<void> {
  const { checks } = await scopeOf(options, product.checks);
  const actions = actionsFor(selectionOf(checks), await product.resources());
  const policy = scanPolicy([...PLAN_ACTIONS, ...actions]);
  if (options.member) process.stdout.write((await import('../aws/member-role.ts')).memberRole(policy));
  else process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
}
