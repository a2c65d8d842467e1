import { existsSync } from 'node:fs';
import { readConfig } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { readWaivers, type WaiverRules } from '../config/waivers.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Severity } from '../core/model.ts';
import { chosenChecks, mistakesIn, type Settings } from '../core/settings.ts';
import { UserError } from '../core/errors.ts';
import type { Waiver } from '../core/waivers.ts';

export interface ScopeOptions {
  readonly config?: string;
  readonly checks?: readonly string[];
  readonly skip?: readonly string[];
  readonly services?: readonly string[];
  readonly severity?: Severity;
}

const DEFAULT_CONFIG = 'ronda.yml';

/** The configuration with the command line over it, and the checks that both choose. Throws UserError for what neither knows. */
export async function scopeOf(
  options: ScopeOptions,
  all: readonly AnyCheck[],
): Promise<{ config: Config; checks: readonly AnyCheck[] }> {
  const config = await configOf(options.config, all);
  const fromLine: Settings = { checks: options.checks, skip: options.skip, services: options.services };
  const wrong = mistakesIn(all, fromLine)[0];
  if (wrong) throw new UserError(`--${wrong.path[0]}: ${wrong.message}; ronda checks lists them all`);
  // What the command line says comes on top of the configuration: it can only narrow it.
  const checks = chosenChecks(chosenChecks(all, config), { ...fromLine, minSeverity: options.severity });
  if (checks.length === 0)
    throw new UserError('no check is left to run: the configuration and the options exclude each other');
  return { config, checks };
}

/** What narrowed a run, as its header says it. */
export function filtersIn(
  given: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** The configuration that is named, else ronda.yml where there is one. */
export async function configOf(named: string | undefined, all: readonly AnyCheck[]): Promise<Config> {
  const path = named ?? (existsSync(DEFAULT_CONFIG) ? DEFAULT_CONFIG : undefined);
  return path ? readConfig(path, (found) => mistakesIn(all, found)) : {};
}

/** All checks as the configuration wants them, those too that it leaves out of audits. */
export function adjustedChecks(all: readonly AnyCheck[], { params, severities, trustedAccounts }: Config): AnyCheck[] {
  return chosenChecks(all, { params, severities, trustedAccounts });
}

/** Where runs are kept. */
export const placeOf = (named: string | undefined, config: Config): string => named ?? config.out ?? 'ronda-report';

/** Where AWS is asked first; what is read is read in every region. */
export const startRegion = (): string => process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';

export const DEFAULT_WAIVERS = 'waivers.yml';
const MAX_DAYS = 365;

export function waiverRulesOf(config: Config, all: readonly AnyCheck[], now: Date): WaiverRules {
  return { now, maxDays: config.waivers?.maxDays ?? MAX_DAYS, checkIds: all.map(({ id }) => id) };
}

/** The accepted risks: of the file that is named, else of waivers.yml where there is one. */
export async function waiversOf(
  named: string | undefined,
  config: Config,
  all: readonly AnyCheck[],
  now: Date,
): Promise<readonly Waiver[]> {
  const path = named ?? config.waivers?.file ?? (existsSync(DEFAULT_WAIVERS) ? DEFAULT_WAIVERS : undefined);
  if (!path) return [];
  return readWaivers(path, waiverRulesOf(config, all, now));
}
