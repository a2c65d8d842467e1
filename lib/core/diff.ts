import type { Cell, Finding, Severity } from './model.ts';
import { SEVERITIES } from './severity.ts';
import type { AppliedWaiver, WaiverEnd } from './waivers.ts';

/** What is remembered of a failing finding from one run to the next. */
export interface Known {
  readonly check: string;
  readonly severity: Severity;
  readonly type: string;
  readonly region: string;
  readonly arn: string;
  readonly firstSeen: string;
  /** Who answered for it when it was last seen: its tags are gone with it. */
  readonly owner?: string;
  /** It could not be seen in the last run: said once, not every night. */
  readonly isUnseen?: true;
  /** A waiver covered it. */
  readonly isWaived?: true;
}
/** Which run it is that something is remembered of. */
export interface Remembered {
  readonly account: string;
  readonly date: string;
  readonly run: string;
  readonly at: string;
  /** Why something could not be judged: the checks that it concerns, by key of the cause. Said once, not every night. */
  readonly gaps?: Gaps;
}
type Gaps = Readonly<Record<string, readonly string[]>>;
/** The failing findings of one account, as the last run left them: by id. */
export interface State extends Remembered {
  readonly failing: ReadonlyMap<string, Known>;
}
/** A finding to be remembered. */
export type Kept = Known & { readonly id: string };
/** A failing finding of the last run that this run did not meet: its resource is gone, or could not be listed. */
export type Gone = Kept & { readonly change: 'resolved' | 'unseen' };
/** `waived` and `unwaived`: a waiver began or ended to cover what fails. */
export type Change = 'new' | 'worse' | 'resolved' | 'unseen' | 'waived' | 'unwaived';

type Seen = Finding & { readonly waiver?: AppliedWaiver; readonly waiverEnded?: WaiverEnd; readonly owner?: string };

interface History {
  readonly firstSeen?: string;
  readonly change?: Change;
}

export interface Changes {
  /** Takes one finding of this run; says since when it fails, what changed, if anything did, and what to remember of it. */
  follow(finding: Seen): { readonly history: History; readonly kept?: Kept };
  /** After the last finding: what failed before and was not met again, and what else is to be remembered. */
  close(
    cells: readonly Cell[],
    checks: readonly string[],
    gaps?: Gaps,
  ): { readonly gone: readonly Gone[]; readonly kept: readonly Kept[]; readonly remembered: Remembered };
}

/** Compares a run with the state that the run before left. Without one, nothing is called new: everything would be. */
export function changesSince(before: State | undefined, now: Omit<Remembered, 'gaps'>): Changes {
  const open = new Map(before?.failing);

  function followFailing(finding: Seen, known: Known | undefined): ReturnType<Changes['follow']> {
    const { id, check, severity, resource, waiver, owner } = finding;
    const firstSeen = known?.firstSeen ?? now.at;
    const { type, region, arn } = resource;
    const kept: Kept = {
      id,
      check,
      severity,
      type,
      region,
      arn,
      firstSeen,
      ...(owner !== undefined && { owner }),
      ...(waiver && { isWaived: true }),
    };
    const change = before && changeOf(known, finding);
    return { history: { firstSeen, ...(change && { change }) }, kept };
  }

  return {
    follow(finding) {
      const known = open.get(finding.id);
      open.delete(finding.id);
      if (finding.status === 'FAIL') return followFailing(finding, known);
      if (!known) return { history: {} };
      const { firstSeen } = known;
      if (finding.status !== 'UNKNOWN') return { history: { firstSeen, change: 'resolved' } };
      // What cannot be seen is not repaired: it stays as it was known.
      const kept: Kept = { id: finding.id, ...known, isUnseen: true };
      return { history: known.isUnseen ? { firstSeen } : { firstSeen, change: 'unseen' }, kept };
    },
    close(cells, checks, gaps = {}) {
      const listed = new Map(cells.map((cell) => [`${cell.type} ${cell.region}`, cell]));
      const cellOf = ({ type, region }: Known) => listed.get(`${type} ${region}`) ?? listed.get(`${type} global`);
      const kept: Kept[] = [];
      const gone = [...open].flatMap(([id, known]): Gone[] => {
        const cell = checks.includes(known.check) ? cellOf(known) : undefined;
        if (cell && !cell.gap) return [{ id, ...known, change: 'resolved' }];
        // What this run was not asked to look at is carried on without a word.
        kept.push({ id, ...known, ...(cell && { isUnseen: true }) });
        return cell && !known.isUnseen ? [{ id, ...known, change: 'unseen' }] : [];
      });
      return { gone, kept, remembered: { ...now, gaps: { ...carried(before?.gaps, checks), ...gaps } } };
    },
  };
}

/** What this run was not asked is not known to be better. */
function carried(before: Gaps = {}, checks: readonly string[]): Gaps {
  return Object.fromEntries(
    Object.entries(before).flatMap(([cause, concerned]) => {
      const others = concerned.filter((check) => !checks.includes(check));
      return others.length > 0 ? [[cause, others]] : [];
    }),
  );
}

function changeOf(known: Known | undefined, { severity, waiver }: Seen): Change | undefined {
  if (waiver) return known?.isWaived ? undefined : 'waived';
  if (!known) return 'new';
  if (known.isWaived) return 'unwaived';
  return SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known.severity) ? 'worse' : undefined;
}
