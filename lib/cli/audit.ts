import type { Config } from '../config/schema.ts';
import type { Format } from '../core/formats.ts';
import type { Severity } from '../core/model.ts';
import { inScope } from '../core/scope.ts';
import { findingsJson } from '../report/json.ts';
import { terminalSummary } from '../report/terminal.ts';
import { type Audit, audit, auditSaved } from '../run/audit.ts';
import { inventoriesIn } from '../run/inventory.ts';
import { decide, tagOf } from '../run/gate.ts';
import type { Report } from '../run/model.ts';
import { chosenFiles } from '../report/formats.ts';
import { importWords } from '../run/imported.ts';
import type { SecurityHubOptions } from '../run/security-hub.ts';
import { openStore } from '../store/open.ts';
import { keys, newRunKey } from '../store/store.ts';
import { UserError } from '../core/errors.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { INTERRUPTED, interruption } from './interruption.ts';
import { entrancesOf, type OrganizationOptions } from './options.ts';
import { progressLine } from './progress.ts';
import type { Product } from './program.ts';
import { filtersIn, placeOf, scopeOf, type ScopeOptions, startRegion, waiversOf } from './scope.ts';

interface AuditOptions extends ScopeOptions, OrganizationOptions {
  readonly regions?: readonly string[];
  readonly tag?: readonly string[];
  readonly out?: string;
  readonly topic?: string;
  readonly inventory?: string;
  readonly saveInventory?: boolean;
  readonly waivers?: string;
  readonly formats?: readonly Format[];
  readonly failOn?: Severity;
  readonly json?: boolean;
}

/** Audits, prints, and answers with the exit code. */
export async function auditCommand(options: AuditOptions, product: Product): Promise<number> {
  const { config, checks } = await scopeOf(options, product.checks);
  const store = await openStore(placeOf(options.out, config));
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
    waivers: await waiversOf(options.waivers, config, product.checks, now()),
    owners: config.owners,
    warnDays: config.waivers?.warnDays,
    mappings: await product.mappings?.(),
    isInScope: options.tag && inScope({ tags: options.tag.map(tagOf) }),
    furtherFiles: (report) => chosenFiles(report, options.formats ?? config.formats),
    send: topic ? (await import('../run/alert.ts')).toTopic(topic) : undefined,
  };
  const report = options.inventory
    ? await judgeSaved(options.inventory, common, product)
    : await auditLive(options, config, common, product);
  if (!report) return INTERRUPTED;
  if (options.json) process.stdout.write(findingsJson(report));
  else process.stdout.write(terminalSummary(report, { page: common.page }));
  return report.header.isIncomplete ? INTERRUPTED : exitCode(report, options.failOn ?? config.failOn);
}

/** Undefined where Ctrl+C came before there was anything to judge. */
async function auditLive(
  options: AuditOptions,
  config: Config,
  common: Audit,
  product: Product,
): Promise<Report | undefined> {
  const region = startRegion();
  const { home: credentials, member } = await entrancesOf(options, region);
  const progress = progressLine(!options.json);
  const stop = interruption();
  try {
    return await audit({
      ...common,
      resources: await product.resources(),
      credentials,
      member,
      accounts: config.accounts,
      region,
      regions: options.regions ?? config.regions ?? [],
      importFindings: config.securityHub ? await importing({ region, credentials }) : undefined,
      keepsInventory: options.saveInventory === true,
      isByTag: options.tag !== undefined,
      onProgress: progress.show,
      deadline: stop.signal,
    });
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    throw error;
  } finally {
    progress.done();
    stop.done();
  }
}

/** Says what came of it where it is no part of what the command prints. */
async function importing(options: SecurityHubOptions): Promise<Audit['importFindings']> {
  const { toSecurityHub } = await import('../run/security-hub.ts');
  const send = toSecurityHub(options);
  return async (report) => {
    const outcome = await send(report);
    process.stderr.write(`ronda: ${importWords(outcome)}\n`);
    return outcome;
  };
}

async function judgeSaved(place: string, common: Audit, product: Product): Promise<Report> {
  const saved = await openStore(place);
  const newest = (await inventoriesIn(saved))[0];
  if (!newest) throw new UserError(`${saved.url} holds no inventory; ronda audit --save-inventory makes one`);
  return auditSaved(common, saved, { ...newest, types: await product.resources() });
}

export function exitCode(report: Report, failOn: Severity | undefined): number {
  return failOn ? EXIT_CODES[decide(report, { failOn }).result] : 0;
}

function filtersOf(options: AuditOptions): Record<string, string> {
  const { checks, skip, services, severity, regions, tag, inventory } = options;
  return filtersIn({ checks, skip, services, severity, regions, tag, inventory });
}
