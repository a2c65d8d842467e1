import type { Table } from '../../lib/core/model.ts';
import { unreadable } from '../../lib/core/knowledge.ts';
import { allOf } from '../../lib/core/logic.ts';
import type { Statement } from '../../lib/policy/document.ts';
import { coversAction } from '../../lib/policy/patterns.ts';
import { identify, type Principal } from '../../lib/policy/principal.ts';
import { type BucketAccess, bucketPolicy } from '../../lib/policy/public-bucket.ts';
import { overlaps } from '../../lib/policy/wildcard.ts';
import { DELIVERY_ACCOUNTS } from './_delivery-accounts.ts';

interface Target extends Pick<BucketAccess, 'policy' | 'acl'> {
  readonly arn: string;
  readonly region: string;
}
interface Source {
  readonly id: string;
  readonly region: string;
  readonly logging: string | null;
}

const LOG_SERVICE = 'logging.s3.amazonaws.com';
/** Of what needs a bucket policy to deliver logs; server access logs are delivered by another. */
const DELIVERY_SERVICES: readonly string[] = [
  'cloudtrail.amazonaws.com',
  'config.amazonaws.com',
  'delivery.logs.amazonaws.com',
  'logdelivery.elasticloadbalancing.amazonaws.com',
];
/** The canonical users of awslogsdelivery, in AWS and in China (CloudFront: Configure standard logging (legacy)). */
const CLOUDFRONT_LOGS: readonly (string | null)[] = [
  'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
  'a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56',
];
const LOG_GROUP = '/groups/s3/LogDelivery';

/** What keeps a bucket's access logs from being written, or null where nothing that is known does. */
export function deliveryProblem({ id, region, logging }: Source, buckets: Table<Target>): string | null {
  if (logging === null) return 'access is not logged';
  if (logging === id) return 'the bucket logs into itself';
  const target = buckets.get(logging);
  // Logs go to a bucket of the same owner and region, or nowhere (Amazon S3: Enabling server access logging).
  if (!target) return `its access logs go to ${logging}, which is not a bucket of this account`;
  // Where the list of buckets leaves out a bucket's region, it stands under 'global'.
  if (target.region !== region && [target.region, region].includes('global'))
    unreadable(`the region of bucket ${target.region === 'global' ? logging : id} is not known`);
  if (target.region !== region) return `its access logs go to ${logging} in ${target.region}, another region`;
  return refusesLogs(target) ? `its access logs go to ${logging}, which does not let S3 write them` : null;
}

/** Is it certain that S3 may not write logs? By policy it may as a service, by ACL as a group. Conditions are not weighed. */
function refusesLogs(target: Target): boolean {
  return allOf(
    () => !bucketPolicy(target.policy)?.statements.some((statement) => letsLogsIn(statement, target.arn)),
    () => !mayLetGroupIn(target.acl),
  );
}

function letsLogsIn(statement: Statement, arn: string): boolean {
  return letsWrite(statement, arn, ({ type, value }) => value === '*' || (type === 'Service' && value === LOG_SERVICE));
}

/** Does a bucket's policy let AWS deliver the logs of trails, AWS Config, flow logs or load balancers, of whatever account? */
export function acceptsLogs({ arn, policy }: Pick<Target, 'arn' | 'policy'>): boolean {
  return bucketPolicy(policy)?.statements.some((statement) => letsWrite(statement, arn, isDeliverer)) ?? false;
}

function isDeliverer(principal: Principal): boolean {
  const identity = identify(principal);
  if (identity.kind === 'account') return DELIVERY_ACCOUNTS.has(identity.account);
  return identity.kind === 'service' && DELIVERY_SERVICES.includes(principal.value);
}

function letsWrite(statement: Statement, arn: string, isWanted: (principal: Principal) => boolean): boolean {
  const { effect, principals = [], resources = [] } = statement;
  const isReached = resources.some((resource) => overlaps(resource, `${arn}/*`));
  return effect === 'Allow' && principals.some(isWanted) && isReached && coversAction(statement, 's3:PutObject');
}

/** An ACL that was not asked for may let the group in, unless ACLs are disabled: that the account ignores public ones is no bar. */
function mayLetGroupIn(acl: BucketAccess['acl']): boolean {
  if (acl.kind === 'not-asked') return acl.because !== 'acls-disabled';
  return acl.grants.some(
    ({ grantee, permission }) =>
      grantee?.endsWith(LOG_GROUP) && (permission === 'WRITE' || permission === 'FULL_CONTROL'),
  );
}

/** Does the ACL let CloudFront deliver its standard logs of the old kind, which go by ACL alone? */
export function letsCloudFrontLogIn(acl: BucketAccess['acl']): boolean {
  return acl.kind === 'known' && acl.grants.some(({ grantee }) => CLOUDFRONT_LOGS.includes(grantee));
}
