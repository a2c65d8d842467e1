import type { Context } from 'aws-lambda';
import { checks as all } from '../checks/index.ts';
import { resources } from '../checks/resources.ts';
import { chosenChecks } from '../lib/core/settings.ts';
import { audit } from '../lib/run/audit.ts';
import { readBaseline } from '../lib/run/baseline.ts';
import { deployment } from '../lib/run/deployment.ts';
import { gateScope } from '../lib/run/gate-scope.ts';
import { decide, type GateAnswer, type GateRequest, gateAnswer, readRequest } from '../lib/run/gate.ts';
import { deadlineOf, environment, TOOL } from '../lib/run/lambda.ts';
import { scanEntrances } from '../lib/run/scan-credentials.ts';
import { newRunKey } from '../lib/store/store.ts';

/** On demand, before a release: audits in this process and answers whether anything stands against it. */
export async function handler(event: GateRequest, context: Context): Promise<GateAnswer> {
  const request = readRequest(event, all);
  const { store, checks, config, waivers } = await deployment(all);
  const region = environment('AWS_REGION');
  const baseline = request.newSince ? await readBaseline(request.newSince, store) : undefined;
  const asked = { ...request, checks: chosenChecks(checks, request), resources, usual: config.regions };
  const report = await audit({
    ...(await gateScope(asked, { region })),
    store,
    credentials: scanEntrances().home,
    region,
    waivers,
    owners: config.owners,
    tool: TOOL,
    run: newRunKey(new Date()),
    filters: { gate: JSON.stringify(request) },
    now: () => new Date(),
    deadline: deadlineOf(context),
  });
  return gateAnswer(report, decide(report, { ...request, baseline }), { bucket: environment('REPORT_BUCKET'), region });
}
