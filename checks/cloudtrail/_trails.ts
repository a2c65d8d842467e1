import { allOf } from '../../lib/core/logic.ts';
import type { Table } from '../../lib/core/model.ts';

interface Trail {
  readonly region: string;
  readonly description: { readonly isMultiRegionTrail: boolean; readonly includeGlobalServiceEvents: boolean };
  readonly status: { readonly isLogging: boolean };
}

/** Does one trail record all regions and global services, at this time? Whether it does right now is told by its status alone. */
export function isLoggingEverywhere(trail: Trail): boolean {
  return allOf(
    () => trail.description.isMultiRegionTrail,
    () => trail.description.includeGlobalServiceEvents,
    () => trail.status.isLogging,
  );
}

/**
 * Do trails, each of its own region, record all regions between them? Events of global services reach such a trail in the home
 * region of the partition alone (CloudTrail API: Trail, IncludeGlobalServiceEvents).
 */
export function isLoggingInEach(regions: { home: string; enabled: readonly string[] }, trails: Table<Trail>): boolean {
  return allOf(
    ...regions.enabled.map((region) => () => trails.having('region', region).some(({ status }) => status.isLogging)),
    () =>
      trails
        .having('region', regions.home)
        .some(({ description, status }) => description.includeGlobalServiceEvents && status.isLogging),
  );
}

/** Whose trail it is, where it is not the account's own: words to add to a message. */
export function ownerNote({ owner, account }: { readonly owner: string; readonly account: string }): string {
  return owner === account ? '' : ` (the organization's trail, of account ${owner})`;
}
