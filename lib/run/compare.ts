import { type Cause, causeOfChange, type Judge } from '../core/causes.ts';
import type { Change } from '../core/diff.ts';
import { isAboutList } from '../core/scope.ts';
import { bySeverity, SEVERITIES } from '../core/severity.ts';
import { ndjson } from '../store/ndjson.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import { pastOf } from './causes.ts';
import type { RunHeader, StoredFinding } from './model.ts';
import { readJson } from './stored.ts';

/** One verdict that is another one in the later run. */
export interface Difference {
  readonly change: Change | 'seen';
  readonly cause: Cause;
  /** As it is in the later run; as it was where the resource is gone. */
  readonly finding: StoredFinding;
  readonly before: StoredFinding['status'] | undefined;
  readonly after: StoredFinding['status'] | undefined;
}

/** What two stored runs say otherwise, worst first; only of accounts and checks that both looked at. */
export async function compareRuns(store: Store, earlier: RunKey, later: RunKey): Promise<readonly Difference[]> {
  const [before, after] = await Promise.all(
    [earlier, later].map((run) => readJson<RunHeader>(store, keys.report(run, 'run.json'))),
  );
  const both = before!.scope.accounts.filter((account) => after!.scope.accounts.includes(account));
  const differences = await Promise.all(
    both.map((account) => compareAccount(store, account, { earlier, later, before: before!, after: after! })),
  );
  return differences.flat().toSorted((a, b) => bySeverity(a.finding, b.finding) || byText(a.finding.id, b.finding.id));
}

interface Pair {
  readonly earlier: RunKey;
  readonly later: RunKey;
  readonly before: RunHeader;
  readonly after: RunHeader;
}

async function compareAccount(store: Store, account: string, pair: Pair): Promise<Difference[]> {
  const past = await pastOf(store, pair.earlier, account, pair.before);
  const judges = new Map(pair.after.checks.map((info) => [info.id, info as Judge]));
  const inScope = new Set(['global', ...pair.after.scope.regions]);
  const open = new Map(past.findings);
  const differences: Difference[] = [];

  const compare = (was: StoredFinding | undefined, is: StoredFinding | undefined) => {
    const finding = is ?? was!;
    const change = differenceOf(was, is);
    const judge = judges.get(finding.check);
    if (!change || !judge) return;
    const cause = causeOfChange(was, is, judge, past.of(finding));
    differences.push({ change, cause, finding, before: was?.status, after: is?.status });
  };
  const dark = new Set<string>();
  for await (const finding of ndjson<StoredFinding>(store, keys.findings(pair.later, account))) {
    const was = open.get(finding.id);
    open.delete(finding.id);
    if (isAboutList(finding)) dark.add(`${finding.check} ${finding.resource.region}`);
    compare(was, finding);
  }
  for (const was of open.values()) {
    const { region } = was.resource;
    const isDark = dark.has(`${was.check} ${region}`) || dark.has(`${was.check} global`);
    // A list that is not whole says nothing of what is missing in it, and a place that was not looked at neither.
    if (!isDark && inScope.has(region) && !isAboutList(was)) compare(was, undefined);
  }
  return differences;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const isOpen = (finding: StoredFinding | undefined): boolean => finding?.status === 'FAIL' && !finding.waiver;

function differenceOf(
  before: StoredFinding | undefined,
  after: StoredFinding | undefined,
): Difference['change'] | undefined {
  if (after?.status === 'UNKNOWN') return before?.status === 'UNKNOWN' ? undefined : 'unseen';
  if (isOpen(after)) {
    if (before?.waiver) return 'unwaived';
    if (!isOpen(before)) return 'new';
    return SEVERITIES.indexOf(after!.severity) < SEVERITIES.indexOf(before!.severity) ? 'worse' : undefined;
  }
  if (after?.waiver) return before?.waiver ? undefined : 'waived';
  if (before?.status === 'FAIL') return 'resolved';
  return before?.status === 'UNKNOWN' && after ? 'seen' : undefined;
}
