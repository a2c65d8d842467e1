import pMap from 'p-map';
import { type CallCount, mergedCounts } from '../aws/counts.ts';
import { causeOf, keyOf, merged } from '../core/coverage.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Cause } from '../core/causes.ts';
import { type Announced, expiriesSince } from '../core/expiries.ts';
import type { OwnerRules } from '../core/owners.ts';
import type { Finding } from '../core/model.ts';
import { bySeverity, SEVERITIES } from '../core/severity.ts';
import { WARN_DAYS, type WaiverUse } from '../core/waivers.ts';
import { type ReportFile, reportFiles } from '../report/files.ts';
import { type Alert, alertsOf } from '../report/sns.ts';
import { ndjson } from '../store/ndjson.ts';
import { keys, type RunKey, type Store } from '../store/store.ts';
import { type Imported, isWhole } from './imported.ts';
import {
  type AccountOutcome,
  type AccountResult,
  infoOf,
  type Report,
  type RunHeader,
  type Scope,
  type StoredFinding,
} from './model.ts';
import { type Mappings, mappedTo } from './mappings.ts';
import type { PlannedAccount } from './items.ts';
import { type EvaluateStep, giveUp } from './steps/evaluate.ts';
import { putJson, readJson, readJsonIfAny, readPlan, resultOf } from './stored.ts';
import { trendOf } from './trend.ts';

/**
 * Above this many UNKNOWN, reports hold the first of each cause and severity: an organisation that denies Regions to a thousand accounts
 * makes more than a million of them, and no text could hold them. The summary counts them all.
 */
const UNKNOWN_UP_TO = 200_000;
/** Above this many findings, reports hold FAIL, UNKNOWN and what changed alone; the NDJSON objects always hold everything. */
const ALL_STATUSES_UP_TO = 50_000;
/** Objects that are read at the same time. */
const AT_ONCE = 20;

export interface Publishing {
  readonly store: Store;
  readonly run: RunKey;
  readonly tool: string;
  readonly startedAt: string;
  readonly now: Date;
  readonly scope: Scope;
  readonly checks: readonly AnyCheck[];
  readonly calls: readonly CallCount[];
  /** What each account came to; read from the store where nobody has read it yet. */
  readonly results?: readonly AccountResult[];
  readonly mappings?: Mappings | undefined;
  /** A run on demand leaves the nightly state and latest.json as they are. */
  readonly isOnDemand?: boolean | undefined;
  /** Stopped before everything was read. */
  readonly isIncomplete?: boolean | undefined;
  /** Where people open the run's page, for the alert; its key in the store by default. */
  readonly page?: string | undefined;
  /** Sends an alert; absent where nobody is to be told. */
  readonly send?: ((alert: Alert) => Promise<void>) | undefined;
  /** Each owner is told of what is theirs; without rules, everybody of everything. */
  readonly owners?: OwnerRules | undefined;
  /** How long before its end a waiver is announced. */
  readonly warnDays?: number | undefined;
  /** What the run is written as besides the page, findings.json and findings.csv. */
  readonly furtherFiles?: ((report: Report) => Promise<readonly ReportFile[]>) | undefined;
  /** Hands the findings on to another system. It throws nothing: the alert and the state do not depend on it. */
  readonly importFindings?: ((report: Report) => Promise<Imported>) | undefined;
}

/** Step 4 of a stored plan: publishes what the steps before have left in the store. */
export async function publishStep(
  store: Store,
  run: RunKey,
  options: Omit<Publishing, 'store' | 'run' | 'startedAt' | 'now' | 'scope' | 'calls'> & Pick<EvaluateStep, 'waivers'>,
): Promise<Report> {
  const plan = await readPlan(store, run);
  const results = await pMap(
    plan.accounts,
    async ({ account }) => (await resultOf(store, { run, account })) ?? giveUp({ ...options, store }, { run, account }),
    { concurrency: AT_ONCE },
  );
  const calls = await pMap(
    plan.accounts,
    async ({ account }) =>
      (await readJsonIfAny<CallCount[]>(store, keys.report(run, `calls/account=${account}.json`))) ?? [],
    { concurrency: AT_ONCE },
  );
  const planned = await readJson<CallCount[]>(store, keys.report(run, 'calls/plan.json'));
  return publish({
    ...options,
    store,
    run,
    startedAt: plan.startedAt,
    now: new Date(),
    scope: scopeOf(plan, plan.accounts),
    calls: mergedCounts([...planned, ...calls.flat()]),
    results,
  });
}

