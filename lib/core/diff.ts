import type { Cell, Finding, Severity } from './model.ts';
import { SEVERITIES } from './severity.ts';

/** What is remembered of a failing finding from one run to the next. */
interface Known {
  readonly check: string;
  readonly severity: Severity;
  readonly type: string;
  readonly region: string;
  readonly arn: string;
  readonly firstSeen: string;
  /** It could not be seen in the last run: said once, not every night. */
  readonly isUnseen?: true;
}
/** The failing findings of one account, as the last run left them. */
export interface State {
  readonly account: string;
  readonly run: string;
  readonly at: string;
  readonly failing: Readonly<Record<string, Known>>;
}
/** A failing finding of the last run that this run did not meet: its resource is gone, or could not be listed. */
export type Gone = Known & { readonly id: string; readonly change: 'resolved' | 'unseen' };
export type Change = 'new' | 'worse' | 'resolved' | 'unseen';

export interface Changes {
  /** Takes one finding of this run; says since when it fails and what changed, if anything did. */
  follow(finding: Finding): { readonly firstSeen?: string; readonly change?: Change };
  /** After the last finding: what failed before and was not met again, and the state to keep. */
  close(cells: readonly Cell[], checks: readonly string[]): { readonly gone: readonly Gone[]; readonly state: State };
}

/** Compares a run with the state that the run before left. Without one, nothing is called new: everything would be. */
export function changesSince(before: State | undefined, now: Omit<State, 'failing'>): Changes {
  const failing: Record<string, Known> = {};
  const open = new Map(Object.entries(before?.failing ?? {}));

  return {
    follow(finding) {
      const { id, check, severity, resource } = finding;
      const known = open.get(id);
      open.delete(id);
      if (finding.status === 'FAIL') {
        const firstSeen = known?.firstSeen ?? now.at;
        failing[id] = { check, severity, type: resource.type, region: resource.region, arn: resource.arn, firstSeen };
        if (!before) return { firstSeen };
        if (!known) return { firstSeen, change: 'new' };
        return SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known.severity)
          ? { firstSeen, change: 'worse' }
          : { firstSeen };
      }
      if (!known) return {};
      if (finding.status !== 'UNKNOWN') return { firstSeen: known.firstSeen, change: 'resolved' };
      // What cannot be seen is not repaired: it stays as it was known.
      failing[id] = { ...known, isUnseen: true };
      return known.isUnseen ? { firstSeen: known.firstSeen } : { firstSeen: known.firstSeen, change: 'unseen' };
    },
    close(cells, checks) {
      const listed = new Map(cells.map((cell) => [`${cell.type} ${cell.region}`, cell]));
      const cellOf = ({ type, region }: Known) => listed.get(`${type} ${region}`) ?? listed.get(`${type} global`);
      const gone = [...open].flatMap(([id, known]): Gone[] => {
        const cell = checks.includes(known.check) ? cellOf(known) : undefined;
        if (cell && !cell.gap) return [{ id, ...known, change: 'resolved' }];
        // What this run was not asked to look at is carried on without a word.
        failing[id] = cell ? { ...known, isUnseen: true } : known;
        return cell && !known.isUnseen ? [{ id, ...known, change: 'unseen' }] : [];
      });
      return { gone, state: { ...now, failing } };
    },
  };
}
