import { writeFile } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';
import type { Severity } from '../core/model.ts';
import { gateText } from '../report/gate.ts';
import { jsonText } from '../report/text.ts';
import { audit } from '../run/audit.ts';
import { readBaseline } from '../run/baseline.ts';
import { ARN_PATTERN, decide } from '../run/gate.ts';
import { gateScope } from '../run/gate-scope.ts';
import type { Report } from '../run/model.ts';
import { memoryStore } from '../store/memory.ts';
import { openStore } from '../store/open.ts';
import { newRunKey } from '../store/store.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { type CredentialOptions, credentialsOf } from './options.ts';
import type { Product } from './program.ts';
import { progressLine } from './progress.ts';
import { filtersIn, placeOf, scopeOf, type ScopeOptions, startRegion, waiversOf } from './scope.ts';

interface GateOptions extends ScopeOptions, CredentialOptions {
  readonly regions?: readonly string[];
  readonly tag?: readonly string[];
  readonly stack?: readonly string[];
  readonly arn?: readonly string[];
  readonly failOn?: Severity;
  readonly newSince?: string;
  readonly baselineIn?: string;
  readonly minCoverage?: string;
  readonly waivers?: string;
  readonly sarif?: string;
  readonly junit?: string;
  readonly markdown?: string;
  readonly json?: boolean;
}

/** Audits what the scope needs, says whether a release may go on, and answers with the exit code. */
export async function gateCommand(options: GateOptions, product: Product): Promise<number> {
  const { config, checks: chosen } = await scopeOf(options, product.checks);
  const store = await openStore(placeOf(options.baselineIn, config));
  // Read before AWS is asked: a mistake in it should not cost a run.
  const baseline = options.newSince ? await readBaseline(options.newSince, store) : undefined;
  assertPatterns(options.arn);
  const minCoverage = options.minCoverage === undefined ? undefined : shareOf(options.minCoverage);
  const region = startRegion();
  const credentials = await credentialsOf(options, region);
  const { tag: tags, stack: stacks, arn: arns, regions } = options;
  const asked = { tags, stacks, arns, regions, checks: chosen, resources: await product.resources() };
  const scope = await gateScope({ ...asked, usual: config.regions }, { credentials, region });
  if (scope.checks.length === 0)
    throw new UserError('no check speaks of what is in scope: look at --arn, --stack and --checks');
  const now = () => new Date();
  const progress = progressLine(!options.json);
  const report = await audit({
    ...scope,
    store: memoryStore(),
    run: newRunKey(now()),
    tool: `ronda ${product.version}`,
    credentials,
    region,
    filters: filtersOf(options),
    waivers: await waiversOf(options.waivers, config, product.checks, now()),
    owners: config.owners,
    now,
    onProgress: progress.show,
  }).finally(progress.done);
  const failOn = options.failOn ?? config.failOn ?? 'high';
  const decision = decide(report, { failOn, baseline, minCoverage });
  await writeReports(report, options);
  process.stdout.write(
    options.json
      ? `${jsonText(decision, 2)}\n`
      : gateText(report, decision, { failOn, baseline: baseline?.name, minCoverage }),
  );
  return EXIT_CODES[decision.result];
}

function assertPatterns(arns: readonly string[] = []): void {
  const wrong = arns.find((arn) => !ARN_PATTERN.test(arn));
  if (wrong !== undefined)
    throw new UserError(`--arn ${wrong}: write a whole ARN; * stands for any text, as in *${wrong}*`);
}

/** "99%", "99" or "0.99" as a share. */
function shareOf(text: string): number {
  const value = Number(text.replace(/%$/, ''));
  const share = text.endsWith('%') || value > 1 ? value / 100 : value;
  if (Number.isNaN(share) || share < 0 || share > 1)
    throw new UserError(`--min-coverage ${text}: write a share such as 99%`);
  return share;
}

async function writeReports(report: Report, { sarif, junit, markdown }: GateOptions): Promise<void> {
  if (sarif) await writeFile(sarif, (await import('../report/sarif.ts')).findingsSarif(report));
  if (junit) await writeFile(junit, (await import('../report/junit.ts')).findingsJunit(report));
  if (markdown) await writeFile(markdown, (await import('../report/pull-request.ts')).findingsMarkdown(report));
}

function filtersOf({
  checks,
  skip,
  services,
  severity,
  regions,
  tag,
  stack,
  arn,
}: GateOptions): Record<string, string> {
  return filtersIn({ checks, skip, services, severity, regions, tag, stack, arn });
}
