import type { Table, View } from '../../lib/core/model.ts';
import { type Escalation, escalations } from '../../lib/policy/escalation.ts';
import type { Held } from './_admin.ts';

type Accounts = Table<View<'AWS::::Account', 'organization'>>;

/**
 * The ways of a principal to more privileges. Those through permission sets exist in the organization's management account, which
 * manages IAM Identity Center; of a delegated administrator nothing is known here.
 */
export function openWays(held: Held, accounts: Accounts, throughExisting: boolean): readonly Escalation[] {
  const open = escalations(held, { throughExisting });
  if (open.length > 0) return open;
  const withPermissionSets = escalations(held, { throughExisting, throughPermissionSets: true });
  if (withPermissionSets.length === 0) return [];
  return accounts.get(held.account)?.organization?.managementAccount === held.account ? withPermissionSets : [];
}
