import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';
import type { Severity } from '../core/model.ts';
import { ndjson } from '../store/ndjson.ts';
import { keys, type Store } from '../store/store.ts';
import type { StoredFinding } from './model.ts';
import { runIn } from './runs.ts';

/** What stood before: what fails now and did not then is new. */
export interface Baseline {
  readonly name: string;
  /** The severity of what failed, by id of the finding. Waived findings failed as well. */
  readonly failing: ReadonlyMap<string, Severity>;
  readonly unknown: ReadonlySet<string>;
}

/** A baseline by name: a findings.json, a run of the store, the last run of a day, or `latest`. Throws a UserError where there is none. */
export async function readBaseline(name: string, store: Store): Promise<Baseline> {
  if (name.endsWith('.json') || existsSync(name)) return fromFile(name);
  const run = await runIn(store, name === 'latest' ? undefined : name);
  const failing = new Map<string, Severity>();
  const unknown = new Set<string>();
  for (const key of await store.list(keys.findingsOf(run)))
    for await (const finding of ndjson<StoredFinding>(store, key)) note(finding, failing, unknown);
  return { name: run.run, failing, unknown };
}

async function fromFile(path: string): Promise<Baseline> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot read the baseline ${path}: ${error.code ?? error.message}`);
  });
  const failing = new Map<string, Severity>();
  const unknown = new Set<string>();
  for (const finding of findingsIn(path, text)) note(finding, failing, unknown);
  return { name: path, failing, unknown };
}

function findingsIn(path: string, text: string): readonly StoredFinding[] {
  try {
    const { findings } = JSON.parse(text) as { findings?: readonly StoredFinding[] };
    if (Array.isArray(findings)) return findings;
  } catch (error) {
    throw new UserError(`the baseline ${path} is not JSON: ${(error as Error).message}`);
  }
  throw new UserError(`the baseline ${path} holds no findings: it must be a findings.json`);
}

function note({ id, status, severity }: StoredFinding, failing: Map<string, Severity>, unknown: Set<string>): void {
  if (status === 'FAIL') failing.set(id, severity);
  if (status === 'UNKNOWN') unknown.add(id);
}
