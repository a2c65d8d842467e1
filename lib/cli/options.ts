import type { Command } from 'commander';

export function credentialOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'a profile of the AWS configuration files')
    .option('--role <arn>', 'a role to assume with those credentials')
    .option('--external-id <id>', 'the external id that the role asks for')
    .option('--session-name <name>', 'the name of the role session', 'ronda');
}

/** Whether a command looks at one account or at all of an organization. */
export function organizationOptions(command: Command): Command {
  return command
    .option(
      '--organization',
      'every account of the organization, from its management account or a delegated administrator',
    )
    .option('--member-role <name>', 'the role that enters the other accounts', 'ronda-member')
    .option('--member-external-id <id>', 'the external id that those roles ask for');
}

/** Which stored run a command looks at. */
export function storedRunOptions(command: Command): Command {
  return command
    .option('--in <place>', 'where the run is: a folder or s3://bucket/prefix (default: ronda-report)')
    .option('--run <id>', 'the run, or the last of a day (default: the latest)')
    .option('--config <file>', 'the configuration (default: ronda.yml where there is one)');
}
