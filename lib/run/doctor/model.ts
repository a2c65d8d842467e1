import type { Gap } from '../../core/model.ts';

/** What became of an action: asked and answered, refused, refused by the organisation, failed; or nothing was there to try it on. */
type ActionState = 'works' | 'denied' | 'blocked' | 'failed' | 'not-tried';

/** The kinds of policy that AWS names when it refuses (IAM user guide, "Troubleshooting access denied error messages"). */
export const POLICY_KINDS = [
  'identity-based policy',
  'resource-based policy',
  'permissions boundary',
  'session policy',
  'VPC endpoint policy',
  'service control policy',
  'resource control policy',
] as const;
type PolicyKind = (typeof POLICY_KINDS)[number];

/** Which policy refused a call, as far as AWS says. */
export interface Refusal {
  /** Absent where AWS does not say. */
  readonly kind?: PolicyKind;
  /** A statement denies it, so that no further allowance helps. */
  readonly isExplicit: boolean;
  /** The ARN of the policy; AWS names it within an account and an organization. */
  readonly policy?: string;
}

/** Whether an allowance may help: AWS says that no identity-based policy has one, or does not say who refused. */
export function isLacking(refusal: Refusal | undefined): boolean {
  return !refusal?.kind || (refusal.kind === 'identity-based policy' && !refusal.isExplicit);
}

/**
 * There was no resource to try it on; or it comes after something that is not allowed, so that the role most likely lacks it as well;
 * or no region could be asked; or the time was up.
 */
export type Untried = 'nothing-there' | 'behind' | 'no-region' | 'no-time';

/** What one declared action came to in one account. */
export interface ActionHealth {
  readonly action: string;
  readonly state: ActionState;
  readonly detail?: string;
  readonly refusal?: Refusal;
  /** What was being read when a policy of the resource's own refused. */
  readonly resource?: string;
  /** Why it was not tried. */
  readonly untried?: Untried;
}

export interface RegionHealth {
  readonly region: string;
  /** `not-told`: the calls that were to tell were denied there. */
  readonly state: 'answers' | 'blocked' | 'failed' | 'not-told';
  readonly detail?: string;
  readonly refusal?: Refusal;
}

/** What could not be read although its calls were answered: a list, or a facet of what it names. */
export interface Unread {
  readonly type: string;
  readonly facet?: string;
  readonly detail: string;
}

export interface AccountHealth {
  readonly account: string;
  readonly name?: string;
  /** Why it cannot be entered: nothing else is known of it then. */
  readonly closed?: Gap;
  /** Why its regions are not known. */
  readonly regionsGap?: Gap;
  readonly regions: readonly RegionHealth[];
  /** The region in which everything was tried; absent where none answered. */
  readonly probed?: string;
  /** Every declared action, by name. */
  readonly actions: readonly ActionHealth[];
  readonly unread: readonly Unread[];
  /** Not everything was tried in the time that there was. */
  readonly isCutShort?: true;
  /** The checks that need what is denied, blocked or unread, by id. */
  readonly unknown: readonly string[];
}

/** One thing besides the accounts that a night needs. */
export interface PartHealth {
  readonly name: 'organization' | 'configuration' | 'stack' | 'reports' | 'topic' | 'slack' | 'schedule' | 'last run';
  readonly state: 'works' | 'missing' | 'denied' | 'failed';
  readonly detail: string;
  /** What was denied, where it was: the actions and what they are asked for. */
  readonly denied?: Denied;
}
export interface Denied {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** What must be added to a policy. */
export interface Allowance {
  /** The accounts whose role needs it; none where it is for the caller of this command itself. */
  readonly accounts: readonly string[];
  readonly statement: Statement;
}

/** What a further allowance does not help against. */
export interface Obstacle {
  readonly accounts: readonly string[];
  readonly kind: PolicyKind;
  readonly isExplicit: boolean;
  readonly policy?: string;
  readonly resource?: string;
  /** Empty where all of some regions is refused. */
  readonly actions: readonly string[];
  readonly regions: readonly string[];
}

export interface Patch {
  readonly allow: readonly Allowance[];
  readonly obstacles: readonly Obstacle[];
  /** Commands and steps, in their order. */
  readonly next: readonly string[];
}

export interface DoctorReport {
  readonly tool: string;
  readonly at: string;
  /** The account of the run, and as whom it is entered; absent where it cannot be entered. */
  readonly account?: string;
  readonly caller?: string;
  readonly checks: number;
  /** How many of them look at what is in a region. */
  readonly regionalChecks: number;
  readonly isWell: boolean;
  readonly accounts: readonly AccountHealth[];
  readonly parts: readonly PartHealth[];
  readonly patch: Patch;
}

export function isAccountWell(one: AccountHealth): boolean {
  if (one.closed || one.regionsGap || one.isCutShort || one.unread.length > 0) return false;
  const isFine = ({ state }: ActionHealth) => state === 'works' || state === 'not-tried';
  return one.actions.every(isFine) && one.regions.every(({ state }) => state === 'answers' || state === 'not-told');
}
