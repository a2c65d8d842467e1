import type { Command } from 'commander';
import { credentialOptions, storedRunOptions } from './options.ts';
import type { Product } from './program.ts';

const VERIFY_HELP = `
Reads again only what the finding rests on: the check's resource types in its account and region, and of their
resources only what the check looks at. Writes nothing.

Exit codes of verify:
  0  it does not fail now, or the resource is gone        1  it still fails
  2  it cannot be judged                                  3  error

Examples:
  ronda verify 0bcc4386ba72f968
  ronda verify 0bcc4386ba72f968 --in s3://my-reports --role arn:aws:iam::111122223333:role/ronda
`;

const WAIVE_HELP = `
The entry names the check, the exact ARN, its account and region, and the state that is accepted: when the deciding
fields of the finding change, the waiver ends. Comments and the form of the file stay as they are. An ARN that holds
* or ? (which stand for any text in a waiver) is refused where it would cover other resources of the run.

Examples:
  ronda waive 0bcc4386ba72f968 --owner web --reason 'a public site' --expires 90d
  ronda waive 0bcc4386ba72f968 --owner web --reason 'moves in May' --ticket SEC-12 --expires 2027-05-31 --any-state
`;

const WAIVERS_HELP = `
Status of a waiver after the run:
  outlived  what it names fails otherwise than was accepted      expired   its last day is over
  unused    nothing that it names failed                         expiring  its last day is near (waivers.warnDays)
  active    it covers what fails
`;

/** Commands about single findings and what is accepted of them. */
export function findingCommands(program: Command, product: Product, exit: (code: number) => void): void {
  credentialOptions(
    storedRunOptions(
      program
        .command('verify')
        .description('read again what one finding rests on, and judge it anew')
        .argument('<finding>', 'the id of a finding of a stored run'),
    ),
  )
    .option('--waivers <file>', 'accepted risks (default: waivers.yml where there is one)')
    .option('--json', 'as JSON')
    .addHelpText('after', VERIFY_HELP)
    .action(async (id, options) => exit(await (await import('./verify.ts')).verifyCommand(id, options, product)));

  storedRunOptions(
    program
      .command('waive')
      .description('accept the risk of one finding until a day: writes an entry into waivers.yml')
      .argument('<finding>', 'the id of a failing finding of a stored run'),
  )
    .requiredOption('--reason <words>', 'why it is accepted')
    .requiredOption('--owner <name>', 'who answers for the risk')
    .requiredOption('--expires <day>', 'the last day on which it holds: 2027-01-31, or 90d from today')
    .option('--ticket <id>', 'where it was decided')
    .option('--any-state', 'accept whatever the check finds there, not only what it found in the run')
    .option('--file <file>', "the waivers (default: the configuration's waivers.file, else waivers.yml)")
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', WAIVE_HELP)
    .action(async (id, options) => (await import('./waive.ts')).waiveCommand(id, options, product));

  storedRunOptions(program.command('waivers').description('accepted risks, and what became of them in a run'))
    .option('--json', 'as JSON')
    .addHelpText('after', WAIVERS_HELP)
    .action(async (options) => (await import('./waivers.ts')).waiversCommand(options, product));
}
