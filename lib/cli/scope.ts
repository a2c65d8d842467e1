import { existsSync } from 'node:fs';
import { readConfig } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Severity } from '../core/model.ts';
import { chosenChecks, mistakesIn, type Settings } from '../core/settings.ts';
import { UserError } from '../core/errors.ts';

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
  const path = options.config ?? (existsSync(DEFAULT_CONFIG) ? DEFAULT_CONFIG : undefined);
  const config = path ? await readConfig(path, (found) => mistakesIn(all, found)) : {};
  const fromLine: Settings = { checks: options.checks, skip: options.skip, services: options.services };
  const wrong = mistakesIn(all, fromLine)[0];
  if (wrong) throw new UserError(`--${wrong.path[0]}: ${wrong.message}; ronda checks lists them all`);
  // What the command line says comes on top of the configuration: it can only narrow it.
  const checks = chosenChecks(chosenChecks(all, config), { ...fromLine, minSeverity: options.severity });
  if (checks.length === 0)
    throw new UserError('no check is left to run: the configuration and the options exclude each other');
  return { config, checks };
}
