import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';

export interface CredentialOptions {
  readonly profile?: string | undefined;
  /** The ARN of a role to assume with the credentials found. */
  readonly role?: string | undefined;
  readonly externalId?: string | undefined;
  readonly sessionName?: string | undefined;
  readonly region: string;
}

/** Credentials from the default chain, a profile, or a role assumed with them; renewed before they expire, once for all clients. */
export function credentialsFrom({
  profile,
  role,
  externalId,
  sessionName,
  region,
}: CredentialOptions): AwsCredentialIdentityProvider {
  const own = fromNodeProviderChain({ ...(profile && { profile }), clientConfig: { region } });
  return role ? assumed(own, role, { externalId, sessionName, region }) : renewed(own);
}

function assumed(
  own: AwsCredentialIdentityProvider,
  role: string,
  { externalId, sessionName = 'ronda', region }: Omit<CredentialOptions, 'role'>,
): AwsCredentialIdentityProvider {
  const params = { RoleArn: role, RoleSessionName: sessionName, ...(externalId && { ExternalId: externalId }) };
  return renewed(fromTemporaryCredentials({ masterCredentials: own, params, clientConfig: { region } }));
}

/** Enters the other accounts of an organization by a role of one name, with the credentials that look for a role themselves. */
export function membersEntrance(
  own: CredentialOptions,
  { memberRole, memberExternalId }: { readonly memberRole: string; readonly memberExternalId?: string | undefined },
): (account: string, partition: string) => AwsCredentialIdentityProvider {
  const home = credentialsFrom(own);
  return (account, partition) =>
    assumed(home, `arn:${partition}:iam::${account}:role/${memberRole}`, { ...own, externalId: memberExternalId });
}

/** Renew this long before the end, so that no call is signed with credentials that expire on the way. */
const MARGIN_MS = 5 * 60_000;

/** One set of credentials for all clients: each would otherwise assume the role for itself. A failed attempt is not kept. */
export function renewed(
  provider: AwsCredentialIdentityProvider,
  now: () => number = Date.now,
): AwsCredentialIdentityProvider {
  let current: Promise<AwsCredentialIdentity> | undefined;
  let renewAt = 0;
  return async () => {
    if (!current || now() >= renewAt) {
      renewAt = Number.POSITIVE_INFINITY;
      current = provider().then(
        (credentials) => {
          renewAt = credentials.expiration ? credentials.expiration.getTime() - MARGIN_MS : Number.POSITIVE_INFINITY;
          return credentials;
        },
        (error: unknown) => {
          current = undefined;
          throw error;
        },
      );
    }
    return current;
  };
}
