import { credentialsFrom } from '../aws/credentials.ts';
import type { Entrances } from './entrances.ts';
import { environment } from './lambda.ts';

/**
 * The roles that may read an account and nothing else; the function's own role may not. In other accounts of the organization it is the
 * role MEMBER_ROLE, where the stack has one.
 */
export function scanEntrances(): Entrances {
  const externalId = environment('EXTERNAL_ID');
  const region = environment('AWS_REGION');
  const name = process.env['MEMBER_ROLE'];
  const entered = (role: string) => credentialsFrom({ role, externalId, region });
  return {
    home: entered(environment('SCAN_ROLE_ARN')),
    member: name ? (account, partition) => entered(`arn:${partition}:iam::${account}:role/${name}`) : undefined,
  };
}
