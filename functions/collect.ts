import type { Context } from 'aws-lambda';
import { resources } from '../checks/resources.ts';
import { deadlineOf, environment } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { scanCredentials } from '../lib/run/scan-credentials.ts';
import { collectStep, type ItemKey } from '../lib/run/steps.ts';
import { s3Store } from '../lib/store/s3.ts';

/** Step 2: reads one region, or the account's global part, into the report bucket. */
export async function handler(item: ItemKey, context: Context): ReturnType<typeof collectStep> {
  const store = s3Store(environment('REPORT_BUCKET'));
  const asking = { store, resources, credentials: scanCredentials() };
  const collected = await collectStep(asking, item, deadlineOf(context));
  log.info('collected', { ...item.run, ...collected });
  return collected;
}
