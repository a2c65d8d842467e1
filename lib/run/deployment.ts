import { parseConfig } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { parseWaivers } from '../config/waivers.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import { chosenChecks, mistakesIn } from '../core/settings.ts';
import type { Waiver } from '../core/waivers.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import { environment } from './lambda.ts';

/** Where the configuration lies in the report bucket. */
const CONFIG_KEY = 'config/ronda.yml';
const WAIVERS_KEY = 'config/waivers.yml';
const MAX_DAYS = 365;

export interface Deployment {
  readonly store: Store;
  readonly config: Config;
  readonly checks: readonly AnyCheck[];
  readonly waivers: readonly Waiver[];
}

/** The report bucket, the configuration in it if there is one, and the checks that it chooses. A bad configuration throws: nothing runs on half of one. */
export async function deployment(all: readonly AnyCheck[]): Promise<Deployment> {
  const store = s3Store(environment('REPORT_BUCKET'));
  const [text, waivers] = await Promise.all([textAt(store, CONFIG_KEY), textAt(store, WAIVERS_KEY)]);
  const config: Config = text ? parseConfig(text.path, text.body, (found) => mistakesIn(all, found)) : {};
  const rules = {
    now: new Date(),
    maxDays: config.waivers?.maxDays ?? MAX_DAYS,
    checkIds: all.map(({ id }) => id),
  };
  return {
    store,
    config,
    checks: chosenChecks(all, config),
    waivers: waivers ? parseWaivers(waivers.path, waivers.body, rules) : [],
  };
}

async function textAt(store: Store, key: string): Promise<{ path: string; body: string } | undefined> {
  const body = await store.get(key);
  return body && { path: `${store.url}/${key}`, body: Buffer.from(body).toString() };
}
