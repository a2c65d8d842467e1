import { checks as all } from '../checks/index.ts';
import type { CallCount } from '../lib/aws/counts.ts';
import { toTopic } from '../lib/run/alert.ts';
import { consoleUrl } from '../lib/run/gate.ts';
import { deployment, environment, TOOL } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { publish } from '../lib/run/publish.ts';
import { readJson, type StoredPlan } from '../lib/run/stored.ts';
import { keys, type RunKey } from '../lib/store/store.ts';

/** Step 4: header, reports, the alert, and the state that the next run compares with. */
export async function handler({
  run,
}: {
  readonly run: RunKey;
}): Promise<{ readonly run: RunKey; readonly failed: object }> {
  const { store, checks } = await deployment(all);
  const { account, partition, regions, startedAt } = await readJson<StoredPlan>(store, keys.report(run, 'plan.json'));
  const counted = await store.list(keys.report(run, 'calls/'));
  const calls = (await Promise.all(counted.map((key) => readJson<CallCount[]>(store, key)))).flat();
  const scope = { partition, accounts: [account], regions, filters: {} };
  const page = consoleUrl(
    { bucket: environment('REPORT_BUCKET'), region: environment('AWS_REGION') },
    keys.report(run, 'index.html'),
  );
  const send = toTopic(environment('TOPIC_ARN'));
  const { header } = await publish({
    store,
    run,
    tool: TOOL,
    startedAt,
    now: new Date(),
    scope,
    checks,
    calls,
    page,
    send,
  });
  log.info('published', { ...run, ...header.summary.statuses, failed: header.summary.failed });
  return { run, failed: header.summary.failed };
}
