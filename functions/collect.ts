import type { Context } from 'aws-lambda';
import { resources } from '../checks/resources.ts';
import { deadlinesOf, environment } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { scanEntrances } from '../lib/run/scan-credentials.ts';
import { type CollectedPart, collectStep, type ItemKey } from '../lib/run/steps/collect.ts';
import { s3Store } from '../lib/store/s3.ts';

/** Step 2: reads one region of an account, or its account-wide part, into the report bucket; of a long one, as much as there is time for. */
export async function handler(item: ItemKey, context: Context): Promise<CollectedPart> {
  const store = s3Store(environment('REPORT_BUCKET'));
  const entrances = scanEntrances();
  const { run, ...collected } = await collectStep({ store, resources, entrances, ...deadlinesOf(context) }, item);
  log.info('collected', { ...run, ...collected });
  return { run, ...collected };
}
