import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { hasTag } from '../../lib/core/tags.ts';
import { isLogDestination } from './_destinations.ts';
import { isNamedForState } from './_names.ts';

export default check({
  id: 's3-bucket-versioning-enabled',
  title: 'Buckets keep old versions of their objects',
  severity: 'low',
  why: 'An object that is overwritten or deleted, by mistake or by a thief, is gone for good.',
  fix: 'aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled',
  resource: 'AWS::S3::Bucket',
  needs: ['versioning', 'tags'],
  uses: { buckets: table('AWS::S3::Bucket', 'logging'), trails: table('AWS::CloudTrail::Trail', 'description') },
  params: {
    criticalTags: { Criticality: ['high', 'critical'] },
    scratchTags: { Purpose: ['scratch', 'cache'] },
  },
  evaluate(bucket, { params, buckets, trails }) {
    const { id, versioning } = bucket;
    if (versioning.status === 'Enabled') return pass('versioning is enabled', { versioning });
    if (hasTag(bucket.tags, params.scratchTags)) return skip('its tags say that it needs no versions');
    const story = versioning.status ? `versioning is ${versioning.status}` : 'versioning was never enabled';
    const verdict = fail(story, { versioning });
    if (hasTag(bucket.tags, params.criticalTags)) return rated('medium', 'its tags say that it is critical', verdict);
    if (isNamedForState(id)) return rated('medium', 'by its name it holds the state of infrastructure', verdict);
    const isForLogs = ifKnown(() => isLogDestination(id, { buckets, trails }), false);
    return isForLogs ? rated('medium', 'it receives logs', verdict) : verdict;
  },
});
