import { Command, Option } from 'commander';
import type { AnyCheck } from '../core/evaluate.ts';
import { FORMATS } from '../core/formats.ts';
import { SEVERITIES } from '../core/severity.ts';
import type { Resource } from '../aws/resource.ts';
import { UserError } from '../core/errors.ts';
import { visible } from '../report/text.ts';
import type { Mappings } from '../run/mappings.ts';
import { findingCommands } from './finding-commands.ts';
import { letReadersGo } from './pipe.ts';
import { credentialOptions, organizationOptions } from './options.ts';

/** What the command line is given by its entry point: the product's checks, and their collectors when they are needed. */
export interface Product {
  readonly version: string;
  readonly checks: readonly AnyCheck[];
  readonly resources: () => Promise<readonly Resource[]>;
  /** What the checks answer to, for the page. */
  readonly mappings?: () => Promise<Mappings>;
}

/** Runs one command; answers with its exit code. 0 done, 1 failed findings, 2 inconclusive, 3 error. */
export async function main(args: readonly string[], product: Product): Promise<number> {
  letReadersGo();
  let code = 0;
  const program = programOf(product, (exit) => {
    code = exit;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failed(error);
  }
}

/** Commander has said what is wrong with the arguments itself. */
function failed(error: unknown): number {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) return exitCode === 0 ? 0 : 3;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const told = error instanceof UserError || !process.env['RONDA_DEBUG'] ? message : stack!;
  process.stderr.write(`ronda: ${told.split('\n').map(visible).join('\n')}\n`);
  if (!(error instanceof UserError) && !process.env['RONDA_DEBUG'])
    process.stderr.write('Set RONDA_DEBUG=1 to see where it happened.\n');
  return 3;
}

const EXIT_CODES = `
Exit codes of audit:
  0  completed        1  a finding at or above --fail-on
  2  inconclusive: something at or above --fail-on could not be judged
  3  error            Without --fail-on, findings do not change the exit code.
  130 stopped with Ctrl+C: what was read is judged and kept, and the rest is UNKNOWN

Examples:
  ronda audit                                      the account of your default credentials, every enabled region
  ronda audit --role arn:aws:iam::111122223333:role/ronda --external-id x7 --out s3://my-reports
  ronda audit --organization                       every account of the organization, entered by the role ronda-member
  ronda audit --services 's3' 'iam' --fail-on high fail on what is high or critical in S3 and IAM
  ronda audit --save-inventory --out night         keep what was read; judge it again with:
  ronda audit --inventory night --out again
`;

const PLAN_HELP = `
Exit codes of plan:
  0  planned          2  some of the scope cannot be seen: an account cannot be entered, or its regions are not known
  3  error

It asks who it is, which accounts and regions there are, and nothing else. Where --out holds a run, what that run asked is
what the next one is expected to ask, for so many more accounts and regions; else an assumption, which is printed.

Examples:
  ronda plan --organization --out s3://my-reports
  ronda plan --assume users=50,buckets=60,instances=400
`;

const GATE_CODES = `
Exit codes of gate:
  0  pass             1  fail: a finding at or above --fail-on that no waiver and no baseline excuses
  2  inconclusive: something there could not be judged, or --min-coverage was not reached
  3  error

Examples:
  ronda gate --stack orders-api --fail-on high --sarif ronda.sarif
  ronda gate --tag app=orders --new-since latest   nothing may be worse than in the last nightly run
  ronda gate --arn 'arn:aws:s3:::orders-*' --min-coverage 100%
`;

const DOCTOR_HELP = `
Tries what a run needs with real calls, on one resource of each type; it changes nothing but the object doctor/probe.json
in the place of reports. What there was nothing to try on is not called working.

Exit codes of doctor:
  0  all is well      1  something is missing      3  error

Examples:
  ronda doctor                                     the account of your default credentials, and the folder ronda-report
  ronda doctor --organization --member-role ronda-member
  ronda doctor --stack ronda-dev --send-test       what the nightly run needs, with a test message to everybody who listens
`;

const REDACT_HELP = `
Redacted reports are for people outside: --redact replaces what is not known to be AWS's own or Ronda's. Checks, actions,
regions, types, dates and counts stay readable. One key gives one pseudonym for one name, in every report; keep it secret.

Examples:
  ronda report ronda-report --redact --out for-the-auditor --formats sarif
  openssl rand -hex 32 > key && ronda report ronda-report --redact --redact-key key --out for-the-auditor
`;

