import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Command } from 'commander';
import type { CredentialOptions as Source } from '../aws/credentials.ts';
import type { Entrances } from '../run/entrances.ts';

/** How the account of a run is entered. */
export type CredentialOptions = Omit<Source, 'region'>;

export function credentialOptions(command: Command): Command {
  return command
    .option('--profile <name>', 'a profile of the AWS configuration files')
    .option('--role <arn>', 'a role to assume with those credentials')
    .option('--external-id <id>', 'the external id that the role asks for')
    .option('--session-name <name>', 'the name of the role session', 'ronda');
}

/** What reads AWS is loaded only by the commands that do. */
export async function credentialsOf(
  options: CredentialOptions,
  region: string,
): Promise<AwsCredentialIdentityProvider> {
  const { credentialsFrom } = await import('../aws/credentials.ts');
  return credentialsFrom({ ...options, region });
}

export interface OrganizationOptions extends CredentialOptions {
  readonly organization?: boolean;
  readonly memberRole: string;
  readonly memberExternalId?: string;
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

/** The account of the run, and with --organization the others. */
export async function entrancesOf(options: OrganizationOptions, region: string): Promise<Entrances> {
  const home = await credentialsOf(options, region);
  if (!options.organization) return { home };
  const { membersEntrance } = await import('../aws/credentials.ts');
  return { home, member: membersEntrance({ ...options, region }, options) };
}

/** Which stored run a command looks at. */
export function storedRunOptions(command: Command): Command {
  return command
    .option('--in <place>', 'where the run is: a folder or s3://bucket/prefix (default: ronda-report)')
    .option('--run <id>', 'the run, or the last of a day (default: the latest)')
    .option('--config <file>', 'the configuration (default: ronda.yml where there is one)');
}
