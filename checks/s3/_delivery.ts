import type { Table } from '../../lib/core/model.ts';
import { allOf } from '../../lib/core/logic.ts';
import type { Statement } from '../../lib/policy/document.ts';
import { coversAction } from '../../lib/policy/patterns.ts';
import { type BucketAccess, bucketPolicy } from '../../lib/policy/public-bucket.ts';
import { overlaps } from '../../lib/policy/wildcard.ts';

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
const LOG_GROUP = '/groups/s3/LogDelivery';

/** What keeps a bucket's access logs from being written, or null where nothing that is known does. */
export function deliveryProblem({ id, region, logging }: Source, buckets: Table<Target>): string | null {
  if (logging === null) return 'access is not logged';
  if (logging === id) return 'the bucket logs into itself';
  const target = buckets.get(logging);
  // Logs go to a bucket of the same owner and region, or nowhere (Amazon S3: Enabling server access logging).
  if (!target) return `its access logs go to ${logging}, which is not a bucket of this account`;
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
  const { effect, principals = [], resources = [] } = statement;
  const isNamed = principals.some(({ type, value }) => value === '*' || (type === 'Service' && value === LOG_SERVICE));
  const isReached = resources.some((resource) => overlaps(resource, `${arn}/*`));
  return effect === 'Allow' && isNamed && isReached && coversAction(statement, 's3:PutObject');
}

/** An ACL that was not asked for may let the group in, unless ACLs are disabled: that the account ignores public ones is no bar. */
function mayLetGroupIn(acl: BucketAccess['acl']): boolean {
  if (acl.kind === 'not-asked') return acl.because !== 'acls-disabled';
  return acl.grants.some(
    ({ grantee, permission }) =>
      grantee?.endsWith(LOG_GROUP) && (permission === 'WRITE' || permission === 'FULL_CONTROL'),
  );
}
