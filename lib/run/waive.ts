import { brief } from '../report/text.ts';
import { UserError } from '../core/errors.ts';
import { fingerprintOf, type Waiver, waiversAt } from '../core/waivers.ts';
import type { StoredFinding } from './model.ts';

export interface Acceptance {
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string | undefined;
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
  /** Whatever the check finds there, not only what it found. */
  readonly isAnyState: boolean;
}

/** `*` and `?` stand for any text in a waiver, and there is no way to write them as themselves. */
const hasWildcard = (text: string): boolean => /[*?]/.test(text);

/**
 * The waiver that covers one finding and, as far as a waiver can say it, nothing else. Throws a UserError where the finding does not
 * fail, and where its ARN holds `*` or `?` and so would name other resources of the run, or any state of resources to come.
 */
export function waiverFor(
  finding: StoredFinding,
  others: readonly StoredFinding[],
  acceptance: Acceptance,
): { readonly waiver: Waiver; readonly notes: readonly string[] } {
  const { resource, check, status, id } = finding;
  if (status !== 'FAIL')
    throw new UserError(`finding ${id} is ${status}: only what fails can be accepted${hintFor(status)}`);
  const { owner, reason, ticket, expires, isAnyState } = acceptance;
  const waiver: Waiver = {
    check,
    resource: resource.arn,
    accounts: [resource.account],
    regions: [resource.region],
    owner,
    reason,
    ...(ticket !== undefined && { ticket }),
    expires,
    ...(!isAnyState && { state: fingerprintOf(finding) }),
  };
  const isOpen = hasWildcard(resource.arn);
  if (isOpen && isAnyState)
    throw new UserError(
      `the ARN ${brief(resource.arn)} holds * or ?, which stand for any text in a waiver: with --any-state it would cover resources to come, whatever their state`,
    );
  const named = namedBy(waiver, others);
  const elsewhere = named.find((other) => other.resource.arn !== resource.arn);
  if (elsewhere)
    throw new UserError(
      `the ARN ${brief(resource.arn)} holds * or ?, which stand for any text in a waiver: it would name ${brief(elsewhere.resource.arn)} (finding ${elsewhere.id}) as well. Write an entry by hand that tells them apart, by tags for instance.`,
    );
  return { waiver, notes: [...(isOpen ? [OPEN_NOTE] : []), ...(named.length > 0 ? [variantNote(named)] : [])] };
}

const OPEN_NOTE =
  'The ARN holds * or ?, which stand for any text: a resource to come may match as well, where it fails in the same state.';

/** A waiver names a check, and a check may say several things of one resource. */
function variantNote(named: readonly StoredFinding[]): string {
  const variants = named.map(({ variant, id }) => variant ?? id).join(', ');
  return `The check says more of this resource (${variants}): the waiver covers that too where its state is the same, or any is accepted.`;
}

function namedBy(waiver: Waiver, findings: readonly StoredFinding[]): readonly StoredFinding[] {
  const { state: _, ...anyState } = waiver;
  const { on } = waiversAt([{ ...anyState, expires: '9999-12-31' }], new Date());
  return findings.filter((finding) => on({ ...finding, status: 'FAIL' }).waiver !== undefined);
}

function hintFor(status: StoredFinding['status']): string {
  return status === 'UNKNOWN' ? '; what cannot be read cannot be judged either' : '';
}

/** The index of the first waiver that covers a finding today. */
export function coveringIndex(waivers: readonly Waiver[], finding: StoredFinding, now: Date): number {
  return waivers.findIndex((waiver) => waiversAt([waiver], now).on(finding).waiver !== undefined);
}
