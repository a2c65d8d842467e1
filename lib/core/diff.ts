import type { Cell, Finding, Severity } from './model.ts';
import { SEVERITIES } from './severity.ts';
import type { AppliedWaiver, WaiverEnd } from './waivers.ts';

/** What is remembered of a failing finding from one run to the next. */
interface Known {
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
/** The failing findings of one account, as the last run left them. */
export interface State {
  readonly account: string;
  readonly date: string;
  readonly run: string;
  readonly at: string;
  readonly failing: Readonly<Record<string, Known>>;
  /** Why something could not be judged: the checks that it concerns, by key of the cause. Said once, not every night. */
  readonly gaps?: Gaps;
}
type Gaps = Readonly<Record<string, readonly string[]>>;
/** A failing finding of the last run that this run did not meet: its resource is gone, or could not be listed. */
export type Gone = Known & { readonly id: string; readonly change: 'resolved' | 'unseen' };
/** `waived` and `unwaived`: a waiver began or ended to cover what fails. */
export type Change = 'new' | 'worse' | 'resolved' | 'unseen' | 'waived' | 'unwaived';

type Seen = Finding & { readonly waiver?: AppliedWaiver; readonly waiverEnded?: WaiverEnd; readonly owner?: string };

export interface Changes {
  /** Takes one finding of this run; says since when it fails and what changed, if anything did. */
  follow(finding: Seen): { readonly firstSeen?: string; readonly change?: Change };
  /** After the last finding: what failed before and was not met again, and the state to keep. */
  close(
    cells: readonly Cell[],
    checks: readonly string[],
    gaps?: Gaps,
  ): { readonly gone: readonly Gone[]; readonly state: State };
}

/** Compares a run with the state that the run before left. Without one, nothing is called new: everything would be. */
export function changesSince(before: State | undefined, now: Omit<State, 'failing' | 'gaps'>): Changes {
  const failing: Record<string, Known> = {};
  const open = new Map(Object.entries(before?.failing ?? {}));

  function followFailing(finding: Seen, known: Known | undefined): { firstSeen: string; change?: Change } {
    const { id, check, severity, resource, waiver, owner } = finding;
    const firstSeen = known?.firstSeen ?? now.at;
    const { type, region, arn } = resource;
    const lasting = { check, severity, type, region, arn, firstSeen };
    failing[id] = { ...lasting, ...(owner !== undefined && { owner }), ...(waiver && { isWaived: true }) };
    const change = before && changeOf(known, finding);
    return { firstSeen, ...(change && { change }) };
  }

  return {
    follow(finding) {
      const known = open.get(finding.id);
      open.delete(finding.id);
      if (finding.status === 'FAIL') return followFailing(finding, known);
      if (!known) return {};
      if (finding.status !== 'UNKNOWN') return { firstSeen: known.firstSeen, change: 'resolved' };
      // What cannot be seen is not repaired: it stays as it was known.
      failing[finding.id] = { ...known, isUnseen: true };
      return known.isUnseen ? { firstSeen: known.firstSeen } : { firstSeen: known.firstSeen, change: 'unseen' };
    },
    close(cells, checks, gaps = {}) {
      const listed = new Map(cells.map((cell) => [`${cell.type} ${cell.region}`, cell]));
      const cellOf = ({ type, region }: Known) => listed.get(`${type} ${region}`) ?? listed.get(`${type} global`);
      const gone = [...open].flatMap(([id, known]): Gone[] => {
        const cell = checks.includes(known.check) ? cellOf(known) : undefined;
        if (cell && !cell.gap) return [{ id, ...known, change: 'resolved' }];
        // What this run was not asked to look at is carried on without a word.
        failing[id] = cell ? { ...known, isUnseen: true } : known;
        return cell && !known.isUnseen ? [{ id, ...known, change: 'unseen' }] : [];
      });
      return { gone, state: { ...now, failing, gaps: { ...carried(before?.gaps, checks), ...gaps } } };
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
