import { allOf } from '../../lib/core/logic.ts';
import type { Table } from '../../lib/core/model.ts';
import type { FieldSelector } from '../s3/_data-events.ts';
import { isLoggingEverywhere } from './_trails.ts';

interface ManagementSelectors {
  readonly basic: readonly {
    readonly readWriteType: string;
    readonly includeManagementEvents: boolean;
    readonly excludeManagementEventSources: readonly string[];
  }[];
  readonly advanced: readonly (readonly FieldSelector[])[];
}
interface Trail {
  readonly description: { readonly isMultiRegionTrail: boolean; readonly includeGlobalServiceEvents: boolean };
  readonly status: { readonly isLogging: boolean };
  readonly eventSelectors: ManagementSelectors;
}
type Kind = 'read' | 'write';

const BASIC_TYPE = { read: 'ReadOnly', write: 'WriteOnly' } as const;
/** How readOnly selects each kind (CloudTrail API: AdvancedFieldSelector). */
const READ_ONLY = { read: 'true', write: 'false' } as const;

/** Do trails record all management events of all regions? One may record the reads, another the writes. */
export function recordsManagement(trails: Table<Trail>, mayExclude: readonly string[]): boolean {
  const records = (kind: Kind) => (trail: Trail) =>
    allOf(
      () => isLoggingEverywhere(trail),
      () => selectsManagement(trail.eventSelectors, kind, mayExclude),
    );
  return allOf(
    () => trails.some(records('read')),
    () => trails.some(records('write')),
  );
}

/** Do event selectors take in all management events of one kind, but for sources that may be left out? */
export function selectsManagement(
  { basic, advanced }: ManagementSelectors,
  kind: Kind,
  mayExclude: readonly string[],
): boolean {
  const isHarmless = (sources: readonly string[]) => sources.every((source) => mayExclude.includes(source));
  const isBasic = basic.some(
    ({ readWriteType, includeManagementEvents, excludeManagementEventSources }) =>
      includeManagementEvents &&
      (readWriteType === 'All' || readWriteType === BASIC_TYPE[kind]) &&
      isHarmless(excludeManagementEventSources),
  );
  const admits = (selector: FieldSelector): boolean => {
    switch (selector.field) {
      case 'eventCategory':
        return selector.equals.includes('Management');
      case 'readOnly':
        return selector.equals.includes(READ_ONLY[kind]);
      case 'eventSource':
        return excludesAlone(selector) && isHarmless(selector.notEquals);
      default:
        return false;
    }
  };
  return isBasic || advanced.some((fields) => fields.every(admits) && fields.some(isCategory));
}

const isCategory = ({ field }: FieldSelector): boolean => field === 'eventCategory';

function excludesAlone({ equals, startsWith, endsWith, notStartsWith, notEndsWith }: FieldSelector): boolean {
  return [equals, startsWith, endsWith, notStartsWith, notEndsWith].every((values) => values.length === 0);
}
