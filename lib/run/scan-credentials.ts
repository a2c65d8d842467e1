import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { credentialsFrom } from '../aws/credentials.ts';
import { environment } from './lambda.ts';

/** Of the role that may read the account and nothing else; the function's own role may not. */
export function scanCredentials(): AwsCredentialIdentityProvider {
  return credentialsFrom({
    role: environment('SCAN_ROLE_ARN'),
    externalId: environment('EXTERNAL_ID'),
    region: environment('AWS_REGION'),
  });
}
