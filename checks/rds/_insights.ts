import { anyOf } from '../../lib/core/logic.ts';
import type { Table, View } from '../../lib/core/model.ts';
import { membersOf } from './_logs.ts';

interface Insights {
  readonly type: string;
  readonly id: string;
  readonly insightsMode: string | null;
  /** Null for a cluster whose instances have a setting each. */
  readonly performanceInsights: boolean | null;
}

/** Does Performance Insights (in Database Insights) watch a database: by its own setting, or by that of each instance of a cluster? */
export function hasInsights(database: Insights, instances: Table<View<'AWS::RDS::DBInstance'>>): boolean {
  if (isWatched(database)) return true;
  const members = membersOf(database, instances);
  return members.length > 0 && members.every(isWatched);
}

function isWatched(database: Insights): boolean {
  return anyOf(
    () => database.insightsMode === 'advanced',
    () => database.performanceInsights === true,
  );
}
