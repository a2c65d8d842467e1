import type { CallCount } from '../aws/counts.ts';
import { merged } from '../core/coverage.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import { bySeverity } from '../core/severity.ts';
import { reportFiles } from '../report/files.ts';
import { type Alert, alertOf } from '../report/sns.ts';
import { ndjson } from '../store/ndjson.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import { type AccountResult, infoOf, type Report, type RunHeader, type Scope, type StoredFinding } from './model.ts';
import { putJson, readJson } from './stored.ts';

/** Above this many findings, reports hold FAIL, UNKNOWN and what changed alone; the NDJSON objects always hold everything. */
const ALL_STATUSES_UP_TO = 50_000;

export interface Publishing {
  readonly store: Store;
  readonly run: RunKey;
  readonly tool: string;
  readonly startedAt: string;
  readonly now: Date;
  readonly scope: Scope;
  readonly checks: readonly AnyCheck[];
  readonly calls: readonly CallCount[];
  /** A run on demand leaves the nightly state and latest.json as they are. */
  readonly isOnDemand?: boolean | undefined;
  /** Where people open the run's page, for the alert; its key in the store by default. */
  readonly page?: string | undefined;
  /** Sends the alert; absent where nobody is to be told. */
  readonly send?: ((alert: Alert) => Promise<void>) | undefined;
}

/**
 * Gathers the accounts' results into the run's header and reports, tells the topic what changed, and lets the new state take effect.
 * Repeated, it writes the same objects and sends nothing twice.
 */
export async function publish(publishing: Publishing): Promise<Report> {
  const { store, run, scope } = publishing;
  const accounts = await Promise.all(
    scope.accounts.map((account) => readJson<AccountResult>(store, keys.report(run, `account=${account}.json`))),
  );
  const header = headerOf(publishing, accounts);
  await putJson(store, keys.report(run, 'run.json'), header);
  const report = await readReport(store, run, header);
  for (const { name, body, contentType } of reportFiles(report))
    await store.put(keys.report(run, name), body, contentType);
  if (publishing.isOnDemand) return report;
  await putJson(store, keys.latest, header);
  await alertOnce(publishing, report);
  for (const account of scope.accounts) await promoteState(store, run, account);
  return report;
}

function headerOf(
  { run, tool, startedAt, now, scope, checks, calls }: Publishing,
  accounts: readonly AccountResult[],
): RunHeader {
  return {
    format: 1,
    tool,
    ...run,
    startedAt,
    endedAt: now.toISOString(),
    scope,
    checks: checks.map(infoOf),
    accounts,
    summary: merged(accounts.map(({ summary }) => summary)),
    calls,
  };
}

/** A stored run, to be rendered again without AWS. */
export async function readReport(store: Store, run: RunKey, header?: RunHeader): Promise<Report> {
  const known = header ?? (await readJson<RunHeader>(store, keys.report(run, 'run.json')));
  const { PASS, FAIL, SKIP, UNKNOWN } = known.summary.statuses;
  const keepsAll = PASS + FAIL + SKIP + UNKNOWN <= ALL_STATUSES_UP_TO;
  const findings: StoredFinding[] = [];
  for (const key of await store.list(keys.findingsOf(run))) {
    for await (const finding of ndjson<StoredFinding>(store, key)) {
      const isTelling = finding.status === 'FAIL' || finding.status === 'UNKNOWN' || finding.change !== undefined;
      if (keepsAll || isTelling) findings.push(finding);
    }
  }
  return { header: known, findings: findings.toSorted(bySeverity) };
}

async function alertOnce({ store, run, page, send }: Publishing, report: Report): Promise<void> {
  const alert = send && alertOf(report, page);
  if (!send || !alert) return;
  const marker = keys.report(run, 'alert.json');
  if (await store.get(marker)) return;
  await send(alert);
  await putJson(store, marker, alert);
}

async function promoteState(store: Store, run: RunKey, account: string): Promise<void> {
  const state = await store.get(keys.report(run, `state/account=${account}.json`));
  if (state) await store.put(keys.state(account), state, 'application/json');
}