/** What a run over these accounts looked at. */
export function scopeOf(
  { partition, home }: { readonly partition: string; readonly home: string },
  accounts: readonly PlannedAccount[],
  filters: Scope['filters'] = {},
): Scope {
  const names = accounts.flatMap(({ account, name }) => (name ? [[account, name] as const] : []));
  return {
    partition,
    accounts: accounts.map(({ account }) => account),
    regions: [...new Set(accounts.flatMap(({ regions }) => regions))].toSorted(),
    filters,
    ...(names.length > 0 && { names: Object.fromEntries(names) }),
    ...(accounts.some(({ account }) => account !== home) && { home }),
  };
}

/**
 * Gathers the accounts' results into the run's header and reports, tells the topic what changed, and lets the new state take effect.
 * Repeated, it writes the same objects and sends nothing twice.
 */
export async function publish(publishing: Publishing): Promise<Report> {
  const { store, run, scope } = publishing;
  const accounts = publishing.results ?? (await resultsIn(store, run, scope.accounts));
  const latest = await readJsonIfAny<RunHeader>(store, keys.latest);
  const header = headerOf(publishing, accounts, latest);
  await putHeader(store, keys.report(run, 'run.json'), header);
  const report = await readReport(store, run, header);
  const putFile = ({ name, body, contentType }: ReportFile) => store.put(keys.report(run, name), body, contentType);
  for (const file of reportFiles(report)) await putFile(file);
  for (const file of (await publishing.furtherFiles?.(report)) ?? []) await putFile(file);
  if (publishing.isOnDemand) return report;
  await putHeader(store, keys.latest, header);
  if (publishing.send) await tell(publishing, publishing.send, report);
  await pMap(scope.accounts, (account) => promoteState(store, run, account), { concurrency: AT_ONCE });
  if (publishing.importFindings) await importOnce(publishing, publishing.importFindings, report);
  return report;
}

function resultsIn(store: Store, run: RunKey, accounts: readonly string[]): Promise<readonly AccountResult[]> {
  return pMap(accounts, (account) => readJson<AccountResult>(store, keys.report(run, `account=${account}.json`)), {
    concurrency: AT_ONCE,
  });
}

/** Accounts above which nobody reads the header by eye: then it is written without indentation, which would be half of it. */
const READABLE = 20;

async function putHeader(store: Store, key: string, header: RunHeader): Promise<void> {
  if (header.accounts.length <= READABLE) return putJson(store, key, header);
  await store.put(key, `${JSON.stringify(header)}\n`, 'application/json');
}

function headerOf(
  {
    run,
    tool,
    startedAt,
    now,
    scope,
    checks,
    calls,
    mappings,
    isOnDemand,
    isIncomplete,
    warnDays = WARN_DAYS,
  }: Publishing,
  accounts: readonly AccountResult[],
  latest: RunHeader | undefined,
): RunHeader {
  const summary = merged(accounts.map(({ summary }) => summary));
  return {
    format: 1,
    tool,
    ...run,
    startedAt,
    endedAt: now.toISOString(),
    ...(isIncomplete && { isIncomplete: true as const }),
    scope,
    checks: checks.map((check) => ({ ...infoOf(check), ...(mappings && { reads: mappings.reads[check.id] ?? [] }) })),
    accounts: accounts.map(outcomeOf),
    summary,
    calls,
    waivers: mergedUses(accounts),
    warnDays,
    trend: trendOf(latest, { ...run, scope, summary }, isOnDemand === true),
    ...(mappings && mappedTo(mappings, new Set(checks.map(({ id }) => id)))),
  };
}

function outcomeOf({ account, hasHistory, summary, gone, causes, lost, regained }: AccountResult): AccountOutcome {
  const { statuses, failed, passed, waived, gaps } = summary;
  return {
    account,
    hasHistory,
    summary: { statuses, failed, passed, waived, gaps },
    gone,
    causes,
    lost,
    regained,
  };
}