function programOf(product: Product, exit: (code: number) => void): Command {
  const program = new Command('ronda')
    .description('A night watch for AWS accounts: reads their configuration, judges it, and says what changed.')
    .version(product.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(ronda --help tells more)');

  organizationOptions(
    credentialOptions(
      scopeOptions(program.command('audit').description('read an account, or an organization, and judge it')),
    ),
  )
    .option('--regions <globs...>', 'regions to look at (default: every enabled region)')
    .option('--tag <key=value...>', 'only resources with one of these tags')
    .option('--out <place>', 'where the run is kept: a folder or s3://bucket/prefix (default: ronda-report)')
    .option('--waivers <file>', 'accepted risks (default: waivers.yml where there is one)')
    .option('--topic <arn>', 'an SNS topic to tell what changed')
    .option('--inventory <place>', 'judge an inventory that was saved there, without asking AWS')
    .option('--save-inventory', 'keep what was read beside the findings')
    .addOption(formatsOption())
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 on a finding of this severity or worse').choices(SEVERITIES),
    )
    .option('--json', 'print findings as JSON and nothing else')
    .addHelpText('after', EXIT_CODES)
    .action(async (options) => exit(await (await import('./audit.ts')).auditCommand(options, product)));

  credentialOptions(
    scopeOptions(program.command('gate').description('before a release: does anything stand against it?')),
  )
    .option('--regions <globs...>', 'regions to look at (default: those of the scope, else every enabled region)')
    .option('--tag <key=value...>', 'only resources with one of these tags')
    .option('--stack <names...>', 'only the resources of these CloudFormation stacks, in AWS_REGION')
    .option('--arn <patterns...>', 'only resources whose ARN matches (* stands for any text)')
    .addOption(new Option('--fail-on <severity>', 'what counts (default: high)').choices(SEVERITIES))
    .option(
      '--new-since <baseline>',
      'only what is new or worse than in a run, on a day, in a findings.json, or "latest"',
    )
    .option('--baseline-in <place>', 'where the runs of baselines are kept (default: ronda-report)')
    .option('--min-coverage <share>', 'inconclusive below this share of answers, such as 99%')
    .option('--waivers <file>', 'accepted risks (default: waivers.yml where there is one)')
    .option('--sarif <file>', 'write SARIF for code scanning')
    .option('--junit <file>', 'write JUnit XML for the CI')
    .option('--markdown <file>', 'write Markdown for a pull request')
    .option('--json', 'print the decision as JSON and nothing else')
    .addHelpText('after', GATE_CODES)
    .action(async (options) => exit(await (await import('./gate.ts')).gateCommand(options, product)));

  organizationOptions(
    credentialOptions(
      scopeOptions(program.command('plan').description('what a run would look at, ask and cost, before it is made')),
    ),
  )
    .option('--regions <globs...>', 'regions to look at (default: every enabled region)')
    .option('--out <place>', 'where runs are kept, to scale from the last one (default: ronda-report)')
    .option('--assume <numbers>', 'resources in each account in place of the last run: users=50,buckets=60')
    .option('--concurrency <places>', 'places that the stack reads at the same time', '50')
    .option('--json', 'as JSON, with the source of each price')
    .addHelpText('after', PLAN_HELP)
    .action(async (options) => exit(await (await import('./plan.ts')).planCommand(options, product)));

  const checks = program.command('checks').description('what is checked');
  scopeOptions(checks.command('list', { isDefault: true }).description('every check with its severity'))
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./checks.ts')).listCommand(options, product));
  checks
    .command('show')
    .description('one check: why, how to fix, what it reads')
    .argument('<id>', 'the id of a check')
    .action(async (id) => (await import('./checks.ts')).showCommand(id, product));

  scopeOptions(program.command('role').description('print the exact IAM policy that the enabled checks need'))
    .option('--member', 'print the CloudFormation template of a role for the other accounts of an organization')
    .action(async (options) => (await import('./role.ts')).roleCommand(options, product));

  organizationOptions(
    credentialOptions(
      scopeOptions(program.command('doctor').description('say what stands in the way of a run, and what mends it')),
    ),
  )
    .option('--regions <globs...>', 'regions to look at (default: every enabled region)')
    .option('--out <place>', 'where runs are kept: a folder or s3://bucket/prefix (default: ronda-report)')
    .option('--topic <arn>', 'an SNS topic to look at')
    .option('--stack <name>', 'the CloudFormation stack of the nightly run, in AWS_REGION')
    .option('--send-test', 'send one message to the topic that says that it is a test')
    .option('--json', 'as JSON')
    .addHelpText('after', DOCTOR_HELP)
    .action(async (options) => exit(await (await import('./doctor.ts')).doctorCommand(options, product)));

  program
    .command('report')
    .description('render the reports of a stored run again, without AWS')
    .argument('<place>', 'a folder or s3://bucket/prefix that holds runs')
    .option('--run <id>', 'the run (default: the latest)')
    .option('--out <place>', 'where to write the reports (default: beside the run)')
    .addOption(formatsOption())
    .option(
      '--redact',
      'pseudonyms in place of accounts, ARNs, names, addresses, tags and people; with --out or --json',
    )
    .option('--redact-key <file>', 'the key of the pseudonyms, so that exports agree (default: a new one each time)')
    .option('--json', 'print findings as JSON and nothing else')
    .addHelpText('after', REDACT_HELP)
    .action(async (place, options) => (await import('./report.ts')).reportCommand(place, options));

  program
    .command('diff')
    .description('what changed between two stored runs, and why')
    .argument('<place>', 'a folder or s3://bucket/prefix that holds runs')
    .argument('[earlier]', 'a run, or the last of a day (default: the one before the later)')
    .argument('[later]', 'a run, or the last of a day (default: the latest)')
    .option('--json', 'as JSON')
    .action(async (place, earlier, later, options) =>
      (await import('./diff.ts')).diffCommand(place, { earlier, later, ...options }),
    );

  findingCommands(program, product, exit);
  return program;
}

const formatsOption = (): Option => new Option('--formats <names...>', 'also write the run as these').choices(FORMATS);

function scopeOptions(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration (default: ronda.yml where there is one)')
    .option('--checks <globs...>', 'only checks whose id matches')
    .option('--skip <globs...>', 'not the checks whose id matches')
    .option('--services <globs...>', 'only services that match: iam, s3, ec2, ...')
    .addOption(new Option('--severity <severity>', 'only checks of this severity or worse').choices(SEVERITIES));
}
