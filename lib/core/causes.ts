import { isDeepStrictEqual } from 'node:util';
import type { Finding, Gap, Json, Params } from './model.ts';
import { REPORT_TIME } from './report-time.ts';
import type { AppliedWaiver, WaiverEnd } from './waivers.ts';

/** Why a verdict is another one than before. */
export type Cause =
  | { readonly kind: 'resource-created' | 'resource-deleted' }
  /** The deciding fields before and after; the messages where a verdict gave no fields. */
  | { readonly kind: 'resource-changed'; readonly before: Json; readonly after: Json }
  /** Its own description is as it was: another resource that the check looks at changed, or time passed a threshold. */
  | { readonly kind: 'related-changed' | 'time-passed' }
  | { readonly kind: 'check-added' | 'check-changed' }
  | { readonly kind: 'parameter-changed'; readonly before: Json; readonly after: Json }
  | { readonly kind: 'waiver-began'; readonly waiver: AppliedWaiver }
  | { readonly kind: 'waiver-ended'; readonly why: WaiverEnd }
  | { readonly kind: 'coverage-lost'; readonly gap: Gap | undefined }
  | { readonly kind: 'coverage-regained' }
  /** Its region, account or check was out of the scope of the run before, or is out of this one's. */
  | { readonly kind: 'scope-changed' };

/** A finding as it was stored, before or after. */
export type Side = Pick<Finding, 'status' | 'message' | 'evidence' | 'gap'> & {
  readonly basis?: string | undefined;
  readonly waiver?: AppliedWaiver | undefined;
  readonly waiverEnded?: WaiverEnd | undefined;
};
/** What of a check can change its verdicts. */
export interface Judge {
  readonly version: string;
  readonly params: Params;
  /** It looks at other resources as well. */
  readonly isRelated: boolean;
}
/** What is known of the run before besides the finding. */
export interface Past {
  readonly judge: Judge | undefined;
  /** Whether the place was in its scope. */
  readonly wasInScope: boolean;
  /** Whether the resource's list was whole: else a resource that was not met may have existed. */
  readonly wasListed: boolean;
}

/** Why a finding is not what it was. Undefined for a side that did not exist; `after` undefined means that the resource is gone. */
export function causeOfChange(before: Side | undefined, after: Side | undefined, judge: Judge, past: Past): Cause {
  if (!after) return { kind: 'resource-deleted' };
  if (!before) return causeOfAppearance(after, past);
  if (after.status === 'UNKNOWN') return { kind: 'coverage-lost', gap: after.gap };
  if (before.status === 'UNKNOWN') return { kind: 'coverage-regained' };
  if (after.waiver && !before.waiver) return { kind: 'waiver-began', waiver: after.waiver };
  if (before.waiver && !after.waiver) return { kind: 'waiver-ended', why: after.waiverEnded ?? 'removed' };
  if (before.basis !== after.basis) return { kind: 'resource-changed', ...differenceOf(before, after) };
  return causeOfOtherVerdict(past.judge, judge);
}

function causeOfAppearance(after: Side, { judge, wasInScope, wasListed }: Past): Cause {
  if (!judge) return { kind: 'check-added' };
  if (!wasInScope) return { kind: 'scope-changed' };
  if (after.status === 'UNKNOWN') return { kind: 'coverage-lost', gap: after.gap };
  return { kind: wasListed ? 'resource-created' : 'coverage-regained' };
}

/** Of two verdicts on a resource that is described as before. */
function causeOfOtherVerdict(before: Judge | undefined, after: Judge): Cause {
  if (!before) return { kind: 'check-added' };
  if (!isDeepStrictEqual(before.params, after.params))
    return { kind: 'parameter-changed', ...differenceIn(before.params, after.params) };
  if (before.version !== after.version) return { kind: 'check-changed' };
  return { kind: after.isRelated ? 'related-changed' : 'time-passed' };
}

/** The deciding fields that differ; whole evidence where it is no record; messages where there is none, or none that differs. */
function differenceOf(before: Side, after: Side): { before: Json; after: Json } {
  const isTold = before.evidence !== undefined && after.evidence !== undefined;
  if (!isTold || isDeepStrictEqual(before.evidence, after.evidence))
    return { before: before.message, after: after.message };
  return differenceIn(before.evidence, after.evidence);
}

/**
 * Of two records the fields that differ, with null where one has none; anything else whole. REPORT_TIME is no
 * difference.
 */
export function differenceIn(before: Json, after: Json): { before: Json; after: Json } {
  if (!isRecord(before) || !isRecord(after)) return { before, after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== REPORT_TIME && !isDeepStrictEqual(before[name], after[name]),
  );
  const only = (fields: Readonly<Record<string, Json | undefined>>): Json =>
    Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
  return { before: only(before), after: only(after) };
}

function isRecord(value: Json): value is Readonly<Record<string, Json | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