/** The waivers are the same for every account, and in the same order. */
function mergedUses(accounts: readonly AccountResult[]): readonly WaiverUse[] {
  const [first, ...others] = accounts.map(({ waivers }) => waivers);
  return (first ?? []).map((use, index) => ({
    waiver: use.waiver,
    covers: others.reduce((sum, uses) => sum + uses[index]!.covers, use.covers),
    outlived: others.reduce((sum, uses) => sum + uses[index]!.outlived, use.outlived),
  }));
}

/** A stored run, to be rendered again without AWS. */
export async function readReport(store: Store, run: RunKey, header?: RunHeader): Promise<Report> {
  const known = header ?? (await readJson<RunHeader>(store, keys.report(run, 'run.json')));
  const { PASS, FAIL, SKIP, UNKNOWN } = known.summary.statuses;
  const keepsAll = PASS + FAIL + SKIP + UNKNOWN <= ALL_STATUSES_UP_TO;
  const causes: Readonly<Record<string, Cause>> = Object.assign({}, ...known.accounts.map((one) => one.causes));
  const isListed = unknownsListed(known.summary);
  const findings: StoredFinding[] = [];
  for (const key of await store.list(keys.findingsOf(run))) {
    for await (const finding of ndjson<StoredFinding>(store, key)) {
      const isTelling =
        finding.status === 'FAIL' ||
        finding.change !== undefined ||
        (finding.status === 'UNKNOWN' && isListed(finding));
      if (!keepsAll && !isTelling) continue;
      const cause = causes[finding.id];
      findings.push(cause ? { ...finding, cause } : finding);
    }
  }
  return { header: known, findings: findings.toSorted(bySeverity) };
}

/** Tells of each UNKNOWN whether a report names it. */
function unknownsListed(
  { statuses, gaps }: RunHeader['summary'],
  limit = UNKNOWN_UP_TO,
): (finding: Finding) => boolean {
  if (statuses.UNKNOWN <= limit) return () => true;
  const each = Math.max(1, Math.floor(limit / (gaps.length * SEVERITIES.length)));
  const listed = new Map<string, number>();
  return (finding) => {
    const key = `${finding.severity} ${keyOf(causeOf(finding))}`;
    const count = (listed.get(key) ?? 0) + 1;
    listed.set(key, count);
    return count <= each;
  };
}

/** Sends what was not sent yet. Waivers are remembered as announced when everything is out, and not before. */
async function tell(publishing: Publishing, send: (alert: Alert) => Promise<void>, report: Report): Promise<void> {
  const { store, run, startedAt, page, owners, warnDays = WARN_DAYS } = publishing;
  const before = await readJsonIfAny<Announced>(store, keys.waivers);
  // The start of a run is the same in each of its repeats.
  const { expiries, state } = expiriesSince(before, report.header.waivers, new Date(startedAt), warnDays);
  const alerts = alertsOf(report, { page, owners, expiries });
  const sent = await Promise.allSettled(alerts.map((alert) => sendOnce(store, run, alert, send)));
  const failures = sent.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${alerts.length} alerts were not sent: ${failures[0]!.message}`, {
      cause: failures[0],
    });
  if (before || report.header.waivers.length > 0) await putJson(store, keys.waivers, state);
}

async function sendOnce(store: Store, run: RunKey, alert: Alert, send: (alert: Alert) => Promise<void>): Promise<void> {
  const marker = keys.report(run, `alerts/${alert.id}.json`);
  if (await store.get(marker)) return;
  await send(alert);
  await putJson(store, marker, alert);
}

/** What came of it is kept beside the run. A repeat sends again what is not known to have arrived. */
async function importOnce(
  { store, run }: Publishing,
  importFindings: (report: Report) => Promise<Imported>,
  report: Report,
): Promise<void> {
  const marker = keys.report(run, 'security-hub.json');
  const before = await readJsonIfAny<Imported>(store, marker);
  if (!before || !isWhole(before)) await putJson(store, marker, await importFindings(report));
}

async function promoteState(store: Store, run: RunKey, account: string): Promise<void> {
  const state = await store.get(keys.nextState(run, account));
  if (state) await store.put(keys.state(account), state, 'application/x-ndjson');
}
