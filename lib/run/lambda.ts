import type { Context } from 'aws-lambda';
import { parseConfig } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import { chosenChecks, mistakesIn } from '../core/settings.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import manifest from '../../package.json' with { type: 'json' };

export const TOOL = `ronda ${manifest.version}`;
/** Where the configuration lies in the report bucket. */
const CONFIG_KEY = 'config/ronda.yml';
/** Kept of a Lambda's time for closing what is open and storing it. */
const MARGIN_MS = 60_000;

export interface Deployment {
  readonly store: Store;
  readonly config: Config;
  readonly checks: readonly AnyCheck[];
}

/** The report bucket, the configuration in it if there is one, and the checks that it chooses. A bad configuration throws: nothing runs on half of one. */
export async function deployment(all: readonly AnyCheck[]): Promise<Deployment> {
  const store = s3Store(environment('REPORT_BUCKET'));
  const text = await store.get(CONFIG_KEY);
  const config = text
    ? parseConfig(`${store.url}/${CONFIG_KEY}`, Buffer.from(text).toString(), (found) => mistakesIn(all, found))
    : {};
  return { store, config, checks: chosenChecks(all, config) };
}

/** A variable that the stack sets. */
export function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment has no ${name}: deploy the function with its stack`);
  return value;
}

/** Aborts a minute before the function's time is up. */
export function deadlineOf(context: Pick<Context, 'getRemainingTimeInMillis'>): AbortSignal {
  return AbortSignal.timeout(Math.max(1, context.getRemainingTimeInMillis() - MARGIN_MS));
}
