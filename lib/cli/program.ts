import { Command, Option } from 'commander';
import type { AnyCheck } from '../core/evaluate.ts';
import { SEVERITIES } from '../core/severity.ts';
import type { Resource } from '../aws/resource.ts';
import { UserError } from '../core/errors.ts';

/** What the command line is given by its entry point: the product's checks, and their collectors when they are needed. */
export interface Product {
  readonly version: string;
  readonly checks: readonly AnyCheck[];
  readonly resources: () => Promise<readonly Resource[]>;
}

/** Runs one command; answers with its exit code. 0 done, 1 failed findings, 2 inconclusive, 3 error. */
export async function main(args: readonly string[], product: Product): Promise<number> {
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
  process.stderr.write(`ronda: ${error instanceof UserError || !process.env['RONDA_DEBUG'] ? message : stack}\n`);
  if (!(error instanceof UserError) && !process.env['RONDA_DEBUG'])
    process.stderr.write('Set RONDA_DEBUG=1 to see where it happened.\n');
  return 3;
}

const EXIT_CODES = `
Exit codes of audit:
  0  completed        1  a finding at or above --fail-on
  2  inconclusive: something at or above --fail-on could not be judged
  3  error            Without --fail-on, findings do not change the exit code.

Examples:
  ronda audit                                      the account of your default credentials, every enabled region
  ronda audit --role arn:aws:iam::111122223333:role/ronda --external-id x7 --out s3://my-reports
  ronda audit --services 's3' 'iam' --fail-on high fail on what is high or critical in S3 and IAM
  ronda audit --save-inventory --out night         keep what was read; judge it again with:
  ronda audit --inventory night --out again
`;

function programOf(product: Product, exit: (code: number) => void): Command {
  const program = new Command('ronda')
    .description('A night watch for AWS accounts: reads their configuration, judges it, and says what changed.')
    .version(product.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(ronda --help tells more)');

  scopeOptions(program.command('audit').description('read an account and judge it'))
    .option('--profile <name>', 'a profile of the AWS configuration files')
    .option('--role <arn>', 'a role to assume with those credentials')
    .option('--external-id <id>', 'the external id that the role asks for')
    .option('--session-name <name>', 'the name of the role session', 'ronda')
    .option('--regions <globs...>', 'regions to look at (default: every enabled region)')
    .option('--tag <key=value...>', 'only resources with one of these tags')
    .option('--out <place>', 'where the run is kept: a folder or s3://bucket/prefix (default: ronda-report)')
    .option('--topic <arn>', 'an SNS topic to tell what changed')
    .option('--inventory <place>', 'judge an inventory that was saved there, without asking AWS')
    .option('--save-inventory', 'keep what was read beside the findings')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 on a finding of this severity or worse').choices(SEVERITIES),
    )
    .option('--json', 'print findings as JSON and nothing else')
    .addHelpText('after', EXIT_CODES)
    .action(async (options) => exit(await (await import('./audit.ts')).auditCommand(options, product)));

  const checks = program.command('checks').description('what is checked');
  scopeOptions(checks.command('list', { isDefault: true }).description('every check with its severity'))
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./checks.ts')).listCommand(options, product));
  checks
    .command('show')
    .description('one check: why, how to fix, what it reads')
    .argument('<id>', 'the id of a check')
    .action(async (id) => (await import('./checks.ts')).showCommand(id, product));

  scopeOptions(program.command('role').description('print the exact IAM policy that the enabled checks need')).action(
    async (options) => (await import('./role.ts')).roleCommand(options, product),
  );

  program
    .command('report')
    .description('render the reports of a stored run again, without AWS')
    .argument('<place>', 'a folder or s3://bucket/prefix that holds runs')
    .option('--run <id>', 'the run (default: the latest)')
    .option('--out <place>', 'where to write the reports (default: beside the run)')
    .option('--json', 'print findings as JSON and nothing else')
    .action(async (place, options) => (await import('./report.ts')).reportCommand(place, options));
  return program;
}

function scopeOptions(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration (default: ronda.yml where there is one)')
    .option('--checks <globs...>', 'only checks whose id matches')
    .option('--skip <globs...>', 'not the checks whose id matches')
    .option('--services <globs...>', 'only services that match: iam, s3, ec2, ...')
    .addOption(new Option('--severity <severity>', 'only checks of this severity or worse').choices(SEVERITIES));
}
