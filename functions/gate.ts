import type { Context } from 'aws-lambda';
import { checks as all } from '../checks/index.ts';
import { resources } from '../checks/resources.ts';
import { credentialsFrom } from '../lib/aws/credentials.ts';
import { chosenChecks } from '../lib/core/settings.ts';
import { audit } from '../lib/run/audit.ts';
import { type GateAnswer, type GateRequest, gateAnswer, readRequest } from '../lib/run/gate.ts';
import { deadlineOf, deployment, environment, TOOL } from '../lib/run/lambda.ts';
import { newRunKey } from '../lib/store/store.ts';

/** On demand, before a release: audits in this process and answers whether anything stands against it. */
export async function handler(event: GateRequest, context: Context): Promise<GateAnswer> {
  const request = readRequest(event, all);
  const { store, checks, config } = await deployment(all);
  const region = environment('AWS_REGION');
  const report = await audit({
    store,
    run: newRunKey(new Date()),
    tool: TOOL,
    checks: chosenChecks(checks, request),
    resources,
    credentials: credentialsFrom({
      role: environment('SCAN_ROLE_ARN'),
      externalId: environment('EXTERNAL_ID'),
      region,
    }),
    region,
    regions: request.regions ?? config.regions ?? [],
    filters: { gate: request.failOn },
    now: () => new Date(),
    deadline: deadlineOf(context),
    keepsInventory: false,
    isOnDemand: true,
  });
  return gateAnswer(report, request.failOn, { bucket: environment('REPORT_BUCKET'), region });
}
