import type { Finding, Severity } from '../core/model.ts';
import { findingsJson } from '../report/json.ts';
import { terminalSummary } from '../report/terminal.ts';
import { type Audit, audit, auditSaved } from '../run/audit.ts';
import { inventoriesIn } from '../run/inventory.ts';
import { deciding } from '../run/gate.ts';
import type { Report } from '../run/model.ts';
import { openStore } from '../store/open.ts';
import { keys, newRunKey } from '../store/store.ts';
import { UserError } from '../core/errors.ts';
import { progressLine } from './progress.ts';
import type { Product } from './program.ts';
import { scopeOf, type ScopeOptions } from './scope.ts';

interface AuditOptions extends ScopeOptions {
  readonly profile?: string;
  readonly role?: string;
  readonly externalId?: string;
  readonly sessionName: string;
  readonly regions?: readonly string[];
  readonly tag?: readonly string[];
  readonly out?: string;
  readonly topic?: string;
  readonly inventory?: string;
  readonly saveInventory?: boolean;
  readonly failOn?: Severity;
  readonly json?: boolean;
}

/** Audits, prints, and answers with the exit code. */
export async function auditCommand(options: AuditOptions, product: Product): Promise<number> {
  const { config, checks } = await scopeOf(options, product.checks);
  const store = await openStore(options.out ?? config.out ?? 'ronda-report');
  const now = () => new Date();
  const run = newRunKey(now());
  const topic = options.topic ?? config.topic;
  const common: Audit = {
    store,
    run,
    checks,
    now,
    page: `${store.url}/${keys.report(run, 'index.html')}`,
    tool: `ronda ${product.version}`,
    filters: filtersOf(options),
    isInScope: options.tag && taggedWith(options.tag),
    send: topic ? (await import('../run/alert.ts')).toTopic(topic) : undefined,
  };
  const report = options.inventory
    ? await judgeSaved(options.inventory, common)
    : await auditLive(options, config.regions, common, product);
  if (options.json) process.stdout.write(findingsJson(report));
  else process.stdout.write(terminalSummary(report, { page: common.page }));
  return exitCode(report, options.failOn ?? config.failOn);
}

async function auditLive(
  options: AuditOptions,
  regions: readonly string[] | undefined,
  common: Audit,
  product: Product,
): Promise<Report> {
  const { credentialsFrom } = await import('../aws/credentials.ts');
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const progress = progressLine(!options.json);
  try {
    return await audit({
      ...common,
      resources: await product.resources(),
      credentials: credentialsFrom({ ...options, region }),
      region,
      regions: options.regions ?? regions ?? [],
      keepsInventory: options.saveInventory === true,
      isByTag: options.tag !== undefined,
      onProgress: progress.show,
    });
  } finally {
    progress.done();
  }
}

async function judgeSaved(place: string, common: Audit): Promise<Report> {
  const saved = await openStore(place);
  const newest = (await inventoriesIn(saved))[0];
  if (!newest) throw new UserError(`${saved.url} holds no inventory; ronda audit --save-inventory makes one`);
  return auditSaved(common, saved, newest, newest.accounts);
}

/** 1: it fails. 2: it may fail, for all that could be seen. */
export function exitCode(report: Report, failOn: Severity | undefined): number {
  if (!failOn) return 0;
  const { failed, unknown } = deciding(report, failOn);
  if (failed.length > 0) return 1;
  return unknown.length > 0 ? 2 : 0;
}

/** A resource whose tags are known and do not match is out of scope; one whose tags could not be read stays in. */
function taggedWith(pairs: readonly string[]): (finding: Finding) => boolean {
  const wanted = pairs.map((pair) => {
    const [key, ...value] = pair.split('=');
    if (!key || value.length === 0) throw new UserError(`--tag ${pair}: write key=value`);
    return { key, value: value.join('=') };
  });
  return ({ resource, status }) => {
    if (!resource.tags) return resource.areTagsUnknown === true || status === 'UNKNOWN';
    return wanted.some(({ key, value }) => resource.tags![key] === value);
  };
}

function filtersOf(options: AuditOptions): Record<string, string> {
  const { checks, skip, services, severity, regions, tag, inventory } = options;
  const given = { checks, skip, services, severity, regions, tag, inventory };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
