import type { CallCount } from '../aws/counts.ts';
import type { Cause } from '../core/causes.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { GapGroup, Summary } from '../core/coverage.ts';
import type { Change, Gone } from '../core/diff.ts';
import type { CheckMeta, Finding, Gap, Params } from '../core/model.ts';
import type { AppliedWaiver, WaiverEnd, WaiverUse } from '../core/waivers.ts';

/** A finding as it is stored: with its history. */
export interface StoredFinding extends Finding {
  /** When it was first seen failing, ISO 8601. */
  readonly firstSeen?: string;
  /** What is different from the run before; absent on an account's first run and where nothing changed. */
  readonly change?: Change;
  /** Why it changed, where the run before is still there to compare with. */
  readonly cause?: Cause;
  /** Who answers for the resource; of FAIL, of UNKNOWN, and of what is resolved. */
  readonly owner?: string;
  /** The accepted risk that covers it. */
  readonly waiver?: AppliedWaiver;
  /** Why a waiver that names it does not cover it any more. */
  readonly waiverEnded?: WaiverEnd;
}

/** What reports need to know of a check, kept with the run so that it can be rendered without the code that judged it. */
export interface CheckInfo extends Pick<CheckMeta, 'id' | 'title' | 'severity' | 'why' | 'fix'> {
  readonly service: string;
  /** What can change its verdicts besides the resource: compared from run to run. */
  readonly version: string;
  readonly params: Params;
  readonly isRelated: boolean;
  /** The IAM actions that it reads with, where the run was told. */
  readonly reads?: readonly string[];
}

export function infoOf(check: AnyCheck): CheckInfo {
  const { id, title, severity, why, fix, version = '', params, uses } = check;
  const isRelated = Object.keys(uses as object).length > 0;
  return { id, title, severity, why, fix, service: id.split('-', 1)[0]!, version, params, isRelated };
}

/** The result of judging one account; written by evaluate, gathered by publish. */
export interface AccountResult {
  readonly account: string;
  /** False on the first run of the account: then nothing can be called new. */
  readonly hasHistory: boolean;
  readonly summary: Summary;
  readonly gone: readonly Gone[];
  /** Why findings changed, by id. */
  readonly causes: Readonly<Record<string, Cause>>;
  /** What could be judged in the run before, and not in this one; and the other way round. */
  readonly lost: readonly GapGroup[];
  readonly regained: readonly Gap[];
  readonly waivers: readonly WaiverUse[];
}

/** What the header of a run keeps of an account. The rest is in the account's own result: of a thousand accounts it would be most of the header. */
export interface AccountOutcome extends Omit<AccountResult, 'summary' | 'waivers'> {
  readonly summary: Omit<Summary, 'checks' | 'coverage'>;
}

/** The header of a run: runs/date=…/run=…/run.json. */
export interface RunHeader {
  readonly format: 1;
  readonly tool: string;
  readonly date: string;
  readonly run: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** It was stopped before everything was read: what is missing is UNKNOWN. */
  readonly isIncomplete?: true;
  readonly scope: Scope;
  readonly checks: readonly CheckInfo[];
  readonly accounts: readonly AccountOutcome[];
  /** Over all accounts. */
  readonly summary: Summary;
  readonly calls: readonly CallCount[];
  /** What became of each waiver, over all accounts. */
  readonly waivers: readonly WaiverUse[];
  /** How many days before its end a waiver is announced; absent in runs of earlier releases. */
  readonly warnDays?: number;
  /** The last nights, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** What the checks of the run answer to; absent where it was not told. */
  readonly frameworks?: readonly MappedFramework[];
  readonly checklists?: readonly MappedChecklist[];
}
/** What one night came to. */
export interface TrendPoint {
  readonly date: string;
  readonly run: string;
  readonly failed: Summary['failed'];
  /** From 0 to 1. */
  readonly coverage: number;
}
/** What answers to a requirement: checks that ran, and how many are mapped to it that did not. */
export interface Answering {
  readonly ref: string;
  readonly checks: readonly string[];
  readonly notAsked: number;
}
export interface MappedFramework {
  readonly id: string;
  readonly name: string;
  readonly requirements: readonly Answering[];
}
interface MappedLine extends Answering {
  readonly section: string;
  readonly label: string;
  /** Where its answer comes from, the main source first. */
  readonly routes: readonly string[];
}
export interface MappedChecklist {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly MappedLine[];
}
export interface Scope {
  readonly partition: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** What the accounts are called in their organization, by id; absent where nobody knows. */
  readonly names?: Readonly<Record<string, string>>;
  /** The account of the run itself, where it looked at an organization. */
  readonly home?: string;
  /** The filters of this run, as the user gave them. */
  readonly filters: Readonly<Record<string, string>>;
}

/** A run as reports see it. */
export interface Report {
  readonly header: RunHeader;
  /** Worst first. Every status, or FAIL and UNKNOWN alone when the run has very many, and of very many UNKNOWN some of each cause: the summary counts them all. */
  readonly findings: readonly StoredFinding[];
}
