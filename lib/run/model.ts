import type { CallCount } from '../aws/counts.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Summary } from '../core/coverage.ts';
import type { Change, Gone } from '../core/diff.ts';
import type { CheckMeta, Finding } from '../core/model.ts';

/** A finding as it is stored: with its history. */
export interface StoredFinding extends Finding {
  /** When it was first seen failing, ISO 8601. */
  readonly firstSeen?: string;
  /** What is different from the run before; absent on an account's first run and where nothing changed. */
  readonly change?: Change;
}

/** What reports need to know of a check, kept with the run so that it can be rendered without the code that judged it. */
export interface CheckInfo extends Pick<CheckMeta, 'id' | 'title' | 'severity' | 'why' | 'fix'> {
  readonly service: string;
}

export function infoOf({ id, title, severity, why, fix }: AnyCheck): CheckInfo {
  return { id, title, severity, why, fix, service: id.split('-', 1)[0]! };
}

/** The result of judging one account; written by evaluate, gathered by publish. */
export interface AccountResult {
  readonly account: string;
  /** False on the first run of the account: then nothing can be called new. */
  readonly hasHistory: boolean;
  readonly summary: Summary;
  readonly gone: readonly Gone[];
}

/** The header of a run: runs/date=…/run=…/run.json. */
export interface RunHeader {
  readonly format: 1;
  readonly tool: string;
  readonly date: string;
  readonly run: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly scope: Scope;
  readonly checks: readonly CheckInfo[];
  readonly accounts: readonly AccountResult[];
  /** Over all accounts. */
  readonly summary: Summary;
  readonly calls: readonly CallCount[];
}
export interface Scope {
  readonly partition: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The filters of this run, as the user gave them. */
  readonly filters: Readonly<Record<string, string>>;
}

/** A run as reports see it. */
export interface Report {
  readonly header: RunHeader;
  /** Worst first. Every status, or FAIL and UNKNOWN alone when the run has very many: the summary counts them all. */
  readonly findings: readonly StoredFinding[];
}
