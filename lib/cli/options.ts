import type { Command } from 'commander';

export function credentialOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'a profile of the AWS configuration files')
    .option('--role <arn>', 'a role to assume with those credentials')
    .option('--external-id <id>', 'the external id that the role asks for')
    .option('--session-name <name>', 'the name of the role session', 'ronda');
}

/** Which stored run a command looks at. */
export function storedRunOptions(command: Command): Command {
  return command
    .option('--in <place>', 'where the run is: a folder or s3://bucket/prefix (default: ronda-report)')
    .option('--run <id>', 'the run, or the last of a day (default: the latest)')
    .option('--config <file>', 'the configuration (default: ronda.yml where there is one)');
}
