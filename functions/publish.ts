import type { Context } from 'aws-lambda';
import { checks as all } from '../checks/index.ts';
import { mappings } from '../checks/mappings.ts';
import { chosenFiles } from '../lib/report/formats.ts';
import { toTopic } from '../lib/run/alert.ts';
import { deployment } from '../lib/run/deployment.ts';
import { consoleUrl } from '../lib/run/gate.ts';
import { importLogged } from '../lib/run/imported.ts';
import { deadlineOf, environment, TOOL } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { writeMetrics } from '../lib/run/metrics.ts';
import { publishStep } from '../lib/run/publish.ts';
import { keys, type RunKey } from '../lib/store/store.ts';

interface Published {
  readonly run: RunKey;
}

/** Step 4: header, reports, the alerts, the state that the next run compares with, and Security Hub where that is configured. */
export async function handler(
  { run }: Published,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Published & { readonly failed: object }> {
  const { store, checks, waivers, config } = await deployment(all);
  const region = environment('AWS_REGION');
  const page = consoleUrl({ bucket: environment('REPORT_BUCKET'), region }, keys.report(run, 'index.html'));
  const report = await publishStep(store, run, {
    tool: TOOL,
    checks,
    mappings,
    waivers,
    page,
    owners: config.owners,
    warnDays: config.waivers?.warnDays,
    send: toTopic(environment('TOPIC_ARN')),
    furtherFiles: (report) => chosenFiles(report, config.formats),
    importFindings: config.securityHub ? importLogged({ region, page, deadline: deadlineOf(context) }, log) : undefined,
  });
  const { summary } = report.header;
  writeMetrics(log, report, environment('STACK'));
  log.info('published', { ...run, ...summary.statuses, failed: summary.failed });
  return { run, failed: summary.failed };
}
