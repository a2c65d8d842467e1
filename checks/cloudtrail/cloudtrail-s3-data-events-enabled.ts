import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { isLeftOut } from './_object-events.ts';

export default check({
  id: 'cloudtrail-s3-data-events-enabled',
  title: 'Trails record who reads and writes the objects of each bucket',
  severity: 'low',
  why: 'After a leak or a deletion nobody can tell which objects were touched, and by whom.',
  fix: `aws cloudtrail put-event-selectors --trail-name <trail-arn> --advanced-event-selectors '[{"Name":"management","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]},{"Name":"s3","FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]},{"Field":"resources.type","Equals":["AWS::S3::Object"]}]}]'`,
  resource: 'AWS::::Account',
  uses: {
    buckets: table('AWS::S3::Bucket', 'logging'),
    trails: table('AWS::CloudTrail::Trail', 'description', 'status', 'eventSelectors'),
  },
  params: { excludeLogBuckets: true },
  variants: ['write', 'read'],
  evaluate(_account, { params, variant, buckets, trails }) {
    const kind = variant === 'read' ? 'read' : 'write';
    if (!buckets.some(() => true)) return skip('the account has no buckets');
    const isMissing = isLeftOut({ buckets, trails }, kind, params.excludeLogBuckets);
    if (!buckets.some(isMissing)) return pass(`every ${kind} of an object is recorded`);
    const missing = ifKnown(() => buckets.where(isMissing).all(), null);
    const names = missing && missing.map(({ id }) => id);
    const count = names ? `: ${names.length}` : '';
    return fail(`buckets of which no trail records every ${kind} of an object${count}`, { buckets: names });
  },
});
