import type { Context } from 'aws-lambda';
import { checks as all } from '../checks/index.ts';
import { mappings } from '../checks/mappings.ts';
import type { CallCount } from '../lib/aws/counts.ts';
import { chosenFiles } from '../lib/report/formats.ts';
import { toTopic } from '../lib/run/alert.ts';
import { consoleUrl } from '../lib/run/gate.ts';
import { deployment } from '../lib/run/deployment.ts';
import { type Imported, importWords, isWhole } from '../lib/run/imported.ts';
import { deadlineOf, environment, TOOL } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import type { Report } from '../lib/run/model.ts';
import { publish } from '../lib/run/publish.ts';
import { readJson, type StoredPlan } from '../lib/run/stored.ts';
import { keys, type RunKey } from '../lib/store/store.ts';

interface Published {
  readonly run: RunKey;
}

/** Step 4: header, reports, the alerts, the state that the next run compares with, and Security Hub where that is configured. */
export async function handler(
  { run }: Published,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Published & { readonly failed: object }> {
  const { store, checks, config } = await deployment(all);
  const { account, partition, regions, startedAt } = await readJson<StoredPlan>(store, keys.report(run, 'plan.json'));
  const counted = await store.list(keys.report(run, 'calls/'));
  const calls = (await Promise.all(counted.map((key) => readJson<CallCount[]>(store, key)))).flat();
  const scope = { partition, accounts: [account], regions, filters: {} };
  const region = environment('AWS_REGION');
  const page = consoleUrl({ bucket: environment('REPORT_BUCKET'), region }, keys.report(run, 'index.html'));
  const send = toTopic(environment('TOPIC_ARN'));
  const importing = async (report: Report) => {
    const { toSecurityHub } = await import('../lib/run/security-hub.ts');
    return logged(await toSecurityHub({ region, page, deadline: deadlineOf(context) })(report));
  };
  const { header } = await publish({
    store,
    run,
    tool: TOOL,
    startedAt,
    now: new Date(),
    scope,
    checks,
    mappings,
    calls,
    page,
    owners: config.owners,
    warnDays: config.waivers?.warnDays,
    send,
    furtherFiles: (report) => chosenFiles(report, config.formats),
    importFindings: config.securityHub ? importing : undefined,
  });
  log.info('published', { ...run, ...header.summary.statuses, failed: header.summary.failed });
  return { run, failed: header.summary.failed };
}

function logged(outcome: Imported): Imported {
  log[isWhole(outcome) ? 'info' : 'warn'](importWords(outcome));
  return outcome;
}
