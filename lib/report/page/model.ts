import type { Change } from '../../core/diff.ts';
import type { Gap, Json, Severity, Status } from '../../core/model.ts';
import type { AppliedWaiver, Waiver, WaiverEnd, WaiverStatus } from '../../core/waivers.ts';
import type { CheckInfo, MappedChecklist, MappedFramework } from '../../run/model.ts';

/** What the page's script is given. Numbers point into lists; 0 is "none" where a field may be absent, and 1 the first entry. */
export interface PageData {
  readonly endedAt: string;
  readonly accounts: readonly string[];
  /** What an organization calls its accounts, by id. */
  readonly accountNames: Readonly<Record<string, string>>;
  readonly regions: readonly string[];
  readonly types: readonly string[];
  readonly owners: readonly string[];
  readonly messages: readonly string[];
  readonly variants: readonly string[];
  /** Instants, to the minute. */
  readonly times: readonly string[];
  readonly checks: readonly PageCheck[];
  readonly gaps: readonly PageGap[];
  readonly waivers: readonly AppliedWaiver[];
  readonly resources: ResourceColumns;
  /** FAIL, UNKNOWN and what changed: worst first. */
  readonly findings: FindingColumns;
  /** Why the first of each kind of change are different, in words, by their rows: what the list of changes names. */
  readonly causes: Readonly<Record<number, string>>;
  readonly gone: readonly PageGone[];
  /** Causes of UNKNOWN that the run before had and this one has not. */
  readonly regained: readonly Gap[];
  readonly waiverUses: readonly PageWaiver[];
  readonly frameworks: readonly MappedFramework[];
  readonly checklists: readonly MappedChecklist[];
  readonly services: readonly PlaceCounts[];
  readonly places: readonly PlaceCounts[];
  readonly calls: readonly { readonly service: string; readonly calls: number; readonly throttled: number }[];
  /** How many findings, the mildest, did not fit into the page. */
  readonly leftOut: number;
  /** How many findings one part of the details holds. */
  readonly detailsEach: number;
}

export interface PageCheck extends Pick<
  CheckInfo,
  'id' | 'title' | 'severity' | 'service' | 'why' | 'fix' | 'version' | 'params'
> {
  readonly reads: readonly string[];
  /** How its verdicts came out; all zero where it met nothing. */
  readonly counts: Readonly<Record<Status | 'waived', number>>;
}

/** One column a field, each as long as the others. */
export interface ResourceColumns {
  readonly id: readonly string[];
  /** The tag Name; '' where there is none. */
  readonly label: readonly string[];
  /** What stands before the id in the ARN; 0 where the ARN does not end with the id. */
  readonly prefix: readonly number[];
  readonly prefixes: readonly string[];
  /** The ARNs that do not end with the id, in the order of their resources. */
  readonly otherArns: readonly string[];
  readonly type: readonly number[];
  readonly account: readonly number[];
  readonly region: readonly number[];
  readonly manager: readonly number[];
}

/** Columns named in DELTAS hold differences to the row before: they are smaller by far. */
export interface FindingColumns {
  /** Separated by spaces. */
  readonly id: string;
  readonly check: readonly number[];
  readonly resource: readonly number[];
  readonly status: readonly number[];
  readonly severity: readonly number[];
  readonly change: readonly number[];
  readonly message: readonly number[];
  readonly variant: readonly number[];
  readonly owner: readonly number[];
  readonly gap: readonly number[];
  readonly waiver: readonly number[];
  readonly waiverEnd: readonly number[];
  readonly at: readonly number[];
  readonly firstSeen: readonly number[];
}
export const DELTAS = ['check', 'resource', 'message', 'at', 'firstSeen'] as const;

export const STATUSES: readonly Status[] = ['FAIL', 'UNKNOWN', 'PASS', 'SKIP'];
export const CHANGE_CODES: readonly Change[] = ['new', 'worse', 'unwaived', 'unseen', 'resolved', 'waived'];
/** How many of each kind the list of changes names. */
export const NAMED_CHANGES = 100;
export const WAIVER_ENDS: readonly WaiverEnd[] = ['expired', 'outlived', 'removed'];
export const MANAGERS = ['aws', 'service', 'landing-zone'] as const;

export interface PageGap extends Gap {
  readonly findings: number;
  readonly checks: readonly string[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly opens: string;
  /** The run before did not have it. */
  readonly isNew: boolean;
}

/** A finding of the run before that was not met again. */
export interface PageGone {
  readonly id: string;
  readonly change: 'resolved' | 'unseen';
  readonly check: string;
  readonly severity: Severity;
  readonly account: string;
  readonly region: string;
  readonly arn: string;
  /** Why, in words; '' where that is not known. */
  readonly cause: string;
}

export interface PageWaiver {
  readonly waiver: Waiver;
  readonly covers: number;
  readonly outlived: number;
  readonly status: WaiverStatus;
}

export interface PlaceCounts {
  readonly name: string;
  readonly judged: number;
  readonly unknown: number;
}

/** What is shown of a finding once it is opened: evidence, tags of the resource, why it changed. Null where there is none. */
export type Details = readonly [
  evidence: Evidence | null,
  tags: Readonly<Record<string, string>> | null,
  cause: string | null,
];
export type Evidence = { readonly value: Json } | { readonly beginning: string; readonly length: number };
