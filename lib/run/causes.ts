import { type Cause, causeOfChange, type Judge, type Past } from '../core/causes.ts';
import type { Gone } from '../core/diff.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Finding } from '../core/model.ts';
import { isAboutList } from '../core/scope.ts';
import { ndjson } from '../store/ndjson.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import { infoOf, type RunHeader, type StoredFinding } from './model.ts';
import { readJsonIfAny } from './stored.ts';

/** What changed in one account since a run. */
export interface Changed {
  readonly account: string;
  readonly since: RunKey;
  readonly met: readonly StoredFinding[];
  readonly gone: readonly Gone[];
  readonly checks: readonly AnyCheck[];
}

/**
 * Why each finding changed, by its id: the run before is read once more, and of it only what changed is kept. No causes where that
 * run is not there any more.
 */
export async function causesOf(store: Store, changed: Changed): Promise<Readonly<Record<string, Cause>>> {
  const { account, since, met, gone, checks } = changed;
  if (met.length + gone.length === 0) return {};
  const header = await readJsonIfAny<RunHeader>(store, keys.report(since, 'run.json'));
  if (!header) return {};
  const past = await pastOf(store, since, account, header, new Set(met.map(({ id }) => id)));
  const judges = new Map(checks.map((check) => [check.id, infoOf(check) as Judge]));
  const causes: Record<string, Cause> = {};
  for (const finding of met) {
    const judge = judges.get(finding.check)!;
    causes[finding.id] = causeOfChange(past.findings.get(finding.id), finding, judge, past.of(finding));
  }
  for (const { id, change } of gone)
    causes[id] = change === 'resolved' ? { kind: 'resource-deleted' } : { kind: 'coverage-lost', gap: undefined };
  return causes;
}

interface PastRun {
  readonly findings: ReadonlyMap<string, StoredFinding>;
  of(finding: Finding): Past;
}

/** A stored run of one account: the wanted findings of it, or all. */
export async function pastOf(
  store: Store,
  run: RunKey,
  account: string,
  header: RunHeader,
  wanted?: ReadonlySet<string>,
): Promise<PastRun> {
  const findings = new Map<string, StoredFinding>();
  /** Lists that were not whole, as `check region`. */
  const partial = new Set<string>();
  for await (const finding of ndjson<StoredFinding>(store, keys.findings(run, account))) {
    if (!wanted || wanted.has(finding.id)) findings.set(finding.id, finding);
    if (isAboutList(finding)) partial.add(`${finding.check} ${finding.resource.region}`);
  }
  const judges = new Map(header.checks.map((info) => [info.id, info as Judge]));
  const { regions } = header.scope;
  return {
    findings,
    of: ({ check, resource: { region } }) => ({
      judge: judges.get(check),
      wasInScope: region === 'global' || regions.includes(region),
      wasListed: !partial.has(`${check} ${region}`) && !partial.has(`${check} global`),
    }),
  };
}
