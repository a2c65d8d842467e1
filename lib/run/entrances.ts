import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Gap } from '../core/model.ts';

/** How the accounts of a run are entered. */
export interface Entrances {
  /** The account of the run itself, from where the organization is read. */
  readonly home: AwsCredentialIdentityProvider;
  /** Any other account; absent where the run looks at its own alone. */
  readonly member?: ((account: string, partition: string) => AwsCredentialIdentityProvider) | undefined;
}

export function entranceTo(
  { home, member }: Entrances,
  { account, partition, homeAccount }: { account: string; partition: string; homeAccount: string },
): AwsCredentialIdentityProvider {
  return account === homeAccount || !member ? home : member(account, partition);
}

/** Why an account cannot be entered; undefined where it can. A call would blame its own permission for it. */
export async function closedTo(credentials: AwsCredentialIdentityProvider): Promise<Gap | undefined> {
  try {
    await credentials();
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    const isDenied = name.startsWith('AccessDenied');
    return {
      reason: isDenied ? 'denied' : 'failed',
      operation: 'sts:AssumeRole',
      detail: isDenied ? 'the role is missing or does not trust this run' : `${name}: ${line(message)}`,
    };
  }
}

const line = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 200);
