import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { hasTag } from '../../lib/core/tags.ts';

export default check({
  id: 's3-bucket-mfa-delete-enabled',
  title: 'Critical buckets ask for MFA before a version is deleted for good',
  severity: 'low',
  why: 'Whoever steals the right credentials deletes all old versions, and with them the last copy.',
  fix: `aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa '<mfa-device-arn-of-root> <code>'`,
  resource: 'AWS::S3::Bucket',
  needs: ['versioning', 'objectLock', 'lifecycle', 'tags'],
  /** 'critical' judges the buckets with one of the tags, 'all' every versioned bucket. */
  params: { applyTo: 'critical', criticalTags: { Criticality: ['high', 'critical'] } },
  evaluate(bucket, { params }) {
    const { versioning } = bucket;
    if (versioning.status !== 'Enabled') return skip('it keeps no versions that could be deleted');
    if (versioning.mfaDelete === 'Enabled') return pass('MFA is asked for', { versioning });
    if (params.applyTo !== 'all' && !hasTag(bucket.tags, params.criticalTags))
      return skip('its tags do not say that it is critical');
    const { objectLock } = bucket;
    if (objectLock?.retention?.mode === 'COMPLIANCE')
      return pass('Object Lock keeps everyone from deleting versions', { objectLock });
    if (bucket.lifecycle) return skip('it has lifecycle rules, and S3 allows either those or MFA delete');
    return fail('versions can be deleted without MFA', { versioning });
  },
});
