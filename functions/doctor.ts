import type { Context } from 'aws-lambda';
import { checks as all } from '../checks/index.ts';
import { resources } from '../checks/resources.ts';
import { configured, partsOfNight } from '../lib/run/doctor/night.ts';
import { doctor, type ShortReport, shortReport } from '../lib/run/doctor.ts';
import { deadlineOf, environment, TOOL } from '../lib/run/lambda.ts';
import { log } from '../lib/run/log.ts';
import { scanEntrances } from '../lib/run/scan-credentials.ts';

/** On demand: tries with real calls all that the nightly run needs, as its own roles, and says what stands in its way. */
export async function handler(
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<ShortReport> {
  const now = () => new Date();
  const { config, checks, part } = await configured(all);
  const report = await doctor({
    tool: TOOL,
    checks,
    resources,
    entrances: scanEntrances(),
    region: environment('AWS_REGION'),
    regions: config.regions ?? [],
    accounts: config.accounts,
    parts: [Promise.resolve([part]), ...partsOfNight(now())],
    roles: {
      member: process.env['MEMBER_ROLE'] || undefined,
      isDeployed: true,
      again: `aws lambda invoke --function-name ${environment('AWS_LAMBDA_FUNCTION_NAME')} /dev/stdout`,
    },
    now,
    deadline: deadlineOf(context),
  });
  const short = shortReport(report);
  log.info('doctor', { isWell: short.isWell, accounts: short.accounts, well: short.well, parts: short.parts });
  return short;
}
